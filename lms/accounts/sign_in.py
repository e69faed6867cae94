"""Who is signed in: a token in the signed cookie, a session row that can be ended, and the time of the last visit."""

from datetime import UTC, datetime, timedelta

from flask import Flask, current_app, request, session
from flask_login import AnonymousUserMixin, LoginManager

from lms.accounts.actions import end_sign_in, start_sign_in
from lms.accounts.models import Person
from lms.accounts.passwords import verify_password
from lms.accounts.queries import find_signed_in
from lms.clock import utcnow
from lms.config import Config
from lms.database import db
from lms.permissions import Permission
from lms.web.limits import Tries

TOKEN, SEEN = "token", "seen"
GUESSES = Tries("password", most=10, minutes=15)
SEEN_EVERY = timedelta(minutes=1)  # how exactly the last visit is kept, so that not every page sets a cookie


class Visitor(AnonymousUserMixin):
    """Somebody who has not signed in."""

    language = None

    def may(self, _permission: Permission) -> bool:
        """Say no: a visitor may only open what is public."""
        return False


def init_app(app: Flask) -> None:
    """Let every request know who sent it."""
    manager = LoginManager(app)
    manager.session_protection = None  # addresses change on phones; the token and its row are the protection
    manager.anonymous_user = Visitor
    manager.request_loader(lambda _request: _signed_in_person())


def fits(person: Person | None, password: str) -> Person | None:
    """Return the person, locked, if the password is theirs and the account is open; else None.

    The present transaction ends first, with what was not committed: comparing takes long by design, and on SQLite
    whoever may write keeps everybody else waiting. It takes as long if there is no such person.
    """
    person_id, hashed = (person.id, person.password_hash) if person else (None, None)
    db.session.rollback()
    if not verify_password(password, hashed) or person_id is None:
        return None
    found = db.session.get_one(Person, person_id, with_for_update=True, populate_existing=True)
    return found if found.is_active and found.password_hash == hashed else None


def remember(person: Person, *, now: datetime) -> None:
    """Sign a person in on this device; what an earlier session kept in the cookie is dropped, but for the language."""
    config: Config = current_app.config["LMS"]
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language
    session[TOKEN] = start_sign_in(person, device=str(request.user_agent)[:200], hours=config.sign_in_hours, now=now)
    session[SEEN] = now.isoformat(timespec="seconds")
    session.permanent = True


def forget(*, now: datetime) -> None:
    """Sign out on this device."""
    if token := session.get(TOKEN):
        end_sign_in(token, now=now)
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language


def current_token() -> str | None:
    """Return the token of the present session."""
    return session.get(TOKEN)


def _signed_in_person() -> Person | None:
    token, seen = session.get(TOKEN), session.get(SEEN)
    if not token or not seen:
        return None
    config: Config = current_app.config["LMS"]
    now = utcnow()
    last = datetime.fromisoformat(seen).astimezone(UTC)
    if now - last > timedelta(minutes=config.idle_minutes):
        return None
    if now - last > SEEN_EVERY:
        session[SEEN] = now.isoformat(timespec="seconds")
    return find_signed_in(token, now)
