"""The Aarhus LMS: courses in Markdown, quizzes, certificates and completion figures for civil servants."""

from flask import Flask
from flask_migrate import Migrate

from lms import database
from lms.config import ROOT, Config
from lms.database import db
from lms.ledger.cli import ledger


def create_app(config: Config | None = None) -> Flask:
    """Build the application: the table of contents of the whole program."""
    config = config or Config.from_environment()
    app = Flask("lms", instance_path=str(config.instance), static_folder=None)
    app.config.update(
        LMS=config,
        SECRET_KEY=config.secret_key,
        SQLALCHEMY_DATABASE_URI=config.database_url,
        MAX_CONTENT_LENGTH=2 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
    )
    database.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"))
    app.cli.add_command(ledger)
    return app
