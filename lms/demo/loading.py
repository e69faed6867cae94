"""Putting the demonstration into an empty database."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from flask import current_app
from sqlalchemy import select

from lms.accounts import actions as accounts
from lms.accounts.models import Person
from lms.catalogue.actions import publish
from lms.catalogue.published import PublishedCourse
from lms.catalogue.queries import list_published
from lms.centres import actions as centres
from lms.centres.models import Centre, StateBody
from lms.clock import local_date, utcnow
from lms.config import Config
from lms.database import db
from lms.demo.cast import BODIES, CENTRES, PASSWORD, POSTS, STAFF, Name, Staff, learner_names
from lms.demo.history import FATES, Fate, History
from lms.enrolments import actions as enrolments
from lms.errors import DomainError
from lms.ledger.actor import SYSTEM
from lms.ledger.jobs import seal_waiting
from lms.permissions import Role
from lms.studio.folders import list_folders, open_folder

BEGAN = timedelta(weeks=26)
COHORTS = (
    ("karaganda", 24, 12),
    ("astana", 21, 10),
    ("karaganda", 11, 10),
    ("astana", 9, 10),
    ("karaganda", 4, 10),
    ("astana", 2, 8),
)
DUE_AFTER = timedelta(days=42)
SHOWN_COHORT = "E"  # began four weeks ago: the learner whom visitors sign in as is half-way through it
SHOWN_FATE = Fate(units=4, ability=0.9)
LANGUAGES = ("kk", "ru", "ru", "kk", "ru", "kk", "en")

Say = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Places:
    """The places of the cast by their names there."""

    centres: Mapping[str, Centre]
    bodies: Mapping[str, StateBody]


def is_empty() -> bool:
    """Say whether nobody has an account yet."""
    return db.session.scalar(select(Person.id).limit(1)) is None


def load(*, progress: Say) -> None:
    """Publish the courses as of half a year ago and let the cast live through that time.

    Raises DomainError in production and on a database with people in it.
    """
    config: Config = current_app.config["LMS"]
    if config.is_production:
        raise DomainError("The demonstration has a known password and is not loaded in production.")
    if not is_empty():
        raise DomainError("The database is not empty. The demonstration goes into an empty one only.")
    now, chance = utcnow(), Random(25_06_1998)
    began = now - BEGAN
    progress("Loading the demonstration: half a year of history …")
    for folder in map(open_folder, list_folders(config.courses)):
        publish(folder.slug, folder.files, folder.registries, note="", by=SYSTEM, now=began)
        db.session.commit()
    course = list_published()[0]
    places = _places(began)
    staff = {who.login: _staff(who, places, course, began) for who in STAFF}
    history = History(course, chance=chance, until=now)
    _plan(history, places, staff, chance, now)
    for number, moment in enumerate(history.play()):
        if number % 200 == 0:
            progress(f"  {local_date(moment):%d.%m.%Y}")
    db.session.commit()
    seal_waiting()


def sign_ins() -> str:
    """Return the demo sign-ins as lines to print; empty if the database holds something else."""
    first = db.session.scalar(select(Person.login_name).where(Person.login_name == "learner"))
    if first is None:
        return ""
    rows = [("learner", "take the course"), *((who.login, who.comes_to) for who in STAFF)]
    lines = [f"  {login:<15}{what}" for login, what in rows]
    return "\n".join([f"Demo sign-ins (password for all: {PASSWORD}):", *lines])


def _places(now: datetime) -> Places:
    made = {name: centres.create_centre(name, facts, by=SYSTEM, now=now) for name, facts in CENTRES.items()}
    bodies: dict[str, StateBody] = {}
    for name, body in BODIES.items():
        parent = bodies[body.under].id if body.under else None
        facts = replace(body.facts, parent_id=parent)
        bodies[name] = centres.create_state_body(name, facts, by=SYSTEM, now=now)
    db.session.commit()
    return Places(made, bodies)


def _staff(who: Staff, places: Places, course: PublishedCourse, now: datetime) -> Person:
    person = accounts.create_person(
        last_name=who.name.last,
        first_name=who.name.first,
        middle_name=who.name.middle,
        language=who.language,
        login_name=who.login,
        password=PASSWORD,
        by=SYSTEM,
        now=now,
    )
    body, category = POSTS[who.centre][0]
    _employ(person, who.centre, body, category, places, now)
    scope: dict[str, Any] = {}
    if who.role is Role.TRAINER:
        scope = {"course_id": course.course_id}
    elif who.scope:
        scope = {"centre_id": places.centres[who.scope].id}
    accounts.grant(person, who.role, reason="demonstration", by=SYSTEM, now=now, **scope)
    db.session.commit()
    return person


def _employ(person: Person, centre: str, body: str, category: str, places: Places, now: datetime) -> None:
    accounts.employ(
        person,
        centre_id=places.centres[centre].id,
        state_body_id=places.bodies[body].id,
        category=category,
        position=None,
        starts_on=local_date(now),
        by=SYSTEM,
        now=now,
    )


def _plan(history: History, places: Places, staff: Mapping[str, Person], chance: Random, now: datetime) -> None:
    """Put the start of every cohort into the calendar, with its learners and their fates."""
    names = iter(learner_names(sum(size for _, _, size in COHORTS), chance))
    for number, (centre, weeks, size) in enumerate(COHORTS):
        plan = CohortPlan(
            history=history,
            places=places,
            centre=centre,
            letter="ABCDEF"[number],
            coordinator=staff["coordinator" if centre == "karaganda" else "coordinator2"],
            learners=tuple(zip((next(names) for _ in range(size)), chance.sample(FATES, size), strict=False)),
        )
        history.at(now - timedelta(weeks=weeks), plan.begin)


@dataclass(frozen=True, slots=True)
class CohortPlan:
    """A cohort that will begin: who is in it and what becomes of them."""

    history: History
    places: Places
    centre: str
    letter: str
    coordinator: Person
    learners: tuple[tuple[Name, Fate], ...]

    def begin(self, now: datetime) -> None:
        """Open the cohort and enrol its learners."""
        cohort = enrolments.create_cohort(
            centre_id=self.places.centres[self.centre].id,
            course_id=self.history.course.course_id,
            name=f"{local_date(now):%Y-%m}-{self.letter}",
            starts_on=local_date(now),
            due_on=local_date(now + DUE_AFTER),
            seats=len(self.learners) + 2,
            by=self.coordinator,
            now=now,
        )
        for number, (name, fate) in enumerate(self.learners):
            is_shown = self.letter == SHOWN_COHORT and number == 0
            login = "learner" if is_shown else f"{self.centre}-{self.letter.lower()}{number:02}"
            person = self._add(name, login, now)
            self.history.enrol(person, cohort, SHOWN_FATE if is_shown else fate, now, self.coordinator)

    def _add(self, name: Name, login: str, now: datetime) -> Person:
        chance = self.history.chance
        person = accounts.create_person(
            last_name=name.last,
            first_name=name.first,
            middle_name=name.middle,
            language=chance.choice(LANGUAGES),
            login_name=login,
            password=PASSWORD,
            by=self.coordinator,
            now=now,
        )
        body, category = chance.choice(POSTS[self.centre])
        _employ(person, self.centre, body, category, self.places, now)
        return person
