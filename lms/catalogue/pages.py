"""Read one file of a lesson or a quiz, by itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from lms.catalogue.course import Kind, QuizSettings
from lms.catalogue.frontmatter import read_front_matter
from lms.catalogue.links import Surroundings, check_address, check_links
from lms.catalogue.properties import Properties
from lms.catalogue.quizsettings import QUIZ_KEYS, read_quiz_settings
from lms.markup.blocks import Block
from lms.markup.checks import check_blocks, check_signs, check_tags, check_words
from lms.markup.inline import blank_code, find_links
from lms.markup.letters import first_cyrillic, latin
from lms.markup.lines import Fence, Line, Note, dedent, fence_of, plain_text, read_lines
from lms.markup.parsing import parse_blocks
from lms.markup.problem import Fix
from lms.markup.source import Report
from lms.questions.body import markdown
from lms.questions.sheet import Sheet, WrittenQuestion, find_option, read_check, read_sheet, refuse_double_ids
from lms.questions.titles import report_unknown

COMMON_KEYS = ("kind", "title", "basis", "law_as_of", "review")
LESSON_KEYS = (*COMMON_KEYS, "minutes", "objectives")
CHECK = "check"
ATTRIBUTES = re.compile(r"(?:(?<=[ \t])|^)\{[^{}\n]*\}?[ \t]*$", re.MULTILINE)
BARE_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
SECTION = re.compile(r"#{1,2}[ \t]")
PARITY_OFF = re.compile(r"\s*parity:\s*off\s*")


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a file that is read as Markdown; `plain` is its text with code and comments blanked."""

    start: int
    lines: tuple[Line, ...]
    notes: tuple[Note, ...]
    plain: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """One file as read; problems are in its report. A lesson has its self-checks as questions of the sheet.

    A page is not whole if a part of it could not be made out, so that comparing it would be idle.
    """

    path: str
    lang: str
    kind: Kind
    report: Report
    properties: Properties
    title: str
    objectives: tuple[str, ...]
    is_review_pending: bool
    minutes: int | None
    basis: tuple[str, ...]
    law_as_of: date | None
    settings: QuizSettings | None
    passage: Passage = Passage(0, (), (), "", ())
    checks: tuple[Passage, ...] = ()
    sheet: Sheet = field(default_factory=Sheet)
    is_whole: bool = True

    @property
    def text(self) -> str:
        """The Markdown below the front matter, comments left out."""
        return markdown(self.passage.lines)


def read_page(report: Report, lang: str, around: Surroundings) -> WrittenPage | None:
    """Read the file that a report is about; return None if its front matter cannot be found."""
    front = read_front_matter(report)
    if front is None:
        return None
    page = _read_properties(Properties(report, front.entries), lang, around, front.is_whole)
    check_signs(report, report.source.text, 0)
    passage = _read_passage(report, front.end, len(report.source.text))
    _check_passage(report, passage, around, highest=1 if page.kind == "quiz" else 2)
    checks: tuple[Passage, ...] = ()
    if page.kind == "quiz":
        sheet = _read_quiz(report, passage)
    else:
        sheet, checks = _read_lesson(report, passage, around)
    _check_names(report, sheet, around)
    is_whole = front.is_whole and not _forget_below_open_fence(report, passage)
    return replace(page, passage=passage, checks=checks, sheet=sheet, is_whole=is_whole)


def _forget_below_open_fence(report: Report, passage: Passage) -> bool:
    """Say whether a fence was left open; then what was found from its section on only repeats that, and is dropped."""
    fence = next((problem for problem in report.problems if problem.facts.get("reason") == "fence"), None)
    if fence is None:
        return False
    sections = [line.start for line in passage.lines if line.is_text and SECTION.match(line.text)]
    lines = [number for number in map(report.source.line_at, sections) if number < fence.line]
    report.keep(lambda problem: problem is fence or problem.line < max(lines, default=1))
    return True


def _read_properties(properties: Properties, lang: str, around: Surroundings, is_whole: bool) -> WrittenPage:
    """Return the page as its front matter describes it; unless that was read whole, nothing is missing."""
    report = properties.report
    is_quiz = any(latin(name) == "kind" and entry.text == "quiz" for name, entry in properties.entries.items())
    properties.refuse_unknown((*COMMON_KEYS, *QUIZ_KEYS) if is_quiz else LESSON_KEYS)
    properties.choice("kind", ("quiz",))
    if is_whole:
        properties.require("title")
    if title := properties.entries.get("title"):
        line_end = report.source.text.index("\n", title.at)
        check_words(report, report.source.text[title.at : line_end], title.at)
    basis = tuple(part.strip() for part in properties.text("basis").split(",") if part.strip())
    for address in basis:
        check_address(report, properties.entries["basis"].at, address, around.registries)
    return WrittenPage(
        path=report.source.path,
        lang=lang,
        kind="quiz" if is_quiz else "lesson",
        report=report,
        properties=properties,
        title=properties.text("title"),
        objectives=() if is_quiz else properties.texts("objectives"),
        is_review_pending=properties.choice("review", ("pending",)) is not None,
        minutes=None if is_quiz else properties.integer("minutes"),
        basis=basis,
        law_as_of=properties.date("law_as_of"),
        settings=read_quiz_settings(properties, around.topics) if is_quiz else None,
    )


