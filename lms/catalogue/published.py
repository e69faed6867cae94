"""A published course as pages use it: immutable, built once from a stored version and kept in the process."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from fractions import Fraction
from functools import cached_property
from typing import Any

from lms.catalogue.course import QuizSettings
from lms.languages import fallbacks, in_language
from lms.questions.questions import Question, Scenario, from_document

_CHECK = re.compile(r"<!--check:([a-z0-9-]+)-->")

Texts = Mapping[str, str]  # language -> text


@dataclass(frozen=True, slots=True)
class Check:
    """The place of a self-check in a lesson."""

    id: str


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """One lesson or quiz in one language, rendered."""

    language: str  # the language it is in, which may not be the one asked for
    title: str
    is_fallback: bool
    is_review_pending: bool
    objectives: tuple[str, ...]
    headings: tuple[tuple[str, str], ...]  # anchor, text
    blocks: tuple[str | Check, ...]  # of a quiz: its introduction
    questions: Mapping[str, Question]
    scenarios: Mapping[str, Scenario]


@dataclass(frozen=True)
class PublishedUnit:
    """A lesson or a quiz of a published version."""

    id: str  # "module/unit"
    module: str
    slug: str
    kind: str  # lesson or quiz
    number: str  # "2.1", as shown
    since: int  # number of the last version that asks it to be done again
    minutes: int | None
    basis: tuple[str, ...]
    law_as_of: date | None
    settings: QuizSettings | None
    pages: Mapping[str, PublishedPage] = field(repr=False)

    def page(self, language: str) -> PublishedPage:
        """Return the page in a language, or in the next one that there is, which then says so."""
        return next(
            page if code == language else replace(page, is_fallback=True)
            for code in fallbacks(language, list(self.pages))
            if (page := self.pages.get(code))
        )


@dataclass(frozen=True, slots=True)
class PublishedModule:
    """A part of a course with its own heading."""

    slug: str
    titles: Texts
    units: tuple[PublishedUnit, ...]


@dataclass(frozen=True)
class PublishedCourse:
    """One version of a course, whole."""

    version_id: int
    course_id: int
    slug: str
    number: int
    digest: str
    change: str
    recorded_at: datetime
    languages: tuple[str, ...]
    titles: Texts
    summaries: Texts
    audiences: Texts
    hours: int
    is_open: bool
    law_as_of: date | None
    valid_for: int | None  # months
    topics: Mapping[str, Texts]
    required: tuple[str, ...]  # ids of the units that must be finished to complete the course
    modules: tuple[PublishedModule, ...]
    files: Texts = field(repr=False)  # path in the archive -> digest

    @cached_property
    def units(self) -> tuple[PublishedUnit, ...]:
        """Return every unit in the order of the course."""
        return tuple(unit for module in self.modules for unit in module.units)

    @cached_property
    def _by_id(self) -> Mapping[str, PublishedUnit]:
        return {unit.id: unit for unit in self.units}

    def unit(self, unit_id: str) -> PublishedUnit:
        """Return a unit; KeyError if this version has none of that id."""
        return self._by_id[unit_id]

    def has_unit(self, unit_id: str) -> bool:
        """Say whether this version has a unit."""
        return unit_id in self._by_id

    def title(self, language: str) -> str:
        """Return the title in a language or the next one that there is."""
        return in_language(self.titles, language)


@dataclass(frozen=True, slots=True)
class StoredPage:
    """What the database keeps of one unit in one language: html, and questions with scenarios as a document."""

    unit: str
    language: str
    html: str
    questions: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """What the database keeps of a version beside its manifest."""

    version_id: int
    course_id: int
    number: int
    digest: str
    change: str
    recorded_at: datetime
    files: Texts


def build(stored: StoredVersion, manifest: Mapping[str, Any], pages: Sequence[StoredPage]) -> PublishedCourse:
    """Return the published course that a manifest and its pages describe."""
    by_unit: dict[str, dict[str, StoredPage]] = {}
    for page in pages:
        by_unit.setdefault(page.unit, {})[page.language] = page
    modules = tuple(
        PublishedModule(
            module["slug"],
            module["titles"],
            tuple(
                _unit(unit, f"{place}.{number}", by_unit.get(unit["id"], {}), manifest["languages"])
                for number, unit in enumerate(module["units"], 1)
            ),
        )
        for place, module in enumerate(manifest["modules"], 1)
    )
    return PublishedCourse(
        version_id=stored.version_id,
        course_id=stored.course_id,
        slug=manifest["slug"],
        number=stored.number,
        digest=stored.digest,
        change=stored.change,
        recorded_at=stored.recorded_at,
        languages=tuple(manifest["languages"]),
        titles=manifest["titles"],
        summaries=manifest["summaries"],
        audiences=manifest["audiences"],
        hours=manifest["hours"],
        is_open=manifest["is_open"],
        law_as_of=_date(manifest["law_as_of"]),
        valid_for=manifest["valid_for"],
        topics=manifest["topics"],
        required=tuple(manifest["required"]),
        modules=modules,
        files=stored.files,
    )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _unit(
    unit: Mapping[str, Any], number: str, stored: Mapping[str, StoredPage], languages: Sequence[str]
) -> PublishedUnit:
    module, slug = unit["id"].split("/")
    return PublishedUnit(
        id=unit["id"],
        module=module,
        slug=slug,
        kind=unit["kind"],
        number=number,
        since=unit["since"],
        minutes=unit["minutes"],
        basis=tuple(unit["basis"]),
        law_as_of=_date(unit["law_as_of"]),
        settings=settings_from(unit["settings"]) if unit["settings"] else None,
        pages={code: _page(stored[code], unit["pages"][code]) for code in languages if code in stored},
    )


def settings_document(settings: QuizSettings) -> dict[str, Any]:
    """Return the rules of a quiz as JSON-able values."""
    return asdict(settings) | {"pass_mark": str(settings.pass_mark)}


def settings_from(document: Mapping[str, Any]) -> QuizSettings:
    """Return the rules that `settings_document` wrote down."""
    return QuizSettings(**{**document, "pass_mark": Fraction(document["pass_mark"])})


def _page(stored: StoredPage, facts: Mapping[str, Any]) -> PublishedPage:
    document = stored.questions or {"questions": [], "scenarios": []}
    questions = [from_document(question) for question in document["questions"]]
    pieces = _CHECK.split(stored.html)
    blocks = [Check(piece) if place % 2 else piece for place, piece in enumerate(pieces)]
    return PublishedPage(
        language=stored.language,
        title=facts["title"],
        is_fallback=False,
        is_review_pending=facts["is_review_pending"],
        objectives=tuple(facts["objectives"]),
        headings=tuple((anchor, text) for anchor, text in facts["headings"]),
        blocks=tuple(block for block in blocks if block),
        questions={question.id: question for question in questions},
        scenarios={scenario["id"]: Scenario(**scenario) for scenario in document["scenarios"]},
    )
