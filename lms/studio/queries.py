"""Reads for trainers: their courses, whom a version concerns, and how its questions were answered."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased, defer

from lms.accounts.models import Person
from lms.accounts.queries import list_courses_of
from lms.catalogue.archive import archive_files
from lms.catalogue.changes import allowed_kinds, compare, find_stale
from lms.catalogue.models import Course, CourseVersion, StoredFile
from lms.catalogue.published import PublishedCourse, PublishedUnit
from lms.catalogue.queries import as_written, find_invalidating
from lms.catalogue.reference import read_laws, read_terms
from lms.catalogue.sources import GLOSSARY_DOCUMENT, LAWS_DOCUMENT
from lms.certificates.models import Certificate
from lms.database import db
from lms.enrolments.models import Completion, Enrolment, EnrolmentTerm
from lms.errors import NotFound
from lms.questions.marking import Answer as AnswerValue
from lms.questions.questions import Statement
from lms.quizzes.grading import read_marks
from lms.quizzes.models import Answer, Attempt, Grade
from lms.quizzes.steps import read_given
from lms.studio.choices import Given, Line, count_choices
from lms.studio.differences import list_differences
from lms.studio.folders import Checked, Stored
from lms.studio.impact import Impact, InService
from lms.studio.statistics import QuestionFigures, QuizFigures, question_figures, quiz_figures, tabulate, thirds

KEPT_VERSIONS = 16
MOST_ATTEMPTS = 5_000  # the latest; more would only make the page slow, not the figures better


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version in the list of a course's versions; without a publisher the command published it."""

    number: int
    digest: str
    change: str
    note: str
    recorded_at: datetime
    publisher: Person | None
    completed: int


@dataclass(frozen=True, slots=True)
class QuizReport:
    """A quiz with the figures of its first attempts and of its questions, the worst first."""

    unit: PublishedUnit
    figures: QuizFigures
    questions: list[QuestionFigures]


@dataclass(frozen=True, slots=True)
class QuestionReport:
    """A question with its figures and what people put down."""

    figures: QuestionFigures
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class FirstAttempt:
    """A first attempt that was handed in: its score as a share of its points, and the share of each question."""

    id: int
    score: Fraction
    is_passed: bool
    marks: Mapping[str, Fraction]


def list_own_courses(trainer_id: int) -> Sequence[Course]:
    """Return the courses that a person writes, in the order they came into the catalogue."""
    mine = list_courses_of(trainer_id)
    return db.session.scalars(select(Course).where(Course.id.in_(mine)).order_by(Course.id)).all()


def get_own_course(trainer_id: int, slug: str) -> Course:
    """Return a course that a person writes; any other is not found."""
    query = select(Course).where(Course.slug == slug, Course.id.in_(list_courses_of(trainer_id)))
    if (course := db.session.scalars(query).first()) is None:
        raise NotFound
    return course


def list_in_service() -> Mapping[str, InService]:
    """Return the version in service of every course by the course's slug."""
    newest = aliased(CourseVersion)
    number = select(func.max(newest.number)).where(newest.course_id == Course.id).scalar_subquery()
    query = (
        select(Course.slug, CourseVersion)
        .join(CourseVersion, (CourseVersion.course_id == Course.id) & (CourseVersion.number == number))
        .options(defer(CourseVersion.manifest))
        .order_by(Course.id)
    )
    return {slug: _in_service(version) for slug, version in db.session.execute(query)}


def _in_service(version: CourseVersion) -> InService:
    digests: Mapping[str, str] = json.loads(version.files)
    laws, terms = (_content(digests.get(path)) for path in (LAWS_DOCUMENT, GLOSSARY_DOCUMENT))
    stored = Stored(digests, read_laws(laws), read_terms(terms))
    return InService(version.id, version.number, version.digest, version.recorded_at, stored)


