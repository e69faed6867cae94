"""Changes of people: accounts, employments, grants, passwords, sessions."""

import secrets
from datetime import date, datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import select, update

from lms.accounts.models import Employment, Grant, Person, SignIn
from lms.accounts.passwords import PasswordHash, hash_password
from lms.accounts.queries import find_by_login, find_employment, token_hash
from lms.database import db
from lms.errors import DomainError
from lms.languages import fold, sort_key
from lms.ledger.actions import record
from lms.ledger.actor import Actor
from lms.permissions import Role


class LoginTaken(DomainError):
    """Another account signs in with the same e-mail address or login name."""


def create_person(
    *,
    last_name: str,
    first_name: str,
    middle_name: str | None = None,
    language: str,
    email: str | None = None,
    login_name: str | None = None,
    password: str | None = None,
    by: Actor,
    now: datetime,
) -> Person:
    """Open an account; everybody with an account can learn. Raises LoginTaken and PasswordTooShort."""
    password_hash = hash_password(password) if password else None  # before the first statement takes a lock
    email, login_name = _login(email), _login(login_name)
    for login in filter(None, (email, login_name)):
        _refuse_taken(login, except_for=None)
    person = Person(
        pseudonym=f"p-{secrets.token_hex(8)}",
        last_name=last_name.strip(),
        first_name=first_name.strip(),
        middle_name=(middle_name or "").strip() or None,
        language=language,
        email=email,
        login_name=login_name,
        password_hash=password_hash,
        created_at=now,
        **_name_keys(last_name, first_name, middle_name),
    )
    db.session.add(person)
    db.session.flush()
    facts = {"last_name": person.last_name, "first_name": person.first_name, "middle_name": person.middle_name}
    record("person created", f"person:{person.id}", person=person.pseudonym, by=by.pseudonym, facts=facts, now=now)
    return person


def rename_person(
    person: Person, *, last_name: str, first_name: str, middle_name: str | None, by: Actor, now: datetime
) -> None:
    """Correct or change a name; certificates already issued keep the name as it was."""
    person.last_name, person.first_name = last_name.strip(), first_name.strip()
    person.middle_name = (middle_name or "").strip() or None
    for name, value in _name_keys(last_name, first_name, middle_name).items():
        setattr(person, name, value)
    facts = {"last_name": person.last_name, "first_name": person.first_name, "middle_name": person.middle_name}
    record("person renamed", f"person:{person.id}", person=person.pseudonym, by=by.pseudonym, facts=facts, now=now)


def change_logins(person: Person, *, email: str | None, login_name: str | None, by: Actor, now: datetime) -> None:
    """Change what a person signs in with."""
    email, login_name = _login(email), _login(login_name)
    for login in filter(None, (email, login_name)):
        _refuse_taken(login, except_for=person)
    person.email, person.login_name = email, login_name
    facts = {"email": email, "login_name": login_name}
    record("logins changed", f"person:{person.id}", person=person.pseudonym, by=by.pseudonym, facts=facts, now=now)


def set_password(person: Person, password_hash: PasswordHash, *, by: Actor, now: datetime) -> None:
    """Set a new password and end every session of the person."""
    person.password_hash = password_hash
    end_sign_ins(person, now=now)
    record("password set", f"person:{person.id}", person=person.pseudonym, by=by.pseudonym, facts={}, now=now)


def suspend(person: Person, *, reason: str, by: Actor, now: datetime) -> None:
    """Close an account until it is restored; every session ends."""
    person.suspended_at = now
    end_sign_ins(person, now=now)
    facts = {"reason": reason}
    record("person suspended", f"person:{person.id}", person=person.pseudonym, by=by.pseudonym, facts=facts, now=now)


def restore(person: Person, *, reason: str, by: Actor, now: datetime) -> None:
    """Open a suspended account again."""
    person.suspended_at = None
    facts = {"reason": reason}
    record("person restored", f"person:{person.id}", person=person.pseudonym, by=by.pseudonym, facts=facts, now=now)


