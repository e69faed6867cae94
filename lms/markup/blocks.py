"""The block structure that CommonMark gives a text: paragraphs, headings, lists, quotes, tables."""

import re
from dataclasses import dataclass, replace

from lms.markup.lines import Line, indent_of

ITEM = re.compile(r"(?P<marker>[-*+]|(?P<number>[0-9]{1,9})[.)])(?P<blanks>[ \t]+(?=\S)|[ \t]*$)")
HEADING = re.compile(r"#{1,6}(?=[ \t]|$)")
RULE = re.compile(r"(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*$")
DELIMITER_ROW = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*(?:\|[ \t]*)?$")
FOOTNOTE = re.compile(r"\[\^(?P<label>[^\]\s]+)\]:[ \t]*")
DEFINITION = re.compile(r"\[(?!\^)[^\]]+\]:[ \t]*\S")
FOLD = re.compile(r"</?(?:details|summary)\s*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `underline` is the line that makes it a heading in other viewers."""

    lines: tuple[Line, ...]
    underline: Line | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `line` is its line as written."""

    line: Line
    level: int
    title: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break."""

    line: Line


@dataclass(frozen=True, slots=True)
class Code:
    """A block of code; fences are left out of `lines`."""

    first: Line
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: head, delimiters, rows."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """The address of a reference link."""

    line: Line


@dataclass(frozen=True, slots=True)
class Fold:
    """A line that opens or closes `details`, or holds its summary."""

    line: Line


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote."""

    first: Line
    blocks: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True)
class Footnote:
    """The text of a footnote."""

    line: Line
    label: str
    blocks: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list; `number` is None in a list with bullets."""

    line: Line
    number: int | None
    blocks: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True)
class List:
    """A list; loose if blank lines stand between its items or their blocks."""

    items: tuple[Item, ...]
    is_loose: bool


Block = Paragraph | Heading | Rule | Code | Table | Definition | Fold | Quote | Footnote | List


def interrupts(text: str) -> bool:
    """Say whether a line of text cannot continue a paragraph, because it begins another block."""
    if indent_of(text) >= 4:
        return False
    text = text.lstrip(" \t")
    if text.startswith(">") or HEADING.match(text) or RULE.match(text) or FOLD.match(text) or FOOTNOTE.match(text):
        return True
    item = ITEM.match(text)
    return bool(item and item["blanks"] and item["number"] in (None, "1") and text[item.end() :])


def heading_title(text: str) -> str:
    """Return what follows the marks of a heading, without the marks that may close it."""
    title = text.strip(" \t")
    unclosed = title.rstrip("#")
    return unclosed.rstrip(" \t") if unclosed[-1:] in (" ", "\t", "") else title


def unquote(line: Line) -> Line:
    """Take the quote mark and one blank after it from a line."""
    skipped = len(line.text) - len(line.text.lstrip(" \t")) + 1
    skipped += line.text[skipped : skipped + 1] == " "
    return replace(line, start=line.start + skipped, text=line.text[skipped:])
