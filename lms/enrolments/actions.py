"""Changes of enrolments: cohorts, enrolling, extending, withdrawing, and completing once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select

from lms.accounts.models import Employment, Person
from lms.accounts.queries import find_employment
from lms.centres.queries import get_centre, get_state_body
from lms.clock import local_date
from lms.database import db
from lms.enrolments.models import Cohort, Completion, Enrolment, EnrolmentTerm
from lms.enrolments.queries import count_members, find_enrolled
from lms.errors import DomainError
from lms.ledger.actions import record
from lms.ledger.actor import Actor


class NoEmployment(DomainError):
    """A person without a centre cannot be counted anywhere, so they cannot be enrolled."""


class CohortFull(DomainError):
    """The cohort has as many people as seats."""


class EnrolmentClosed(DomainError):
    """The enrolment is completed or withdrawn; its term is frozen."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a completion is made of: score in hundredths of a percent, attempts at the tests, the version learned."""

    version_id: int
    language: str
    hours: int
    score: int | None
    attempts: int | None


def create_cohort(
    *,
    centre_id: int,
    course_id: int,
    name: str,
    starts_on: date,
    due_on: date | None,
    seats: int | None = None,
    by: Actor,
    now: datetime,
) -> Cohort:
    """Open a cohort at a centre."""
    cohort = Cohort(
        centre_id=centre_id, course_id=course_id, name=name.strip(), starts_on=starts_on, due_on=due_on, seats=seats
    )
    db.session.add(cohort)
    db.session.flush()
    facts = {"name": cohort.name, "course_id": course_id, "due_on": due_on.isoformat() if due_on else None}
    record("cohort created", f"cohort:{cohort.id}", by=by.pseudonym, facts=facts, now=now)
    return cohort


def enrol(
    person: Person, course_id: int, *, cohort: Cohort | None, due_on: date | None, by: Actor, now: datetime
) -> Enrolment:
    """Enrol a person in a course and count them where they work now; somebody already enrolled stays as they are.

    A new edition opens only when the one before is completed or withdrawn. Raises NoEmployment, CohortFull.
    """
    db.session.get_one(Person, person.id, with_for_update=True)
    last = find_enrolled(person.id, course_id)
    if last is not None and last.is_open:
        return last.enrolment
    employment = find_employment(person.id)
    if employment is None:
        raise NoEmployment(_("%(name)s has no workplace yet. Set the workplace first.", name=person.full_name))
    if cohort is not None:
        _refuse_full(cohort)
    edition = last.enrolment.edition + 1 if last else 1
    facts = {
        "course_id": course_id,
        "edition": edition,
        "cohort_id": cohort.id if cohort else None,
        "centre_id": employment.centre_id,
        "due_on": due_on.isoformat() if due_on else None,
    }
    subject = f"person:{person.id}/course:{course_id}"
    known = record("enrolled", subject, person=person.pseudonym, by=by.pseudonym, facts=facts, now=now)
    enrolment = Enrolment(person_id=person.id, course_id=course_id, edition=edition, recorded_at=known)
    db.session.add(enrolment)
    db.session.flush()
    db.session.add(_first_term(enrolment, employment, cohort=cohort, due_on=due_on, enrolled_on=local_date(now)))
    db.session.flush()
    return enrolment


def _first_term(
    enrolment: Enrolment, employment: Employment, *, cohort: Cohort | None, due_on: date | None, enrolled_on: date
) -> EnrolmentTerm:
    """Return the term that counts an enrolment where its learner works."""
    return EnrolmentTerm(
        enrolment_id=enrolment.id,
        course_id=enrolment.course_id,
        cohort_id=cohort.id if cohort else None,
        centre_id=employment.centre_id,
        region_code=_region_of(employment),
        state_body_id=employment.state_body_id,
        category=employment.category,
        enrolled_on=enrolled_on,
        due_on=due_on,
        state="open",
        recorded_at=enrolment.recorded_at,
    )


def _region_of(employment: Employment) -> str:
    """Return the region that a learner counts in: the state body's, the centre's only where there is no body."""
    if employment.state_body_id is not None:
        return get_state_body(employment.state_body_id).region_code
    return get_centre(employment.centre_id).region_code


def extend(enrolment_id: int, due_on: date | None, *, reason: str, by: Actor, now: datetime) -> None:
    """Move the due date of an open enrolment, with the reason."""
    old = _open_term(enrolment_id)
    if old.due_on != due_on:
        facts = {"due_on": due_on.isoformat() if due_on else None, "reason": reason}
        _change_term(old, "due date moved", {"due_on": due_on, "reason": reason}, facts, by=by, now=now)


