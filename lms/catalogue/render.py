"""Render a page of a course once, at publishing; serving it parses nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from lms.catalogue.course import Course, Page, Registries, Unit
from lms.catalogue.links import reference_of, resolve
from lms.languages import in_language
from lms.markup.dressing import Target
from lms.markup.html import Renderer
from lms.markup.lines import Line, read_lines
from lms.markup.source import Report, Source
from lms.questions.questions import (
    Criterion,
    Essay,
    Matching,
    MultipleChoice,
    Option,
    Ordering,
    Question,
    Scenario,
    SingleChoice,
    Statement,
)
from lms.questions.titles import read_title

CHECK = "check"

Headings = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Check:
    """The place of a self-check in a lesson."""

    id: str


Blocks = tuple[str | Check, ...]


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page as HTML. `blocks` are a lesson's text and the places of its self-checks, or a quiz's introduction.

    Texts of questions and scenarios are HTML, but definitions, options of drop-downs and keys stay plain text.
    `headings` are anchor and text of those of the second level.
    """

    title: str
    blocks: Blocks
    headings: Headings
    questions: tuple[Question, ...]
    scenarios: tuple[Scenario, ...]

    @property
    def html(self) -> str:
        """The blocks as one text, in which a comment `check:id` stands for each self-check."""
        return "".join(block if isinstance(block, str) else f"<!--check:{block.id}-->" for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the site shows what courses link to; a file's address holds its digest, by its path in the course."""

    course: str
    digests: Mapping[str, str] = field(default_factory=dict)

    def law(self, address: str) -> str:
        """Return where an act is shown."""
        return f"/laws#{address.partition('/')[0]}"

    def term(self, term: str) -> str:
        """Return where a term is explained."""
        return f"/glossary#{term}"

    def unit(self, unit: str) -> str:
        """Return where a lesson or a quiz is shown; the site chooses the language."""
        return f"/courses/{self.course}/{unit}"

    def media(self, path: str) -> str:
        """Return where a file is sent from."""
        digest = self.digests.get(path)
        folder, _, name = path.rpartition("/")
        return f"/courses/{self.course}/{folder}/{digest}/{name}" if digest else f"/courses/{self.course}/{path}"


def render_page(page: Page, unit: Unit, course: Course, registries: Registries, address: Addresses) -> RenderedPage:
    """Render a lesson or a quiz in one language."""
    renderer = Renderer(page.lang, lambda target: _resolve(page, target, registries, address))
    blocks, headings = _lesson(renderer, page) if unit.kind == "lesson" else _introduction(renderer, page)
    return RenderedPage(
        title=page.title,
        blocks=blocks,
        headings=headings,
        questions=tuple(render_question(renderer, question) for question in page.questions),
        scenarios=tuple(
            Scenario(
                scenario.id, renderer.inline(scenario.title), renderer.block(scenario.text, f"{scenario.id}-").html
            )
            for scenario in page.scenarios
        ),
    )


def render_question(renderer: Renderer, question: Question) -> Question:
    """Return a question whose texts are HTML."""
    common = replace(
        question,
        title=renderer.inline(question.title),
        text=renderer.block(question.text, f"{question.id}-").html,
        explanation=renderer.block(question.explanation, f"{question.id}-why-").html,
    )
    match common:
        case SingleChoice(options=options) | MultipleChoice(options=options):
            return replace(common, options=tuple(_option(renderer, option) for option in options))
        case Matching(stems=stems):
            return replace(common, stems=tuple(map(renderer.inline, stems)))
        case Ordering(items=items):
            return replace(common, items=tuple(map(renderer.inline, items)))
        case Essay(criteria=criteria):
            return replace(common, criteria=tuple(Criterion(one.points, renderer.inline(one.text)) for one in criteria))
        case Statement(label=label):
            return replace(common, label=renderer.inline(label))
        case _:
            return common


def _option(renderer: Renderer, option: Option) -> Option:
    return replace(option, text=renderer.inline(option.text), feedback=renderer.block(option.feedback).html)


def _introduction(renderer: Renderer, page: Page) -> tuple[Blocks, Headings]:
    html = renderer.block(page.introduction).html
    return (html,) if html else (), ()


def _lesson(renderer: Renderer, page: Page) -> tuple[Blocks, Headings]:
    """Return a lesson's text, divided where its self-checks stand; a broken one is left out."""
    rendered = renderer.block(page.body, read_fence=_check_id)
    known = {question.id for question in page.questions}
    blocks: list[str | Check] = [rendered.pieces[0]]
    for mark, piece in zip(rendered.marks, rendered.pieces[1:], strict=True):
        blocks += [Check(mark), piece] if mark in known else [piece]
    return tuple(block for block in blocks if block and block != "\n"), rendered.headings


def _check_id(info: str, lines: Sequence[Line]) -> str | None:
    """Return the id of the question in a self-check; None for any other fence."""
    if info.casefold() != CHECK:
        return None
    text = "\n".join(line.text for line in lines).strip("\n")
    if not text:
        return ""
    report = Report(Source("", text + "\n"))
    return read_title(report, read_lines(report)[0], 2)[0].id


def _resolve(page: Page, target: str, registries: Registries, address: Addresses) -> Target:
    """Return where a link of a page leads; what is neither known nor open leads nowhere."""
    reference = reference_of(page.path, target)
    match reference.kind:
        case "law":
            law = registries.laws.get(reference.target.partition("/")[0])
            title = in_language(law.title, page.lang) if law and law.title else ""
            return Target("law", address.law(reference.target), title)
        case "term":
            return Target("term", address.term(reference.target))
        case "lesson":
            return Target("lesson", address.unit(reference.target))
        case "media":
            return Target("media", address.media(resolve(page.path, target)))
        case _:
            return Target("web", target)
