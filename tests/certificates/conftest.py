"""A published course, people who complete it, and the certificates that they get for it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
import rfc8785
from flask import Flask

from lms.catalogue.models import Course, CourseVersion, UnitPage
from lms.certificates.actions import issue
from lms.certificates.models import Certificate
from lms.certificates.payload import Payload
from lms.database import db
from lms.enrolments.actions import Result, complete
from lms.enrolments.models import Completion
from lms.ledger.actor import SYSTEM
from lms.web.limits import limiter
from tests.browser import PageClient
from tests.certificates.stated import ISSUED_AT, TITLES
from tests.make import Make

UNIT = {"since": 1, "minutes": 10, "basis": [], "law_as_of": None, "settings": None}
PAGE = {"is_review_pending": False, "objectives": [], "headings": []}


def manifest(valid_for: int | None) -> str:
    """Return the manifest of a course of one module with a lesson in three languages and one in Russian only."""
    units = [
        {
            **UNIT,
            "id": "words/information",
            "kind": "lesson",
            "pages": {code: {**PAGE, "title": f"Lesson in {code}"} for code in TITLES},
        },
        {
            **UNIT,
            "id": "words/authority",
            "kind": "lesson",
            "pages": {"ru": {**PAGE, "title": "Государственный орган"}},
        },
    ]
    document = {
        "slug": "access",
        "languages": ["kk", "ru", "en"],
        "titles": TITLES,
        "summaries": {},
        "audiences": {},
        "hours": 12,
        "is_open": True,
        "law_as_of": None,
        "valid_for": valid_for,
        "topics": {},
        "required": ["words/information", "words/authority"],
        "modules": [{"slug": "words", "titles": {"kk": "Сөздер", "ru": "Слова", "en": "Words"}, "units": units}],
    }
    return rfc8785.dumps(document).decode()


class Certify:
    """One builder: publishes versions of one course, and has people complete it."""

    def __init__(self, make: Make) -> None:
        self.make = make
        self.author = make.person(last_name="Author")
        self.course = Course(slug="access")
        db.session.add(self.course)
        db.session.flush()
        self.versions: list[CourseVersion] = []
        self.publish()

    def publish(self, change: str = "substantive", *, valid_for: int | None = 36, now: datetime = ISSUED_AT) -> None:
        """Publish the next version."""
        number = len(self.versions) + 1
        version = CourseVersion(
            course_id=self.course.id,
            number=number,
            digest=f"{number:064x}",
            change=change,
            note="",
            manifest=manifest(valid_for),
            files="{}",
            published_by_id=self.author.id,
            recorded_at=now,
        )
        db.session.add(version)
        db.session.flush()
        for unit, language in [*(("words/information", code) for code in TITLES), ("words/authority", "ru")]:
            db.session.add(
                UnitPage(version_id=version.id, unit=unit, language=language, title="", html="", questions=None)
            )
        db.session.commit()
        self.versions.append(version)

    def completion(
        self, *, language: str = "kk", score: int | None = 8550, now: datetime = ISSUED_AT, **person: Any
    ) -> Completion:
        """Return a learner's completion of the latest version, not yet certified."""
        learner = self.make.learner(**person)
        enrolment = self.make.enrolment(learner, self.course.id, now=now)
        result = Result(self.versions[-1].id, language=language, hours=12, score=score, attempts=1)
        completion = complete(enrolment, result, by=SYSTEM, now=now)
        db.session.commit()
        return completion

    def __call__(self, *, now: datetime = ISSUED_AT, **facts: Any) -> Certificate:
        """Return the certificate of a new completion."""
        certificate = issue(self.completion(now=now, **facts), by=SYSTEM, now=now)
        db.session.commit()
        return certificate

    def replace(self, certificate: Certificate, number: str, now: datetime) -> Certificate:
        """Return a certificate that takes the place of another."""
        payload = replace(Payload.from_json(certificate.payload), number=number, issued_at=now)
        following = Certificate(
            number=number,
            completion_id=certificate.completion_id,
            replaces_id=certificate.id,
            payload=payload.to_json(),
            template=certificate.template,
            issued_at=now,
            expires_on=certificate.expires_on,
            recorded_at=now,
        )
        db.session.add(following)
        db.session.commit()
        return following


@pytest.fixture
def certify(make: Make) -> Certify:
    """Return the builder of certificates, with one version of the course published."""
    return Certify(make)


@pytest.fixture
def browser(app: Flask) -> PageClient:
    """Return a browser nobody has signed in with, from an address that has not asked for anything yet."""
    limiter.reset()
    return PageClient(app)
