"""Every scoring rule of the course format, as tables of cases."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.questions.marking import LONGEST_ANSWER, NeedsPerson, is_blank, is_offered, mark
from lms.questions.questions import (
    ChoiceGap,
    Cloze,
    Criterion,
    Essay,
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
    TextGap,
)

RIGHT, QUARTER, WRONG = Fraction(1), Fraction(1, 4), Fraction(0)


def options(*shares: Fraction) -> tuple[Option, ...]:
    return tuple(Option(f"option {number}", share) for number, share in enumerate(shares))


def exactly(number: int) -> tuple[Fraction, Fraction]:
    return Fraction(number), Fraction(number)


COMMON: dict[str, Any] = {"id": "q", "title": "Question?"}
SINGLE = SingleChoice(**COMMON, options=options(WRONG, RIGHT, QUARTER))
MULTIPLE = MultipleChoice(**COMMON, options=options(RIGHT, RIGHT, WRONG, WRONG))
TEXT = TextAnswer(**COMMON, accepted=("Орхус*", "г. Aarhus"), unit="город")
NUMBER = NumberAnswer(**COMMON, intervals=((Fraction(14), Fraction(16)), exactly(30)), unit="рабочих дней")
DECIMAL = NumberAnswer(**COMMON, intervals=((Fraction("0.1"), Fraction("0.1")), (Fraction(1000), Fraction(2000))))
MATCHING = Matching(**COMMON, stems=("a", "b", "c"), definitions=("x", "y", "z"), key=(0, 1, 0))
ORDERING = Ordering(**COMMON, items=("first", "second", "third", "fourth"))
CLOZE = Cloze(**COMMON, text="", gaps=(NumberGap((exactly(2),)), ChoiceGap(("a", "b"), right=0), TextGap(("причин*",))))
ESSAY = Essay(**COMMON, criteria=(Criterion(Fraction(2), "named"),), points=Fraction(2))
STATEMENT = Statement(**COMMON, label="I confirm", points=Fraction(0))
EVERY = (SINGLE, MULTIPLE, TEXT, NUMBER, MATCHING, ORDERING, CLOZE, ESSAY, STATEMENT)


@pytest.mark.parametrize(
    ("question", "answer", "share"),
    [
        (SINGLE, "1", "1"),
        (SINGLE, "2", "1/4"),
        (SINGLE, "0", "0"),
        (SINGLE, "", "0"),
        (MULTIPLE, ["0", "1"], "1"),
        (MULTIPLE, ["1", "0"], "1"),
        (MULTIPLE, ["0"], "1/2"),
        (MULTIPLE, ["0", "2"], "0"),
        (MULTIPLE, ["0", "1", "2"], "1/2"),
        (MULTIPLE, ["0", "1", "2", "3"], "0"),
        (MULTIPLE, ["2", "3"], "0"),
        (MULTIPLE, [], "0"),
        (TEXT, "Орхус", "1"),
        (TEXT, "  орхусе. ", "1"),
        (TEXT, "ОРХУС, Дания", "1"),
        (TEXT, "г.  aarhus", "1"),
        (TEXT, "г. Aarhus город", "1"),
        (TEXT, "в Орхусе", "0"),
        (TEXT, "", "0"),
        (NUMBER, "15", "1"),
        (NUMBER, " 14,0 ", "1"),
        (NUMBER, "16.000", "1"),
        (NUMBER, "16,001", "0"),
        (NUMBER, "30", "1"),
        (NUMBER, "15 рабочих дней", "1"),
        (NUMBER, "15рабочих  дней.", "1"),
        (NUMBER, "15 дней", "0"),
        (NUMBER, "пятнадцать", "0"),
        (NUMBER, "1e1", "0"),
        (NUMBER, "٣٠", "0"),
        (DECIMAL, "0,1", "1"),
        (DECIMAL, ".1", "0"),
        (DECIMAL, "1 500", "1"),
        (DECIMAL, "1\u00a0500,5", "1"),
        (DECIMAL, "−0,1", "0"),
        (MATCHING, ["0", "1", "0"], "1"),
        (MATCHING, ["0", "1", ""], "2/3"),
        (MATCHING, ["1", "1", "1"], "1/3"),
        (MATCHING, ["", "", ""], "0"),
        (ORDERING, ["0", "1", "2", "3"], "1"),
        (ORDERING, ["1", "0", "2", "3"], "1/2"),
        (ORDERING, ["1", "2", "3", "0"], "0"),
        (ORDERING, ["0", "", "", ""], "1/4"),
        (CLOZE, ["2", "0", "причинах"], "1"),
        (CLOZE, ["2", "1", ""], "1/3"),
        (CLOZE, ["два", "", ""], "0"),
        (STATEMENT, "yes", "1"),
        (STATEMENT, "", "0"),
        (ESSAY, "  \n", "0"),
    ],
)
def test_an_answer_earns_its_share(question: Question, answer: object, share: str) -> None:
    assert mark(question, answer) == Fraction(share)


@pytest.mark.parametrize(
    ("question", "answer", "share"),
    [
        (SingleChoice(**COMMON, options=SINGLE.options, exact=True), "2", 0),
        (SingleChoice(**COMMON, options=SINGLE.options, exact=True), "1", 1),
        (MultipleChoice(**COMMON, options=MULTIPLE.options, exact=True), ["0"], 0),
        (MultipleChoice(**COMMON, options=MULTIPLE.options, exact=True), ["0", "1"], 1),
        (Ordering(**COMMON, items=ORDERING.items, exact=True), ["0", "1", "3", "2"], 0),
        (Cloze(**COMMON, gaps=CLOZE.gaps, exact=True), ["2", "0", ""], 0),
    ],
)
def test_exact_scoring_is_all_or_nothing(question: Question, answer: object, share: int) -> None:
    assert mark(question, answer) == share


def test_an_essay_that_says_something_needs_a_person() -> None:
    with pytest.raises(NeedsPerson):
        mark(ESSAY, "Данные предоставлены.")


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (SINGLE, "3"),
        (SINGLE, "-1"),
        (SINGLE, "01"),
        (SINGLE, "²"),
        (SINGLE, ["1"]),
        (SINGLE, None),
        (MULTIPLE, ["0", "0"]),
        (MULTIPLE, ["4"]),
        (MULTIPLE, [""]),
        (MULTIPLE, "0"),
        (MULTIPLE, [0]),
        (TEXT, "a" * (LONGEST_ANSWER + 1)),
        (TEXT, ["Орхус"]),
        (NUMBER, 15),
        (MATCHING, ["0", "1"]),
        (MATCHING, ["0", "1", "3"]),
        (ORDERING, ["0", "0", "1", "2"]),
        (ORDERING, ["0", "1", "2"]),
        (CLOZE, ["2", "2", ""]),
        (CLOZE, ["2", "0"]),
        (CLOZE, ["2" * (LONGEST_ANSWER + 1), "0", ""]),
        (ESSAY, "a" * (LONGEST_ANSWER + 1)),
        (STATEMENT, "no"),
        (STATEMENT, ["yes"]),
    ],
)
def test_an_answer_that_was_not_offered_is_refused_and_earns_nothing(question: Question, answer: object) -> None:
    assert not is_offered(question, answer)
    assert mark(question, answer) == 0


@pytest.mark.parametrize("answer", ["", "   ", [], [""], ["", " "], None])
def test_what_says_nothing_is_blank(answer: object) -> None:
    assert all(is_blank(question, answer) for question in EVERY)


ANSWERS = st.text(max_size=5) | st.lists(st.sampled_from(["", "0", "1", "2", "3"]) | st.text(max_size=2), max_size=5)


@given(st.sampled_from([question for question in EVERY if question is not ESSAY]), ANSWERS | st.integers() | st.none())
def test_marks_lie_between_nothing_and_everything(question: Question, answer: object) -> None:
    assert 0 <= mark(question, answer) <= 1


@given(st.lists(st.booleans(), min_size=2, max_size=6).filter(any), st.data())
def test_ticking_everything_or_guessing_never_beats_the_right_answer(key: list[bool], data: st.DataObject) -> None:
    question = MultipleChoice(**COMMON, options=options(*(Fraction(right) for right in key)))
    right = [str(place) for place, is_right in enumerate(key) if is_right]
    tried = data.draw(st.lists(st.sampled_from([str(place) for place in range(len(key))]), unique=True))

    assert mark(question, right) == 1
    assert (mark(question, tried) == 1) == (sorted(tried) == right)
