"""How the questions of a quiz do: how hard they are, and whether those who know the rest know them too (pure).

The formulae are Moodle's (docs.moodle.org, "Quiz statistics calculations"), worked out in whole numbers up to the one
square root at the end. They go over first attempts: who comes a second time has seen the questions.

The rest of an attempt is the share of the points that its other questions could give. So attempts that drew different
questions compare, and where every paper weighs the same the correlation is Moodle's own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from math import isqrt, lcm

FEWEST = 20  # attempts below which a figure would be chance
HARD, EASY = Fraction(3, 10), Fraction(9, 10)
LITTLE = 20  # hundredths; a lower correlation says little

Marks = Mapping[str, Fraction]  # of one attempt: by question the share of its points, from 0 to 1


class Sign(StrEnum):
    """What the figures of a question say about it, the worst first."""

    BACKWARD = "backward"  # who knows the rest gets it wrong, as with a wrong key
    HARD = "hard"
    BLUNT = "blunt"  # hardly tells those who know from those who do not
    EASY = "easy"
    FINE = "fine"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Table:
    """The attempts that were asked one question, in whole numbers: what it earned, and how everything else went."""

    full: int  # what the question earns when it is right
    attempts: list[int] = field(default_factory=list)  # their places among all attempts
    own: list[int] = field(default_factory=list)
    rest: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class QuestionFigures:
    """The figures of one question; None where there is nothing to work them out from.

    `facility` is the mean share of its points; `discrimination` the correlation with the rest, in hundredths.
    """

    question: str
    count: int  # attempts that were asked it, answered or not
    facility: Fraction | None
    discrimination: int | None

    @property
    def facility_hundredths(self) -> int | None:
        """Return the facility as it is shown."""
        return None if self.facility is None else hundredths(self.facility)

    @property
    def sign(self) -> Sign:
        """Say what the figures mean: one thing, the one to look into first."""
        if self.facility is None or self.count < FEWEST:
            return Sign.TOO_FEW
        if self.discrimination is not None and self.discrimination < 0:
            return Sign.BACKWARD
        if self.facility < HARD:
            return Sign.HARD
        if self.facility > EASY:
            return Sign.EASY
        return Sign.BLUNT if self.discrimination is not None and self.discrimination < LITTLE else Sign.FINE


@dataclass(frozen=True, slots=True)
class QuizFigures:
    """First attempts at a quiz, in hundredths: `passed` of the attempts, `mean` and `median` of the points.

    They are None where there is no attempt.
    """

    count: int
    passed: int | None
    mean: int | None
    median: int | None


def tabulate(attempts: Sequence[Marks], points: Mapping[str, Fraction]) -> dict[str, Table]:
    """Return for each question of `points`, the most that it earns, a table of the attempts that were asked it."""
    full = lcm(*{share.denominator for marks in attempts for share in marks.values()})
    scale = lcm(*(value.denominator for value in points.values()))
    weights = {question: int(value * scale) for question, value in points.items()}
    asked = [[question for question in marks if question in weights] for marks in attempts]
    totals = [sum(weights[question] for question in questions) for questions in asked]
    outs = {total - weights[one] for total, questions in zip(totals, asked, strict=True) for one in questions}
    common = lcm(*(outs - {0}))
    tables = {question: Table(full) for question in points}
    for place, (marks, questions, total) in enumerate(zip(attempts, asked, totals, strict=True)):
        own = {one: marks[one].numerator * (full // marks[one].denominator) for one in questions}
        earned = sum(own[one] * weights[one] for one in questions)
        for one in questions:
            out_of = total - weights[one]
            tables[one].attempts.append(place)
            tables[one].own.append(own[one])
            tables[one].rest.append((earned - own[one] * weights[one]) * (common // out_of) if out_of else 0)
    return tables


def question_figures(tables: Mapping[str, Table]) -> list[QuestionFigures]:
    """Return the figures of each question, the worst first, those with too few attempts at the end."""
    figures = [
        QuestionFigures(
            question=question,
            count=len(table.own),
            facility=Fraction(sum(table.own), table.full * len(table.own)) if table.own else None,
            discrimination=correlation(table.own, table.rest),
        )
        for question, table in tables.items()
    ]
    return sorted(figures, key=_worst_first)


def quiz_figures(scores: Sequence[Fraction], passed: int) -> QuizFigures:
    """Return the figures of a quiz from the score of each attempt, a share of its points."""
    count, ranked = len(scores), sorted(scores)
    if not count:
        return QuizFigures(0, None, None, None)
    median = (ranked[(count - 1) // 2] + ranked[count // 2]) / 2
    mean = sum(scores, Fraction(0)) / count
    return QuizFigures(count, hundredths(Fraction(passed, count)), hundredths(mean), hundredths(median))


def correlation(xs: Sequence[int], ys: Sequence[int]) -> int | None:
    """Return Pearson's correlation in hundredths, halves away from zero; None if one of the two does not vary.

    With the rest of the test as `ys` it is the discrimination index cov(x, T-x) / √(var(x) · var(T-x)), in which the
    n-1 of the sample moments cancels out.
    """
    covariance = _moment(xs, ys)
    if not (variances := _moment(xs, xs) * _moment(ys, ys)):
        return None
    size = (isqrt(40_000 * covariance * covariance // variances) + 1) // 2
    return size if covariance > 0 else -size


def hundredths(share: Fraction) -> int:
    """Return a share in hundredths, halves up."""
    return int((200 * share + 1) // 2)


def thirds(ranks: Sequence[int]) -> tuple[list[bool], list[bool]]:
    """Say of each attempt whether it is in the strong third, and whether in the weak one; equal ranks stay together."""
    if not ranks:
        return [], []
    ranked, size = sorted(ranks), -(-len(ranks) // 3)
    return [rank >= ranked[-size] for rank in ranks], [rank <= ranked[size - 1] for rank in ranks]


def _moment(xs: Sequence[int], ys: Sequence[int]) -> int:
    """Return the covariance times n², exactly."""
    return len(xs) * sum(x * y for x, y in zip(xs, ys, strict=True)) - sum(xs) * sum(ys)


def _worst_first(figures: QuestionFigures) -> tuple[int, int, Fraction, str]:
    facility = figures.facility or Fraction(0)
    return list(Sign).index(figures.sign), figures.discrimination or 0, facility, figures.question
