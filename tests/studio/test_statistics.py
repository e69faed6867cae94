"""Statistics of questions: a table worked out by hand, and a plain recount of random attempts."""

import math
from fractions import Fraction
from statistics import correlation as textbook

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.studio.statistics import (
    FEWEST,
    Marks,
    QuestionFigures,
    Sign,
    correlation,
    hundredths,
    question_figures,
    quiz_figures,
    tabulate,
    thirds,
)

ONE, NONE, HALF = Fraction(1), Fraction(0), Fraction(1, 2)

# Five learners, three questions; c is worth two points. Worked out on paper:
#   learner    a    b    c    rest of a   rest of b   rest of c
#   1          1    1    1        3           3           2
#   2          1    1    1/2      2           2           2
#   3          1    0    1/2      1           2           1
#   4          0    1    0        1           0           1
#   5          0    0    0        0           0           0
# a: n²cov = 5·6 - 3·7 = 9;  n²var = 5·3 - 9 = 6 and 5·15 - 49 = 26;  9/√156 = 0.7206
# b: n²cov = 5·5 - 3·7 = 4;  n²var = 6 and 5·17 - 49 = 36;            4/√216 = 0.2722
# c: n²cov = 5·7 - 4·6 = 11 (in points); n²var = 5·6 - 16 = 14 and 5·10 - 36 = 14; 11/14 = 0.7857
BY_HAND: list[Marks] = [
    {"a": ONE, "b": ONE, "c": ONE},
    {"a": ONE, "b": ONE, "c": HALF},
    {"a": ONE, "b": NONE, "c": HALF},
    {"a": NONE, "b": ONE, "c": NONE},
    {"a": NONE, "b": NONE, "c": NONE},
]
POINTS = {"a": ONE, "b": ONE, "c": Fraction(2)}


def figures_of(attempts: list[Marks], points: dict[str, Fraction]) -> dict[str, QuestionFigures]:
    return {figures.question: figures for figures in question_figures(tabulate(attempts, points))}


def test_figures_are_those_worked_out_by_hand() -> None:
    figures = figures_of(BY_HAND, POINTS)

    assert figures["a"] == QuestionFigures("a", 5, Fraction(3, 5), 72)
    assert figures["b"] == QuestionFigures("b", 5, Fraction(3, 5), 27)
    assert figures["c"] == QuestionFigures("c", 5, Fraction(2, 5), 79)


def test_a_question_counts_only_the_attempts_that_drew_it() -> None:
    drawn: list[Marks] = [{"a": ONE, "b": ONE}, {"a": NONE, "c": NONE}, {"b": NONE, "c": ONE}]

    figures = figures_of(drawn, POINTS)

    assert {question: one.count for question, one in figures.items()} == {"a": 2, "b": 2, "c": 2}
    assert figures["a"].facility == HALF


