"""The terminal writes the same bytes as the browser."""

import hashlib
from contextvars import Context
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from lms.database import db
from lms.permissions import Role
from lms.reports.files import FileFormat
from lms.reports.queries import find_by_digest
from tests.reports.conftest import Desk
from tests.reports.history import History, seal


def run(app: Flask, *arguments: str) -> Result:
    """Run the command as if alone: what the test has open would lock the database, and be shared with it."""
    db.session.rollback()
    return Context().run(app.test_cli_runner().invoke, args=["reports", "completions", *arguments])


def test_files_of_the_terminal_are_those_of_the_browser(
    app: Flask, history: History, desk: Desk, tmp_path: Path
) -> None:
    moment = seal()
    asked = {"region": "KZ-35", "by": "course", "from": "2025-02-01", "to": "2026-12-31", "as_of": moment.text}
    options = [text for name, value in asked.items() for text in (f"--{name.replace('_', '-')}", value)]
    browser = desk(history.make.staff(Role.OFFICIAL))

    for kind in FileFormat:
        out = tmp_path / f"figures.{kind}"
        result = run(app, *options, "--format", kind.value, "--language", "ru", "--out", str(out))
        assert result.exit_code == 0, result.output
        answer = browser.get(f"/reports/completions.{kind}", query_string={**asked, "lang": "ru"})
        assert out.read_bytes() == answer.data
        kept = find_by_digest(hashlib.sha256(answer.data).digest())
        assert kept is not None
        assert kept.receipt.number in result.output
        assert kept.receipt.person_id is None


@pytest.mark.parametrize(
    ("options", "status", "message"),
    [
        (["--region", "KZ-99"], 1, "There is no place or course of this code."),
        (["--as-of", "2020-01-01"], 1, "there is nothing to report on"),
        (["--as-of", "soon"], 2, "'soon' is not a moment"),
        (["--from", "2026-02-31"], 2, "2026-02-31"),
        (["--from", "2026-02-01", "--to", "2026-01-01"], 2, "The last day is before the first."),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(
    app: Flask, country: History, tmp_path: Path, options: list[str], status: int, message: str
) -> None:
    out = tmp_path / "figures.csv"

    result = run(app, *options, "--out", str(out))

    assert result.exit_code == status
    assert message in result.output
    assert not out.exists()
