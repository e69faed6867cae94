"""From answers to a grade, in exact fractions.

A grade row keeps points and maximum over one denominator: the learner has points/points_over of out_of/points_over,
and points/out_of is the share of the whole. Decimal points of questions thus stay exact.

Denominators multiply, and a column has 63 bits. Where points and maximum do not fit exactly, the points are rounded
down onto a grid that holds the maximum and every hundredth of a percent of it: the score still reads as it is, and what
is kept is never above it. Who passes is decided before that, by the exact fractions; `marks` and the ledger keep them.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, lcm

import rfc8785

from lms.questions.marking import Answer, is_blank, mark
from lms.questions.questions import Question, Statement
from lms.quizzes.paper import Paper

Wordings = Sequence[Question]  # one question in each language; the settings are the same in all of them

WHOLE = 10_000  # hundredths of a percent
LARGEST = 2**63 - 1  # that a column holds


@dataclass(frozen=True, slots=True)
class Marked:
    """What an attempt earned: by question the share of its points, and the sums over the whole paper."""

    shares: Mapping[str, Fraction]
    points: Fraction
    out_of: Fraction
    is_passed: bool


@dataclass(frozen=True, slots=True)
class TopicScore:
    """Points earned and possible in one topic; None stands for questions without a topic."""

    topic: str | None
    points: Fraction
    out_of: Fraction


def mark_paper(
    paper: Paper, wordings: Mapping[str, Wordings], answers: Mapping[str, Answer], *, pass_mark: Fraction
) -> Marked:
    """Mark every question of a paper; `pass_mark` in percent, compared exactly, so that 7 of 10 passes 70 %.

    A typed answer may be in any language of the course. Statements earn nothing, but nobody passes without
    confirming them. A quiz that is made of statements alone counts as one point.
    """
    shares: dict[str, Fraction] = {}
    points = out_of = Fraction(0)
    is_confirmed = True
    for asked in paper.questions:
        wording = wordings[asked.id]
        answer = answers.get(asked.id, "")
        if isinstance(wording[0], Statement):
            is_confirmed = is_confirmed and not is_blank(wording[0], answer)
        else:
            shares[asked.id] = max(mark(question, answer) for question in wording)
            points += shares[asked.id] * wording[0].points
            out_of += wording[0].points
    if not out_of:
        points, out_of = Fraction(is_confirmed), Fraction(1)
    is_passed = is_confirmed and points * 100 >= pass_mark * out_of
    return Marked(shares, points, out_of, is_passed)


def hundredths(points: Fraction | int, out_of: Fraction | int) -> int:
    """Return a score in hundredths of a percent, rounded down: what falls short of the pass mark never reads as it."""
    return int(WHOLE * points / out_of)


def as_row(marked: Marked) -> dict[str, int | bool | str]:
    """Return the columns of a grade."""
    over = _denominator(marked)
    marks = {question: str(share) for question, share in marked.shares.items()}
    return {
        "points": floor(marked.points * over),
        "points_over": over,
        "out_of": ceil(marked.out_of * over),
        "is_passed": marked.is_passed,
        "marks": rfc8785.dumps(marks).decode(),
    }


def _denominator(marked: Marked) -> int:
    """Return the denominator for points and maximum: the one that keeps both exact, else the finest that fits."""
    exact = lcm(marked.points.denominator, marked.out_of.denominator)
    finest = LARGEST // max(1, ceil(marked.out_of))
    if exact <= finest:
        return exact
    grid = WHOLE * marked.out_of.denominator
    return max(finest - finest % grid, min(finest, grid))


def read_marks(document: str) -> dict[str, Fraction]:
    """Return the share of each question, as a grade keeps them."""
    return {question: Fraction(share) for question, share in json.loads(document).items()}


def score_by_topic(
    questions: Iterable[Question], shares: Mapping[str, Fraction], topics: Iterable[str]
) -> list[TopicScore]:
    """Return the score of each topic that was asked, in the order of the course, what has none at the end."""
    marked = [question for question in questions if question.id in shares]
    scores = []
    for topic in (*topics, None):
        members = [question for question in marked if question.topic == topic]
        if members:
            points = sum((shares[question.id] * question.points for question in members), Fraction(0))
            scores.append(TopicScore(topic, points, sum((question.points for question in members), Fraction(0))))
    return scores
