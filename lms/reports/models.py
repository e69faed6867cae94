"""Tables of what was handed out: receipts."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from lms.database import AppendOnly, Base, Code, Id, key


class Receipt(AppendOnly, Base):
    """What was asked, as of which head, and the digest of what was handed out."""

    __tablename__ = "receipt"
    __table_args__ = (Index("ix_receipt_digest", "digest"),)

    id: Mapped[Id]
    number: Mapped[Code] = mapped_column(unique=True)
    person_id: Mapped[int | None] = key("person.id")
    report: Mapped[Code]
    filter: Mapped[str]
    format: Mapped[Code]
    head_size: Mapped[int] = key("ledger_head.size")
    asked_at: Mapped[datetime]
    made_at: Mapped[datetime | None]
    rows: Mapped[int | None]
    digest: Mapped[bytes | None]
