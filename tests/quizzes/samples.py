"""Questions of every kind, made by hand; their texts say what they are."""

from fractions import Fraction
from typing import Any

from lms.questions.questions import (
    ChoiceGap,
    Cloze,
    Matching,
    MultipleChoice,
    NumberAnswer,
    NumberGap,
    Option,
    Ordering,
    Question,
    SingleChoice,
    Statement,
    TextAnswer,
    gap_placeholder,
)

NONE, QUARTER, ALL = Fraction(0), Fraction(1, 4), Fraction(1)
WHY = "<p>Explained: the Convention says so.</p>"


def single(question_id: str = "deadline", **facts: Any) -> SingleChoice:
    """Return a question whose first option is right and whose second earns a quarter."""
    options = (
        Option("Within one month", ALL),
        Option("Within fifteen days", QUARTER, "<p>Remark: that is the term of the code.</p>"),
        Option("Within three months", NONE, "<p>Remark: that is too long.</p>"),
        Option("None of these", NONE, is_pinned=True),
    )
    values = {"title": f"Question {question_id}?", "explanation": WHY, "options": options}
    return SingleChoice(id=question_id, **(values | facts))


def true_false(question_id: str = "economic", **facts: Any) -> SingleChoice:
    """Return a question of two options, the first of which is right."""
    return single(question_id, options=(Option("True", ALL), Option("False", NONE)), **facts)


def multiple(question_id: str = "refusal", **facts: Any) -> MultipleChoice:
    """Return a question whose first two options of four are right."""
    options = (
        Option("The body does not hold it", ALL),
        Option("The request is too general", ALL),
        Option("No reason was given", NONE, "<p>Remark: none is needed.</p>"),
        Option("The applicant is a foreigner", NONE),
    )
    return MultipleChoice(
        id=question_id, title="What is a ground for refusal?", options=options, explanation=WHY, **facts
    )


def text(question_id: str = "city", **facts: Any) -> TextAnswer:
    """Return a question that takes Aarhus, however it ends."""
    values = {"title": "In which city?", "accepted": ("Aarhus*",), "explanation": WHY}
    return TextAnswer(id=question_id, **(values | facts))


def number(question_id: str = "forward", **facts: Any) -> NumberAnswer:
    """Return a question that takes from 3 to 3.5 working days."""
    intervals = ((Fraction(3), Fraction(7, 2)),)
    return NumberAnswer(id=question_id, title="How many?", intervals=intervals, unit="working days", **facts)


def matching(question_id: str = "pillars", **facts: Any) -> Matching:
    """Return a question of two stems and three definitions."""
    return Matching(
        id=question_id,
        title="Match subject and articles.",
        stems=("Access to information", "Access to justice"),
        definitions=("Articles 4–5", "Article 9", "Article 15 & more"),
        key=(0, 1),
        **facts,
    )


def ordering(question_id: str = "timeline", **facts: Any) -> Ordering:
    """Return a question of three events in their order."""
    items = ("The Convention is adopted", "It enters into force", "Almaty hosts the meeting")
    return Ordering(id=question_id, title="Put in order.", items=items, **facts)


def cloze(question_id: str = "extend", **facts: Any) -> Cloze:
    """Return a question with a number to type and a drop-down."""
    body = f"<p>To {gap_placeholder(0)} months where the {gap_placeholder(1)} justifies it.</p>"
    gaps = (NumberGap(((Fraction(2), Fraction(2)),)), ChoiceGap(("complexity", "cost"), 0))
    return Cloze(id=question_id, title="Complete the rule.", text=body, gaps=gaps, **facts)


def statement(question_id: str = "honest", **facts: Any) -> Statement:
    """Return something to confirm."""
    return Statement(id=question_id, title="Confirmation", text="<p>On my own.</p>", label="I confirm it", **facts)


def every_kind() -> list[Question]:
    """Return one question of each kind that the program marks."""
    return [single(), true_false(), multiple(), text(), number(), matching(), ordering(), cloze(), statement()]


RIGHT: dict[str, object] = {
    "deadline": "0",
    "economic": "0",
    "refusal": ["0", "1"],
    "city": "aarhus, Denmark",
    "forward": "3",
    "pillars": ["0", "1"],
    "timeline": ["0", "1", "2"],
    "extend": ["2", "0"],
    "honest": "yes",
}
