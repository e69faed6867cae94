"""Figures follow exactly from whole numbers."""

from collections import Counter
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from statistics import median as plain_median

from hypothesis import given
from hypothesis import strategies as st

from lms.reports.figures import FIGURES, Choice, Counts, Grouping, median, narrow, tenths
from lms.reports.tables import written

whole = st.integers(0, 10**12)


def value(figure_id: str, counts: Counts) -> object:
    """Return one figure by its id."""
    return next(figure for figure in FIGURES if figure.id == figure_id).value(counts)


@given(whole, st.integers(1, 10**9))
def test_division_rounds_halves_up_to_one_decimal(over: int, under: int) -> None:
    result = tenths(over, under)

    assert result is not None
    assert -result.as_tuple().exponent == 1
    assert Fraction(-1, 20) < Fraction(result) - Fraction(over, under) <= Fraction(1, 20)


def test_nothing_divided_by_nothing_is_no_figure() -> None:
    assert tenths(0, 0) is None
    assert median(Counter()) is None


@given(st.lists(st.integers(0, 400), min_size=1, max_size=60))
def test_the_median_of_counted_days_is_the_median_of_the_days(days: list[int]) -> None:
    expected = Decimal(str(plain_median(days))).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)

    assert median(Counter(days)) == expected


def test_an_empty_row_has_counts_and_no_averages() -> None:
    figures = {figure.id: figure.value(Counts()) for figure in FIGURES}

    assert {name for name, figure in figures.items() if figure is None} == {
        "passed_first",
        "mean_score",
        "median_days",
        "completion_rate",
    }
    assert figures["overdue"] == figures["hours"] == 0


def test_what_is_due_is_either_completed_or_overdue() -> None:
    counts = Counts(due=8955, completed_due=6941)

    assert value("overdue", counts) == 2014
    assert value("completion_rate", counts) == Decimal("77.5")


def test_averages_of_a_total_come_from_its_sums_and_not_from_averages() -> None:
    total = Counts(completed=1, scored=1, score=10_000, days=Counter({1: 1}))
    total.add(Counts(completed=3, scored=3, score=3 * 5000, days=Counter({9: 3})))

    assert value("mean_score", total) == Decimal("62.5")
    assert value("median_days", total) == Decimal("9.0")


def test_every_figure_has_a_name_and_a_definition_of_its_own() -> None:
    for texts in ([figure.title for figure in FIGURES], [str(figure.definition) for figure in FIGURES]):
        assert len(set(texts)) == len(FIGURES)
        assert all(texts)


def test_a_row_leads_to_itself_taken_apart() -> None:
    region = narrow(Choice(course="basics"), "KZ-35")

    assert region == Choice(course="basics", region="KZ-35", by=Grouping.CENTRE)
    assert region.arguments() == {"course": "basics", "region": "KZ-35", "by": "centre"}


def test_a_state_body_leads_to_the_bodies_below_it_and_then_to_its_courses() -> None:
    below = narrow(Choice(by=Grouping.STATE_BODY), "b1")

    assert below == Choice(state_body="b1", by=Grouping.STATE_BODY)
    assert narrow(below, "b2") == Choice(state_body="b2", by=Grouping.STATE_BODY)
    assert narrow(below, "b1") == Choice(state_body="b1", by=Grouping.COURSE)


def test_a_month_leads_to_its_days_within_the_period() -> None:
    choice = Choice(from_on=date(2026, 2, 10), by=Grouping.MONTH)

    assert narrow(choice, "2026-02") == Choice(from_on=date(2026, 2, 10), to_on=date(2026, 2, 28))


def test_figures_are_written_as_each_language_writes_numbers() -> None:
    assert written(11_177, "ru") == "11\u00a0177"
    assert written(Decimal("80.0"), "kk") == "80,0"
    assert written(Decimal("80.0"), "en") == "80.0"
    assert written(None, "en") == "–"
