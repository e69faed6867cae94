"""Headers that every answer carries, and the attributes of cookies."""

from flask import Flask, Response, current_app
from flask.sessions import SecureCookieSessionInterface, SessionMixin

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "media-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # the way back to a form is the referrer, and no other site learns an address
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
A_YEAR_OF_HTTPS = "max-age=31536000; includeSubDomains"


class Sessions(SecureCookieSessionInterface):
    """Keeps the session in a signed cookie, but never with what may be kept: a file belongs to nobody."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Set the cookie if something in it has changed; a style sheet or a picture neither sets nor varies by it."""
        if not (response.cache_control.public or response.cache_control.immutable):
            super().save_session(app, session, response)


def init_app(app: Flask) -> None:
    """Set the attributes of cookies, and add the headers to every answer."""
    is_production = app.config["LMS"].is_production
    app.config.update(
        SESSION_COOKIE_NAME="__Host-session" if is_production else "session",
        SESSION_COOKIE_SECURE=is_production,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        SESSION_REFRESH_EACH_REQUEST=False,  # the time of the last visit changes the cookie once a minute
    )
    app.session_interface = Sessions()
    app.after_request(add_headers)


def add_headers(response: Response) -> Response:
    """Add what the view has not set itself; a page is private, and asked for anew each time."""
    for name, value in ALWAYS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "private, no-cache")
    if response.mimetype == "text/html":
        response.vary.update(("Cookie", "Accept-Language"))
    if current_app.config["LMS"].is_production:
        response.headers.setdefault("Strict-Transport-Security", A_YEAR_OF_HTTPS)
    return response
