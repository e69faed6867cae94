"""Divide the lines of a question into text, answers and explanation: the line rules of the course format."""

from collections.abc import Sequence
from dataclasses import dataclass

from lms.markup.blocks import unquote
from lms.markup.checks import HEADING_SLIP
from lms.markup.lines import Fence, Line, dedent
from lms.markup.problem import Fix
from lms.markup.source import Report
from lms.questions.items import Head, Mark, read_head

INDENT = 2  # columns from which a line belongs to the answer above it


@dataclass(frozen=True, slots=True)
class Item:
    """One answer: its first line, the other lines of its text, its feedback without quote marks."""

    head: Head
    more: tuple[Line, ...]
    feedback: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The Markdown of the answer."""
        return markdown([self.head.content, *self.more])


@dataclass(frozen=True, slots=True)
class Body:
    """The lines of a question by what they are for; those of the explanation are without quote marks."""

    text: tuple[Line, ...]
    items: tuple[Item, ...]
    explanation: tuple[Line, ...]


def markdown(lines: Sequence[Line]) -> str:
    """Return lines as one text without blank lines around it."""
    return "\n".join(line.text for line in lines).strip("\n").rstrip(" \t\n")


def read_body(report: Report, lines: Sequence[Line], is_ordering: bool) -> Body:
    """Divide the lines below a question's heading; report what stands where nothing may stand."""
    heads = {number: head for number, line in enumerate(lines) if (head := read_head(line, is_ordering))}
    first = _first_answer(lines, heads, is_ordering)
    if first is None:
        quote = _final_quote(lines)
        return Body(tuple(lines[:quote]), (), _without_quote_marks(lines[quote:]))
    answers = _Answers(report, lines[first:], {number - first: head for number, head in heads.items()})
    return Body(tuple(lines[:first]), *answers.read())


def _first_answer(lines: Sequence[Line], heads: dict[int, Head], is_ordering: bool) -> int | None:
    """Return where the answers begin: the first marked item, with the unmarked ones right above it in its list."""
    marked = (number for number, head in heads.items() if head.mark is not Mark.NONE)
    first = next(marked, None)
    if first is None or is_ordering:
        return first
    for number in range(first - 1, -1, -1):
        line = lines[number]
        if number in heads and heads[number].bullet == heads[first].bullet:
            first = number
        elif not (line.is_blank or line.indent >= INDENT or line.fence in (Fence.INSIDE, Fence.CLOSES)):
            break
    return first


def _final_quote(lines: Sequence[Line]) -> int:
    """Return where the quote begins that ends the lines; their number if there is none."""
    end = len(lines)
    while end and lines[end - 1].is_blank:
        end -= 1
    begin = end
    while begin and lines[begin - 1].text.startswith(">"):
        begin -= 1
    return begin if begin < end else len(lines)


class _Answers:
    """Walk over the lines from the first answer on."""

    def __init__(self, report: Report, lines: Sequence[Line], heads: dict[int, Head]) -> None:
        """Prepare to read the lines, some of which begin answers."""
        self.report = report
        self.lines = lines
        self.heads = heads
        self.last_head = max(heads)
        self.items: list[tuple[Head, list[Line]]] = []
        self.explanation: list[Line] = []
        self.has_stray_text = False

    def read(self) -> tuple[tuple[Item, ...], tuple[Line, ...]]:
        """Return the answers and the explanation."""
        after_blank = False
        for number, line in enumerate(self.lines):
            if number in self.heads:
                self.items.append((self.heads[number], []))
            elif self._belongs(line):
                self._current().append(line)
            elif line.text.startswith(">"):
                self._read_quote(number, line)
            elif after_blank or self.explanation:
                self._refuse(line)
            else:
                self._current().append(line)
            after_blank = line.is_blank
        return tuple(_item(head, lines) for head, lines in self.items), _without_quote_marks(self.explanation)

    def _belongs(self, line: Line) -> bool:
        """Say whether a line goes on with what stands above it, whatever it says."""
        is_code = line.fence in (Fence.INSIDE, Fence.CLOSES)
        return is_code or line.is_blank or (line.indent >= INDENT and not self.explanation)

    def _current(self) -> list[Line]:
        return self.explanation if self.explanation else self.items[-1][1]

    def _read_quote(self, number: int, line: Line) -> None:
        """Take a quote at the margin: the explanation, or feedback that lacks its indentation."""
        if number > self.last_head:
            self.explanation.append(line)
            return
        if not (self.items[-1][1] and self.items[-1][1][-1].text.startswith(">")):
            self.report.add("feedback-misplaced", line.start, self._indenting(number))
        self.items[-1][1].append(line)

    def _indenting(self, number: int) -> Fix:
        end = number
        while end < len(self.lines) and self.lines[end].text.startswith(">"):
            end += 1
        quote = self.lines[number:end]
        return Fix(quote[0].start, quote[-1].start + len(quote[-1].text), "\n".join("  " + line.text for line in quote))

    def _refuse(self, line: Line) -> None:
        if not (self.has_stray_text or HEADING_SLIP.match(line.text)):
            self.report.add("text-after-answers", line.start)
        self.has_stray_text = True


def _item(head: Head, lines: Sequence[Line]) -> Item:
    """Take the common indentation from the lines below an answer, and divide off the feedback."""
    filled = [line.indent for line in lines if not line.is_blank and line.is_text and line.indent >= INDENT]
    columns = min(filled, default=INDENT)
    below = [dedent(line, columns) for line in lines]
    quote = next(
        (number for number, line in enumerate(below) if line.is_text and line.text.startswith(">")), len(below)
    )
    return Item(head, tuple(below[:quote]), _without_quote_marks(below[quote:]))


def _without_quote_marks(lines: Sequence[Line]) -> tuple[Line, ...]:
    return tuple(unquote(line) if line.text.startswith(">") else line for line in lines)
