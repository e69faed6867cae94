"""Keys of typed answers: numbers, intervals, patterns, folding."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.questions.keys import (
    accepts_anything,
    fold,
    is_ambiguous,
    looks_like_number,
    matches,
    pattern_of,
    read_interval,
)


@pytest.mark.parametrize(
    ("key", "low", "high"),
    [
        ("15", "15", "15"),
        ("-3", "-3", "-3"),
        ("−3", "-3", "-3"),
        ("–3", "-3", "-3"),
        ("0,5", "1/2", "1/2"),
        ("0.50", "1/2", "1/2"),
        ("1 000", "1000", "1000"),
        ("15 ± 1", "14", "16"),
        ("15±0,5", "29/2", "31/2"),
        ("15 +- 1", "14", "16"),
        ("10..20", "10", "20"),
        ("10 … 20", "10", "20"),
        ("-5..-1", "-5", "-1"),
    ],
)
def test_a_number_is_a_closed_interval(key: str, low: str, high: str) -> None:
    assert read_interval(key) == (Fraction(low), Fraction(high))


@pytest.mark.parametrize("key", ["", "10-20", "20..10", "15 ± -1", "1e3", "15 дней", "1.2.3", "²", "1" * 50, "± 1"])
def test_anything_else_is_no_number(key: str) -> None:
    assert read_interval(key) is None


@pytest.mark.parametrize(
    ("key", "expected"), [("10-20", True), ("25.06.1998", True), ("15 %", True), ("15 дней", False)]
)
def test_a_key_of_digits_and_signs_looks_like_a_number(key: str, *, expected: bool) -> None:
    assert looks_like_number(key) is expected


@pytest.mark.parametrize(("key", "expected"), [("1,000", True), ("12.500", True), ("0,125", False), ("1 000", False)])
def test_thousands_after_a_comma_are_ambiguous(key: str, *, expected: bool) -> None:
    assert is_ambiguous(key) is expected


@pytest.mark.parametrize(
    ("pattern", "answer"),
    [
        ("ёлка", "ЕЛКА"),
        ("«Орхус»", '"орхус"'),
        ("20–30", "20-30"),
        ("Орхус*", "орхусская конвенция"),
        ("*конвенция", "Орхусская конвенция"),
        ("статья * пункт *", "Статья 4 пункт 2"),
        ("a*b*c", "abbc"),
        (r"2 \* 2", "2 * 2"),
        ("и\u0306", "й"),
        ("да", "Да."),
        ("Straße", "STRASSE"),
    ],
)
def test_an_answer_fits_whatever_does_not_matter(pattern: str, answer: str) -> None:
    assert matches(pattern, answer)


@pytest.mark.parametrize(
    ("pattern", "answer"),
    [("қала", "кала"), ("ab*ba", "aba"), (r"2 \* 2", "2 x 2"), ("a*b*c", "acb"), ("Орхус", "Орхуса"), ("да", "")],
)
def test_an_answer_fits_no_further(pattern: str, answer: str) -> None:
    assert not matches(pattern, answer)


@pytest.mark.parametrize(
    ("pattern", "expected"), [("*", True), ("* *", True), ("*.", True), (r"\*", False), ("а*", False)]
)
def test_stars_alone_accept_anything(pattern: str, *, expected: bool) -> None:
    assert accepts_anything(pattern) is expected


def test_a_key_keeps_only_the_backslashes_that_matter() -> None:
    assert pattern_of(r"а\;б \* \= \\") == r"а;б \* = \\"


@given(st.text())
def test_folding_twice_changes_nothing_but_full_stops(text: str) -> None:
    once = fold(text.rstrip(". \n\t"))

    assert fold(once.rstrip(".")) == once.rstrip(".").rstrip()


@given(st.text(alphabet="аб*", max_size=12), st.text(alphabet="аб", max_size=12))
def test_a_star_in_the_place_of_a_piece_always_fits(pattern: str, piece: str) -> None:
    assert matches(pattern, pattern.replace("*", piece))
