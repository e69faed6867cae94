"""Reads of the ledger: heads, which are the moments that a report can speak of."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from lms.database import db
from lms.ledger.models import LedgerEntry, LedgerHead


def find_head(at: datetime | None = None) -> LedgerHead | None:
    """Return the last head sealed at or before a moment, or the last of all; None on an empty ledger."""
    query = select(LedgerHead).order_by(LedgerHead.size.desc()).limit(1)
    if at is not None:
        query = query.where(LedgerHead.sealed_at <= at)
    return db.session.scalars(query).first()


def has_unsealed() -> bool:
    """Say whether entries wait to be sealed."""
    query = select(LedgerEntry.id).where(LedgerEntry.position.is_(None)).limit(1)
    return db.session.scalar(query) is not None


def list_entries(subject: str) -> Sequence[LedgerEntry]:
    """Return what happened to one subject, oldest first."""
    query = select(LedgerEntry).where(LedgerEntry.subject == subject).order_by(LedgerEntry.id)
    return db.session.scalars(query).all()


def count_entries() -> int:
    """Return how many entries there are."""
    return db.session.scalar(select(func.count()).select_from(LedgerEntry)) or 0
