"""When an attempt ends, and whether another one may begin."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lms.catalogue.course import QuizSettings

GRACE = timedelta(seconds=30)  # for requests that were under way when the time ran out
NO_LIMIT = 2**31 - 1  # stands in `attempt.allowed` for any number


@dataclass(frozen=True, slots=True)
class Try:
    """What is known of one attempt: on which version it began, when, and how it ended."""

    number: int
    version_number: int
    submitted_at: datetime | None
    is_passed: bool | None


@dataclass(frozen=True, slots=True)
class Entry:
    """Whether a quiz can be entered now: by going on, or by beginning attempt `number` of `allowed`."""

    is_open: bool  # an attempt is under way
    may_begin: bool
    number: int  # of the attempt under way, or of the next one
    allowed: int | None  # None without a limit
    is_passed: bool
    opens_at: datetime | None  # set while the time between two attempts runs

    @property
    def is_used_up(self) -> bool:
        """Say whether every attempt was used in vain."""
        return self.allowed is not None and self.number > self.allowed and not self.is_passed and not self.is_open


def closes_at(begun_at: datetime, time_limit: int | None) -> datetime | None:
    """Return when the time of an attempt is over; `time_limit` in minutes, None without one."""
    return begun_at + timedelta(minutes=time_limit) if time_limit else None


def is_over(closes: datetime | None, now: datetime) -> bool:
    """Say whether the time of an attempt is over for whoever looks at the clock."""
    return closes is not None and now >= closes


def takes_answers(closes: datetime | None, now: datetime) -> bool:
    """Say whether an answer that arrives now is taken, the grace included."""
    return closes is None or now <= closes + GRACE


def next_opening(tries: Sequence[Try], wait_between: int | None) -> datetime | None:
    """Return from when the next attempt may begin; `wait_between` in minutes."""
    ended = [one.submitted_at for one in tries if one.submitted_at is not None]
    return max(ended) + timedelta(minutes=wait_between) if ended and wait_between else None


def enter(tries: Sequence[Try], settings: QuizSettings, *, since: int, now: datetime) -> Entry:
    """Decide whether a learner may begin an attempt or go on with one.

    Attempts on versions before `since` are not counted: what they asked has to be shown again. Somebody who has passed
    a quiz with a limit has nothing to gain by another attempt, so there is none; without a limit it is practice.
    """
    number = max((one.number for one in tries), default=0) + 1
    if under_way := next((one for one in tries if one.submitted_at is None), None):
        number = under_way.number
    earlier = sum(one.version_number < since for one in tries)
    allowed = settings.attempts + earlier if settings.attempts is not None else None
    is_passed = any(one.is_passed and one.version_number >= since for one in tries)
    opens_at = next_opening(tries, settings.wait_between)
    opens_at = opens_at if opens_at is not None and now < opens_at else None
    is_left = allowed is None or (number <= allowed and not is_passed)
    return Entry(
        is_open=under_way is not None,
        may_begin=under_way is None and is_left and opens_at is None,
        number=number,
        allowed=allowed,
        is_passed=is_passed,
        opens_at=opens_at if is_left else None,
    )
