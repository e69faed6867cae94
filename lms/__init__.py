"""The Aarhus LMS: courses in Markdown, quizzes, certificates and completion figures for civil servants."""

from flask import Flask
from flask_migrate import Migrate

from lms import database, web
from lms.accounts import sign_in
from lms.accounts.admin.views import bp as admin
from lms.accounts.cli import people as people_commands
from lms.accounts.views import bp as accounts
from lms.catalogue.views import bp as catalogue
from lms.centres.views import bp as centres
from lms.certificates.cli import certificates as certificates_commands
from lms.certificates.views import bp as certificates
from lms.config import ROOT, Config
from lms.database import db
from lms.desk.learners.views import bp as learners
from lms.desk.views import bp as desk
from lms.learning.views import bp as learning
from lms.ledger.cli import ledger as ledger_commands
from lms.quizzes.views import bp as quizzes
from lms.reports.cli import reports as reports_commands
from lms.reports.views import bp as reports
from lms.studio.cli import courses as courses_commands
from lms.studio.views import bp as studio
from lms.web import limits

BLUEPRINTS = (catalogue, learning, quizzes, certificates, accounts, desk, learners, reports, studio, admin, centres)
COMMANDS = (courses_commands, people_commands, certificates_commands, reports_commands, ledger_commands)


def create_app(config: Config | None = None) -> Flask:
    """Build the application: the table of contents of the whole program."""
    config = config or Config.from_environment()
    app = Flask("lms", instance_path=str(config.instance), static_folder=None)
    app.config.update(
        LMS=config,
        SECRET_KEY=config.secret_key,
        SQLALCHEMY_DATABASE_URI=config.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=database.engine_options(config.database_url),
        MAX_CONTENT_LENGTH=2 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
    )
    database.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"))
    sign_in.init_app(app)
    web.init_app(app)
    limits.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for group in COMMANDS:
        app.cli.add_command(group)
    return app
