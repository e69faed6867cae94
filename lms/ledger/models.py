"""Tables of the ledger: entries, Merkle nodes, sealed heads."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from lms.database import AppendOnly, Base, BigId, Code, Id, some


class LedgerEntry(AppendOnly, Base):
    """One act that matters; everything but the facts stays readable for ever."""

    __tablename__ = "ledger_entry"
    # Sealing gives the position, once; erasing personal data takes facts and nonce away, never the digest.
    may_change: ClassVar = frozenset({"position", "facts", "nonce"})
    __table_args__ = (
        CheckConstraint("(facts IS NULL) = (nonce IS NULL)", name="facts_and_nonce_go_together"),
        some("ix_ledger_entry_unsealed", "id", where="position IS NULL"),
        Index("ix_ledger_entry_person", "person", "id"),
        Index("ix_ledger_entry_subject", "subject", "id"),
    )

    id: Mapped[Id]
    recorded_at: Mapped[datetime]
    kind: Mapped[Code]
    subject: Mapped[str]
    person: Mapped[str | None]
    actor: Mapped[str]
    facts_digest: Mapped[bytes]
    facts: Mapped[str | None]
    nonce: Mapped[bytes | None]
    position: Mapped[int | None] = mapped_column(BigId, unique=True)


class LedgerNode(AppendOnly, Base):
    """Root of one full subtree of the Merkle tree; level 0 holds the leaves."""

    __tablename__ = "ledger_node"

    level: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    hash: Mapped[bytes]


class LedgerHead(AppendOnly, Base):
    """A sealed tree head; nothing recorded later can carry a time up to its `sealed_at`."""

    __tablename__ = "ledger_head"

    size: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    sealed_at: Mapped[datetime] = mapped_column(unique=True)
    root: Mapped[bytes]
    key_id: Mapped[Code | None]  # heads are signed once the ledger is published
    signature: Mapped[bytes | None]
