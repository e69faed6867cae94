"""Threads that try to break the rules: two submits, too many attempts, answers saved after the end."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms.certificates.models import Certificate
from lms.clock import utcnow
from lms.database import Base, db
from lms.enrolments.models import Completion
from lms.errors import DomainError
from lms.ledger.actor import SYSTEM
from lms.ledger.models import LedgerEntry
from lms.quizzes import actions
from lms.quizzes.actions import save_answer
from lms.quizzes.models import Answer, Attempt, Grade
from lms.quizzes.steps import Given
from tests.quizzes.publishing import QUIZ, Academy
from tests.quizzes.samples import single

pytestmark = pytest.mark.every_database

THREADS = 16


def together(app: Flask, *calls: Callable[[], str]) -> Counter[str]:
    """Run every call in a thread and a session of its own, all at one moment, and count what they say."""
    db.session.rollback()  # on SQLite even reading here would hold everybody up
    ready, said = Barrier(len(calls)), []

    def run(call: Callable[[], str]) -> None:
        ready.wait()
        with app.app_context():
            try:
                said.append(call())
                db.session.commit()
            except DomainError as refused:
                db.session.rollback()
                said.append(type(refused).__name__)
            except Exception as error:
                db.session.rollback()
                said.append(repr(error))

    threads = [Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(said)


def count(model: type[Base]) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_sixteen_submits_give_one_grade_one_completion_and_one_certificate(app: Flask, academy: Academy) -> None:
    academy.publish([single()])
    attempt_id = (attempt := academy.begin(academy.enrol())).id
    academy.answer(attempt, {"deadline": "0"})

    def submit() -> str:
        return str(actions.submit(attempt_id, by=SYSTEM, now=utcnow()).id)

    said = together(app, *[submit] * THREADS)

    assert len(said) == 1, said
    assert [count(model) for model in (Grade, Completion, Certificate)] == [1, 1, 1]
    kinds = Counter(db.session.scalars(select(LedgerEntry.kind)))
    assert (kinds["attempt submitted"], kinds["completed"]) == (1, 1)


def test_sixteen_tabs_never_begin_more_than_one_attempt_nor_more_than_the_limit(app: Flask, academy: Academy) -> None:
    unit = academy.publish([single(), single("other")], attempts=2)
    course, enrolment_id = academy.published, academy.enrol().id

    def begin() -> str:
        attempt = actions.begin_attempt(enrolment_id, course, unit, language="en", by=SYSTEM, now=utcnow())
        return f"attempt {attempt.number}"

    for expected in ({"attempt 1": THREADS}, {"attempt 2": THREADS}, {"QuizShut": THREADS}):
        assert together(app, *[begin] * THREADS) == expected
        db.session.rollback()
        if under_way := db.session.scalar(select(Attempt.id).where(Attempt.submitted_at.is_(None))):
            actions.submit(under_way, by=SYSTEM, now=utcnow())
            db.session.commit()

    assert count(Attempt) == 2


def test_replays_of_one_save_are_one_answer(app: Flask, academy: Academy) -> None:
    academy.publish([single(), single("other")])
    attempt_id = academy.begin(academy.enrol()).id

    def save(question: str, key: str, answer: str) -> Callable[[], str]:
        def call() -> str:
            attempt = db.session.get_one(Attempt, attempt_id)
            return save_answer(attempt, question, Given(answer), key, now=utcnow()).isoformat()

        return call

    different = [save("other", f"save-key-{n}", str(n % 4)) for n in range(8)]
    said = together(app, *different, *[save("deadline", "same-key", "1")] * 8)

    assert sum(said.values()) == THREADS
    assert all("Error" not in words for words in said), said
    assert count(Answer) == 9


@pytest.mark.parametrize("round_number", [0, *(pytest.param(n, marks=pytest.mark.long) for n in range(1, 10))])
def test_every_answer_acknowledged_before_a_submit_is_marked_and_none_comes_after(
    app: Flask, academy: Academy, round_number: int
) -> None:
    academy.publish([single(f"q{n}") for n in range(15)])
    attempt_id = academy.begin(academy.enrol(), seed=round_number).id

    def save(n: int) -> Callable[[], str]:
        def call() -> str:
            attempt = db.session.get_one(Attempt, attempt_id)
            save_answer(attempt, f"q{n}", Given("0"), f"save-key-{n}", now=utcnow())
            return "saved"

        return call

    def submit() -> str:
        actions.submit(attempt_id, by=SYSTEM, now=utcnow())
        return "submitted"

    said = together(app, *[save(n) for n in range(15)], submit)

    assert set(said) <= {"saved", "TooLate", "submitted"}, said
    assert count(Answer) == said["saved"]
    assert db.session.scalars(select(Grade)).one().points == said["saved"]
    submitted_at = db.session.scalars(select(Attempt)).one().submitted_at
    assert all(saved_at <= submitted_at for saved_at in db.session.scalars(select(Answer.saved_at)))


def test_workers_and_the_learner_hand_in_an_overdue_attempt_once(app: Flask, academy: Academy) -> None:
    academy.publish([single()], time_limit=30)
    course, enrolment = academy.published, academy.enrol()
    enrolment_id, attempt_id = enrolment.id, academy.begin(enrolment).id
    later = utcnow() + timedelta(hours=1)

    def close() -> str:
        return f"closed {actions.close_overdue(attempt_id, now=later)}"

    def submit() -> str:
        return f"grade of {actions.submit(attempt_id, by=SYSTEM, now=later).attempt_id}"

    def begin() -> str:
        unit = course.unit(QUIZ)
        return f"at {actions.begin_attempt(enrolment_id, course, unit, language='en', by=SYSTEM, now=later).id}"

    said = together(app, *[close] * 6, *[submit] * 5, *[begin] * 5)

    assert all("Error" not in words for words in said), said
    assert said["closed True"] <= 1
    assert count(Grade) == 1
