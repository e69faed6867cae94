"""From when on somebody who has passed a quiz sees the score."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from lms.catalogue.published import PublishedUnit
from lms.learning.showing import is_past_due, keeps_score_secret, shows_passed_score
from tests.learning.courses import AFTER, lesson, quiz

DUE = date(2026, 11, 22)
NEXT_DAY = DUE + timedelta(days=1)


def quiz_showing(when: str) -> PublishedUnit:
    """Return a quiz that shows the score from a moment on."""
    unit = quiz("a/test")
    assert unit.settings is not None
    return replace(unit, settings=replace(unit.settings, show={**AFTER, "score": when}))


@pytest.mark.parametrize(
    ("when", "on_the_due_date", "the_day_after", "without_one"),
    [
        ("during", True, True, True),
        ("after", True, True, True),
        ("passed", True, True, True),
        ("due", False, True, False),
        ("never", False, False, False),
    ],
)
def test_the_score_of_a_passed_quiz_is_shown_from_its_moment_on(
    when: str, on_the_due_date: bool, the_day_after: bool, without_one: bool
) -> None:
    unit = quiz_showing(when)

    assert shows_passed_score(unit, DUE, DUE) is on_the_due_date
    assert shows_passed_score(unit, DUE, NEXT_DAY) is the_day_after
    assert shows_passed_score(unit, None, NEXT_DAY) is without_one
    assert keeps_score_secret(unit) is (when == "never")


def test_a_lesson_has_no_score() -> None:
    assert not shows_passed_score(lesson("a/one"), None, DUE)
    assert not keeps_score_secret(lesson("a/one"))


def test_the_due_date_is_past_on_the_day_after_and_never_without_one() -> None:
    assert not is_past_due(DUE, DUE)
    assert is_past_due(DUE, NEXT_DAY)
    assert not is_past_due(None, date(2099, 1, 1))
