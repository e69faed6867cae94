"""Pages of a quiz: what it asks, the questions one by one, the check before handing in, the result."""

import secrets
from dataclasses import replace
from fractions import Fraction
from math import ceil
from typing import Any

from flask import Blueprint, Response, current_app, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from lms.accounts.models import Person
from lms.catalogue.published import PublishedCourse, PublishedUnit
from lms.catalogue.queries import find_course, get_current
from lms.clock import local_date, utcnow
from lms.database import db
from lms.enrolments.queries import find_enrolled, get_enrolled
from lms.errors import NotFound
from lms.learning import units
from lms.learning.showing import is_past_due
from lms.permissions import Permission
from lms.questions.asking import read_answer
from lms.quizzes import actions
from lms.quizzes.actions import AnswerRefused, QuizShut, sitting_of
from lms.quizzes.grading import hundredths, read_marks, score_by_topic
from lms.quizzes.models import Attempt
from lms.quizzes.paper import count_questions
from lms.quizzes.queries import Outlook, find_grade, get_attempt, get_outlook, list_steps, tries_to_pass
from lms.quizzes.results import Line, list_lines, tell, tell_now
from lms.quizzes.review import Review, Standing, review, tells_at_once
from lms.quizzes.sitting import Sitting, needs_person, rules_of
from lms.quizzes.steps import Given, Step, latest, print_of, write_given
from lms.quizzes.timing import is_over
from lms.web.access import requires
from lms.web.dates import clock_time
from lms.web.language import current_language
from lms.web.replies import posted_json

bp = Blueprint("quizzes", __name__, template_folder="templates")


@bp.after_request
def keep_no_copy(response: Response) -> Response:
    """Keep browsers from going back to an old copy of a question, whose answers are older than those saved since."""
    response.headers["Cache-Control"] = "no-store"
    return response


def show_quiz(course: PublishedCourse, unit: PublishedUnit) -> ResponseReturnValue:
    """Show what a quiz asks and allows, and to those who take the course their attempts and the way in."""
    enrolled = find_enrolled(current_user.id, course.course_id) if current_user.is_authenticated else None
    is_taking = enrolled is not None and (enrolled.is_open or enrolled.completion is not None)
    outlook = get_outlook(enrolled, course, unit.id, now=utcnow()) if enrolled is not None and is_taking else None
    settings, page = rules_of(unit), unit.page(current_language())
    return render_template(
        "quizzes/quiz.html",
        course=course,
        module=next(module for module in course.modules if unit in module.units),
        unit=unit,
        page=page,
        settings=settings,
        size=count_questions(page.questions.values(), settings.draw),
        needs_person=needs_person(unit),
        outlook=outlook,
        scored=[one.attempt.id for one in outlook.tries if _shows_score(one.attempt, outlook)] if outlook else [],
        hundredths=hundredths,
    )


units.register("quiz", show_quiz, tries_to_pass)


@bp.post("/courses/<course>/<module>/<quiz>/attempts")
@requires(Permission.TAKE_COURSES)
def attempts(course: str, module: str, quiz: str) -> ResponseReturnValue:
    """Begin an attempt, or go on with the one under way."""
    known = find_course(course)
    published = get_current(known.id) if known else None
    if published is None or not published.has_unit(f"{module}/{quiz}"):
        raise NotFound
    unit = published.unit(f"{module}/{quiz}")
    if unit.kind != "quiz":
        raise NotFound
    enrolled = find_enrolled(current_user.id, published.course_id)
    if enrolled is None:
        raise QuizShut(_("This course is not assigned to you. Enrol first."))
    attempt = actions.begin_attempt(
        enrolled.enrolment.id, published, unit, language=current_language(), by=_reader(), now=utcnow()
    )
    db.session.commit()
    return redirect(url_for(".attempt", attempt_id=attempt.id), 303)


@bp.get("/attempts/<int:attempt_id>")
@requires(Permission.TAKE_COURSES)
def attempt(attempt_id: int) -> ResponseReturnValue:
    """Lead to the first question that is still open; to the result if the attempt is over."""
    found = get_attempt(attempt_id, current_user.id)
    if found.submitted_at is not None:
        return redirect(url_for(".result", attempt_id=attempt_id))
    lines = _lines(sitting_of(found), list_steps(attempt_id))
    number = next((line.number for line in lines if not line.is_answered), None)
    return redirect(_address(attempt_id, number))


