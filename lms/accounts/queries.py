"""Reads of people: who signs in, where they work, what they were granted."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select

from lms.accounts.models import Employment, Grant, Person, SignIn
from lms.centres.models import CentreTerm, StateBodyTerm
from lms.database import db
from lms.errors import NotFound
from lms.languages import fold
from lms.permissions import Role


@dataclass(frozen=True, slots=True)
class FigureScope:
    """What an official may see: the whole country, or some regions and bodies (with all that is under them)."""

    is_country: bool
    regions: frozenset[str]
    state_bodies: frozenset[int]


def token_hash(token: str) -> bytes:
    """Return what is stored of a session's token."""
    return hashlib.sha256(token.encode()).digest()


_ROLES = (
    select(func.aggregate_strings(Grant.role, " "))
    .where(Grant.person_id == Person.id, Grant.current())
    .scalar_subquery()
)
# Every page asks this, so that it is put together only once.
_SIGNED_IN = (
    select(Person, _ROLES)
    .join(SignIn, SignIn.person_id == Person.id)
    .where(SignIn.token_hash == bindparam("token_hash"))
    .where(SignIn.ended_at.is_(None), SignIn.expires_at > bindparam("now"))
    .where(Person.suspended_at.is_(None), Person.erased_at.is_(None))
)


def find_signed_in(token: str, now: datetime) -> Person | None:
    """Return the person of a live session with their roles, in one query."""
    row = db.session.execute(_SIGNED_IN, {"token_hash": token_hash(token), "now": now}).first()
    if row is None:
        return None
    person: Person = row[0]
    person.roles = frozenset(Role(role) for role in (row[1] or "").split())  # type: ignore[misc]
    return person


def find_by_login(login: str) -> Person | None:
    """Return the person with an e-mail address or a login name, in any case."""
    login = login.strip().lower()
    query = select(Person).where(or_(Person.email == login, Person.login_name == login), Person.erased_at.is_(None))
    return db.session.scalars(query).first()


def get_person(person_id: int) -> Person:
    """Return a person."""
    if (person := db.session.get(Person, person_id)) is None:
        raise NotFound
    return person


def find_employment(person_id: int) -> Employment | None:
    """Return where a person works now, as known now."""
    query = select(Employment).where(
        Employment.person_id == person_id, Employment.current(), Employment.ends_on.is_(None)
    )
    return db.session.scalars(query).first()


def list_grants(person_id: int) -> Sequence[Grant]:
    """Return what a person was granted and still has."""
    query = select(Grant).where(Grant.person_id == person_id, Grant.current()).order_by(Grant.id)
    return db.session.scalars(query).all()


def list_centres_of(coordinator_id: int) -> frozenset[int]:
    """Return the centres that a person coordinates."""
    grants = list_grants(coordinator_id)
    return frozenset(g.centre_id for g in grants if g.role == Role.COORDINATOR and g.centre_id is not None)


def list_courses_of(trainer_id: int) -> frozenset[int]:
    """Return the courses that a person writes."""
    grants = list_grants(trainer_id)
    return frozenset(g.course_id for g in grants if g.role == Role.TRAINER and g.course_id is not None)


