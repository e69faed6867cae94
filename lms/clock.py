"""The one clock of the system: wall time when the process started, plus monotonic time since."""

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

ALMATY = ZoneInfo("Asia/Almaty")

_WALL_AT_START = datetime.now(UTC)
_MONOTONIC_AT_START = time.monotonic()


def utcnow() -> datetime:
    """Return the present moment in UTC, unmoved by jumps of the system's clock while the process runs."""
    return _WALL_AT_START + timedelta(seconds=time.monotonic() - _MONOTONIC_AT_START)


def local_date(moment: datetime) -> date:
    """Return the calendar day of a moment in Kazakhstan (one zone, UTC+5, since 1 March 2024)."""
    return moment.astimezone(ALMATY).date()


def end_of_day(day: date) -> datetime:
    """Return the last moment of a calendar day in Kazakhstan, in UTC."""
    return datetime(day.year, day.month, day.day, 23, 59, 59, 999_999, tzinfo=ALMATY).astimezone(UTC)


def drift() -> timedelta:
    """Return how far the system's clock has moved away from the clock of this process."""
    return abs(datetime.now(UTC) - utcnow())
