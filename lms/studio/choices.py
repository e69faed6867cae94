"""What people put down for one question: how often each option was chosen, by the strong and by the weak (pure)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from html import escape

from lms.questions.asking import blank_answer, written_order
from lms.questions.explaining import EVERYTHING, explain
from lms.questions.keys import fold
from lms.questions.marking import Answer, is_blank, mark
from lms.questions.questions import Cloze, Matching, MultipleChoice, Ordering, Question, SingleChoice
from lms.studio.statistics import hundredths

LEAST_TYPED = 3  # what fewer people typed says little and might tell who they are
MOST_TYPED = 12
SELDOM = 5  # hundredths of all


class Kind(StrEnum):
    """What a line counts."""

    OPTION = "option"  # who chose it
    PART = "part"  # who got this stem, place or gap right
    TYPED = "typed"  # who typed this
    OTHER = "other"  # who typed anything else
    BLANK = "blank"  # who left the question open


@dataclass(frozen=True, slots=True)
class Given:
    """One answer, and whether it comes from the strong or the weak third of the attempts."""

    answer: Answer
    is_strong: bool
    is_weak: bool


@dataclass(frozen=True, slots=True)
class Line:
    """How many people one thing holds for: of all, and as shares of all, of the strong and of the weak third.

    Shares are in hundredths. `label` is HTML, empty where the kind says it all; `is_right` is None where that is no
    question.
    """

    kind: Kind
    label: str
    is_right: bool | None
    count: int
    share: int
    strong: int
    weak: int

    @property
    def misleads(self) -> bool:
        """Say whether something wrong draws the strong more than the weak."""
        return self.is_right is False and self.strong > self.weak

    @property
    def is_seldom(self) -> bool:
        """Say whether a wrong option draws hardly anybody, so that it might as well not be there."""
        return self.kind is Kind.OPTION and self.is_right is False and self.share < SELDOM


@dataclass(frozen=True, slots=True)
class _Case:
    """A line before anybody is counted: it holds for the answers that hold its key."""

    kind: Kind
    key: str
    label: str = ""
    is_right: bool | None = None


BLANK = _Case(Kind.BLANK, "\0blank")  # no answer can hold a NUL
OTHER = _Case(Kind.OTHER, "\0other")


def count_choices(wordings: Sequence[Question], given: Sequence[Given], *, language: str) -> list[Line]:
    """Count what was put down for a question; `wordings` is the question in each language, the reader's own first."""
    question = wordings[0]
    answers = [one.answer or blank_answer(question) for one in given]
    held = [_held(wordings, answer) for answer in answers]
    match question:
        case SingleChoice() | MultipleChoice():
            cases = list(_options(question))
        case Matching() | Ordering() | Cloze():
            cases = list(_parts(question, language))
        case _:
            cases = list(_typed(wordings, answers, held))
            shown = {case.key for case in cases}
            held = [keys if keys & shown or BLANK.key in keys else {OTHER.key} for keys in held]
            cases.append(OTHER)
    lines = [_line(case, held, given) for case in [*cases, BLANK]]
    return [line for line in lines if line.count or line.kind in (Kind.OPTION, Kind.PART)]


def _held(wordings: Sequence[Question], answer: Answer) -> set[str]:
    """Return the keys that an answer holds."""
    question = wordings[0]
    if is_blank(question, answer):
        return {BLANK.key}
    match question:
        case MultipleChoice():
            return set(answer)
        case Matching(key=key):
            return {str(part) for part, right in enumerate(key) if answer[part] == str(right)}
        case Ordering(items=items):
            return {str(place) for place in range(len(items)) if answer[place] == str(place)}
        case Cloze(gaps=gaps):
            return {str(part) for part in range(len(gaps)) if _fills(wordings, part, answer[part])}
        case _:
            return {fold(str(answer))}


def _fills(wordings: Sequence[Question], part: int, typed: str) -> bool:
    """Say whether one gap is filled rightly, as the gap of any language would have it."""
    alone = (replace(one, gaps=(one.gaps[part],)) for one in wordings if isinstance(one, Cloze))
    return any(mark(one, [typed]) == 1 for one in alone)


def _options(question: SingleChoice | MultipleChoice) -> Iterator[_Case]:
    for place, option in enumerate(question.options):
        yield _Case(Kind.OPTION, str(place), option.text, option.share == 1)


def _parts(question: Question, language: str) -> Iterator[_Case]:
    """Name each stem, place or gap together with what is right there."""
    told = explain(question, written_order(question), blank_answer(question), None, EVERYTHING, language=language)
    joint = " → " if isinstance(question, Matching) else ". "
    for place, part in enumerate(told.parts):
        yield _Case(Kind.PART, str(place), f"{part.label}{joint}{part.right}")


def _typed(wordings: Sequence[Question], answers: Sequence[Answer], held: Sequence[set[str]]) -> Iterator[_Case]:
    """Name what several people typed, the most frequent first, as the first of them typed it."""
    first: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for answer, keys in zip(answers, held, strict=True):
        for key in keys - {BLANK.key}:
            first.setdefault(key, str(answer).strip())
            counts[key] += 1
    for key, count in counts.most_common(MOST_TYPED):
        if count >= LEAST_TYPED:
            is_right = any(mark(question, first[key]) == 1 for question in wordings)
            yield _Case(Kind.TYPED, key, escape(first[key]), is_right)


def _line(case: _Case, held: Sequence[set[str]], given: Sequence[Given]) -> Line:
    members = [one for one, keys in zip(given, held, strict=True) if case.key in keys]
    return Line(
        kind=case.kind,
        label=case.label,
        is_right=case.is_right,
        count=len(members),
        share=_share(len(members), len(given)),
        strong=_share(sum(one.is_strong for one in members), sum(one.is_strong for one in given)),
        weak=_share(sum(one.is_weak for one in members), sum(one.is_weak for one in given)),
    )


def _share(count: int, out_of: int) -> int:
    return hundredths(Fraction(count, out_of)) if out_of else 0
