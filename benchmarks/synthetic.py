"""A database as large as the country: 100,000 learners, six courses each, a year and a half of history, one head.

Built once by bulk inserts and kept between runs beside other temporary files; the same every time.
"""

import hashlib
import json
import random
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import flask_migrate
from flask import Flask

from lms import create_app
from lms.clock import local_date
from lms.config import ROOT, Config
from lms.database import db, writing
from lms.ledger.actions import record, seal

PEOPLE, COURSES, BODIES_PER_REGION = 100_000, 6, 11
BEGIN = datetime(2025, 6, 1, 4, tzinfo=UTC)
SEALED = datetime(2026, 11, 22, 1, tzinfo=UTC)
REGIONS = [f"KZ-{n}" for n in (10, 11, 15, 19, 23, 27, 31, 33, 35, 39, 43, 47, 55, 59, 61, 62, 63, 71, 75, 79)]
CATEGORIES = ("C-5", "C-O-4", "C-R-4", "D-3", "D-O-4", "E-3", "E-R-4")
DAYS_TO_LEARN = timedelta(days=60)

Row = tuple[object, ...]
Table = tuple[str, str, Iterable[Row]]  # name, columns, rows


def database(people: int = PEOPLE) -> Path:
    """Return the database with this many learners, built if it is not there yet or the tables have changed since."""
    sources = [Path(__file__), *sorted((ROOT / "migrations" / "versions").glob("*.py"))]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / "aarhus-lms-benchmarks"
    path = folder / f"{people}-{digest}.db"
    if not path.exists():
        folder.mkdir(exist_ok=True)
        for stale in folder.glob(f"{people}-*.db*"):
            stale.unlink()
        unfinished = path.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        _build(unfinished, people)
        unfinished.rename(path)
    return path


def open_app(path: Path) -> Flask:
    """Return the application on a database file."""
    return create_app(
        Config.from_environment({"LMS_DATABASE_URL": f"sqlite:///{path}", "LMS_INSTANCE": str(path.parent)})
    )


def _build(path: Path, people: int) -> None:
    with open_app(path).app_context():
        flask_migrate.upgrade()
        db.engine.dispose()
    connection = sqlite3.connect(path)
    connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-200000")
    for name, columns, rows in (*_places(), *_people(people), *_courses(), *_learning(people)):
        began = time.perf_counter()
        marks = ", ".join("?" * (columns.count(",") + 1))
        count = connection.executemany(f"INSERT INTO {name} ({columns}) VALUES ({marks})", map(_stored, rows)).rowcount
        print(f"  {name:18}{count:>9,} rows {time.perf_counter() - began:5.1f} s", flush=True)
    connection.commit()
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()
    with open_app(path).app_context():
        with writing() as session:
            record("database built", "benchmark", by="system", facts={"people": people}, now=SEALED, session=session)
            seal(session, now=SEALED)
        db.engine.dispose()


def _stored(row: Row) -> Row:
    """Write moments and days as SQLAlchemy does on SQLite."""
    return tuple(
        value.strftime("%Y-%m-%d %H:%M:%S.%f")
        if isinstance(value, datetime)
        else value.isoformat()
        if isinstance(value, date)
        else value
        for value in row
    )