def employ(
    person: Person,
    *,
    centre_id: int,
    state_body_id: int | None,
    category: str,
    position: str | None,
    starts_on: date,
    by: Actor,
    now: datetime,
) -> Employment:
    """Write down where a person works from a day on; what was known before is superseded, the same again is not."""
    facts = {
        "centre_id": centre_id,
        "state_body_id": state_body_id,
        "category": category,
        "position": position,
        "starts_on": starts_on,
    }
    db.session.get_one(Person, person.id, with_for_update=True)
    old = find_employment(person.id)
    if old and all(getattr(old, name) == value for name, value in facts.items()):
        return old
    noted = {**facts, "starts_on": starts_on.isoformat()}
    subject = f"person:{person.id}"
    known = record("employed", subject, person=person.pseudonym, by=by.pseudonym, facts=noted, now=now)
    if old:
        old.superseded_at = known
        db.session.flush()
    employment = Employment(person_id=person.id, recorded_at=known, **facts)
    db.session.add(employment)
    db.session.flush()
    return employment


def grant(
    person: Person,
    role: Role,
    *,
    region_code: str | None = None,
    centre_id: int | None = None,
    state_body_id: int | None = None,
    course_id: int | None = None,
    reason: str,
    by: Actor,
    now: datetime,
) -> Grant:
    """Give a person a role within a scope; the same grant twice is one grant."""
    scope = {
        "region_code": region_code,
        "centre_id": centre_id,
        "state_body_id": state_body_id,
        "course_id": course_id,
    }
    db.session.get_one(Person, person.id, with_for_update=True)
    same = select(Grant).where(Grant.person_id == person.id, Grant.role == role.value, Grant.current())
    for name, value in scope.items():
        same = same.where(getattr(Grant, name) == value if value is not None else getattr(Grant, name).is_(None))
    if (held := db.session.scalars(same).first()) is not None:
        return held
    facts = {"role": role.value, **scope, "reason": reason}
    subject = f"person:{person.id}"
    known = record("granted", subject, person=person.pseudonym, by=by.pseudonym, facts=facts, now=now)
    granted = Grant(person_id=person.id, role=role.value, reason=reason, recorded_at=known, **scope)
    db.session.add(granted)
    db.session.flush()
    return granted


def end_grant(held: Grant, *, reason: str, by: Actor, now: datetime) -> None:
    """Take a role back; ended twice is ended once."""
    person = db.session.get_one(Person, held.person_id, with_for_update=True)
    db.session.refresh(held)
    if held.superseded_at is not None:
        return
    facts = {"role": held.role, "grant": held.id, "reason": reason}
    held.superseded_at = record(
        "grant ended", f"person:{person.id}", person=person.pseudonym, by=by.pseudonym, facts=facts, now=now
    )


def start_sign_in(person: Person, *, device: str, hours: int, now: datetime) -> str:
    """Open a session for a person and return its token, of which only the hash is stored."""
    token = secrets.token_urlsafe(32)
    db.session.add(
        SignIn(
            token_hash=token_hash(token),
            person_id=person.id,
            started_at=now,
            expires_at=now + timedelta(hours=hours),
            device=device[:200],
        )
    )
    return token


def end_sign_in(token: str, *, now: datetime) -> None:
    """End one session."""
    db.session.execute(
        update(SignIn).where(SignIn.token_hash == token_hash(token), SignIn.ended_at.is_(None)).values(ended_at=now)
    )


def end_sign_ins(person: Person, *, now: datetime) -> None:
    """End every session of a person."""
    db.session.execute(
        update(SignIn).where(SignIn.person_id == person.id, SignIn.ended_at.is_(None)).values(ended_at=now)
    )


def _login(text: str | None) -> str | None:
    return (text or "").strip().lower() or None


def _refuse_taken(login: str, *, except_for: Person | None) -> None:
    other = find_by_login(login)
    if other is not None and other is not except_for:
        raise LoginTaken(_("Somebody already signs in with %(login)s.", login=login))


def _name_keys(last_name: str, first_name: str, middle_name: str | None) -> dict[str, object]:
    whole = " ".join(filter(None, (last_name.strip(), first_name.strip(), (middle_name or "").strip())))
    return {"sort_key": sort_key(whole), "search_name": fold(whole)}
