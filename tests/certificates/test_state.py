"""The state of a certificate follows from what happened since, and from the day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.certificates.state import Events, Standing, State, last_valid_day, standing

TODAY = date(2026, 11, 22)
YESTERDAY = TODAY - timedelta(days=1)


def test_a_certificate_is_valid_through_its_last_day() -> None:
    events = Events(expires_on=TODAY)

    assert standing(events, TODAY) == Standing(State.VALID, None)
    assert standing(events, TODAY + timedelta(days=1)) == Standing(State.EXPIRED, TODAY)


def test_a_certificate_without_end_stays_valid() -> None:
    assert standing(Events(), date(2126, 11, 22)).is_valid


@pytest.mark.parametrize(
    ("events", "state"),
    [
        (Events(expires_on=YESTERDAY), State.EXPIRED),
        (Events(expires_on=YESTERDAY, superseded_on=TODAY), State.SUPERSEDED),
        (Events(superseded_on=YESTERDAY, replaced_on=TODAY), State.REPLACED),
        (Events(expires_on=YESTERDAY, superseded_on=YESTERDAY, replaced_on=YESTERDAY, voided_on=TODAY), State.REVOKED),
    ],
)
def test_what_says_most_about_the_document_is_said(events: Events, state: State) -> None:
    assert standing(events, TODAY).state is state


def test_the_day_is_that_of_the_event_that_decides() -> None:
    assert standing(Events(replaced_on=YESTERDAY, superseded_on=TODAY), TODAY).since == YESTERDAY


@pytest.mark.parametrize(
    ("issued_on", "months", "last"),
    [
        (date(2026, 11, 22), 36, date(2029, 11, 22)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 11, 22), None, None),
    ],
)
def test_months_are_counted_by_the_calendar(issued_on: date, months: int | None, last: date | None) -> None:
    assert last_valid_day(issued_on, months) == last


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 120))
def test_more_months_never_end_sooner(issued_on: date, months: int) -> None:
    last, later = last_valid_day(issued_on, months), last_valid_day(issued_on, months + 1)

    assert last is not None
    assert later is not None
    assert issued_on < last < later
    assert (last.year * 12 + last.month) - (issued_on.year * 12 + issued_on.month) == months
