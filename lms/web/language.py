"""Which language a page is in: asked for by address, then remembered, then the account's, then the browser's."""

from typing import Any, NamedTuple

from babel.support import NullTranslations
from flask import Flask, has_request_context, request, session
from flask_babel import Babel, get_locale, get_translations
from flask_login import current_user
from markupsafe import Markup

from lms.languages import DEFAULT_LANGUAGE, LANGUAGE_LABELS, LANGUAGE_NAMES, LANGUAGES
from lms.web.redirects import came_from, here_with

ARGUMENT = "lang"
COMMAND_LANGUAGE = "en"  # of commands and of what runs in the background


class Switch(NamedTuple):
    """The link to the present page in one language."""

    code: str
    label: str  # the short name that stands in the masthead
    name: str
    url: str
    is_current: bool


def init_app(app: Flask) -> None:
    """Let every page find its language, and `?lang=…` on any page change it."""
    Babel(app, default_locale=DEFAULT_LANGUAGE, default_timezone="Asia/Almaty", locale_selector=choose_language)
    # A page has dozens of texts: these look each up at a fraction of what the extension's own functions cost.
    app.jinja_env.globals.update(_=translate, gettext=translate, ngettext=translate_plural)
    app.before_request(remember_language)


def translate(text: str, /, **values: Any) -> Markup:
    """Translate a text of a template; the values are escaped."""
    words = Markup(_catalogue().ugettext(text))
    return words % values if "%" in words else words


def translate_plural(singular: str, plural: str, number: int, /, **values: Any) -> Markup:
    """Translate a text of a template for a number, which is the value `num` unless another one is given."""
    return Markup(_catalogue().ungettext(singular, plural, number)) % ({"num": number} | values)


_catalogues: dict[str, NullTranslations] = {}


def _catalogue() -> NullTranslations:
    """Return the texts in the present language, read once a process."""
    language = current_language()
    if language not in _catalogues:
        _catalogues[language] = get_translations()
    return _catalogues[language]


def remember_language() -> None:
    """Keep the language that the address asks for in the signed cookie."""
    asked = request.args.get(ARGUMENT)
    if asked in LANGUAGES and session.get("language") != asked:
        session["language"] = asked


def choose_language() -> str:
    """Return the language of the present request."""
    if not has_request_context():
        return COMMAND_LANGUAGE
    for choice in (request.args.get(ARGUMENT), session.get("language")):
        if choice in LANGUAGES:
            return str(choice)
    if current_user.is_authenticated and current_user.language in LANGUAGES:
        return str(current_user.language)
    return request.accept_languages.best_match(LANGUAGES) or DEFAULT_LANGUAGE


def current_language() -> str:
    """Return the code of the language that is being written now: kk, ru or en."""
    locale = get_locale()
    return locale.language if locale else DEFAULT_LANGUAGE


def switch_urls() -> list[Switch]:
    """Return a link to the present page for each language; everything else in its address stays."""
    present = current_language()
    return [
        Switch(code, LANGUAGE_LABELS[code], LANGUAGE_NAMES[code], _url_in(code), code == present) for code in LANGUAGES
    ]


def _url_in(code: str) -> str:
    """Return the address of the present page in a language; where only a POST leads, that of the page before."""
    if request.url_rule is None or "GET" in (request.url_rule.methods or ()):
        return here_with(**{ARGUMENT: code})
    before = (came_from() or "/").split("?")[0]
    return f"{before}?{ARGUMENT}={code}"
