"""Dates and times as each language writes them, always in Kazakhstan's zone (pure)."""

from datetime import date, datetime

from babel.dates import format_date

from lms.clock import ALMATY

# The space before a month or "г." does not break. Kazakh puts the year first: «2026 жылғы 22 қараша».
LONG = {"kk": "y 'жылғы' d\u00a0MMMM", "ru": "d\u00a0MMMM y\u00a0'г.'", "en": "d\u00a0MMMM y"}


def long_date(value: date, language: str) -> str:
    """Write a day with the month in words: 22 ноября 2026 г."""
    return str(format_date(local_day(value), LONG[language], locale=language))


def short_date(value: date) -> str:
    """Write a day in figures, alike in all three languages: 22.11.2026."""
    return local_day(value).strftime("%d.%m.%Y")


def clock_time(value: datetime) -> str:
    """Write the time of day: 14:02."""
    return value.astimezone(ALMATY).strftime("%H:%M")


def moment(value: datetime, language: str) -> str:
    """Write a day and a time with its distance from UTC, which was +6 in most of the country until 1 March 2024."""
    offset = value.astimezone(ALMATY).utcoffset()
    hours = int(offset.total_seconds() // 3600) if offset is not None else 0
    return f"{long_date(value, language)}, {clock_time(value)}\u00a0(UTC{hours:+d})"


def local_day(value: date) -> date:
    """Return the calendar day in Kazakhstan of an aware moment; a plain date is that day already."""
    if not isinstance(value, datetime):
        return value
    if value.tzinfo is None:
        raise ValueError("A moment without a time zone cannot be written.")
    return value.astimezone(ALMATY).date()


def iso(value: date) -> str:
    """Return what the `datetime` attribute of a `time` element holds: a day, or a moment with its zone."""
    if not isinstance(value, datetime):
        return value.isoformat()
    return value.astimezone(ALMATY).isoformat(timespec="seconds")
