"""The time of opening that a lesson's form carries."""

from datetime import UTC, datetime, timedelta

import pytest

from lms.learning.opening import LONGEST_SECONDS, Opening, read, sign

SECRET = "secret of these tests"
AT = datetime(2026, 11, 22, 9, 2, 5, tzinfo=UTC)
OPENING = Opening("a/one", 3, AT)


def test_what_was_signed_is_read_back() -> None:
    assert read(sign(OPENING, SECRET), SECRET) == OPENING


@pytest.mark.parametrize("text", ["", "nonsense", sign(OPENING, "another secret"), sign(OPENING, SECRET)[:-1]])
def test_what_was_not_signed_here_says_nothing(text: str) -> None:
    assert read(text, SECRET) is None


@pytest.mark.parametrize(
    ("passed", "seconds"),
    [(timedelta(minutes=15), 900), (timedelta(minutes=-1), 0), (timedelta(days=9), LONGEST_SECONDS)],
)
def test_seconds_on_the_page_lie_between_nothing_and_a_day(passed: timedelta, seconds: int) -> None:
    assert OPENING.seconds(AT + passed) == seconds
