"""Enrolments: opening, moving, withdrawing, completing once."""

from datetime import date, timedelta

import pytest

from lms.accounts import actions as accounts
from lms.catalogue.models import Course, CourseVersion
from lms.clock import utcnow
from lms.database import db
from lms.enrolments import actions
from lms.enrolments.actions import Result
from lms.enrolments.models import Completion, Enrolment, EnrolmentTerm
from lms.enrolments.queries import count_members, find_enrolled, get_cohort, list_enrolled, list_members
from lms.errors import NotFound
from lms.ledger.actor import SYSTEM
from tests.make import Make

pytestmark = pytest.mark.every_database


@pytest.fixture
def course(context: object) -> Course:
    course = Course(slug="aarhus-basics")
    db.session.add(course)
    db.session.flush()
    version = CourseVersion(
        course_id=course.id,
        number=1,
        digest="d",
        change="substantive",
        note="",
        manifest="{}",
        files="{}",
        recorded_at=utcnow(),
    )
    db.session.add(version)
    db.session.commit()
    return course


def complete(enrolment: Enrolment) -> Completion:
    version = db.session.query(CourseVersion).one()
    result = Result(version_id=version.id, language="ru", hours=8, score=8500, attempts=1)
    completion = actions.complete(enrolment, result, by=SYSTEM, now=utcnow())
    db.session.commit()
    return completion


def test_enrolling_twice_is_enrolling_once(make: Make, course: Course) -> None:
    person = make.learner()

    first = make.enrolment(person, course.id, due_on=date(2026, 12, 4))
    second = make.enrolment(person, course.id, due_on=date(2027, 1, 1))

    assert first is second
    enrolled = find_enrolled(person.id, course.id)
    assert enrolled is not None
    assert enrolled.term.due_on == date(2026, 12, 4)
    assert enrolled.term.region_code == "KZ-35"
    assert enrolled.is_overdue(date(2026, 12, 5))
    assert not enrolled.is_overdue(date(2026, 12, 4))


def test_somebody_without_a_workplace_is_refused_by_name(make: Make, course: Course) -> None:
    with pytest.raises(actions.NoEmployment, match="Әйгерім"):
        make.enrolment(make.person(), course.id)


def test_a_cohort_takes_as_many_as_it_has_seats(make: Make, course: Course) -> None:
    centre = make.centre()
    cohort = make.cohort(centre, course.id, seats=1)
    make.enrolment(make.learner(centre=centre), course.id, cohort=cohort)

    with pytest.raises(actions.CohortFull):
        make.enrolment(make.learner(centre=centre), course.id, cohort=cohort)
    db.session.rollback()
    assert count_members([cohort.id]) == {cohort.id: 1}


def test_a_moved_due_date_is_a_new_term_with_its_reason(make: Make, course: Course) -> None:
    person = make.learner()
    enrolment = make.enrolment(person, course.id, due_on=date(2026, 12, 4))

    for _ in range(2):
        actions.extend(enrolment.id, date(2026, 12, 11), reason="sick leave", by=SYSTEM, now=utcnow())
        db.session.commit()

    terms = db.session.query(EnrolmentTerm).order_by(EnrolmentTerm.id).all()
    assert [term.due_on for term in terms] == [date(2026, 12, 4), date(2026, 12, 11)]
    assert terms[0].superseded_at == terms[1].recorded_at
    assert terms[1].reason == "sick leave"


def test_completing_twice_is_completing_once_and_freezes_the_term(make: Make, course: Course) -> None:
    person = make.learner()
    enrolment = make.enrolment(person, course.id, due_on=date(2026, 12, 4))

    assert complete(enrolment) is complete(enrolment)
    with pytest.raises(actions.EnrolmentClosed):
        actions.extend(enrolment.id, None, reason="late", by=SYSTEM, now=utcnow())
    with pytest.raises(actions.EnrolmentClosed):
        actions.withdraw(enrolment.id, reason="late", by=SYSTEM, now=utcnow())


def test_a_completion_counts_in_the_region_of_the_state_body_and_at_the_centre_that_taught(
    make: Make, course: Course
) -> None:
    there = make.centre(region_code="KZ-71")
    person = make.learner(centre=there, state_body=make.state_body(region_code="KZ-35"))

    completion = complete(make.enrolment(person, course.id))

    assert (completion.region_code, completion.centre_id) == ("KZ-35", there.id)
    assert completion.score == 8500


def test_somebody_without_a_state_body_counts_in_the_region_of_the_centre(make: Make, course: Course) -> None:
    there, person = make.centre(region_code="KZ-71"), make.person()
    accounts.employ(
        person,
        centre_id=there.id,
        state_body_id=None,
        category="C-5",
        position=None,
        starts_on=date(2026, 1, 1),
        by=SYSTEM,
        now=utcnow(),
    )
    db.session.commit()

    assert complete(make.enrolment(person, course.id)).region_code == "KZ-71"


def test_the_next_edition_opens_after_completion_or_withdrawal(make: Make, course: Course) -> None:
    done, gone = make.learner(), make.learner()
    complete(make.enrolment(done, course.id))
    actions.withdraw(make.enrolment(gone, course.id).id, reason="moved", by=SYSTEM, now=utcnow())
    db.session.commit()

    assert make.enrolment(done, course.id).edition == 2
    assert make.enrolment(gone, course.id).edition == 2
    assert len(list_enrolled(done.id)) == 2


def test_members_of_a_cohort_are_listed_by_name_without_the_withdrawn(make: Make, course: Course) -> None:
    centre = make.centre()
    cohort = make.cohort(centre, course.id)
    people = [make.learner(centre=centre, last_name=name) for name in ("Яна", "Әли", "Ақан")]
    enrolments = [make.enrolment(person, course.id, cohort=cohort) for person in people]
    actions.withdraw(enrolments[0].id, reason="moved", by=SYSTEM, now=utcnow())
    db.session.commit()

    assert [member.person.last_name for member in list_members(cohort.id)] == ["Ақан", "Әли"]


def test_a_cohort_of_another_centre_is_not_found(make: Make, course: Course) -> None:
    cohort = make.cohort(make.centre(), course.id)

    with pytest.raises(NotFound):
        get_cohort(cohort.id, frozenset({make.centre().id}))


def test_days_are_counted_from_the_first_act(make: Make, course: Course) -> None:
    enrolment = make.enrolment(make.learner(), course.id)
    enrolment.started_at = utcnow() - timedelta(days=3)
    db.session.commit()

    assert complete(enrolment).days == 3