def _content(digest: str | None) -> bytes:
    """Return a stored document; an empty one for a version without it."""
    return db.session.get_one(StoredFile, digest).content if digest else b"{}"


def get_impact(checked: Checked, present: InService | None, *, today: date) -> Impact:
    """Return what publishing a folder without errors would change, and whom it would concern."""
    if checked.course is None:
        raise NotFound
    files = archive_files(checked.folder.files, checked.folder.registries)
    if present is None:
        return Impact(1, None, ("substantive",), list_differences({}, files), (), 0, 0, 0, 0, 0)
    version = db.session.get_one(CourseVersion, present.version_id)
    before = as_written(version)
    changes = compare(before.course, checked.course) if before.course else None
    return Impact(
        number=present.number + 1,
        changes=changes,
        allowed=allowed_kinds(changes) if changes else ("substantive", "invalidating"),
        differences=list_differences(before.files, files),
        stale=[problem.path for problem in find_stale(before.files, files, checked.course)],
        learners=count_learners([version.course_id])[version.course_id],
        sitting=count_sitting(version.course_id),
        completed=_count_completed(version.course_id),
        answered=count_answered(version.id, changes.questions_changed if changes else ()),
        certificates=_count_valid_certificates(version.course_id, today),
    )


def count_learners(course_ids: Collection[int]) -> Mapping[int, int]:
    """Return how many people each course is assigned to who are still to finish it."""
    has_completed = select(Completion.id).where(Completion.enrolment_id == EnrolmentTerm.enrolment_id)
    query = (
        select(EnrolmentTerm.course_id, func.count().label("people"))
        .where(EnrolmentTerm.course_id.in_(course_ids), EnrolmentTerm.current(), EnrolmentTerm.state == "open")
        .where(~has_completed.where(Completion.current()).exists())
        .group_by(EnrolmentTerm.course_id)
    )
    return dict.fromkeys(course_ids, 0) | {row.course_id: row.people for row in db.session.execute(query)}


def list_version_rows(course_id: int) -> list[VersionRow]:
    """Return every version of a course, the newest first, without what it holds."""
    completed = (
        select(Completion.version_id, func.count().label("people"))
        .where(Completion.course_id == course_id, Completion.current())
        .group_by(Completion.version_id)
        .subquery()
    )
    version = CourseVersion
    query = (
        select(version.number, version.digest, version.change, version.note, version.recorded_at)
        .add_columns(Person, func.coalesce(completed.c.people, 0))
        .outerjoin(Person, Person.id == version.published_by_id)
        .outerjoin(completed, completed.c.version_id == version.id)
        .where(version.course_id == course_id)
        .order_by(version.number.desc())
    )
    return [VersionRow(*row) for row in db.session.execute(query)]


def _count_completed(course_id: int) -> int:
    """Return how many people have completed a course, on whatever version."""
    query = select(func.count(Completion.id)).where(Completion.course_id == course_id, Completion.current())
    return db.session.scalar(query) or 0


def count_sitting(course_id: int) -> int:
    """Return how many attempts at quizzes of a course are under way."""
    query = select(func.count(Attempt.id)).join(Enrolment, Enrolment.id == Attempt.enrolment_id)
    return db.session.scalar(query.where(Enrolment.course_id == course_id, Attempt.submitted_at.is_(None))) or 0


def _count_valid_certificates(course_id: int, today: date) -> int:
    """Return how many certificates of a course are worth something on a day: what an invalidating version would end."""
    successor = aliased(Certificate)
    query = (
        select(func.count(Certificate.id))
        .join(Completion, Completion.id == Certificate.completion_id)
        .join(CourseVersion, CourseVersion.id == Completion.version_id)
        .where(CourseVersion.course_id == course_id, Completion.current())
        .where(CourseVersion.number >= (find_invalidating(course_id, 0) or 0))
        .where(or_(Certificate.expires_on.is_(None), Certificate.expires_on >= today))
        .where(~select(successor.id).where(successor.replaces_id == Certificate.id).exists())
    )
    return db.session.scalar(query) or 0


