"""What a learner may see of an attempt now: score, right and wrong, remarks, key.

Each is shown from one moment on: `during` the attempt, `after` it was handed in, after the quiz was `passed`, once the
`due` date is past, or `never`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lms.questions.explaining import Telling


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a learner stands: is this attempt handed in, has any attempt passed, is the due date past?"""

    is_submitted: bool
    is_passed: bool
    is_past_due: bool


@dataclass(frozen=True, slots=True)
class Review:
    """What may be shown."""

    score: bool
    telling: Telling


def review(show: Mapping[str, str], standing: Standing) -> Review:
    """Decide what may be shown by the quiz's own rules; `show` names score, marks, feedback and key."""
    seen = {what: _is_time(when, standing) for what, when in show.items()}
    return Review(seen["score"], Telling(seen["marks"], seen["feedback"], seen["key"]))


def tells_at_once(show: Mapping[str, str]) -> bool:
    """Say whether a learner sees how an answer was marked while the attempt goes on; it is final from then on."""
    return any(show[what] == "during" for what in ("marks", "feedback", "key"))


def is_past_due(due_on: date | None, today: date) -> bool:
    """Say whether the due date is over; without one it never is."""
    return due_on is not None and today > due_on


def _is_time(when: str, standing: Standing) -> bool:
    if when == "during":
        return True
    if not standing.is_submitted:
        return False
    return {"after": True, "passed": standing.is_passed, "due": standing.is_past_due, "never": False}[when]
