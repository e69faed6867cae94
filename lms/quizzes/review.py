"""What a learner may see of an attempt now: score, right and wrong, remarks, key.

The moments from which each is shown are those of `lms.learning.showing`.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from lms.learning.showing import is_shown
from lms.questions.explaining import Telling


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a learner stands: is this attempt handed in, is the quiz passed, is the due date past?"""

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
    seen = {what: is_shown(when, **asdict(standing)) for what, when in show.items()}
    return Review(seen["score"], Telling(seen["marks"], seen["feedback"], seen["key"]))


def tells_at_once(show: Mapping[str, str]) -> bool:
    """Say whether a learner sees how an answer was marked while the attempt goes on; it is final from then on."""
    return any(show[what] == "during" for what in ("marks", "feedback", "key"))
