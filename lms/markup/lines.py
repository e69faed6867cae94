"""Split a text into lines that know whether they are code, with the notes to authors taken out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from lms.markup.source import Report

TAB = 4
FENCE = re.compile(r"(?P<quote>[ \t]*(?:>[ \t]*)*)(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)*(?P<run>`{3,}|~{3,})(?P<info>.*)")
CODE_OR_NOTE = re.compile(r"(?<!\\)(`+)(?!`)|<!--")


class Fence(Enum):
    """What a line is to a fence of code."""

    NONE = 0
    OPENS = 1
    INSIDE = 2
    CLOSES = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its LF; `start` is the offset of its first character in the source."""

    start: int
    text: str
    fence: Fence = Fence.NONE

    @property
    def is_blank(self) -> bool:
        """Say whether there is nothing on the line; lines of code are never blank."""
        return self.fence is Fence.NONE and not self.text.strip(" \t")

    @property
    def indent(self) -> int:
        """Return how many columns of blanks the line begins with."""
        return indent_of(self.text)

    @property
    def is_text(self) -> bool:
        """Say whether the line may hold structure."""
        return self.fence is Fence.NONE


@dataclass(frozen=True, slots=True)
class Note:
    """A comment to authors; `start` is its offset in the source."""

    start: int
    text: str


def indent_of(text: str) -> int:
    """Return how many columns of blanks a text begins with."""
    columns = 0
    for character in text:
        if character == " ":
            columns += 1
        elif character == "\t":
            columns += TAB - columns % TAB
        else:
            break
    return columns


def dedent(line: Line, columns: int) -> Line:
    """Take up to so many columns of blanks from the beginning of a line; a divided tab leaves spaces."""
    taken = position = 0
    while taken < columns and position < len(line.text) and line.text[position] in " \t":
        taken += 1 if line.text[position] == " " else TAB - taken % TAB
        position += 1
    return replace(line, start=line.start + position, text=" " * (taken - columns) + line.text[position:])


def fence_of(line: Line) -> tuple[str, str]:
    """Return the run and the info string of the line that opens a fence."""
    match = FENCE.match(line.text)
    return (match["run"], match["info"].strip()) if match else ("", "")


def read_lines(report: Report, start: int = 0, end: int | None = None) -> tuple[list[Line], list[Note]]:
    """Split a part of the report's source into lines; report fences and comments that nothing closes.

    Comments outside code are replaced by blanks, so that offsets stay. A fence that nothing closes lasts to the end.
    """
    text = report.source.text[start:end].removesuffix("\n")
    return _Reader(report, start, text).read()