def _places() -> Iterator[Table]:
    yield "centre", "id, code", ((n + 1, f"centre-{n + 1}") for n in range(len(REGIONS)))
    yield (
        "centre_term",
        "centre_id, region_code, name_kk, name_ru, name_en, contact, signatory, recorded_at",
        (
            (n + 1, region, f"{n + 1}-орталық", f"Центр {n + 1}", f"Centre {n + 1}", "", "", BEGIN)
            for n, region in enumerate(REGIONS)
        ),
    )
    bodies = range(len(REGIONS) * BODIES_PER_REGION)
    yield "state_body", "id, code", ((n + 1, f"body-{n + 1}") for n in bodies)
    yield (
        "state_body_term",
        "state_body_id, parent_id, region_code, level, name_kk, name_ru, name_en, recorded_at",
        (
            (
                n + 1,
                None if n % BODIES_PER_REGION == 0 else n - n % BODIES_PER_REGION + 1,
                REGIONS[n // BODIES_PER_REGION],
                "oblast" if n % BODIES_PER_REGION == 0 else "district",
                f"{n + 1}-әкімдік",
                f"Акимат {n + 1}",
                f"Akimat {n + 1}",
                BEGIN,
            )
            for n in bodies
        ),
    )


def _people(people: int) -> Iterator[Table]:
    yield (
        "person",
        "id, pseudonym, last_name, first_name, sort_key, search_name, language, created_at",
        (
            (n, f"p{n:07}", f"Қалиев{n}", "Асқар", f"{n:07}".encode(), f"калиев{n} аскар", "kk", BEGIN)
            for n in range(1, people + 1)
        ),
    )


def _courses() -> Iterator[Table]:
    yield "course", "id, slug", ((n, f"course-{n}") for n in range(1, COURSES + 1))
    yield (
        "course_version",
        "id, course_id, number, digest, change, note, manifest, files, published_by_id, recorded_at",
        (
            (n, n, 1, f"{n:064}", "substantive", "", json.dumps(_manifest(n)), "{}", 1, BEGIN)
            for n in range(1, COURSES + 1)
        ),
    )


def _manifest(course: int) -> dict[str, object]:
    return {
        "slug": f"course-{course}",
        "languages": ["kk", "ru", "en"],
        "titles": {"kk": f"{course}-курс", "ru": f"Курс {course}", "en": f"Course {course}"},
        "summaries": {},
        "audiences": {},
        "hours": 8,
        "is_open": False,
        "law_as_of": None,
        "valid_for": 36,
        "topics": {},
        "required": [],
        "modules": [],
    }


def _learning(people: int) -> Iterator[Table]:
    yield (
        "enrolment",
        "id, person_id, course_id, edition, started_at, recorded_at",
        ((e, p, c, 1, begun, begun) for e, p, c, begun, _ in _enrolments(people)),
    )
    yield (
        "enrolment_term",
        "enrolment_id, course_id, centre_id, region_code, state_body_id, category, enrolled_on, due_on, state,"
        " recorded_at, superseded_at",
        (row for enrolment in _enrolments(people) for row in _terms(*enrolment)),
    )
    yield (
        "completion",
        "enrolment_id, course_id, version_id, centre_id, region_code, state_body_id, category, enrolled_on, due_on,"
        " completed_at, completed_on, language, score, hours, days, attempts, recorded_at, superseded_at",
        (row for enrolment in _enrolments(people) for row in _completions(*enrolment)),
    )


def _enrolments(people: int) -> Iterator[tuple[int, int, int, datetime, datetime | None]]:
    """Give (id, person, course, enrolled, completed or None) for every enrolment, the same every time."""
    chance = random.Random(1)
    for person in range(1, people + 1):
        for course in range(1, COURSES + 1):
            begun = BEGIN + timedelta(days=(person * 7 + course * 61) % 430, minutes=person % 480)
            done = begun + timedelta(days=chance.randrange(3, 90), minutes=chance.randrange(600))
            yield (person - 1) * COURSES + course, person, course, begun, done if chance.random() < 0.7 else None


def _place(person: int) -> Row:
    """Return centre, region, state body and category of a learner."""
    region = person % len(REGIONS)
    body = 1 + region * BODIES_PER_REGION + person // 20 % BODIES_PER_REGION
    return region + 1, REGIONS[region], body, CATEGORIES[person % 7]


def _due_on(enrolment: int, begun: datetime) -> tuple[date, datetime | None]:
    """Return the due date and, of one in twenty, when it was moved by a month."""
    moved_at = begun + timedelta(days=2) if enrolment % 20 == 0 else None
    return local_date(begun + DAYS_TO_LEARN), moved_at


def _terms(enrolment: int, person: int, course: int, begun: datetime, done: datetime | None) -> Iterator[Row]:
    due_on, moved_at = _due_on(enrolment, begun)
    common = (enrolment, course, *_place(person), local_date(begun))
    state = "withdrawn" if done is None and enrolment % 50 == 1 else "open"
    yield *common, due_on, "open" if moved_at else state, begun, moved_at
    if moved_at:
        yield *common, due_on + timedelta(days=30), state, moved_at, None


def _completions(enrolment: int, person: int, course: int, begun: datetime, done: datetime | None) -> Iterator[Row]:
    if done is None:
        return
    due_on, moved_at = _due_on(enrolment, begun)
    yield (
        enrolment,
        course,
        course,
        *_place(person),
        local_date(begun),
        due_on + timedelta(days=30) if moved_at else due_on,
        done,
        local_date(done),
        "kk",
        7000 + enrolment % 3000,
        8,
        (local_date(done) - local_date(begun)).days,
        1 + enrolment % 3,
        done,
        done + timedelta(days=20) if enrolment % 200 == 0 else None,
    )
