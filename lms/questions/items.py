"""Recognise the lines that begin an answer, and those that only nearly do."""

import re
from dataclasses import dataclass, replace
from enum import Enum

from lms.markup.inline import blank_code
from lms.markup.lines import Line
from lms.markup.problem import Fix

BULLET = re.compile(r"[-*+](?:[ \t]+|$)")
MARK = (
    r"(?:\([ \t\u00a0]*(?P<round>[xXхХ]?)[ \t\u00a0]*\)|\[[ \t\u00a0]*(?P<square>[xXхХ]?)[ \t\u00a0]*\](?![(\[:])"
    r"|(?P<share>[(\[][+-]?[0-9]{1,9}(?:[.,][0-9]{1,9})?[ \u00a0]?%[)\]])|\((?P<points>[0-9]{1,9})\))"
)
MARKED = re.compile(MARK + r"(?:[ \t]+|$)")
NEAR_BULLET = r"(?:[-*+•·∙●▪◦‣–—‒‐‑−][ \t\u00a0]*)"
NEAR_MARKED = re.compile(rf"(?P<bullet>{NEAR_BULLET}?){MARK}[ \t\u00a0]*")
NEAR_KEY = re.compile(rf"(?P<bullet>{NEAR_BULLET})=(?![=>])[ \t\u00a0]*(?=\S)")
KEY = re.compile(r"=(?:[ \t]+|$)")
ARROW = re.compile(r"(?:^|(?<=[ \t]))(?:=>|→|⇒)(?=[ \t]|$)")
NEAR_ARROW = re.compile(r"[ \t](?:-+>?|–|—|−|=|->|>)[ \t]|=>|→|⇒")
NUMBERED = re.compile(r"(?P<number>[0-9]{1,9})[.)](?:[ \t]+|$)")
TICKS = {"v", "V", "+", "✓", "✔", "*", "х", "Х", "x", "X", "√"}
ODD_MARK = re.compile(r"[(\[][ \t\u00a0]*(?P<sign>[^\s()\[\]]{1,2})[ \t\u00a0]*[)\]](?:[ \t]+|$)")


class Mark(Enum):
    """How an answer is marked; the value is the sign that an unmarked item should get."""

    NONE = ""
    ROUND = "( ) "
    SQUARE = "[ ] "
    SHARE = "(50%) "
    POINTS = "(1) "
    KEY = "= "
    PAIR = " => "
    NUMBER = "1. "


@dataclass(frozen=True, slots=True)
class Head:
    """The first line of an answer; `value` is the sign, percentage, number or points inside the mark.

    `content` is the rest of the line; `arrow` tells where ` => ` stands in it. `slip` mends what is nearly a mark.
    """

    line: Line
    mark: Mark
    value: str
    content: Line
    arrow: tuple[int, int] | None = None
    slip: Fix | None = None
    bullet: str = "-"

    @property
    def is_right(self) -> bool:
        """Say whether a choice is ticked."""
        return self.mark in (Mark.ROUND, Mark.SQUARE) and bool(self.value)


def read_head(line: Line, is_ordering: bool) -> Head | None:
    """Return what a line at the left margin begins, or None; an item without any mark is a head too."""
    if not line.is_text or line.text[:1] in ("", " ", "\t"):
        return None
    if is_ordering and (numbered := NUMBERED.match(line.text)):
        return Head(line, Mark.NUMBER, numbered["number"], _rest(line, numbered.end()), bullet="1")
    bullet = BULLET.match(line.text)
    if not bullet:
        return _near_head(line)
    content = _rest(line, bullet.end())
    if marked := MARKED.match(content.text):
        mark, value = _mark(marked)
        return Head(line, mark, value, _rest(content, marked.end()), bullet=line.text[0])
    if key := KEY.match(content.text):
        return Head(line, Mark.KEY, "", _rest(content, key.end()), bullet=line.text[0])
    if arrow := ARROW.search(blank_code(content.text)):
        return Head(line, Mark.PAIR, "", content, arrow.span(), bullet=line.text[0])
    return _near_head(line) or Head(line, Mark.NONE, "", content, bullet=line.text[0])


def _near_head(line: Line) -> Head | None:
    """Return what a line most likely meant to begin, with the fix; None if it looks like no answer at all."""
    if near := NEAR_MARKED.match(line.text):
        mark, value = _mark(near)
        if mark in (Mark.ROUND, Mark.SQUARE):
            sign = mark.value.replace(" ", "x", 1) if value else mark.value
            fix = Fix(line.start, line.start + near.end(), f"- {sign}")
            return Head(line, mark, value, _rest(line, near.end()), slip=fix)
    if near := NEAR_KEY.match(line.text):
        fix = Fix(line.start, line.start + near.end(), "- = ")
        return Head(line, Mark.KEY, "", _rest(line, near.end()), slip=fix)
    if (near := re.match(NEAR_BULLET, line.text)) and (arrow := ARROW.search(line.text, near.end())):
        fix = Fix(line.start, line.start + near.end(), "- ")
        content = _rest(line, near.end())
        return Head(line, Mark.PAIR, "", content, (arrow.start() - near.end(), arrow.end() - near.end()), slip=fix)
    return None


def fix_unmarked(head: Head, wanted: Mark) -> Fix | None:
    """Return the fix that gives an item without a mark the mark of its neighbours; None if only the author knows."""
    start, text = head.content.start, head.content.text
    if wanted is Mark.PAIR:
        arrows = list(NEAR_ARROW.finditer(text))
        return Fix(start + arrows[0].start(), start + arrows[0].end(), " => ") if len(arrows) == 1 else None
    if wanted not in (Mark.ROUND, Mark.SQUARE, Mark.KEY):
        return None
    odd = ODD_MARK.match(text)
    sign = wanted.value
    if odd and wanted is not Mark.KEY:
        sign = sign.replace(" ", "x", 1) if odd["sign"] in TICKS else sign
        return Fix(start, start + odd.end(), sign)
    return Fix(start, start, sign)


def _rest(line: Line, position: int) -> Line:
    return replace(line, start=line.start + position, text=line.text[position:])


def _mark(match: re.Match[str]) -> tuple[Mark, str]:
    if match["round"] is not None:
        return Mark.ROUND, match["round"]
    if match["square"] is not None:
        return Mark.SQUARE, match["square"]
    if match["share"] is not None:
        return Mark.SHARE, match["share"]
    return Mark.POINTS, match["points"]
