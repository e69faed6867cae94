"""A self-check is answered while somebody else writes: on SQLite only one can, and a class answers at once."""

import sqlite3
from pathlib import Path

from lms.catalogue.published import PublishedCourse
from lms.database import db
from tests.signing import Browser


def test_a_self_check_waits_for_nobody_who_writes(visitor: Browser, course: PublishedCourse, tmp_path: Path) -> None:
    db.session.rollback()
    writer = sqlite3.connect(tmp_path / "lms.db", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")

    try:
        page = visitor.send("/courses/requests/request/clock/checks/what", {})
    finally:
        writer.close()

    assert page.heading == "The clock"
