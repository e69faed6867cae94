"""What a coordinator should know of one learner at a glance, and who needs help (pure)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

QUIET_DAYS = 7  # after so many days without a step somebody is worth a call


class State(StrEnum):
    """Where one learner stands, the first ones most in need of help."""

    OVERDUE = "overdue"
    NOT_STARTED = "not_started"  # enrolled more than a week ago
    STALLED = "stalled"  # began, but took no step for more than a week
    ACTIVE = "active"
    NEW = "new"  # not started, but enrolled within the week
    DONE = "done"


class Group(StrEnum):
    """The tabs of the board."""

    HELP = "help"
    ACTIVE = "active"
    DONE = "done"
    ALL = "all"


GROUPS: dict[Group, frozenset[State]] = {
    Group.HELP: frozenset({State.OVERDUE, State.NOT_STARTED, State.STALLED}),
    Group.ACTIVE: frozenset({State.ACTIVE, State.NEW}),
    Group.DONE: frozenset({State.DONE}),
    Group.ALL: frozenset(State),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one learner stands, and since how many days that has been so."""

    state: State
    days: int


def judge(
    *, completed_on: date | None, due_on: date | None, enrolled_on: date, last_step_on: date | None, today: date
) -> Standing:
    """Return where a learner stands; `last_step_on` is when they last began or finished a unit."""
    if completed_on is not None:
        return Standing(State.DONE, (today - completed_on).days)
    if due_on is not None and due_on < today:
        return Standing(State.OVERDUE, (today - due_on).days)
    quiet = today - (last_step_on or enrolled_on)
    is_quiet = quiet > timedelta(days=QUIET_DAYS)
    if last_step_on is None:
        return Standing(State.NOT_STARTED if is_quiet else State.NEW, quiet.days)
    return Standing(State.STALLED if is_quiet else State.ACTIVE, quiet.days)


def count(standings: Iterable[Standing]) -> dict[Group, int]:
    """Return how many learners each tab shows."""
    states = [standing.state for standing in standings]
    return {group: sum(state in members for state in states) for group, members in GROUPS.items()}


def opening_group(counts: dict[Group, int]) -> Group:
    """Return the tab that opens first: those who need help if there are any, else all."""
    return Group.HELP if counts[Group.HELP] else Group.ALL
