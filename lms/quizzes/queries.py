"""Reads of attempts: a learner's own, and what is due to be closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select

from lms.catalogue.models import CourseVersion
from lms.catalogue.published import PublishedCourse, PublishedUnit
from lms.centres.models import CentreTerm
from lms.centres.queries import get_centre
from lms.certificates.queries import list_numbers
from lms.database import db
from lms.enrolments.models import Enrolment
from lms.enrolments.queries import Enrolled
from lms.errors import NotFound
from lms.learning.progress import Path, follow
from lms.learning.queries import list_progress
from lms.quizzes.models import Answer, Attempt, Grade
from lms.quizzes.sitting import rules_of
from lms.quizzes.steps import Step
from lms.quizzes.timing import GRACE, Entry, Try, enter


@dataclass(frozen=True, slots=True)
class Graded:
    """One attempt with its current grade, if it has been handed in, and the number of its version."""

    attempt: Attempt
    grade: Grade | None
    version_number: int

    @property
    def is_passed(self) -> bool:
        """Say whether the attempt was handed in and passed."""
        return self.grade is not None and self.grade.is_passed

    @property
    def as_try(self) -> Try:
        """Return what the rules of beginning want to know."""
        return Try(
            number=self.attempt.number,
            version_number=self.version_number,
            submitted_at=self.attempt.submitted_at,
            is_passed=self.grade.is_passed if self.grade else None,
        )


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where a learner stands with one quiz, and what there is to do next; `course` is the current version.

    `entry` is None if that version has no such quiz any more.
    """

    enrolled: Enrolled
    course: PublishedCourse
    tries: Sequence[Graded]
    entry: Entry | None
    path: Path
    certificate: str | None  # its number
    centre: CentreTerm

    def is_passed(self, version_number: int) -> bool:
        """Say whether the quiz is passed for somebody who looks at an attempt on a version.

        While the quiz can still be asked for, only passes count that answer what it asks now: else a failed repetition
        would show the new key. Where it cannot, because the course is completed or has no such quiz any more, passes
        count on that version and later ones.
        """
        if self.entry is not None and (self.entry.is_passed or self.enrolled.completion is None):
            return self.entry.is_passed
        return any(one.is_passed and one.version_number >= version_number for one in self.tries)


def get_attempt(attempt_id: int, person_id: int) -> Attempt:
    """Return an attempt of this person; anybody else's is not found."""
    query = select(Attempt).join(Enrolment, Enrolment.id == Attempt.enrolment_id)
    query = query.where(Attempt.id == attempt_id, Enrolment.person_id == person_id)
    if (attempt := db.session.scalars(query).first()) is None:
        raise NotFound
    return attempt


def list_steps(attempt_id: int) -> list[Step]:
    """Return every answer saved in an attempt, in the order of saving."""
    query = select(Answer.save_key, Answer.question, Answer.value, Answer.saved_at)
    rows = db.session.execute(query.where(Answer.attempt_id == attempt_id).order_by(Answer.id))
    return [Step(*row) for row in rows]


def find_step(attempt_id: int, save_key: str) -> Step | None:
    """Return what a save with this key has saved, if anything."""
    query = select(Answer.save_key, Answer.question, Answer.value, Answer.saved_at)
    row = db.session.execute(query.where(Answer.attempt_id == attempt_id, Answer.save_key == save_key)).first()
    return Step(*row) if row else None


def list_graded(enrolment_id: int, quiz: str) -> list[Graded]:
    """Return the attempts at one quiz in one enrolment, the first one first, as they are at this moment."""
    query = _graded().where(Attempt.enrolment_id == enrolment_id, Attempt.quiz == quiz).order_by(Attempt.number)
    return [Graded(*row) for row in db.session.execute(query.execution_options(populate_existing=True))]


def get_outlook(enrolled: Enrolled, course: PublishedCourse, quiz: str, *, now: datetime) -> Outlook:
    """Return where a learner stands with a quiz."""
    tries = list_graded(enrolled.enrolment.id, quiz)
    unit = course.unit(quiz) if course.has_unit(quiz) else None
    completion = enrolled.completion
    return Outlook(
        enrolled=enrolled,
        course=course,
        tries=tries,
        entry=enter([one.as_try for one in tries], rules_of(unit), since=unit.since, now=now) if unit else None,
        path=follow(course, list_progress(enrolled.enrolment.id), is_completed=completion is not None),
        certificate=list_numbers([completion.id]).get(completion.id) if completion else None,
        centre=get_centre(enrolled.term.centre_id),
    )


def find_grade(attempt_id: int) -> Grade | None:
    """Return the current grade of an attempt, if it was handed in."""
    return db.session.scalars(select(Grade).where(Grade.attempt_id == attempt_id, Grade.current())).first()


def tries_to_pass(enrolment_id: int, unit: PublishedUnit) -> int | None:
    """Return how many attempts it took to pass a quiz as it is asked now; None if it has not been passed."""
    counted = [one for one in list_graded(enrolment_id, unit.id) if one.version_number >= unit.since]
    return next((tries for tries, one in enumerate(counted, 1) if one.is_passed), None)


def list_overdue(now: datetime, limit: int, *, after: int = 0) -> Sequence[int]:
    """Return the first ids above `after` of open attempts whose time and grace are over."""
    query = select(Attempt.id).where(Attempt.submitted_at.is_(None), Attempt.closes_at < now - GRACE)
    return db.session.scalars(query.where(Attempt.id > after).order_by(Attempt.id).limit(limit)).all()


def _graded() -> Select[Attempt, Grade, int]:
    """Select attempts with their current grade and the number of their version."""
    return (
        select(Attempt, Grade, CourseVersion.number)
        .join(CourseVersion, CourseVersion.id == Attempt.version_id)
        .outerjoin(Grade, (Grade.attempt_id == Attempt.id) & Grade.current())
    )
