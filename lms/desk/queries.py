"""Reads for the desk: a cohort as a board, people as they would be enrolled, what one person takes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from lms.accounts.queries import PersonRow, list_people
from lms.catalogue.models import Course
from lms.catalogue.published import PublishedCourse
from lms.catalogue.queries import get_current, list_courses
from lms.certificates.queries import list_numbers
from lms.clock import local_date
from lms.desk.board import Standing, judge
from lms.desk.outlook import CHANGES, TICKED, Outlook, foresee
from lms.enrolments.models import Cohort
from lms.enrolments.queries import CohortMember, Enrolled, list_enrolled, list_latest, list_members
from lms.errors import NotFound
from lms.learning.models import Progress
from lms.learning.progress import follow
from lms.learning.queries import list_progress_of


@dataclass(frozen=True, slots=True)
class Taken:
    """One course that somebody takes: the enrolment, how far it has come, and its certificate."""

    course: PublishedCourse
    enrolled: Enrolled
    standing: Standing
    lessons_read: int
    lessons: int
    certificate: str | None


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One line of a cohort's board; `is_ours` says whether the person still works at the coordinator's centres."""

    member: CohortMember
    taken: Taken
    is_ours: bool


def list_board(cohort: Cohort, centres: frozenset[int], today: date) -> list[BoardRow]:
    """Return the people of a cohort by name, each with how far they have come."""
    members = list_members(cohort.id)
    taken = _taken([member.enrolled for member in members], today)
    ours = {row.person.id for row in list_people((member.person.id for member in members), centres=centres)}
    return [BoardRow(m, taken[m.enrolled.enrolment.id], m.person.id in ours) for m in members]


def list_taken(person_id: int, today: date) -> list[Taken]:
    """Return every course that a person takes or took, the nearest due date first."""
    return list(_taken(list_enrolled(person_id), today).values())


def _taken(enrolled: Iterable[Enrolled], today: date) -> dict[int, Taken]:
    """Return what is taken in each enrolment, by its id and in the same order; three queries for any number."""
    enrolled = list(enrolled)
    courses = {course_id: get_current(course_id) for course_id in {one.enrolment.course_id for one in enrolled}}
    progress = list_progress_of(one.enrolment.id for one in enrolled)
    numbers = list_numbers([one.completion.id for one in enrolled if one.completion])
    return {
        one.enrolment.id: _one(
            one, courses[one.enrolment.course_id], progress.get(one.enrolment.id, {}), numbers, today
        )
        for one in enrolled
    }


def _one(
    one: Enrolled,
    course: PublishedCourse,
    progress: Mapping[str, Progress],
    numbers: Mapping[int, str],
    today: date,
) -> Taken:
    path = follow(course, progress, is_completed=one.completion is not None)
    steps = [at for row in progress.values() for at in (row.begun_at, row.finished_at) if at is not None]
    standing = judge(
        completed_on=one.completion.completed_on if one.completion else None,
        due_on=one.term.due_on,
        enrolled_on=one.term.enrolled_on,
        last_step_on=local_date(max(steps)) if steps else None,
        today=today,
    )
    number = numbers.get(one.completion.id) if one.completion else None
    return Taken(course, one, standing, path.lessons_read, path.lessons, number)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person who may be put into a cohort, and what that would do."""

    row: PersonRow
    outlook: Outlook

    @property
    def may_change(self) -> bool:
        """Say whether enrolling would change anything."""
        return self.outlook in CHANGES

    @property
    def is_ticked(self) -> bool:
        """Say whether enrolling is surely meant."""
        return self.outlook in TICKED


def list_candidates(cohort: Cohort, rows: Iterable[PersonRow]) -> list[Candidate]:
    """Return some people with what enrolling them in a cohort would do."""
    rows = list(rows)
    latest = list_latest((row.person.id for row in rows), cohort.course_id)
    return [Candidate(row, _outlook(row, latest.get(row.person.id), cohort)) for row in rows]


def _outlook(row: PersonRow, last: Enrolled | None, cohort: Cohort) -> Outlook:
    return foresee(
        is_suspended=row.person.suspended_at is not None,
        is_open=last is not None and last.is_open,
        is_completed=last is not None and last.completion is not None,
        cohort_id=last.term.cohort_id if last else None,
        into=cohort.id,
    )


def course_titles(language: str) -> dict[int, str]:
    """Return the title of every course by its id; of one that was never published, its slug."""
    return {course.id: _title(course, language) for course in list_courses()}


def _title(course: Course, language: str) -> str:
    try:
        return get_current(course.id).title(language)
    except NotFound:
        return course.slug
