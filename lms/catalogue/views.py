"""Public pages of courses: the landing page, the catalogue, media, the glossary and the laws."""

from collections.abc import Mapping
from io import BytesIO

from flask import Blueprint, abort, make_response, render_template, send_file
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from lms.catalogue import citations, search
from lms.catalogue.course import Law, Term
from lms.catalogue.forms import SearchForm
from lms.catalogue.queries import find_course, get_current, get_media, list_laws, list_published, list_terms
from lms.errors import NotFound
from lms.languages import LANGUAGE_NAMES, in_language, sort_key
from lms.web.access import ask_to_sign_in, public
from lms.web.language import current_language
from lms.web.navigation import Place, Section, add

bp = Blueprint("catalogue", __name__, template_folder="templates")
add(bp, Section(_l("Courses"), "catalogue.courses", order=20))
add(bp, Section(_l("Glossary"), "catalogue.glossary", order=30, place=Place.FOOTER))
add(bp, Section(_l("Acts"), "catalogue.laws", order=40, place=Place.FOOTER))

A_YEAR = 365 * 24 * 60 * 60
# A drawing may hold code of its own: opened by itself it gets no rights at all.
ALONE = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@bp.get("/")
@public
def index() -> ResponseReturnValue:
    """Show what this is about, the courses, and where to check a certificate."""
    published = list_published()
    return render_template("catalogue/index.html", courses=published, form=SearchForm(None))


@bp.get("/courses")
@public
def courses() -> ResponseReturnValue:
    """List the courses, or those that somebody looks for."""
    form, published = SearchForm(), list_published()
    is_asked = form.validate()
    found = search.search(published, form.q.data or "", form.hours.data or "") if is_asked else published
    return render_template("catalogue/courses.html", courses=found, count=len(published), form=form)


@bp.get("/courses/<course>/media/<digest>/<name>")
@public
def media(course: str, digest: str, name: str) -> ResponseReturnValue:
    """Send a picture, sound or document of a course; its address names its content, so that it is asked for once."""
    if (found := find_course(course)) is None:
        raise NotFound
    is_open = get_current(found.id).is_open
    if not is_open and not current_user.is_authenticated:
        abort(make_response(ask_to_sign_in()))
    file = get_media(found.id, digest, name)
    response = send_file(BytesIO(file.content), file.media_type, download_name=name, etag=digest, max_age=A_YEAR)
    response.headers["Cache-Control"] = f"{'public' if is_open else 'private'}, max-age={A_YEAR}, immutable"
    if file.media_type == "image/svg+xml":
        response.headers["Content-Security-Policy"] = ALONE
    return response


@bp.get("/glossary")
@public
def glossary() -> ResponseReturnValue:
    """List the terms that the courses explain, by the alphabet of the page's language."""
    terms: dict[str, Term] = {}
    laws: dict[str, Law] = {}
    for course in reversed(list_published()):
        terms |= list_terms(course)
        laws |= list_laws(course)
    return render_template(
        "catalogue/glossary.html", terms=sorted(terms.values(), key=lambda term: _key(term.term)), laws=laws
    )


@bp.get("/laws")
@public
def laws() -> ResponseReturnValue:
    """List the laws that the courses rest on."""
    laws: dict[str, Law] = {}
    for course in reversed(list_published()):
        laws |= list_laws(course)
    return render_template("catalogue/laws.html", laws=sorted(laws.values(), key=lambda law: _key(law.title)))


def _key(texts: Mapping[str, str]) -> bytes:
    return sort_key(in_language(texts, current_language()).lstrip('«“"'))


@bp.app_template_filter("in_language")
def in_current_language(texts: Mapping[str, str]) -> str:
    """Return the text in the language of the page, or in another one that there is; nothing if there is none."""
    return in_language(texts, current_language()) if texts else ""


@bp.app_template_filter()
def language_name(code: str) -> str:
    """Return the name of a language in itself."""
    return LANGUAGE_NAMES[code]


bp.add_app_template_filter(citations.group, "citations")
