"""Pages of the trainer: one's courses, the state of their files, publishing and its impact, how questions do."""

from typing import NamedTuple

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from lms.accounts.models import Person
from lms.catalogue import actions
from lms.catalogue.models import Course
from lms.catalogue.problems import message
from lms.catalogue.published import PublishedCourse, PublishedUnit
from lms.catalogue.queries import get_version, list_versions
from lms.catalogue.sources import UNIT_FILE
from lms.clock import local_date, utcnow
from lms.config import Config
from lms.database import db
from lms.errors import NotFound
from lms.languages import in_language
from lms.markup.problem import Problem
from lms.permissions import Permission
from lms.questions.asking import blank_answer, written_order
from lms.questions.explaining import EVERYTHING, explain
from lms.studio.choices import LEAST_TYPED
from lms.studio.folders import Checked, check_folder
from lms.studio.forms import CHANGES, PublishForm
from lms.studio.impact import InService
from lms.studio.queries import (
    MOST_ATTEMPTS,
    count_learners,
    get_impact,
    get_own_course,
    get_question_report,
    get_quiz_report,
    list_in_service,
    list_own_courses,
    list_version_rows,
)
from lms.studio.statistics import FEWEST
from lms.web.access import requires
from lms.web.language import current_language
from lms.web.navigation import Section, add

bp = Blueprint("studio", __name__, template_folder="templates")
add(bp, Section(_l("My courses"), "studio.courses", order=40))

MOST_PROBLEMS = 200  # shown on one page, errors first


class OwnCourse(NamedTuple):
    """A course as its trainer finds it: what people are shown, and what lies in the folder."""

    slug: str
    title: str
    present: InService | None
    checked: Checked | None  # None without a folder
    learners: int

    @property
    def is_published(self) -> bool:
        """Say whether the folder holds just what people are shown."""
        return bool(self.present and self.checked and self.checked.folder.makes(self.present.stored))


@bp.get("/studio")
@requires(Permission.AUTHOR_COURSES)
def courses() -> ResponseReturnValue:
    """List one's own courses: what people are shown, how the files are, how many learn."""
    return render_template("studio/courses.html", courses=_own(*list_own_courses(current_user.id)))


@bp.get("/studio/<course>", endpoint="course")
@requires(Permission.AUTHOR_COURSES)
def show_course(course: str) -> ResponseReturnValue:
    """Show what the checker says of a course's files, and its versions."""
    row = get_own_course(current_user.id, course)
    (own,) = _own(row)
    problems = sorted(own.checked.reading.problems if own.checked else (), key=lambda one: one.level == "warning")
    by_file: dict[str, list[Problem]] = {}
    for problem in problems[:MOST_PROBLEMS]:
        by_file.setdefault(problem.path, []).append(problem)
    return render_template(
        "studio/course.html",
        own=own,
        versions=list_version_rows(row.id),
        problems=problems,
        by_file=by_file,
        most=MOST_PROBLEMS,
        message=message,
        changes=CHANGES,
    )


@bp.get("/studio/<course>/publish")
@requires(Permission.AUTHOR_COURSES)
def impact(course: str) -> ResponseReturnValue:
    """Show what publishing the files would change, and for whom."""
    (own,) = _own(get_own_course(current_user.id, course))
    if own.is_published or own.checked is None or own.checked.errors:
        return redirect(url_for(".course", course=course))
    return _impact_page(own, own.checked, PublishForm())


@bp.post("/studio/<course>/publish")
@requires(Permission.AUTHOR_COURSES)
def publish(course: str) -> ResponseReturnValue:
    """Publish the files that were shown, as the kind of change that was chosen."""
    (own,) = _own(get_own_course(current_user.id, course))
    form = PublishForm()
    if own.is_published or own.checked is None or own.checked.errors:
        return redirect(url_for(".course", course=course), 303)
    if form.validate_on_submit() and form.is_about(own.checked.folder):
        return _publish(own, own.checked, form)
    return _impact_page(own, own.checked, form), 422


@bp.get("/studio/<course>/questions")
@requires(Permission.AUTHOR_COURSES)
def questions(course: str) -> ResponseReturnValue:
    """Show how the questions of every quiz of a version do."""
    row = get_own_course(current_user.id, course)
    version, versions = _choose_version(row)
    return render_template(
        "studio/questions.html",
        version=version,
        versions=versions,
        quizzes=[get_quiz_report(version, unit) for unit in version.units if unit.kind == "quiz"],
        fewest=FEWEST,
        most=MOST_ATTEMPTS,
    )


