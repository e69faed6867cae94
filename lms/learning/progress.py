"""How far a learner has come with a course, what is open to them and what is left (pure).

A unit counts as done if it was finished on a version from its `since` on; finished before, it is to be done again.
Every lesson may be read at any time. A quiz with limited attempts opens when every required lesson before it is read,
so that nobody spends an attempt by accident. A completed course stays completed, whatever is published later.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Protocol

from lms.catalogue.published import PublishedCourse, PublishedUnit


class State(StrEnum):
    """Where one unit stands for one learner."""

    DONE = "done"
    NOW = "now"  # the next one to do
    TODO = "todo"
    SHUT = "shut"  # a quiz that opens when the lessons before it are read
    AGAIN = "again"  # finished on a version before `since`


class Record(Protocol):
    """What is kept of one unit of one enrolment; the row of `progress` is one."""

    @property
    def version_number(self) -> int:
        """Return the number of the version on which the unit was last asked for and done."""

    @property
    def finished_at(self) -> datetime | None:
        """Return when the unit was finished."""

    @property
    def score(self) -> int | None:
        """Return the best score in hundredths of a percent."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A unit finished on one version; `score` in hundredths of a percent, of quizzes only."""

    version_number: int
    finished_at: datetime
    score: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One unit as it stands for one learner."""

    unit: PublishedUnit
    state: State
    is_required: bool
    finished_at: datetime | None
    score: int | None

    @property
    def is_done(self) -> bool:
        """Say whether nothing remains to be done here."""
        return self.state is State.DONE

    @property
    def is_open(self) -> bool:
        """Say whether the unit may be begun; everything but a shut quiz may."""
        return self.state is not State.SHUT


@dataclass(frozen=True)
class Path:
    """A whole course as it stands for one learner."""

    course: PublishedCourse
    steps: tuple[Step, ...]
    is_completed: bool

    @cached_property
    def _by_id(self) -> Mapping[str, Step]:
        return {step.unit.id: step for step in self.steps}

    def step(self, unit_id: str) -> Step:
        """Return one unit; KeyError if the course has none of that id."""
        return self._by_id[unit_id]

    @property
    def lessons(self) -> int:
        """Return how many lessons the course has."""
        return sum(step.unit.kind == "lesson" for step in self.steps)

    @property
    def lessons_read(self) -> int:
        """Return how many lessons are read, as the present version asks."""
        return sum(step.unit.kind == "lesson" and step.is_done for step in self.steps)

    @property
    def left(self) -> tuple[Step, ...]:
        """Return what must still be done to complete the course; nothing once it is completed."""
        if self.is_completed:
            return ()
        return tuple(step for step in self.steps if step.is_required and not step.is_done)

    @property
    def final_test(self) -> Step | None:
        """Return the last graded quiz, whose score stands for the whole course."""
        graded = [step for step in self.steps if step.unit.settings is not None and step.unit.settings.is_graded]
        return graded[-1] if graded else None

    @property
    def next(self) -> Step | None:
        """Return what to go on with: the first thing left that is open, required things first."""
        return next(self._to_do(), None)

    def after(self, unit_id: str) -> Step | None:
        """Return what to go on with after a unit: the next thing to do below it, else the first above it."""
        passed = [step.unit.id for step in self.steps].index(unit_id)
        below = {step.unit.id for step in self.steps[passed + 1 :]}
        others = [step for step in self._to_do() if step.unit.id != unit_id]
        return next((step for step in others if step.unit.id in below), others[0] if others else None)

    def _to_do(self) -> Iterator[Step]:
        to_do = [step for step in self.steps if not step.is_done and step.is_open]
        yield from sorted(to_do, key=lambda step: not step.is_required)


def follow(course: PublishedCourse, records: Mapping[str, Record], *, is_completed: bool = False) -> Path:
    """Return how far a learner has come with a version of a course, by what is kept of their units."""
    done = {unit.id for unit in course.units if _is_done(unit, records.get(unit.id), is_completed)}
    states = {unit.id: _state(course, unit, records.get(unit.id), done, is_completed) for unit in course.units}
    if not is_completed:
        _mark_next(course, states)
    return Path(
        course=course,
        steps=tuple(
            Step(
                unit=unit,
                state=states[unit.id],
                is_required=unit.id in course.required,
                finished_at=record.finished_at if (record := records.get(unit.id)) else None,
                score=record.score if record else None,
            )
            for unit in course.units
        ),
        is_completed=is_completed,
    )


def missing_lessons(course: PublishedCourse, unit: PublishedUnit, done: set[str]) -> list[PublishedUnit]:
    """Return the lessons that keep a quiz shut; none for a lesson or a quiz with any number of attempts."""
    if unit.settings is None or unit.settings.attempts is None:
        return []
    before = course.units[: course.units.index(unit)]
    return [one for one in before if one.kind == "lesson" and one.id in course.required and one.id not in done]


def merge(before: Record | None, now: Finished, since: int) -> Finished:
    """Return what is kept when a unit is finished, perhaps not for the first time.

    The first time stays, and a better score wins, unless a newer version has asked for the unit again: then what was
    reached before counts no more.
    """
    if before is None or before.finished_at is None:
        return now
    if before.version_number < since <= now.version_number:
        return now
    counted = [now, before] if now.version_number >= since else [before]
    scores = [one.score for one in counted if one.score is not None]
    return Finished(before.version_number, before.finished_at, max(scores, default=None))


def _is_done(unit: PublishedUnit, record: Record | None, is_completed: bool) -> bool:
    if record is None or record.finished_at is None:
        return False
    return is_completed or record.version_number >= unit.since


def _state(
    course: PublishedCourse, unit: PublishedUnit, record: Record | None, done: set[str], is_completed: bool
) -> State:
    if unit.id in done:
        return State.DONE
    if not is_completed and missing_lessons(course, unit, done):
        return State.SHUT
    return State.AGAIN if record is not None and record.finished_at is not None else State.TODO


def _mark_next(course: PublishedCourse, states: dict[str, State]) -> None:
    """Mark the first thing to do, if it is simply the next; one to be done again says more by its own state."""
    to_do = [unit.id for unit in course.units if states[unit.id] in (State.TODO, State.AGAIN)]
    first = min(to_do, key=lambda unit_id: unit_id not in course.required, default=None)
    if first is not None and states[first] is State.TODO:
        states[first] = State.NOW
