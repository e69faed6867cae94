"""Marks are exact: 7 of 10 passes 70 %, a hair less does not, and decimal points of questions lose nothing."""

from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.questions.questions import Option, Question
from lms.quizzes.grading import LARGEST, Marked, as_row, hundredths, mark_paper, read_marks, score_by_topic
from lms.quizzes.paper import draw_paper
from tests.quizzes.samples import RIGHT, every_kind, single, statement, text, true_false


def marked(questions: list[Question], answers: dict[str, object], pass_mark: Fraction = Fraction(70)) -> Marked:
    paper = draw_paper(questions, draw=None, shuffle=True, random=Random(1))
    wordings = {question.id: [question] for question in questions}
    return mark_paper(paper, wordings, answers, pass_mark=pass_mark)  # type: ignore[arg-type]


def test_right_answers_to_every_kind_of_question_earn_everything() -> None:
    result = marked(every_kind(), RIGHT)

    assert result.is_passed
    assert (result.points, result.out_of) == (8, 8)
    assert set(result.shares) == set(RIGHT) - {"honest"}


def test_no_answer_at_all_earns_nothing() -> None:
    result = marked(every_kind(), {})

    assert not result.is_passed
    assert result.points == 0


@pytest.mark.parametrize(("right", "is_passed"), [(7, True), (6, False)])
def test_seven_of_ten_pass_seventy_percent(right: int, is_passed: bool) -> None:
    questions: list[Question] = [single(f"q{n}") for n in range(10)]

    assert marked(questions, {f"q{n}": "0" for n in range(right)}).is_passed is is_passed


def test_a_third_of_three_passes_exactly_a_third() -> None:
    questions: list[Question] = [true_false(f"q{n}") for n in range(3)]

    assert marked(questions, {"q0": "0"}, Fraction(100, 3)).is_passed
    assert not marked(questions, {"q0": "0"}, Fraction(100, 3) + Fraction(1, 10**12)).is_passed


def test_points_weigh_and_parts_count() -> None:
    result = marked([single("a", points=Fraction("2.5")), single("b", points=Fraction("0.1"))], {"a": "1", "b": "0"})

    assert result.points == Fraction("2.5") / 4 + Fraction("0.1")
    assert result.out_of == Fraction("2.6")


def test_a_grade_keeps_points_and_maximum_over_one_denominator() -> None:
    row = as_row(marked([single("a", points=Fraction("2.5")), single("b")], {"a": "1"}))

    assert row == {"points": 5, "points_over": 8, "out_of": 28, "is_passed": False, "marks": '{"a":"1/4","b":"0"}'}
    assert read_marks(str(row["marks"])) == {"a": Fraction(1, 4), "b": 0}


@given(
    st.lists(
        st.tuples(st.fractions(0, 1, max_denominator=12), st.decimals("0.1", "9", places=1)), min_size=1, max_size=30
    )
)
@settings(max_examples=40)
def test_nothing_is_lost_between_marks_and_row(parts: list[tuple[Fraction, Decimal]]) -> None:
    points = sum((share * Fraction(weight) for share, weight in parts), Fraction(0))
    out_of = sum((Fraction(weight) for _, weight in parts), Fraction(0))

    row = as_row(Marked({}, points, out_of, is_passed=False))

    assert Fraction(int(row["points"]), int(row["points_over"])) == points
    assert Fraction(int(row["out_of"]), int(row["points_over"])) == out_of


PARTS = st.lists(
    st.tuples(st.fractions(0, 1, max_denominator=10**9), st.fractions(Fraction(1, 10**6), 10**6)),
    min_size=1,
    max_size=40,
)


@given(PARTS)
@settings(max_examples=40)
def test_what_does_not_fit_exactly_is_kept_a_hair_too_low_and_reads_the_same(
    parts: list[tuple[Fraction, Fraction]],
) -> None:
    points = sum((share * weight.limit_denominator(10**6) for share, weight in parts), Fraction(0))
    out_of = sum((weight.limit_denominator(10**6) for _, weight in parts), Fraction(0))

    row = as_row(Marked({}, points, out_of, is_passed=False))

    kept = Fraction(int(row["points"]), int(row["out_of"]))
    assert 0 <= int(row["points"]) <= int(row["out_of"]) <= LARGEST
    assert 0 < int(row["points_over"]) <= LARGEST
    assert kept <= points / out_of


def test_thirty_bits_of_denominators_stay_exact_and_seventy_lose_less_than_can_be_seen() -> None:
    out_of, primes = Fraction(40), (7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59)
    few = Fraction(1, 7) + Fraction(3_333_333, 10_000_000)
    many = sum((Fraction(1, prime) for prime in primes), few)

    for points, error in ((few, 0), (many, Fraction(1, 10**12))):
        row = as_row(Marked({}, points, out_of, is_passed=False))
        kept = Fraction(int(row["points"]), int(row["points_over"]))
        assert 0 <= points - kept <= error
        assert Fraction(int(row["out_of"]), int(row["points_over"])) == out_of
        assert hundredths(int(row["points"]), int(row["out_of"])) == hundredths(points, out_of)


def test_whoever_passes_by_a_hair_that_does_not_fit_has_passed() -> None:
    share = Fraction(7, 10) + Fraction(1, 10**40)
    questions: list[Question] = [single("a", options=(Option("part", share), Option("all", Fraction(1))))]

    result = marked(questions, {"a": "0"})

    assert result.is_passed
    row = as_row(result)
    assert (row["is_passed"], hundredths(int(row["points"]), int(row["out_of"]))) == (True, 7_000)


@given(st.integers(0, 1000), st.integers(1, 1000))
def test_a_score_short_of_a_mark_never_reads_as_it(points: int, out_of: int) -> None:
    points = min(points, out_of)

    shown = Fraction(hundredths(points, out_of), 100)

    assert 0 <= shown <= 100
    assert shown <= Fraction(100 * points, out_of) < shown + Fraction(1, 100)


def test_a_typed_answer_counts_in_any_language_of_the_course() -> None:
    wordings = {"city": [text(), text(accepted=("Орхус",))]}
    paper = draw_paper([text()], draw=None, shuffle=True, random=Random(1))

    for answer in ("Aarhus", "орхус"):
        assert mark_paper(paper, wordings, {"city": answer}, pass_mark=Fraction(100)).is_passed


def test_nobody_passes_without_confirming_what_must_be_confirmed() -> None:
    questions = [single(), statement()]

    assert not marked(questions, {"deadline": "0"}).is_passed
    assert marked(questions, {"deadline": "0", "honest": "yes"}).is_passed


@pytest.mark.parametrize(("answer", "points"), [("yes", 1), ("", 0)])
def test_a_quiz_of_statements_alone_counts_as_one_point(answer: str, points: int) -> None:
    result = marked([statement()], {"honest": answer})

    assert (result.points, result.out_of, result.is_passed) == (points, 1, answer == "yes")


def test_the_score_by_topic_follows_the_course_and_leaves_out_what_was_not_asked() -> None:
    questions = [single("a", topic="words"), single("b", topic="why"), single("c"), single("d", topic="why")]
    result = marked(list(questions), {"a": "0", "d": "1"})

    scores = score_by_topic(questions, result.shares, ["why", "words", "justice"])

    assert [(one.topic, one.points, one.out_of) for one in scores] == [
        ("why", Fraction(1, 4), 2),
        ("words", 1, 1),
        (None, 0, 1),
    ]
