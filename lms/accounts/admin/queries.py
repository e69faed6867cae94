"""Reads for the administrator: the roles of a person, each with what it is for."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import select

from lms.accounts.models import Grant
from lms.accounts.scopes import course_titles
from lms.centres.models import CentreTerm, Region, StateBodyTerm
from lms.database import Named, db
from lms.permissions import Role


class Held(NamedTuple):
    """A role that a person holds, and its scope in words."""

    grant: Grant
    role: Role
    scope: str


def list_held(person_id: int, language: str) -> list[Held]:
    """Return the roles of a person, the oldest first."""
    query = (
        select(Grant, CentreTerm, Region, StateBodyTerm)
        .outerjoin(CentreTerm, (CentreTerm.centre_id == Grant.centre_id) & CentreTerm.current())
        .outerjoin(Region, Region.code == Grant.region_code)
        .outerjoin(StateBodyTerm, (StateBodyTerm.state_body_id == Grant.state_body_id) & StateBodyTerm.current())
        .where(Grant.person_id == person_id, Grant.current())
        .order_by(Grant.id)
    )
    rows = db.session.execute(query).all()
    titles = course_titles(language) if any(row[0].course_id for row in rows) else {}
    return [
        Held(grant, Role(grant.role), _scope(grant, (centre, region, body), titles, language))
        for grant, centre, region, body in rows
    ]


def find_held(person_id: int, grant_id: int, language: str) -> Held | None:
    """Return one role of a person, if they still hold it."""
    return next((held for held in list_held(person_id, language) if held.grant.id == grant_id), None)


def _scope(grant: Grant, places: Sequence[Named | None], titles: Mapping[int, str], language: str) -> str:
    if grant.course_id is not None:
        return titles.get(grant.course_id, f"№ {grant.course_id}")
    names = [place.name(language) for place in places if place is not None]
    return ", ".join(names) or _("The whole country")
