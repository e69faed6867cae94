"""Turn Markdown into safe HTML with the components of our pages: boxes, laws, tables, players."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from string import punctuation

import nh3
from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension

from lms.markup.dressing import WORDS, Dressing, Resolve
from lms.markup.lines import Line, read_lines
from lms.markup.parsing import parse_blocks
from lms.markup.prepare import MARK, RESERVED, TOKEN, TOKEN_OPENS, FenceReader, Preparer
from lms.markup.source import Report, Source

TOKEN_PARAGRAPH = re.compile(f"<p>({TOKEN_OPENS}[^\n]*?)</p>")
ONE_PARAGRAPH = re.compile(r"<p>((?:(?!</?p>).)*)</p>", re.DOTALL)
SCHEMES = {"http", "https", "mailto"}
ATTRIBUTES = {
    "a": {"href", "class", "title", "aria-label"},
    "aside": {"class", "data-kind"},
    "audio": {"controls", "preload", "src"},
    "caption": {"id"},
    "div": {"class", "role", "tabindex", "aria-label", "aria-labelledby"},
    "figure": {"class"},
    "img": {"src", "alt", "title", "loading"},
    "li": {"id"},
    "ol": {"start"},
    "sup": {"id"},
    "td": {"class"},
    "th": {"class", "scope"},
    "ul": {"class"},
} | {f"h{level}": {"id"} for level in range(1, 7)}
TAGS = {
    *("blockquote", "br", "code", "details", "em", "figcaption", "hr", "kbd", "p", "pre", "strong", "sub", "summary"),
    *("table", "tbody", "thead", "tr"),
    *ATTRIBUTES,
}


@dataclass(frozen=True, slots=True)
class Rendered:
    """Safe HTML, divided at the marks (one piece more than marks), and the headings for a table of contents."""

    pieces: tuple[str, ...]
    marks: tuple[str, ...]
    headings: tuple[tuple[str, str], ...]

    @property
    def html(self) -> str:
        """The HTML as a whole, marks left out."""
        return "".join(self.pieces)


class Renderer:
    """Render texts in one language; links are resolved to addresses by the function given."""

    def __init__(self, language: str, resolve: Resolve) -> None:
        """Set Markdown up once for many texts."""
        footnotes = FootnoteExtension(BACKLINK_TEXT="↩")
        tables = TableExtension(use_align_attribute=True)
        self.markdown = Markdown(extensions=[footnotes, tables, SaneListExtension()])
        self.markdown.ESCAPED_CHARS = list(punctuation)
        self.markdown.preprocessors.deregister("html_block")
        self.dressing = Dressing(self.markdown, WORDS[language], resolve)
        self.markdown.treeprocessors.register(self.dressing, "dressing", 12)

    def block(self, text: str, prefix: str = "", read_fence: FenceReader | None = None) -> Rendered:
        """Render a text; the ids in it begin with the prefix. `read_fence` may name fences, which then become marks."""
        preparer = Preparer(read_fence or _no_mark)
        try:
            html = self._convert(preparer, text, prefix)
        except RecursionError:  # emphasis within emphasis without end: shown as typed
            html = f"<pre>{escape(text)}</pre>"
        parts = MARK.split(html)
        pieces = tuple(sanitise(piece) for piece in parts[::2])
        marks = tuple(preparer.marks[int(number)] for number in parts[1::2])
        return Rendered(pieces, marks, tuple(self.dressing.headings))

    def inline(self, text: str) -> str:
        """Render a text that stands in a line, without a paragraph around it if it is only one."""
        html = self.block(text).html.strip()
        only = ONE_PARAGRAPH.fullmatch(html)
        return only[1] if only else html

    def _convert(self, preparer: Preparer, text: str, prefix: str) -> str:
        source = Source("", RESERVED.sub("", text) + "\n")
        lines, _ = read_lines(Report(source))
        prepared = "\n".join(preparer.write(parse_blocks(lines)))
        self.markdown.reset()
        self.dressing.begin(prefix, preparer.stash)
        html = TOKEN_PARAGRAPH.sub(r"\1", self.markdown.convert(prepared))
        return TOKEN.sub(lambda match: _html_piece(preparer.stash[int(match[1])]), html)


def sanitise(html: str) -> str:
    """Drop every tag, attribute and address that is not on the list of what our own components need."""
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)


def _html_piece(piece: str) -> str:
    return piece if piece.startswith("<") else ""


def _no_mark(info: str, lines: Sequence[Line]) -> None:
    return None
