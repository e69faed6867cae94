"""Beginning: one attempt at a time, within the rules, on the present version, with a paper that stays."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from lms.clock import utcnow
from lms.database import db
from lms.enrolments import actions as enrolments
from lms.learning.actions import finish_unit
from lms.ledger.actor import SYSTEM
from lms.ledger.queries import list_entries
from lms.questions.questions import Essay
from lms.quizzes.actions import QuizShut
from lms.quizzes.models import Attempt
from lms.quizzes.timing import NO_LIMIT
from tests.quizzes.publishing import LESSON, QUIZ, Academy
from tests.quizzes.samples import single, statement

pytestmark = pytest.mark.every_database


def count_attempts() -> int:
    return db.session.scalar(select(func.count()).select_from(Attempt)) or 0


def test_an_attempt_draws_its_paper_once_and_notes_version_and_end(academy: Academy) -> None:
    academy.publish([single(f"q{n}") for n in range(5)], draw=3, time_limit=30, attempts=2, required=[QUIZ])
    enrolment, now = academy.enrol(), utcnow()

    attempt = academy.begin(enrolment, now=now)

    assert attempt.paper.count('"id"') == 3
    assert (attempt.number, attempt.allowed, attempt.version_id) == (1, 2, academy.published.version_id)
    assert attempt.closes_at == now + timedelta(minutes=30)
    assert enrolment.started_at == now
    assert [entry.kind for entry in list_entries(f"attempt:{attempt.id}")] == ["attempt begun"]


def test_the_attempt_under_way_is_gone_on_with(academy: Academy) -> None:
    academy.publish([single(f"q{n}") for n in range(9)], draw=3)
    enrolment = academy.enrol()

    first, paper = (attempt := academy.begin(enrolment, seed=1)).id, attempt.paper

    again = academy.begin(enrolment, seed=2)
    assert (again.id, again.paper, count_attempts()) == (first, paper, 1)


def test_an_attempt_stays_on_its_version_when_a_newer_one_is_published(academy: Academy) -> None:
    academy.publish([single("old")])
    enrolment = academy.enrol()
    before = academy.begin(enrolment)
    academy.publish([single("new")])

    assert academy.begin(enrolment).id == before.id
    academy.answer(before, {"old": "2"})
    academy.submit(before)
    assert '"new"' in academy.begin(enrolment).paper


def test_the_language_is_one_that_the_quiz_is_written_in(academy: Academy) -> None:
    academy.publish({"ru": [single()]})

    assert academy.begin(academy.enrol(), language="kk").language == "ru"


def test_without_a_limit_any_number_of_attempts_is_allowed(academy: Academy) -> None:
    academy.publish([single()], attempts=None)
    enrolment = academy.enrol()

    for _ in range(4):
        attempt = academy.take(enrolment, {})

    assert (attempt.number, attempt.allowed) == (4, NO_LIMIT)


def test_after_the_last_attempt_no_other_begins(academy: Academy) -> None:
    academy.publish([single()], attempts=2, required=[QUIZ])
    enrolment = academy.enrol()
    academy.take(enrolment, {})
    academy.take(enrolment, {})

    with pytest.raises(QuizShut, match="used all attempts"):
        academy.begin(enrolment)
    assert count_attempts() == 2


def test_the_time_between_two_attempts_has_to_pass(academy: Academy) -> None:
    academy.publish([single()], wait_between=60)
    enrolment, now = academy.enrol(), utcnow()
    academy.take(enrolment, {}, now=now)

    with pytest.raises(QuizShut, match="may begin at"):
        academy.begin(enrolment, now=now + timedelta(minutes=59))
    db.session.rollback()
    assert academy.begin(enrolment, now=now + timedelta(minutes=60)).number == 2


def test_a_limited_quiz_is_shut_until_the_lessons_before_it_are_read(academy: Academy) -> None:
    academy.publish([single()], attempts=2, required=[LESSON, QUIZ])
    enrolment = academy.enrol()

    with pytest.raises(QuizShut, match="lessons before it"):
        academy.begin(enrolment)
    db.session.rollback()
    finish_unit(enrolment.id, LESSON, language="en", by=SYSTEM, now=utcnow())
    assert academy.begin(enrolment).number == 1


def test_whoever_was_withdrawn_or_has_completed_begins_nothing(academy: Academy) -> None:
    academy.publish([single()])
    withdrawn, done = academy.enrol(), academy.enrol()
    enrolments.withdraw(withdrawn.id, reason="left", by=SYSTEM, now=utcnow())
    academy.take(done, {"deadline": "0"})

    for enrolment in (withdrawn, done):
        with pytest.raises(QuizShut, match="completed this course or were taken out"):
            academy.begin(enrolment)
        db.session.rollback()


def test_a_quiz_that_only_a_person_can_mark_is_not_begun(academy: Academy) -> None:
    academy.publish([single(), Essay(id="letter", title="Write a letter.", criteria=())])

    with pytest.raises(QuizShut, match="only a person can mark"):
        academy.begin(academy.enrol())


def test_an_attempt_whose_time_ran_out_is_handed_in_and_no_other_clock_starts(academy: Academy) -> None:
    academy.publish([single()], time_limit=30)
    enrolment, now = academy.enrol(), utcnow()
    first = academy.begin(enrolment, now=now)

    within_grace = academy.begin(enrolment, now=now + timedelta(minutes=30, seconds=30))
    assert within_grace.submitted_at is None

    after = academy.begin(enrolment, now=now + timedelta(minutes=30, seconds=31))
    assert after.id == first.id
    assert after.submitted_at is not None
    assert count_attempts() == 1


def test_a_new_version_that_asks_again_gives_the_attempts_back(academy: Academy) -> None:
    academy.publish([single()], attempts=1)
    enrolment = academy.enrol()
    academy.take(enrolment, {})
    academy.publish([single(), statement()], attempts=1, since=2)

    attempt = academy.begin(enrolment)

    assert (attempt.number, attempt.allowed) == (2, 2)
