"""Changes of places; a name or region is corrected by superseding the term and inserting the next."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from lms.centres.models import Centre, CentreTerm, StateBody, StateBodyTerm
from lms.centres.queries import (
    find_centre_by_code,
    find_state_body_by_code,
    get_centre,
    get_state_body,
    list_bodies_below,
)
from lms.database import db
from lms.errors import DomainError
from lms.ledger.actions import record
from lms.ledger.actor import Actor


@dataclass(frozen=True, slots=True)
class CentreFacts:
    """What a centre's term says."""

    region_code: str
    name_kk: str
    name_ru: str
    name_en: str
    contact: str
    signatory: str


@dataclass(frozen=True, slots=True)
class StateBodyFacts:
    """What a state body's term says; `level` is central, oblast or district."""

    region_code: str
    level: str
    name_kk: str
    name_ru: str
    name_en: str
    parent_id: int | None = None


class CodeTaken(DomainError):
    """Another centre or state body already has the code."""


class TreeWouldLoop(DomainError):
    """A state body cannot stand under itself or under one of its own bodies."""


def create_centre(code: str, facts: CentreFacts, *, by: Actor, now: datetime) -> Centre:
    """Add a retraining centre."""
    if find_centre_by_code(code):
        raise CodeTaken(_("The code %(code)s is taken. Choose another one.", code=code))
    centre = Centre(code=code)
    db.session.add(centre)
    db.session.flush()
    known = _record("centre created", f"centre:{centre.id}", asdict(facts), by=by, now=now)
    db.session.add(CentreTerm(centre_id=centre.id, recorded_at=known, **asdict(facts)))
    db.session.flush()
    return centre


def change_centre(centre_id: int, facts: CentreFacts, *, by: Actor, now: datetime) -> None:
    """Correct or rename a centre; the same facts again change nothing."""
    db.session.get_one(Centre, centre_id, with_for_update=True)
    old = get_centre(centre_id)
    if all(getattr(old, name) == value for name, value in asdict(facts).items()):
        return
    known = _record("centre changed", f"centre:{centre_id}", asdict(facts), by=by, now=now)
    old.superseded_at = known
    db.session.flush()
    db.session.add(CentreTerm(centre_id=centre_id, recorded_at=known, **asdict(facts)))
    db.session.flush()


def create_state_body(code: str, facts: StateBodyFacts, *, by: Actor, now: datetime) -> StateBody:
    """Add a state body."""
    if find_state_body_by_code(code):
        raise CodeTaken(_("The code %(code)s is taken. Choose another one.", code=code))
    body = StateBody(code=code)
    db.session.add(body)
    db.session.flush()
    known = _record("state body created", f"state_body:{body.id}", asdict(facts), by=by, now=now)
    db.session.add(StateBodyTerm(state_body_id=body.id, recorded_at=known, **asdict(facts)))
    db.session.flush()
    return body


def change_state_body(state_body_id: int, facts: StateBodyFacts, *, by: Actor, now: datetime) -> None:
    """Correct, rename or move a state body; the same facts again change nothing. Raises TreeWouldLoop."""
    _lock_tree()
    if facts.parent_id is not None and facts.parent_id in list_bodies_below(state_body_id):
        raise TreeWouldLoop(_("A state body cannot stand under itself or under one of its own bodies."))
    old = get_state_body(state_body_id)
    if all(getattr(old, name) == value for name, value in asdict(facts).items()):
        return
    known = _record("state body changed", f"state_body:{state_body_id}", asdict(facts), by=by, now=now)
    old.superseded_at = known
    db.session.flush()
    db.session.add(StateBodyTerm(state_body_id=state_body_id, recorded_at=known, **asdict(facts)))
    db.session.flush()


def _lock_tree() -> None:
    """Let changes of state bodies follow one another, or two moves could each make half of a loop.

    The body with the smallest id stands for the tree; that people are employed there meanwhile does no harm.
    """
    db.session.execute(select(StateBody.id).order_by(StateBody.id).limit(1).with_for_update(key_share=True))


def _record(kind: str, subject: str, facts: Mapping[str, object], *, by: Actor, now: datetime) -> datetime:
    return record(kind, subject, facts=facts, by=by.pseudonym, now=now)
