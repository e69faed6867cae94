"""Nobody sees figures beyond what they were granted, whatever they ask for."""

from itertools import product

import pytest

from lms.accounts.queries import FigureScope, figure_scope
from lms.errors import NotFound
from lms.permissions import Role
from lms.reports.figures import Choice, Grouping
from lms.reports.queries import read_directory, read_report
from tests.reports.history import REGIONS, History, seal
from tests.reports.recount import recount
from tests.reports.test_counting import figures, report

pytestmark = pytest.mark.every_database


def scopes(history: History) -> list[FigureScope]:
    """Return a region, two regions, a body, a body below it, a region and a body, and nothing."""
    none: frozenset[int] = frozenset()
    return [
        FigureScope(False, frozenset({"KZ-35"}), none),
        FigureScope(False, frozenset({"KZ-35", "KZ-10"}), none),
        FigureScope(False, frozenset(), frozenset({history.bodies[0].id})),
        FigureScope(False, frozenset(), frozenset({history.offices[2].id})),
        FigureScope(False, frozenset({"KZ-71"}), frozenset({history.departments[0].id})),
        FigureScope(False, frozenset(), none),
    ]


def test_every_row_of_every_grouping_counts_the_scope_only(history: History) -> None:
    moment = seal()

    for scope, by in product(scopes(history), Grouping):
        assert figures(report(Choice(by=by), moment, scope)) == recount(Choice(by=by), scope, moment.at), (scope, by)


def test_a_filter_never_widens_the_scope(history: History) -> None:
    moment = seal()
    asked = [
        *(Choice(region=region) for region in REGIONS),
        *(Choice(centre=centre.code) for centre in history.centres),
        *(Choice(state_body=body.code) for body in (*history.bodies, *history.departments, *history.offices)),
        Choice(course="course-1"),
    ]
    answered = 0
    for scope, choice in product(scopes(history), asked):
        try:
            found = figures(report(choice, moment, scope))
        except NotFound:
            continue
        answered += 1
        assert found == recount(choice, scope, moment.at), (scope, choice)
    assert answered > len(asked)


def test_another_region_its_centre_and_its_bodies_are_not_there_for_an_official_of_one_region(history: History) -> None:
    moment = seal()
    scope = FigureScope(False, frozenset({"KZ-35"}), frozenset())

    for choice in (
        Choice(region="KZ-71"),
        Choice(centre=history.centres[1].code),
        Choice(state_body=history.bodies[1].code),
    ):
        with pytest.raises(NotFound):
            report(choice, moment, scope)


def test_a_body_above_or_beside_is_not_there_for_an_official_of_one_body(history: History) -> None:
    moment = seal()
    scope = FigureScope(False, frozenset(), frozenset({history.departments[0].id}))

    assert figures(report(Choice(state_body=history.offices[1].code), moment, scope)) is not None
    for body in (history.bodies[0], history.bodies[1]):
        with pytest.raises(NotFound):
            report(Choice(state_body=body.code), moment, scope)


def test_lists_offer_only_what_may_be_asked_for(history: History) -> None:
    moment = seal()
    directory = read_directory(FigureScope(False, frozenset({"KZ-35"}), frozenset()), moment.at, "en")

    assert [entry.code for entry in directory.open(Grouping.REGION)] == ["KZ-35"]
    assert {entry.code for entry in directory.open(Grouping.CENTRE)} == {history.centres[0].code}
    assert {entry.region for entry in directory.open(Grouping.STATE_BODY)} == {"KZ-35"}


def test_a_grant_of_a_region_is_the_scope_of_the_official(history: History) -> None:
    official = history.make.staff(Role.OFFICIAL, region_code="KZ-35")
    moment = seal()
    directory = read_directory(figure_scope(official.id), moment.at, "en")

    found = read_report(Choice(), directory, moment, "en")

    assert [line.code for line in found.lines] == ["KZ-35"]
    assert found.covers[0] == ("Covers", "Karaganda Region")
    assert found.scope == ("KZ-35",)
