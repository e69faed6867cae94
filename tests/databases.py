"""Databases for tests: fresh and migrated in milliseconds, on SQLite, and on PostgreSQL for tests marked so.

A test or fixture that takes `database_url` gets SQLite; marked `every_database` it runs once on each.
`empty_database_url` has no tables yet.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import flask_migrate
import pytest

from lms import create_app
from lms.config import Config
from lms.database import db
from tests.needs import needs
from tests.postgres import PostgresServer

KINDS = ("sqlite", "postgresql")
FIXTURES = {"database_url", "empty_database_url"}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "every_database: run once on SQLite and once on PostgreSQL")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a marked test on each kind of database."""
    if metafunc.definition.get_closest_marker("every_database"):
        for name in FIXTURES & set(metafunc.fixturenames):
            metafunc.parametrize(name, KINDS, indirect=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Return this worker's own PostgreSQL server."""
    with PostgresServer(needs("postgresql")) as server:
        yield server


def migrate(url: str, instance: Path) -> None:
    """Bring a database to the newest revision."""
    app = create_app(Config.from_environment({"LMS_DATABASE_URL": url, "LMS_INSTANCE": str(instance)}))
    with app.app_context():
        flask_migrate.upgrade()
        db.engine.dispose()  # a database somebody is connected to can be no template


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a migrated database file that the tests' databases are copies of."""
    folder = tmp_path_factory.mktemp("template")
    migrate(f"sqlite:///{folder / 'lms.db'}", folder)
    return folder / "lms.db"


@pytest.fixture(scope="session")
def postgres_template(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the name of a migrated database that the tests' databases are copies of."""
    name = postgres.create_database()
    migrate(postgres.url(name), tmp_path_factory.mktemp("template"))
    return name


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return the address of a fresh migrated database."""
    if getattr(request, "param", "sqlite") == "postgresql":
        yield from _postgresql(request, request.getfixturevalue("postgres_template"))
    else:
        shutil.copyfile(request.getfixturevalue("sqlite_template"), tmp_path / "lms.db")
        yield f"sqlite:///{tmp_path / 'lms.db'}"


@pytest.fixture
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return the address of a database without tables."""
    if getattr(request, "param", "sqlite") == "postgresql":
        yield from _postgresql(request, "template0")
    else:
        yield f"sqlite:///{tmp_path / 'empty.db'}"


def _postgresql(request: pytest.FixtureRequest, template: str) -> Iterator[str]:
    server: PostgresServer = request.getfixturevalue("postgres")
    name = server.create_database(template)
    yield server.url(name)
    server.drop_database(name)
