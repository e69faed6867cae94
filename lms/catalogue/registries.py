"""Read the registries that all courses share: acts of law and terms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lms.catalogue.course import Law, Registries, Term
from lms.catalogue.links import check_address
from lms.catalogue.properties import Entry, Properties
from lms.catalogue.toml import read_toml
from lms.languages import LANGUAGES
from lms.markup.problem import Problem
from lms.markup.source import Report, Source, normalise_text
from lms.questions.titles import is_slug

LAWS, GLOSSARY = "laws.toml", "glossary.toml"
LAW_KEYS = ("title", "number", "date", "url", "until")
TERM_KEYS = ("term", "definition", "basis")


@dataclass(frozen=True, slots=True)
class RegistriesRead(Registries):
    """The registries, and what is wrong with their files."""

    problems: tuple[Problem, ...] = ()


def read_registries(folder: Path | Mapping[str, bytes]) -> RegistriesRead:
    """Read `laws.toml` and `glossary.toml` from a folder, or from their bytes by name; a missing file is empty."""
    files = _files(folder) if isinstance(folder, Path) else folder
    law_problems, law_entries = _open(files, LAWS)
    laws = {name: law for name, entry in law_entries.items() if (law := _law(law_problems, name, entry))}
    term_problems, term_entries = _open(files, GLOSSARY)
    terms = {
        name: term
        for name, entry in term_entries.items()
        if (term := _term(term_problems, name, entry, Registries(laws)))
    }
    return RegistriesRead(laws, terms, (*law_problems.problems, *term_problems.problems))


def _files(folder: Path) -> Mapping[str, bytes]:
    return {name: (folder / name).read_bytes() for name in (LAWS, GLOSSARY) if (folder / name).is_file()}


def _open(files: Mapping[str, bytes], name: str) -> tuple[Report, Mapping[str, Entry]]:
    try:
        report = Report(Source(name, normalise_text(files.get(name, b""))))
    except UnicodeDecodeError:
        report = Report(Source(name, "\n"))
        report.add("not-utf8", 0)
        return report, {}
    return report, read_toml(report) or {}


def _properties(report: Report, name: str, entry: Entry, keys: tuple[str, ...]) -> Properties | None:
    if not is_slug(name):
        report.add("value-wrong", entry.at, key="id", value=name, expected="slug")
        return None
    if not entry.entries:
        report.add("value-wrong", entry.at, key=name, value=entry.text or "", expected="mapping")
        return None
    properties = Properties(report, entry.entries, entry.at, f"{name}.")
    properties.refuse_unknown(keys)
    return properties


def _law(report: Report, name: str, entry: Entry) -> Law | None:
    properties = _properties(report, name, entry, LAW_KEYS)
    if properties is None:
        return None
    properties.require("title", "number", "date", "url")
    return Law(
        id=name,
        title=properties.by_language("title", LANGUAGES),
        number=properties.text("number"),
        date=properties.date("date") or date.min,
        url=properties.text("url"),
        until=properties.date("until"),
    )


def _term(report: Report, name: str, entry: Entry, registries: Registries) -> Term | None:
    properties = _properties(report, name, entry, TERM_KEYS)
    if properties is None:
        return None
    properties.require("term", "definition")
    basis = tuple(part.strip() for part in properties.text("basis").split(",") if part.strip())
    for address in basis:
        check_address(report, properties.entries["basis"].at, address, registries)
    return Term(
        id=name,
        term=properties.by_language("term", LANGUAGES),
        definition=properties.by_language("definition", LANGUAGES),
        basis=basis,
    )
