"""An attempt's paper, read together with the version that the attempt began on."""

from collections.abc import Mapping
from dataclasses import dataclass

from lms.catalogue.course import QuizSettings
from lms.catalogue.published import PublishedCourse, PublishedUnit
from lms.questions.asking import Order
from lms.questions.questions import Essay, Question
from lms.quizzes.paper import Paper, read_paper


@dataclass(frozen=True, slots=True)
class Sitting:
    """Everything about an attempt that never changes once it has begun."""

    course: PublishedCourse
    unit: PublishedUnit
    settings: QuizSettings
    paper: Paper

    def questions(self, language: str) -> list[Question]:
        """Return the questions in the order in which they are asked, in a language or the next one that there is."""
        known = self.unit.page(language).questions
        return [known[asked.id] for asked in self.paper.questions]

    def ask(self, number: int, language: str) -> tuple[Question, Order]:
        """Return the question at a place of the paper, from one up, and the order of its parts; else IndexError."""
        if not 1 <= number <= len(self.paper):
            raise IndexError(number)
        asked = self.paper.questions[number - 1]
        return self.unit.page(language).questions[asked.id], asked.order

    def wordings(self) -> Mapping[str, list[Question]]:
        """Return by id each question of the paper in every language of the course."""
        pages = list(self.unit.pages.values())
        return {asked.id: [page.questions[asked.id] for page in pages] for asked in self.paper.questions}


def sit(course: PublishedCourse, quiz: str, document: str) -> Sitting:
    """Read the paper of an attempt at a quiz; `course` is the version that it began on."""
    unit = course.unit(quiz)
    return Sitting(course, unit, rules_of(unit), read_paper(document))


def rules_of(unit: PublishedUnit) -> QuizSettings:
    """Return the rules of a quiz; ValueError for a lesson, which has none."""
    if unit.settings is None:
        raise ValueError(f"{unit.id} is not a quiz.")
    return unit.settings


def needs_person(unit: PublishedUnit) -> bool:
    """Say whether a quiz holds a question that only a person can mark."""
    questions = (question for page in unit.pages.values() for question in page.questions.values())
    return any(isinstance(question, Essay) for question in questions)
