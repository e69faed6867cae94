"""Read the gaps of a cloze question: `[[15; пятнадцать]]`, `[[(x) right; ( ) wrong]]`, `[[2: …]]`."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lms.markup.inline import blank_code, is_escaped
from lms.markup.lines import Line, plain_text
from lms.markup.source import Report
from lms.questions.keys import accepts_anything, is_ambiguous, pattern_of, plain_reading, read_interval, unescape
from lms.questions.questions import ChoiceGap, Gap, NumberGap, TextGap, gap_placeholder

CLOSING = re.compile(r"(?<!\\)\]\]")
NUMBERED = re.compile(r"\s*([0-9]{1,4}):[ \t\u00a0]+")
CHOICE = re.compile(r"\([ \t\u00a0]*(?P<sign>[xXхХ]?)[ \t\u00a0]*\)[ \t\u00a0]*(?P<text>.*)")
SEPARATOR = re.compile(r"(?<!\\);")
BAR = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class WrittenGap:
    """A gap as it stands in the source; `number` is the one it carries, or None. A broken gap has no `gap`."""

    start: int
    end: int
    number: int | None
    gap: Gap | None


def find_gaps(report: Report, lines: Sequence[Line]) -> list[WrittenGap]:
    """Return the gaps in a text outside code, each on one line; report the broken ones."""
    if not lines:
        return []
    start, end = lines[0].start, lines[-1].start + len(lines[-1].text)
    plain = blank_code(plain_text(lines, start, end))
    gaps: list[WrittenGap] = []
    for line in lines:
        text = plain[line.start - start : line.start - start + len(line.text)]
        gaps += _gaps_of_line(report, line, text)
    if all(gap.gap for gap in gaps):
        _check_numbers(report, gaps)
    return gaps


def fill_text(lines: Sequence[Line], gaps: Sequence[WrittenGap]) -> str:
    """Return the lines as one text in which placeholders stand for the gaps, counted from zero."""
    pieces: list[str] = []
    waiting = list(enumerate(gaps))[::-1]
    for line in lines:
        position = 0
        while waiting and line.start <= waiting[-1][1].start < line.start + len(line.text):
            place, gap = waiting.pop()
            number = place if gap.number is None else gap.number - 1
            pieces += [line.text[position : gap.start - line.start], gap_placeholder(number)]
            position = gap.end - line.start
        pieces += [line.text[position:], "\n"]
    return "".join(pieces).strip("\n").rstrip(" \t\n")


def in_reference_order(gaps: Sequence[WrittenGap]) -> tuple[Gap, ...]:
    """Return the gaps by the numbers they carry, or as they stand."""
    return tuple(written.gap for written in sorted(gaps, key=lambda written: written.number or 0) if written.gap)


def _gaps_of_line(report: Report, line: Line, text: str) -> list[WrittenGap]:
    gaps: list[WrittenGap] = []
    opening = text.find("[[")
    while opening >= 0:
        position = opening + 2
        if not is_escaped(text, opening):
            at = line.start + opening
            closing = CLOSING.search(text, position)
            if not closing:
                report.add("gap-syntax", at)
                return [*gaps, WrittenGap(at, at + 2, None, None)]
            position = closing.end()
            number, gap = _read_gap(report, line.text[opening + 2 : closing.start()], at)
            gaps.append(WrittenGap(at, line.start + position, number, gap))
        opening = text.find("[[", position)
    return gaps


def _read_gap(report: Report, inner: str, at: int) -> tuple[int | None, Gap | None]:
    numbered = NUMBERED.match(inner)
    number = int(numbered[1]) if numbered else None
    parts = [part.strip() for part in SEPARATOR.split(inner[numbered.end() :] if numbered else inner)]
    choices = [CHOICE.fullmatch(part) for part in parts]
    marked = [choice for choice in choices if choice]
    texts = [choice["text"] if choice else part for choice, part in zip(choices, parts, strict=True)]
    if BAR.search(inner) or not all(texts) or len(marked) not in (0, len(parts)):
        report.add("gap-syntax", at)
        return number, None
    if len(set(texts)) < len(texts):
        report.add("duplicate-name", at, name=Counter(texts).most_common(1)[0][0], line=str(report.source.line_at(at)))
        return number, None
    return number, _choice_gap(report, marked, at) if marked else _typed_gap(report, texts, at)


def _choice_gap(report: Report, choices: Sequence[re.Match[str]], at: int) -> Gap | None:
    right = [place for place, choice in enumerate(choices) if choice["sign"]]
    if len(choices) < 2:
        report.add("answers-missing", at)
    elif len(right) != 1:
        report.add("right-options", at, expected="1", found=str(len(right)))
    else:
        return ChoiceGap(tuple(unescape(choice["text"]) for choice in choices), right[0])
    return None


def _typed_gap(report: Report, parts: Sequence[str], at: int) -> Gap | None:
    intervals = [read_interval(part) for part in parts]
    known = tuple(interval for interval in intervals if interval)
    if len(known) == len(parts):
        for part in filter(is_ambiguous, parts):
            report.add("number-ambiguous", at, value=part, reading=plain_reading(part))
        return NumberGap(known)
    if any(map(accepts_anything, parts)):
        report.add("answer-too-wide", at)
        return None
    return TextGap(tuple(map(pattern_of, parts)))


def _check_numbers(report: Report, gaps: Sequence[WrittenGap]) -> None:
    """Report gaps of which only some carry a number, or whose numbers are not 1 to n."""
    free = set(range(1, len(gaps) + 1))
    for gap in gaps if any(gap.number is not None for gap in gaps) else ():
        if gap.number not in free:
            report.add("gap-syntax", gap.start)
            return
        free.remove(gap.number)
