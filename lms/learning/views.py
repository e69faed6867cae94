"""Pages of the learner's path: my training, a course's outline, a lesson with its self-checks."""

from functools import lru_cache

from flask import Blueprint, abort, current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from markupsafe import Markup

from lms.accounts.models import Person
from lms.accounts.queries import find_employment
from lms.catalogue.published import PublishedCourse, PublishedUnit
from lms.catalogue.queries import find_course, find_published, get_current, get_published, get_version, list_laws
from lms.centres.queries import get_centre
from lms.certificates.queries import list_certificates
from lms.clock import local_date, utcnow
from lms.database import db
from lms.enrolments.queries import find_enrolled
from lms.errors import NotFound
from lms.learning import actions, checks, units
from lms.learning.checks import Asked
from lms.learning.forms import DoneForm
from lms.learning.opening import Opening, read, sign
from lms.learning.queries import find_standing, list_training
from lms.learning.showing import shows_passed_score
from lms.web.access import ask_to_sign_in, public, reads_only, signed_in
from lms.web.language import current_language
from lms.web.navigation import Section, add

KEPT_TEXTS = 1024
HOLE = Markup("<!--fields-->")  # in a text that is kept, where the fields go that no two pages have alike

bp = Blueprint("learning", __name__, template_folder="templates")
add(bp, Section(_l("My training"), "learning.my", order=10))


@bp.get("/my")
@signed_in
def my() -> ResponseReturnValue:
    """Show what is due, what is under way, and what is completed with its certificate."""
    today = local_date(utcnow())
    training = list_training(current_user.id, today)
    employment = find_employment(current_user.id)
    issued = list_certificates(current_user.id) if any(one.path.is_completed for one in training) else []
    return render_template(
        "learning/my.html",
        open=[one for one in training if one.enrolled.is_open],
        completed=[one for one in reversed(training) if one.enrolled.completion],
        certificates={one.certificate.completion_id: one for one in reversed(issued)},
        centre=get_centre(employment.centre_id) if employment else None,
        today=today,
    )


@bp.get("/courses/<course>")
@public
def course(course: str) -> ResponseReturnValue:
    """Show the outline of a course, and to those who take it what is left."""
    published = _get_course(course)
    standing, today = find_standing(_reader_id(), published), local_date(utcnow())
    due_on = standing.enrolled.term.due_on if standing.enrolled else None
    return render_template(
        "learning/course.html",
        course=published,
        standing=standing,
        path=standing.path,
        scored=[unit.id for unit in published.units if shows_passed_score(unit, due_on, today)],
        today=today,
    )


@bp.get("/courses/<course>/<module>/<unit>")
@public
def unit(course: str, module: str, unit: str) -> ResponseReturnValue:
    """Show a lesson, or a quiz by the package that knows quizzes."""
    published, found = _get_unit(course, module, unit)
    answer: ResponseReturnValue = units.page_of(found.kind)(published, found)
    return answer


@bp.get("/courses/<course>/<module>/<unit>/checks/<check>")
@public
def check_place(course: str, module: str, unit: str, check: str) -> ResponseReturnValue:
    """Lead to a self-check in its lesson: whoever has answered it is at this address, and comes back to it."""
    published, lesson = _get_unit(course, module, unit)
    if lesson.kind != "lesson" or check not in lesson.page(current_language()).questions:
        raise NotFound
    return redirect(f"{unit_url(published, lesson)}#check-{check}")


@bp.post("/courses/<course>/<module>/<unit>/checks/<check>")
@public
@reads_only
def check(course: str, module: str, unit: str, check: str) -> ResponseReturnValue:
    """Show the lesson again, with what there is to say about an answer; nothing is kept."""
    published, lesson = _get_unit(course, module, unit)
    question = lesson.page(current_language()).questions.get(check)
    if lesson.kind != "lesson" or question is None:
        raise NotFound
    asked = checks.answer(lesson, question, request.form, language=current_language())
    return _lesson(published, lesson, {check: asked}, _opening())


@bp.post("/courses/<course>/<module>/<unit>/done")
@signed_in
def done(course: str, module: str, unit: str) -> ResponseReturnValue:
    """Note that a lesson is read, and go on to what is next."""
    published, lesson = _get_unit(course, module, unit)
    enrolled = find_enrolled(current_user.id, published.course_id)
    completion = actions.finish_lesson(
        enrolled, lesson, language=current_language(), opening=_opening(), by=_reader(), now=utcnow()
    )
    db.session.commit()
    if completion is not None and enrolled is not None and enrolled.completion is None:
        flash(_("You have completed the course. Your certificate is ready."), "ok")
        return redirect(url_for(".course", course=published.slug))
    step = find_standing(current_user.id, published).path.after(lesson.id)
    return redirect(unit_url(published, step.unit) if step else url_for(".course", course=published.slug))


