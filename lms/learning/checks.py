"""Self-checks: how one is asked, and all that is told about an answer to it; nothing is kept (pure)."""

from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random

from lms.catalogue.published import Check, PublishedPage, PublishedUnit
from lms.questions.asking import Order, Posted, draw_order, read_answer
from lms.questions.explaining import EVERYTHING, Explained, explain
from lms.questions.marking import Answer, is_blank, is_offered, mark
from lms.questions.questions import Question


class Problem(StrEnum):
    """Why an answer cannot be marked."""

    BLANK = "blank"
    NOT_OFFERED = "not offered"  # such as one item put at two places


@dataclass(frozen=True, slots=True)
class Asked:
    """A self-check as a page shows it: the answer as given, and what is told about it once it is marked."""

    question: Question
    order: Order
    answer: Answer
    told: Explained | None = None
    problem: Problem | None = None


class NothingPosted:
    """A form that nobody has filled in."""

    def get(self, name: str, default: str) -> str:
        """Return the default."""
        return default

    def getlist(self, name: str) -> list[str]:
        """Return nothing."""
        return []


NOTHING_POSTED = NothingPosted()


def ask(unit: PublishedUnit, page: PublishedPage) -> dict[str, Asked]:
    """Return every self-check of a lesson, unanswered, by its id."""
    ids = [block.id for block in page.blocks if isinstance(block, Check)]
    return {check_id: _ask(unit, page.questions[check_id], NOTHING_POSTED) for check_id in ids}


def answer(unit: PublishedUnit, question: Question, posted: Posted, *, language: str) -> Asked:
    """Return a self-check with the posted answer and everything that there is to say about it."""
    asked = _ask(unit, question, posted)
    if not is_offered(question, asked.answer):
        return replace(asked, problem=Problem.NOT_OFFERED)
    if is_blank(question, asked.answer):
        return replace(asked, problem=Problem.BLANK)
    share = mark(question, asked.answer)
    return replace(asked, told=explain(question, asked.order, asked.answer, share, EVERYTHING, language=language))


def _ask(unit: PublishedUnit, question: Question, posted: Posted) -> Asked:
    """Read a form by the order in which the question is shown: the same for everybody, and in every language."""
    order = draw_order(question, Random(f"{unit.id}/{question.id}"))
    return Asked(question, order, read_answer(question, order, posted))
