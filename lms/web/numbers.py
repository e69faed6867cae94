"""Numbers as each language writes them: exact, with no-break spaces inside (pure)."""

from decimal import Decimal
from fractions import Fraction

from babel.numbers import format_decimal

PERCENT = {"kk": "%", "ru": "\u00a0%", "en": "%"}


def number(value: int | Decimal, language: str) -> str:
    """Write a number with its thousands grouped: 11 177 and 3,5 in Kazakh and Russian, 11,177 and 3.5 in English."""
    return str(format_decimal(value, locale=language, decimal_quantization=False))


def percent(hundredths: int, language: str) -> str:
    """Write a share kept in hundredths of a percent, without zeros at its end: 8550 is 85,5 %."""
    return number(_hundredths(hundredths), language) + PERCENT[language]


def points(value: Fraction | int, language: str) -> str:
    """Write marks to two decimals, halves up; what passes or fails is decided on the exact fraction, never on this."""
    return number(_hundredths((200 * value + 1) // 2), language)


def _hundredths(count: int) -> Decimal:
    """Return a hundredth of a whole number, without zeros at its end."""
    exact = Decimal(count).scaleb(-2)
    return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact.normalize()
