"""Divide a quiz into introduction, parts and questions; read one question of a self-check."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lms.markup.lines import Line
from lms.markup.problem import Fix
from lms.markup.source import Report
from lms.questions.body import Body, markdown, read_body
from lms.questions.building import build_question
from lms.questions.items import Mark, read_head
from lms.questions.questions import Question, Scenario
from lms.questions.titles import Title, read_title

HEADING = re.compile(r"(#{1,2})(?:[ \t]|$)")
UNGRADED_KINDS = ("essay", "statement")


@dataclass(frozen=True, slots=True)
class WrittenQuestion:
    """A question as written; `question` is None if something in it is wrong. `lines` follow the heading."""

    title: Title
    lines: tuple[Line, ...]
    body: Body
    question: Question | None
    part: str | None


@dataclass(frozen=True, slots=True)
class WrittenPart:
    """A part as written: a scenario if it has an id. `lines` are those of its stem."""

    title: Title
    lines: tuple[Line, ...]


@dataclass(slots=True)
class Sheet:
    """A quiz as written."""

    introduction: tuple[Line, ...] = ()
    parts: list[WrittenPart] = field(default_factory=list)
    questions: list[WrittenQuestion] = field(default_factory=list)

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The parts with an id."""
        return tuple(
            Scenario(part.title.id, part.title.text, markdown(part.lines)) for part in self.parts if part.title.id
        )


def read_sheet(report: Report, lines: Sequence[Line]) -> Sheet:
    """Read the body of a quiz; report what is wrong with its structure."""
    sheet = Sheet()
    scenario: str | None = None
    for marks, section in _sections(lines):
        if marks == 0:
            sheet.introduction = tuple(section)
        elif marks == 1:
            title, taken = read_title(report, section, marks)
            sheet.parts.append(WrittenPart(title, tuple(section[taken:])))
            scenario = title.id or None
        else:
            sheet.questions.append(read_question(report, section, scenario, f"question-{len(sheet.questions) + 1}"))
    _check_parts(report, sheet)
    titles = [*(part.title for part in sheet.parts), *(one.title for one in sheet.questions)]
    refuse_double_ids(report, sorted(titles, key=lambda title: title.at))
    return sheet


def read_check(report: Report, lines: Sequence[Line], fence_start: int) -> WrittenQuestion | None:
    """Read the one question of a self-check; report at the fence if it holds anything else."""
    sections = [(marks, section) for marks, section in _sections(lines) if marks or markdown(section)]
    if [marks for marks, _ in sections] != [2]:
        report.add("check-shape", fence_start)
        return None
    written = read_question(report, sections[0][1], None, "check-1")
    if written.title.value("type") in UNGRADED_KINDS:
        report.add("check-shape", fence_start)
        return None
    return written


def read_question(report: Report, lines: Sequence[Line], scenario: str | None, new_id: str) -> WrittenQuestion:
    """Read a question from its heading on; `new_id` is offered if it has none."""
    title, taken = read_title(report, lines, 2)
    if title.lacks_id:
        report.add("id-missing", title.at, Fix(title.end, title.end, f" {{#{new_id}}}"))
    below = tuple(lines[taken:])
    body = read_body(report, below, title.value("type") == "ordering")
    return WrittenQuestion(title, below, body, build_question(report, title, body, scenario), scenario)


def find_option(lines: Sequence[Line]) -> Line | None:
    """Return the first line of a text that looks like an option of a question."""
    for line in lines:
        head = read_head(line, is_ordering=False)
        if (
            head
            and not head.slip
            and (head.mark in (Mark.ROUND, Mark.SHARE) or (head.mark is Mark.SQUARE and head.value))
        ):
            return line
    return None


def _sections(lines: Sequence[Line]) -> Iterator[tuple[int, Sequence[Line]]]:
    """Yield the lines before the first heading with 0, then each part with 1 and each question with 2."""
    begin, marks = 0, 0
    for number, line in enumerate(lines):
        heading = HEADING.match(line.text) if line.is_text else None
        if heading:
            yield marks, lines[begin:number]
            begin, marks = number, len(heading[1])
    yield marks, lines[begin:]


def _check_parts(report: Report, sheet: Sheet) -> None:
    """Report parts with a text and no id, and scenarios without a text or without questions."""
    asked = {question.part for question in sheet.questions}
    for part in sheet.parts:
        has_text = bool(markdown(part.lines))
        is_whole = has_text and part.title.id in asked if part.title.id else not has_text
        if part.title.lacks_id and not has_text:
            continue
        if (part.title.id or part.title.lacks_id) and not is_whole:
            report.add("scenario-shape", part.title.at)


def refuse_double_ids(report: Report, titles: Sequence[Title]) -> None:
    """Report every id that stood before; the titles come in the order in which they stand."""
    seen: dict[str, int] = {}
    for title in titles:
        if title.id in seen:
            report.add("duplicate-name", title.at, name=title.id, line=str(report.source.line_at(seen[title.id])))
        elif title.id:
            seen[title.id] = title.at
