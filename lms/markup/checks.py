"""Find what is wrong with a text whatever it says: invisible signs, look-alike letters, tags, headings, tables."""

import re
from collections.abc import Sequence

from lms.markup.blocks import Block, Footnote, Heading, List, Paragraph, Quote, Table
from lms.markup.inline import find_tags
from lms.markup.letters import confused_words
from lms.markup.problem import Fix
from lms.markup.source import Report

ALLOWED_TAGS = ("details", "summary", "sub", "sup", "br", "kbd")
BOXES = ("note", "tip", "important", "warning")
BOX = re.compile(r"\[!(?P<kind>[^\]\s]*)\][ \t]*$")
CAPTION = re.compile(r"(?:Таблица|Кесте|Table):[ \t]+(?=\S)")
INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ue000\ue001]+"
)
SEPARATORS = "\x0b\x0c\x85\u2028\u2029"
HEADING_SLIP = re.compile(r"(?P<indent> {0,3})(?P<marks>#{1,6}|№{2,6})(?P<blanks>[ \t\u00a0]*)(?=[^#\s])")


def check_signs(report: Report, text: str, start: int) -> None:
    """Report signs that nobody can see."""
    for match in INVISIBLE.finditer(text):
        at = start + match.start()
        replacement = " " if any(sign in SEPARATORS for sign in match[0]) else ""
        report.add(
            "invisible-character", at, Fix(at, start + match.end(), replacement), name=f"U+{ord(match[0][0]):04X}"
        )


def check_words(report: Report, text: str, start: int) -> None:
    """Report words in which a letter of the other alphabet hides; the text must be free of code and addresses."""
    for position, word, mended in confused_words(text):
        at = start + position
        report.add("mixed-scripts", at, Fix(at, at + len(word), mended), word=word)


def check_tags(report: Report, text: str, start: int) -> None:
    """Report HTML tags that are not allowed, and details that nothing closes."""
    refused: set[str] = set()
    folds: list[int] = []
    for tag in find_tags(text):
        if tag.name in ALLOWED_TAGS and not tag.attributes:
            if tag.name == "details":
                folds = folds[:-1] if tag.is_closing else [*folds, tag.start]
        elif not (tag.is_closing and tag.name in refused):
            refused.add(tag.name)
            what = f"<{tag.name} …>" if tag.attributes else f"<{tag.name}>"
            report.add("not-allowed", start + tag.start, what=what, allowed=" ".join(ALLOWED_TAGS))
    for position in folds:
        report.add("syntax", start + position, reason="details")


def check_blocks(report: Report, blocks: Sequence[Block], highest: int = 2) -> None:
    """Report headings that jump or are made by underlining, tables without caption, unknown boxes.

    `highest` is the level at which headings start.
    """
    _BlockChecks(report, highest).check(blocks)


class _BlockChecks:
    """Walk the blocks of one text."""

    def __init__(self, report: Report, highest: int) -> None:
        """Begin under the title of the page, which is level 1."""
        self.report = report
        self.highest = highest
        self.level = 1

    def check(self, blocks: Sequence[Block]) -> None:
        """Check blocks that stand in one container."""
        before: Block | None = None
        for block in blocks:
            match block:
                case Heading():
                    self._check_heading(block)
                case Paragraph():
                    self._check_paragraph(block)
                case Table(lines=lines):
                    if not (isinstance(before, Paragraph) and has_caption(before)):
                        self.report.add("table-caption", lines[0].start)
                case Quote(blocks=inner):
                    self._check_box(block)
                    self.check(inner)
                case Footnote(blocks=inner):
                    self.check(inner)
                case List(items=items):
                    for item in items:
                        self.check(item.blocks)
                case _:
                    pass
            before = block

    def _check_heading(self, heading: Heading) -> None:
        start = heading.line.start
        if not self.highest <= heading.level <= self.level + 1:
            self.report.add("heading-level", start)
        elif indent := len(heading.line.text) - len(heading.line.text.lstrip(" ")):
            self.report.add("heading-wrong", start, Fix(start, start + indent, ""))
        if not heading.title:
            self.report.add("text-missing", start)
        self.level = heading.level

    def _check_paragraph(self, paragraph: Paragraph) -> None:
        for line in paragraph.lines:
            if slip := HEADING_SLIP.match(line.text):
                fix = Fix(line.start, line.start + slip.end(), "#" * len(slip["marks"]) + " ")
                self.report.add("heading-wrong", line.start + slip.start("marks"), fix)
        if underline := paragraph.underline:
            fix = Fix(underline.start, underline.start, "\n")
            if underline.text.lstrip().startswith("="):
                text = " ".join(part.text.strip() for part in paragraph.lines)
                fix = Fix(paragraph.lines[0].start, underline.start + len(underline.text), f"## {text}")
            self.report.add("setext-heading", underline.start, fix)

    def _check_box(self, quote: Quote) -> None:
        kind = box_kind(quote)
        if kind is not None and kind not in BOXES:
            self.report.add("unknown-name", quote.first.start, name=f"[!{kind.upper()}]", kind="box", guess="[!NOTE]")


def box_kind(quote: Quote) -> str | None:
    """Return the kind of box that the first line of a quote asks for, in small letters; None for a mere quote."""
    if not quote.blocks or not isinstance(quote.blocks[0], Paragraph):
        return None
    match = BOX.match(quote.blocks[0].lines[0].text.strip(" \t"))
    return match["kind"].lower() if match else None


def has_caption(paragraph: Paragraph) -> bool:
    """Say whether a paragraph is the caption of the table below it."""
    return bool(CAPTION.match(paragraph.lines[0].text.lstrip(" \t")))
