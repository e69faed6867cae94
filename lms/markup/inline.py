"""Find links, pictures and tags in a text, leaving code spans alone."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

RUN = re.compile(r"`+")
NEW_BLOCK = re.compile(r"\n(?=[ \t>]*(?:\n|[-*+][ \t]|[0-9]{1,9}[.)][ \t]|#{1,6}[ \t]|\||$))")
BRACKET = re.compile(r"\\.|!?\[|\]", re.DOTALL)
DESTINATION = re.compile(
    r"""\(\s*(?:<(?P<angled>[^<>\n]*)>|(?P<bare>(?:[^\s()<>]|\([^\s()<>]*\))*))"""
    r"""(?:\s+(?:"[^"\n]*"|'[^'\n]*'|\([^()\n]*\)))?\s*\)"""
)
DEFINITION = re.compile(r"^[ \t>]{0,8}\[(?!\^)[^\]\n]+\]:[ \t]*<?(?P<bare>[^\s<>]+)", re.MULTILINE)
AUTOLINK = re.compile(r"<(?P<bare>[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+)>")
TAG = re.compile(r"(?<!\\)<(?P<closing>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?=[\s/>])(?P<rest>[^<>]*)>")


@dataclass(frozen=True, slots=True)
class Link:
    """A link or a picture; all numbers are offsets in the searched text, `target` is what it points to."""

    start: int
    end: int
    text_start: int
    text_end: int
    target_start: int
    target: str
    is_image: bool
    is_bracketed: bool


@dataclass(frozen=True, slots=True)
class Tag:
    """An HTML tag; `start` is its offset in the searched text."""

    start: int
    end: int
    name: str
    is_closing: bool
    attributes: str


def blank_code(text: str) -> str:
    """Replace code spans by blanks; the length stays. A span does not reach over a blank line or into another block."""
    pieces: list[str] = []
    position = 0
    for end in [*(match.end() for match in NEW_BLOCK.finditer(text)), len(text)]:
        pieces.append(_blank_spans(text[position:end]))
        position = end
    return "".join(pieces)


def _blank_spans(text: str) -> str:
    runs = [(match.start(), match.end()) for match in RUN.finditer(text)]
    if len(runs) < 2:
        return text
    starts_by_length: dict[int, list[int]] = defaultdict(list)
    for start, end in runs:
        starts_by_length[end - start].append(start)
    pieces: list[str] = []
    position = 0
    for start, end in runs:
        if start < position:
            continue
        opening = start + 1 if is_escaped(text, start) else start
        candidates = starts_by_length[end - opening]
        later = bisect_right(candidates, start)
        if opening == end or later == len(candidates):
            continue
        close = candidates[later] + end - opening
        pieces += [text[position:opening], re.sub(r"[^\n]", " ", text[opening:close])]
        position = close
    return "".join([*pieces, text[position:]])


def is_escaped(text: str, position: int) -> bool:
    """Say whether an odd number of backslashes stands before a position."""
    begin = position
    while begin > 0 and text[begin - 1] == "\\":
        begin -= 1
    return (position - begin) % 2 == 1


def find_links(text: str) -> list[Link]:
    """Return the links and pictures of a text without code, in their order, link definitions and autolinks included."""
    links = [*_bracketed_links(text)]
    for pattern in (DEFINITION, AUTOLINK):
        for match in pattern.finditer(text):
            if not is_escaped(text, match.start()):
                start, end = match.span("bare")
                links.append(Link(match.start(), match.end(), start, end, start, match["bare"], False, False))
    return sorted(links, key=lambda link: link.start)


def _bracketed_links(text: str) -> Iterator[Link]:
    open_brackets: list[re.Match[str]] = []
    for match in BRACKET.finditer(text):
        if match[0] in ("[", "!["):
            open_brackets.append(match)
        elif match[0] == "]" and open_brackets:
            opening = open_brackets.pop()
            destination = DESTINATION.match(text, match.end())
            if destination:
                group = "bare" if destination["angled"] is None else "angled"
                yield Link(
                    start=opening.start(),
                    end=destination.end(),
                    text_start=opening.end(),
                    text_end=match.start(),
                    target_start=destination.start(group),
                    target=destination[group],
                    is_image=opening[0] == "![",
                    is_bracketed=True,
                )


def find_tags(text: str) -> list[Tag]:
    """Return the HTML tags of a text without code, in their order."""
    return [
        Tag(match.start(), match.end(), match["name"].lower(), bool(match["closing"]), match["rest"].strip(" \t\n/"))
        for match in TAG.finditer(text)
    ]


def visible_text(text: str) -> str:
    """Return what a reader sees of inline Markdown: link texts without addresses, no emphasis, no tags."""
    pieces: list[str] = []
    position = 0
    for link in find_links(text):
        if link.is_bracketed and link.start >= position:
            pieces += [text[position : link.start], text[link.text_start : link.text_end]]
            position = link.end
    pieces.append(text[position:])
    shown = TAG.sub("", "".join(pieces))
    return re.sub(r"\\([!-/:-@\[-`{-~])|[*_`]", r"\1", shown).strip()
