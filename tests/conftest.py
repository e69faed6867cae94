"""Fixtures that every test may use."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import settings

from lms import create_app
from lms.config import Config
from lms.database import db
from tests.make import Make

# The same examples every time, and no clock: a busy machine must not fail a property.
settings.register_profile("suite", deadline=None, derandomize=True)
settings.load_profile("suite")

pytest_plugins = ["tests.needs", "tests.offline", "tests.databases", "tests.cheap"]


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """Return the application on a fresh migrated database."""
    app = create_app(Config.from_environment({"LMS_DATABASE_URL": database_url, "LMS_INSTANCE": str(tmp_path)}))
    app.config.update(TESTING=True)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def context(app: Flask) -> Iterator[Flask]:
    """Return the application inside its context, for tests that call actions and queries themselves.

    A request of a test client still opens a context of its own, so it never shares this one's session.
    """
    with app.app_context():
        yield app
        db.session.rollback()


@pytest.fixture
def make(context: Flask) -> Make:
    """Return the builder of test data."""
    return Make(context)