def count_answered(version_id: int, questions: Collection[tuple[str, str]]) -> int:
    """Return how many people have answered any of some questions of a version, named by quiz and id."""
    if not questions:
        return 0
    asked = [and_(Attempt.quiz == quiz, Answer.question == question) for quiz, question in questions]
    query = select(func.count(Attempt.enrolment_id.distinct())).join(Answer, Answer.attempt_id == Attempt.id)
    return db.session.scalar(query.where(Attempt.version_id == version_id, or_(*asked))) or 0


def get_quiz_report(version: PublishedCourse, unit: PublishedUnit) -> QuizReport:
    """Return how a quiz and its questions do on one version."""
    attempts = _list_first_attempts(version.version_id, unit.id)
    tables = tabulate([attempt.marks for attempt in attempts], _points(unit))
    return QuizReport(
        unit=unit,
        figures=quiz_figures([attempt.score for attempt in attempts], sum(one.is_passed for one in attempts)),
        questions=question_figures(tables),
    )


def get_question_report(
    version: PublishedCourse, unit: PublishedUnit, question_id: str, *, language: str
) -> QuestionReport:
    """Return how one question of a quiz does, and what people put down, in a language."""
    points = _points(unit)
    if question_id not in points:
        raise NotFound
    attempts = _list_first_attempts(version.version_id, unit.id)
    table = tabulate([attempt.marks for attempt in attempts], points)[question_id]
    (figures,) = question_figures({question_id: table})
    asked = [attempts[place].id for place in table.attempts]
    answers = _list_answers(version.version_id, unit.id, question_id, since=min(asked, default=0))
    strong, weak = thirds(table.rest)
    given = [Given(answers.get(attempt_id, ""), *sides) for attempt_id, *sides in zip(asked, strong, weak, strict=True)]
    own = unit.page(language)
    wordings = [own, *(page for page in unit.pages.values() if page.language != own.language)]
    lines = count_choices([page.questions[question_id] for page in wordings], given, language=language)
    return QuestionReport(figures, lines)


def _points(unit: PublishedUnit) -> Mapping[str, Fraction]:
    """Return what each question of a quiz can earn, without those that earn nothing."""
    questions = next(iter(unit.pages.values())).questions.values()
    return {question.id: question.points for question in questions if not isinstance(question, Statement)}


def _list_first_attempts(version_id: int, quiz: str) -> list[FirstAttempt]:
    """Return the latest first attempts at a quiz of one version, the newest first."""
    query = (
        select(Attempt.id, Grade.points, Grade.out_of, Grade.is_passed, Grade.marks)
        .join(Grade, (Grade.attempt_id == Attempt.id) & Grade.current())
        .where(Attempt.version_id == version_id, Attempt.quiz == quiz, Attempt.number == 1)
        .order_by(Attempt.id.desc())
        .limit(MOST_ATTEMPTS)
    )
    return [
        FirstAttempt(attempt_id, Fraction(points, out_of), is_passed, read_marks(marks))
        for attempt_id, points, out_of, is_passed, marks in db.session.execute(query)
    ]


def _list_answers(version_id: int, quiz: str, question: str, *, since: int) -> Mapping[int, AnswerValue]:
    """Return what first attempts, from the id `since` on, put down for a question, by attempt."""
    counted = (
        select(func.max(Answer.id))
        .join(Attempt, Attempt.id == Answer.attempt_id)
        .where(Attempt.version_id == version_id, Attempt.quiz == quiz, Attempt.number == 1, Attempt.id >= since)
        .where(Answer.question == question)
        .group_by(Answer.attempt_id)
    )
    query = select(Answer.attempt_id, Answer.value).where(Answer.id.in_(counted))
    return {attempt_id: read_given(value).answer for attempt_id, value in db.session.execute(query)}
