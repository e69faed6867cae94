"""Type the attributes of a question."""

import re
from dataclasses import dataclass
from fractions import Fraction

from lms.markup.source import Report
from lms.questions.keys import unescape
from lms.questions.titles import Attribute, Title

TYPES = ("single", "multiple", "text", "number", "matching", "ordering", "cloze", "essay", "statement")
SCORINGS = ("partial", "exact")
BOOLEANS = {"yes": True, "true": True, "no": False, "false": False}
DECIMAL = re.compile(r"[0-9]{1,6}(?:[.,][0-9]{1,6})?")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the attributes say; what is missing or wrong has its default, `points` and `type` are then None."""

    topic: str | None
    points: Fraction | None
    basis: tuple[str, ...]
    type: str | None
    is_exact: bool
    is_shuffled: bool
    unit: str


def read_settings(report: Report, title: Title) -> Settings:
    """Return what the attributes of a question say; report values that do not fit."""
    attributes = title.attributes
    basis = title.value("basis")
    return Settings(
        topic=title.value("topic") or None,
        points=_points(report, attributes.get("points")),
        basis=tuple(part.strip() for part in basis.split(",") if part.strip()) if basis else (),
        type=_one_of(report, attributes.get("type"), TYPES),
        is_exact=_one_of(report, attributes.get("scoring"), SCORINGS) == "exact",
        is_shuffled=BOOLEANS[_one_of(report, attributes.get("shuffle"), tuple(BOOLEANS)) or "yes"],
        unit=unescape(title.value("unit") or "").strip(),
    )


def _points(report: Report, attribute: Attribute | None) -> Fraction | None:
    if attribute is None:
        return None
    value = attribute.value.replace(",", ".")
    if DECIMAL.fullmatch(value) and Fraction(value) > 0:
        return Fraction(value)
    _refuse(report, attribute, "positive")
    return None


def _one_of(report: Report, attribute: Attribute | None, known: tuple[str, ...]) -> str | None:
    if attribute is None or attribute.value in known:
        return attribute.value if attribute else None
    _refuse(report, attribute, ", ".join(known))
    return None


def _refuse(report: Report, attribute: Attribute, expected: str) -> None:
    report.add("value-wrong", attribute.value_at, key=attribute.name, value=attribute.value, expected=expected)
