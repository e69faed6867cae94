"""What a certificate is worth today, worked out from what happened since it was issued (pure)."""

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """The one word that the public page says about a certificate."""

    VALID = "valid"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    REPLACED = "replaced"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Events:
    """What can end a certificate, each with its day; None is what has not happened."""

    expires_on: date | None = None  # the last valid day
    superseded_on: date | None = None  # a later version of the course invalidated this one
    replaced_on: date | None = None  # the next of its chain was issued
    voided_on: date | None = None  # the completion behind it was taken back


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of a certificate, and the day that brought it; a valid one has none."""

    state: State
    since: date | None

    @property
    def is_valid(self) -> bool:
        """Tell whether the certificate may be relied on."""
        return self.state is State.VALID


def standing(events: Events, today: date) -> Standing:
    """Decide what to say: where several things happened, the one that says most about the document in hand.

    That nothing stands behind it comes first, then that another one took its place, then that it is out of date. The
    day given with `EXPIRED` is the last on which it was valid.
    """
    if events.voided_on is not None:
        return Standing(State.REVOKED, events.voided_on)
    if events.replaced_on is not None:
        return Standing(State.REPLACED, events.replaced_on)
    if events.superseded_on is not None:
        return Standing(State.SUPERSEDED, events.superseded_on)
    if events.expires_on is not None and events.expires_on < today:
        return Standing(State.EXPIRED, events.expires_on)
    return Standing(State.VALID, None)


def last_valid_day(issued_on: date, months: int | None) -> date | None:
    """Return the same day so many months later, or the last of that month if it is shorter; None if it never ends."""
    if months is None:
        return None
    years, month = divmod(issued_on.month - 1 + months, 12)
    year, month = issued_on.year + years, month + 1
    return date(year, month, min(issued_on.day, calendar.monthrange(year, month)[1]))
