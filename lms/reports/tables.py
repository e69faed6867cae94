"""A report as a table of plain values: the one source of the screen and of every file, so that they cannot differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import NamedTuple

from babel.dates import format_skeleton
from babel.numbers import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from lms.clock import ALMATY, end_of_day
from lms.reports.directory import Directory, Entry, Key
from lms.reports.figures import FIGURES, Choice, Counts, Grouping, Value

FORMAT = "completions/1"  # a new number whenever the same figures would give other bytes

GROUP_NAMES = {
    Grouping.REGION: _l("Region"),
    Grouping.CENTRE: _l("Centre"),
    Grouping.STATE_BODY: _l("State body"),
    Grouping.COURSE: _l("Course"),
    Grouping.MONTH: _l("Month"),
}


GROUP_HEADINGS = {
    Grouping.REGION: _l("By region"),
    Grouping.CENTRE: _l("By centre"),
    Grouping.STATE_BODY: _l("By state body"),
    Grouping.COURSE: _l("By course"),
    Grouping.MONTH: _l("By month"),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """The tree head as of which a report is true."""

    size: int  # entries of the ledger
    at: datetime
    root: bytes

    @property
    def text(self) -> str:
        """Return the moment to the microsecond in Kazakhstan's time, as an address and a file write it."""
        return self.at.astimezone(ALMATY).isoformat(timespec="microseconds")


def read_moment(text: str) -> datetime:
    """Read a moment, or a day as its end, in Kazakhstan's time unless it names another; ValueError if it is none."""
    text = text.replace(" ", "+") if "T" in text else text  # the plus sign of an address that was typed by hand
    try:
        if len(text) == len("2026-11-22"):
            return end_of_day(date.fromisoformat(text))
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=ALMATY)).astimezone(UTC)
    except OverflowError as error:
        raise ValueError(text) from error


class Line(NamedTuple):
    """One row of a report: what it is about, and what was counted."""

    code: str
    name: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a page or a file of completion figures says, in one language."""

    choice: Choice
    moment: Moment
    language: str
    covers: tuple[tuple[str, str], ...]  # what was chosen, in words: term and value
    scope: tuple[str, ...] | None  # codes of whose figures the reader may see at all; None for the whole country
    lines: tuple[Line, ...]

    @property
    def total(self) -> Counts:
        """Return what all rows count together; no enrolment is in two of them."""
        total = Counts()
        for line in self.lines:
            total.add(line.counts)
        return total


Row = tuple[str, str, *tuple[Value, ...]]  # name, code, figures


@dataclass(frozen=True, slots=True)
class Table:
    """Titles, rows, the row of totals, and what has to stand beside figures: their definitions, and what they cover."""

    titles: tuple[str, ...]
    rows: tuple[Row, ...]
    total: Row
    definitions: tuple[tuple[str, str], ...]  # title and definition of each figure
    notes: tuple[tuple[str, str], ...]


def list_lines(counts: Mapping[Key, Counts], choice: Choice, directory: Directory, language: str) -> list[Line]:
    """Return the rows in order: every region that may be asked for, of anything else what has something to count."""
    if choice.by is Grouping.MONTH:
        months = sorted(str(key) for key, counted in counts.items() if not counted.is_empty)
        return [Line(month, _month_in_words(month, language), counts[month]) for month in months]
    named = directory.entries[choice.by]
    lines = [
        Line(entry.code, entry.name, counts.get(key) or Counts())
        for key, entry in named.items()
        if _is_listed(entry, counts.get(key), choice)
    ]
    nameless = Counts()
    for key in counts.keys() - named.keys():
        nameless.add(counts[key])
    return lines if nameless.is_empty else [*lines, Line("", _("without a state body"), nameless)]


def _is_listed(entry: Entry, counts: Counts | None, choice: Choice) -> bool:
    if counts is not None and not counts.is_empty:
        return True
    return choice.by is Grouping.REGION and entry.is_open and choice.region in (None, entry.code)


def _month_in_words(month: str, language: str) -> str:
    return str(format_skeleton("yMMMM", date.fromisoformat(f"{month}-01"), locale=language))


def period_in_words(choice: Choice) -> str:
    """Write the period of a choice, with its days as a file writes them."""
    if choice.from_on and choice.to_on:
        return str(_("from %(first)s to %(last)s", first=choice.from_on, last=choice.to_on))
    if choice.from_on:
        return str(_("from %(first)s", first=choice.from_on))
    return str(_("until %(last)s", last=choice.to_on) if choice.to_on else _("from the beginning"))


def lay_out(report: Report) -> Table:
    """Return the table of a report, in the language of the present reader, which has to be the report's."""
    definitions = tuple((figure.title, str(figure.definition)) for figure in FIGURES)
    return Table(
        titles=(str(GROUP_NAMES[report.choice.by]), _("Code"), *(title for title, _definition in definitions)),
        rows=tuple(_row(line.name, line.code, line.counts) for line in report.lines),
        total=_row(_("Total"), "", report.total),
        definitions=definitions,
        notes=(
            (_("Report"), _("Training figures")),
            (_("As of"), report.moment.text),
            (_("Entries in the ledger"), str(report.moment.size)),
            (_("Root of the ledger (SHA-256)"), report.moment.root.hex()),
            *report.covers,
            (_("Format"), FORMAT),
        ),
    )


def _row(name: str, code: str, counts: Counts) -> Row:
    return (name, code, *(figure.value(counts) for figure in FIGURES))


def plain(value: str | Value, mark: str = ".") -> str:
    """Write a cell without grouping, with a decimal mark; a figure that there is none of is empty."""
    if isinstance(value, Decimal):
        return str(value).replace(".", mark)
    return "" if value is None else str(value)


def written(value: Value, language: str) -> str:
    """Write a figure for the screen, as its language groups and points numbers; a dash if there is none."""
    if value is None:
        return "–"
    pattern = "#,##0.0" if isinstance(value, Decimal) else "#,##0"
    return str(format_decimal(value, format=pattern, locale=language))
