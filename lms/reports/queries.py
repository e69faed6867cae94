"""Reads of reports: what was counted as of a tree head, within what the reader may see; and receipts."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, String, and_, cast, func, or_, select, true

from lms.accounts.queries import FigureScope
from lms.catalogue.models import Course, CourseVersion
from lms.catalogue.queries import get_version
from lms.centres.models import Centre, CentreTerm, StateBody, StateBodyTerm
from lms.centres.queries import list_regions
from lms.clock import local_date
from lms.database import db
from lms.enrolments.models import Completion, EnrolmentTerm
from lms.errors import NotFound
from lms.languages import sort_key
from lms.ledger.models import LedgerHead
from lms.ledger.queries import find_head
from lms.reports.directory import Directory, Entry, Key, below
from lms.reports.figures import Choice, Counts, Grouping
from lms.reports.models import Receipt
from lms.reports.tables import GROUP_NAMES, Moment, Report, list_lines, period_in_words

COUNTRY = FigureScope(is_country=True, regions=frozenset(), state_bodies=frozenset())
PLACES = (Grouping.REGION, Grouping.CENTRE, Grouping.STATE_BODY, Grouping.COURSE)
COLUMNS = {
    Grouping.REGION: "region_code",
    Grouping.CENTRE: "centre_id",
    Grouping.STATE_BODY: "state_body_id",
    Grouping.COURSE: "course_id",
}

Counted = type[EnrolmentTerm] | type[Completion]
Conditions = Callable[[Counted], list[ColumnElement[bool]]]


def find_moment(at: datetime | None = None) -> Moment | None:
    """Return the last tree head at or before a moment, or the last of all; None if nothing was ever sealed."""
    head = find_head(at)
    return _moment(head) if head else None


def _moment(head: LedgerHead) -> Moment:
    return Moment(head.size, head.sealed_at, head.root)


# What there was to choose from


def read_directory(scope: FigureScope, known: datetime, language: str) -> Directory:
    """Return every place and course by the names they had at a moment, those within a scope open to be asked for.

    What a scope cannot have rows of is closed: to somebody with regions alone every other region and its centres and
    bodies, to somebody with bodies alone every body that is not among them or under them.
    """
    bodies = _bodies(known)
    children: dict[Key, set[Key]] = defaultdict(set)
    for body in bodies:
        children[body.parent_id].add(body.state_body_id)
    own = below(children, scope.state_bodies)

    def is_open(region: str) -> bool:
        return scope.is_country or bool(scope.state_bodies) or region in scope.regions

    def is_open_body(body: Any) -> bool:
        return scope.is_country or body.state_body_id in own or body.region_code in scope.regions

    name = f"name_{language}"
    entries = {
        Grouping.REGION: [Entry(r.code, r.code, r.name(language), is_open(r.code)) for r in list_regions()],
        Grouping.CENTRE: [
            Entry(c.centre_id, c.code, getattr(c, name), is_open(c.region_code), c.region_code) for c in _centres(known)
        ],
        Grouping.STATE_BODY: [
            Entry(b.state_body_id, b.code, getattr(b, name), is_open_body(b), b.region_code, b.level) for b in bodies
        ],
        Grouping.COURSE: _courses(known, language),
    }
    for kind in (Grouping.CENTRE, Grouping.STATE_BODY, Grouping.COURSE):
        entries[kind].sort(key=lambda entry: (sort_key(entry.name), entry.code))
    by_key: dict[Grouping, dict[Key, Entry]] = {
        kind: {entry.key: entry for entry in listed} for kind, listed in entries.items()
    }
    regions = [by_key[Grouping.REGION][code] for code in sorted(scope.regions)]
    granted = [
        by_key[Grouping.STATE_BODY][key] for key in sorted(scope.state_bodies & by_key[Grouping.STATE_BODY].keys())
    ]
    return Directory(by_key, children, None if scope.is_country else (*regions, *granted))


def _centres(known: datetime) -> Sequence[Any]:
    names = (CentreTerm.name_kk, CentreTerm.name_ru, CentreTerm.name_en)
    query = select(CentreTerm.centre_id, CentreTerm.region_code, Centre.code, *names)
    return db.session.execute(query.join(Centre, Centre.id == CentreTerm.centre_id).where(CentreTerm.at(known))).all()


def _bodies(known: datetime) -> Sequence[Any]:
    term = StateBodyTerm
    names = (term.name_kk, term.name_ru, term.name_en)
    query = select(term.state_body_id, term.parent_id, term.region_code, term.level, StateBody.code, *names)
    return db.session.execute(query.join(StateBody, StateBody.id == term.state_body_id).where(term.at(known))).all()


def _courses(known: datetime, language: str) -> list[Entry]:
    """Return the courses under the titles of the versions that were current then."""
    newest = (
        select(CourseVersion.course_id, func.max(CourseVersion.number).label("number"))
        .where(CourseVersion.recorded_at <= known)
        .group_by(CourseVersion.course_id)
        .subquery()
    )
    query = (
        select(CourseVersion.id, Course.id, Course.slug)
        .join(newest, (newest.c.course_id == CourseVersion.course_id) & (newest.c.number == CourseVersion.number))
        .join(Course, Course.id == CourseVersion.course_id)
    )
    return [
        Entry(course_id, slug, get_version(version_id).title(language), is_open=True)
        for version_id, course_id, slug in db.session.execute(query)
    ]


# Counting


def read_report(choice: Choice, directory: Directory, moment: Moment, language: str) -> Report:
    """Return the figures that a choice asks for, of what the directory's reader may see, as of the directory's moment.

    Raises NotFound for a place or course that there is not, or that is not open to the reader.
    """
    chosen = {kind: _chosen(directory, kind, getattr(choice, kind.value)) for kind in PLACES}
    counts = _count(choice, _conditions(chosen, directory), moment.at)
    return Report(
        choice=choice,
        moment=moment,
        language=language,
        covers=(
            (_("Covers"), directory.scope_text),
            (_("Period"), period_in_words(choice)),
            *((str(GROUP_NAMES[kind]), _name(kind, entry)) for kind, entry in chosen.items() if entry),
        ),
        scope=directory.scope_codes,
        lines=tuple(list_lines(counts, choice, directory, language)),
    )


def _chosen(directory: Directory, kind: Grouping, code: str | None) -> Entry | None:
    if code is None:
        return None
    if (entry := directory.find(kind, code)) is None:
        raise NotFound
    return entry


def _name(kind: Grouping, entry: Entry) -> str:
    return _("%(name)s with all bodies below it", name=entry.name) if kind is Grouping.STATE_BODY else entry.name


def _conditions(chosen: Mapping[Grouping, Entry | None], directory: Directory) -> Conditions:
    """Return what rows must meet: the choice and, whatever is chosen, the reader's scope."""
    granted = [entry.key for entry in directory.granted or ()]
    regions = [key for key in granted if isinstance(key, str)]
    bodies = below(directory.children, (key for key in granted if isinstance(key, int)))

    def conditions(model: Counted) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = []
        for kind, entry in chosen.items():
            if entry and kind is Grouping.STATE_BODY:
                found.append(model.state_body_id.in_(below(directory.children, [entry.key])))
            elif entry:
                found.append(getattr(model, COLUMNS[kind]) == entry.key)
        if directory.granted is not None:
            found.append(or_(model.region_code.in_(regions), model.state_body_id.in_(bodies)))
        return found

    return conditions