@bp.get("/studio/<course>/questions/<module>/<quiz>/<question>")
@requires(Permission.AUTHOR_COURSES)
def question(course: str, module: str, quiz: str, question: str) -> ResponseReturnValue:
    """Show how one question of a version does, and what people put down."""
    version, _versions = _choose_version(get_own_course(current_user.id, course))
    unit, language = _get_quiz(version, f"{module}/{quiz}"), current_language()
    report = get_question_report(version, unit, question, language=language)
    page = unit.page(language)
    asked = page.questions[question]
    return render_template(
        "studio/question.html",
        version=version,
        unit=unit,
        page=page,
        question=asked,
        scenario=page.scenarios[asked.scenario] if asked.scenario else None,
        told=explain(asked, written_order(asked), blank_answer(asked), None, EVERYTHING, language=language),
        report=report,
        place=_place(version, unit, page.language),
        least_typed=LEAST_TYPED,
        fewest=FEWEST,
    )


def _publish(own: OwnCourse, checked: Checked, form: PublishForm) -> ResponseReturnValue:
    publisher: Person = current_user._get_current_object()
    db.session.rollback()  # checking takes seconds, in which nobody else should have to wait for this transaction
    try:
        done = actions.publish(
            own.slug,
            checked.folder.files,
            checked.folder.registries,
            change=form.change.data,
            note=form.note.data.strip(),
            expected=int(form.expected.data),
            by=publisher,
            now=utcnow(),
        )
    except (actions.ChangeTooLarge, actions.PublishedMeanwhile) as refused:
        db.session.rollback()
        form.form_errors.append(refused.message)
        (own,) = _own(get_own_course(publisher.id, own.slug))
        return _impact_page(own, checked, form), 422
    number, is_new = done.version.number, done.is_new
    db.session.commit()
    if is_new:
        flash(_("Version %(number)s is published: learners are shown it from now on.", number=number), "ok")
    return redirect(url_for(".course", course=own.slug), 303)


def _impact_page(own: OwnCourse, checked: Checked, form: PublishForm) -> str:
    foreseen = get_impact(checked, own.present, today=local_date(utcnow()))
    form.offer(foreseen, checked.folder)
    return render_template("studio/publish.html", own=own, course=checked.course, impact=foreseen, form=form)


def _own(*rows: Course) -> list[OwnCourse]:
    """Put together what is known of some courses."""
    versions, learners = list_in_service(), count_learners([row.id for row in rows])
    own = []
    for row in rows:
        present, checked = versions.get(row.slug), _find_files(row.slug)
        own.append(OwnCourse(row.slug, _title(row.slug, present, checked), present, checked, learners[row.id]))
    return own


def _title(slug: str, present: InService | None, checked: Checked | None) -> str:
    """Return the title as people are shown it, else as it lies in the folder, else the slug."""
    if present:
        return get_version(present.version_id).title(current_language())
    titles = checked.course.title if checked and checked.course else {}
    return in_language(titles, current_language()) if titles else slug


def _find_files(slug: str) -> Checked | None:
    """Return the folder of a course, checked; None if there is none."""
    config: Config = current_app.config["LMS"]
    folder = config.courses / slug
    return check_folder(folder) if folder.is_dir() else None


def _choose_version(row: Course) -> tuple[PublishedCourse, list[tuple[int, str]]]:
    """Return the version that the address names, or the one in service; and the number and address of every one."""
    rows = list_versions(row.id)
    wanted = request.args.get("version", type=int)
    version = next((one for one in rows if wanted in (None, one.number)), None)
    if version is None:
        raise NotFound
    addresses = [(one.number, url_for(".questions", course=row.slug, version=one.number)) for one in rows]
    return get_version(version.id), addresses


def _get_quiz(version: PublishedCourse, unit_id: str) -> PublishedUnit:
    if not version.has_unit(unit_id) or version.unit(unit_id).kind != "quiz":
        raise NotFound
    return version.unit(unit_id)


def _place(version: PublishedCourse, unit: PublishedUnit, language: str) -> str | None:
    """Return the path of the file that holds a unit in a language."""
    wanted = (unit.module, unit.slug, language)
    found = (UNIT_FILE.fullmatch(path) for path in version.files)
    return next((match[0] for match in found if match and match.group("module", "unit", "language") == wanted), None)
