"""Finishing units, and completing a course exactly once, on both databases."""

import json
import threading
from collections import Counter
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms.catalogue.published import PublishedCourse, PublishedUnit
from lms.certificates.models import Certificate
from lms.clock import utcnow
from lms.database import Base, db
from lms.enrolments.actions import NoEmployment, withdraw
from lms.enrolments.models import Completion, Enrolment
from lms.enrolments.queries import find_enrolled, get_enrolled
from lms.learning import actions, units
from lms.learning.actions import NotALesson, NotEnrolled
from lms.learning.jobs import settle_course
from lms.learning.models import Progress
from lms.learning.opening import Opening
from lms.learning.queries import find_standing, list_training
from lms.ledger.actor import SYSTEM
from tests.learning.versions import CLOCK, FINAL, GROUNDS, LESSON, final_showing_score, publish_course
from tests.make import Make

pytestmark = pytest.mark.every_database

THREADS = 16
CHANGED = {"01-request/01-clock.en.md": LESSON.format(title="The clock, again")}


@pytest.fixture
def enrolment(make: Make, course: PublishedCourse) -> Enrolment:
    """Return an open enrolment in the course."""
    return make.enrolment(make.learner(), course.course_id)


def finish(enrolment_id: int, *unit_ids: str, score: int | None = None) -> Completion | None:
    """Finish units one after another."""
    completion = None
    for unit_id in unit_ids:
        completion = actions.finish_unit(enrolment_id, unit_id, language="en", score=score, by=SYSTEM, now=utcnow())
    db.session.commit()
    return completion


def progress(enrolment_id: int, unit_id: str) -> Progress:
    """Return what is kept of a unit."""
    return db.session.get_one(Progress, (enrolment_id, unit_id), populate_existing=True)


def count(model: type[Base]) -> int:
    """Return how many rows a table has."""
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_the_last_required_unit_completes_the_course_and_issues_the_certificate(enrolment: Enrolment) -> None:
    assert finish(enrolment.id, CLOCK, GROUNDS) is None

    completion = finish(enrolment.id, FINAL, score=8_550)

    assert completion is not None
    assert (completion.score, completion.hours, completion.language) == (8_550, 8, "en")
    assert db.session.scalars(select(Certificate)).one().completion_id == completion.id


def test_units_may_be_finished_in_any_order(enrolment: Enrolment) -> None:
    assert finish(enrolment.id, FINAL, score=9_000) is None

    completion = finish(enrolment.id, GROUNDS, CLOCK)

    assert completion is not None
    assert completion.score == 9_000


def test_finishing_again_changes_nothing(enrolment: Enrolment) -> None:
    first = finish(enrolment.id, CLOCK, GROUNDS, FINAL, score=7_000)
    finished_at = progress(enrolment.id, CLOCK).finished_at

    again = finish(enrolment.id, CLOCK, GROUNDS, FINAL, score=7_000)

    assert again is not None
    assert first is not None
    assert again.id == first.id
    assert progress(enrolment.id, CLOCK).finished_at == finished_at
    assert (count(Completion), count(Certificate)) == (1, 1)


def test_a_better_score_wins_and_a_worse_one_does_not(enrolment: Enrolment) -> None:
    for score in (7_000, 9_000, 8_000):
        finish(enrolment.id, FINAL, score=score)

    assert progress(enrolment.id, FINAL).score == 9_000


def test_the_first_act_starts_the_course_once(enrolment: Enrolment) -> None:
    finish(enrolment.id, CLOCK)
    started_at = enrolment.started_at
    finish(enrolment.id, GROUNDS)

    assert started_at is not None
    assert enrolment.started_at == started_at


def test_the_completion_says_how_many_tries_the_final_test_took(
    enrolment: Enrolment, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[int, str]] = []

    def count_tries(enrolment_id: int, unit: PublishedUnit) -> int:
        asked.append((enrolment_id, unit.id))
        return 2

    kind = units.Kind(lambda *_: None, count_tries)
    monkeypatch.setitem(units._KINDS, "quiz", kind)

    completion = finish(enrolment.id, FINAL, CLOCK, GROUNDS)

    assert completion is not None
    assert completion.attempts == 2
    assert asked == [(enrolment.id, FINAL)]


@pytest.mark.parametrize(("when", "score"), [("never", None), ("due", 8_550), ("passed", 8_550)])
def test_a_score_that_is_never_shown_is_not_on_the_completion_nor_on_the_certificate(
    enrolment: Enrolment, when: str, score: int | None
) -> None:
    publish_course(final_showing_score(when), change="editorial")

    completion = finish(enrolment.id, CLOCK, GROUNDS, FINAL, score=8_550)

    assert completion is not None
    assert completion.score == score
    assert json.loads(db.session.scalars(select(Certificate)).one().payload)["score"] == score
    assert progress(enrolment.id, FINAL).score == 8_550, "statistics keep it"


def test_a_changed_lesson_is_asked_for_again_before_the_course_can_be_completed(enrolment: Enrolment) -> None:
    finish(enrolment.id, CLOCK, GROUNDS)
    publish_course(CHANGED, change="substantive")

    assert finish(enrolment.id, FINAL) is None
    assert finish(enrolment.id, CLOCK) is not None
    assert progress(enrolment.id, CLOCK).version_number == 2


def test_an_editorial_change_asks_nobody_to_read_again(enrolment: Enrolment) -> None:
    finish(enrolment.id, CLOCK, GROUNDS)
    publish_course(CHANGED, change="editorial")

    assert finish(enrolment.id, FINAL) is not None


