"""The figures once more, row by row in Python: slow, plain, and written without looking at the queries."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import Any

from sqlalchemy import select

from lms.accounts.queries import FigureScope
from lms.centres.models import Centre, StateBody, StateBodyTerm
from lms.clock import local_date
from lms.database import db
from lms.enrolments.models import Completion, EnrolmentTerm
from lms.reports.figures import Choice, Grouping


@dataclass
class Sheet:
    """Tally marks of one row."""

    enrolled: int = 0
    withdrawn: int = 0
    due: int = 0
    completed_due: int = 0
    completions: list[Completion] = field(default_factory=list)

    def figures(self) -> dict[str, Any]:
        """Return the figures by their ids."""
        done = self.completions
        tries = [c.attempts for c in done if c.attempts is not None]
        scores = [c.score for c in done if c.score is not None]
        return {
            "enrolled": self.enrolled,
            "withdrawn": self.withdrawn,
            "completed": len(done),
            "passed_first": rounded(Decimal(100 * tries.count(1)) / len(tries)) if tries else None,
            "mean_score": rounded(Decimal(sum(scores)) / 100 / len(scores)) if scores else None,
            "median_days": rounded(Decimal(str(median(c.days for c in done)))) if done else None,
            "hours": sum(c.hours for c in done),
            "due": self.due,
            "completed_due": self.completed_due,
            "overdue": self.due - self.completed_due,
            "completion_rate": rounded(Decimal(100 * self.completed_due) / self.due) if self.due else None,
        }


def rounded(value: Decimal) -> Decimal:
    """Round to one decimal, halves up."""
    return value.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def recount(choice: Choice, scope: FigureScope, known: datetime) -> dict[str, dict[str, Any]]:
    """Return the figures of every row that counts anything, by the row's code."""
    today = local_date(known)
    sheets: dict[str, Sheet] = defaultdict(Sheet)
    terms = {term.enrolment_id: term for term in _known(EnrolmentTerm, known)}
    done = {completion.enrolment_id: completion for completion in _known(Completion, known)}
    parents = {term.state_body_id: term.parent_id for term in _known(StateBodyTerm, known)}
    for enrolment_id, term in terms.items():
        if not _is_meant(term, choice, scope, parents):
            continue
        if _is_within(term.enrolled_on, choice):
            sheet = sheets[_code(term, term.enrolled_on, choice.by)]
            sheet.enrolled += term.state == "open"
            sheet.withdrawn += term.state == "withdrawn"
        if term.state == "open" and term.due_on and term.due_on < today and _is_within(term.due_on, choice):
            sheet = sheets[_code(term, term.due_on, choice.by)]
            sheet.due += 1
            sheet.completed_due += enrolment_id in done
        completion = done.get(enrolment_id)
        if completion and _is_within(completion.completed_on, choice):
            sheets[_code(term, completion.completed_on, choice.by)].completions.append(completion)
    return {
        code: figures
        for code, sheet in sheets.items()
        if any((figures := sheet.figures())[name] for name in ("enrolled", "withdrawn", "completed", "due"))
    }


def _known(model: Any, known: datetime) -> Iterable[Any]:
    rows = db.session.scalars(select(model).execution_options(populate_existing=True)).all()
    return [r for r in rows if r.recorded_at <= known and (r.superseded_at is None or r.superseded_at > known)]


def _is_within(day: date, choice: Choice) -> bool:
    return (choice.from_on or date.min) <= day <= (choice.to_on or date.max)


def _code(term: EnrolmentTerm, day: date, by: Grouping) -> str:
    if by is Grouping.MONTH:
        return day.isoformat()[:7]
    if by is Grouping.REGION:
        return term.region_code
    if by is Grouping.COURSE:
        return f"course-{term.course_id}"
    model, key = (Centre, term.centre_id) if by is Grouping.CENTRE else (StateBody, term.state_body_id)
    return "" if key is None else db.session.get_one(model, key).code


def _is_meant(term: EnrolmentTerm, choice: Choice, scope: FigureScope, parents: dict[int, int | None]) -> bool:
    above = set(_upwards(term.state_body_id, parents))
    codes = {db.session.get_one(StateBody, body).code for body in above}
    return (
        choice.region in (None, term.region_code)
        and choice.course in (None, f"course-{term.course_id}")
        and (choice.centre is None or db.session.get_one(Centre, term.centre_id).code == choice.centre)
        and (choice.state_body is None or choice.state_body in codes)
        and (scope.is_country or term.region_code in scope.regions or bool(scope.state_bodies & above))
    )


def _upwards(body: int | None, parents: dict[int, int | None]) -> Iterator[int]:
    """Yield a body and those it stands under."""
    while body is not None:
        yield body
        body = parents[body]
