"""Dates as each language writes them, in Kazakhstan's zone."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.languages import LANGUAGES
from lms.web import dates

NIGHT = datetime(2026, 11, 21, 19, 30, tzinfo=UTC)  # 00:30 of the 22nd in Kazakhstan


@pytest.mark.parametrize(
    ("language", "expected"),
    [("kk", "2026 жылғы 22 қараша"), ("ru", "22 ноября 2026 г."), ("en", "22 November 2026")],
)
def test_a_day_is_written_with_the_month_in_words(language, expected):
    assert dates.long_date(date(2026, 11, 22), language).replace("\u00a0", " ") == expected


def test_a_moment_belongs_to_the_day_in_kazakhstan():
    assert dates.long_date(NIGHT, "en") == dates.long_date(date(2026, 11, 22), "en")
    assert dates.short_date(NIGHT) == "22.11.2026"
    assert dates.clock_time(NIGHT) == "00:30"


@pytest.mark.parametrize(("year", "zone"), [(2026, "UTC+5"), (2020, "UTC+6")])
def test_a_moment_names_its_distance_from_utc(year, zone):
    assert dates.moment(NIGHT.replace(year=year), "ru").endswith(f"({zone})")


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        dates.long_date(datetime(2026, 11, 22), "ru")  # noqa: DTZ001


@given(
    moment=st.datetimes(timezones=st.just(UTC)).filter(lambda moment: 1990 <= moment.year < 9990),
    hours=st.integers(-12, 14),
    language=st.sampled_from(LANGUAGES),
)
def test_the_zone_in_which_a_moment_is_handed_over_does_not_matter(moment, hours, language):
    elsewhere = moment.astimezone(timezone(timedelta(hours=hours)))

    assert dates.moment(elsewhere, language) == dates.moment(moment, language)
    assert datetime.fromisoformat(dates.iso(elsewhere)) == moment.replace(microsecond=0)


def test_a_day_has_no_time_in_its_attribute():
    assert dates.iso(date(2026, 11, 2)) == "2026-11-02"
