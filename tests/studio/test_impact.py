"""Whom a new version would concern, counted on both databases."""

import pytest
from flask import Flask

from lms.catalogue.queries import get_published
from lms.certificates.actions import issue
from lms.clock import local_date, utcnow
from lms.database import db
from lms.enrolments.actions import Result, complete, withdraw
from lms.enrolments.models import Enrolment
from lms.ledger.actor import SYSTEM
from lms.studio.folders import check_folder, list_folders
from lms.studio.impact import Impact
from lms.studio.publishing import publish_courses, publish_folder
from lms.studio.queries import get_impact, list_in_service
from tests.make import Make
from tests.studio.conftest import SLUG, CourseFolder

pytestmark = pytest.mark.every_database


def impact_of(folder: CourseFolder) -> Impact:
    return get_impact(check_folder(folder.path), list_in_service().get(SLUG), today=local_date(utcnow()))


def certify(enrolment: Enrolment) -> None:
    """Let somebody complete the version in service, and issue the certificate."""
    result = Result(get_published(SLUG).version_id, "en", hours=8, score=9000, attempts=1)
    issue(complete(enrolment, result, by=SYSTEM, now=utcnow()), by=SYSTEM, now=utcnow())
    db.session.commit()


def test_learners_completions_and_certificates_are_counted(context: Flask, folder: CourseFolder, make: Make) -> None:
    publish_folder(folder.courses, note="")
    course_id = get_published(SLUG).course_id
    for _ in range(2):
        make.enrolment(make.learner(), course_id)
    certify(make.enrolment(make.learner(), course_id))
    withdraw(make.enrolment(make.learner(), course_id).id, reason="Left", by=SYSTEM, now=utcnow())
    db.session.commit()
    folder.change_key()

    impact = impact_of(folder)

    assert (impact.number, impact.allowed) == (2, ("substantive", "invalidating"))
    assert (impact.learners, impact.completed, impact.certificates) == (2, 1, 1)
    assert (impact.sitting, impact.answered) == (0, 0)


def test_certificates_that_are_superseded_already_are_not_counted(
    context: Flask, folder: CourseFolder, make: Make
) -> None:
    publish_folder(folder.courses, note="")
    course_id = get_published(SLUG).course_id
    certify(make.enrolment(make.learner(), course_id))
    folder.change_key()
    list(publish_courses(list_folders(folder.courses), change="invalidating", note="The law is another one"))
    certify(make.enrolment(make.learner(), course_id))
    folder.change_wording()

    impact = impact_of(folder)

    assert (impact.completed, impact.certificates) == (2, 1)


def test_a_course_that_was_never_published_concerns_nobody(context: Flask, folder: CourseFolder) -> None:
    impact = impact_of(folder)

    assert (impact.number, impact.changes, impact.allowed) == (1, None, ("substantive",))
    assert impact.learners == impact.certificates == 0
