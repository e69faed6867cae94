"""Closing: attempts past their time and grace are handed in by the worker with what was saved."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from lms.clock import utcnow
from lms.database import db
from lms.ledger.queries import list_entries
from lms.quizzes import jobs
from lms.quizzes.actions import close_overdue
from lms.quizzes.models import Attempt, Grade
from tests.quizzes.publishing import Academy
from tests.quizzes.samples import single

pytestmark = pytest.mark.every_database

HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> dict[str, timedelta]:
    """Return how far the job's clock is ahead of ours."""
    ahead = {"by": timedelta(0)}
    monkeypatch.setattr(jobs, "utcnow", lambda: utcnow() + ahead["by"])
    return ahead


def test_only_what_is_over_is_closed_and_only_once(academy: Academy, clock: dict[str, timedelta]) -> None:
    academy.publish([single()], time_limit=30)
    first = academy.begin(academy.enrol())
    academy.answer(first, {"deadline": "0"})
    academy.begin(academy.enrol(), now=utcnow() + HALF_AN_HOUR)

    clock["by"] = HALF_AN_HOUR + timedelta(seconds=29)
    assert jobs.close_due() == 0

    clock["by"] = HALF_AN_HOUR + timedelta(minutes=1)
    assert jobs.close_due() == 1
    assert jobs.close_due() == 0
    grade = db.session.scalars(select(Grade)).one()
    assert (grade.attempt_id, grade.is_passed) == (first.id, True)
    assert list_entries(f"attempt:{first.id}")[-1].actor == "system"


def test_an_attempt_without_a_limit_waits_for_its_learner(academy: Academy, clock: dict[str, timedelta]) -> None:
    academy.publish([single()])
    academy.begin(academy.enrol())

    clock["by"] = timedelta(days=400)
    assert jobs.close_due() == 0


def test_one_that_cannot_be_marked_holds_up_no_other(
    academy: Academy, clock: dict[str, timedelta], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even if more of them are older than a batch has room for."""
    academy.publish([single()], time_limit=30)
    broken = [academy.begin(academy.enrol()).id for _ in range(2)]
    sound = academy.begin(academy.enrol())
    tried = []

    def close(attempt_id: int, **moment: object) -> bool:
        tried.append(attempt_id)
        if attempt_id in broken:
            raise LookupError("the version is damaged")
        return close_overdue(attempt_id, **moment)  # type: ignore[arg-type]

    monkeypatch.setattr(jobs, "close_overdue", close)
    monkeypatch.setattr(jobs, "BATCH", 1)
    clock["by"] = timedelta(hours=1)

    assert jobs.close_due() == 1
    assert tried == [*broken, sound.id], "each is tried once in a run"
    assert db.session.scalars(select(Grade)).one().attempt_id == sound.id


def test_a_jump_of_the_systems_clock_closes_nothing(academy: Academy) -> None:
    academy.publish([single()], time_limit=30)
    attempt = academy.begin(academy.enrol())

    with time_machine.travel(utcnow() + timedelta(days=365)):
        assert jobs.close_due() == 0
        academy.answer(attempt, {"deadline": "0"})

    assert db.session.get_one(Attempt, attempt.id).submitted_at is None
