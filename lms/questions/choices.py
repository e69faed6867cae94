"""Build single and multiple choice."""

import re
from dataclasses import replace
from fractions import Fraction

from lms.markup.letters import first_cyrillic, latin
from lms.markup.lines import Line
from lms.markup.problem import Fix
from lms.questions.body import Item, markdown
from lms.questions.draft import Draft
from lms.questions.items import Mark
from lms.questions.options import Placed, check_options
from lms.questions.questions import MultipleChoice, Option, SingleChoice

PIN = re.compile(r"(?:^|(?<=[ \t]))\{(?P<name>[^\s{}]{1,6})\}[ \t]*$")
FEWEST, FEWEST_TO_SHUFFLE = 2, 3


def build_single(draft: Draft) -> SingleChoice:
    """Build a question with exactly one right option; others may earn a part."""
    options = _options(draft)
    right = [item for item in draft.items if item.head.is_right]
    if len(right) != 1 and len(options) >= FEWEST and len(draft.items) == len(draft.body.items):
        at = right[1].head.line.start if right else draft.title.at
        draft.report.add("right-options", at, expected="1", found=str(len(right)))
    return SingleChoice(**draft.common(options=options, shuffle=_is_shuffled(draft)))


def build_multiple(draft: Draft) -> MultipleChoice:
    """Build a question with at least one right option."""
    options = _options(draft)
    has_right = any(item.head.is_right for item in draft.items)
    if not has_right and len(options) >= FEWEST and len(draft.items) == len(draft.body.items):
        draft.report.add("right-options", draft.title.at, expected="≥ 1", found="0")
    return MultipleChoice(**draft.common(options=options, shuffle=_is_shuffled(draft)))


def _is_shuffled(draft: Draft) -> bool:
    return draft.settings.is_shuffled and len(draft.body.items) >= FEWEST_TO_SHUFFLE


def _options(draft: Draft) -> tuple[Option, ...]:
    placed = [_option(draft, item) for item in draft.items]
    if len(draft.body.items) < FEWEST:
        draft.report.add("answers-missing", draft.body.items[0].head.line.start)
    draft.refuse_doubles([(one.start, one.option.text) for one in placed])
    is_single = draft.items[0].head.mark in (Mark.ROUND, Mark.SHARE)
    check_options(draft.report, placed, _is_shuffled(draft), is_single)
    return tuple(one.option for one in placed)


def _option(draft: Draft, item: Item) -> Placed:
    first, is_pinned = _without_pin(draft, item.head.content)
    text = markdown([first, *item.more])
    if not text:
        draft.report.add("text-missing", item.head.line.start)
    option = Option(text, _share(draft, item), markdown(item.feedback), is_pinned)
    return Placed(option, item.head.line.start, first.start + len(first.text.rstrip(" \t")))


def _share(draft: Draft, item: Item) -> Fraction:
    """Return what an option earns; percentages are for single choice only, above 0 and below 100."""
    if item.head.mark is not Mark.SHARE:
        return Fraction(item.head.is_right)
    percent = Fraction(item.head.value[1:-1].replace(",", ".").rstrip("% \u00a0"))
    if item.head.value[0] == "[" or not 0 < percent < 100:
        expected = "ticks" if item.head.value[0] == "[" else "part"
        draft.report.add("value-wrong", item.head.line.start, key="%", value=item.head.value, expected=expected)
        return Fraction(0)
    return percent / 100


def _without_pin(draft: Draft, line: Line) -> tuple[Line, bool]:
    """Return the first line of an option without `{pin}`, and whether it stood there."""
    match = PIN.search(line.text)
    if not match or latin(match["name"]) != "pin":
        return line, False
    name, at = match["name"], line.start + match.start("name")
    if name != "pin":
        draft.report.add("look-alike", at, Fix(at, at + len(name), "pin"), name=name, letter=first_cyrillic(name))
    return replace(line, text=line.text[: match.start()].rstrip(" \t")), True
