"""Forms that outlive a session: what was posted is kept in the page until it can be sent again, so nothing is lost.

The form travels signed in a hidden field, never on the server and never in an address. The pages of signing in repeat
it with `{{ kept_form_field() }}`; when the person is known again, the view answers with `offer(kept_form())`.
"""

from dataclasses import dataclass

from flask import current_app, g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadData, URLSafeTimedSerializer
from markupsafe import Markup

from lms.web.redirects import here, is_from_this_site, safe_path

FIELD = "kept_form"
HANDED_OVER = "handed_over"
MAX_BYTES = 64 * 1024
MAX_SECONDS = 24 * 60 * 60
TECHNICAL = frozenset({"csrf_token", "form_key", FIELD, HANDED_OVER})
SECRET_WORDS = ("password", "secret", "totp")


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A form that was posted but not carried out: the path it was sent to, and its fields in order."""

    path: str
    fields: tuple[tuple[str, str], ...]

    @property
    def texts(self) -> list[tuple[str, str]]:
        """Return what a person has filled in, to be shown before it is sent again."""
        return [(name, value) for name, value in self.fields if value.strip() and name not in TECHNICAL]


def posted_form() -> KeptForm | None:
    """Return the form of the present request, if it can be kept.

    It cannot when another site has sent it, when it holds a file or a secret, and when it is longer than 64 KB.
    """
    fields = tuple((name, value) for name, value in request.form.items(multi=True) if name != "csrf_token")
    if not fields or request.files or not is_from_this_site():
        return None
    if any(word in name.lower() for name, _ in fields for word in SECRET_WORDS):
        return None
    if sum(len(name.encode()) + len(value.encode()) for name, value in fields) > MAX_BYTES:
        return None
    return KeptForm(here(), fields)


def kept_form() -> KeptForm | None:
    """Return the form that the present request carries along in its hidden field; None if there is none to trust."""
    try:
        path, fields = _serializer().loads(request.form.get(FIELD, ""), max_age=MAX_SECONDS)
    except BadData:
        return None
    return KeptForm(path, tuple((name, value) for name, value in fields)) if safe_path(path) else None


def kept_form_field() -> Markup:
    """Return the hidden field that carries a kept form on to the next page of signing in; empty if there is none."""
    if kept_form() is None:
        return Markup("")
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, request.form[FIELD])


def is_handed_over() -> bool:
    """Tell whether the present POST only brings a kept form to the sign-in page, with nothing filled in there yet."""
    return HANDED_OVER in request.form


def session_ended(sign_in: str) -> ResponseReturnValue:
    """Tell somebody who has posted a form after the session's end that it is kept, and lead them to sign in."""
    kept = posted_form()
    signed = _serializer().dumps((kept.path, kept.fields)) if kept else None
    return _page("web/session_ended.html", 401, sign_in=sign_in, kept=kept, signed=signed)


def offer(kept: KeptForm, status: int = 200) -> ResponseReturnValue:
    """Show a kept form with a button that sends it again, with a fresh token; nothing is sent without that click."""
    for known in ("csrf_token", "_login_user"):  # signing in may just have changed both
        g.pop(known, None)
    return _page("web/send_again.html", status, kept=kept)


def _page(template: str, status: int, **names: object) -> ResponseReturnValue:
    response = make_response(render_template(template, **names), status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="kept form")
