"""Reads of enrolments: what a person takes, and who is in a cohort."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, bindparam, case, func, select

from lms.accounts.models import Person
from lms.centres.models import StateBodyTerm
from lms.database import db
from lms.enrolments.models import Cohort, Completion, Enrolment, EnrolmentTerm
from lms.errors import NotFound


@dataclass(frozen=True, slots=True)
class Enrolled:
    """One enrolment with its current term, and its completion if there is one."""

    enrolment: Enrolment
    term: EnrolmentTerm
    completion: Completion | None

    @property
    def is_open(self) -> bool:
        """Say whether the learner is still to finish."""
        return self.completion is None and self.term.state == "open"

    def is_overdue(self, today: date) -> bool:
        """Say whether the due date has passed without completion."""
        return self.is_open and self.term.due_on is not None and self.term.due_on < today


@dataclass(frozen=True, slots=True)
class CohortMember:
    """One line of a cohort's board."""

    person: Person
    enrolled: Enrolled
    state_body: StateBodyTerm | None


def _enrolled() -> Select[Enrolment, EnrolmentTerm, Completion]:
    """Select enrolments with their current term and completion."""
    return (
        select(Enrolment, EnrolmentTerm, Completion)
        .join(EnrolmentTerm, (EnrolmentTerm.enrolment_id == Enrolment.id) & EnrolmentTerm.current())
        .outerjoin(Completion, (Completion.enrolment_id == Enrolment.id) & Completion.current())
    )


# Every page of a course asks this, so that it is put together only once.
_LATEST = (
    _enrolled()
    .where(Enrolment.person_id == bindparam("person_id"), Enrolment.course_id == bindparam("course_id"))
    .order_by(Enrolment.edition.desc())
    .limit(1)
)


def find_enrolled(person_id: int, course_id: int) -> Enrolled | None:
    """Return a person's latest enrolment in a course, in one query."""
    row = db.session.execute(_LATEST, {"person_id": person_id, "course_id": course_id}).first()
    return Enrolled(*row) if row else None


def list_enrolled(person_id: int) -> list[Enrolled]:
    """Return everything a person takes or took, the nearest due date first."""
    query = (
        _enrolled()
        .where(Enrolment.person_id == person_id)
        .order_by(EnrolmentTerm.due_on.is_(None), EnrolmentTerm.due_on, Enrolment.id)
    )
    return [Enrolled(*row) for row in db.session.execute(query)]


def get_enrolled(enrolment_id: int) -> Enrolled:
    """Return one enrolment."""
    if (row := db.session.execute(_enrolled().where(Enrolment.id == enrolment_id)).first()) is None:
        raise NotFound
    return Enrolled(*row)


def list_cohorts(centres: frozenset[int]) -> Sequence[Cohort]:
    """Return the cohorts of some centres that are not archived, the newest first."""
    query = select(Cohort).where(Cohort.centre_id.in_(centres), Cohort.archived_at.is_(None))
    return db.session.scalars(query.order_by(Cohort.starts_on.desc(), Cohort.id.desc())).all()


def get_cohort(cohort_id: int, centres: frozenset[int]) -> Cohort:
    """Return a cohort of one of the centres; anybody else's is not found."""
    cohort = db.session.get(Cohort, cohort_id)
    if cohort is None or cohort.centre_id not in centres:
        raise NotFound
    return cohort


def count_members(cohort_ids: Sequence[int]) -> dict[int, int]:
    """Return how many people are in each of some cohorts."""
    query = (
        select(EnrolmentTerm.cohort_id, func.count())
        .where(EnrolmentTerm.cohort_id.in_(cohort_ids), EnrolmentTerm.current(), EnrolmentTerm.state != "withdrawn")
        .group_by(EnrolmentTerm.cohort_id)
    )
    return {cohort_id: count for cohort_id, count in db.session.execute(query) if cohort_id is not None}


@dataclass(frozen=True, slots=True)
class CohortCount:
    """How far a cohort has come: its people, those who have completed, those past their due date."""

    members: int = 0
    completed: int = 0
    overdue: int = 0


def count_cohorts(cohort_ids: Sequence[int], today: date) -> dict[int, CohortCount]:
    """Return the figures of each of some cohorts, in one query; the withdrawn count nowhere."""
    is_late = Completion.id.is_(None) & (EnrolmentTerm.state == "open") & (EnrolmentTerm.due_on < today)
    query = (
        select(
            EnrolmentTerm.cohort_id,
            func.count(),
            func.count(Completion.id),
            func.sum(case((is_late, 1), else_=0)),
        )
        .outerjoin(Completion, (Completion.enrolment_id == EnrolmentTerm.enrolment_id) & Completion.current())
        .where(EnrolmentTerm.cohort_id.in_(cohort_ids), EnrolmentTerm.current(), EnrolmentTerm.state != "withdrawn")
        .group_by(EnrolmentTerm.cohort_id)
    )
    return {cohort_id: CohortCount(*counts) for cohort_id, *counts in db.session.execute(query) if cohort_id}


def list_latest(person_ids: Iterable[int], course_id: int) -> dict[int, Enrolled]:
    """Return the latest enrolment in a course of each of some people, by person; others are left out."""
    query = (
        _enrolled()
        .where(Enrolment.person_id.in_(list(person_ids)), Enrolment.course_id == course_id)
        .order_by(Enrolment.edition)
    )
    return {row[0].person_id: Enrolled(*row) for row in db.session.execute(query)}


def list_members(cohort_id: int) -> list[CohortMember]:
    """Return the people of a cohort by name, without those who were withdrawn."""
    query = (
        select(Person, Enrolment, EnrolmentTerm, Completion, StateBodyTerm)
        .select_from(EnrolmentTerm)
        .join(Enrolment, Enrolment.id == EnrolmentTerm.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(Completion, (Completion.enrolment_id == Enrolment.id) & Completion.current())
        .outerjoin(
            StateBodyTerm, (StateBodyTerm.state_body_id == EnrolmentTerm.state_body_id) & StateBodyTerm.current()
        )
        .where(EnrolmentTerm.cohort_id == cohort_id, EnrolmentTerm.current(), EnrolmentTerm.state != "withdrawn")
        .order_by(Person.sort_key, Person.id)
    )
    return [
        CohortMember(person, Enrolled(enrolment, term, completion), body)
        for person, enrolment, term, completion, body in db.session.execute(query)
    ]
