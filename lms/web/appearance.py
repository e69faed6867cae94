"""The view switch: size of text, contrast and theme, kept in a plain cookie and written on the page's root element."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

from flask import Response, current_app, request

COOKIE = "view"
A_YEAR = 365 * 24 * 60 * 60
CHOICES: dict[str, tuple[str, ...]] = {"size": ("large",), "contrast": ("high",), "theme": ("light", "dark")}


def chosen(values: Mapping[str, str]) -> dict[str, str]:
    """Return the choices among `values` that there are; what is left out is as usual."""
    return {name: values[name] for name, known in CHOICES.items() if values.get(name) in known}


def appearance() -> dict[str, str]:
    """Return what the present reader has chosen."""
    return chosen(dict(parse_qsl(request.cookies.get(COOKIE, ""))))


def keep(response: Response, values: Mapping[str, str]) -> Response:
    """Write the choices into the cookie; it says nothing about a person, and scripts need not read it."""
    response.set_cookie(
        COOKIE,
        urlencode(chosen(values)),
        max_age=A_YEAR,
        secure=current_app.config["LMS"].is_production,
        httponly=True,
        samesite="Lax",
    )
    return response
