"""What packages above say about the kinds of units that they know: how one is shown, and how often it was tried."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lms.catalogue.published import PublishedCourse, PublishedUnit

Show = Callable[[PublishedCourse, PublishedUnit], Any]
TriesToPass = Callable[[int, PublishedUnit], int | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of unit: its page, and how many tries an enrolment needed to pass a unit (None: not passed)."""

    show: Show
    tries_to_pass: TriesToPass | None


_KINDS: dict[str, Kind] = {}


def register(kind: str, show: Show, tries_to_pass: TriesToPass | None = None) -> None:
    """Let `show(course, unit)` answer GET `/courses/<course>/<module>/<unit>` for every unit of a kind.

    By then the course is readable for whoever asks; what else they may do is for the function to find out.
    `tries_to_pass(enrolment_id, unit)` is asked once, when a course is completed.
    """
    _KINDS[kind] = Kind(show, tries_to_pass)


def page_of(kind: str) -> Show:
    """Return the function that shows units of a kind; KeyError if no package has registered one."""
    return _KINDS[kind].show


def tries_to_pass(enrolment_id: int, unit: PublishedUnit) -> int | None:
    """Return how many tries an enrolment needed to pass a unit; None where nobody counts tries."""
    kind = _KINDS.get(unit.kind)
    return kind.tries_to_pass(enrolment_id, unit) if kind is not None and kind.tries_to_pass is not None else None
