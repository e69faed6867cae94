"""Who needs help: decided by dates alone."""

from datetime import date, timedelta

import pytest

from lms.desk.board import GROUPS, Group, Standing, State, count, judge, opening_group

TODAY = date(2026, 11, 22)


def before(days: int) -> date:
    return TODAY - timedelta(days=days)


def standing(
    *,
    completed: int | None = None,
    due: int | None = None,
    enrolled: int = 30,
    step: int | None = None,
) -> Standing:
    """Judge a learner by how many days ago things were; a negative number lies ahead."""
    return judge(
        completed_on=None if completed is None else before(completed),
        due_on=None if due is None else before(due),
        enrolled_on=before(enrolled),
        last_step_on=None if step is None else before(step),
        today=TODAY,
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"completed": 3, "due": 10}, Standing(State.DONE, 3)),
        ({"due": 1, "step": 0}, Standing(State.OVERDUE, 1)),
        ({"due": 0, "step": 0}, Standing(State.ACTIVE, 0)),
        ({"due": -5, "enrolled": 7}, Standing(State.NEW, 7)),
        ({"due": -5, "enrolled": 8}, Standing(State.NOT_STARTED, 8)),
        ({"step": 7}, Standing(State.ACTIVE, 7)),
        ({"step": 8}, Standing(State.STALLED, 8)),
    ],
)
def test_a_learner_is_judged_by_due_date_and_last_step(facts: dict[str, int], expected: Standing) -> None:
    assert standing(**facts) == expected


def test_every_state_is_on_exactly_one_tab_beside_all() -> None:
    tabs = [GROUPS[group] for group in Group if group is not Group.ALL]

    assert GROUPS[Group.ALL] == set(State)
    assert sum(map(len, tabs)) == len(State)


def test_those_who_need_help_are_shown_first_if_there_are_any() -> None:
    assert opening_group(count([standing(due=1), standing(step=0)])) is Group.HELP
    assert opening_group(count([standing(step=0)])) is Group.ALL
    assert count([]) == dict.fromkeys(Group, 0)