@bp.get("/attempts/<int:attempt_id>/<int:number>")
@requires(Permission.TAKE_COURSES)
def question(attempt_id: int, number: int) -> ResponseReturnValue:
    """Show one question with the answer saved last."""
    found = get_attempt(attempt_id, current_user.id)
    if found.submitted_at is not None:
        return redirect(url_for(".result", attempt_id=attempt_id))
    if is_over(found.closes_at, utcnow()):
        return redirect(url_for(".review", attempt_id=attempt_id))
    return _question_page(found, number)


@bp.post("/attempts/<int:attempt_id>/<int:number>")
@requires(Permission.TAKE_COURSES)
def save(attempt_id: int, number: int) -> ResponseReturnValue:
    """Save the answer if it was changed on this page, and go where the button says."""
    found = get_attempt(attempt_id, current_user.id)
    question_id, given = _read(sitting_of(found), number, request.form)
    is_changed = request.form.get("shown") != _print(found, question_id, given)
    if is_changed and "told" not in request.form:
        try:
            actions.save_answer(found, question_id, given, request.form.get("save_key", ""), now=utcnow())
        except AnswerRefused as refused:
            db.session.rollback()
            return _question_page(get_attempt(attempt_id, current_user.id), number, given, refused.message), 422
        db.session.commit()
    return redirect(_address(attempt_id, _target(number, len(sitting_of(found).paper))), 303)


@bp.post("/attempts/<int:attempt_id>/answers")
@requires(Permission.TAKE_COURSES)
def answers(attempt_id: int) -> ResponseReturnValue:
    """Save one answer for a script: fields as in the form of the question, with its number as `n`; JSON or form."""
    found = get_attempt(attempt_id, current_user.id)
    posted = request.form if not request.is_json else _from_json()
    sitting = sitting_of(found)
    question_id, given = _read(sitting, _place(posted.get("n", ""), len(sitting.paper)) or 0, posted)
    saved_at = actions.save_answer(found, question_id, given, posted.get("save_key", ""), now=utcnow())
    db.session.commit()
    return jsonify(saved_at=clock_time(saved_at), shown=_print(found, question_id, given))


@bp.get("/attempts/<int:attempt_id>/review", endpoint="review")
@requires(Permission.TAKE_COURSES)
def show_review(attempt_id: int) -> ResponseReturnValue:
    """Show which questions are answered, before handing in."""
    found = get_attempt(attempt_id, current_user.id)
    if found.submitted_at is not None:
        return redirect(url_for(".result", attempt_id=attempt_id))
    sitting, steps = sitting_of(found), list_steps(attempt_id)
    lines = _lines(sitting, steps)
    open_ones = [line for line in lines if not line.is_answered]
    return render_template(
        "quizzes/review.html",
        **_frame(found, sitting, steps),
        lines=lines,
        open=[line for line in open_ones if not line.is_statement],
        unconfirmed=[line for line in open_ones if line.is_statement],
    )


@bp.post("/attempts/<int:attempt_id>/submit")
@requires(Permission.TAKE_COURSES)
def submit(attempt_id: int) -> ResponseReturnValue:
    """Hand the attempt in; questions left open have to be meant."""
    found, now = get_attempt(attempt_id, current_user.id), utcnow()
    if found.submitted_at is None and not is_over(found.closes_at, now) and "sure" not in request.form:
        lines = _lines(sitting_of(found), list_steps(attempt_id))
        if not all(line.is_answered or line.is_statement for line in lines):
            flash(_("Some questions have no answer. Tick that you mean it, then hand in the test."), "bad")
            return redirect(url_for(".review", attempt_id=attempt_id), 303)
    actions.submit(attempt_id, by=_reader(), now=now)
    db.session.commit()
    return redirect(url_for(".result", attempt_id=attempt_id), 303)


@bp.get("/attempts/<int:attempt_id>/result")
@requires(Permission.TAKE_COURSES)
def result(attempt_id: int) -> ResponseReturnValue:
    """Show the score and what may be told about each question, and what to do next."""
    found = get_attempt(attempt_id, current_user.id)
    grade = find_grade(attempt_id)
    if grade is None:
        return redirect(url_for(".attempt", attempt_id=attempt_id))
    sitting, language = sitting_of(found), current_language()
    outlook = get_outlook(
        get_enrolled(found.enrolment_id), get_current(sitting.course.course_id), found.quiz, now=utcnow()
    )
    shown, shares = _review(sitting, outlook), read_marks(grade.marks)
    lines = list_lines(sitting, latest(list_steps(attempt_id)), language)
    return render_template(
        "quizzes/result.html",
        attempt=found,
        grade=grade,
        score=hundredths(grade.points, grade.out_of),
        points=Fraction(grade.points, grade.points_over),
        out_of=Fraction(grade.out_of, grade.points_over),
        sitting=sitting,
        page=sitting.unit.page(language),
        outlook=outlook,
        is_passed=outlook.is_passed(sitting.course.number),
        shown=shown,
        topics=score_by_topic(sitting.questions(language), shares, sitting.course.topics) if shown.score else [],
        told=[tell(line, shares.get(line.question.id), shown.telling, language=language) for line in lines],
    )


