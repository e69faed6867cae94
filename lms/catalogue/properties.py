"""Typed properties of a file, whether it was written in YAML or TOML: every value is text until its key types it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from lms.markup.letters import latin
from lms.markup.source import Report
from lms.questions.settings import BOOLEANS
from lms.questions.titles import report_unknown

INTEGER = re.compile(r"[0-9]{1,6}")
PERCENT = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{1,4})?)[ \u00a0]*%?")
NO_ENTRIES: Mapping[str, "Entry"] = {}


@dataclass(frozen=True, slots=True)
class Entry:
    """A value as written, `at` an offset of the source: a text, a list of entries or entries by name."""

    at: int
    text: str | None = None
    items: tuple["Entry", ...] = ()
    entries: Mapping[str, "Entry"] = field(default_factory=lambda: NO_ENTRIES)

    @property
    def is_list(self) -> bool:
        """Say whether the value is a list (an empty mapping counts as an empty list)."""
        return self.text is None and not self.entries


class Properties:
    """Read properties by name; report those that are missing, unknown or wrong."""

    def __init__(self, report: Report, entries: Mapping[str, Entry], at: int = 0, prefix: str = "") -> None:
        """Read from entries that stand at an offset; names in messages get the prefix."""
        self.report = report
        self.entries = entries
        self.at = at
        self.prefix = prefix

    def refuse_unknown(self, known: Sequence[str], kind: str = "property") -> None:
        """Report names that are not known; one that only looks like a known name is then read as that."""
        for name, entry in list(self.entries.items()):
            if name not in known:
                report_unknown(self.report, entry.at, name, kind, known)
                if latin(name) in known:
                    self.entries = {latin(name): entry, **self.entries}

    def refuse(self, name: str, expected: str) -> None:
        """Report that a value does not fit."""
        entry = self.entries[name]
        value = entry.text if entry.text is not None else "…"
        self.report.add("value-wrong", entry.at, key=self.prefix + name, value=value, expected=expected)

    def require(self, *names: str) -> None:
        """Report the names that are missing or empty."""
        for name in names:
            entry = self.entries.get(name)
            if entry is None or entry.text == "":
                self.report.add("key-missing", entry.at if entry else self.at, key=self.prefix + name)

    def text(self, name: str) -> str:
        """Return a text; empty if it is missing."""
        entry = self.entries.get(name)
        if entry is None:
            return ""
        if entry.text is None:
            self.refuse(name, "text")
        return " ".join((entry.text or "").split())

    def integer(self, name: str) -> int | None:
        """Return a whole number above zero; None if it is missing or wrong."""
        text = self._scalar(name)
        if text is None:
            return None
        if INTEGER.fullmatch(text) and int(text) > 0:
            return int(text)
        self.refuse(name, "integer")
        return None

    def percent(self, name: str, default: int) -> Fraction:
        """Return a percentage from 0 to 100, written with or without its sign."""
        text = self._scalar(name)
        if text is None:
            return Fraction(default)
        match = PERCENT.fullmatch(text)
        if match and Fraction(match[1].replace(",", ".")) <= 100:
            return Fraction(match[1].replace(",", "."))
        self.refuse(name, "percent")
        return Fraction(default)

    def boolean(self, name: str, default: bool) -> bool:
        """Return yes or no."""
        text = self._scalar(name)
        if text is None:
            return default
        if text.casefold() in BOOLEANS:
            return BOOLEANS[text.casefold()]
        self.refuse(name, "boolean")
        return default

    def date(self, name: str) -> date | None:
        """Return a date written as 2026-03-31; None if it is missing or wrong."""
        text = self._scalar(name)
        if text is None:
            return None
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                pass
        self.refuse(name, "date")
        return None

    def choice(self, name: str, known: Sequence[str]) -> str | None:
        """Return one of some words; None if it is missing or wrong."""
        text = self._scalar(name)
        if text is None or text in known:
            return text
        self.refuse(name, ", ".join(known))
        return None

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts."""
        entry = self.entries.get(name)
        if entry is None:
            return ()
        if not entry.is_list or any(item.text is None for item in entry.items):
            self.refuse(name, "list")
        return tuple(" ".join(item.text.split()) for item in entry.items if item.text)

    def by_language(self, name: str, languages: Iterable[str]) -> Mapping[str, str]:
        """Return a text per language; report the languages that are missing."""
        entry = self.entries.get(name)
        if entry is None:
            return {}
        if entry.text is not None:
            self.refuse(name, "per-language")
            return {}
        inner = self.inner(name)
        inner.refuse_unknown(tuple(languages), "language")
        inner.require(*languages)
        return {language: inner.text(language) for language in languages if language in inner.entries}

    def inner(self, name: str) -> "Properties":
        """Return the properties inside a property."""
        entry = self.entries.get(name)
        if entry is None:
            return Properties(self.report, {}, self.at, f"{self.prefix}{name}.")
        if entry.text is not None or entry.items:
            self.refuse(name, "mapping")
        return Properties(self.report, entry.entries, entry.at, f"{self.prefix}{name}.")

    def _scalar(self, name: str) -> str | None:
        entry = self.entries.get(name)
        if entry is None:
            return None
        return "" if entry.text is None else entry.text.strip()
