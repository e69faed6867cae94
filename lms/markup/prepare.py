"""Write blocks down again the way Python-Markdown reads them, so that it shows what every other viewer shows."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape

from lms.markup.blocks import (
    FOLD,
    HEADING,
    ITEM,
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
)
from lms.markup.checks import ALLOWED_TAGS, BOXES, CAPTION, box_kind, has_caption
from lms.markup.inline import AUTOLINK, blank_code, is_escaped
from lms.markup.lines import Fence, Line, fence_of

TOKEN_OPENS, TOKEN_CLOSES = "\ue002", "\ue003"  # private-use signs around the number of a stashed piece
TOKEN = re.compile(f"{TOKEN_OPENS}([0-9]+){TOKEN_CLOSES}")
MARK_OPENS, MARK_CLOSES = "\ue004", "\ue005"  # private-use signs around the number of a mark
MARK = re.compile(f"(?:<p>)?{MARK_OPENS}([0-9]+){MARK_CLOSES}(?:</p>)?")
CAPTION_HERE, BOX_HERE = "!caption", "!box "  # pieces that tell the dressing what to do
RESERVED = re.compile("[\ue002-\ue005\x02\x03]")
INLINE_TAG = re.compile(rf"</?(?:{'|'.join(ALLOWED_TAGS)})[ \t]*/?>", re.IGNORECASE)
LESS = re.compile(r"<")
BEGINS_BLOCK = re.compile(r"(?P<number>[0-9]+)(?=[.)])|(?=[#>+*-])")

FenceReader = Callable[[str, Sequence[Line]], str | None]


class Preparer:
    """Turn blocks into lines; what Markdown must not touch goes into the stash, and a token stands for it.

    `read_fence` may name a fence: then a mark takes its place, at which the HTML is divided later.
    """

    def __init__(self, read_fence: FenceReader) -> None:
        """Begin with an empty stash."""
        self.read_fence = read_fence
        self.stash: list[str] = []
        self.marks: list[str] = []

    def keep(self, html: str) -> str:
        """Stash a piece; return its token."""
        self.stash.append(html)
        return f"{TOKEN_OPENS}{len(self.stash) - 1}{TOKEN_CLOSES}"

    def write(self, blocks: Sequence[Block]) -> list[str]:
        """Return blocks as lines, with a blank line between two of them."""
        lines: list[str] = []
        before: Block | None = None
        for number, block in enumerate(blocks):
            below = blocks[number + 1] if number + 1 < len(blocks) else None
            if lines:
                lines.append("")
            if type(block) is type(before) and isinstance(block, Quote | List):
                lines += [self.keep(""), ""]  # keeps neighbours apart, which would become one
            lines += self._write_block(block, below)
            before = block
        return lines

    def _write_block(self, block: Block, below: Block | None) -> list[str]:
        match block:
            case Paragraph():
                return [self._paragraph(block, isinstance(below, Table))]
            case Heading(level=level, title=title):
                return ["#" * level + " " + prepare_inline(title)]
            case Rule():
                return ["- - -"]
            case Code():
                return [self._code(block)]
            case Table(lines=rows):
                return [prepare_inline(_row(row.text)) for row in rows]
            case Definition(line=line):
                return [line.text.strip()]
            case Fold(line=line):
                return [self._fold(line.text)]
            case Quote():
                return [f"> {line}".rstrip() for line in self._quote(block)]
            case Footnote(label=label, blocks=inner):
                first, *rest = self._led_by_text(inner)
                return [f"[^{label}]: {first}", *_indented(rest)]
            case List():
                return self._list(block)

    def _paragraph(self, paragraph: Paragraph, is_above_table: bool) -> str:
        text = join_lines([line.text for line in paragraph.lines])
        if is_above_table and has_caption(paragraph) and (caption := CAPTION.match(text)):
            return self.keep(CAPTION_HERE) + prepare_inline(text[caption.end() :])
        if begin := BEGINS_BLOCK.match(text):
            is_block = ITEM.match(text) or HEADING.match(text) or text[0] in "#>"
            text = text[: begin.end()] + "\\" + text[begin.end() :] if is_block else text
        return prepare_inline(text)

    def _code(self, code: Code) -> str:
        info = fence_of(code.first)[1] if code.first.fence is Fence.OPENS else ""
        name = self.read_fence(info, code.lines)
        if name is not None:
            self.marks.append(name)
            return f"{MARK_OPENS}{len(self.marks) - 1}{MARK_CLOSES}"
        text = escape("\n".join(line.text for line in code.lines), quote=False)
        return self.keep(f"<pre><code>{text}\n</code></pre>")

    def _fold(self, text: str) -> str:
        pieces: list[str] = []
        position = 0
        for tag in FOLD.finditer(text):
            pieces += [prepare_inline(text[position : tag.start()]), self.keep(tag[0].lower())]
            position = tag.end()
        return "".join([*pieces, prepare_inline(text[position:])]).strip(" \t")

    def _quote(self, quote: Quote) -> list[str]:
        kind = box_kind(quote)
        if kind not in BOXES:
            return self.write(quote.blocks) or [""]
        first, *rest = quote.blocks
        assert isinstance(first, Paragraph)
        remaining = (replace(first, lines=first.lines[1:]),) if len(first.lines) > 1 else ()
        return [self.keep(BOX_HERE + kind), "", *self.write((*remaining, *rest))]

    def _list(self, block: List) -> list[str]:
        lines: list[str] = []
        for item in block.items:
            first, *rest = self._led_by_text(item.blocks)
            lines += [f"{_marker(item)} {first}".rstrip(), *_indented(rest)]
            if block.is_loose or "" in rest:
                lines.append("")
        return lines[:-1] if lines[-1] == "" else lines

    def _led_by_text(self, blocks: Sequence[Block]) -> list[str]:
        """Return the lines of a container that has to begin with text on the line of its mark."""
        if not blocks or not isinstance(blocks[0], Paragraph):
            return [self.keep(""), *([""] if blocks else []), *self.write(blocks)]
        rest = blocks[1:]
        is_outline = len(rest) == 1 and isinstance(rest[0], List)
        return [self._paragraph(blocks[0], False), *([] if is_outline or not rest else [""]), *self.write(rest)]


def join_lines(lines: Sequence[str]) -> str:
    """Return the lines of a paragraph as one; two blanks or a backslash at the end of a line break it."""
    pieces: list[str] = []
    for line in lines[:-1]:
        text = line.strip(" \t")
        if text.endswith("\\") and not is_escaped(text, len(text) - 1):
            pieces.append(text[:-1] + "<br> ")
        else:
            pieces.append(text + ("<br> " if line.endswith("  ") else " "))
    return "".join([*pieces, lines[-1].strip(" \t")]) if lines else ""


def prepare_inline(text: str) -> str:
    """Write down as an entity every `<` that begins neither an allowed tag nor an address, and stands outside code."""
    plain = blank_code(text)
    pieces: list[str] = []
    position = 0
    for match in LESS.finditer(plain):
        at = match.start()
        if INLINE_TAG.match(plain, at) or AUTOLINK.match(plain, at) or plain.endswith("](", 0, at):
            continue
        begin = at - 1 if is_escaped(plain, at) else at
        pieces += [text[position:begin], "&lt;"]
        position = at + 1
    return "".join([*pieces, text[position:]])


def _marker(item: Item) -> str:
    return "-" if item.number is None else f"{item.number}."


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"    {line}" if line else "" for line in lines]


def _row(text: str) -> str:
    row = text.strip(" \t")
    return row if row.startswith("|") else f"| {row}"