def _question_page(attempt: Attempt, number: int, posted: Given | None = None, problem: str | None = None) -> str:
    """Show a question as it was saved, or as it was posted with what is wrong about that."""
    sitting, steps = sitting_of(attempt), list_steps(attempt.id)
    lines = _lines(sitting, steps)
    if not 1 <= number <= len(lines):
        raise NotFound
    saved = lines[number - 1]
    telling = review(sitting.settings.show, Standing(False, False, False)).telling
    return render_template(
        "quizzes/question.html",
        **_frame(attempt, sitting, steps),
        lines=lines,
        line=replace(saved, answer=posted.answer, is_flagged=posted.is_flagged) if posted else saved,
        shown=_print(attempt, saved.question.id, Given(saved.answer, saved.is_flagged)),
        save_key=secrets.token_urlsafe(16),
        told=tell_now(saved, sitting.wordings(), telling, language=current_language()),
        tells_at_once=tells_at_once(sitting.settings.show),
        problem=problem,
    )


def _frame(attempt: Attempt, sitting: Sitting, steps: list[Step]) -> dict[str, Any]:
    """Return what every page of an attempt under way shows: its place, the time left, when something was saved."""
    left = (attempt.closes_at - utcnow()).total_seconds() if attempt.closes_at else None
    return {
        "attempt": attempt,
        "sitting": sitting,
        "page": sitting.unit.page(current_language()),
        "saved_at": steps[-1].saved_at if steps else None,
        "seconds_left": None if left is None else max(0, ceil(left)),
    }


def _lines(sitting: Sitting, steps: list[Step]) -> list[Line]:
    return list_lines(sitting, latest(steps), current_language())


def _read(sitting: Sitting, number: int, posted: MultiDict[str, str]) -> tuple[str, Given]:
    """Return the id of the question at a place of the paper, and what a form gives for it."""
    try:
        question, order = sitting.ask(number, current_language())
    except IndexError:
        raise AnswerRefused(_("This question is not part of your test.")) from None
    return question.id, Given(read_answer(question, order, posted), bool(posted.get("flag")))


def _from_json() -> MultiDict[str, str]:
    """Return the fields that a script has posted as JSON, where a field may have a list of values."""
    fields = MultiDict[str, str]()
    for name, value in posted_json().items():
        fields.setlist(name, [str(one) for one in (value if isinstance(value, list) else [value])])
    return fields


def _target(number: int, size: int) -> int | None:
    """Return the question that the button leads to; None for the check before handing in."""
    match request.form.get("go", "next"):
        case "next":
            return number + 1 if number < size else None
        case "back":
            return max(1, number - 1)
        case "review":
            return None
        case place:
            return _place(place, size) or number


def _place(text: str, size: int) -> int | None:
    """Return the place in a paper of a size that a form names; None for anything else, however long."""
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(size))
    return int(text) if is_number and 1 <= int(text) <= size else None


def _print(attempt: Attempt, question_id: str, given: Given) -> str:
    secret = current_app.config["SECRET_KEY"]
    return print_of(write_given(given), attempt_id=attempt.id, question_id=question_id, secret=secret)


def _address(attempt_id: int, number: int | None) -> str:
    if number is None:
        return url_for(".review", attempt_id=attempt_id)
    return url_for(".question", attempt_id=attempt_id, number=number)


def _review(sitting: Sitting, outlook: Outlook) -> Review:
    """Return what the learner may see of an attempt that is over."""
    is_past = is_past_due(outlook.enrolled.term.due_on, local_date(utcnow()))
    is_passed = outlook.is_passed(sitting.course.number)
    return review(sitting.settings.show, Standing(is_submitted=True, is_passed=is_passed, is_past_due=is_past))


def _shows_score(attempt: Attempt, outlook: Outlook) -> bool:
    return attempt.submitted_at is not None and _review(sitting_of(attempt), outlook).score


def _reader() -> Person:
    person: Person = current_user._get_current_object()
    return person
