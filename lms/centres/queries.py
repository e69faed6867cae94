"""Reads of places: regions, centres and state bodies by their current terms."""

from collections.abc import Sequence

from sqlalchemy import select

from lms.centres.models import Centre, CentreTerm, Region, StateBody, StateBodyTerm
from lms.database import db
from lms.errors import NotFound
from lms.languages import sort_key


def list_regions() -> Sequence[Region]:
    """Return the twenty regions in the order of their codes."""
    return db.session.scalars(select(Region).order_by(Region.code)).all()


def list_centres(language: str) -> list[CentreTerm]:
    """Return every centre's current term, by name."""
    terms = db.session.scalars(select(CentreTerm).where(CentreTerm.current())).all()
    return sorted(terms, key=lambda term: sort_key(term.name(language)))


def get_centre(centre_id: int) -> CentreTerm:
    """Return a centre's current term."""
    query = select(CentreTerm).where(CentreTerm.centre_id == centre_id, CentreTerm.current())
    if (term := db.session.scalars(query).first()) is None:
        raise NotFound
    return term


def list_state_bodies(language: str) -> list[StateBodyTerm]:
    """Return every state body's current term, by name."""
    terms = db.session.scalars(select(StateBodyTerm).where(StateBodyTerm.current())).all()
    return sorted(terms, key=lambda term: sort_key(term.name(language)))


def get_state_body(state_body_id: int) -> StateBodyTerm:
    """Return a state body's current term."""
    query = select(StateBodyTerm).where(StateBodyTerm.state_body_id == state_body_id, StateBodyTerm.current())
    if (term := db.session.scalars(query).first()) is None:
        raise NotFound
    return term


def find_centre_by_code(code: str) -> Centre | None:
    """Return the centre with a code, if there is one."""
    return db.session.scalars(select(Centre).where(Centre.code == code)).first()


def find_state_body_by_code(code: str) -> StateBody | None:
    """Return the state body with a code, if there is one."""
    return db.session.scalars(select(StateBody).where(StateBody.code == code)).first()


def list_bodies_below(state_body_id: int) -> set[int]:
    """Return a state body's id and those of all bodies under it now."""
    start = select(StateBody.id).where(StateBody.id == state_body_id).cte("below", recursive=True)
    below = start.union(
        select(StateBodyTerm.state_body_id)
        .join(start, StateBodyTerm.parent_id == start.c.id)
        .where(StateBodyTerm.current())
    )
    return set(db.session.scalars(select(below.c.id)))
