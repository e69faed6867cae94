"""What enrolling would do, and logins as people paste them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.desk.outlook import CHANGES, TICKED, Outlook, foresee, split_logins


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, Outlook.NEW),
        ({"is_suspended": True, "is_open": True}, Outlook.SUSPENDED),
        ({"is_open": True}, Outlook.JOINS),
        ({"is_open": True, "cohort_id": 7}, Outlook.HERE),
        ({"is_open": True, "cohort_id": 8}, Outlook.ELSEWHERE),
        ({"is_completed": True, "cohort_id": 7}, Outlook.AGAIN),
        ({"cohort_id": 7}, Outlook.NEW),  # withdrawn before
    ],
)
def test_the_outlook_follows_from_the_latest_enrolment(facts: dict[str, object], expected: Outlook) -> None:
    known = {"is_suspended": False, "is_open": False, "is_completed": False, "cohort_id": None} | facts

    assert foresee(**known, into=7) is expected


def test_only_what_is_surely_meant_is_ticked() -> None:
    assert TICKED < CHANGES
    assert Outlook.AGAIN not in TICKED


def test_logins_are_read_one_a_line_or_between_signs_and_each_once() -> None:
    assert split_logins(" A@b.kz \r\nkaraganda-1;karaganda-2, a@B.kz\t\n\n") == ["a@b.kz", "karaganda-1", "karaganda-2"]


@given(st.text())
def test_any_text_is_read_as_logins_without_blanks(text: str) -> None:
    logins = split_logins(text)

    assert len(set(logins)) == len(logins)
    assert all(login and not login[0].isspace() and "," not in login for login in logins)
