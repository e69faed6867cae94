"""Error pages in three languages at once: what happened, what is safe, what to do, and a number that is in the log."""

from typing import NamedTuple

import structlog
from flask import Flask, Response, current_app, flash, g, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.exceptions import HTTPException

from lms.database import db
from lms.errors import DomainError, Forbidden, NotFound
from lms.languages import LANGUAGES
from lms.web import resume
from lms.web.language import current_language
from lms.web.logging import request_number
from lms.web.redirects import came_from
from lms.web.replies import message, wants_json

RETRY_AFTER_SECONDS = 5
# Primary result codes of SQLite that pass or that an operator can mend: busy, locked, I/O error, full, cannot open.
SQLITE_OUTAGES = frozenset({5, 6, 10, 13, 14})

log = structlog.stdlib.get_logger("lms.errors")


class ErrorText(NamedTuple):
    """What an error page says: what happened, and what to do now."""

    title: LazyString
    advice: LazyString


TEXTS = {
    400: ErrorText(
        _l("The request could not be read"),
        _l("Go back, open the page again and repeat what you did. Nothing has been changed."),
    ),
    403: ErrorText(
        _l("This page is for another role"),
        _l("You are signed in, but this page is not part of your work. If it should be, ask your training centre."),
    ),
    404: ErrorText(
        _l("Page not found"),
        _l("The address has a mistake in it, the page has moved, or it is open only to others."),
    ),
    405: ErrorText(
        _l("This address cannot be opened like that"),
        _l("It belongs to a button of a form. Go back and press the button again. Nothing has been changed."),
    ),
    413: ErrorText(
        _l("Too much was sent at once"),
        _l("The file or the text is larger than we can take. Nothing has been saved: send less at once."),
    ),
    429: ErrorText(
        _l("Too many requests"),
        _l("Wait a minute and try again. Nothing that you saved is lost."),
    ),
    500: ErrorText(
        _l("Something has broken on our side"),
        _l("What you saved before is safe. Wait a minute and open the page again."),
    ),
    503: ErrorText(
        _l("The service is busy"),
        _l(
            "What you saved before is safe. What you sent just now is not saved:"
            " wait a few seconds, go back and send it again."
        ),
    ),
}
OLD_FORM = ErrorText(
    _l("The form has grown old"),
    _l("It was open for too long, or you have signed in again since. Nothing has been saved: open it again."),
)


def init_app(app: Flask) -> None:
    """Turn every error into an answer that a person, or a script, can use."""
    app.register_error_handler(DomainError, refuse)
    app.register_error_handler(NotFound, lambda _: error_page(404))
    app.register_error_handler(Forbidden, lambda _: error_page(403))
    app.register_error_handler(CSRFError, old_form)
    app.register_error_handler(OperationalError, database_out)
    app.register_error_handler(PoolTimeoutError, database_out)
    app.register_error_handler(HTTPException, http_error)


def refuse(error: DomainError) -> ResponseReturnValue:
    """Undo everything, and show the message where the person was: at the form, else on a page of its own."""
    db.session.rollback()
    if wants_json():
        return message(error.message, 422)
    back = came_from()
    if request.method == "POST" and back:
        flash(error.message, "bad")
        return redirect(back, 303)
    return render_template("web/refused.html", message=error.message), 422


def old_form(error: CSRFError) -> ResponseReturnValue:
    """Offer a form whose token no longer fits to be sent again, if it is known who sent it and from where."""
    if wants_json():
        return message(str(OLD_FORM.advice), 400)
    kept = resume.posted_form() if current_user.is_authenticated else None
    return resume.offer(kept, 400) if kept else error_page(400, OLD_FORM)


def http_error(error: HTTPException) -> ResponseReturnValue:
    """Show the page of an HTTP error; keep its headers, such as Allow and Retry-After."""
    code = error.code or 500
    if code < 400 or error.response is not None:
        return error
    if code >= 500:
        forget_reader()
    response = make_response(error_page(code))
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def database_out(error: DBAPIError | PoolTimeoutError) -> ResponseReturnValue:
    """Say that the service is busy if the database is, or is out of reach; anything else is our own fault."""
    if not is_outage(error):
        raise error
    log.error("database unavailable", exc_info=error)
    forget_reader()
    response = make_response(error_page(503))
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def is_outage(error: DBAPIError | PoolTimeoutError) -> bool:
    """Tell an outage from a mistake in a statement, which SQLite reports by the same class."""
    code = getattr(getattr(error, "orig", None), "sqlite_errorcode", None)
    return code is None or code & 0xFF in SQLITE_OUTAGES


def forget_reader() -> None:
    """Draw the rest of this answer as for a stranger: asking who the reader is would ask the database again."""
    g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]
    g.is_stranger = True


def error_page(code: int, text: ErrorText | None = None) -> ResponseReturnValue:
    """Return the page of an error: in the reader's language large, in the other two beside it."""
    text = text or TEXTS.get(code) or TEXTS[500 if code >= 500 else 400]
    number = request_number()
    if wants_json():
        return message(f"{text.title}. {text.advice}", code, number=number)
    try:
        page = render_template("web/error.html", code=code, number=number, texts=in_three_languages(text))
    except Exception:  # whatever broke the page may break this one too, and something must be said
        log.exception("error page failed")
        return Response(f"{code} · {number}\n\n" + plain(text), code, mimetype="text/plain")
    return make_response(page, code, {"Cache-Control": "no-store"})


def in_three_languages(text: ErrorText) -> list[tuple[str, str, str]]:
    """Return (language, title, advice), the reader's language first."""
    own = current_language()
    written = []
    for language in (own, *(other for other in LANGUAGES if other != own)):
        with force_locale(language):
            written.append((language, str(text.title), str(text.advice)))
    return written


def plain(text: ErrorText) -> str:
    """Return the words of an error without a page."""
    return "\n\n".join(f"{title}. {advice}" for _, title, advice in in_three_languages(text))
