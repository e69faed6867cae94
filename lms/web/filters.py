"""The filters of templates: dates and numbers in the language of the page."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from flask import Flask

from lms.questions.questions import split_gaps
from lms.web import dates, numbers
from lms.web.forms import kind_of
from lms.web.language import current_language


def init_app(app: Flask) -> None:
    """Make the filters known to every template."""
    app.jinja_env.filters.update(
        date=long_date,
        short_date=dates.short_date,
        time=dates.clock_time,
        moment=moment,
        iso=dates.iso,
        number=number,
        percent=percent,
        points=points,
        field_kind=kind_of,
        split_gaps=split_gaps,
    )


def long_date(value: date) -> str:
    """Write a day with the month in words."""
    return dates.long_date(value, current_language())


def moment(value: datetime) -> str:
    """Write a day and a time with its distance from UTC."""
    return dates.moment(value, current_language())


def number(value: int | Decimal) -> str:
    """Write a number with its thousands grouped."""
    return numbers.number(value, current_language())


def percent(hundredths: int) -> str:
    """Write a share kept in hundredths of a percent."""
    return numbers.percent(hundredths, current_language())


def points(value: Fraction | int) -> str:
    """Write marks to two decimals."""
    return numbers.points(value, current_language())