def _count(choice: Choice, conditions: Conditions, known: datetime) -> dict[Key, Counts]:
    """Count enrolments and completions in separate reads, since joining 600,000 rows takes four times as long.

    An enrolment and its completion stand in the same place, so what is due less what is completed of it is overdue.
    By month each number stands under the month of its own day.
    """
    term, done, today = EnrolmentTerm, Completion, local_date(known)
    made, due = _within(term.enrolled_on, choice), _within(term.due_on, choice)
    enrolments = {"enrolled": and_(term.state == "open", made), "withdrawn": and_(term.state == "withdrawn", made)}
    deadlines = {"due": and_(term.state == "open", term.due_on < today, due)}
    kept = {"completed_due": and_(done.due_on < today, _within(done.due_on, choice))}
    found: dict[Key, Counts] = defaultdict(Counts)
    if choice.by is Grouping.MONTH:
        _add(found, term, term.enrolled_on, enrolments, conditions, known)
        _add(found, term, term.due_on, deadlines, conditions, known)
        _add(found, done, done.due_on, kept, conditions, known)
        _add_completions(found, done.completed_on, choice, conditions, known)
    else:
        column = COLUMNS[choice.by]
        _add(found, term, getattr(term, column), enrolments | deadlines, conditions, known)
        _add(found, done, getattr(done, column), kept, conditions, known)
        _add_completions(found, getattr(done, column), choice, conditions, known)
    return found


