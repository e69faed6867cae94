"""Who may open a page: written on the view, and refused when it is not written."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import quote

from flask import Flask, current_app, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from lms.errors import Forbidden
from lms.permissions import Permission
from lms.web import resume
from lms.web.redirects import here
from lms.web.replies import message, wants_json

View = TypeVar("View", bound=Callable[..., Any])

SIGN_IN = "/sign-in"
READING = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Access:
    """What a view asks of the person who opens it."""

    needs_sign_in: bool
    permission: Permission | None = None

    def admits(self, person: Any) -> bool:
        """Tell whether this person may open the view; the person is not looked at if nothing is asked."""
        if not self.needs_sign_in:
            return True
        return bool(person.is_authenticated) and (self.permission is None or bool(person.may(self.permission)))


PUBLIC = Access(needs_sign_in=False)
SIGNED_IN = Access(needs_sign_in=True)


def public(view: View) -> View:
    """Let everybody open a view."""
    return _declare(view, PUBLIC)


def signed_in(view: View) -> View:
    """Let everybody with an account open a view."""
    return _declare(view, SIGNED_IN)


def requires(permission: Permission) -> Callable[[View], View]:
    """Let only people with a permission open a view; which objects they see is the query's to decide."""
    return lambda view: _declare(view, Access(needs_sign_in=True, permission=permission))


def reads_only(view: View) -> View:
    """Keep a view from writing even when a form is posted to it, so that it waits for nobody who writes."""
    vars(view)["reads_only"] = True
    return view


def _declare(view: View, access: Access) -> View:
    vars(view)["access"] = access
    return view


def access_of(app: Flask, endpoint: str) -> Access | None:
    """Return what the view of an endpoint asks for; None if it does not say or does not exist."""
    return getattr(app.view_functions.get(endpoint), "access", None)


def is_reading(app: Flask, endpoint: str | None) -> bool:
    """Tell whether the view of an endpoint only reads, whatever the method."""
    return getattr(app.view_functions.get(endpoint or ""), "reads_only", False)


def declared_access(app: Flask) -> dict[str, Access | None]:
    """Return what each endpoint asks for, with None for those that have not said: those are refused."""
    return {endpoint: access_of(app, endpoint) for endpoint in app.view_functions}


def check_access() -> ResponseReturnValue | None:
    """Refuse the request, or ask to sign in, unless the view admits the person who sent it."""
    if request.endpoint is None:
        return None  # no such page, or not with this method: the error pages answer
    access = access_of(current_app, request.endpoint)
    if access is None:
        raise Forbidden
    if access.needs_sign_in and not current_user.is_authenticated:
        return ask_to_sign_in()
    if not access.admits(current_user):
        raise Forbidden
    return None


def ask_to_sign_in() -> ResponseReturnValue:
    """Send somebody unknown to the sign-in page and back; a form that they have posted is kept meanwhile."""
    if wants_json():
        return message(_("Your session has ended. Sign in again."), 401, sign_in=SIGN_IN)
    if request.method not in READING:
        return resume.session_ended(SIGN_IN)
    return redirect(sign_in_url())


def sign_in_url() -> str:
    """Return the address of the sign-in page, with the way back to the page that is being read."""
    is_worth_returning_to = request.method == "GET" and request.endpoint is not None and request.path != SIGN_IN
    return f"{SIGN_IN}?next={quote(here(), safe='/')}" if is_worth_returning_to else SIGN_IN
