"""What the database counts is what a plain recount of every row finds."""

from datetime import UTC, date, datetime

import pytest

from lms.accounts.queries import FigureScope
from lms.clock import local_date, utcnow
from lms.errors import NotFound
from lms.reports.figures import FIGURES, Choice, Counts, Grouping
from lms.reports.queries import COUNTRY, read_directory, read_report
from lms.reports.tables import Moment, Report
from tests.reports.history import History, seal
from tests.reports.recount import recount

pytestmark = pytest.mark.every_database

SPRING = {"from_on": date(2025, 3, 1), "to_on": date(2025, 5, 31)}


def report(choice: Choice, moment: Moment, scope: FigureScope = COUNTRY) -> Report:
    """Return a report in English."""
    return read_report(choice, read_directory(scope, moment.at, "en"), moment, "en")


def figures(found: Report) -> dict[str, dict[str, object]]:
    """Return the figures of the rows that count anything, by their codes."""
    return {
        line.code: {figure.id: figure.value(line.counts) for figure in FIGURES}
        for line in found.lines
        if not line.counts.is_empty
    }


def choices(history: History) -> list[Choice]:
    """Return every way to choose, each alone and some together."""
    body, department = history.bodies[0].code, history.departments[0].code
    filters: list[dict[str, object]] = [
        {},
        SPRING,
        {"from_on": date(2025, 4, 1)},
        {"to_on": date(2025, 4, 1)},
        {"region": "KZ-71"},
        {"centre": history.centres[0].code},
        {"state_body": body},
        {"state_body": department, **SPRING},
        {"course": "course-2"},
        {"course": "course-1", "region": "KZ-35", "state_body": body, **SPRING},
    ]
    return [Choice(by=by, **chosen) for by in Grouping for chosen in filters]  # type: ignore[arg-type]


def test_figures_are_those_of_a_recount_by_hand(history: History) -> None:
    history.annul(datetime(2026, 1, 1, tzinfo=UTC))
    moment = seal()

    for choice in choices(history):
        assert figures(report(choice, moment)) == recount(choice, COUNTRY, moment.at), choice


def test_the_past_that_is_told_has_everything_in_it(history: History) -> None:
    moment = seal()

    total = report(Choice(), moment).total

    assert min(total.withdrawn, total.tested - total.passed_first, total.due - total.completed_due) > 0
    assert total.completed > total.scored > 0
    assert total.completed > total.tested > 0


def test_rows_add_up_to_the_same_total_however_they_are_cut(history: History) -> None:
    moment = seal()

    totals = [report(Choice(by=by, **SPRING), moment).total for by in Grouping]

    assert all(total == totals[0] for total in totals)


def test_somebody_without_a_state_body_is_counted_in_a_row_of_their_own(history: History) -> None:
    history.enrol(utcnow(), state_body_id=None)
    found = report(Choice(by=Grouping.STATE_BODY), seal())

    assert found.lines[-1].name == "without a state body"
    assert found.lines[-1].counts.enrolled == 1


def test_both_days_of_a_period_belong_to_it(country: History) -> None:
    country.enrol(datetime(2025, 3, 10, 20, tzinfo=UTC), due_on=date(2025, 3, 11))  # the 11th in Kazakhstan
    country.complete(datetime(2025, 3, 11, 4, tzinfo=UTC))
    moment = seal()

    def total(first: int, last: int) -> Counts:
        return report(Choice(from_on=date(2025, 3, first), to_on=date(2025, 3, last)), moment).total

    day = total(11, 11)
    assert (day.enrolled, day.completed, day.due, day.completed_due) == (1, 1, 1, 1)
    assert total(1, 10).is_empty
    assert total(12, 31).is_empty


def test_what_is_due_today_is_not_overdue_yet(history: History) -> None:
    before = report(Choice(), seal()).total
    history.enrol(utcnow(), due_on=local_date(utcnow()))
    moment = seal()

    assert report(Choice(), moment).total.due == before.due


def test_a_code_that_there_is_not_is_not_found(country: History) -> None:
    moment = seal()

    for field in ("region", "centre", "state_body", "course"):
        with pytest.raises(NotFound):
            report(Choice(**{field: "no-such"}), moment)


def test_regions_with_nothing_to_count_are_listed_with_zeros(country: History) -> None:
    assert len(report(Choice(), seal()).lines) == 20
