"""What a question is, and its canonical form as JSON; texts are Markdown until they are rendered."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Any, ClassVar, NamedTuple

Interval = tuple[Fraction, Fraction]

GAP_OPENS, GAP_CLOSES = "\ue000", "\ue001"  # private-use signs, which the checker refuses in a course's own text
GAP = re.compile(f"{GAP_OPENS}([0-9]{{1,6}}){GAP_CLOSES}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What every kind of question has; `line` is where it stands in its file."""

    kind: ClassVar[str] = ""

    id: str
    title: str
    text: str = ""
    explanation: str = ""
    topic: str | None = None
    points: Fraction = Fraction(1)
    basis: tuple[str, ...] = ()
    scenario: str | None = None
    line: int = 0
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """One option; `share` is the fraction of the points that it earns (in multiple choice 1 is right, 0 is wrong)."""

    text: str
    share: Fraction
    feedback: str = ""
    is_pinned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleChoice(Question):
    """One option is chosen."""

    kind: ClassVar[str] = "single"

    options: tuple[Option, ...]
    shuffle: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MultipleChoice(Question):
    """Any number of options is ticked."""

    kind: ClassVar[str] = "multiple"

    options: tuple[Option, ...]
    shuffle: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TextAnswer(Question):
    """Words are typed; `accepted` holds patterns in which `*` stands for any characters."""

    kind: ClassVar[str] = "text"

    accepted: tuple[str, ...]
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberAnswer(Question):
    """A number is typed; the intervals are closed."""

    kind: ClassVar[str] = "number"

    intervals: tuple[Interval, ...]
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching(Question):
    """Each stem gets a definition; `key` holds for each stem the index of its definition."""

    kind: ClassVar[str] = "matching"

    stems: tuple[str, ...]
    definitions: tuple[str, ...]
    key: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordering(Question):
    """Items are put in order; they are written in the right one."""

    kind: ClassVar[str] = "ordering"

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextGap:
    """A gap that takes words."""

    accepted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NumberGap:
    """A gap that takes a number."""

    intervals: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class ChoiceGap:
    """A gap with a drop-down; `right` is the index of the right option."""

    options: tuple[str, ...]
    right: int


Gap = TextGap | NumberGap | ChoiceGap


@dataclass(frozen=True, slots=True, kw_only=True)
class Cloze(Question):
    """Gaps stand in the text; their order is the reference language's."""

    kind: ClassVar[str] = "cloze"

    gaps: tuple[Gap, ...]


class Criterion(NamedTuple):
    """What a person looks for in an essay, and the most that it earns."""

    points: Fraction
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Essay(Question):
    """A text that a person marks by criteria; the sum of their points is the question's."""

    kind: ClassVar[str] = "essay"

    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Question):
    """Something that the learner must confirm; no points."""

    kind: ClassVar[str] = "statement"

    label: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """The common stem of questions that are drawn, ordered and shown together."""

    id: str
    title: str
    text: str


KINDS: Mapping[str, type[Question]] = {
    kind.kind: kind
    for kind in (
        SingleChoice,
        MultipleChoice,
        TextAnswer,
        NumberAnswer,
        Matching,
        Ordering,
        Cloze,
        Essay,
        Statement,
    )
}
GAPS: Mapping[str, type[Gap]] = {"text": TextGap, "number": NumberGap, "choice": ChoiceGap}


def gap_placeholder(number: int) -> str:
    """Return the sign that stands for a gap in a question's text, through Markdown and sanitiser."""
    return f"{GAP_OPENS}{number}{GAP_CLOSES}"


def split_gaps(html: str) -> list[str | int]:
    """Split a rendered text into pieces of HTML and the indexes of the gaps between them."""
    return [int(piece) if place % 2 else piece for place, piece in enumerate(GAP.split(html))]


def to_document(question: Question) -> dict[str, Any]:
    """Return a question as JSON-able values; fractions become strings n/d."""
    return {"kind": question.kind, **_plain_fields(question)}


def from_document(document: Mapping[str, Any]) -> Question:
    """Return the question that `to_document` described."""
    kind = KINDS[document["kind"]]
    known = {field.name for field in fields(kind)}
    return kind(**{name: _value(name, plain) for name, plain in document.items() if name in known})


def _plain_fields(value: Any) -> dict[str, Any]:
    return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}


def _plain(value: Any) -> Any:
    match value:
        case Fraction():
            return f"{value.numerator}/{value.denominator}"
        case tuple():
            return [_plain(item) for item in value]
        case Option():
            return _plain_fields(value)
        case TextGap() | NumberGap() | ChoiceGap():
            kind = next(name for name, gap in GAPS.items() if isinstance(value, gap))
            return {"kind": kind, **_plain_fields(value)}
        case _:
            return value


def _value(name: str, plain: Any) -> Any:
    reader = READERS.get(name)
    return reader(plain) if reader else plain


def _options(plain: Any) -> tuple[Option | str, ...]:
    """Options of a question are records; those of a drop-down are texts."""
    return tuple(
        item if isinstance(item, str) else Option(**{name: _value(name, value) for name, value in item.items()})
        for item in plain
    )


def _gaps(plain: Any) -> tuple[Gap, ...]:
    return tuple(
        GAPS[item["kind"]](**{name: _value(name, value) for name, value in item.items() if name != "kind"})
        for item in plain
    )


READERS: Mapping[str, Callable[[Any], Any]] = {
    "points": Fraction,
    "share": Fraction,
    "basis": tuple,
    "accepted": tuple,
    "intervals": lambda plain: tuple((Fraction(low), Fraction(high)) for low, high in plain),
    "stems": tuple,
    "definitions": tuple,
    "key": tuple,
    "items": tuple,
    "options": _options,
    "criteria": lambda plain: tuple(Criterion(Fraction(points), text) for points, text in plain),
    "gaps": _gaps,
}
