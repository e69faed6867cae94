"""Read the heading of a question or a part, and the attributes in braces."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from lms.markup.blocks import heading_title
from lms.markup.inline import is_escaped
from lms.markup.letters import first_cyrillic, latin
from lms.markup.lines import Line
from lms.markup.problem import Fix
from lms.markup.source import Report

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
LONGEST_SLUG = 80
ATTRIBUTES = ("topic", "points", "basis", "type", "scoring", "shuffle", "unit")
SMART_QUOTES = "«»“”„‟"
ENTRY = re.compile(
    r"""(?P<name>[#№]?[^\s={}"«»“”„‟]*)(?P<equals>=)?"""
    rf"""(?P<value>"[^"]*"|[{SMART_QUOTES}][^{SMART_QUOTES}"}}]*["{SMART_QUOTES}]|[^\s"{{}}]*)"""
)


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute as written; `at` and `value_at` are offsets in the source."""

    name: str
    value: str
    at: int
    value_at: int


@dataclass(frozen=True, slots=True)
class Title:
    """A heading; `at` is the offset of its line, `end` of the end of its text.

    The id is empty if it is missing or wrong; `lacks_id` says that none was even tried.
    """

    text: str
    at: int
    end: int
    id: str
    id_at: int
    lacks_id: bool
    attributes: Mapping[str, Attribute]

    def value(self, name: str) -> str | None:
        """Return an attribute's value as written, or None."""
        attribute = self.attributes.get(name)
        return attribute.value if attribute else None


def is_slug(name: str) -> bool:
    """Say whether a name may be an id."""
    return len(name) <= LONGEST_SLUG and bool(SLUG.fullmatch(name))


def guess(name: str, known: Sequence[str]) -> str:
    """Return the known name that is most like a mistyped one, or an empty text."""
    return next(iter(get_close_matches(name[:LONGEST_SLUG].casefold(), known, 1, 0.6)), "")


def report_unknown(
    report: Report, at: int, name: str, kind: str, known: Sequence[str], place: int | None = None
) -> None:
    """Report a name that nobody knows: typed with look-alike letters, or simply unknown.

    The name stands at one offset; the problem may be shown at another place, such as the question's heading.
    """
    place, typed = at if place is None else place, latin(name)
    if typed != name and typed in known:
        report.add("look-alike", place, Fix(at, at + len(name), typed), name=name, letter=first_cyrillic(name))
    else:
        report.add("unknown-name", place, name=name, kind=kind, guess=guess(name, known))


def read_title(report: Report, lines: Sequence[Line], marks: int) -> tuple[Title, int]:
    """Read the heading at the beginning of some lines; return it and how many lines it takes."""
    return _TitleReader(report, lines, marks).read()


class _TitleReader:
    """Read one heading line and the line of attributes that may follow it."""

    def __init__(self, report: Report, lines: Sequence[Line], marks: int) -> None:
        """Prepare to read a heading that begins with so many number signs."""
        self.report = report
        self.lines = lines
        self.heading = lines[0]
        self.marks = marks
        self.id = ""
        self.id_at = lines[0].start
        self.has_id_slip = False
        self.attributes: dict[str, Attribute] = {}

    def read(self) -> tuple[Title, int]:
        """Return the heading and the number of its lines."""
        body = self.heading.text.rstrip(" \t")
        opening = _opening_brace(body)
        if opening >= 0:
            self._read_entries(replace(self.heading, start=self.heading.start + opening, text=body[opening:]))
        below = self._line_of_attributes()
        if below:
            line = self.lines[below]
            indent = len(line.text) - len(line.text.lstrip(" \t"))
            if opening >= 0:
                self.report.add("attribute-syntax", line.start)
            else:
                self._read_entries(replace(line, start=line.start + indent, text=line.text.strip(" \t")))
        text = heading_title(body[self.marks : opening if opening >= 0 else None])
        if not text and opening >= 0:  # a heading without anything is reported with all other headings
            self.report.add("text-missing", self.heading.start)
        start = self.heading.start
        lacks_id = not self.id and not self.has_id_slip
        title = Title(text, start, start + len(body), self.id, self.id_at, lacks_id, self.attributes)
        return title, below + 1

    def _line_of_attributes(self) -> int:
        """Return which of the next lines holds the attributes; 0 if none does. Blank lines before it are refused."""
        number = 1
        while number < len(self.lines) and self.lines[number].is_blank:
            number += 1
        if number == len(self.lines) or not self.lines[number].is_text:
            return 0
        line = self.lines[number]
        if not re.match(r"[ \t]*\{[^{}]*\}?[ \t]*$", line.text):
            return 0
        if number > 1:
            first = self.lines[1].start
            self.report.add("attribute-syntax", line.start, Fix(first, line.start, ""))
        return number

    def _read_entries(self, line: Line) -> None:
        """Read `{…}`; a line that stands for it begins with the brace."""
        inner, closed = line.text[1:], line.text.endswith("}")
        if not closed:
            end = line.start + len(line.text)
            self.report.add("attribute-syntax", line.start, Fix(end, end, "}"))
        inner = inner.removesuffix("}") if closed else inner
        position = 0
        count = 0
        while position < len(inner):
            if inner[position] in " \t":
                position += 1
                continue
            entry = ENTRY.match(inner, position)
            count += 1
            if not entry or entry.end() == position:
                self.report.add("attribute-syntax", line.start + 1 + position)
                return
            self._take(entry, line.start + 1)
            position = entry.end()
        if not count:
            self.report.add("attribute-syntax", line.start)

    def _take(self, entry: re.Match[str], start: int) -> None:
        name, at = entry["name"], start + entry.start()
        if name[:1] in ("#", "№") and not entry["equals"]:
            self._take_id(name, at)
        elif not name or not entry["equals"]:
            self.has_id_slip = self.has_id_slip or is_slug(name)
            fix = Fix(at, at, "#") if is_slug(name) and not self.id else None
            self.report.add("attribute-syntax", at, fix)
        else:
            value, value_at = self._value(entry, start)
            known = self._known_name(name, at)
            if known in self.attributes:
                self.report.add("attribute-syntax", at)
            elif known:
                self.attributes[known] = Attribute(known, value, at, value_at)

    def _take_id(self, name: str, at: int) -> None:
        typed = "#" + latin(name[1:])
        if self.id:
            self.report.add("attribute-syntax", at)
        elif name == typed and is_slug(name[1:]):
            self.id, self.id_at = name[1:], at
        elif is_slug(typed[1:]) and (name[0] == "№" or re.search(r"[a-z]", name)):
            self.report.add("look-alike", at, Fix(at, at + len(name), typed), name=name, letter=first_cyrillic(name))
            self.id, self.id_at = typed[1:], at
        else:
            self.has_id_slip = True
            self.report.add("value-wrong", at, key="id", value=name[1:], expected="slug")

    def _value(self, entry: re.Match[str], start: int) -> tuple[str, int]:
        value, at = entry["value"], start + entry.start("value")
        if value[:1] and value[0] in SMART_QUOTES:
            straight = f'"{value[1:-1]}"'
            self.report.add("smart-quotes", at, Fix(at, at + len(value), straight))
            return value[1:-1], at + 1
        return (value[1:-1], at + 1) if value.startswith('"') else (value, at)

    def _known_name(self, name: str, at: int) -> str:
        if name in ATTRIBUTES:
            return name
        report_unknown(self.report, at, name, "attribute", ATTRIBUTES)
        return latin(name) if latin(name) in ATTRIBUTES else ""


def _opening_brace(text: str) -> int:
    """Return where the attributes at the end of a heading begin; -1 if there are none."""
    opening = text.rfind(" {") + 1
    if opening == 0 or is_escaped(text, opening):
        return -1
    inner = text[opening + 1 :]
    if "}" in inner[:-1] and not text.endswith("}"):
        return -1
    return opening
