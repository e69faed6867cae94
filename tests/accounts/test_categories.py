"""Categories of posts, however they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.accounts.categories import CATEGORIES, normalise


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("C-4", "C-4"),
        ("С-4", "C-4"),  # Cyrillic
        ("с-о-5", "C-O-5"),
        ("Е-R-2", "E-R-2"),
        ("D-0-3", "D-O-3"),  # a zero for the letter
        (" e – g – 4 ", "E-G-4"),
        ("C4", "C-4"),
        ("В", "B"),
    ],
)
def test_a_category_is_understood_in_either_alphabet(typed: str, meant: str) -> None:
    assert normalise(typed) == meant


@pytest.mark.parametrize("typed", ["", "-", "C-7", "F-1", "C-O", "C-44", "руководитель"])
def test_what_is_no_category_is_not_guessed_at(typed: str) -> None:
    assert normalise(typed) is None


def test_no_two_categories_are_written_alike() -> None:
    assert len({category.replace("-", "") for category in CATEGORIES}) == len(CATEGORIES) == 43


@given(st.sampled_from(CATEGORIES), st.sampled_from(["-", "–", "", " ", " - "]))
def test_every_category_is_read_in_any_case_and_with_any_dashes(category: str, dash: str) -> None:
    typed = category.replace("-", dash).replace("C", "С").replace("O", "О").replace("E", "Е").lower()

    assert normalise(typed) == category
