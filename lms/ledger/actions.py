"""Recording in the transaction of an act, and sealing what was recorded."""

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import rfc8785
from flask_babel import gettext as _
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from lms.clock import drift
from lms.database import db
from lms.errors import DomainError
from lms.ledger.merkle import Subtree, grow, leaf_hash, peak_places, root_of
from lms.ledger.models import LedgerEntry, LedgerHead, LedgerNode

LOCK = 7_203  # PostgreSQL's advisory lock: writers share it, sealing takes it alone
TICK = timedelta(microseconds=1)
MOST_DRIFT = timedelta(minutes=1)
CHUNK = 10_000  # entries held in memory at once while sealing

_BEGINNING = datetime.min.replace(tzinfo=UTC)
_insert_entry = LedgerEntry.__table__.insert().inline()  # type: ignore[attr-defined]


class ClockJumped(DomainError):
    """The system's clock moved while the process ran; a head sealed now could pin a wrong time for ever."""


def record(
    kind: str,
    subject: str,
    *,
    by: str,
    now: datetime,
    person: str | None = None,
    facts: Mapping[str, Any],
    session: Session | None = None,
) -> datetime:
    """Add one entry about an act and return the act's moment, later than every sealed head whatever the clock says.

    `by` and `person` are pseudonyms. Every row of the act carries the moment as its `recorded_at`.
    `facts` must be JSON; personal data belongs there and nowhere else, since only facts can be erased.
    """
    session = session or db.session()
    moment = max(now, _floor(session))
    nonce, canonical = os.urandom(16), rfc8785.dumps(dict(facts))
    row = {
        "recorded_at": moment,
        "kind": kind,
        "subject": subject,
        "person": person,
        "actor": by,
        "facts_digest": hashlib.sha256(nonce + canonical).digest(),
        "facts": canonical.decode(),
        "nonce": nonce,
    }
    session.execute(_insert_entry, row)
    return moment


def _floor(session: Session) -> datetime:
    """Return the first moment after the last head, and keep sealing out until this transaction ends.

    The lock comes in a statement of its own: a snapshot taken before it could miss a head.
    """
    floor: datetime
    transaction, floor = session.info.get("ledger_floor", (None, _BEGINNING))
    if transaction is None or transaction is not session.get_transaction():
        if session.get_bind().dialect.name == "postgresql":
            session.execute(select(func.pg_advisory_xact_lock_shared(LOCK)))
        last = session.scalar(select(func.max(LedgerHead.sealed_at)))
        floor = last + TICK if last else _BEGINNING
        session.info["ledger_floor"] = session.get_transaction(), floor
    return floor


def leaf_data(entry: LedgerEntry) -> bytes:
    """Write what stays of an entry for ever (RFC 8785); its facts are in it by their digest only."""
    return rfc8785.dumps(
        {
            "actor": entry.actor,
            "at": entry.recorded_at.astimezone(UTC).isoformat(timespec="microseconds"),
            "facts": entry.facts_digest.hex(),
            "kind": entry.kind,
            "person": entry.person,
            "subject": entry.subject,
        }
    )


def seal(session: Session, *, now: datetime) -> LedgerHead | None:
    """Give every unsealed entry its position and close the moment with one head; None if nothing waits.

    Raises ClockJumped while the system's clock cannot be trusted.
    """
    if drift() > MOST_DRIFT:
        raise ClockJumped(_("The clock of this machine was moved. Restart the service, then try again."))
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET LOCAL lock_timeout = '2s'; SET LOCAL statement_timeout = 0"))
        session.execute(select(func.pg_advisory_xact_lock(LOCK)))
    last = session.scalars(select(LedgerHead).order_by(LedgerHead.size.desc()).limit(1)).first()
    size, floor = (last.size, last.sealed_at + TICK) if last else (0, _BEGINNING)
    peaks, before = peaks_at(session, size), size
    for entries in _waiting(session):
        _append(session, peaks, entries, size)
        size += len(entries)
        floor = max(floor, *(entry.recorded_at for entry in entries))
        for entry in entries:
            session.expunge(entry)
    if size == before:
        return None
    head = LedgerHead(size=size, sealed_at=max(now, floor), root=root_of(peaks))
    session.add(head)
    session.flush()
    return head


def _waiting(session: Session) -> Iterator[Sequence[LedgerEntry]]:
    """Yield the unsealed entries, chunk by chunk, in the order in which they were recorded."""
    last_id = 0
    while True:
        query = select(LedgerEntry).where(LedgerEntry.position.is_(None), LedgerEntry.id > last_id)
        entries = session.scalars(query.order_by(LedgerEntry.id).limit(CHUNK)).all()
        if not entries:
            return
        last_id = entries[-1].id
        yield entries


def _append(session: Session, peaks: list[Subtree], entries: Sequence[LedgerEntry], size: int) -> None:
    """Put entries at the end of the tree; `peaks` grows with it."""
    nodes: list[dict[str, Any]] = []
    for position, entry in enumerate(entries, size):
        full = grow(peaks, leaf_hash(leaf_data(entry)), position)
        nodes += [{"level": node.level, "position": node.position, "hash": node.hash} for node in full]
    session.execute(LedgerNode.__table__.insert(), nodes)  # type: ignore[attr-defined]
    session.execute(update(LedgerEntry), [{"id": e.id, "position": p} for p, e in enumerate(entries, size)])


def peaks_at(session: Session, size: int) -> list[Subtree]:
    """Read the O(log n) full subtrees that make up the tree of one size."""
    nodes = [session.get_one(LedgerNode, place) for place in peak_places(size)]
    return [Subtree(node.level, node.position, node.hash) for node in nodes]
