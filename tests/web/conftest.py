"""A small application of toy pages, so that the page machinery is tested without any feature."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Blueprint, Flask, abort, flash, redirect, render_template_string, request, session
from flask.typing import ResponseReturnValue
from flask_login import AnonymousUserMixin, LoginManager, UserMixin
from sqlalchemy import text
from wtforms import StringField
from wtforms.validators import InputRequired

from lms import database, web
from lms.config import Config
from lms.database import db
from lms.errors import DomainError, Forbidden, NotFound
from lms.permissions import Permission
from lms.web import once, resume
from lms.web.access import public, reads_only, requires, signed_in
from lms.web.forms import Form, OnceForm
from lms.web.navigation import Place, Section, add
from lms.web.replies import posted_json
from tests.browser import PageClient

bp = Blueprint("toys", __name__)
add(bp, Section("Home", "toys.home", order=1))
add(bp, Section("Mine", "toys.mine", order=2))
add(bp, Section("Cohorts", "toys.cohorts", order=3))
add(bp, Section("Studio", "toys.cohorts", Permission.AUTHOR_COURSES, order=4))
add(bp, Section("Not built", "toys.nothing", order=5))
add(bp, Section("Later", "toys.home", place=Place.FOOTER))
add(bp, Section("Sooner", "toys.home", order=1, place=Place.FOOTER))
add(bp, Section("My papers", "toys.mine", place=Place.ACCOUNT))

PAGE = """{% extends "web/page.html" %}
{% block title %}Toy{% endblock %}
{% block main %}<h1>Toy</h1>{{ words }}{% endblock %}"""
FORM = """{% extends "web/page.html" %}
{% from "web/macros.html" import field, post_form %}
{% block title %}Toy{% endblock %}
{% block main %}<h1>Toy</h1>
{% call post_form(form, "Save") %}{{ kept_form_field() }}{{ field(form.word) }}{% endcall %}{% endblock %}"""


class Visitor(AnonymousUserMixin):  # type: ignore[misc]
    """Somebody unknown."""

    def may(self, _permission: Permission) -> bool:
        """Say no."""
        return False


class Someone(UserMixin):  # type: ignore[misc]
    """Somebody with the permissions that the session lists."""

    id = "1"
    display_name = "Ә. Нұрсұлтанқызы"

    def __init__(self, may: list[str], language: str) -> None:
        self.permissions, self.language = may, language

    def may(self, permission: Permission) -> bool:
        """Tell what the session says."""
        return permission in self.permissions


class WordForm(Form):
    """One required word."""

    word = StringField("Word", [InputRequired()])


class WordOnceForm(OnceForm):
    """One required word, taken once."""

    word = StringField("Word", [InputRequired()])


def show(words: object = "") -> str:
    """Return the toy page."""
    return render_template_string(PAGE, words=words)


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    return show(request.args.get("words", ""))


@bp.get("/undeclared")
def undeclared() -> ResponseReturnValue:
    return show()


@bp.route("/mine", methods=["GET", "POST"])
@signed_in
def mine() -> ResponseReturnValue:
    form = WordForm()
    if form.validate_on_submit():
        flash(f"Kept {form.word.data}", "ok")
        return redirect("/mine", 303)
    return render_template_string(FORM, form=form)


@bp.get("/cohorts")
@requires(Permission.MANAGE_COHORTS)
def cohorts() -> ResponseReturnValue:
    return show()


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    form = WordForm()
    if form.validate_on_submit():
        kept = resume.kept_form()
        session.clear()
        session["toy"] = {"may": [form.word.data], "language": "en"}
        return resume.offer(kept) if kept else redirect("/mine")
    return render_template_string(FORM, form=form)


@bp.route("/once", methods=["GET", "POST"])
@public
def take_once() -> ResponseReturnValue:
    form = WordOnceForm()
    if location := once.replayed(form.form_key.data if form.is_submitted() else None):
        return redirect(location, 303)
    if form.validate_on_submit():
        location = f"/?words={form.word.data}"
        once.remember(form.form_key.data, location)
        db.session.commit()
        return redirect(location, 303)
    return render_template_string(FORM, form=form)


@bp.post("/marked")
@public
@reads_only
def marked() -> ResponseReturnValue:
    return show(db.session.scalar(text("SELECT count(*) FROM posted_form")))


@bp.post("/json")
@public
def take_json() -> ResponseReturnValue:
    return posted_json()


@bp.get("/rows/<int:number>")
@public
def count_rows(number: int) -> ResponseReturnValue:
    return show(db.session.scalar(text("SELECT count(*) FROM ledger_head WHERE size = :number"), {"number": number}))


@bp.get("/attempts/<int:attempt_id>")
@public
def attempt(attempt_id: int) -> ResponseReturnValue:
    raise NotFound


@bp.route("/errors/<kind>", methods=["GET", "POST"])
@bp.post("/buttons/<kind>")
@public
def errors(kind: str) -> ResponseReturnValue:
    if kind == "refused":
        raise DomainError("You have used all 3 attempts.")
    if kind == "missing":
        raise NotFound
    if kind == "forbidden":
        raise Forbidden
    if kind == "broken":
        raise ZeroDivisionError
    if kind == "write":
        db.session.execute(text("DELETE FROM posted_form"))
        return show()
    if kind == "typo":
        db.session.execute(text("SELECT * FROM no_such_table"))
    abort(int(kind))


@pytest.fixture
def toy(database_url: str, tmp_path: Path) -> Iterator[Callable[..., Flask]]:
    """Return a factory of the toy application; its arguments replace settings."""
    made: list[Flask] = []

    def make(**settings: Any) -> Flask:
        config = Config.from_environment({"LMS_INSTANCE": str(tmp_path), "LMS_DATABASE_URL": database_url})
        app = Flask("toys", static_folder=None)
        app.config.update(
            LMS=replace(config, **settings),
            SECRET_KEY=config.secret_key,
            SQLALCHEMY_DATABASE_URI=config.database_url,
            MAX_CONTENT_LENGTH=300_000,
            TESTING=True,
        )
        database.init_app(app)
        manager = LoginManager(app)
        manager.anonymous_user = Visitor
        manager.request_loader(lambda _: Someone(**session["toy"]) if "toy" in session else None)
        web.init_app(app)
        app.register_blueprint(bp)
        made.append(app)
        return app

    yield make
    for app in made:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def app(toy: Callable[..., Flask]) -> Flask:
    """Return the toy application with the usual settings."""
    return toy()


@pytest.fixture
def browser(app: Flask) -> PageClient:
    """Return a browser nobody has signed in with."""
    return PageClient(app)


@pytest.fixture
def sign_in_with(browser: PageClient) -> Callable[..., PageClient]:
    """Return a function that signs somebody in who holds some permissions."""

    def sign_in(*may: Permission, language: str = "en") -> PageClient:
        with browser.client.session_transaction() as kept:
            kept["toy"] = {"may": [str(permission) for permission in may], "language": language}
        return browser

    return sign_in
