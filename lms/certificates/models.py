"""Tables of certificates as issued."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from lms.database import AppendOnly, Base, Code, Id, key, only_one


class Certificate(AppendOnly, Base):
    """A certificate as issued; never changed, and its state is worked out from what happened since."""

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("number"),
        UniqueConstraint("replaces_id"),
        only_one("uq_certificate_of_completion", "completion_id", where="replaces_id IS NULL"),
        Index("ix_certificate_expires_on", "expires_on", "id"),
        Index("ix_certificate_completion", "completion_id"),
    )

    id: Mapped[Id]
    number: Mapped[Code]
    completion_id: Mapped[int] = key("completion.id")
    replaces_id: Mapped[int | None] = key("certificate.id")
    payload: Mapped[str]
    template: Mapped[Code]
    issued_at: Mapped[datetime]
    expires_on: Mapped[date | None]
    recorded_at: Mapped[datetime]
