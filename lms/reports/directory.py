"""Regions, centres, state bodies and courses as known at one moment, and which of them a reader may choose."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from lms.reports.figures import Grouping

Key = str | int | None  # what rows are counted under; None where a row has no state body


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that rows are counted under; `is_open` says whether the reader may ask for it alone."""

    key: Key
    code: str
    name: str
    is_open: bool
    region: str | None = None
    level: str | None = None  # of a state body: central, oblast or district


@dataclass(frozen=True, slots=True)
class Directory:
    """All entries by what they are and by key, in the order of lists, and whose figures the reader may see."""

    entries: Mapping[Grouping, Mapping[Key, Entry]]
    children: Mapping[Key, Iterable[Key]]  # keys of the state bodies right below a body
    granted: tuple[Entry, ...] | None  # regions, and bodies with all below them; None for the whole country

    @property
    def scope_text(self) -> str:
        """Name what the reader may see at all."""
        return str(_("the whole country")) if self.granted is None else "; ".join(entry.name for entry in self.granted)

    @property
    def scope_codes(self) -> tuple[str, ...] | None:
        """Return the codes of what the reader may see at all; None for the whole country."""
        return None if self.granted is None else tuple(entry.code for entry in self.granted)

    def find(self, grouping: Grouping, code: str) -> Entry | None:
        """Return the entry with a code, if there is one and the reader may ask for it."""
        return next((entry for entry in self.open(grouping) if entry.code == code), None)

    def open(self, grouping: Grouping) -> Iterator[Entry]:
        """Yield what the reader may ask for."""
        return (entry for entry in self.entries[grouping].values() if entry.is_open)

    def offered(self, grouping: Grouping, *, chosen: str | None, region: str | None) -> list[Entry]:
        """Return what a form offers: of the thousands of districts' bodies only those of a chosen region."""
        entries = list(self.open(grouping))
        if grouping is not Grouping.STATE_BODY:
            return entries
        return [entry for entry in entries if entry.code == chosen or _is_near(entry, region)]


def _is_near(body: Entry, region: str | None) -> bool:
    return body.level == "central" or (body.region == region if region else body.level == "oblast")


def below(children: Mapping[Key, Iterable[Key]], bodies: Iterable[Key]) -> frozenset[Key]:
    """Return some state bodies and all that stand under them."""
    found: set[Key] = set()
    waiting = list(bodies)
    while waiting:
        body = waiting.pop()
        if body not in found:
            found.add(body)
            waiting += children.get(body, ())
    return frozenset(found)
