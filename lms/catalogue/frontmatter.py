"""Read the front matter of a lesson or a quiz: YAML whose values are all text, with the places of its keys."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from lms.catalogue.properties import Entry
from lms.markup.checks import INVISIBLE
from lms.markup.problem import Fix
from lms.markup.source import Report

DASHES = re.compile(r"[ \t]*[-‐‑‒–—―−_]{1,10}[ \t]*")
FENCE = re.compile(r"---[ \t]*")
BLANK_AFTER_KEY = re.compile(r"^(?P<before>[ \t]*(?:-[ ])?[^\s:]*:?)(?P<blanks>\u00a0+)", re.MULTILINE)
VALUE_WITH_COLON = re.compile(r"[ ]*(?:-[ ]+|[^\s:\"']+:[ ]+)(?P<value>[^\s\"'\[{].*?)[ \t]*$")
HIDDEN_COLON = "\ua789"  # looks like a colon; stands for one in a value that lacks its quotes
MOST_COLONS = 20


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The properties by name and the offset where they end; not whole if only the kind could be made out."""

    entries: Mapping[str, Entry]
    end: int
    is_whole: bool = True


def read_front_matter(report: Report) -> FrontMatter | None:
    """Return the front matter; None if there is none to read."""
    text = report.source.text
    first_end = text.index("\n")
    if not FENCE.fullmatch(text[:first_end]):
        report.add("front-matter", 0, _fix_of_opening(text))
        return None
    closing = re.compile(r"^---[ \t]*$", re.MULTILINE).search(text, first_end + 1)
    if not closing:
        report.add("front-matter", 0, _fix_of_closing(text, first_end + 1))
        return None
    end = min(closing.end() + 1, len(text))
    entries = _read_yaml(report, first_end + 1, closing.start())
    if entries is not None:
        return FrontMatter(entries, end)
    kind = re.compile(r"^kind:[ \t]*(\S+)[ \t]*$", re.MULTILINE).search(text, first_end + 1, closing.start())
    return FrontMatter({"kind": Entry(kind.start(), kind[1])} if kind else {}, end, is_whole=False)


def _fix_of_opening(text: str) -> Fix | None:
    start = len(text) - len(text.lstrip("\n"))
    end = text.find("\n", start)
    if start < len(text) and DASHES.fullmatch(text[start:end]):
        return Fix(0, end, "---")
    return None


def _fix_of_closing(text: str, start: int) -> Fix | None:
    for match in re.compile(r"^(.*)$", re.MULTILINE).finditer(text, start):
        if match[1] and DASHES.fullmatch(match[1]):
            return Fix(match.start(), match.end(), "---")
        if match[1].startswith("#") or not match[1]:
            return Fix(match.start(), match.start(), "---\n")
    return None


def _read_yaml(report: Report, start: int, end: int) -> Mapping[str, Entry] | None:
    """Return the properties, or None after a syntax error."""
    text = _visible(report, start, end)
    for _ in range(MOST_COLONS):
        try:
            node = yaml.compose(text, Loader=yaml.BaseLoader)
        except yaml.MarkedYAMLError as error:
            at = error.problem_mark.index if error.problem_mark else 0
            mended = _hide_colon(report, text, start, at) if "mapping values" in (error.problem or "") else None
            if mended is None:
                report.add("syntax", start + min(at, len(text)), reason=error.problem or "YAML")
                break
            text = mended
        except (yaml.YAMLError, RecursionError, ValueError):
            report.add("syntax", start, reason="YAML")
            break
        else:
            return _read_mapping(report, node, text, start)
    return None


def _visible(report: Report, start: int, end: int) -> str:
    """Return the front matter with blanks for what YAML would stumble over unseen; the length stays."""
    text = report.source.text[start:end]
    for match in BLANK_AFTER_KEY.finditer(text):
        at = start + match.start("blanks")
        report.add("invisible-character", at, Fix(at, start + match.end(), " "), name="U+00A0")
    text = BLANK_AFTER_KEY.sub(lambda match: match["before"] + " " * len(match["blanks"]), text)
    return INVISIBLE.sub(lambda match: " " * len(match[0]), text)


def _hide_colon(report: Report, text: str, start: int, at: int) -> str | None:
    """Report a colon in a value without quotes and take it out of YAML's way; None if that is not what is wrong."""
    begin = text.rfind("\n", 0, at) + 1
    line = text[begin:].partition("\n")[0]
    match = VALUE_WITH_COLON.match(line)
    if not match:
        return None
    value = match["value"]
    first = start + begin + match.start("value")
    report.add("yaml-colon", start + at, Fix(first, first + len(value), _quoted(value)))
    return text[: begin + match.start("value")] + value.replace(":", HIDDEN_COLON) + text[begin + match.end("value") :]


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _read_mapping(report: Report, node: yaml.Node | None, text: str, start: int) -> Mapping[str, Entry]:
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        report.add("syntax", start, reason="YAML")
        return {}
    entries: dict[str, Entry] = {}
    for key, value in node.value:
        at = start + key.start_mark.index
        name = key.value if isinstance(key, yaml.ScalarNode) else "?"
        if name in entries:
            report.add("duplicate-name", at, name=name, line=str(report.source.line_at(entries[name].at)))
        else:
            entries[name] = _entry(report, value, text, start, at)
    return entries


def _entry(report: Report, node: yaml.Node, text: str, start: int, at: int) -> Entry:
    """Return a value of one of the shapes that there are: text, list of texts, texts by name."""
    if isinstance(node, yaml.ScalarNode):
        return Entry(at, node.value.replace(HIDDEN_COLON, ":"))
    if isinstance(node, yaml.SequenceNode):
        return Entry(at, items=tuple(_item(report, item, text, start) for item in node.value))
    entries = {}
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode) and isinstance(value, yaml.ScalarNode):
            entries[key.value] = Entry(start + key.start_mark.index, value.value)
        else:
            report.add("syntax", start + key.start_mark.index, reason="YAML")
    return Entry(at, entries=entries)


def _item(report: Report, node: yaml.Node, text: str, start: int) -> Entry:
    """Return one item of a list; a text with a colon, which YAML reads as a mapping, lacks its quotes."""
    at = start + node.start_mark.index
    if isinstance(node, yaml.ScalarNode):
        return Entry(at, node.value.replace(HIDDEN_COLON, ":"))
    colon = text.find(":", node.start_mark.index)
    if isinstance(node, yaml.MappingNode) and _hide_colon(report, text, start, colon) is not None:
        return Entry(at, text[node.start_mark.index :].partition("\n")[0])
    report.add("syntax", at, reason="YAML")
    return Entry(at, "")
