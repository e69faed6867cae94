"""How a made-up learner answers: right as often as they know the matter, wrong in a believable way otherwise."""

from fractions import Fraction
from random import Random

from lms.questions.marking import Answer
from lms.questions.questions import (
    ChoiceGap,
    Cloze,
    Interval,
    Matching,
    MultipleChoice,
    NumberAnswer,
    Ordering,
    Question,
    SingleChoice,
    Statement,
    TextAnswer,
)


def answer_to(question: Question, *, ability: float, chance: Random) -> Answer:
    """Return a right answer with the probability `ability`, else a wrong one; statements are always confirmed."""
    if isinstance(question, Statement):
        return "yes"
    return right_answer(question) if chance.random() < ability else wrong_answer(question, chance)


def right_answer(question: Question) -> Answer:
    """Return an answer that earns every point; an essay gets a blank one."""
    match question:
        case SingleChoice():
            return str(max(range(len(question.options)), key=lambda place: question.options[place].share))
        case MultipleChoice():
            return [str(place) for place, option in enumerate(question.options) if option.share > 0]
        case TextAnswer():
            return question.accepted[0].replace("*", "")
        case NumberAnswer():
            return _number(question.intervals[0])
        case Matching():
            return [str(definition) for definition in question.key]
        case Ordering():
            return [str(place) for place in range(len(question.items))]
        case Cloze():
            return [_gap(gap) for gap in question.gaps]
        case Statement():
            return "yes"
    return ""


def wrong_answer(question: Question, chance: Random) -> Answer:
    """Return an answer that does not earn every point; now and then nothing at all."""
    if chance.random() < 0.05:
        return _blank(question)
    match question:
        case SingleChoice():
            return str(chance.choice([n for n, option in enumerate(question.options) if option.share < 1]))
        case MultipleChoice():
            return [str(chance.choice([n for n, option in enumerate(question.options) if option.share <= 0]))]
        case Matching():
            right = [str(definition) for definition in question.key]
            return [*right[1:], right[0]]
        case Ordering():
            return [str(place) for place in reversed(range(len(question.items)))]
        case NumberAnswer():
            return str(chance.randrange(90, 400))
    return right_answer(question) if isinstance(question, Statement) else _nonsense(question)


def _blank(question: Question) -> Answer:
    match question:
        case MultipleChoice():
            return []
        case Matching():
            return [""] * len(question.stems)
        case Ordering():
            return [""] * len(question.items)
        case Cloze():
            return [""] * len(question.gaps)
    return ""


def _nonsense(question: Question) -> Answer:
    if isinstance(question, Cloze):
        return ["0" if isinstance(gap, ChoiceGap) and gap.right else "" for gap in question.gaps]
    return "—"


def _gap(gap: object) -> str:
    if isinstance(gap, ChoiceGap):
        return str(gap.right)
    accepted: tuple[str, ...] = getattr(gap, "accepted", ())
    return accepted[0].replace("*", "") if accepted else _number(gap.intervals[0])  # type: ignore[attr-defined]


def _number(interval: Interval) -> str:
    """Return the middle of an interval as a decimal number."""
    low, high = interval
    middle = (low + high) / 2
    return str(int(middle)) if middle == Fraction(int(middle)) else str(float(middle))