class _Reader:
    """Walk the lines of a text once, keeping track of fences and comments."""

    def __init__(self, report: Report, start: int, text: str) -> None:
        """Prepare to read a text that begins at an offset of the report's source."""
        self.report = report
        self.raw = list(_split(text, start))
        self.last_note_end = start + text.rfind("-->")
        self.closers = self._longest_closers()
        self.lines: list[Line] = []
        self.notes: list[Note] = []

    def read(self) -> tuple[list[Line], list[Note]]:
        """Return the lines and the comments."""
        number = 0
        while number < len(self.raw):
            line = self.raw[number]
            fence = FENCE.match(line.text)
            number = self._read_fence(number, fence) if fence and _opens(fence) else self._read_text(number)
        return self.lines, self.notes

    def _read_fence(self, number: int, fence: re.Match[str]) -> int:
        """Take the lines of a fence; return the number of the line after it."""
        run, is_quoted = fence["run"], ">" in fence["quote"]
        is_closed = is_quoted or self.closers[number + 1].get(run[0], 0) >= len(run)
        if not is_closed:
            self.report.add("syntax", self.raw[number].start + fence.start("run"), reason="fence")
        self.lines.append(replace(self.raw[number], fence=Fence.OPENS))
        for inner in range(number + 1, len(self.raw)):
            line = self.raw[inner]
            if is_quoted and not line.text.lstrip(" \t").startswith(">"):
                return inner
            closes = _closes(line.text.lstrip(" \t>") if is_quoted else line.text, run)
            self.lines.append(replace(line, fence=Fence.CLOSES if closes else Fence.INSIDE))
            if closes:
                return inner + 1
        return len(self.raw)

    def _read_text(self, number: int) -> int:
        """Take one line of text, or more if a comment goes over them; return the number of the next line."""
        line = self.raw[number]
        position = 0
        while (opening := _find_note(line.text, position)) is not None:
            begin = line.start + opening
            if self.last_note_end < begin + 4:
                self.report.add("syntax", begin, reason="comment")
                line = replace(line, text=line.text[:opening] + " " * (len(line.text) - opening))
                break
            close = line.text.find("-->", opening + 4)
            if close < 0:
                return self._read_long_note(number, line, opening)
            self.notes.append(Note(begin, line.text[opening + 4 : close]))
            is_first = not line.text[:opening].strip(" \t")
            line = _without_note(line, opening, close + 3)
            position = opening if is_first else close + 3
        self.lines.append(line)
        return number + 1

    def _read_long_note(self, number: int, line: Line, opening: int) -> int:
        """Blank a comment that ends on a later line, whose rest is then read as text."""
        parts = [line.text[opening + 4 :]]
        self.lines.append(replace(line, text=line.text[:opening] + " " * (len(line.text) - opening)))
        for inner in range(number + 1, len(self.raw)):
            text = self.raw[inner].text
            close = text.find("-->")
            if close >= 0:
                self.notes.append(Note(line.start + opening, "\n".join([*parts, text[:close]])))
                self.raw[inner] = _without_note(self.raw[inner], 0, close + 3)
                return inner
            parts.append(text)
            self.lines.append(replace(self.raw[inner], text=" " * len(text)))
        return len(self.raw)

    def _longest_closers(self) -> list[dict[str, int]]:
        """Return for each line how long a run that closes a fence comes at it or later, by kind of fence."""
        longest: list[dict[str, int]] = [{}]
        for line in reversed(self.raw):
            run = line.text.strip(" \t")
            below = longest[-1]
            if run[:3] in ("```", "~~~") and run.strip(run[0]) == "" and len(run) > below.get(run[0], 0):
                below = {**below, run[0]: len(run)}
            longest.append(below)
        longest.reverse()
        return longest


def _split(text: str, start: int) -> Iterator[Line]:
    for part in text.split("\n"):
        yield Line(start, part)
        start += len(part) + 1


def _without_note(line: Line, begin: int, end: int) -> Line:
    """Blank a part of a line; what follows a comment at the beginning takes over the comment's indentation."""
    before, after = line.text[:begin], line.text[end:]
    if before.strip(" \t"):
        return replace(line, text=before + " " * (end - begin) + after)
    rest = after.lstrip(" \t")
    return replace(line, start=line.start + len(line.text) - len(rest) - len(before), text=before + rest)


def _opens(fence: re.Match[str]) -> bool:
    return fence["run"][0] == "~" or "`" not in fence["info"]


def _closes(text: str, run: str) -> bool:
    text = text.strip(" \t")
    return len(text) >= len(run) and not text.strip(run[0])


def _find_note(text: str, position: int) -> int | None:
    """Return where a comment begins that does not stand in a code span of the line."""
    while match := CODE_OR_NOTE.search(text, position):
        if match[0] == "<!--":
            return match.start()
        close = re.compile(f"(?<!`){match[1]}(?!`)").search(text, match.end())
        position = close.end() if close else match.end()
    return None


def plain_text(lines: Sequence[Line], start: int, end: int) -> str:
    """Return a text as long as the part of the source, in which fences of code are blank, so that offsets stay."""
    pieces: list[str] = []
    position = start
    for line in lines:
        gap = line.start - position
        pieces.append("\n" + " " * (gap - 1) if pieces and gap else " " * gap)
        pieces.append(line.text if line.is_text else " " * len(line.text))
        position = line.start + len(line.text)
    pieces.append(" " * (end - position))
    return "".join(pieces)
