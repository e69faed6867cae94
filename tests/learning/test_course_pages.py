"""The outline of a course, and one's own training."""

from datetime import timedelta

import pytest

from lms.accounts.queries import get_person
from lms.catalogue.published import PublishedCourse
from lms.clock import local_date, utcnow
from lms.database import db
from lms.enrolments.actions import withdraw
from lms.enrolments.models import Enrolment
from lms.learning import actions
from lms.ledger.actor import SYSTEM
from tests.learning.conftest import SignIn
from tests.learning.versions import CLOCK, FINAL, GROUNDS, final_showing_score, publish_course
from tests.make import Make
from tests.signing import Browser


@pytest.fixture
def enrolment(make: Make, course: PublishedCourse) -> Enrolment:
    """Return an open enrolment in the course, overdue by two days."""
    return make.enrolment(make.learner(), course.course_id, due_on=local_date(utcnow()) - timedelta(days=2))


@pytest.fixture
def learner(enrolment: Enrolment, sign_in: SignIn) -> Browser:
    """Return the browser of somebody who takes the course."""
    return sign_in(get_person(enrolment.person_id))


def finish(enrolment: Enrolment, *unit_ids: str) -> None:
    """Finish some units."""
    for unit_id in unit_ids:
        actions.finish_unit(enrolment.id, unit_id, language="en", score=8_550, by=SYSTEM, now=utcnow())
    db.session.commit()


@pytest.mark.usefixtures("course")
def test_a_visitor_sees_what_a_course_holds_and_how_to_begin(visitor: Browser) -> None:
    page = visitor.open("/courses/requests")

    assert "How to answer a request." in page.text
    assert page.links()["1.1 The clock"] == "/courses/requests/request/clock"
    assert "/sign-in?next=/courses/requests" in page.links().values()
    assert "What is left" not in page.text


def test_the_outline_says_what_is_left_and_why_the_test_is_shut(learner: Browser, enrolment: Enrolment) -> None:
    finish(enrolment, CLOCK)

    page = learner.open("/courses/requests")

    assert "1 of 2 lessons read" in page.text
    assert "Read 1 lesson" in page.text
    assert "Final test: 70% or more" in page.text
    assert "3 attempts" in page.text
    assert "opens when every lesson before it is read" in page.text
    assert page.links()["Go on: Grounds"] == "/courses/requests/request/grounds"


def test_with_all_lessons_read_the_test_is_next(learner: Browser, enrolment: Enrolment) -> None:
    finish(enrolment, CLOCK, GROUNDS)

    page = learner.open("/courses/requests")

    assert page.links()["Go on: Final test"] == "/courses/requests/final/test"
    assert "opens when every lesson" not in page.text


def test_a_completed_course_says_since_when(learner: Browser, enrolment: Enrolment) -> None:
    finish(enrolment, CLOCK, GROUNDS, FINAL)

    page = learner.open("/courses/requests")

    assert "You have completed this course" in page.text
    assert "Passed: 85.5%" in page.text


@pytest.mark.parametrize(("when", "is_shown"), [("never", False), ("due", False), ("passed", True)])
@pytest.mark.parametrize("units", [[FINAL], [CLOCK, GROUNDS, FINAL]], ids=["under way", "completed"])
def test_a_score_that_may_not_be_seen_yet_reads_passed(
    make: Make, course: PublishedCourse, sign_in: SignIn, when: str, is_shown: bool, units: list[str]
) -> None:
    publish_course(final_showing_score(when), change="editorial")
    person = make.learner()
    finish(make.enrolment(person, course.course_id, due_on=local_date(utcnow()) + timedelta(days=2)), *units)
    learner = sign_in(person)

    outline, mine = learner.open("/courses/requests"), learner.open("/my")

    assert "Passed" in outline.text
    assert ("85.5" in outline.text) is is_shown
    if len(units) == 3:
        assert ("Passed" in mine.text) is not is_shown
    assert ("85.5" in mine.text) is (is_shown and len(units) == 3)


def test_a_score_shown_after_the_due_date_is_there_once_it_is_past(learner: Browser, enrolment: Enrolment) -> None:
    publish_course(final_showing_score("due"), change="editorial")
    finish(enrolment, CLOCK, GROUNDS, FINAL)

    assert "Passed: 85.5%" in learner.open("/courses/requests").text
    assert "85.5%" in learner.open("/my").text


def test_my_training_without_a_course_names_the_centre_and_the_catalogue(make: Make, sign_in: SignIn) -> None:
    page = sign_in(make.learner(centre=make.centre(contact="+7 (000) 123-45-67"))).open("/my")

    assert "No course is assigned to you" in page.text
    assert "+7 (000) 123-45-67" in page.text
    assert page.links()["Choose a course"] == "/courses"


def test_my_training_without_a_workplace_says_whom_to_ask(make: Make, sign_in: SignIn) -> None:
    assert "Ask whoever gave you this account" in sign_in(make.person()).open("/my").text


def test_my_training_shows_what_is_overdue_and_what_comes_next(learner: Browser, enrolment: Enrolment) -> None:
    finish(enrolment, CLOCK)

    page = learner.open("/my")

    assert "1 course is overdue" in page.text
    assert "Overdue by 2 days" in page.text
    assert "next: Grounds" in page.text
    assert page.links()["Go on: Requests"] == "/courses/requests/request/grounds"


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "Due today"), (1, "Not begun, 1 day left"), (30, "Not begun, 30 days left"), (None, "Not begun")],
)
def test_my_training_counts_the_days(
    days: int | None, words: str, make: Make, course: PublishedCourse, sign_in: SignIn
) -> None:
    person = make.learner()
    due_on = None if days is None else local_date(utcnow()) + timedelta(days=days)
    make.enrolment(person, course.course_id, due_on=due_on)

    assert words in sign_in(person).open("/my").text


def test_my_training_keeps_what_is_completed_with_its_certificate(learner: Browser, enrolment: Enrolment) -> None:
    finish(enrolment, CLOCK, GROUNDS, FINAL)

    page = learner.open("/my")

    assert "Valid" in page.text
    assert "85.5%" in page.text
    assert any(url.startswith("/certificates/") and url.endswith(".pdf") for url in page.links().values())


def test_a_course_that_somebody_was_taken_out_of_is_no_longer_theirs(learner: Browser, enrolment: Enrolment) -> None:
    withdraw(enrolment.id, reason="left", by=SYSTEM, now=utcnow())
    db.session.commit()

    assert "No course is assigned to you" in learner.open("/my").text
    assert "This course is not assigned to you" in learner.open("/courses/requests").text
