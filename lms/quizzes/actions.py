"""Changes of attempts: beginning one, saving an answer, handing in."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from random import Random, SystemRandom
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Insert, Text, bindparam, or_, select, true
from sqlalchemy.dialects import postgresql, sqlite

from lms.accounts.models import Person
from lms.catalogue.published import PublishedCourse, PublishedUnit
from lms.catalogue.queries import get_version
from lms.database import UTCDateTime, db
from lms.enrolments.models import Enrolment
from lms.enrolments.queries import get_enrolled
from lms.errors import DomainError
from lms.learning import actions as learning
from lms.learning.progress import State, follow
from lms.learning.queries import list_progress
from lms.ledger.actions import record
from lms.ledger.actor import SYSTEM, Actor
from lms.questions.marking import is_blank, is_offered
from lms.questions.questions import Ordering, Question, Statement
from lms.quizzes.grading import Marked, as_row, hundredths, mark_paper
from lms.quizzes.models import Answer, Attempt, Grade
from lms.quizzes.paper import draw_paper, write_paper
from lms.quizzes.queries import find_grade, find_step, list_graded, list_steps
from lms.quizzes.review import tells_at_once
from lms.quizzes.sitting import Sitting, needs_person, rules_of, sit
from lms.quizzes.steps import Given, Step, digest, latest, write_given
from lms.quizzes.timing import GRACE, NO_LIMIT, Entry, closes_at, enter, is_over, takes_answers
from lms.web.dates import clock_time

SAVE_KEY = re.compile(r"[\w-]{8,64}", re.ASCII)


class QuizShut(DomainError):
    """The quiz cannot be begun by this learner, or not now."""


class AnswerRefused(DomainError):
    """The answer is not one that this question can have; it has not been saved."""


class TooLate(DomainError):
    """The attempt is over; the answer has not been saved."""


class Unconfirmed(DomainError):
    """A required confirmation is missing, so that the attempt cannot be handed in yet."""


def begin_attempt(
    enrolment_id: int,
    course: PublishedCourse,
    unit: PublishedUnit,
    *,
    language: str,
    by: Actor,
    now: datetime,
    random: Random | None = None,
) -> Attempt:
    """Go on with the attempt under way, or begin the next one on this version; raise QuizShut if the rules forbid it.

    An attempt whose time ran out is handed in and returned: the clock of another one is not to start unasked.
    """
    enrolment = db.session.get_one(Enrolment, enrolment_id, with_for_update=True, populate_existing=True)
    tries = list_graded(enrolment_id, unit.id)
    if under_way := next((one.attempt for one in tries if one.attempt.submitted_at is None), None):
        if not takes_answers(under_way.closes_at, now):
            submit(under_way.id, by=SYSTEM, now=now)
        return under_way
    entry = enter([one.as_try for one in tries], rules_of(unit), since=unit.since, now=now)
    _refuse_to_begin(enrolment_id, course, unit, entry)
    attempt = _draw(course, unit, entry, language, random or SystemRandom())
    attempt.enrolment_id, attempt.begun_at = enrolment_id, now
    attempt.closes_at = closes_at(now, rules_of(unit).time_limit)
    db.session.add(attempt)
    db.session.flush()
    learning.start(enrolment, now=now)
    facts = {"quiz": unit.id, "number": attempt.number, "version": course.digest, "language": attempt.language}
    subject = f"attempt:{attempt.id}"
    record("attempt begun", subject, person=_pseudonym(attempt), by=by.pseudonym, facts=facts, now=now)
    return attempt


def _draw(course: PublishedCourse, unit: PublishedUnit, entry: Entry, language: str, random: Random) -> Attempt:
    """Return the next attempt at a quiz with a paper of its own, not yet begun."""
    settings, page = rules_of(unit), unit.page(language)
    paper = draw_paper(page.questions.values(), draw=settings.draw, shuffle=settings.shuffle, random=random)
    return Attempt(
        quiz=unit.id,
        number=entry.number,
        allowed=NO_LIMIT if entry.allowed is None else entry.allowed,
        version_id=course.version_id,
        language=page.language,
        paper=write_paper(paper),
    )


def _refuse_to_begin(enrolment_id: int, course: PublishedCourse, unit: PublishedUnit, entry: Entry) -> None:
    enrolled = get_enrolled(enrolment_id)
    if not enrolled.is_open:
        raise QuizShut(_("You have completed this course or were taken out of it, so no new attempt can begin."))
    if needs_person(unit):
        raise QuizShut(_("This test has a question that only a person can mark, which is not possible yet."))
    if follow(course, list_progress(enrolment_id)).step(unit.id).state is State.SHUT:
        raise QuizShut(_("This test opens when you have finished the lessons before it."))
    if entry.opens_at is not None:
        raise QuizShut(_("The next attempt may begin at %(time)s.", time=clock_time(entry.opens_at)))
    if not entry.may_begin:
        passed = _("You have passed this test. There is nothing left to do here.")
        raise QuizShut(passed if entry.is_passed else _("You have used all attempts. Ask your centre for another one."))


def save_answer(attempt: Attempt, question_id: str, given: Given, save_key: str, *, now: datetime) -> datetime:
    """Save one answer and return when it was saved; the same key again changes nothing and returns the first time.

    Raise AnswerRefused for what the question does not offer, TooLate after the end of the attempt and its grace.
    """
    sitting = sitting_of(attempt)
    question = _asked_question(sitting, question_id, attempt.language)
    if not SAVE_KEY.fullmatch(save_key):
        raise AnswerRefused(_("The form is incomplete. Open the page again."))
    if not is_offered(question, given.answer):
        raise AnswerRefused(_not_offered(question))
    if tells_at_once(sitting.settings.show):
        _refuse_change(attempt, question, save_key)
    value = write_given(given)
    parameters = {
        "attempt": attempt.id,
        "question": question_id,
        "value": value,
        "key": save_key,
        "now": now,
        "closes_from": now - GRACE,
    }
    if db.session.execute(SAVE[db.engine.dialect.name], parameters).first():
        return now
    return _saved_before(attempt, Step(save_key, question_id, value, now))


def sitting_of(attempt: Attempt) -> Sitting:
    """Return the paper of an attempt with the version that it began on."""
    return sit(get_version(attempt.version_id), attempt.quiz, attempt.paper)


def _asked_question(sitting: Sitting, question_id: str, language: str) -> Question:
    if (question := next((one for one in sitting.questions(language) if one.id == question_id), None)) is None:
        raise AnswerRefused(_("This question is not part of your test."))
    return question


def _not_offered(question: Question) -> str:
    if isinstance(question, Ordering):
        return str(_("The answer is not saved: the same line stands in two places."))
    return str(_("The answer is not saved: it is too long, or it is not one of those that were offered."))


def _refuse_change(attempt: Attempt, question: Question, save_key: str) -> None:
    """Refuse to change an answer once it has been shown how it was marked."""
    before = [step for step in list_steps(attempt.id) if step.question == question.id and step.save_key != save_key]
    if before and not is_blank(question, latest(before)[question.id].answer):
        raise AnswerRefused(_("You have seen how this answer was marked, so that it cannot be changed any more."))


def _saved_before(attempt: Attempt, step: Step) -> datetime:
    """Return when the key of a step was saved; raise if it never was, or if a later answer has come since."""
    first = find_step(attempt.id, step.save_key)
    if first is not None:
        last = [one for one in list_steps(attempt.id) if one.question == step.question][-1:]
        if last and last[0].value == step.value:
            return first.saved_at
        raise AnswerRefused(
            _("This is an old copy of the page, and a later answer has been saved. Open the page again.")
        )
    db.session.refresh(attempt)
    if attempt.submitted_at is not None:
        at = clock_time(attempt.submitted_at)
        raise TooLate(_("The test was handed in at %(time)s, so that this answer is not saved.", time=at))
    end = clock_time(attempt.closes_at or step.saved_at)
    raise TooLate(_("Time was up at %(time)s. What you saved before counts; this answer is not saved.", time=end))


def submit(attempt_id: int, *, by: Actor, now: datetime) -> Grade:
    """Hand an attempt in: mark what was saved, once, by the version it began on; a second call returns the grade.

    Who passes has finished the unit, which may complete the course. Raise Unconfirmed while a required confirmation is
    missing and there is time left to give it.
    """
    attempt = _lock(attempt_id)
    if attempt.submitted_at is not None:
        return _grade_of(attempt)
    sitting, steps = sitting_of(attempt), list_steps(attempt_id)
    given = latest(steps)
    if not is_over(attempt.closes_at, now):
        _refuse_unconfirmed(sitting.questions(attempt.language), given)
    answers = {question: one.answer for question, one in given.items()}
    marked = mark_paper(sitting.paper, sitting.wordings(), answers, pass_mark=sitting.settings.pass_mark)
    attempt.submitted_at = now = max(now, attempt.begun_at, *(step.saved_at for step in steps))
    grade = _keep_grade(attempt, marked, digest(steps), by=by, now=now)
    if marked.is_passed:
        learning.finish_unit(
            attempt.enrolment_id,
            attempt.quiz,
            language=attempt.language,
            score=hundredths(marked.points, marked.out_of),
            version_number=sitting.course.number,
            by=by,
            now=now,
        )
    return grade


def close_overdue(attempt_id: int, *, now: datetime) -> bool:
    """Hand in an attempt whose time is over, for whoever has not; say whether this call did it.

    An attempt that somebody else is busy with is left to them.
    """
    theirs = select(Enrolment.id).join(Attempt, Attempt.enrolment_id == Enrolment.id).where(Attempt.id == attempt_id)
    if db.session.scalar(theirs.with_for_update(of=Enrolment, skip_locked=True)) is None:
        return False
    attempt = _lock(attempt_id)
    if attempt.submitted_at is not None or takes_answers(attempt.closes_at, now):
        return False
    submit(attempt_id, by=SYSTEM, now=now)
    return True


def _lock(attempt_id: int) -> Attempt:
    """Lock the enrolment, then the attempt: everybody locks in this order, so that nobody waits in a circle."""
    enrolment_id = db.session.scalars(select(Attempt.enrolment_id).where(Attempt.id == attempt_id)).one()
    db.session.get_one(Enrolment, enrolment_id, with_for_update=True, populate_existing=True)
    return db.session.get_one(Attempt, attempt_id, with_for_update=True, populate_existing=True)


def _grade_of(attempt: Attempt) -> Grade:
    if (grade := find_grade(attempt.id)) is None:
        raise LookupError(f"Attempt {attempt.id} was handed in and has no grade.")
    return grade


def _refuse_unconfirmed(questions: Sequence[Question], given: Mapping[str, Given]) -> None:
    for number, question in enumerate(questions, 1):
        is_given = question.id in given and not is_blank(question, given[question.id].answer)
        if isinstance(question, Statement) and not is_given:
            raise Unconfirmed(_("Question %(n)s asks for a confirmation. Give it, then hand in the test.", n=number))


def _keep_grade(attempt: Attempt, marked: Marked, steps_digest: str, *, by: Actor, now: datetime) -> Grade:
    facts = {"points": str(marked.points), "out_of": str(marked.out_of), "is_passed": marked.is_passed}
    facts |= {"quiz": attempt.quiz, "steps": steps_digest}
    subject = f"attempt:{attempt.id}"
    known = record("attempt submitted", subject, person=_pseudonym(attempt), by=by.pseudonym, facts=facts, now=now)
    grade = Grade(attempt_id=attempt.id, recorded_at=known, **as_row(marked))
    db.session.add(grade)
    db.session.flush()
    return grade


def _pseudonym(attempt: Attempt) -> str:
    query = select(Person.pseudonym).join(Enrolment, Enrolment.person_id == Person.id)
    return db.session.scalars(query.where(Enrolment.id == attempt.enrolment_id)).one()


def _save(insert: Callable[[Any], Any]) -> Insert:
    """One statement: take the attempt if it is open and in time, and add the answer unless its key is known."""
    moment = bindparam("now", type_=UTCDateTime())
    in_time = or_(Attempt.closes_at.is_(None), Attempt.closes_at >= bindparam("closes_from", type_=UTCDateTime()))
    taken = (
        select(Attempt.id)
        .where(Attempt.id == bindparam("attempt"), Attempt.submitted_at.is_(None), in_time)
        .with_for_update()
        .cte("taken")
    )
    texts = (bindparam(name, type_=Text) for name in ("key", "question", "value"))
    row = select(taken.c.id, *texts, moment).where(true())  # SQLite takes ON CONFLICT for a join without a WHERE
    columns = ["attempt_id", "save_key", "question", "value", "saved_at"]
    statement: Insert = (
        insert(Answer.__table__).from_select(columns, row).on_conflict_do_nothing().returning(Answer.__table__.c.id)
    )
    return statement


SAVE = {"sqlite": _save(sqlite.insert), "postgresql": _save(postgresql.insert)}
