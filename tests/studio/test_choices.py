"""What people put down, counted for every kind of question."""

from collections.abc import Sequence
from fractions import Fraction

from lms.questions.marking import Answer
from lms.questions.questions import (
    ChoiceGap,
    Cloze,
    Matching,
    MultipleChoice,
    NumberAnswer,
    Option,
    Ordering,
    Question,
    SingleChoice,
    TextAnswer,
    TextGap,
    gap_placeholder,
)
from lms.studio.choices import MOST_TYPED, Given, Kind, Line, count_choices

ONE, NONE = Fraction(1), Fraction(0)
SECRET = SingleChoice(
    id="secret",
    title="Emissions",
    options=(Option("<em>Refuse</em>", NONE), Option("Give", ONE), Option("Ask", Fraction(1, 4))),
)


def count(question: Question, answers: Sequence[Answer], *others: Question, language: str = "en") -> list[Line]:
    """Count answers of which the first half is strong and the second half weak."""
    half = len(answers) // 2
    given = [Given(answer, place < half, place >= half) for place, answer in enumerate(answers)]
    return count_choices([question, *others], given, language=language)


def test_options_are_counted_in_their_written_order_with_the_shares_of_both_thirds() -> None:
    refuse, give, ask = count(SECRET, ["1", "1", "0", "1"])

    assert (refuse.label, refuse.is_right, refuse.count, refuse.share) == ("<em>Refuse</em>", False, 1, 25)
    assert (give.is_right, give.count, give.strong, give.weak) == (True, 3, 100, 50)
    assert (ask.is_right, ask.count) == (False, 0)


def test_a_wrong_option_that_the_strong_choose_misleads() -> None:
    refuse, give, _ = count(SECRET, ["0", "1", "1", "1"])

    assert refuse.misleads
    assert not give.misleads


def test_a_wrong_option_that_nobody_chooses_is_seldom_and_the_key_never() -> None:
    refuse, give, ask = count(SECRET, ["0"] * 4)

    assert [line.is_seldom for line in (refuse, give, ask)] == [False, False, True]


def test_open_answers_get_a_line_of_their_own_only_if_there_are_any() -> None:
    assert [line.kind for line in count(SECRET, ["1", "1"])] == [Kind.OPTION] * 3
    assert count(SECRET, ["1", ""])[-1].kind is Kind.BLANK
    assert count(SECRET, ["1", ""])[-1].count == 1


def test_every_ticked_option_counts() -> None:
    question = MultipleChoice(id="m", title="M", options=tuple(Option(name, ONE) for name in "abc"))

    lines = count(question, [["0", "2"], ["2"], []])

    assert [line.count for line in lines] == [1, 0, 2, 1]


def test_stems_count_who_matched_them() -> None:
    question = Matching(id="m", title="M", stems=("Access", "Justice"), definitions=("4–5", "<9>"), key=(0, 1))

    access, justice = count(question, [["0", "1"], ["0", "0"]])

    assert (access.kind, access.label, access.count) == (Kind.PART, "Access → 4–5", 2)
    assert (justice.label, justice.count) == ("Justice → &lt;9&gt;", 1)


def test_places_count_who_put_the_right_thing_there() -> None:
    question = Ordering(id="o", title="O", items=("Adopted", "In force"))

    assert [(line.label, line.count) for line in count(question, [["0", "1"], ["1", "0"]])] == [
        ("1. Adopted", 1),
        ("2. In force", 1),
    ]


def test_gaps_count_who_filled_them_in_any_language() -> None:
    text = f"{gap_placeholder(0)} {gap_placeholder(1)}"
    english = Cloze(id="c", title="C", text=text, gaps=(TextGap(("two",)), ChoiceGap(("hard", "dear"), 0)))
    kazakh = Cloze(id="c", title="C", text=text, gaps=(TextGap(("екі",)), ChoiceGap(("қиын", "қымбат"), 0)))

    two, hard = count(english, [["two", "0"], ["екі", "1"], ["three", ""]], kazakh)

    assert (two.label, two.count) == ("1. two", 2)
    assert (hard.label, hard.count) == ("2. hard", 1)


def test_typed_answers_are_counted_as_they_are_compared_and_rare_ones_are_not_shown() -> None:
    question = TextAnswer(id="t", title="T", accepted=("Aarhus",))

    right, other, blank = count(question, ["Aarhus", " aarhus. ", "AARHUS", "Ivanov, tel. 123", "Oslo", ""])

    assert (right.kind, right.label, right.is_right, right.count) == (Kind.TYPED, "Aarhus", True, 3)
    assert (other.kind, other.count) == (Kind.OTHER, 2)
    assert (blank.kind, blank.count) == (Kind.BLANK, 1)


def test_typed_answers_cannot_become_markup() -> None:
    line, *_ = count(NumberAnswer(id="n", title="N", intervals=((ONE, ONE),)), ["<b>1</b>"] * 3)

    assert (line.label, line.is_right) == ("&lt;b&gt;1&lt;/b&gt;", False)


def test_only_the_most_frequent_typed_answers_have_lines() -> None:
    answers = [f"answer {n}" for n in range(MOST_TYPED + 5) for _ in range(3)]

    lines = count(TextAnswer(id="t", title="T", accepted=("Aarhus",)), answers)

    assert [line.kind for line in lines] == [*[Kind.TYPED] * MOST_TYPED, Kind.OTHER]
    assert lines[-1].count == 15


def test_a_question_without_answers_has_its_options_with_nobody() -> None:
    assert [line.share for line in count(SECRET, [])] == [0] * 3
