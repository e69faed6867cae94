"""A course of one lesson and one quiz, published by hand from questions, and people who take it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from fractions import Fraction
from random import Random
from typing import Any

import rfc8785

from lms.accounts.models import Person
from lms.catalogue.course import QuizSettings
from lms.catalogue.manifest import settings_document
from lms.catalogue.models import Course, CourseVersion, UnitPage
from lms.catalogue.published import PublishedCourse, PublishedUnit
from lms.catalogue.queries import get_current, get_version
from lms.clock import utcnow
from lms.database import db
from lms.enrolments.models import Enrolment
from lms.languages import LANGUAGES
from lms.ledger.actor import SYSTEM, Actor
from lms.questions.questions import Question, Scenario, to_document
from lms.quizzes import actions
from lms.quizzes.models import Attempt
from lms.quizzes.queries import list_steps
from lms.quizzes.steps import Given
from tests.make import Make

LESSON, QUIZ = "why/origin", "why/final"
TITLES = {"kk": "Сұрау", "ru": "Запрос", "en": "The request"}
SHOW_ALL = {"score": "after", "marks": "after", "feedback": "after", "key": "after"}
SHOW_EXAM = {"score": "after", "marks": "after", "feedback": "after", "key": "passed"}
RULES = QuizSettings(
    is_graded=True,
    pass_mark=Fraction(70),
    draw=None,
    time_limit=None,
    wait_between=None,
    attempts=None,
    shuffle=True,
    show=SHOW_ALL,
)
PAGE = {"is_review_pending": False, "objectives": [], "headings": []}
UNIT = {"minutes": 10, "basis": [], "law_as_of": None}


class Academy:
    """One builder: publishes versions of one course, enrols people and takes the quiz with them."""

    def __init__(self, make: Make) -> None:
        self.make = make
        self.author = make.person(last_name="Author", password=None)
        self.course = Course(slug="request")
        db.session.add(self.course)
        db.session.commit()
        self.versions = 0

    def publish(
        self,
        questions: Sequence[Question] | Mapping[str, Sequence[Question]],
        *,
        scenarios: Sequence[Scenario] = (),
        since: int = 1,
        required: Sequence[str] = (QUIZ,),
        languages: Sequence[str] = LANGUAGES,
        **rules: Any,
    ) -> PublishedUnit:
        """Publish the next version with this quiz, the same in every language unless told; return the quiz."""
        self.versions += 1
        by_language = questions if isinstance(questions, Mapping) else dict.fromkeys(languages, questions)
        version = CourseVersion(
            course_id=self.course.id,
            number=self.versions,
            digest=f"{self.versions:064x}",
            change="substantive",
            note="",
            manifest=_manifest(list(by_language), replace(RULES, **rules), since, required),
            files="{}",
            published_by_id=self.author.id,
            recorded_at=utcnow(),
        )
        db.session.add(version)
        db.session.flush()
        for language, wording in by_language.items():
            document = {
                "questions": [to_document(question) for question in wording],
                "scenarios": [asdict(scenario) for scenario in scenarios],
            }
            facts = {"version_id": version.id, "language": language}
            db.session.add(UnitPage(**facts, unit=LESSON, title="Origin", html="<p>Text</p>", questions=None))
            db.session.add(
                UnitPage(**facts, unit=QUIZ, title="Final", html="", questions=rfc8785.dumps(document).decode())
            )
        db.session.commit()
        return self.published.unit(QUIZ)

    @property
    def published(self) -> PublishedCourse:
        """Return the version in service."""
        return get_current(self.course.id)

    def learner(self) -> Person:
        """Return a learner without a password, which takes time to hash; `browser_of` needs none."""
        return self.make.learner(password=None)

    def enrol(self, person: Person | None = None, **facts: Any) -> Enrolment:
        """Return the enrolment of a learner."""
        return self.make.enrolment(person or self.learner(), self.course.id, **facts)

    def begin(
        self, enrolment: Enrolment, *, now: datetime | None = None, language: str = "en", seed: int = 1
    ) -> Attempt:
        """Begin an attempt, or go on with the one under way."""
        course = self.published
        attempt = actions.begin_attempt(
            enrolment.id,
            course,
            course.unit(QUIZ),
            language=language,
            by=SYSTEM,
            now=now or utcnow(),
            random=Random(seed),
        )
        db.session.commit()
        return attempt

    def answer(self, attempt: Attempt, answers: Mapping[str, Any], *, now: datetime | None = None) -> None:
        """Save answers, each with a key of its own."""
        saved = len(list_steps(attempt.id))
        for number, (question, answer) in enumerate(answers.items(), saved + 1):
            actions.save_answer(attempt, question, Given(answer), f"save-key-{number}", now=now or utcnow())
        db.session.commit()

    def submit(self, attempt: Attempt, *, by: Actor = SYSTEM, now: datetime | None = None) -> None:
        """Hand an attempt in."""
        actions.submit(attempt.id, by=by, now=now or utcnow())
        db.session.commit()

    def take(self, enrolment: Enrolment, answers: Mapping[str, Any], *, now: datetime | None = None) -> Attempt:
        """Begin an attempt, give answers and hand in."""
        attempt = self.begin(enrolment, now=now)
        self.answer(attempt, answers, now=now)
        self.submit(attempt, now=now)
        return attempt

    @staticmethod
    def version_of(attempt: Attempt) -> PublishedCourse:
        """Return the version that an attempt began on."""
        return get_version(attempt.version_id)


def _manifest(languages: Sequence[str], rules: QuizSettings, since: int, required: Sequence[str]) -> str:
    pages = {language: {**PAGE, "title": f"Final test in {language}"} for language in languages}
    units = [
        {**UNIT, "id": LESSON, "kind": "lesson", "since": 1, "settings": None, "pages": pages},
        {**UNIT, "id": QUIZ, "kind": "quiz", "since": since, "settings": settings_document(rules), "pages": pages},
    ]
    document = {
        "slug": "request",
        "languages": list(languages),
        "titles": TITLES,
        "summaries": {},
        "audiences": {},
        "hours": 8,
        "is_open": True,
        "law_as_of": None,
        "valid_for": 36,
        "topics": {"clock": {"en": "Time limits", "ru": "Сроки", "kk": "Мерзімдер"}},
        "required": list(required),
        "modules": [{"slug": "why", "titles": {"kk": "Неге", "ru": "Зачем", "en": "Why"}, "units": units}],
    }
    return rfc8785.dumps(document).decode()
