"""Parse lines into blocks, container by container."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from lms.markup.blocks import (
    DEFINITION,
    DELIMITER_ROW,
    FOLD,
    FOOTNOTE,
    HEADING,
    ITEM,
    RULE,
    UNDERLINE,
    Block,
    Code,
    Definition,
    Fold,
    Footnote,
    Heading,
    Item,
    List,
    Paragraph,
    Quote,
    Rule,
    Table,
    heading_title,
    interrupts,
    unquote,
)
from lms.markup.lines import Fence, Line, dedent, indent_of

DEEPEST = 12  # containers within containers; what goes deeper is text


def parse_blocks(lines: Sequence[Line], depth: int = 0) -> tuple[Block, ...]:
    """Return the blocks of some lines, with the blocks inside lists, quotes and footnotes."""
    return tuple(_Parser(lines, depth).parse())


class _Parser:
    """Walk over lines, taking one block at a time."""

    def __init__(self, lines: Sequence[Line], depth: int) -> None:
        """Prepare to parse lines that stand so deep in containers."""
        self.lines = lines
        self.depth = depth
        self.position = 0

    def parse(self) -> list[Block]:
        """Return the blocks."""
        blocks: list[Block] = []
        while self.position < len(self.lines):
            if self.lines[self.position].is_blank:
                self.position += 1
            else:
                blocks.append(self._next_block())
        return blocks

    def _next_block(self) -> Block:
        line = self.lines[self.position]
        text = line.text.lstrip(" \t")
        if not line.is_text:
            opens_inside = line.fence is Fence.OPENS and text[:1] not in "`~"
            return (opens_inside and self._container(line, text)) or self._code()
        if line.indent >= 4:
            return self._indented_code()
        if heading := HEADING.match(text):
            self.position += 1
            return Heading(line, heading.end(), heading_title(text[heading.end() :]))
        if RULE.match(text):
            self.position += 1
            return Rule(line)
        if FOLD.match(text):
            self.position += 1
            return Fold(line)
        if DEFINITION.match(text):
            self.position += 1
            return Definition(line)
        return self._container(line, text) or self._table() or self._paragraph()

    def _container(self, line: Line, text: str) -> Block | None:
        if self.depth >= DEEPEST:
            return None
        if text.startswith(">"):
            return self._quote()
        if ITEM.match(text):
            return self._list()
        if footnote := FOOTNOTE.match(text):
            return self._footnote(line, footnote)
        return None

    def _code(self) -> Code:
        first = self.lines[self.position]
        self.position += first.fence is Fence.OPENS
        columns = first.indent
        inner: list[Line] = []
        while self.position < len(self.lines) and self.lines[self.position].fence in (Fence.INSIDE, Fence.CLOSES):
            line = self.lines[self.position]
            self.position += 1
            if line.fence is Fence.CLOSES:
                break
            inner.append(dedent(line, columns))
        return Code(first, tuple(inner))

    def _indented_code(self) -> Code:
        first = self.lines[self.position]
        taken: list[Line] = []
        while self.position < len(self.lines):
            line = self.lines[self.position]
            if not line.is_text or (not line.is_blank and line.indent < 4):
                break
            taken.append(dedent(line, 4))
            self.position += 1
        while taken[-1].is_blank:
            taken.pop()
        return Code(first, tuple(taken))

    def _table(self) -> Table | None:
        if not self._begins_table(self.position):
            return None
        begin = self.position
        self.position += 2
        while self.position < len(self.lines):
            line = self.lines[self.position]
            if line.is_blank or not line.is_text or interrupts(line.text):
                break
            self.position += 1
        return Table(tuple(self.lines[begin : self.position]))

    def _begins_table(self, position: int) -> bool:
        if position + 1 >= len(self.lines):
            return False
        head, delimiters = self.lines[position], self.lines[position + 1]
        if not (head.is_text and delimiters.is_text and "|" in head.text):
            return False
        row = delimiters.text.strip(" \t")
        return bool(DELIMITER_ROW.match(row)) and _cells(row) == _cells(head.text.strip(" \t"))

    def _paragraph(self) -> Paragraph:
        begin = self.position
        self.position += 1
        underline = None
        while self.position < len(self.lines):
            line = self.lines[self.position]
            if line.is_blank or not line.is_text or self._begins_table(self.position):
                break
            if line.indent < 4 and UNDERLINE.match(line.text.lstrip(" \t")):
                underline = line
                break
            if interrupts(line.text):
                break
            self.position += 1
        paragraph = Paragraph(tuple(self.lines[begin : self.position]), underline)
        self.position += underline is not None
        return paragraph

    def _quote(self) -> Quote:
        first = self.lines[self.position]
        inner: list[Line] = []
        while self.position < len(self.lines):
            line = self.lines[self.position]
            if line.text.lstrip(" \t").startswith(">") and line.indent < 4:
                inner.append(unquote(line))
            elif not (inner and _continues_lazily(inner[-1], line)):
                break
            else:
                inner.append(line)
            self.position += 1
        return Quote(first, parse_blocks(inner, self.depth + 1))

    def _footnote(self, line: Line, match: re.Match[str]) -> Footnote:
        skipped = len(line.text) - len(line.text.lstrip(" \t")) + match.end()
        first = replace(line, start=line.start + skipped, text=line.text[skipped:])
        self.position += 1
        return Footnote(line, match["label"], parse_blocks([first, *self._indented(4, first)], self.depth + 1))

    def _list(self) -> List:
        items: list[Item] = []
        kind = _kind_of_list(self.lines[self.position])
        is_loose = False
        while self.position < len(self.lines):
            line = self.lines[self.position]
            if line.is_blank or line.indent >= 4 or _kind_of_list(line) != kind:
                break
            item, has_gap = self._item(line)
            items.append(item)
            ahead = self._skip_blanks()
            is_next_item = ahead < len(self.lines) and _kind_of_list(self.lines[ahead]) == kind
            is_loose = is_loose or has_gap or (is_next_item and ahead > self.position)
            if not is_next_item:
                break
            self.position = ahead
        return List(tuple(items), is_loose)

    def _item(self, line: Line) -> tuple[Item, bool]:
        """Take one item; say also whether a blank line stands between its own blocks."""
        indent = indent_of(line.text)
        match = ITEM.match(line.text.lstrip(" \t"))
        assert match is not None
        blanks = indent_of(match["blanks"])
        width = indent + len(match["marker"]) + (blanks if 1 <= blanks <= 4 else 1)
        skipped = len(line.text) - len(line.text.lstrip(" \t")) + len(match["marker"])
        first = dedent(replace(line, start=line.start + skipped, text=line.text[skipped:], fence=line.fence), blanks)
        self.position += 1
        inner = [first, *self._indented(width, first)]
        gaps = any(before.is_blank and not after.is_blank for before, after in pairwise(inner))
        blocks = parse_blocks(inner, self.depth + 1)
        number = int(match["number"]) if match["number"] else None
        return Item(line, number, blocks), gaps and len(blocks) > 1

    def _indented(self, width: int, first: Line) -> list[Line]:
        """Take the lines that belong to a container whose content begins at a column."""
        taken: list[Line] = []
        last = first
        while self.position < len(self.lines):
            line = self.lines[self.position]
            if line.is_blank:
                if (ahead := self._skip_blanks()) == len(self.lines) or self.lines[ahead].indent < width:
                    break
                taken += (dedent(blank, width) for blank in self.lines[self.position : ahead])
                self.position = ahead
                last = taken[-1]
                continue
            is_inside = line.fence in (Fence.INSIDE, Fence.CLOSES) or line.indent >= width
            if not is_inside and not _continues_lazily(last, line):
                break
            last = dedent(line, width)
            taken.append(last)
            self.position += 1
        return taken

    def _skip_blanks(self) -> int:
        ahead = self.position
        while ahead < len(self.lines) and self.lines[ahead].is_blank:
            ahead += 1
        return ahead


def _continues_lazily(before: Line, line: Line) -> bool:
    """Say whether a line without the container's mark goes on with the paragraph that stands before it."""
    if before.is_blank or not before.is_text or line.is_blank or not line.is_text:
        return False
    text = before.text.lstrip(" \t")
    holds_paragraph = before.indent < 4 and not HEADING.match(text) and not RULE.match(text) and not FOLD.match(text)
    return holds_paragraph and not interrupts(line.text) and not ITEM.match(line.text.lstrip(" \t"))


def _kind_of_list(line: Line) -> str:
    """Return the bullet, or the sign after the number; empty if the line begins no item."""
    text = line.text.lstrip(" \t")
    if line.fence in (Fence.INSIDE, Fence.CLOSES) or RULE.match(text) or not (match := ITEM.match(text)):
        return ""
    return match["marker"][-1]


def _cells(row: str) -> int:
    return len(re.findall(r"(?<!\\)\|", row.removeprefix("|").removesuffix("|"))) + 1
