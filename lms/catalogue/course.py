"""A course as its files describe it."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from lms.questions.questions import Question, Scenario

Kind = Literal["lesson", "quiz"]

MOMENTS = ("during", "after", "passed", "due", "never")  # from when on something is shown
SHOWN = ("score", "marks", "feedback", "key")


@dataclass(frozen=True, slots=True)
class QuizSettings:
    """How a quiz is taken; `pass_mark` is in percent, times are in minutes, None means no limit.

    `draw` is how many items are drawn: of the whole quiz, or of each topic named.
    """

    is_graded: bool
    pass_mark: Fraction
    draw: int | Mapping[str, int] | None
    time_limit: int | None
    wait_between: int | None
    attempts: int | None
    shuffle: bool
    show: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """A lesson or a quiz in one language.

    `body` is the Markdown of a lesson, self-checks included; `introduction` is that of a quiz. `questions` are the
    self-checks of a lesson, or the quiz. `addresses` and `terms` are what the page links to.
    """

    lang: str
    path: str
    title: str
    objectives: tuple[str, ...]
    is_review_pending: bool
    body: str
    questions: tuple[Question, ...]
    scenarios: tuple[Scenario, ...]
    introduction: str
    addresses: tuple[str, ...]
    terms: tuple[str, ...]

    def question(self, question_id: str) -> Question | None:
        """Return a question by its id, or None."""
        return next((question for question in self.questions if question.id == question_id), None)


@dataclass(frozen=True, slots=True)
class Unit:
    """A lesson or a quiz; `id` is "module/unit". Settings come from the reference language."""

    id: str
    slug: str
    kind: Kind
    minutes: int | None
    basis: tuple[str, ...]
    law_as_of: datetime.date | None
    settings: QuizSettings | None
    pages: Mapping[str, Page]

    @property
    def reference(self) -> Page:
        """The page in the first of the course's languages that has one."""
        return next(iter(self.pages.values()))


@dataclass(frozen=True, slots=True)
class Module:
    """A module."""

    slug: str
    title: Mapping[str, str]
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """A course; `hours` are academic, `valid_for` is in months (None: the certificate does not expire).

    `lessons_required` and `quizzes_required` are the ids of the units that complete it.
    """

    slug: str
    languages: tuple[str, ...]
    title: Mapping[str, str]
    summary: Mapping[str, str]
    audience: Mapping[str, str]
    hours: int
    is_open: bool
    law_as_of: datetime.date | None
    lessons_required: tuple[str, ...]
    quizzes_required: tuple[str, ...]
    valid_for: int | None
    template: str | None
    topics: Mapping[str, Mapping[str, str]]
    modules: tuple[Module, ...]

    @property
    def units(self) -> Iterator[Unit]:
        """All units in order."""
        return (unit for module in self.modules for unit in module.units)

    def unit(self, unit_id: str) -> Unit | None:
        """Return a unit by its id, or None."""
        return next((unit for unit in self.units if unit.id == unit_id), None)


@dataclass(frozen=True, slots=True)
class Law:
    """An act of the registry; `until` is its last day in force."""

    id: str
    title: Mapping[str, str]
    number: str
    date: datetime.date
    url: str
    until: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the glossary."""

    id: str
    term: Mapping[str, str]
    definition: Mapping[str, str]
    basis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Registries:
    """What courses may refer to."""

    laws: Mapping[str, Law] = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)