def test_papers_of_different_weight_compare_by_share() -> None:
    """The rest of the first attempt is 1 of 2 points, that of the second 1 of 1, that of the third 0 of 2."""
    table = tabulate([{"a": ONE, "c": HALF}, {"a": ONE, "b": ONE}, {"a": NONE, "c": NONE}], POINTS)["a"]

    assert table.rest == [table.rest[1] // 2, table.rest[1], 0]


def test_a_question_that_nobody_was_asked_has_no_figures() -> None:
    assert figures_of([], POINTS)["a"] == QuestionFigures("a", 0, None, None)


def test_marks_of_questions_that_are_gone_are_left_out() -> None:
    assert set(figures_of([{"a": ONE, "gone": ONE}], {"a": ONE})) == {"a"}


def test_an_only_question_has_no_rest_to_correlate_with() -> None:
    assert figures_of([{"a": ONE}, {"a": NONE}], {"a": ONE})["a"].discrimination is None


@pytest.mark.parametrize(
    ("count", "facility", "discrimination", "sign"),
    [
        (FEWEST - 1, HALF, -50, Sign.TOO_FEW),
        (FEWEST, HALF, -1, Sign.BACKWARD),
        (FEWEST, Fraction(29, 100), 50, Sign.HARD),
        (FEWEST, Fraction(3, 10), 50, Sign.FINE),
        (FEWEST, Fraction(9, 10), 19, Sign.BLUNT),
        (FEWEST, Fraction(91, 100), 10, Sign.EASY),
        (FEWEST, ONE, None, Sign.EASY),
        (FEWEST, NONE, None, Sign.HARD),
        (FEWEST, HALF, 20, Sign.FINE),
        (FEWEST, HALF, None, Sign.FINE),
    ],
)
def test_the_sign_names_what_to_look_into(
    count: int, facility: Fraction, discrimination: int | None, sign: Sign
) -> None:
    assert QuestionFigures("q", count, facility, discrimination).sign is sign


def test_the_worst_question_comes_first_and_the_ones_asked_too_rarely_last() -> None:
    knows: list[Marks] = [{"good": ONE, "fine": ONE, "backward": NONE, "easy": ONE}] * 15
    guesses: list[Marks] = [{"good": NONE, "fine": NONE, "backward": ONE, "easy": ONE}] * 14
    points = {"good": Fraction(3), "fine": Fraction(3), "rare": ONE, "easy": ONE, "backward": ONE}

    ranked = question_figures(tabulate([*knows, *guesses, {"rare": ONE, "good": ONE}], points))

    assert [figures.question for figures in ranked] == ["backward", "easy", "good", "fine", "rare"]


marks = st.sampled_from([NONE, Fraction(1, 4), Fraction(1, 3), HALF, ONE])
papers = st.lists(st.dictionaries(st.sampled_from("abcde"), marks, min_size=1), max_size=30)
weights = st.fixed_dictionaries(
    {letter: st.sampled_from([HALF, ONE, Fraction(3, 2), Fraction(2)]) for letter in "abcde"}
)


@given(papers, weights)
def test_figures_agree_with_a_plain_recount(attempts: list[Marks], points: dict[str, Fraction]) -> None:
    for question, figures in figures_of(attempts, points).items():
        asked = [marks for marks in attempts if question in marks]
        own = [marks[question] for marks in asked]
        rest = [rest_of(marks, points, question) for marks in asked]

        assert figures.count == len(asked)
        assert figures.facility == (sum(own) / Fraction(len(own)) if own else None)
        if len(set(own)) < 2 or len(set(rest)) < 2:
            assert figures.discrimination is None
        else:
            plain = 100 * textbook([float(x) for x in own], [float(x) for x in rest])
            assert figures.discrimination is not None
            assert math.isclose(figures.discrimination, plain, abs_tol=0.500001)


def rest_of(marks: Marks, points: dict[str, Fraction], question: str) -> Fraction:
    """Return the share of its other points that an attempt earned."""
    others = [one for one in marks if one != question]
    out_of = sum((points[one] for one in others), NONE)
    return sum((marks[one] * points[one] for one in others), NONE) / out_of if out_of else NONE


@given(
    st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), max_size=20), st.integers(1, 9), st.integers(-9, 9)
)
def test_correlation_keeps_its_value_on_any_scale(pairs: list[tuple[int, int]], factor: int, shift: int) -> None:
    xs, ys = [x for x, _ in pairs], [y for _, y in pairs]

    found = correlation(xs, ys)

    assert found == correlation([factor * x + shift for x in xs], ys)
    assert found == correlation(ys, xs)
    assert found is None or -100 <= found <= 100
    assert correlation(xs, [-y for y in ys]) == (None if found is None else -found)


def test_a_correlation_of_exactly_half_a_hundredth_is_rounded_away_from_zero() -> None:
    """Of 32 learners 16 know one thing and 16 the other, 9 of them both: the correlation is (81 - 49) / 256 = 1/8."""
    one, other = [1] * 16 + [0] * 16, [1] * 9 + [0] * 7 + [1] * 7 + [0] * 9

    assert correlation(one, other) == 13
    assert correlation(one, [-value for value in other]) == -13


@given(st.lists(st.integers(0, 5), max_size=30))
def test_thirds_hold_the_best_and_the_weakest_with_all_their_equals(ranks: list[int]) -> None:
    strong, weak = thirds(ranks)

    chosen = [rank for rank, is_in in zip(ranks, strong, strict=True) if is_in]
    left = [rank for rank, is_in in zip(ranks, strong, strict=True) if not is_in]
    assert 3 * len(chosen) >= len(ranks)
    assert not chosen or not left or min(chosen) > max(left)
    lowest = [rank for rank, is_in in zip(ranks, weak, strict=True) if is_in]
    assert 3 * len(lowest) >= len(ranks)
    assert not lowest or max(lowest) < min([rank for rank in ranks if rank > max(lowest)], default=99)


def test_a_quiz_tells_how_many_passed_and_how_they_scored() -> None:
    figures = quiz_figures([ONE, HALF, NONE, Fraction(1, 4)], passed=1)

    assert (figures.count, figures.passed) == (4, 25)
    assert figures.mean == 44
    assert figures.median == 38


def test_a_quiz_that_nobody_has_taken_has_no_mean() -> None:
    assert quiz_figures([], passed=0).mean is None


@pytest.mark.parametrize(("share", "shown"), [(Fraction(1, 3), 33), (Fraction(1, 200), 1), (ONE, 100), (NONE, 0)])
def test_shares_are_shown_in_hundredths_with_halves_up(share: Fraction, shown: int) -> None:
    assert hundredths(share) == shown
