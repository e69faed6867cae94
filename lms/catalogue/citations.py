"""Read the addresses of law that courses rest on, such as aarhus/4/2, for showing them (pure)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

ANNEX, PREAMBLE = "annex", "preamble"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in an act: `kind` is article, annex or preamble, `text` the number with its parts, such as 4(2)(d)."""

    kind: str
    text: str


def group(addresses: Iterable[str]) -> Mapping[str, list[Place]]:
    """Return the places cited in each act, acts and places in the order in which they are first named.

    An act that is cited as a whole has no places.
    """
    acts: dict[str, list[Place]] = {}
    for address in addresses:
        act, *parts = address.split("/")
        places = acts.setdefault(act, [])
        if parts and (place := _place(parts)) not in places:
            places.append(place)
    return acts


def _place(parts: list[str]) -> Place:
    first, *rest = parts
    inner = "".join(f"({part})" for part in rest)
    if first == PREAMBLE:
        return Place(PREAMBLE, inner)
    kind, _, number = first.partition("-")
    if kind == ANNEX:
        return Place(ANNEX, number + inner)
    return Place("article", first + inner)
