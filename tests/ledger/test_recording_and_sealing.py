"""The ledger: what is recorded, sealed, and never changed by it."""

import hashlib
import threading
from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from lms.clock import utcnow
from lms.database import ImmutableRowError, db, writing
from lms.ledger.actions import leaf_data, peaks_at, record, seal
from lms.ledger.merkle import Subtree, grow, leaf_hash, node_hash, root_of
from lms.ledger.models import LedgerEntry, LedgerHead
from lms.ledger.queries import find_head

pytestmark = pytest.mark.every_database


def record_one(number: int, now=None) -> None:
    with writing() as session:
        record("act", f"thing:{number}", by="p-1", facts={"n": number}, now=now or utcnow(), session=session)


def naive_root(leaves: list[bytes]) -> bytes:
    """RFC 9162, 2.1.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaf_hash(leaves[0])
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node_hash(naive_root(leaves[:k]), naive_root(leaves[k:]))


@given(st.lists(st.binary(max_size=8), max_size=70))
def test_the_root_is_that_of_the_standard(leaves: list[bytes]) -> None:
    peaks: list[Subtree] = []
    for position, leaf in enumerate(leaves):
        grow(peaks, leaf_hash(leaf), position)

    assert root_of(peaks) == naive_root(leaves)


def test_a_head_covers_every_entry_recorded_before_it(context: Flask) -> None:
    for number in range(5):
        record_one(number)
    with writing() as session:
        first = seal(session, now=utcnow())
    for number in range(3):
        record_one(number)
    with writing() as session:
        second = seal(session, now=utcnow())

    entries = db.session.scalars(select(LedgerEntry).order_by(LedgerEntry.position)).all()
    assert first is not None
    assert second is not None
    assert (first.size, second.size) == (5, 8)
    assert [entry.position for entry in entries] == list(range(8))
    assert second.root == naive_root([leaf_data(entry) for entry in entries])
    assert first.root == root_of(peaks_at(db.session(), 5))


def test_nothing_is_recorded_before_a_head_even_when_the_clock_goes_back(context: Flask) -> None:
    record_one(1)
    with writing() as session:
        head = seal(session, now=utcnow())
        assert head is not None
        sealed_at = head.sealed_at

    record_one(2, now=utcnow() - timedelta(hours=2))

    last = db.session.scalars(select(LedgerEntry).order_by(LedgerEntry.id.desc())).first()
    assert last is not None
    assert last.recorded_at > sealed_at
    assert find_head(sealed_at) is not None
    assert find_head(sealed_at - timedelta(microseconds=1)) is None


def test_sealing_with_nothing_waiting_makes_no_head(context: Flask) -> None:
    with writing() as session:
        assert seal(session, now=utcnow()) is None


def test_entries_of_writers_at_once_never_fall_behind_a_head(context: Flask, app: Flask) -> None:
    stop, heads = threading.Event(), []

    def write(number: int) -> None:
        with app.app_context():
            for step in range(15):
                record_one(number * 100 + step, now=utcnow() - timedelta(minutes=step))

    def sealing() -> None:
        with app.app_context():
            while not stop.is_set():
                with writing() as session:
                    if head := seal(session, now=utcnow()):
                        seen = session.scalars(select(LedgerEntry).where(LedgerEntry.recorded_at <= head.sealed_at))
                        heads.append((head.size, head.sealed_at, len(seen.all())))

    writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    sealer = threading.Thread(target=sealing)
    for thread in (*writers, sealer):
        thread.start()
    for thread in writers:
        thread.join()
    stop.set()
    sealer.join()

    assert heads
    for size, sealed_at, seen_then in heads:
        seen_now = db.session.scalars(select(LedgerEntry.id).where(LedgerEntry.recorded_at <= sealed_at)).all()
        assert size == seen_then == len(seen_now)


def test_an_entry_cannot_be_changed_or_deleted(context: Flask) -> None:
    record_one(1)
    entry = db.session.scalars(select(LedgerEntry)).one()

    entry.actor = "somebody else"
    with pytest.raises(ImmutableRowError):
        db.session.flush()
    db.session.rollback()

    db.session.delete(db.session.scalars(select(LedgerEntry)).one())
    with pytest.raises(ImmutableRowError):
        db.session.flush()


def test_a_head_is_never_made_twice_for_one_size(context: Flask) -> None:
    record_one(1)
    with writing() as session:
        seal(session, now=utcnow())
    with writing() as session:
        seal(session, now=utcnow())

    assert len(db.session.scalars(select(LedgerHead)).all()) == 1
