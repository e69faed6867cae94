"""Put the languages of a lesson or a quiz together."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from lms.catalogue.course import Page, Unit
from lms.catalogue.links import reference_of
from lms.catalogue.pages import WrittenPage
from lms.catalogue.parity import compare
from lms.catalogue.quizsettings import check_draws
from lms.markup.inline import find_links
from lms.questions.body import markdown
from lms.questions.questions import Cloze, Gap, MultipleChoice, Question, SingleChoice, TextAnswer, TextGap

Choice = SingleChoice | MultipleChoice


def make_unit(module: str, slug: str, written: Sequence[WrittenPage], law_as_of: date | None) -> Unit:
    """Return a unit of its pages, the reference first; report in the pages how translations differ from it."""
    reference = written[0]
    _check_draw(reference)
    for page in written[1:]:
        if page.is_whole and reference.is_whole:
            compare(page, reference)
    questions = {page.lang: [one.question for one in page.sheet.questions if one.question] for page in written}
    return Unit(
        id=f"{module}/{slug}",
        slug=slug,
        kind=reference.kind,
        minutes=reference.minutes,
        basis=reference.basis,
        law_as_of=reference.law_as_of or law_as_of,
        settings=reference.settings,
        pages={page.lang: _page(page, _together(page.lang, reference.lang, questions)) for page in written},
    )


def _check_draw(page: WrittenPage) -> None:
    """Check the draw of a quiz in which every question could be read."""
    if page.is_whole and page.settings and page.settings.draw and all(one.question for one in page.sheet.questions):
        questions = [one.question for one in page.sheet.questions if one.question]
        check_draws(page.report, page.properties.entries["draw"].at, page.settings.draw, questions)


def _page(page: WrittenPage, questions: tuple[Question, ...]) -> Page:
    addresses, terms = _references(page)
    return Page(
        lang=page.lang,
        path=page.path,
        title=page.title,
        objectives=page.objectives,
        is_review_pending=page.is_review_pending,
        body=page.text if page.kind == "lesson" else "",
        questions=questions,
        scenarios=page.sheet.scenarios,
        introduction=markdown(page.sheet.introduction),
        addresses=addresses,
        terms=terms,
    )


def _references(page: WrittenPage) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the addresses of law and the terms that a page rests on or links to, each once, sorted."""
    links = [
        reference_of(page.path, link.target)
        for passage in (page.passage, *page.checks)
        for link in find_links(passage.plain)
    ]
    cited = [address for one in page.sheet.questions if one.question for address in one.question.basis]
    addresses = {*page.basis, *cited, *(link.target for link in links if link.kind == "law")}
    return tuple(sorted(addresses)), tuple(sorted({link.target for link in links if link.kind == "term"}))


def _together(lang: str, reference: str, questions: Mapping[str, Sequence[Question]]) -> tuple[Question, ...]:
    """Return the questions of one language with the reference's settings and every language's accepted answers."""
    first = {question.id: question for question in questions[reference]}
    others = [question for language, many in questions.items() if language != lang for question in many]
    together = []
    for question in questions[lang]:
        main = first.get(question.id, question)
        same = [other for other in others if other.id == question.id]
        together.append(_accept_all(_with_settings(question, main), same))
    return tuple(together)


def _with_settings(question: Question, reference: Question) -> Question:
    settings = {name: getattr(reference, name) for name in ("topic", "points", "basis", "exact", "scenario")}
    if isinstance(question, Choice) and isinstance(reference, Choice):
        settings["shuffle"] = reference.shuffle
    return replace(question, **settings)


def _accept_all(question: Question, same: Sequence[Question]) -> Question:
    """Add what the other languages accept, in typed answers and in gaps."""
    if isinstance(question, TextAnswer):
        added = [pattern for other in same if isinstance(other, TextAnswer) for pattern in other.accepted]
        return replace(question, accepted=tuple(dict.fromkeys([*question.accepted, *added])))
    if isinstance(question, Cloze):
        clozes = [other for other in same if isinstance(other, Cloze) and len(other.gaps) == len(question.gaps)]
        gaps = [_gap(gap, [other.gaps[place] for other in clozes]) for place, gap in enumerate(question.gaps)]
        return replace(question, gaps=tuple(gaps))
    return question


def _gap(gap: Gap, same: Sequence[Gap]) -> Gap:
    if not isinstance(gap, TextGap):
        return gap
    added = [pattern for other in same if isinstance(other, TextGap) for pattern in other.accepted]
    return TextGap(tuple(dict.fromkeys([*gap.accepted, *added])))
