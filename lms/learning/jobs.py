"""What is due in learning: completing courses that a new version made shorter."""

from collections.abc import Sequence

from sqlalchemy import func, select

from lms.catalogue.published import PublishedCourse
from lms.catalogue.queries import get_current, list_published
from lms.clock import utcnow
from lms.database import db
from lms.enrolments.models import Completion, EnrolmentTerm
from lms.learning.actions import settle
from lms.learning.models import Progress
from lms.ledger.actor import SYSTEM

_settled: dict[int, int] = {}  # course id -> the version that this process has settled


def settle_published() -> int:
    """Settle every course of which a version was published since the last run; return for how many people."""
    settled = 0
    for course in list_published():
        if _settled.get(course.course_id) != course.version_id:
            settled += settle_course(course.course_id)
            _settled[course.course_id] = course.version_id
    return settled


def settle_course(course_id: int) -> int:
    """Complete a course for everybody of whom its present version asks nothing more; return for how many.

    Nobody is left with a course that has nothing left to do.
    """
    settled = 0
    for enrolment_id in _list_candidates(get_current(course_id)):
        settled += settle(enrolment_id, by=SYSTEM, now=utcnow()) is not None
        db.session.commit()
    return settled


def _list_candidates(course: PublishedCourse) -> Sequence[int]:
    """Return the open enrolments that have finished every required unit, on whatever version."""
    query = (
        select(EnrolmentTerm.enrolment_id)
        .join(Progress, Progress.enrolment_id == EnrolmentTerm.enrolment_id)
        .outerjoin(Completion, (Completion.enrolment_id == EnrolmentTerm.enrolment_id) & Completion.current())
        .where(EnrolmentTerm.course_id == course.course_id, EnrolmentTerm.current(), EnrolmentTerm.state == "open")
        .where(Completion.id.is_(None), Progress.finished_at.is_not(None), Progress.unit.in_(course.required))
        .group_by(EnrolmentTerm.enrolment_id)
        .having(func.count() == len(course.required))
    )
    return db.session.scalars(query).all()
