"""Make a question of its heading and body: see which kind it is, and build that."""

from collections.abc import Callable, Mapping, Sequence

from lms.markup.source import Report
from lms.questions.body import Body
from lms.questions.choices import build_multiple, build_single
from lms.questions.draft import Draft
from lms.questions.gaps import WrittenGap, fill_text, find_gaps, in_reference_order
from lms.questions.items import Mark, fix_unmarked
from lms.questions.questions import Cloze, Question
from lms.questions.settings import read_settings
from lms.questions.titles import Title
from lms.questions.typed import build_essay, build_matching, build_ordering, build_statement, build_typed

BUILDERS: Mapping[str, Callable[[Draft], Question]] = {
    "single": build_single,
    "multiple": build_multiple,
    "text": build_typed,
    "matching": build_matching,
    "ordering": build_ordering,
    "essay": build_essay,
    "statement": build_statement,
}
FAMILIES = {
    Mark.ROUND: "single",
    Mark.SHARE: "single",
    Mark.SQUARE: "multiple",
    Mark.KEY: "text",
    Mark.PAIR: "matching",
    Mark.POINTS: "essay",
    Mark.NUMBER: "ordering",
}


def build_question(report: Report, title: Title, body: Body, scenario: str | None) -> Question | None:
    """Return the question that a heading and its lines make, or None if something in it stops publishing."""
    errors = report.errors
    draft = Draft(report, title, read_settings(report, title), body, scenario)
    gaps = find_gaps(report, body.text)
    if gaps:
        question = _build_cloze(draft, gaps)
    else:
        kind = _kind(draft)
        question = BUILDERS[kind](draft) if kind else None
    return question if report.errors == errors else None


def _build_cloze(draft: Draft, gaps: Sequence[WrittenGap]) -> Question | None:
    if not all(gap.gap for gap in gaps):
        return None
    if draft.body.items:
        draft.report.add("kinds-mixed", gaps[0].start)
    elif draft.settings.type not in (None, "cloze"):
        draft.report.add("kinds-mixed", draft.title.attributes["type"].at)
    text = fill_text(draft.body.text, gaps)
    return Cloze(**draft.common(text=text, gaps=in_reference_order(gaps)))


def _kind(draft: Draft) -> str | None:
    """Return which builder fits; report answers that are missing, unmarked or of different kinds."""
    written = draft.settings.type
    if written in ("essay", "statement"):
        return written
    if not draft.items:
        draft.report.add("answers-missing", draft.title.at)
        return None
    first = draft.items[0].head.mark
    _check_marks(draft, first)
    family = _family(draft, 0)
    for place, item in enumerate(draft.items):
        if _family(draft, place) != family:
            draft.report.add("kinds-mixed", item.head.line.start)
            return None
    fitting = (None, "text", "number") if family == "text" else (None, family)
    if written not in fitting:
        draft.report.add("kinds-mixed", draft.title.attributes["type"].at)
        return None
    if family == "essay":
        draft.report.add("kinds-mixed", draft.items[0].head.line.start)
        return None
    return family


def _family(draft: Draft, place: int) -> str:
    head = draft.items[place].head
    is_square = head.mark is Mark.SHARE and head.value[0] == "["
    return "multiple" if is_square else FAMILIES[head.mark]


def _check_marks(draft: Draft, first: Mark) -> None:
    wanted = Mark.ROUND if first is Mark.SHARE else first
    for item in draft.body.items:
        if item.head.mark is Mark.NONE:
            draft.report.add("marker-wrong", item.head.line.start, fix_unmarked(item.head, wanted))
        elif item.head.slip:
            draft.report.add("marker-wrong", item.head.line.start, item.head.slip)
