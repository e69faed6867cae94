"""Migrations lead from nothing to exactly the models and back, on both databases."""

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from flask import Flask

from lms import create_app
from lms.config import ROOT, Config
from lms.database import Base, db
from tests.guards.source import modules, refuse

PARTS = ("columns", "pk_constraint", "foreign_keys", "unique_constraints", "check_constraints", "indexes")


@pytest.fixture
def app(empty_database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """Return an application on a database without tables, with every model imported."""
    for name in modules():
        if name.endswith(".models"):
            importlib.import_module(name)
    app = create_app(Config.from_environment({"LMS_DATABASE_URL": empty_database_url, "LMS_INSTANCE": str(tmp_path)}))
    with app.app_context():
        yield app
        db.engine.dispose()


def schema() -> set[str]:
    """Return what the database itself says of its tables, one fact a line: no order of columns, nothing declared."""
    inspector = sa.inspect(db.engine)
    return {
        f"{table} {part}: {_plain(fact)}"
        for table in inspector.get_table_names()
        if table != "alembic_version"
        for part in PARTS
        for fact in _several(getattr(inspector, f"get_{part}")(table))
    }


def _several(facts: Any) -> list[dict[str, Any]]:
    return facts if isinstance(facts, list) else [facts]


def _plain(fact: Any) -> Any:
    """Write types and conditions out, which compare by identity."""
    if isinstance(fact, dict):
        return {key: _plain(value) for key, value in sorted(fact.items())}
    return fact if isinstance(fact, bool | list | None) else str(fact)


@pytest.mark.every_database
def test_an_empty_database_upgraded_has_exactly_the_tables_of_the_models(app: Flask) -> None:
    flask_migrate.upgrade()
    migrated = schema()
    flask_migrate.downgrade(revision="base")

    Base.metadata.create_all(db.engine)
    declared = schema()

    refuse(sorted(declared - migrated), "Write a migration: these are only in the models.")
    refuse(sorted(migrated - declared), "These are only in the migrations.")


@pytest.mark.every_database
def test_migrations_run_down_to_nothing_and_up_again(app: Flask) -> None:
    flask_migrate.upgrade()
    first = schema()

    flask_migrate.downgrade(revision="base")
    assert schema() == set()

    flask_migrate.upgrade()
    assert schema() == first


def test_revisions_form_one_line_numbered_in_order() -> None:
    newest_first = list(ScriptDirectory(str(ROOT / "migrations")).walk_revisions())

    assert [script.revision for script in reversed(newest_first)] == [
        f"{number:04}" for number in range(1, len(newest_first) + 1)
    ]
    assert all(not script.is_branch_point and not script.is_merge_point for script in newest_first)
    assert all(Path(script.path).name.startswith(f"{script.revision}_") for script in newest_first)
