"""Build questions whose answers are typed, matched, ordered, written or confirmed."""

from fractions import Fraction

from lms.questions.body import markdown
from lms.questions.draft import Draft
from lms.questions.items import Mark
from lms.questions.keys import (
    accepts_anything,
    fold,
    is_ambiguous,
    looks_like_number,
    pattern_of,
    plain_reading,
    read_interval,
    unescape,
)
from lms.questions.questions import Criterion, Essay, Matching, NumberAnswer, Ordering, Statement, TextAnswer


def build_typed(draft: Draft) -> TextAnswer | NumberAnswer:
    """Build a question whose answer is typed: a number if every key is one and `type=` does not say text."""
    keys = [(item.head.line.start, item.head.content.text.strip(" \t")) for item in draft.items]
    for item, (at, key) in zip(draft.items, keys, strict=True):
        draft.refuse_lines_below(item)
        if not key:
            draft.report.add("text-missing", at)
    written = [(at, key) for at, key in keys if key]
    intervals = [] if draft.settings.type == "text" else [read_interval(key) for _, key in written]
    if any(intervals) or draft.settings.type == "number":
        return _number(draft, written)
    accepted = []
    for at, key in written:
        if draft.settings.type != "text" and looks_like_number(key):
            draft.report.add("number-syntax", at)
        elif accepts_anything(key):
            draft.report.add("answer-too-wide", at)
        accepted.append(pattern_of(key))
    draft.refuse_doubles([(at, fold(key)) for at, key in written])
    return TextAnswer(**draft.common(accepted=tuple(accepted), unit=draft.settings.unit))


def _number(draft: Draft, keys: list[tuple[int, str]]) -> NumberAnswer:
    intervals = []
    for at, key in keys:
        if interval := read_interval(key):
            intervals.append(interval)
        else:
            draft.report.add("number-syntax", at)
        if is_ambiguous(key):
            draft.report.add("number-ambiguous", at, value=key, reading=plain_reading(key))
    return NumberAnswer(**draft.common(intervals=tuple(intervals), unit=draft.settings.unit))


def build_matching(draft: Draft) -> Matching:
    """Build a question in which stems are matched; definitions without a stem are extra ones."""
    stems: list[tuple[int, str]] = []
    definitions: dict[str, int] = {}
    key: list[int] = []
    for item in draft.items:
        draft.refuse_lines_below(item)
        at, text = item.head.line.start, item.head.content.text
        begin, end = item.head.arrow or (len(text), len(text))
        stem, definition = text[:begin].strip(" \t"), unescape(text[end:].strip(" \t"))
        if not definition:
            draft.report.add("text-missing", at)
        place = definitions.setdefault(definition, len(definitions))
        if stem:
            stems.append((at, stem))
            key.append(place)
    if len(draft.body.items) < 2 or not stems:
        draft.report.add("answers-missing", draft.body.items[0].head.line.start)
    draft.refuse_doubles(stems)
    texts = tuple(text for _, text in stems)
    return Matching(**draft.common(stems=texts, definitions=tuple(definitions), key=tuple(key)))


def build_ordering(draft: Draft) -> Ordering:
    """Build a question whose items are written in the right order, numbered 1 to n or all with 1."""
    texts = []
    for item in draft.items:
        draft.refuse_lines_below(item, may_continue=True)
        if not item.text:
            draft.report.add("text-missing", item.head.line.start)
        texts.append((item.head.line.start, item.text))
    if len(draft.body.items) < 2:
        draft.report.add("answers-missing", draft.body.items[0].head.line.start)
    numbers = [int(item.head.value) for item in draft.items]
    if set(numbers) != {1}:
        wrong = (item for place, item in enumerate(draft.items) if numbers[place] != place + 1)
        if first := next(wrong, None):
            draft.report.add("ordering-numbers", first.head.line.start)
    draft.refuse_doubles(texts)
    return Ordering(**draft.common(items=tuple(text for _, text in texts)))


def build_essay(draft: Draft) -> Essay:
    """Build a question that a person marks; without a rubric it has one nameless criterion."""
    criteria = []
    is_rubric = True
    for item in draft.body.items:
        draft.refuse_lines_below(item, may_continue=True)
        if item.head.mark is not Mark.POINTS or not int(item.head.value):
            draft.report.add("rubric-points", item.head.line.start, sum="?")
            is_rubric = False
        elif not item.text:
            draft.report.add("text-missing", item.head.line.start)
        else:
            criteria.append(Criterion(Fraction(item.head.value), item.text))
    total = sum((criterion.points for criterion in criteria), Fraction(0))
    points = draft.settings.points or total or Fraction(1)
    if criteria and is_rubric and points != total:
        draft.report.add("rubric-points", draft.title.at, sum=str(total))
    return Essay(**draft.common(criteria=tuple(criteria) or (Criterion(points, ""),), points=points))


def build_statement(draft: Draft) -> Statement:
    """Build a statement: a text and one empty box to tick."""
    items = draft.body.items
    label = items[0].text if items else ""
    is_empty_box = len(items) == 1 and items[0].head.mark is Mark.SQUARE and not items[0].head.is_right
    if not (is_empty_box and label and markdown(draft.body.text)) or draft.body.explanation:
        draft.report.add("statement-shape", draft.title.at)
    return Statement(**draft.common(label=label, points=Fraction(0)))