def join(enrolment_id: int, cohort: Cohort, *, by: Actor, now: datetime) -> None:
    """Bring an open enrolment that belongs to no cohort into one, with the due date of the cohort.

    Somebody in a cohort already stays there. Raises CohortFull.
    """
    old = _open_term(enrolment_id)
    if old.cohort_id is not None:
        return
    _refuse_full(cohort)
    due_on = cohort.due_on or old.due_on
    facts = {"cohort_id": cohort.id, "due_on": due_on.isoformat() if due_on else None}
    _change_term(old, "joined cohort", {"cohort_id": cohort.id, "due_on": due_on}, facts, by=by, now=now)


def withdraw(enrolment_id: int, *, reason: str, by: Actor, now: datetime) -> None:
    """Take somebody out of a course that they have not completed, with the reason."""
    old = _open_term(enrolment_id)
    _change_term(old, "withdrawn", {"state": "withdrawn", "reason": reason}, {"reason": reason}, by=by, now=now)


def complete(enrolment: Enrolment, result: Result, *, by: Actor, now: datetime) -> Completion:
    """Write down, once, that a course was completed, counted where the learner's term says.

    The caller has locked the enrolment and knows that nothing required is left.
    """
    query = select(Completion).where(Completion.enrolment_id == enrolment.id, Completion.current())
    if (done := db.session.scalars(query).first()) is not None:
        return done
    term = _open_term(enrolment.id)
    person = db.session.get_one(Person, enrolment.person_id)
    started = enrolment.started_at or now
    completion = Completion(
        enrolment_id=enrolment.id,
        course_id=enrolment.course_id,
        version_id=result.version_id,
        enrolled_on=term.enrolled_on,
        due_on=term.due_on,
        completed_at=now,
        completed_on=local_date(now),
        language=result.language,
        score=result.score,
        hours=result.hours,
        days=(local_date(now) - local_date(started)).days,
        attempts=result.attempts,
        centre_id=term.centre_id,
        region_code=term.region_code,
        state_body_id=term.state_body_id,
        category=term.category,
    )
    completion.recorded_at = record(
        "completed",
        f"enrolment:{enrolment.id}",
        person=person.pseudonym,
        by=by.pseudonym,
        facts={"course_id": enrolment.course_id, "version_id": result.version_id, "score": result.score},
        now=now,
    )
    db.session.add(completion)
    db.session.flush()
    return completion


def _refuse_full(cohort: Cohort) -> None:
    db.session.get_one(Cohort, cohort.id, with_for_update=True)
    if cohort.seats is not None and count_members([cohort.id]).get(cohort.id, 0) >= cohort.seats:
        raise CohortFull(_("All %(n)s seats of the cohort %(name)s are taken.", n=cohort.seats, name=cohort.name))


def _open_term(enrolment_id: int) -> EnrolmentTerm:
    """Lock and return the current term of an enrolment that is still open."""
    db.session.get_one(Enrolment, enrolment_id, with_for_update=True)
    query = select(EnrolmentTerm).where(EnrolmentTerm.enrolment_id == enrolment_id, EnrolmentTerm.current())
    term = db.session.scalars(query.with_for_update().execution_options(populate_existing=True)).one()
    done = select(Completion.id).where(Completion.enrolment_id == enrolment_id, Completion.current())
    if term.state != "open" or db.session.scalar(done) is not None:
        raise EnrolmentClosed(_("This enrolment is completed or withdrawn and cannot be changed."))
    return term


def _change_term(
    old: EnrolmentTerm,
    kind: str,
    changes: dict[str, object],
    facts: Mapping[str, object],
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Supersede a term and insert the next one, alike but for the changes."""
    kept = ("course_id", "cohort_id", "centre_id", "region_code", "state_body_id", "category", "enrolled_on", "due_on")
    values = {name: getattr(old, name) for name in (*kept, "state", "reason")} | changes
    enrolment = db.session.get_one(Enrolment, old.enrolment_id)
    person = db.session.get_one(Person, enrolment.person_id)
    subject = f"enrolment:{enrolment.id}"
    known = record(kind, subject, person=person.pseudonym, by=by.pseudonym, facts=facts, now=now)
    old.superseded_at = known
    db.session.flush()
    db.session.add(EnrolmentTerm(enrolment_id=enrolment.id, recorded_at=known, **values))
    db.session.flush()
