"""Ask a question in a form: in which order its parts are shown, and which answer a posted form holds.

A form never carries the index of an option as written, but its place as shown: in matching and ordering the written
order is the key. The fields are called `answer`, or `answer-0`, `answer-1`, … where a question has several.
"""

from random import Random
from typing import Protocol

from lms.questions.marking import Answer
from lms.questions.questions import Cloze, Matching, MultipleChoice, Ordering, Question, SingleChoice, Statement

Order = tuple[int, ...]  # by place as shown: the index as written

FIELD = "answer"
UNKNOWN = "?"  # stands for a place that was not shown; no question offers it


class Posted(Protocol):
    """The fields of a form as they were posted; werkzeug's MultiDict is one."""

    def get(self, name: str, default: str) -> str:
        """Return the first value of a field."""

    def getlist(self, name: str) -> list[str]:
        """Return every value of a field."""


def part_field(part: int) -> str:
    """Return the name of the field of one stem, place or gap."""
    return f"{FIELD}-{part}"


def written_order(question: Question) -> Order:
    """Return the order that shows everything as it is written."""
    match question:
        case SingleChoice(options=options) | MultipleChoice(options=options):
            return tuple(range(len(options)))
        case Matching(definitions=definitions):
            return tuple(range(len(definitions)))
        case Ordering(items=items):
            return tuple(range(len(items)))
        case _:
            return ()


def draw_order(question: Question, random: Random, *, shuffle: bool = True) -> Order:
    """Draw the order in which the parts of a question are shown.

    Definitions and items to be ordered are always shuffled, since their written order gives the key away. Options
    stay if `shuffle` or the question says so, and where there are only two; a pinned option keeps its place.
    """
    order = list(written_order(question))
    match question:
        case Matching() | Ordering():
            random.shuffle(order)
        case SingleChoice(options=options) | MultipleChoice(options=options):
            if shuffle and question.shuffle and len(options) > 2:
                free = [place for place in order if not options[place].is_pinned]
                drawn = random.sample(free, len(free))
                for place, index in zip(free, drawn, strict=True):
                    order[place] = index
    return tuple(order)


def read_answer(question: Question, order: Order, posted: Posted) -> Answer:
    """Return the answer that a posted form holds, in the terms that `marking` marks; a missing field is blank.

    What was not offered is kept as something that `marking.is_offered` refuses.
    """
    match question:
        case SingleChoice():
            return _index(order, posted.get(FIELD, ""))
        case MultipleChoice():
            return [_index(order, place) for place in posted.getlist(FIELD)]
        case Matching(stems=stems):
            return [_index(order, posted.get(part_field(part), "")) for part in range(len(stems))]
        case Ordering(items=items):
            return [_index(order, posted.get(part_field(part), "")) for part in range(len(items))]
        case Cloze(gaps=gaps):
            return [_text(posted.get(part_field(part), "")) for part in range(len(gaps))]
        case Statement():
            return posted.get(FIELD, "")
        case _:
            return _text(posted.get(FIELD, ""))


def blank_answer(question: Question) -> Answer:
    """Return what stands for no answer yet."""
    match question:
        case MultipleChoice():
            return []
        case Matching(stems=parts) | Ordering(items=parts):
            return [""] * len(parts)
        case Cloze(gaps=gaps):
            return [""] * len(gaps)
        case _:
            return ""


def _index(order: Order, place: str) -> str:
    """Return the written index of what is shown at a place; "" for no place."""
    if not place:
        return ""
    is_place = place.isascii() and place.isdigit() and len(place) < 5 and int(place) < len(order)
    return str(order[int(place)]) if is_place else UNKNOWN


def _text(typed: str) -> str:
    """Return typed text without what no database can keep."""
    return typed.replace("\0", "").encode("utf-8", "replace").decode()
