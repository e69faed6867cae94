"""The least that a page of this kind can cost: Flask, one Jinja template, one query for who is signed in."""

import os

from flask import Flask, abort, render_template, session
from flask_sqlalchemy import SQLAlchemy
from jinja2 import DictLoader
from sqlalchemy import select

from lms.accounts.models import Person
from lms.database import Base, prepare

PARAGRAPH = "<p>" + "Қоршаған орта туралы ақпаратқа әркімнің құқығы бар. " * 8 + "</p>"
PAGE = """<!doctype html>
<html lang="kk">
<title>{{ title }}</title>
<header>{{ person.first_name }} <nav>{% for n in range(6) %}<a href="/{{ n }}">{{ n }}</a> {% endfor %}</nav></header>
<main><h1>{{ title }}</h1>{% for text in paragraphs %}{{ text | safe }}{% endfor %}</main>
"""

db = SQLAlchemy(model_class=Base)
app = Flask(__name__)
app.jinja_env.loader = DictLoader({"page.html": PAGE})
app.config.update(SECRET_KEY="bare" * 8, SQLALCHEMY_DATABASE_URI=os.environ.get("LMS_DATABASE_URL", "sqlite://"))
db.init_app(app)
with app.app_context():
    prepare(db.engine)


@app.get("/healthz")
def healthz() -> str:
    """Answer that the server is up, and sign the first person in."""
    session["person"] = 1
    return "ok"


@app.get("/lesson")
def lesson() -> str:
    """Show a text of a lesson's length to whoever is signed in."""
    person = db.session.scalars(select(Person).where(Person.id == session.get("person", 0))).first()
    return render_template("page.html", title="Сабақ", person=person or abort(401), paragraphs=[PARAGRAPH] * 20)
