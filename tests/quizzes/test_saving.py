"""Saving: each answer once, the last one counts, in time only, and nothing that the paper does not ask."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from lms.clock import utcnow
from lms.database import db
from lms.errors import DomainError
from lms.quizzes.actions import AnswerRefused, TooLate, save_answer
from lms.quizzes.models import Attempt
from lms.quizzes.queries import list_steps
from lms.quizzes.steps import Given, latest
from tests.quizzes.publishing import Academy
from tests.quizzes.samples import every_kind, ordering, single, text

pytestmark = pytest.mark.every_database

DURING = {"score": "after", "marks": "during", "feedback": "after", "key": "after"}


def save(
    attempt: Attempt, answer: Any, key: str, *, question: str = "deadline", now: datetime | None = None
) -> datetime:
    saved_at = save_answer(attempt, question, Given(answer), key, now=now or utcnow())
    db.session.commit()
    return saved_at


def answers_of(attempt: Attempt) -> dict[str, Any]:
    return {question: given.answer for question, given in latest(list_steps(attempt.id)).items()}


@pytest.fixture
def attempt(academy: Academy) -> Attempt:
    """Return an attempt of half an hour with a question of every kind."""
    academy.publish(every_kind(), time_limit=30)
    return academy.begin(academy.enrol())


def test_the_last_answer_counts_and_every_step_is_kept(attempt: Attempt) -> None:
    for number, answer in enumerate(["0", "1", ""]):
        save(attempt, answer, f"save-key-{number}")

    assert answers_of(attempt) == {"deadline": ""}
    assert len(list_steps(attempt.id)) == 3


def test_the_same_key_again_changes_nothing_and_tells_the_first_time(attempt: Attempt) -> None:
    first = save(attempt, "1", "save-key-1", now=attempt.begun_at + timedelta(seconds=1))

    assert save(attempt, "1", "save-key-1", now=attempt.begun_at + timedelta(seconds=9)) == first
    assert len(list_steps(attempt.id)) == 1


def test_a_save_sent_again_after_the_end_was_still_saved_in_time(attempt: Attempt) -> None:
    assert attempt.closes_at is not None
    first = save(attempt, "1", "save-key-1", now=attempt.closes_at)

    assert save(attempt, "1", "save-key-1", now=attempt.closes_at + timedelta(hours=1)) == first


def test_an_old_copy_of_a_page_is_refused_aloud_instead_of_being_dropped(attempt: Attempt) -> None:
    save(attempt, "1", "save-key-1")
    save(attempt, "2", "save-key-2")

    with pytest.raises(AnswerRefused, match="old copy"):
        save(attempt, "1", "save-key-1")
    db.session.rollback()
    assert answers_of(attempt) == {"deadline": "2"}


def test_answers_are_taken_until_the_end_of_the_grace(attempt: Attempt) -> None:
    assert attempt.closes_at is not None
    for number, seconds in enumerate((0, 30)):
        save(attempt, "1", f"save-key-{number}", now=attempt.closes_at + timedelta(seconds=seconds))

    for seconds in (30.001, 3600):
        with pytest.raises(TooLate, match="Time was up"):
            save(attempt, "2", "save-key-9", now=attempt.closes_at + timedelta(seconds=seconds))
        db.session.rollback()
    assert answers_of(attempt) == {"deadline": "1"}


def test_after_handing_in_nothing_is_saved(academy: Academy) -> None:
    academy.publish([single()])
    attempt = academy.take(academy.enrol(), {"deadline": "0"})

    with pytest.raises(TooLate, match="handed in at"):
        save(attempt, "1", "save-key-9")
    db.session.rollback()
    assert answers_of(attempt) == {"deadline": "0"}


def test_what_was_not_offered_is_refused_with_a_sentence(attempt: Attempt) -> None:
    refused: list[tuple[str, Any]] = [
        ("deadline", "4"),
        ("deadline", "?"),
        ("deadline", ["0"]),
        ("refusal", ["0", "0"]),
        ("refusal", "0"),
        ("pillars", ["0"]),
        ("pillars", ["3", "0"]),
        ("extend", ["2", "7"]),
        ("honest", "no"),
        ("city", "x" * 10_001),
    ]
    for question, answer in refused:
        with pytest.raises(AnswerRefused, match="not saved"):
            save(attempt, answer, "save-key-1", question=question)
        db.session.rollback()
    assert answers_of(attempt) == {}


def test_one_item_at_two_places_is_refused_by_name(academy: Academy) -> None:
    academy.publish([ordering()])
    attempt = academy.begin(academy.enrol())

    with pytest.raises(AnswerRefused, match="two places"):
        save(attempt, ["0", "0", ""], "save-key-1", question="timeline")


def test_a_question_that_was_not_drawn_is_refused(academy: Academy) -> None:
    academy.publish([single("q1"), single("q2")], draw=1)
    attempt = academy.begin(academy.enrol())
    other = "q2" if '"q1"' in attempt.paper else "q1"

    for question in (other, "nothing"):
        with pytest.raises(AnswerRefused, match="not part of your test"):
            save(attempt, "0", "save-key-1", question=question)


def test_a_save_needs_a_proper_key(attempt: Attempt) -> None:
    for key in ("", "short", "x" * 65, "with blank 1", "ключ-сохранения"):
        with pytest.raises(AnswerRefused, match="Open the page again"):
            save(attempt, "0", key)
        db.session.rollback()
    assert answers_of(attempt) == {}


def test_any_text_that_can_be_typed_is_kept_as_it_is(academy: Academy) -> None:
    academy.publish([text()])
    attempt = academy.begin(academy.enrol())
    typed = 'Қ«"\\\u2028\t\n🌿' + "ә" * 9_000

    save(attempt, typed, "save-key-1", question="city")

    assert answers_of(attempt) == {"city": typed}


def test_where_marks_are_shown_at_once_an_answer_is_final_but_a_blank_is_not(academy: Academy) -> None:
    academy.publish([single()], show=DURING)
    attempt = academy.begin(academy.enrol())
    save(attempt, "", "save-key-1")
    save(attempt, "1", "save-key-2")

    with pytest.raises(AnswerRefused, match="cannot be changed"):
        save(attempt, "0", "save-key-3")
    db.session.rollback()
    save(attempt, "1", "save-key-2")
    assert answers_of(attempt) == {"deadline": "1"}


def test_nobody_elses_refusal_leaves_a_transaction_half_done(attempt: Attempt) -> None:
    with pytest.raises(DomainError):
        save(attempt, "9", "save-key-1")
    db.session.rollback()

    save(attempt, "1", "save-key-1")
    assert answers_of(attempt) == {"deadline": "1"}