@bp.post("/courses/<course>/enrol")
@signed_in
def enrol(course: str) -> ResponseReturnValue:
    """Take a course by one's own wish."""
    published = get_published(course)
    actions.enrol_oneself(_reader(), published, now=utcnow())
    db.session.commit()
    flash(_("The course is among yours now. What you read from here on is noted."), "ok")
    return redirect(url_for(".course", course=published.slug))


def show_lesson(course: PublishedCourse, lesson: PublishedUnit) -> ResponseReturnValue:
    """Show a lesson with its self-checks, and the button that finishes it to those who take the course."""
    return _lesson(course, lesson, {})


units.register("lesson", show_lesson)


@bp.app_template_global()
def unit_url(course: PublishedCourse, unit: PublishedUnit) -> str:
    """Return the address of a lesson or a quiz."""
    return url_for("learning.unit", course=course.slug, module=unit.module, unit=unit.slug)


def _lesson(
    course: PublishedCourse, lesson: PublishedUnit, answered: dict[str, Asked], opened: Opening | None = None
) -> str:
    page = lesson.page(current_language())
    standing = find_standing(_reader_id(), course)
    opening = Opening(lesson.id, course.number, opened.at if opened and opened.unit == lesson.id else utcnow())
    form = DoneForm(None, opened=sign(opening, current_app.config["SECRET_KEY"]))
    fields = form.csrf_token(id=False) + form.opened(id=False)
    place = course.units.index(lesson)
    return render_template(
        "learning/lesson.html",
        course=course,
        module=next(module for module in course.modules if module.slug == lesson.module),
        unit=lesson,
        page=page,
        standing=standing,
        step=standing.path.step(lesson.id),
        onward=standing.path.after(lesson.id),
        text=_text(course, lesson, answered, fields),
        form=form,
        before=course.units[place - 1] if place else None,
        after=course.units[place + 1] if place + 1 < len(course.units) else None,
        laws=list_laws(course),
    )


def _text(course: PublishedCourse, lesson: PublishedUnit, answered: dict[str, Asked], fields: Markup) -> Markup:
    """Return the text of a lesson with its self-checks, of which most readers have answered none."""
    language = current_language()
    if answered:
        return _render_text(course, lesson, language, answered, fields)
    return Markup(_unanswered(course.digest, course.version_id, lesson.id, language).replace(HOLE, fields))


@lru_cache(maxsize=KEPT_TEXTS)
def _unanswered(_digest: str, version_id: int, unit_id: str, language: str) -> str:
    """Return a text before any answer, drawn once a process; the digest is in the key since a test may use many."""
    course = get_version(version_id)
    return str(_render_text(course, course.unit(unit_id), language, {}, HOLE))


def _render_text(
    course: PublishedCourse, lesson: PublishedUnit, language: str, answered: dict[str, Asked], fields: Markup
) -> Markup:
    page = lesson.page(language)
    asked = checks.ask(lesson, page) | answered
    names = {"course": course, "unit": lesson, "page": page, "asked": asked, "fields": fields}
    return Markup(render_template("learning/_text.html", **names))


def _opening() -> Opening | None:
    """Return when the page of the posted form was opened, if the form says so."""
    return read(DoneForm().opened.data or "", current_app.config["SECRET_KEY"])


def _get_course(slug: str) -> PublishedCourse:
    """Return the current version of a course; a retired one only for those who take or took it."""
    if (published := find_published(slug)) is not None:
        return published
    reader, retired = _reader_id(), find_course(slug)
    if reader is None or retired is None or find_enrolled(reader, retired.id) is None:
        raise NotFound
    return get_current(retired.id)


def _get_unit(slug: str, module: str, unit: str) -> tuple[PublishedCourse, PublishedUnit]:
    """Return a unit of a course that the reader may read: whoever has no account, of an open course only."""
    course = _get_course(slug)
    if not course.has_unit(f"{module}/{unit}"):
        raise NotFound
    if not course.is_open and not current_user.is_authenticated:
        abort(make_response(ask_to_sign_in()))
    return course, course.unit(f"{module}/{unit}")


def _reader() -> Person:
    person: Person = current_user._get_current_object()
    return person


def _reader_id() -> int | None:
    return current_user.id if current_user.is_authenticated else None
