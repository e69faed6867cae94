"""What is counted and what each figure means; every figure is worked out exactly from whole numbers."""

from calendar import monthrange
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString


class Grouping(StrEnum):
    """What a report has one row for."""

    REGION = "region"
    CENTRE = "centre"
    STATE_BODY = "state_body"
    COURSE = "course"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a report is asked for: a period with both its days, places and course by their codes, and its rows."""

    from_on: date | None = None
    to_on: date | None = None
    region: str | None = None
    centre: str | None = None
    state_body: str | None = None  # with all bodies below it
    course: str | None = None
    by: Grouping = Grouping.REGION

    def arguments(self) -> dict[str, str]:
        """Return the choice as the arguments of an address; what is left open is left out."""
        values = {
            "from": self.from_on and self.from_on.isoformat(),
            "to": self.to_on and self.to_on.isoformat(),
            "region": self.region,
            "centre": self.centre,
            "state_body": self.state_body,
            "course": self.course,
            "by": self.by.value,
        }
        return {name: value for name, value in values.items() if value}


NEXT = {
    Grouping.REGION: Grouping.CENTRE,
    Grouping.CENTRE: Grouping.STATE_BODY,
    Grouping.STATE_BODY: Grouping.COURSE,
    Grouping.COURSE: Grouping.REGION,
    Grouping.MONTH: Grouping.REGION,
}


def narrow(choice: Choice, code: str) -> Choice:
    """Return the choice that a row leads to: the row alone, taken apart by what comes next.

    A state body is first taken apart into itself and the bodies below it.
    """
    if choice.by is not Grouping.MONTH:
        is_whole = choice.by is Grouping.STATE_BODY and choice.state_body != code
        row: dict[str, Any] = {choice.by.value: code, "by": choice.by if is_whole else NEXT[choice.by]}
        return replace(choice, **row)
    first = date.fromisoformat(f"{code}-01")
    last = first.replace(day=monthrange(first.year, first.month)[1])
    return replace(
        choice,
        by=NEXT[choice.by],
        from_on=max(first, choice.from_on or first),
        to_on=min(last, choice.to_on or last),
    )


@dataclass(slots=True)
class Counts:
    """The whole numbers from which the figures of one row follow; those of rows that share nothing add up."""

    enrolled: int = 0
    withdrawn: int = 0
    completed: int = 0
    tested: int = 0  # completions that tell how many attempts they took
    passed_first: int = 0
    scored: int = 0  # completions with a score
    score: int = 0  # sum, in hundredths of a percent
    hours: int = 0
    due: int = 0
    completed_due: int = 0
    days: Counter[int] = field(default_factory=Counter)  # days from start to completion -> completions

    def add(self, other: "Counts") -> None:
        """Add the numbers of another row to these."""
        for each in fields(self):
            if each.name != "days":
                setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))
        self.days.update(other.days)

    @property
    def is_empty(self) -> bool:
        """Say whether nothing was counted."""
        return not (self.enrolled or self.withdrawn or self.completed or self.due or self.completed_due)


def tenths(over: int, under: int) -> Decimal | None:
    """Divide whole numbers, none of them negative, and round to one decimal, halves up; None if there is nothing."""
    return Decimal((20 * over + under) // (2 * under)).scaleb(-1) if under else None


def median(counted: Counter[int]) -> Decimal | None:
    """Return the middle of counted whole numbers, or halfway between the two in the middle; None if there are none."""
    total = counted.total()
    if not total:
        return None
    lower = upper = None
    passed = 0
    for value in sorted(counted):
        passed += counted[value]
        if lower is None and 2 * passed >= total:
            lower = value
        if 2 * passed > total:
            upper = value
            break
    return tenths((lower or 0) + (upper or 0), 2)


class Unit(StrEnum):
    """What a figure is measured in."""

    NUMBER = "number"
    PERCENT = "percent"
    DAYS = "days"
    HOURS = "hours"


Value = int | Decimal | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One column of a report: its name and definition, its unit, and how it follows from the counts."""

    id: str
    name: LazyString
    definition: LazyString
    unit: Unit
    value: Callable[[Counts], Value]

    @property
    def title(self) -> str:
        """Return the name as it heads a column, with the sign of a share, which the cells leave out."""
        return f"{self.name}, %" if self.unit is Unit.PERCENT else str(self.name)

    @property
    def is_whole(self) -> bool:
        """Say whether the figure is a whole number; the others have one decimal, and none at all of nothing."""
        return self.unit in (Unit.NUMBER, Unit.HOURS)


FIGURES = (
    Figure(
        "enrolled",
        _l("Enrolled"),
        _l("Enrolments made in the period, without those withdrawn or exempted. A person in two courses counts twice."),
        Unit.NUMBER,
        lambda counts: counts.enrolled,
    ),
    Figure(
        "completed",
        _l("Completed"),
        _l("Courses completed in the period, whenever the enrolment was made. Annulled completions do not count."),
        Unit.NUMBER,
        lambda counts: counts.completed,
    ),
    Figure(
        "due",
        _l("Due by now"),
        _l("Enrolments with a due date in the period that has passed, without those withdrawn or exempted."),
        Unit.NUMBER,
        lambda counts: counts.due,
    ),
    Figure(
        "completed_due",
        _l("Completed of those due"),
        _l("Of the enrolments due: those completed, in time or later."),
        Unit.NUMBER,
        lambda counts: counts.completed_due,
    ),
    Figure(
        "overdue",
        _l("Overdue"),
        _l("Of the enrolments due: those not completed."),
        Unit.NUMBER,
        lambda counts: counts.due - counts.completed_due,
    ),
    Figure(
        "completion_rate",
        _l("Completion rate"),
        _l("Completed of those due, divided by due."),
        Unit.PERCENT,
        lambda counts: tenths(100 * counts.completed_due, counts.due),
    ),
    Figure(
        "passed_first",
        _l("Passed at the first attempt"),
        _l("Of the completions in the period that ended with a test: the share that passed it at the first attempt."),
        Unit.PERCENT,
        lambda counts: tenths(100 * counts.passed_first, counts.tested),
    ),
    Figure(
        "mean_score",
        _l("Mean score"),
        _l("The mean of the scores with which courses were completed in the period; 100 percent is every mark."),
        Unit.PERCENT,
        lambda counts: tenths(counts.score, 100 * counts.scored),
    ),
    Figure(
        "median_days",
        _l("Median days"),
        _l("Half of the completions in the period took at most this many days from the learner's first act."),
        Unit.DAYS,
        lambda counts: median(counts.days),
    ),
    Figure(
        "hours",
        _l("Hours"),
        _l("Hours of training: the hours of each course, once for each completion in the period."),
        Unit.HOURS,
        lambda counts: counts.hours,
    ),
    Figure(
        "withdrawn",
        _l("Withdrawn"),
        _l("Enrolments made in the period that the centre has ended before completion. No other figure counts them."),
        Unit.NUMBER,
        lambda counts: counts.withdrawn,
    ),
)
