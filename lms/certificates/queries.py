"""Reads of certificates: as issued, with all that has happened to them since, in one query."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from lms.catalogue.models import CourseVersion
from lms.certificates.models import Certificate
from lms.certificates.payload import Payload
from lms.certificates.state import Events, Standing, standing
from lms.clock import local_date
from lms.database import db
from lms.enrolments.models import Completion, Enrolment
from lms.errors import NotFound


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate as issued, what ended it, and the number of the one that took its place."""

    certificate: Certificate
    payload: Payload
    version_id: int
    events: Events
    successor: str | None

    @property
    def number(self) -> str:
        """Return the number as printed."""
        return self.payload.number

    def standing(self, today: date) -> Standing:
        """Return what the certificate is worth on a day."""
        return standing(self.events, today)


def find_certificate(number: str) -> Issued | None:
    """Return the certificate with a number, if there is one."""
    row = db.session.execute(_issued().where(Certificate.number == number)).first()
    return _read(*row) if row else None


def get_certificate(number: str) -> Issued:
    """Return the certificate with a number."""
    if (issued := find_certificate(number)) is None:
        raise NotFound
    return issued


def find_original(completion_id: int) -> Certificate | None:
    """Return the certificate first issued for a completion, if it has one."""
    query = select(Certificate).where(Certificate.completion_id == completion_id, Certificate.replaces_id.is_(None))
    return db.session.scalars(query).first()


def list_certificates(person_id: int) -> list[Issued]:
    """Return every certificate of a person, the latest first."""
    query = (
        _issued()
        .join(Enrolment, Enrolment.id == Completion.enrolment_id)
        .where(Enrolment.person_id == person_id)
        .order_by(Certificate.issued_at.desc(), Certificate.id.desc())
    )
    return [_read(*row) for row in db.session.execute(query)]


def list_numbers(completion_ids: Sequence[int]) -> dict[int, str]:
    """Return the number of each completion's certificate, of the last one where it was replaced."""
    query = select(Certificate.completion_id, Certificate.number).where(Certificate.completion_id.in_(completion_ids))
    return {row.completion_id: row.number for row in db.session.execute(query.order_by(Certificate.id))}


def _issued() -> Select[Certificate, int, datetime | None, int | None, datetime | None, str | None, datetime | None]:
    """Select certificates, each with the version it is about and with everything that could have ended it."""
    believed, successor, later = aliased(Completion), aliased(Certificate), aliased(CourseVersion)
    superseded_at = (
        select(func.min(later.recorded_at))
        .where(later.course_id == CourseVersion.course_id, later.number > CourseVersion.number)
        .where(later.change == "invalidating")
        .scalar_subquery()
    )
    return (
        select(
            Certificate,
            CourseVersion.id,
            Completion.superseded_at,
            believed.id,
            superseded_at,
            successor.number,
            successor.issued_at,
        )
        .join(Completion, Completion.id == Certificate.completion_id)
        .join(CourseVersion, CourseVersion.id == Completion.version_id)
        .outerjoin(believed, (believed.enrolment_id == Completion.enrolment_id) & believed.current())
        .outerjoin(successor, successor.replaces_id == Certificate.id)
    )


def _read(
    certificate: Certificate,
    version_id: int,
    voided_at: datetime | None,
    believed_id: int | None,
    superseded_at: datetime | None,
    successor: str | None,
    replaced_at: datetime | None,
) -> Issued:
    """Put a row of `_issued` together; a completion that was only corrected still stands behind its certificate."""
    events = Events(
        expires_on=certificate.expires_on,
        superseded_on=_day(superseded_at),
        replaced_on=_day(replaced_at),
        voided_on=_day(voided_at) if believed_id is None else None,
    )
    return Issued(certificate, Payload.from_json(certificate.payload), version_id, events, successor)


def _day(moment: datetime | None) -> date | None:
    return local_date(moment) if moment else None
