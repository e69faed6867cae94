"""Enrolling many at once: all or none, on both databases, and two lists at a time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from flask import Flask

from lms.accounts.models import Person
from lms.catalogue.models import Course
from lms.clock import utcnow
from lms.database import db
from lms.desk.actions import Enrolling, enrol_people
from lms.enrolments.actions import CohortFull
from lms.enrolments.models import Cohort, Enrolment
from lms.enrolments.queries import CohortCount, count_cohorts, list_latest
from lms.ledger.actor import SYSTEM
from tests.make import Make

pytestmark = pytest.mark.every_database


@pytest.fixture
def cohort(make: Make) -> Cohort:
    course = Course(slug="course")
    db.session.add(course)
    db.session.commit()
    return make.cohort(make.centre(), course.id, due_on=date(2026, 12, 4))


def test_people_are_enrolled_once_and_counted(make: Make, cohort: Cohort) -> None:
    people = [make.learner() for _ in range(3)]

    first = enrol_people(cohort, people, by=SYSTEM, now=utcnow())
    second = enrol_people(cohort, people, by=SYSTEM, now=utcnow())
    db.session.commit()

    assert (first, second) == (Enrolling(3, 0), Enrolling(0, 3))
    assert count_cohorts([cohort.id], date(2026, 12, 4)) == {cohort.id: CohortCount(3, 0, 0)}
    assert count_cohorts([cohort.id], date(2026, 12, 5)) == {cohort.id: CohortCount(3, 0, 3)}
    assert set(list_latest([person.id for person in people], cohort.course_id)) == {person.id for person in people}


def test_if_one_is_refused_nobody_is_enrolled(make: Make, cohort: Cohort) -> None:
    cohort.seats = 2
    db.session.commit()
    people = [make.learner() for _ in range(3)]

    with pytest.raises(CohortFull):
        enrol_people(cohort, people, by=SYSTEM, now=utcnow())
    db.session.rollback()

    assert db.session.query(Enrolment).count() == 0


def test_lists_that_overlap_never_wait_for_each_other_and_enrol_each_once(
    app: Flask, make: Make, cohort: Cohort
) -> None:
    ids = [make.learner().id for _ in range(6)]
    cohort_id = cohort.id
    db.session.rollback()

    def enrol(order: list[int]) -> int:
        with app.app_context():
            people = [db.session.get_one(Person, person_id) for person_id in order]
            done = enrol_people(db.session.get_one(Cohort, cohort_id), people, by=SYSTEM, now=utcnow())
            db.session.commit()
            return done.added

    with ThreadPoolExecutor(4) as pool:
        added = list(pool.map(enrol, [ids, ids[::-1], ids[:4], ids[2:]]))

    assert sum(added) == len(ids)
    assert db.session.query(Enrolment).count() == len(ids)
