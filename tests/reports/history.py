"""A small country with a believable past: enrolments made, moved, ended and completed over a year."""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import rfc8785

from lms.accounts.actions import create_person, employ
from lms.accounts.models import Person
from lms.catalogue.models import Course, CourseVersion
from lms.centres.models import StateBody
from lms.database import db
from lms.enrolments import actions as enrolments
from lms.enrolments.actions import Result
from lms.enrolments.models import Completion, Enrolment
from lms.ledger.actions import record
from lms.ledger.actor import SYSTEM
from lms.ledger.jobs import seal_waiting
from lms.reports.queries import find_moment
from lms.reports.tables import Moment
from tests.make import Make

BEGIN = datetime(2025, 1, 6, 4, tzinfo=UTC)
REGIONS = ("KZ-35", "KZ-71", "KZ-10")


def course(make: Make, slug: str, title: str) -> CourseVersion:
    """Return the first version of a course, without units."""
    author = make.person(password=None)
    row = Course(slug=slug)
    db.session.add(row)
    db.session.flush()
    version = CourseVersion(
        course_id=row.id,
        number=1,
        digest="0" * 64,
        change="substantive",
        note="",
        manifest=manifest(slug, title),
        files="{}",
        published_by_id=author.id,
        recorded_at=BEGIN,
    )
    db.session.add(version)
    db.session.commit()
    return version


def manifest(slug: str, title: str) -> str:
    """Return the manifest of a course of which nothing but the title matters."""
    empty = {"summaries": {}, "audiences": {}, "topics": {}, "required": [], "modules": []}
    facts = {"hours": 8, "is_open": False, "law_as_of": None, "valid_for": None}
    titles = {"kk": f"{title} kk", "ru": f"{title} ru", "en": title}
    return rfc8785.dumps({"slug": slug, "languages": ["kk", "ru", "en"], "titles": titles, **facts, **empty}).decode()


def seal() -> Moment:
    """Close the present moment."""
    db.session.commit()
    record("act", "test", by="system", facts={}, now=BEGIN)
    db.session.commit()
    seal_waiting()
    moment = find_moment()
    assert moment is not None
    return moment


class History:
    """Three regions, each with a centre, a body and two bodies below it; learners in two courses.

    A past of many acts is one transaction: a commit each would cost more than the acts.
    """

    def __init__(self, make: Make, seed: int = 1) -> None:
        self.make, self.chance = make, random.Random(seed)
        self.centres = [make.centre(region_code=region, name_en=f"Centre {region}") for region in REGIONS]
        self.bodies = [make.state_body(region_code=region, name_en=f"Akimat {region}") for region in REGIONS]
        self.departments = [self._body_below(body, region) for body, region in zip(self.bodies, REGIONS, strict=True)]
        # Under one body, but each in another region: what counts is the tree.
        self.offices = [self._body_below(self.departments[0], region) for region in REGIONS]
        self.versions = [course(make, f"course-{n}", f"Course {n}") for n in (1, 2)]
        self.open: list[Enrolment] = []
        self.completions: list[Completion] = []

    def _body_below(self, parent: StateBody, region: str) -> StateBody:
        return self.make.state_body(region_code=region, level="district", parent_id=parent.id)

    def live(self, acts: int = 120) -> None:
        """Let people enrol, be late, complete; each act on a day of its own, in order."""
        now = BEGIN
        for act in range(acts):
            now += timedelta(days=self.chance.randrange(0, 5), hours=self.chance.randrange(24))
            if act % 2 == 0:
                due_on = self.chance.choice((None, now.date() + timedelta(days=self.chance.randrange(1, 900))))
                self.enrol(now, due_on=due_on)
            else:
                self.chance.choice((self.complete, self.complete, self.extend, self.withdraw))(now)
        db.session.commit()

    def learner(self, **place: Any) -> Person:
        """Return a new learner at a centre, of a body that need not be of the same region."""
        person = create_person(last_name="Learner", first_name="A", language="kk", by=SYSTEM, now=BEGIN)
        anywhere = {
            "centre_id": self.chance.choice(self.centres).id,
            "state_body_id": self.chance.choice([*self.bodies, *self.departments, *self.offices]).id,
        }
        facts = {"category": "C-5", "position": None, "starts_on": BEGIN.date()}
        employ(person, **(anywhere | place), **facts, by=SYSTEM, now=BEGIN)
        return person

    def enrol(self, now: datetime, *, due_on: date | None = None, **place: Any) -> None:
        """Enrol a new learner in one of the courses."""
        course_id = self.chance.choice(self.versions).course_id
        enrolment = enrolments.enrol(self.learner(**place), course_id, cohort=None, due_on=due_on, by=SYSTEM, now=now)
        self.open.append(enrolment)

    def complete(self, now: datetime) -> None:
        """Complete one open enrolment, begun some days ago."""
        if not self.open:
            return
        enrolment = self.open.pop(self.chance.randrange(len(self.open)))
        enrolment.started_at = now - timedelta(days=self.chance.randrange(40))
        version = next(version for version in self.versions if version.course_id == enrolment.course_id)
        result = Result(
            version.id,
            language="kk",
            hours=self.chance.choice((8, 12)),
            score=self.chance.choice((None, 7000, 8333, 10_000)),
            attempts=self.chance.choice((None, 1, 1, 2, 3)),
        )
        self.completions.append(enrolments.complete(enrolment, result, by=SYSTEM, now=now))

    def annul(self, now: datetime) -> None:
        """Take one completion back, as a later decision does."""
        completion = self.completions.pop()
        subject = f"completion:{completion.id}"
        completion.superseded_at = record("completion annulled", subject, by="system", facts={}, now=now)

    def extend(self, now: datetime) -> None:
        """Move one due date."""
        if self.open:
            due_on = date(2025, 6, 1) + timedelta(days=self.chance.randrange(1, 500))
            enrolments.extend(self.chance.choice(self.open).id, due_on, reason="illness", by=SYSTEM, now=now)

    def withdraw(self, now: datetime) -> None:
        """End one enrolment, now and then."""
        if self.open and self.chance.random() < 0.5:
            enrolment = self.open.pop(self.chance.randrange(len(self.open)))
            enrolments.withdraw(enrolment.id, reason="left", by=SYSTEM, now=now)
