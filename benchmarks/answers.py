"""Saving one answer through its action, against a bare insert of one row with two indexes into the same database.

Both are transactions of their own that are on the disk when they end. The bare insert uses the driver alone; ours
reads the paper of the attempt, checks what is given, takes the attempt if it is open and in time, and inserts.
"""

import os
import secrets
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random
from statistics import median

import psycopg
from sqlalchemy import select
from sqlalchemy.engine import make_url

from benchmarks.serving import Instance, instance
from lms.accounts.models import Person
from lms.catalogue.published import PublishedCourse, PublishedUnit
from lms.catalogue.queries import list_published
from lms.clock import utcnow
from lms.database import BUSY_AFTER_MS, db
from lms.demo.answering import answer_to
from lms.enrolments.queries import find_enrolled
from lms.learning.actions import finish_lesson
from lms.quizzes.actions import begin_attempt, save_answer, sitting_of
from lms.quizzes.queries import get_attempt
from lms.quizzes.steps import Given
from tests.needs import NEEDS
from tests.postgres import PostgresServer

ROUNDS, SAVES = 9, 200
LEAST = 0.5  # of the bare inserts that fit into the same time
TABLE = """CREATE TABLE bare_answer (
    id {} PRIMARY KEY, attempt_id BIGINT NOT NULL, save_key VARCHAR(80) NOT NULL, question VARCHAR(80) NOT NULL,
    value TEXT NOT NULL, saved_at VARCHAR(40) NOT NULL, UNIQUE (attempt_id, save_key)
)"""
INSERT = "INSERT INTO bare_answer (attempt_id, save_key, question, value, saved_at) VALUES ({0}, {0}, {0}, {0}, {0})"
VALUE = '{"answer":"2"}'

Save = Callable[[], None]


def main() -> int:
    """Measure every database that there is, print a line for each, and fail if an answer costs too much on one."""
    with instance() as made:
        ratios = [_compare("SQLite", made, _bare_sqlite(made.folder / "lms.db"))]
    if programs := NEEDS["postgresql"].find():
        with PostgresServer(programs, is_durable=True) as server:
            url = server.url(server.create_database())
            with instance(url) as made:
                ratios.append(_compare("PostgreSQL", made, _bare_postgres(url)))
    return int(min(ratios) < LEAST)


def _compare(name: str, made: Instance, bare: Save) -> float:
    """Measure both in turn, print the medians and return the ratio of their speeds."""
    with _saving(made) as save:
        rounds = [(_per_second(save), _per_second(bare)) for _ in range(ROUNDS + 1)][1:]  # the first only warms up
    ours, limit = (median(side) for side in zip(*rounds, strict=True))
    ratio = median(one / other for one, other in rounds)
    print(f"answers on {name}: {ours:,.0f}/s, bare inserts {limit:,.0f}/s, ratio {ratio:.2f} (at least {LEAST})")
    return ratio


def _per_second(save: Save) -> float:
    began = time.perf_counter()
    for _ in range(SAVES):
        save()
    return SAVES / (time.perf_counter() - began)


@contextmanager
def _saving(made: Instance) -> Iterator[Save]:
    """Let the learner begin the final test, and return what saves one answer of theirs after the other."""
    app, chance = made.app(), Random(1)
    with app.app_context():
        person = db.session.scalars(select(Person)).one()
        course = list_published()[0]
        attempt_id = _begin(person, course, course.units[-1])
        attempt = get_attempt(attempt_id, person.id)
        answers = [
            (question.id, Given(answer_to(question, ability=0.7, chance=chance)))
            for question in sitting_of(attempt).questions(person.language)
        ]
        db.session.expunge(attempt)
        db.session.remove()

        def save() -> None:
            question, given = chance.choice(answers)
            save_answer(attempt, question, given, secrets.token_urlsafe(16), now=utcnow())
            db.session.commit()

        yield save
        db.engine.dispose()


def _begin(person: Person, course: PublishedCourse, quiz: PublishedUnit) -> int:
    """Read every lesson, which opens the final test, and begin it."""
    enrolled = find_enrolled(person.id, course.course_id)
    if enrolled is None:
        raise LookupError("The learner is not enrolled.")
    now = utcnow()
    for unit in course.units:
        if unit.kind == "lesson":
            finish_lesson(enrolled, unit, language=person.language, opening=None, by=person, now=now)
    attempt = begin_attempt(enrolled.enrolment.id, course, quiz, language=person.language, by=person, now=now)
    db.session.commit()
    return attempt.id


def _bare_sqlite(path: os.PathLike[str]) -> Save:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in (f"busy_timeout={BUSY_AFTER_MS}", "journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute(TABLE.format("INTEGER"))
    return lambda: _insert(connection, INSERT.format("?"))


def _bare_postgres(url: str) -> Save:
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = psycopg.connect(address, autocommit=True)
    connection.execute(TABLE.format("BIGSERIAL"))
    return lambda: _insert(connection, INSERT.format("%s"))


def _insert(connection: sqlite3.Connection | psycopg.Connection, statement: str) -> None:
    connection.execute(statement, (1, secrets.token_urlsafe(16), "q1", VALUE, utcnow().isoformat()))


if __name__ == "__main__":
    sys.exit(main())
