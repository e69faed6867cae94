"""Starting: never on a database that is missing, empty or older than the program."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import flask_migrate
import pytest

from lms import create_app
from lms.config import Config, ConfigError
from lms.database import db
from lms.serving import refuse_unready


@contextmanager
def app_on(url: str, folder: Path) -> Iterator[None]:
    """Open the application's context on a database, and close its connections afterwards."""
    app = create_app(Config.from_environment({"LMS_DATABASE_URL": url, "LMS_INSTANCE": str(folder)}))
    with app.app_context():
        yield
        db.engine.dispose()


def test_a_missing_database_stops_the_start_with_one_sentence_and_is_not_made(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "lms", "serve", "--port", "1"]

    done = subprocess.run(command, env={"LMS_INSTANCE": str(tmp_path)}, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert done.stderr.startswith("lms: There is no database at")
    assert not (tmp_path / "lms.db").exists()


@pytest.mark.every_database
def test_an_empty_database_is_refused(empty_database_url: str, tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()

    with app_on(empty_database_url, tmp_path), pytest.raises(ConfigError, match="lms db upgrade"):
        refuse_unready()


@pytest.mark.every_database
def test_an_older_database_is_refused_and_the_newest_is_not(database_url: str, tmp_path: Path) -> None:
    with app_on(database_url, tmp_path):
        refuse_unready()
        flask_migrate.downgrade(revision="-1")
        with pytest.raises(ConfigError, match="not at the version"):
            refuse_unready()


def test_production_refuses_to_start_without_its_secrets(tmp_path: Path) -> None:
    given = {"LMS_ENV": "production", "LMS_INSTANCE": str(tmp_path)}

    with pytest.raises(ConfigError, match="LMS_SECRET_KEY is missing"):
        Config.from_environment(given)
    with pytest.raises(ConfigError, match="LMS_SECRET_KEY is too short"):
        Config.from_environment(given | {"LMS_SECRET_KEY": "short"})
    with pytest.raises(ConfigError, match="LMS_PUBLIC_URL"):
        Config.from_environment(given | {"LMS_SECRET_KEY": "k" * 32, "LMS_PUBLIC_URL": "http://oqu.example.kz"})
