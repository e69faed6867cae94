"""The tree of state bodies, whatever is missing from it."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from lms.centres.levels import grow


@dataclass(frozen=True)
class Body:
    state_body_id: int
    parent_id: int | None
    name: str


def shape(*bodies: Body) -> list[tuple[int, str]]:
    return [(branch.depth, branch.body.name) for branch in grow(bodies, lambda body: body.name)]


def test_each_body_stands_below_its_parent_and_brothers_in_order() -> None:
    ministry, akimat = Body(1, None, "Ministry"), Body(2, None, "Akimat")
    office, department = Body(3, 2, "Office"), Body(4, 2, "Department")

    assert shape(ministry, office, department, akimat) == [
        (0, "Akimat"),
        (1, "Department"),
        (1, "Office"),
        (0, "Ministry"),
    ]


def test_a_body_whose_parent_is_not_shown_stands_at_the_top() -> None:
    assert shape(Body(3, 2, "Office"), Body(5, 3, "Unit")) == [(0, "Office"), (1, "Unit")]


@given(st.lists(st.integers(0, 30), max_size=30))
def test_every_body_is_in_the_tree_once_and_right_below_its_parent(parents: list[int]) -> None:
    bodies = [Body(n, parent if parent < n else None, f"{n:03}") for n, parent in enumerate(parents, 1)]

    branches = grow(bodies, lambda body: body.name)

    assert sorted(branch.body.state_body_id for branch in branches) == [body.state_body_id for body in bodies]
    depths = {branch.body.state_body_id: branch.depth for branch in branches}
    for branch in branches:
        assert branch.depth == (depths[branch.parent.state_body_id] + 1 if branch.parent else 0)
