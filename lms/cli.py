"""The command `lms`: serving, the worker, the demonstration, and the commands of every feature."""

import signal
import sys
import threading
from ipaddress import ip_address
from types import FrameType

import click
import flask_migrate
from flask import current_app
from flask.cli import FlaskGroup

from lms import create_app, demo, worker
from lms.accounts.passwords import verify_password
from lms.accounts.queries import find_by_login
from lms.catalogue.queries import list_courses
from lms.config import Config, ConfigError
from lms.database import db
from lms.demo.cast import PASSWORD
from lms.errors import DomainError
from lms.serving import refuse_unready, serve
from lms.studio.publishing import publish_folder

DEMO_LOGINS = ("administrator", "learner")  # one of the staff, and the one whom visitors are told of first

cli = FlaskGroup(
    create_app=create_app,
    add_default_commands=False,
    add_version_option=False,
    set_debug_flag=False,
    load_dotenv=False,
    help="The Aarhus LMS: see each command's --help.",
)


def main() -> None:
    """Run a command; end with status 1 and one sentence where a rule refuses, with 2 where a setting is wrong."""
    try:
        cli.main(prog_name="lms")
    except ConfigError as error:
        click.echo(f"lms: {error}", err=True)
        sys.exit(2)
    except DomainError as error:
        click.echo(f"lms: {error.message}", err=True)
        sys.exit(1)


@cli.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option(
    "--processes",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    help="Web processes; 1 is right for SQLite.",
)
def serve_command(host: str, port: int, processes: int) -> None:
    """Serve the site, with a worker beside it.

    Example: lms serve --port 8000 --processes 2
    """
    refuse_strangers(host)
    serve(host=host, port=port, processes=processes)


def refuse_strangers(host: str) -> None:
    """Raise DomainError if serving would open the demonstration, or a site set up for one machine, to others."""
    config: Config = current_app.config["LMS"]
    if not config.is_production:
        if not _is_this_machine(host):
            raise DomainError(f"Only LMS_ENV=production serves other machines than this one: leave out --host {host}.")
        return
    refuse_unready()
    opened = [login for login in DEMO_LOGINS if _opens(login, PASSWORD)]
    db.session.rollback()
    if opened:
        raise DomainError(
            f"The demonstration's password, which everybody knows, signs in as {' and '.join(opened)}:"
            " production needs a database without the demonstration."
        )


def _opens(login: str, password: str) -> bool:
    person = find_by_login(login)
    return person is not None and person.is_active and verify_password(password, person.password_hash)


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


@cli.command("worker")
def worker_command() -> None:
    """Do what is due: close attempts whose time is over, seal the ledger.

    Example: lms worker
    """
    refuse_unready()
    stop = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    worker.run_until(current_app._get_current_object(), stop)  # type: ignore[attr-defined]


@cli.command("demo")
@click.option("--if-empty", is_flag=True, help="Do nothing if there are people already.")
def demo_command(if_empty: bool) -> None:
    """Load the demonstration: two centres, state bodies, staff, and sixty learners with half a year of history.

    Example: lms demo
    """
    if demo.is_empty():
        demo.load(progress=lambda text: click.echo(text, err=True))
    elif not if_empty:
        raise DomainError("The database is not empty. The demonstration goes into an empty one only.")
    click.echo(demo.sign_ins())


@cli.command("run")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
def run_command(port: int) -> None:
    """Migrate, publish the courses, load the demonstration into an empty database, and serve.

    Example: lms run --port 8080
    """
    config: Config = current_app.config["LMS"]
    flask_migrate.upgrade()
    if demo.is_empty():
        demo.load(progress=lambda text: click.echo(text, err=True))
    for line in publish_folder(config.courses, note="lms run"):
        click.echo(line)
    click.echo(demo.sign_ins())
    click.echo(f"{len(list_courses())} course(s). Open http://127.0.0.1:{port}/ — Ctrl+C stops.")
    db.session.remove()
    serve(host="127.0.0.1", port=port, processes=1)
