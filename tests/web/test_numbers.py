"""Numbers as each language writes them; nothing is lost on the way."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.languages import LANGUAGES
from lms.web.numbers import number, percent, points

MARKS = {"kk": ("\u00a0", ","), "ru": ("\u00a0", ","), "en": (",", ".")}


def read(text, language):
    group, point = MARKS[language]
    return Decimal(text.removesuffix("%").rstrip("\u00a0").replace(group, "").replace(point, "."))


@pytest.mark.parametrize(("language", "expected"), [("kk", "11\u00a0177"), ("ru", "11\u00a0177"), ("en", "11,177")])
def test_thousands_are_grouped(language, expected):
    assert number(11177, language) == expected


@pytest.mark.parametrize(
    ("hundredths", "language", "expected"),
    [
        (8550, "kk", "85,5%"),
        (8550, "ru", "85,5\u00a0%"),
        (8550, "en", "85.5%"),
        (7000, "ru", "70\u00a0%"),
        (6999, "ru", "69,99\u00a0%"),
        (0, "en", "0%"),
        (10000, "en", "100%"),
    ],
)
def test_a_share_is_written_exactly(hundredths, language, expected):
    assert percent(hundredths, language) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(Fraction(7, 2), "3,5"), (Fraction(1, 3), "0,33"), (Fraction(2, 3), "0,67"), (Fraction(1, 200), "0,01"), (4, "4")],
)
def test_marks_are_written_to_two_decimals(value, expected):
    assert points(value, "ru") == expected


@given(st.integers(0, 1_000_000), st.sampled_from(LANGUAGES))
def test_a_written_share_reads_back_as_it_was(hundredths, language):
    assert read(percent(hundredths, language), language) * 100 == hundredths


@given(st.fractions(0, 10_000), st.sampled_from(LANGUAGES))
def test_written_marks_are_off_by_half_a_hundredth_at_most(value, language):
    assert abs(Fraction(read(points(value, language), language)) - value) <= Fraction(1, 200)


@given(st.decimals(-(10**12), 10**12, places=6), st.sampled_from(LANGUAGES))
def test_no_decimals_of_a_number_are_dropped(value, language):
    assert read(number(value, language), language) == value
