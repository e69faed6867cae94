"""Self-checks: asked in one order for all, marked at once, nothing kept."""

from dataclasses import replace
from fractions import Fraction

import pytest
from werkzeug.datastructures import MultiDict

from lms.catalogue.published import Check, PublishedPage, PublishedUnit
from lms.learning import checks
from lms.learning.checks import Problem
from lms.questions.questions import Option, Ordering, Question, SingleChoice
from tests.learning.courses import lesson

CHOICE = SingleChoice(
    id="extension",
    title="What do you do?",
    explanation="<p>Because.</p>",
    options=(
        Option("Wait", Fraction(0), "<p>Too late.</p>"),
        Option("Extend", Fraction(1)),
        Option("Refuse", Fraction(0)),
    ),
)
ORDER = Ordering(id="order", title="Put in order", items=("first", "second", "third"))


def unit_with(*questions: Question) -> tuple[PublishedUnit, PublishedPage]:
    """Return a lesson with self-checks, and its page."""
    unit = lesson("a/one")
    blocks = ("<p>Text</p>", *(Check(question.id) for question in questions))
    page = replace(unit.page("en"), blocks=blocks, questions={question.id: question for question in questions})
    return replace(unit, pages={"en": page}), page


def answer_with(question: Question, **fields: str) -> checks.Asked:
    """Answer a self-check by a form."""
    unit, _ = unit_with(question)
    return checks.answer(unit, question, MultiDict(fields), language="en")


def shown_at(question: Question, index: int) -> str:
    """Return the place at which a written part is shown."""
    unit, page = unit_with(question)
    return str(checks.ask(unit, page)[question.id].order.index(index))


def test_unanswered_nothing_is_told() -> None:
    unit, page = unit_with(CHOICE, ORDER)
    asked = checks.ask(unit, page)

    assert list(asked) == ["extension", "order"]
    assert all(one.told is None and one.problem is None for one in asked.values())


def test_everybody_is_asked_in_the_same_order() -> None:
    unit, page = unit_with(ORDER)

    assert checks.ask(unit, page)["order"].order == checks.ask(unit, page)["order"].order


def test_a_right_answer_is_told_with_its_reason() -> None:
    asked = answer_with(CHOICE, answer=shown_at(CHOICE, 1))

    assert asked.told is not None
    assert asked.told.share == 1
    assert asked.told.explanation == "<p>Because.</p>"


def test_a_wrong_answer_is_told_with_the_remark_on_it() -> None:
    asked = answer_with(CHOICE, answer=shown_at(CHOICE, 0))

    assert asked.told is not None
    assert asked.told.share == 0
    assert [line.feedback for line in asked.told.options if line.is_chosen] == ["<p>Too late.</p>"]


@pytest.mark.parametrize(
    ("question", "fields", "problem"),
    [
        (CHOICE, {}, Problem.BLANK),
        (CHOICE, {"answer": "99"}, Problem.NOT_OFFERED),
        (ORDER, {"answer-0": "1", "answer-1": "1"}, Problem.NOT_OFFERED),
    ],
)
def test_what_cannot_be_marked_is_asked_again(question: Question, fields: dict[str, str], problem: Problem) -> None:
    asked = answer_with(question, **fields)

    assert asked.told is None
    assert asked.problem is problem