def figure_scope(person_id: int) -> FigureScope:
    """Return what a person may see in reports; a grant without region and body is for the whole country."""
    officials = {Role.OFFICIAL, Role.OFFICIAL_WITH_NAMES}
    grants = [grant for grant in list_grants(person_id) if grant.role in officials]
    return FigureScope(
        is_country=any(grant.region_code is None and grant.state_body_id is None for grant in grants),
        regions=frozenset(g.region_code for g in grants if g.region_code is not None),
        state_bodies=frozenset(g.state_body_id for g in grants if g.state_body_id is not None),
    )


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of a list of people: the person, and where they work now."""

    person: Person
    employment: Employment | None
    centre: CentreTerm | None
    state_body: StateBodyTerm | None


def search_people(
    text: str = "", *, centres: frozenset[int] | None = None, limit: int = 50, offset: int = 0
) -> list[PersonRow]:
    """Return people whose folded name, login or e-mail begins with a text, by name; of some centres only, if given."""
    query = _people(centres).where(*_matches(text)).order_by(Person.sort_key, Person.id).limit(limit).offset(offset)
    return [PersonRow(*row) for row in db.session.execute(query)]


def get_person_row(person_id: int, *, centres: frozenset[int] | None = None) -> PersonRow:
    """Return a person with their workplace; of some centres only, if given: anybody else is not found."""
    if (row := db.session.execute(_people(centres).where(Person.id == person_id)).first()) is None:
        raise NotFound
    return PersonRow(*row)


def list_people(person_ids: Iterable[int], *, centres: frozenset[int]) -> list[PersonRow]:
    """Return those of some people who work at the centres, by name."""
    query = _people(centres).where(Person.id.in_(list(person_ids))).order_by(Person.sort_key, Person.id)
    return [PersonRow(*row) for row in db.session.execute(query)]


def find_people(logins: Iterable[str], *, centres: frozenset[int]) -> dict[str, PersonRow]:
    """Return who signs in with each of some logins, in small letters, and works at the centres; others are left out."""
    wanted = {login.strip().lower() for login in logins}
    query = _people(centres).where(or_(Person.email.in_(wanted), Person.login_name.in_(wanted)))
    found = [PersonRow(*row) for row in db.session.execute(query)]
    return {login: row for row in found for login in (row.person.email, row.person.login_name) if login in wanted}


def _people(centres: frozenset[int] | None) -> Select[Person, Employment, CentreTerm, StateBodyTerm]:
    """Select people with where they work now; of some centres only, if given."""
    query = (
        select(Person, Employment, CentreTerm, StateBodyTerm)
        .outerjoin(
            Employment, (Employment.person_id == Person.id) & Employment.current() & Employment.ends_on.is_(None)
        )
        .outerjoin(CentreTerm, (CentreTerm.centre_id == Employment.centre_id) & CentreTerm.current())
        .outerjoin(StateBodyTerm, (StateBodyTerm.state_body_id == Employment.state_body_id) & StateBodyTerm.current())
        .where(Person.erased_at.is_(None))
    )
    return query if centres is None else query.where(Employment.centre_id.in_(centres))


def count_people(text: str = "", *, centres: frozenset[int] | None = None) -> int:
    """Return how many people `search_people` would find without a limit."""
    query = select(func.count(Person.id)).where(Person.erased_at.is_(None), *_matches(text))
    if centres is not None:
        here = select(Employment.person_id).where(
            Employment.centre_id.in_(centres), Employment.current(), Employment.ends_on.is_(None)
        )
        query = query.where(Person.id.in_(here))
    return db.session.scalar(query) or 0


def _matches(text: str) -> list[ColumnElement[bool]]:
    """Search by ranges, which both databases answer from an index, and which know nothing of LIKE's signs."""
    folded, lowered = fold(text), text.strip().lower()
    if not folded:
        return []
    return [
        or_(
            Person.search_name.between(folded, folded + "\uffff"),
            Person.email == lowered,
            Person.login_name == lowered,
        )
    ]


def list_sign_ins(person_id: int, now: datetime) -> Sequence[SignIn]:
    """Return a person's live sessions, the newest first."""
    query = select(SignIn).where(SignIn.person_id == person_id, SignIn.ended_at.is_(None), SignIn.expires_at > now)
    return db.session.scalars(query.order_by(SignIn.started_at.desc())).all()


def is_staff(person_id: int) -> bool:
    """Say whether a person holds any role now."""
    return db.session.scalar(select(Grant.id).where(Grant.person_id == person_id, Grant.current()).limit(1)) is not None


def count_holders() -> dict[Role, int]:
    """Return how many people hold each role; a role that nobody holds is left out."""
    query = select(Grant.role, func.count(Grant.person_id.distinct())).where(Grant.current()).group_by(Grant.role)
    return {Role(role): count for role, count in db.session.execute(query)}
