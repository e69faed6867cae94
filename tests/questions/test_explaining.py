"""Telling about an answer: everything that may be told is there, and nothing else is."""

from dataclasses import asdict, replace
from fractions import Fraction

import pytest

from lms.questions.asking import blank_answer, written_order
from lms.questions.explaining import EVERYTHING, NOTHING, Explained, Telling, explain
from lms.questions.marking import Answer, mark
from lms.questions.questions import Question
from tests.quizzes.samples import (
    RIGHT,
    cloze,
    every_kind,
    matching,
    multiple,
    number,
    ordering,
    single,
    statement,
    text,
)

MARKS, FEEDBACK, KEY = Telling(True, False, False), Telling(False, True, False), Telling(False, False, True)


def told(question: Question, answer: Answer, telling: Telling = EVERYTHING, language: str = "en") -> Explained:
    share = None if question.kind == "statement" else mark(question, answer)
    return explain(question, written_order(question), answer, share, telling, language=language)


@pytest.mark.parametrize("question", every_kind(), ids=lambda question: question.kind)
def test_while_nothing_may_be_told_the_answer_is_all_there_is(question: Question) -> None:
    for answer in (blank_answer(question), RIGHT[question.id]):
        explained = told(question, answer, NOTHING)  # type: ignore[arg-type]
        assert explained.share is None
        assert explained.explanation == ""
        assert all(option.is_right is None and option.feedback == "" for option in explained.options)
        assert all(part.right is None for part in explained.parts)


@pytest.mark.parametrize("question", every_kind(), ids=lambda question: question.kind)
def test_without_the_key_two_keys_cannot_be_told_apart(question: Question) -> None:
    """Turn the key round; what is told about an untouched question must stay the same, byte by byte."""
    nine = ((Fraction(9), Fraction(9)),)
    turned = {
        "single": lambda q: replace(q, options=tuple(replace(o, share=1 - o.share) for o in q.options)),
        "multiple": lambda q: replace(q, options=tuple(replace(o, share=1 - o.share) for o in q.options)),
        "text": lambda q: replace(q, accepted=("Almaty",)),
        "number": lambda q: replace(q, intervals=nine),
        "matching": lambda q: replace(q, key=(2, 0)),
        "cloze": lambda q: replace(q, gaps=(replace(q.gaps[0], intervals=nine), replace(q.gaps[1], right=1))),
    }.get(question.kind, lambda q: q)(question)
    answer = blank_answer(question)

    for telling in (NOTHING, FEEDBACK, MARKS, Telling(True, True, False)):
        assert asdict(told(question, answer, telling)) == asdict(told(turned, answer, telling))


def test_marks_say_how_much_was_earned_and_not_which_option_is_right() -> None:
    explained = told(single(), "1", MARKS)

    assert explained.share == Fraction(1, 4)
    assert all(option.is_right is None for option in explained.options)


def test_feedback_is_on_the_chosen_option_only() -> None:
    explained = told(single(), "1", FEEDBACK)

    assert [bool(option.feedback) for option in explained.options] == [False, True, False, False]
    assert explained.explanation == ""


def test_the_key_brings_the_explanation_and_every_remark() -> None:
    explained = told(single(), "2", KEY)

    assert [option.is_right for option in explained.options] == [True, False, False, False]
    assert [bool(option.feedback) for option in explained.options] == [False, True, True, False]
    assert explained.explanation


def test_options_stand_as_they_were_shown() -> None:
    explained = explain(multiple(), (3, 1, 0, 2), ["1", "3"], Fraction(0), EVERYTHING, language="en")

    assert [option.is_chosen for option in explained.options] == [True, True, False, False]
    assert [option.is_right for option in explained.options] == [False, True, True, False]


@pytest.mark.parametrize(
    ("question", "answer", "lines"),
    [
        (text(), " Århus ", [("", "Århus", "Aarhus…")]),
        (text(accepted=(r"2 \* 2",)), "4", [("", "4", "2 * 2")]),
        (number(), "4", [("", "4 working days", "3–3.5 working days")]),
        (number(), "4 working days", [("", "4 working days", "3–3.5 working days")]),
        (
            matching(),
            ["2", ""],
            [
                ("Access to information", "Article 15 &amp; more", "Articles 4–5"),
                ("Access to justice", "", "Article 9"),
            ],
        ),
        (
            ordering(),
            ["1", "0", ""],
            [
                ("1", "It enters into force", "The Convention is adopted"),
                ("2", "The Convention is adopted", "It enters into force"),
                ("3", "", "Almaty hosts the meeting"),
            ],
        ),
        (cloze(), ["<b>", "1"], [("1", "&lt;b&gt;", "2"), ("2", "cost", "complexity")]),
    ],
)
def test_each_part_tells_what_was_given_and_what_is_right(
    question: Question, answer: Answer, lines: list[tuple[str, str, str]]
) -> None:
    parts = told(question, answer).parts

    assert [(part.label, part.given, part.right) for part in parts] == lines


def test_numbers_have_the_comma_of_the_language_and_lose_no_digit() -> None:
    long = replace(number(), unit="", intervals=((Fraction("-0.123456789012345678901234567891"),) * 2,))

    assert told(long, "", language="ru").parts[0].right == "−0,123456789012345678901234567891"


def test_a_confirmation_is_told_as_it_was_given() -> None:
    assert told(statement(), "yes").options[0].is_chosen
    assert not told(statement(), "").options[0].is_chosen
