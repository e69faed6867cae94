"""What the pages of an attempt show about each question, as far as it may be told."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from lms.questions.asking import Order, blank_answer
from lms.questions.explaining import NOTHING, Explained, Telling, explain
from lms.questions.marking import Answer, is_blank, mark
from lms.questions.questions import Question, Scenario, Statement
from lms.quizzes.sitting import Sitting
from lms.quizzes.steps import Given


@dataclass(frozen=True, slots=True)
class Line:
    """One question of a paper with the answer that counts; `number` is its place in the paper, from one."""

    number: int
    question: Question
    order: Order
    scenario: Scenario | None
    answer: Answer
    is_answered: bool
    is_flagged: bool

    @property
    def is_statement(self) -> bool:
        """Say whether the question only asks for a confirmation."""
        return isinstance(self.question, Statement)


@dataclass(frozen=True, slots=True)
class Told:
    """One question of an attempt that is over, with everything that may be told about it and nothing else."""

    line: Line
    explained: Explained
    points: Fraction | None  # None while marks are not told, and for a statement

    @property
    def is_wrong(self) -> bool:
        """Say whether it is known that the question was not answered wholly right."""
        return self.explained.share is not None and self.explained.share < 1


def list_lines(sitting: Sitting, given: Mapping[str, Given], language: str) -> list[Line]:
    """Return every question of a paper in a language, with what has been answered so far."""
    page = sitting.unit.page(language)
    lines = []
    for number, asked in enumerate(sitting.paper.questions, 1):
        question = page.questions[asked.id]
        now = given.get(asked.id, Given(blank_answer(question)))
        scenario = page.scenarios[question.scenario] if question.scenario else None
        is_answered = not is_blank(question, now.answer)
        lines.append(Line(number, question, asked.order, scenario, now.answer, is_answered, now.is_flagged))
    return lines


def tell(line: Line, share: Fraction | None, telling: Telling, *, language: str) -> Told:
    """Return what may be told about an answer; `share` is what it earned, None for a statement."""
    explained = explain(line.question, line.order, line.answer, share, telling, language=language)
    points = None if explained.share is None else explained.share * line.question.points
    return Told(line, explained, points)


def tell_now(line: Line, wordings: Mapping[str, list[Question]], telling: Telling, *, language: str) -> Told | None:
    """Return what is told while an attempt goes on: nothing about a question that is still open."""
    if not line.is_answered or telling == NOTHING:
        return None
    share = None if line.is_statement else max(mark(one, line.answer) for one in wordings[line.question.id])
    return tell(line, share, telling, language=language)
