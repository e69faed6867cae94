"""Tell how a question was answered: what was chosen, how it was marked, and what is right, as far as it may be told.

Only what may be told is in the result, so that a page drawn from it cannot give anything away. All texts are HTML.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape

from lms.questions.asking import Order
from lms.questions.keys import unescape
from lms.questions.marking import Answer, is_blank
from lms.questions.questions import (
    ChoiceGap,
    Cloze,
    Gap,
    Interval,
    Matching,
    MultipleChoice,
    NumberAnswer,
    NumberGap,
    Option,
    Ordering,
    Question,
    SingleChoice,
    Statement,
    TextAnswer,
    TextGap,
)

DECIMAL_PLACES = 30  # as many as a key may have


@dataclass(frozen=True, slots=True)
class Telling:
    """What a person may be told about an answer: right or wrong, the remark on their choice, the right answer."""

    marks: bool
    feedback: bool
    key: bool


EVERYTHING = Telling(marks=True, feedback=True, key=True)
NOTHING = Telling(marks=False, feedback=False, key=False)


@dataclass(frozen=True, slots=True)
class OptionLine:
    """One option as shown; `is_right` is None while the key is not told."""

    html: str
    is_chosen: bool
    is_right: bool | None = None
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class PartLine:
    """One stem, place, gap or field, and what was put there; `right` is None while the key is not told."""

    label: str
    given: str
    right: str | None = None


@dataclass(frozen=True, slots=True)
class Explained:
    """An answer and all that may be told about it; `share` is None while marks are not told."""

    is_blank: bool
    share: Fraction | None
    options: tuple[OptionLine, ...] = ()
    parts: tuple[PartLine, ...] = ()
    explanation: str = ""


def explain(
    question: Question, order: Order, answer: Answer, share: Fraction | None, telling: Telling, *, language: str
) -> Explained:
    """Return what may be told about an answer that was offered; `share` is None where nothing is marked.

    The explanation of a question comes with its key, which it usually gives away.
    """
    parts = _parts(question, answer, language)
    return Explained(
        is_blank=is_blank(question, answer),
        share=share if telling.marks else None,
        options=_options(question, order, answer, telling),
        parts=tuple(parts if telling.key else [PartLine(part.label, part.given) for part in parts]),
        explanation=question.explanation if telling.key else "",
    )


def _options(question: Question, order: Order, answer: Answer, telling: Telling) -> tuple[OptionLine, ...]:
    match question:
        case SingleChoice(options=options):
            return tuple(_option(options[index], answer == str(index), telling) for index in order)
        case MultipleChoice(options=options):
            return tuple(_option(options[index], str(index) in answer, telling) for index in order)
        case Statement(label=label):
            return (OptionLine(label, is_chosen=answer == "yes"),)
        case _:
            return ()


def _option(option: Option, is_chosen: bool, telling: Telling) -> OptionLine:
    has_remark = telling.key or (telling.feedback and is_chosen)
    return OptionLine(
        html=option.text,
        is_chosen=is_chosen,
        is_right=option.share == 1 if telling.key else None,
        feedback=option.feedback if has_remark else "",
    )


def _parts(question: Question, answer: Answer, language: str) -> list[PartLine]:
    match question:
        case TextAnswer(accepted=accepted, unit=unit):
            return [PartLine("", _typed(answer, unit), _with_unit(_pattern(accepted), unit))]
        case NumberAnswer(intervals=intervals, unit=unit):
            return [PartLine("", _typed(answer, unit), _with_unit(_intervals(intervals, language), unit))]
        case Matching(stems=stems, definitions=definitions, key=key):
            texts = [escape(text) for text in definitions]
            given = [_picked(texts, one) for one in answer]
            return [PartLine(*line) for line in zip(stems, given, (texts[index] for index in key), strict=True)]
        case Ordering(items=items):
            places = (str(place) for place in range(1, len(items) + 1))
            given = [_picked(items, one) for one in answer]
            return [PartLine(*line) for line in zip(places, given, items, strict=True)]
        case Cloze(gaps=gaps):
            return [_gap(str(number), *pair, language) for number, pair in enumerate(zip(gaps, answer, strict=True), 1)]
        case _:
            return []


def _gap(label: str, gap: Gap, given: str, language: str) -> PartLine:
    match gap:
        case ChoiceGap(options=options, right=right):
            texts = [escape(text) for text in options]
            return PartLine(label, _picked(texts, given), texts[right])
        case NumberGap(intervals=intervals):
            return PartLine(label, escape(given), _intervals(intervals, language))
        case TextGap(accepted=accepted):
            return PartLine(label, escape(given), _pattern(accepted))


def _picked(texts: Sequence[str], index: str) -> str:
    return texts[int(index)] if index else ""


def _typed(answer: Answer, unit: str) -> str:
    typed = escape(str(answer).strip())
    is_complete = not typed or not unit or typed.endswith(escape(unit))
    return typed if is_complete else _with_unit(typed, unit)


def _with_unit(html: str, unit: str) -> str:
    return f"{html} {escape(unit)}" if unit else html


def _pattern(accepted: Sequence[str]) -> str:
    """Write the first accepted answer; what a star stands for is left open."""
    return escape(unescape(accepted[0].replace("\\*", "\0").replace("*", "…").replace("\0", "*")))


def _intervals(intervals: Sequence[Interval], language: str) -> str:
    low, high = intervals[0]
    return _decimal(low, language) if low == high else f"{_decimal(low, language)}–{_decimal(high, language)}"


def _decimal(value: Fraction, language: str) -> str:
    """Write an exact decimal number: keys are written as decimals, so that nothing is rounded away."""
    digits = str(abs(value.numerator) * 10**DECIMAL_PLACES // value.denominator).zfill(DECIMAL_PLACES + 1)
    whole, decimals = digits[:-DECIMAL_PLACES], digits[-DECIMAL_PLACES:].rstrip("0")
    mark = "." if language == "en" else ","
    return ("−" if value < 0 else "") + whole + (mark + decimals if decimals else "")