def _within(day: Any, choice: Choice) -> ColumnElement[bool]:
    """Select the days of the period."""
    bounds = [day >= choice.from_on] if choice.from_on else []
    bounds += [day <= choice.to_on] if choice.to_on else []
    return and_(true(), *bounds)


def _add(
    found: dict[Key, Counts],
    model: Counted,
    column: Any,
    numbers: Mapping[str, ColumnElement[bool]],
    conditions: Conditions,
    known: datetime,
) -> None:
    """Count the rows that meet each condition, for each value of a column."""
    counted = (func.count().filter(condition) for condition in numbers.values())
    query = select(column, *counted).where(model.at(known), *conditions(model)).group_by(column)
    for value, *row in db.session.execute(query):
        found[_key(value)].add(Counts(**dict(zip(numbers, row, strict=True))))


def _add_completions(
    found: dict[Key, Counts], column: Any, choice: Choice, conditions: Conditions, known: datetime
) -> None:
    """Count and sum the completions of the period for each value of a column.

    The days that they took come as one text, since the database would need twice the time to group by them too.
    """
    done = Completion
    numbers = {
        "completed": func.count(),
        "tested": func.count(done.attempts),
        "passed_first": func.count().filter(done.attempts == 1),
        "scored": func.count(done.score),
        "score": func.coalesce(func.sum(done.score), 0),
        "hours": func.sum(done.hours),
    }
    query = (
        select(column, func.aggregate_strings(cast(done.days, String), " "), *numbers.values())
        .where(done.at(known), _within(done.completed_on, choice), *conditions(done))
        .group_by(column)
    )
    for value, days, *row in db.session.execute(query):
        counted = Counter({int(text): count for text, count in Counter(days.split()).items()})
        found[_key(value)].add(Counts(**dict(zip(numbers, row, strict=True)), days=counted))


def _key(value: Any) -> Key:
    """Return what a counted value is listed under: a day under its month, anything else under itself."""
    return value.isoformat()[:7] if isinstance(value, date) else value


# Receipts


class Kept(NamedTuple):
    """A receipt, and the moment of which its file speaks."""

    receipt: Receipt
    moment: Moment


def list_receipts(person_id: int, limit: int = 50) -> list[Kept]:
    """Return what a person has downloaded, the latest first."""
    return _kept(_receipts().where(Receipt.person_id == person_id).order_by(Receipt.id.desc()).limit(limit))


def get_receipt(number: str, person_id: int) -> Kept:
    """Return a receipt of a person; anybody else's is not found."""
    if not (kept := _kept(_receipts().where(Receipt.number == number, Receipt.person_id == person_id))):
        raise NotFound
    return kept[0]


def find_by_digest(digest: bytes) -> Kept | None:
    """Return the first receipt of a file with a SHA-256 digest, whoever has downloaded it."""
    kept = _kept(_receipts().where(Receipt.digest == digest).order_by(Receipt.id).limit(1))
    return kept[0] if kept else None


def find_newer(receipt: Receipt) -> Kept | None:
    """Return the latest file that somebody made by the same choice, if it speaks of a later moment."""
    query = _receipts().where(
        Receipt.filter == receipt.filter, Receipt.format == receipt.format, Receipt.head_size > receipt.head_size
    )
    kept = _kept(query.order_by(Receipt.head_size.desc(), Receipt.id).limit(1))
    return kept[0] if kept else None


def _receipts() -> Select[Receipt, LedgerHead]:
    return select(Receipt, LedgerHead).join(LedgerHead, LedgerHead.size == Receipt.head_size)


def _kept(query: Select[Receipt, LedgerHead]) -> list[Kept]:
    return [Kept(receipt, _moment(head)) for receipt, head in db.session.execute(query)]
