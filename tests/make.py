"""Build what a test needs, each with sensible facts that a test may override; everything goes through the actions."""

from dataclasses import replace
from datetime import date, datetime
from itertools import count
from typing import Any, TypeVar

from flask import Flask

from lms.accounts import actions as accounts
from lms.accounts.models import Person
from lms.centres import actions as centres
from lms.centres.actions import CentreFacts, StateBodyFacts
from lms.centres.models import Centre, StateBody
from lms.clock import utcnow
from lms.database import db
from lms.enrolments import actions as enrolments
from lms.enrolments.models import Cohort, Enrolment
from lms.ledger.actor import SYSTEM
from lms.permissions import Role

T = TypeVar("T")

PASSWORD = "correct-horse-battery"
CENTRE = CentreFacts(
    region_code="KZ-35",
    name_kk="Қарағанды өңірлік орталығы",
    name_ru="Карагандинский региональный центр",
    name_en="Karaganda Regional Centre",
    contact="+7 (000) 000-00-00",
    signatory="Director",
)
BODY = StateBodyFacts(
    region_code="KZ-35",
    level="oblast",
    name_kk="Табиғи ресурстар басқармасы",
    name_ru="Управление природных ресурсов",
    name_en="Department of Natural Resources",
)


class Make:
    """One builder for all tests; each thing is committed, so that requests see it."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._number = count(1)

    def centre(self, **facts: Any) -> Centre:
        """Return a retraining centre in Karaganda."""
        return self._keep(
            centres.create_centre(f"c{next(self._number)}", replace(CENTRE, **facts), by=SYSTEM, now=utcnow())
        )

    def state_body(self, **facts: Any) -> StateBody:
        """Return a state body in Karaganda."""
        return self._keep(
            centres.create_state_body(f"b{next(self._number)}", replace(BODY, **facts), by=SYSTEM, now=utcnow())
        )

    def person(self, *, language: str = "en", password: str | None = PASSWORD, **facts: Any) -> Person:
        """Return a person with an account and no workplace; the login name is p1, p2, …"""
        names = {"last_name": "Нұрсұлтанқызы", "first_name": "Әйгерім", "login_name": f"p{next(self._number)}"} | facts
        return self._keep(
            accounts.create_person(language=language, password=password, by=SYSTEM, now=utcnow(), **names)
        )

    def learner(
        self,
        *,
        centre: Centre | None = None,
        state_body: StateBody | None = None,
        category: str = "C-5",
        starts_on: date = date(2026, 1, 1),
        **facts: Any,
    ) -> Person:
        """Return a person who works at a state body that a centre answers for."""
        person = self.person(**facts)
        accounts.employ(
            person,
            centre_id=(centre or self.centre()).id,
            state_body_id=(state_body or self.state_body()).id,
            category=category,
            position=None,
            starts_on=starts_on,
            by=SYSTEM,
            now=utcnow(),
        )
        return self._keep(person)

    def staff(self, role: Role, *, reason: str = "test", person: Person | None = None, **scope: Any) -> Person:
        """Return a person with one role; the scope is given by its columns."""
        person = person or self.person()
        accounts.grant(person, role, reason=reason, by=SYSTEM, now=utcnow(), **scope)
        return self._keep(person)

    def cohort(self, centre: Centre, course_id: int, **facts: Any) -> Cohort:
        """Return a cohort of a centre."""
        values = {"name": f"2026-{next(self._number)}", "starts_on": date(2026, 11, 2), "due_on": date(2026, 12, 4)}
        return self._keep(
            enrolments.create_cohort(
                centre_id=centre.id, course_id=course_id, by=SYSTEM, now=utcnow(), **(values | facts)
            )
        )

    def enrolment(
        self,
        person: Person,
        course_id: int,
        *,
        cohort: Cohort | None = None,
        due_on: date | None = None,
        now: datetime | None = None,
    ) -> Enrolment:
        """Return an open enrolment of a learner."""
        return self._keep(
            enrolments.enrol(person, course_id, cohort=cohort, due_on=due_on, by=SYSTEM, now=now or utcnow())
        )

    @staticmethod
    def _keep(thing: T) -> T:
        db.session.commit()
        return thing
