"""Changes of progress: starting, finishing a lesson or any unit, and completing a course: that happens only here."""

from datetime import datetime, timedelta

from flask_babel import gettext as _

from lms.accounts.models import Person
from lms.accounts.queries import find_employment
from lms.catalogue.published import PublishedCourse, PublishedUnit
from lms.catalogue.queries import get_current
from lms.certificates.actions import issue
from lms.database import db
from lms.enrolments import actions as enrolments
from lms.enrolments.actions import NoEmployment, Result
from lms.enrolments.models import Completion, Enrolment
from lms.enrolments.queries import Enrolled, find_enrolled, get_enrolled
from lms.errors import DomainError
from lms.learning.models import Progress
from lms.learning.opening import Opening
from lms.learning.progress import Finished, follow, merge
from lms.learning.queries import list_progress
from lms.learning.showing import keeps_score_secret
from lms.learning.units import tries_to_pass
from lms.ledger.actor import Actor


class NotEnrolled(DomainError):
    """The course is not assigned to the person, or no longer."""


class NotALesson(DomainError):
    """Only lessons are finished by a button; a quiz is finished by passing it."""


def enrol_oneself(person: Person, course: PublishedCourse, *, now: datetime) -> Enrolment:
    """Enrol a person in a course by their own wish, without a due date; whoever has it or completed it keeps that.

    Taking a completed course again is for the centre to arrange. Raises NoEmployment.
    """
    db.session.get_one(Person, person.id, with_for_update=True)
    last = find_enrolled(person.id, course.course_id)
    if last is not None and (last.is_open or last.completion is not None):
        return last.enrolment
    if find_employment(person.id) is None:
        raise NoEmployment(_("No workplace is written down for you yet. Ask your training centre to add it."))
    return enrolments.enrol(person, course.course_id, cohort=None, due_on=None, by=person, now=now)


def start(enrolment: Enrolment, *, now: datetime) -> None:
    """Note when the learner first did something in a course; looking at it is not doing. Later acts change nothing."""
    if enrolment.started_at is None:
        enrolment.started_at = now


def finish_lesson(
    enrolled: Enrolled | None,
    unit: PublishedUnit,
    *,
    language: str,
    opening: Opening | None,
    by: Actor,
    now: datetime,
) -> Completion | None:
    """Note that a lesson is read, on the version that was opened; return the completion if nothing is left now.

    Without an enrolment that is open or completed there is nothing to note it in: raises NotEnrolled.
    """
    if unit.kind != "lesson":
        raise NotALesson(_("A test is finished by passing it."))
    if enrolled is None or not (enrolled.is_open or enrolled.completion):
        raise NotEnrolled(_("This course is not assigned to you, so nothing was noted. Enrol first."))
    was_opened = opening if opening is not None and opening.unit == unit.id else None
    return finish_unit(
        enrolled.enrolment.id,
        unit.id,
        language=language,
        version_number=was_opened.version_number if was_opened else None,
        seconds=was_opened.seconds(now) if was_opened else None,
        by=by,
        now=now,
    )


def finish_unit(
    enrolment_id: int,
    unit_id: str,
    *,
    language: str,
    score: int | None = None,
    version_number: int | None = None,
    seconds: int | None = None,
    by: Actor,
    now: datetime,
) -> Completion | None:
    """Note that a lesson is read or a quiz passed, and complete the course if that was the last thing required.

    `score` in hundredths of a percent, of quizzes only; `version_number` is the version that it was done on, the
    current one if not given. Safe to repeat, and to call from many places at once: whoever holds the enrolment's lock
    sees all that was finished before. Return the completion, old or new, if there is one.
    """
    enrolment = _lock(enrolment_id)
    course = get_current(enrolment.course_id)
    start(enrolment, now=now)
    if course.has_unit(unit_id):
        finished = Finished(version_number or course.number, now, score)
        _keep(enrolment_id, course.unit(unit_id), finished, language=language, seconds=seconds)
    return _complete_if_done(enrolment, course, language=language, by=by, now=now)


def settle(enrolment_id: int, *, by: Actor, now: datetime) -> Completion | None:
    """Complete a course of which nothing is left, because a newer version asks for less."""
    enrolment = _lock(enrolment_id)
    rows = sorted(list_progress(enrolment_id).values(), key=lambda row: row.finished_at or row.begun_at)
    if not rows:
        return None
    course = get_current(enrolment.course_id)
    return _complete_if_done(enrolment, course, language=rows[-1].language, by=by, now=now)


def _lock(enrolment_id: int) -> Enrolment:
    """Wait for whoever else changes this enrolment, then read it anew."""
    return db.session.get_one(Enrolment, enrolment_id, with_for_update=True, populate_existing=True)


def _keep(enrolment_id: int, unit: PublishedUnit, finished: Finished, *, language: str, seconds: int | None) -> None:
    """Write what is kept of a unit; the enrolment is locked, so that nobody else writes it now."""
    row = list_progress(enrolment_id).get(unit.id)
    kept = merge(row, finished, unit.since)
    if row is None:
        begun_at = finished.finished_at - timedelta(seconds=seconds or 0)
        row = Progress(enrolment_id=enrolment_id, unit=unit.id, begun_at=begun_at)
        db.session.add(row)
    if kept.finished_at == finished.finished_at:
        row.language, row.seconds = language, seconds
    row.version_number, row.finished_at, row.score = kept.version_number, kept.finished_at, kept.score
    db.session.flush()


def _complete_if_done(
    enrolment: Enrolment, course: PublishedCourse, *, language: str, by: Actor, now: datetime
) -> Completion | None:
    """Complete the course and issue the certificate if nothing required is left; a closed enrolment stays as it is."""
    enrolled = get_enrolled(enrolment.id)
    if not enrolled.is_open:
        return enrolled.completion
    path = follow(course, list_progress(enrolment.id))
    if path.left:
        return None
    test = path.final_test
    result = Result(
        version_id=course.version_id,
        language=language,
        hours=course.hours,
        score=test.score if test and not keeps_score_secret(test.unit) else None,
        attempts=tries_to_pass(enrolment.id, test.unit) if test else None,
    )
    completion = enrolments.complete(enrolment, result, by=by, now=now)
    issue(completion, by=by, now=now)
    return completion
