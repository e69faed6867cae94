"""The number forgives how it is typed, and nothing in what is typed."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.certificates.number import ALPHABET, Misprint, draw, find_misprint, is_well_formed, normalise, with_check_sign
from tests.certificates.stated import NUMBER

numbers = st.text(ALPHABET, min_size=11, max_size=11).map(with_check_sign)


def test_a_drawn_number_is_well_formed_and_no_two_are_alike() -> None:
    drawn = [draw() for _ in range(1_000)]

    assert all(map(is_well_formed, drawn))
    assert len(set(drawn)) == len(drawn)


def test_every_wrong_sign_shows() -> None:
    for place, wrong in itertools.product(range(len(NUMBER)), ALPHABET):
        if NUMBER[place] not in ("-", wrong):
            assert find_misprint(NUMBER[:place] + wrong + NUMBER[place + 1 :]) is Misprint.CHECK


@given(numbers)
def test_every_exchange_of_two_signs_shows(number: str) -> None:
    signs = number.replace("-", "")
    for first, second in itertools.combinations(range(len(signs)), 2):
        if signs[first] != signs[second]:
            exchanged = list(signs)
            exchanged[first], exchanged[second] = signs[second], signs[first]
            assert find_misprint("".join(exchanged)) is Misprint.CHECK


@given(numbers, st.data())
def test_a_number_typed_in_any_way_is_the_number(number: str, data: st.DataObject) -> None:
    ways = {
        "0": "0OoОо",
        "1": "1IiLlІіӀ",
        "3": "3Зз",
        "A": "AaАа",
        "B": "BbВв",
        "C": "CcСс",
        "E": "EeЕе",
        "H": "HhНнҺһ",
    }
    ways |= {"K": "KkКк", "M": "MmМм", "P": "PpРр", "T": "TtТт", "X": "XxХх", "Y": "YyУуҮү", "J": "JjЈ", "S": "SsЅ"}
    signs = [data.draw(st.sampled_from(ways.get(sign, sign + sign.lower()))) for sign in number.replace("-", "")]
    gaps = data.draw(st.lists(st.sampled_from(["", " ", "-", "–", "\u00a0", " — ", "."]), min_size=12, max_size=12))

    assert normalise("".join(gap + sign for gap, sign in zip(gaps, signs, strict=True))) == number


@given(st.text())
def test_whatever_is_typed_normalising_it_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text)

    assert normalise(once) == once
    assert is_well_formed(once) == (find_misprint(once) is None)


@pytest.mark.parametrize(
    "text",
    [
        f"https://oqu.example/verify/{NUMBER}",
        f"https://oqu.example/verify/{NUMBER}?lang=ru",
        f"  oqu.example/verify/{NUMBER.lower()}/ ",
    ],
)
def test_the_address_of_the_qr_code_is_taken_for_its_number(text: str) -> None:
    assert normalise(text) == NUMBER


@pytest.mark.parametrize(
    ("text", "misprint"),
    [
        ("", Misprint.LENGTH),
        (NUMBER[:-1], Misprint.LENGTH),
        (NUMBER + "0", Misprint.LENGTH),
        ("7K3M-9QTD-2XWU", Misprint.SIGN),
        ("7K3M-9QTD-2XWЖ", Misprint.SIGN),
        ("7K3M-9QTD-2XW9", Misprint.CHECK),
    ],
)
def test_what_is_wrong_is_said(text: str, misprint: Misprint) -> None:
    assert find_misprint(normalise(text)) is misprint


def test_only_the_printed_form_is_well_formed() -> None:
    assert is_well_formed(NUMBER)
    assert not is_well_formed(NUMBER.replace("-", ""))
    assert not is_well_formed(NUMBER.lower())
