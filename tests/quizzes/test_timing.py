"""When an attempt ends, and who may begin another one."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from lms.catalogue.course import QuizSettings
from lms.quizzes.timing import Entry, Try, closes_at, enter, is_over, takes_answers

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def settings(attempts: int | None = 3, wait_between: int | None = None) -> QuizSettings:
    show = {"score": "after", "marks": "after", "feedback": "after", "key": "passed"}
    return QuizSettings(True, Fraction(70), None, 30, wait_between, attempts, True, show)


def ended(number: int, *, is_passed: bool = False, version: int = 1, minutes_ago: int = 60) -> Try:
    return Try(number, version, NOW - timedelta(minutes=minutes_ago), is_passed)


def entry(*tries: Try, since: int = 1, **rules: int | None) -> Entry:
    return enter(tries, settings(**rules), since=since, now=NOW)


def test_an_attempt_without_a_time_limit_never_closes() -> None:
    assert closes_at(NOW, None) is None
    assert not is_over(None, NOW)
    assert takes_answers(None, NOW)


@pytest.mark.parametrize(
    ("after_the_end", "is_ended", "is_taken"),
    [(-SECOND, False, True), (0 * SECOND, True, True), (30 * SECOND, True, True), (31 * SECOND, True, False)],
)
def test_answers_under_way_are_taken_for_thirty_seconds_after_the_end(
    after_the_end: timedelta, is_ended: bool, is_taken: bool
) -> None:
    closes = closes_at(NOW, 30)
    assert closes == NOW + timedelta(minutes=30)

    assert is_over(closes, closes + after_the_end) is is_ended
    assert takes_answers(closes, closes + after_the_end) is is_taken


def test_the_first_attempt_may_begin() -> None:
    assert entry() == Entry(is_open=False, may_begin=True, number=1, allowed=3, is_passed=False, opens_at=None)


def test_an_attempt_under_way_is_gone_on_with_and_no_other_begins() -> None:
    now = entry(ended(1), Try(2, 1, None, None))

    assert (now.is_open, now.may_begin, now.number) == (True, False, 2)


def test_after_the_last_attempt_none_is_left() -> None:
    now = entry(ended(1), ended(2), ended(3))

    assert not now.may_begin
    assert now.is_used_up


def test_without_a_limit_any_number_may_be_made() -> None:
    now = entry(*(ended(n) for n in range(1, 40)), attempts=None)

    assert now.may_begin
    assert (now.number, now.allowed) == (40, None)


def test_whoever_has_passed_a_limited_quiz_has_no_more_attempts_and_has_not_used_them_up() -> None:
    now = entry(ended(1, is_passed=True))

    assert not now.may_begin
    assert not now.is_used_up


def test_whoever_has_passed_an_unlimited_quiz_may_go_on_as_practice() -> None:
    assert entry(ended(1, is_passed=True), attempts=None).may_begin


def test_the_next_attempt_waits_for_the_time_between_two() -> None:
    now = entry(ended(1, minutes_ago=59), wait_between=60)

    assert not now.may_begin
    assert now.opens_at == NOW + timedelta(minutes=1)


def test_once_the_time_between_two_is_over_the_next_may_begin() -> None:
    now = entry(ended(1, minutes_ago=60), wait_between=60)

    assert now.may_begin
    assert now.opens_at is None


def test_nobody_is_told_to_wait_for_an_attempt_that_will_not_come() -> None:
    assert entry(ended(1), ended(2), ended(3, minutes_ago=1), wait_between=60).opens_at is None


def test_attempts_on_a_version_that_no_longer_counts_use_up_nothing() -> None:
    now = entry(ended(1), ended(2, is_passed=True), ended(3, version=2), since=2)

    assert now.may_begin
    assert (now.number, now.allowed, now.is_passed) == (4, 5, False)
