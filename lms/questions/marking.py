"""Mark an answer: every scoring rule of the course format, exact fractions only.

An answer is a JSON-able value. Single choice: the option's index as a string, or "". Multiple choice: a list of such.
Text and number: what was typed. Matching: per stem the index of a definition, or "". Ordering: per place the index of
an item, or "". Cloze: per gap what was typed, or the index of the option. Essay: the text. Statement: "yes" or "".
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeGuard

from lms.questions.keys import matches, read_number
from lms.questions.questions import (
    ChoiceGap,
    Cloze,
    Essay,
    Gap,
    Interval,
    Matching,
    MultipleChoice,
    NumberAnswer,
    NumberGap,
    Ordering,
    Question,
    SingleChoice,
    Statement,
    TextAnswer,
    TextGap,
)

Answer = str | Sequence[str]

LONGEST_ANSWER = 10_000  # characters
NOTHING, EVERYTHING = Fraction(0), Fraction(1)


class NeedsPerson(Exception):
    """Only a person can mark this answer."""


def mark(question: Question, answer: object) -> Fraction:
    """Return the share of the question's points that an answer earns, from 0 to 1.

    A blank answer, and one that was not offered, earns nothing. Raise NeedsPerson for an essay that says something.
    """
    if not is_offered(question, answer) or is_blank(question, answer):
        return NOTHING
    share = _share(question, answer)
    return share if share == 1 or not question.exact else NOTHING


def is_blank(question: Question, answer: object) -> bool:
    """Say whether an answer leaves the whole question open."""
    if isinstance(answer, str):
        return not answer.strip()
    return not (isinstance(answer, Sequence) and any(isinstance(part, str) and part.strip() for part in answer))


def is_offered(question: Question, answer: object) -> bool:
    """Say whether an answer has the question's shape, names only what was offered, and is not too long."""
    if isinstance(answer, str):
        return _offers_text(question, answer)
    return _are_texts(answer) and _offers_list(question, answer)


def _offers_text(question: Question, answer: str) -> bool:
    match question:
        case SingleChoice(options=options):
            return _is_index(answer, len(options), may_be_blank=True)
        case Statement():
            return answer in ("yes", "")
        case TextAnswer() | NumberAnswer() | Essay():
            return len(answer) <= LONGEST_ANSWER
        case _:
            return False


def _offers_list(question: Question, answer: Sequence[str]) -> bool:
    match question:
        case MultipleChoice(options=options):
            return _are_distinct(answer) and all(_is_index(one, len(options)) for one in answer)
        case Matching(stems=stems, definitions=definitions):
            return len(answer) == len(stems) and all(_is_index(one, len(definitions), True) for one in answer)
        case Ordering(items=items):
            is_filled = len(answer) == len(items) and all(_is_index(one, len(items), True) for one in answer)
            return is_filled and _are_distinct([one for one in answer if one])
        case Cloze(gaps=gaps):
            return len(answer) == len(gaps) and all(map(_fits_gap, gaps, answer))
        case _:
            return False


def _share(question: Question, answer: object) -> Fraction:
    match question, answer:
        case SingleChoice(options=options), str():
            return options[int(answer)].share
        case MultipleChoice(options=options), Sequence():
            right = sum(option.share for option in options)
            ticked = sum(1 if options[int(one)].share else -1 for one in answer)
            return max(NOTHING, Fraction(ticked) / right)
        case TextAnswer(accepted=accepted, unit=unit), str():
            return EVERYTHING if _is_accepted(accepted, answer, unit) else NOTHING
        case NumberAnswer(intervals=intervals, unit=unit), str():
            return EVERYTHING if _is_inside(intervals, answer, unit) else NOTHING
        case Matching(key=key), Sequence():
            return _mean([one == str(right) for one, right in zip(answer, key, strict=True)])
        case Ordering(), Sequence():
            return _mean([one == str(place) for place, one in enumerate(answer)])
        case Cloze(gaps=gaps), Sequence():
            return _mean([_fills_gap(gap, one) for gap, one in zip(gaps, answer, strict=True)])
        case Statement(), _:
            return EVERYTHING
        case Essay(), _:
            raise NeedsPerson(question.id)
        case _:
            return NOTHING


def _mean(verdicts: Sequence[bool]) -> Fraction:
    return Fraction(sum(verdicts), len(verdicts)) if verdicts else NOTHING


def _is_accepted(accepted: Sequence[str], answer: str, unit: str = "") -> bool:
    with_unit = [f"{pattern} {unit}" for pattern in accepted] if unit else []
    return any(matches(pattern, answer) for pattern in [*accepted, *with_unit])


def _is_inside(intervals: Sequence[Interval], answer: str, unit: str = "") -> bool:
    number = read_number(answer, unit)
    return number is not None and any(low <= number <= high for low, high in intervals)


def _fills_gap(gap: Gap, answer: str) -> bool:
    match gap:
        case TextGap(accepted=accepted):
            return bool(answer.strip()) and _is_accepted(accepted, answer)
        case NumberGap(intervals=intervals):
            return _is_inside(intervals, answer)
        case ChoiceGap(right=right):
            return answer == str(right)


def _fits_gap(gap: Gap, answer: str) -> bool:
    if isinstance(gap, ChoiceGap):
        return _is_index(answer, len(gap.options), may_be_blank=True)
    return len(answer) <= LONGEST_ANSWER


def _is_index(text: str, count: int, may_be_blank: bool = False) -> bool:
    """Say whether a text is an index as we write it ("2", never "02" or "²")."""
    if not text:
        return may_be_blank
    return len(text) <= 6 and text.isascii() and text.isdigit() and int(text) < count and text == str(int(text))


def _are_texts(answer: object) -> TypeGuard[Sequence[str]]:
    return isinstance(answer, Sequence) and not isinstance(answer, str) and all(isinstance(one, str) for one in answer)


def _are_distinct(answers: Sequence[str]) -> bool:
    return len(set(answers)) == len(answers)
