"""What is due in quizzes: handing in attempts whose time is over."""

from collections.abc import Sequence
from datetime import datetime

import structlog

from lms.clock import utcnow
from lms.database import db
from lms.quizzes.actions import close_overdue
from lms.quizzes.queries import list_overdue

BATCH = 200

log = structlog.stdlib.get_logger("lms.quizzes")


def close_due() -> int:
    """Hand in attempts that are past their time and grace, each in its own transaction; return how many.

    Several workers may run at once. An attempt that cannot be marked waits for the next run and holds up no other:
    each is tried once in a run, and a run ends when none is left.
    """
    closed, now = 0, utcnow()
    overdue = _next_batch(now, after=0)
    while overdue:
        closed += sum(_close(attempt_id) for attempt_id in overdue)
        overdue = _next_batch(now, after=overdue[-1])
    return closed


def _next_batch(now: datetime, *, after: int) -> Sequence[int]:
    overdue = list_overdue(now, BATCH, after=after)
    db.session.rollback()  # each attempt is closed in a transaction of its own
    return overdue


def _close(attempt_id: int) -> bool:
    try:
        is_closed = close_overdue(attempt_id, now=utcnow())
        db.session.commit()
    except Exception:  # whatever is wrong with one attempt, the others are waiting for their result
        db.session.rollback()
        log.exception("attempt cannot be closed", attempt=attempt_id)
        return False
    return is_closed
