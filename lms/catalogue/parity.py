"""Compare a translation with the reference: structure, keys, settings, numbers, links."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lms.catalogue.links import reference_of
from lms.catalogue.numbers import numbers_of
from lms.catalogue.pages import WrittenPage, is_parity_off, without_addresses
from lms.markup.blocks import Block, Footnote, Heading, List, Quote
from lms.markup.inline import blank_code, find_links
from lms.markup.lines import Line
from lms.questions.body import markdown
from lms.questions.questions import (
    GAP,
    ChoiceGap,
    Cloze,
    Essay,
    Gap,
    Matching,
    MultipleChoice,
    NumberAnswer,
    NumberGap,
    Ordering,
    Question,
    SingleChoice,
    TextGap,
)
from lms.questions.sheet import WrittenQuestion
from lms.questions.titles import Attribute

COMPARED_SETTINGS = ("topic", "points", "basis", "scoring", "shuffle")
MOST_SHOWN = 6  # differences in one message


@dataclass(frozen=True, slots=True)
class Portion:
    """The text of one question, or of a lesson without its self-checks; `name` is its id, or empty."""

    name: str
    numbers: Counter[str]
    targets: frozenset[str]


def compare(page: WrittenPage, reference: WrittenPage) -> None:
    """Report in a translation's report how it differs from the reference.

    Where the structure differs nothing else is compared: it would only repeat the difference.
    """
    if not _has_same_structure(page, reference):
        return
    for here, there in zip(page.sheet.questions, reference.sheet.questions, strict=True):
        _compare_questions(page, here, there)
    _compare_properties(page, reference)
    _compare_portions(page, reference)


def _has_same_structure(page: WrittenPage, reference: WrittenPage) -> bool:
    here, there = _structure(page), _structure(reference)
    if here == there:
        return True
    pairs = zip([*here, "—"], [*there, "—"], strict=False)
    first = next(((mine, theirs) for mine, theirs in pairs if mine != theirs), ("—", "—"))
    page.report.add("parity-structure", 0, difference=f"{first[0]} / {first[1]}")
    return False


def _structure(page: WrittenPage) -> list[str]:
    structure = [page.kind, f"objectives: {len(page.objectives)}"]
    titles = sorted(
        [(part.title, "#") for part in page.sheet.parts] + [(one.title, "##") for one in page.sheet.questions],
        key=lambda pair: pair[0].at,
    )
    if page.kind == "lesson":
        structure += [f"{'#' * level} {number}" for number, level in enumerate(_levels(page.passage.blocks), 1)]
    return structure + [f"{marks} {title.id}".strip() for title, marks in titles]


def _levels(blocks: Sequence[Block]) -> Iterator[int]:
    for block in blocks:
        match block:
            case Heading(level=level):
                yield level
            case Quote(blocks=inner) | Footnote(blocks=inner):
                yield from _levels(inner)
            case List(items=items):
                for item in items:
                    yield from _levels(item.blocks)
            case _:
                pass


def _compare_questions(page: WrittenPage, here: WrittenQuestion, there: WrittenQuestion) -> None:
    """Report another key and other settings; what is broken in one of the files is reported there."""
    if not here.question or not there.question:
        return
    if _key(here.question) != _key(there.question):
        page.report.add("parity-key", here.title.at, id=here.question.id)
    for name in COMPARED_SETTINGS:
        attribute = here.title.attributes.get(name)
        if attribute and _setting(here.question, attribute) != _setting(there.question, attribute, there):
            page.report.add("parity-settings", here.title.at, key=name)


def _setting(question: Question, attribute: Attribute, written: WrittenQuestion | None = None) -> Any:
    """Return a typed setting of a question; of the reference too what it does not write."""
    match attribute.name:
        case "scoring":
            return question.exact
        case "shuffle":
            value = written.title.value("shuffle") if written else attribute.value
            return value not in ("no", "false")
        case name:
            return getattr(question, name)


def _key(question: Question) -> tuple[Any, ...]:
    """Return what must be equal in every language: kind, counts, marks and numbers."""
    match question:
        case SingleChoice(options=options) | MultipleChoice(options=options):
            return question.kind, tuple((option.share, option.is_pinned) for option in options)
        case NumberAnswer(intervals=intervals):
            return question.kind, intervals
        case Matching(stems=stems, definitions=definitions, key=key):
            return question.kind, len(stems), len(definitions), key
        case Ordering(items=items):
            return question.kind, len(items)
        case Cloze(gaps=gaps):
            return question.kind, tuple(map(_gap_key, gaps))
        case Essay(criteria=criteria):
            return question.kind, tuple(points for points, _ in criteria)
        case _:
            return (question.kind,)


def _gap_key(gap: Gap) -> tuple[Any, ...]:
    match gap:
        case ChoiceGap(options=options, right=right):
            return len(options), right
        case NumberGap(intervals=intervals):
            return intervals
        case TextGap():
            return ()


def _compare_properties(page: WrittenPage, reference: WrittenPage) -> None:
    """Report settings that a translation repeats with another value."""
    mine: Mapping[str, Any] = _typed_properties(page)
    theirs = _typed_properties(reference)
    for name, entry in page.properties.entries.items():
        if name in mine and mine[name] != theirs[name]:
            page.report.add("parity-settings", entry.at, key=name)


def _typed_properties(page: WrittenPage) -> Mapping[str, Any]:
    typed: dict[str, Any] = {"basis": page.basis, "law_as_of": page.law_as_of, "minutes": page.minutes}
    if settings := page.settings:
        typed |= {
            "graded": settings.is_graded,
            "pass_mark": settings.pass_mark,
            "draw": settings.draw,
            "time_limit": settings.time_limit,
            "wait_between": settings.wait_between,
            "attempts": settings.attempts,
            "shuffle": settings.shuffle,
            "show": settings.show,
        }
    return typed


def _compare_portions(page: WrittenPage, reference: WrittenPage) -> None:
    """Report numbers and links that differ, once for the file, naming the questions."""
    here, there, differences = [], [], []
    theirs = {portion.name: portion for portion in _portions(reference)}
    for portion in _portions(page):
        other = theirs.get(portion.name)
        if other is None:
            continue
        label = f"#{portion.name}: " if portion.name else ""
        if portion.numbers != other.numbers:
            here.append(label + _listed((portion.numbers - other.numbers).elements()))
            there.append(label + _listed((other.numbers - portion.numbers).elements()))
        if portion.targets != other.targets:
            odd = [f"+{target}" for target in sorted(portion.targets - other.targets)]
            odd += [f"−{target}" for target in sorted(other.targets - portion.targets)]
            differences.append(label + _listed(odd))
    if here:
        page.report.add("parity-numbers", 0, here=_listed(here, "; "), there=_listed(there, "; "))
    if differences:
        page.report.add("parity-links", 0, difference=_listed(differences, "; "))


def _listed(parts: Any, separator: str = ", ") -> str:
    every = list(parts)
    return separator.join(every[:MOST_SHOWN]) + (" …" if len(every) > MOST_SHOWN else "") or "—"


def _portions(page: WrittenPage) -> Iterator[Portion]:
    """Yield the texts that are compared: each question, and what stands around the questions."""
    if page.kind == "lesson":
        if not is_parity_off(page.passage.notes, 0, len(page.report.source.text)):
            yield _portion(page, "", page.passage.plain)
        notes = [note for check in page.checks for note in check.notes]
    else:
        yield _portion(page, "", _plain("", page.sheet.introduction))
        for number, part in enumerate(page.sheet.parts, 1):
            yield _portion(page, part.title.id or f"part-{number}", _plain(part.title.text, part.lines))
        notes = list(page.passage.notes)
    for written in page.sheet.questions:
        end = written.lines[-1].start + len(written.lines[-1].text) if written.lines else written.title.end
        if written.question and not is_parity_off(notes, written.title.at, end):
            yield _portion(page, written.title.id, blank_code(_question_text(written)))


def _portion(page: WrittenPage, name: str, plain: str) -> Portion:
    targets = (reference_of(page.path, link.target) for link in find_links(plain))
    shown = frozenset(f"{one.kind}:{one.target}" for one in targets if one.kind != "web")
    return Portion(name, numbers_of(without_addresses(plain), page.lang), shown)


def _plain(heading: str, lines: Sequence[Line]) -> str:
    return blank_code("\n".join([heading, *(line.text for line in lines if line.is_text)]))


def _question_text(written: WrittenQuestion) -> str:
    """Return what a reader sees of a question, without the keys of typed answers."""
    body, question = written.body, written.question
    pieces = [written.title.text]
    if isinstance(question, Cloze):
        pieces.append(GAP.sub(" ", question.text))
        pieces += [" ".join(gap.options) for gap in question.gaps if isinstance(gap, ChoiceGap)]
    else:
        pieces.append(markdown([line for line in body.text if line.is_text]))
    for item in body.items:
        if question and question.kind not in ("text", "number"):
            pieces.append(markdown([line for line in (item.head.content, *item.more) if line.is_text]))
        pieces.append(markdown([line for line in item.feedback if line.is_text]))
    pieces.append(markdown([line for line in body.explanation if line.is_text]))
    return "\n\n".join(pieces)