def test_what_was_done_on_an_older_version_does_not_answer_a_newer_one(enrolment: Enrolment) -> None:
    publish_course(CHANGED, change="substantive")

    actions.finish_unit(enrolment.id, CLOCK, language="en", version_number=1, by=SYSTEM, now=utcnow())
    db.session.commit()

    assert finish(enrolment.id, GROUNDS, FINAL) is None


def test_a_completed_course_stays_completed_when_lessons_are_added(enrolment: Enrolment) -> None:
    finish(enrolment.id, CLOCK, GROUNDS, FINAL)
    published = publish_course({"01-request/03-new.en.md": LESSON.format(title="New")})

    path = find_standing(enrolment.person_id, published).path

    assert path.is_completed
    assert path.left == ()


def test_a_version_that_asks_for_less_completes_the_course_for_those_who_have_the_rest(
    enrolment: Enrolment, make: Make, course: PublishedCourse
) -> None:
    other = make.enrolment(make.learner(), course.course_id)
    finish(enrolment.id, CLOCK, FINAL)
    finish(other.id, CLOCK)
    publish_course({"01-request/02-grounds.en.md": None})

    assert settle_course(course.course_id) == 1
    assert settle_course(course.course_id) == 0
    assert get_enrolled(enrolment.id).completion is not None
    assert get_enrolled(other.id).completion is None


def test_somebody_withdrawn_completes_nothing(enrolment: Enrolment) -> None:
    withdraw(enrolment.id, reason="left", by=SYSTEM, now=utcnow())

    assert finish(enrolment.id, CLOCK, GROUNDS, FINAL) is None
    assert count(Completion) == 0


def test_a_lesson_keeps_how_long_its_page_was_open(enrolment: Enrolment, course: PublishedCourse) -> None:
    now = utcnow()
    opening = Opening(CLOCK, 1, now.replace(microsecond=0))
    enrolled = get_enrolled(enrolment.id)

    actions.finish_lesson(enrolled, course.unit(CLOCK), language="en", opening=opening, by=SYSTEM, now=now)
    actions.finish_lesson(enrolled, course.unit(GROUNDS), language="en", opening=opening, by=SYSTEM, now=now)

    assert progress(enrolment.id, CLOCK).seconds == 0
    assert progress(enrolment.id, GROUNDS).seconds is None, "the time of another lesson says nothing"


def test_a_test_is_not_finished_by_a_button_nor_a_lesson_without_enrolment(
    enrolment: Enrolment, course: PublishedCourse
) -> None:
    now = utcnow()
    enrolled = get_enrolled(enrolment.id)

    with pytest.raises(NotALesson):
        actions.finish_lesson(enrolled, course.unit(FINAL), language="en", opening=None, by=SYSTEM, now=now)
    with pytest.raises(NotEnrolled):
        actions.finish_lesson(None, course.unit(CLOCK), language="en", opening=None, by=SYSTEM, now=now)


def test_enrolling_oneself_twice_or_after_completing_keeps_the_first_enrolment(
    make: Make, course: PublishedCourse
) -> None:
    learner = make.learner()
    first = actions.enrol_oneself(learner, course, now=utcnow())
    assert actions.enrol_oneself(learner, course, now=utcnow()).id == first.id

    finish(first.id, CLOCK, GROUNDS, FINAL)

    assert actions.enrol_oneself(learner, course, now=utcnow()).id == first.id
    assert count(Enrolment) == 1


def test_nobody_without_a_workplace_can_enrol(make: Make, course: PublishedCourse) -> None:
    with pytest.raises(NoEmployment):
        actions.enrol_oneself(make.person(), course, now=utcnow())


def test_training_tells_how_far_somebody_is(enrolment: Enrolment) -> None:
    finish(enrolment.id, CLOCK)

    (training,) = list_training(enrolment.person_id, utcnow().date())

    assert (training.path.lessons_read, training.path.lessons) == (1, 2)
    assert not training.is_overdue


def together(app: Flask, *calls: Callable[[], object]) -> Counter[str]:
    """Run every call in its own thread and transaction, all at one moment, and count what they said."""
    ready, said = threading.Barrier(len(calls)), Counter[str]()

    def run(call: Callable[[], object]) -> None:
        with app.app_context():
            ready.wait()
            try:
                answer = str(call())
                db.session.commit()
            except Exception as error:
                answer = f"{type(error).__name__}: {error}"
        said[answer] += 1

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


def test_the_last_lesson_and_the_last_test_finished_in_sixteen_tabs_complete_once(
    app: Flask, enrolment: Enrolment
) -> None:
    enrolment_id = enrolment.id
    finish(enrolment_id, GROUNDS)

    def lesson() -> bool:
        return finish_in_a_tab(CLOCK, None)

    def test() -> bool:
        return finish_in_a_tab(FINAL, 8_000)

    def finish_in_a_tab(unit: str, score: int | None) -> bool:
        done = actions.finish_unit(enrolment_id, unit, language="en", score=score, by=SYSTEM, now=utcnow())
        return done is not None

    said = together(app, *[lesson, test] * (THREADS // 2))

    assert set(said) <= {"True", "False"}, said
    assert said["True"] >= 1
    assert (count(Completion), count(Certificate), count(Progress)) == (1, 1, 3)


def test_sixteen_clicks_on_enrol_me_make_one_enrolment(app: Flask, make: Make, course: PublishedCourse) -> None:
    learner = make.learner()
    person_id = learner.id
    db.session.rollback()

    def click() -> int:
        person = db.session.get_one(type(learner), person_id)
        return actions.enrol_oneself(person, course, now=utcnow()).id

    said = together(app, *[click] * THREADS)

    assert len(said) == 1, said
    assert find_enrolled(person_id, course.course_id) is not None
    assert count(Enrolment) == 1