def _read_passage(report: Report, start: int, end: int, columns: int = 0) -> Passage:
    """Read a part of the source, indented by so many columns, as Markdown."""
    lines, notes = read_lines(report, start, end)
    lines = [dedent(line, columns) for line in lines] if columns else lines
    plain = blank_code(plain_text(lines, start, end))
    return Passage(start, tuple(lines), tuple(notes), plain, parse_blocks(lines))


def _check_passage(report: Report, passage: Passage, around: Surroundings, highest: int = 2) -> None:
    """Report what is wrong with a text whatever it says; `highest` is the level at which headings start."""
    check_blocks(report, passage.blocks, highest)
    check_tags(report, passage.plain, passage.start)
    check_links(report, passage.plain, passage.start, around)
    check_words(report, without_addresses(passage.plain), passage.start)


def without_addresses(plain: str) -> str:
    """Return a text in which attributes and the targets of links are blank; the length stays."""
    pieces: list[str] = []
    position = 0
    for link in find_links(plain):
        if link.target_start >= position:
            end = link.target_start + len(link.target)
            pieces += [plain[position : link.target_start], " " * len(link.target)]
            position = end
    text = "".join([*pieces, plain[position:]])
    for pattern in (ATTRIBUTES, BARE_ADDRESS):
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text


def _read_quiz(report: Report, passage: Passage) -> Sheet:
    has_slip = any(problem.code == "heading-wrong" for problem in report.problems)
    sheet = read_sheet(report, passage.lines)
    if not sheet.questions:
        _report_empty(report, passage)
    if not has_slip:
        for text in (sheet.introduction, *(part.lines for part in sheet.parts)):
            _refuse_options(report, text)
    return sheet


def _read_lesson(report: Report, passage: Passage, around: Surroundings) -> tuple[Sheet, tuple[Passage, ...]]:
    """Read the self-checks of a lesson."""
    _refuse_options(report, passage.lines)
    if not markdown(passage.lines):
        _report_empty(report, passage)
    checks: list[Passage] = []
    questions: list[WrittenQuestion] = []
    for opening, inner in _check_fences(report, passage.lines):
        start = opening.start + len(opening.text) + 1
        end = inner[-1].start + len(inner[-1].text) + 1 if inner else start
        known = len(report.problems)
        check = _read_passage(report, start, end, opening.indent)
        _check_passage(report, check, around)
        checks.append(check)
        has_slip = any(problem.code == "heading-wrong" for problem in report.problems[known:])
        written = None if has_slip else read_check(report, check.lines, opening.start)
        if written:
            questions.append(written)
    refuse_double_ids(report, [question.title for question in questions])
    return Sheet(questions=questions), tuple(checks)


def _report_empty(report: Report, passage: Passage) -> None:
    """Report a page without text at its first line, or at the last one of the file if there is none."""
    report.add("text-missing", min(passage.start, len(report.source.text) - 1))


def _refuse_options(report: Report, lines: Sequence[Line]) -> None:
    if option := find_option(lines):
        report.add("question-outside", option.start)


def _check_fences(report: Report, lines: Sequence[Line]) -> list[tuple[Line, list[Line]]]:
    """Return the opening line and the inner lines of each self-check."""
    fences: list[tuple[Line, list[Line]]] = []
    inner: list[Line] | None = None
    for line in lines:
        if line.fence is Fence.OPENS:
            info = fence_of(line)[1]
            inner = [] if latin(info).casefold() == CHECK else None
            if inner is not None:
                fences.append((line, inner))
                if letter := first_cyrillic(info):
                    at = line.start + line.text.rindex(info)
                    report.add("look-alike", at, Fix(at, at + len(info), CHECK), name=info, letter=letter)
        elif line.fence is Fence.INSIDE and inner is not None:
            inner.append(line)
    return fences


def _check_names(report: Report, sheet: Sheet, around: Surroundings) -> None:
    """Report topics and laws in attributes that nobody knows."""
    for written in sheet.questions:
        topic = written.title.attributes.get("topic")
        if topic and topic.value not in around.topics:
            report_unknown(report, topic.value_at, topic.value, "topic", tuple(around.topics), written.title.at)
        basis = written.title.attributes.get("basis")
        position = basis.value_at if basis else 0
        for address in basis.value.split(",") if basis else ():
            check_address(report, position, address, around.registries, written.title.at)
            position += len(address) + 1


def is_parity_off(notes: Sequence[Note], start: int, end: int) -> bool:
    """Say whether a note between two offsets stops the comparison of numbers and links."""
    return any(start <= note.start < end and PARITY_OFF.fullmatch(note.text) for note in notes)
