"""Reads of progress: what somebody has finished, and what that means for the course as it is now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select

from lms.catalogue.published import PublishedCourse
from lms.catalogue.queries import get_current, list_published
from lms.database import db
from lms.enrolments.queries import Enrolled, find_enrolled, list_enrolled
from lms.learning.models import Progress
from lms.learning.progress import Path, follow
from lms.learning.showing import shows_passed_score


@dataclass(frozen=True, slots=True)
class Standing:
    """How one reader stands to one course: their enrolment, if there is one, and how far they have come."""

    enrolled: Enrolled | None
    path: Path

    @property
    def is_enrolled(self) -> bool:
        """Say whether the course is assigned to the reader and still to be completed."""
        return self.enrolled is not None and self.enrolled.is_open

    @property
    def is_completed(self) -> bool:
        """Say whether the reader has completed the course."""
        return self.enrolled is not None and self.enrolled.completion is not None


@dataclass(frozen=True, slots=True)
class Training:
    """One course of a person's, with how far they have come."""

    enrolled: Enrolled
    course: PublishedCourse
    path: Path
    is_overdue: bool
    score: int | None  # with which it was completed, in hundredths of a percent, if that may be seen today


def find_standing(person_id: int | None, course: PublishedCourse) -> Standing:
    """Return how a reader stands to a course, in two queries; in one without enrolment, in none without account."""
    enrolled = find_enrolled(person_id, course.course_id) if person_id is not None else None
    if enrolled is None or not (enrolled.is_open or enrolled.completion):
        return Standing(None, follow(course, {}))
    return Standing(enrolled, _path(enrolled, course, list_progress(enrolled.enrolment.id)))


def list_progress(enrolment_id: int) -> Mapping[str, Progress]:
    """Return what is kept of each unit of an enrolment, by the unit's id."""
    return list_progress_of([enrolment_id]).get(enrolment_id, {})


# Every page of a course asks this, so that it is put together only once.
_PROGRESS = (
    select(Progress)
    .where(Progress.enrolment_id.in_(bindparam("enrolment_ids", expanding=True)))
    .execution_options(populate_existing=True)
)


def list_progress_of(enrolment_ids: Iterable[int]) -> Mapping[int, Mapping[str, Progress]]:
    """Return what is kept of each unit of some enrolments, in one query; an enrolment with nothing is left out."""
    kept: dict[int, dict[str, Progress]] = {}
    for row in db.session.scalars(_PROGRESS, {"enrolment_ids": list(enrolment_ids)}):
        kept.setdefault(row.enrolment_id, {})[row.unit] = row
    return kept


def list_training(person_id: int, today: date) -> list[Training]:
    """Return the courses that a person is to complete or has completed, the nearest due date first."""
    enrolled = [one for one in list_enrolled(person_id) if one.is_open or one.completion]
    courses = {course.course_id: course for course in list_published()} if enrolled else {}
    for course_id in {one.enrolment.course_id for one in enrolled} - set(courses):
        courses[course_id] = get_current(course_id)  # retired since
    progress = list_progress_of(one.enrolment.id for one in enrolled)
    return [
        _training(one, courses[one.enrolment.course_id], progress.get(one.enrolment.id, {}), today) for one in enrolled
    ]


def _training(enrolled: Enrolled, course: PublishedCourse, progress: Mapping[str, Progress], today: date) -> Training:
    path = _path(enrolled, course, progress)
    return Training(enrolled, course, path, enrolled.is_overdue(today), _seen_score(enrolled, path, today))


def _seen_score(enrolled: Enrolled, path: Path, today: date) -> int | None:
    if enrolled.completion is None:
        return None
    test, due_on = path.final_test, enrolled.term.due_on
    return enrolled.completion.score if test is None or shows_passed_score(test.unit, due_on, today) else None


def _path(enrolled: Enrolled, course: PublishedCourse, progress: Mapping[str, Progress]) -> Path:
    return follow(course, progress, is_completed=enrolled.completion is not None)
