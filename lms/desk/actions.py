"""Changes to many people at once: all of them or, if one is refused, none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lms.accounts.models import Person
from lms.database import db
from lms.enrolments import actions as enrolments
from lms.enrolments.models import Cohort
from lms.enrolments.queries import CohortMember, find_enrolled
from lms.ledger.actor import Actor


@dataclass(frozen=True, slots=True)
class Enrolling:
    """What enrolling some people has done: how many are new in the cohort, and how many stay as they were."""

    added: int
    unchanged: int


def enrol_people(cohort: Cohort, people: Iterable[Person], *, by: Actor, now: datetime) -> Enrolling:
    """Put people into a cohort: enrol them, or take in who already learns alone; others stay as they are.

    The cohort is locked first and people in the order of their ids, so that two lists never wait for each other.
    Raises CohortFull and NoEmployment; then nobody is enrolled.
    """
    people = sorted(people, key=lambda person: person.id)
    db.session.get_one(Cohort, cohort.id, with_for_update=True)
    added = sum(_enrol(cohort, person, by=by, now=now) for person in people)
    return Enrolling(added, len(people) - added)


def _enrol(cohort: Cohort, person: Person, *, by: Actor, now: datetime) -> bool:
    """Put one person into a cohort; say whether that changed anything."""
    db.session.get_one(Person, person.id, with_for_update=True)
    last = find_enrolled(person.id, cohort.course_id)
    if last is None or not last.is_open:
        enrolments.enrol(person, cohort.course_id, cohort=cohort, due_on=cohort.due_on, by=by, now=now)
        return True
    if last.term.cohort_id is not None:
        return False
    enrolments.join(last.enrolment.id, cohort, by=by, now=now)
    return True


def extend_members(
    members: Sequence[CohortMember], due_on: date | None, *, reason: str, by: Actor, now: datetime
) -> None:
    """Move the due date of people who are still to finish, with the reason."""
    for member in _in_order(members):
        enrolments.extend(member.enrolled.enrolment.id, due_on, reason=reason, by=by, now=now)


def withdraw_members(members: Sequence[CohortMember], *, reason: str, by: Actor, now: datetime) -> None:
    """Take people who are still to finish out of the course, with the reason."""
    for member in _in_order(members):
        enrolments.withdraw(member.enrolled.enrolment.id, reason=reason, by=by, now=now)


def _in_order(members: Sequence[CohortMember]) -> list[CohortMember]:
    return sorted(members, key=lambda member: member.enrolled.enrolment.id)
