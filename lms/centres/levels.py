"""Levels of state bodies, and the tree in which bodies stand one under another (pure)."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, Protocol, TypeVar

from flask_babel import lazy_gettext as _l

LEVELS = {"central": _l("Central"), "oblast": _l("Region"), "district": _l("District or city")}


class Standing(Protocol):
    """A state body as the tree sees it; the term of a state body is one."""

    @property
    def state_body_id(self) -> int:
        """Return which body it is."""

    @property
    def parent_id(self) -> int | None:
        """Return the body it stands under."""


Body = TypeVar("Body", bound=Standing)


class Branch(NamedTuple):
    """A state body in its place: how many bodies stand above it, and the one right above."""

    depth: int
    body: Any
    parent: Any | None


def grow(bodies: Iterable[Body], order: Callable[[Body], Any]) -> list[Branch]:
    """Return the bodies with each one right below its parent, brothers in order.

    A body whose parent is not among them stands at the top, so that a part of the tree is a tree as well.
    """
    by_id = {body.state_body_id: body for body in sorted(bodies, key=order)}
    children: dict[int | None, list[Body]] = {}
    for body in by_id.values():
        children.setdefault(body.parent_id if body.parent_id in by_id else None, []).append(body)

    def below(parent: Body | None, depth: int) -> Iterator[Branch]:
        for body in children.get(parent.state_body_id if parent else None, ()):
            yield Branch(depth, body, parent)
            yield from below(body, depth + 1)

    return list(below(None, 0))
