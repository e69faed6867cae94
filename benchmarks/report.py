"""Reports over 100,000 learners in six courses: on screen, and as files, against the bare SQL of the same figures.

Limits: a screen in less than a second; a file in at most twice what the database itself needs for its rows.
"""

import logging
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from benchmarks.synthetic import database, open_app
from lms.accounts.actions import create_person, grant, start_sign_in
from lms.accounts.sign_in import SEEN, TOKEN
from lms.clock import utcnow
from lms.database import db
from lms.ledger.actor import SYSTEM
from lms.ledger.jobs import seal_waiting
from lms.permissions import Role
from lms.reports.figures import Grouping
from lms.reports.queries import find_moment

ROUNDS = 5
MOST_MS = 1000
MOST_TIMES = 2.0
FIGURES = ("FROM enrolment_term", "FROM completion")

Statement = tuple[str, Any]


def milliseconds(*acts: Callable[[], object]) -> list[float]:
    """Return the median time of each act; they take turns, so that a busy moment falls on all of them alike."""
    times: list[list[float]] = [[] for _act in acts]
    for _round in range(ROUNDS + 1):
        for act, taken in zip(acts, times, strict=True):
            began = time.perf_counter()
            act()
            taken.append(time.perf_counter() - began)
    return [median(taken[1:]) * 1000 for taken in times]


@contextmanager
def official(path: Path) -> Iterator[tuple[FlaskClient, Engine, str]]:
    """Yield a browser of an official of the whole country, its database, and the moment that everything is as of."""
    app = open_app(path)
    with app.app_context():
        person = create_person(last_name="Official", first_name="A", language="ru", by=SYSTEM, now=utcnow())
        grant(person, Role.OFFICIAL, reason="benchmark", by=SYSTEM, now=utcnow())
        token = start_sign_in(person, device="", hours=1, now=utcnow())
        db.session.commit()
        seal_waiting()
        moment = find_moment()
        assert moment is not None
        engine = db.engine
    client = app.test_client()
    with client.session_transaction() as session:
        session[TOKEN], session[SEEN] = token, utcnow().isoformat()
    yield client, engine, moment.text
    engine.dispose()


def fetch(client: FlaskClient, path: str, arguments: dict[str, str]) -> None:
    """Ask for a page or a file, and take all of it."""
    answer = client.get(path, query_string=arguments, buffered=True)
    assert answer.status_code == 200, answer.status


@contextmanager
def listening(engine: Engine, statements: list[Statement]) -> Iterator[None]:
    """Note the statements that count figures."""

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_others: Any) -> None:
        if any(table in statement for table in FIGURES):
            statements.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    yield
    event.remove(engine, "before_cursor_execute", note)


def run(connection: sqlite3.Connection, statements: list[Statement]) -> None:
    """Run statements as they are, without anything around them."""
    for statement, parameters in statements:
        connection.execute(statement, parameters).fetchall()


def measure(client: FlaskClient, engine: Engine, connection: sqlite3.Connection, by: Grouping, as_of: str) -> bool:
    """Print the times of one grouping, and say whether they are within the limits."""
    arguments = {"by": by.value, "as_of": as_of}
    statements: list[Statement] = []
    with listening(engine, statements):
        fetch(client, "/reports", arguments)
    bare, screen, csv, xlsx = milliseconds(
        lambda: run(connection, statements),
        lambda: fetch(client, "/reports", arguments),
        lambda: fetch(client, "/reports/completions.csv", arguments),
        lambda: fetch(client, "/reports/completions.xlsx", arguments),
    )
    is_met = screen < MOST_MS and max(csv, xlsx) <= MOST_TIMES * bare
    print(
        f"  {by.value:12}{bare:8.0f} ms bare SQL  {screen:8.0f} ms screen  {csv:8.0f} ms CSV ({csv / bare:.2f})"
        f"  {xlsx:8.0f} ms XLSX ({xlsx / bare:.2f})  {'met' if is_met else 'MISSED'}",
        flush=True,
    )
    return is_met


def main() -> int:
    """Measure every grouping on a copy of the large database."""
    logging.disable(logging.INFO)
    print(f"Reports: screen < {MOST_MS} ms, files ≤ {MOST_TIMES:.0f} × bare SQL, medians of {ROUNDS}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(database(), Path(folder) / "lms.db"))
        with official(path) as (client, engine, as_of):
            connection = sqlite3.connect(path)
            connection.execute("PRAGMA cache_size=-16384")  # as the application has it
            met = [measure(client, engine, connection, by, as_of) for by in Grouping]
            connection.close()
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
