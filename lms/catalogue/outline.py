"""Read `course.toml` and `module.toml`: everything about a course but its pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lms.catalogue.properties import Properties
from lms.catalogue.toml import read_toml
from lms.languages import LANGUAGES
from lms.markup.source import Report
from lms.questions.titles import is_slug, report_unknown

COURSE_KEYS = (
    "languages",
    "title",
    "summary",
    "audience",
    "hours",
    "open",
    "law_as_of",
    "completion",
    "certificate",
    "topics",
)
ALL = "all"


@dataclass(frozen=True, slots=True)
class Outline:
    """What `course.toml` says; `completion` still has to be compared with the units that there are."""

    report: Report
    languages: tuple[str, ...]
    title: Mapping[str, str]
    summary: Mapping[str, str]
    audience: Mapping[str, str]
    hours: int
    is_open: bool
    law_as_of: date | None
    completion: Properties
    valid_for: int | None
    template: str | None
    topics: Mapping[str, Mapping[str, str]]


def read_outline(report: Report) -> Outline | None:
    """Read `course.toml`; return None if it cannot be read at all."""
    entries = read_toml(report)
    if entries is None:
        return None
    properties = Properties(report, entries)
    properties.refuse_unknown(COURSE_KEYS)
    properties.require("languages", "title", "hours")
    languages = _languages(properties)
    completion, certificate = properties.inner("completion"), properties.inner("certificate")
    completion.refuse_unknown(("lessons", "quizzes"))
    certificate.refuse_unknown(("valid_for", "template"))
    return Outline(
        report=report,
        languages=languages,
        title=properties.by_language("title", languages),
        summary=properties.by_language("summary", languages),
        audience=properties.by_language("audience", languages),
        hours=properties.integer("hours") or 0,
        is_open=properties.boolean("open", False),
        law_as_of=properties.date("law_as_of"),
        completion=completion,
        valid_for=certificate.integer("valid_for"),
        template=certificate.text("template") or None,
        topics=_topics(properties.inner("topics"), languages),
    )


def _languages(properties: Properties) -> tuple[str, ...]:
    languages = properties.texts("languages")
    known = tuple(dict.fromkeys(language for language in languages if language in LANGUAGES))
    if "languages" in properties.entries and (known != languages or not known):
        properties.refuse("languages", ", ".join(LANGUAGES))
    return known or LANGUAGES


def _topics(properties: Properties, languages: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
    topics = {}
    for name in properties.entries:
        if is_slug(name):
            topics[name] = properties.by_language(name, languages)
        else:
            properties.report.add("value-wrong", properties.entries[name].at, key="topics", value=name, expected="slug")
    return topics


def read_module_title(report: Report, languages: Sequence[str]) -> Mapping[str, str]:
    """Read the title of a module from its `module.toml`."""
    entries = read_toml(report)
    if entries is None:
        return {}
    properties = Properties(report, entries)
    properties.refuse_unknown(("title",))
    properties.require("title")
    return properties.by_language("title", languages)


def read_completion(outline: Outline, name: str, units: Sequence[str]) -> tuple[str, ...]:
    """Return the lessons or the quizzes that complete the course, in its order; all of them unless it names some."""
    entry = outline.completion.entries.get(name)
    if entry is None or entry.text == ALL:
        return tuple(units)
    wanted = outline.completion.texts(name)
    for unit in wanted:
        if unit not in units:
            report_unknown(outline.report, entry.at, unit, "unit", units)
    return tuple(unit for unit in units if unit in wanted)
