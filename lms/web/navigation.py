"""The links around a page: each feature registers its own, and each reader sees those that they may open."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, NamedTuple

from flask import Blueprint, current_app, request, url_for
from flask_babel.speaklater import LazyString
from flask_login import current_user

from lms.permissions import Permission
from lms.web.access import access_of

KEY, OPEN = "lms.navigation", "lms.navigation.open"


class Place(StrEnum):
    """Where a link stands."""

    MASTHEAD = "masthead"
    ACCOUNT = "account"
    FOOTER = "footer"


class Section(NamedTuple):
    """A link that a feature offers; it is shown to those whom its view admits and who hold `permission`, if given."""

    label: LazyString | str
    endpoint: str
    permission: Permission | None = None
    order: int = 100
    place: Place = Place.MASTHEAD


class Link(NamedTuple):
    """A link as a template draws it; `current` is what `aria-current` says, if anything."""

    label: LazyString | str
    url: str
    current: str | None


def add(bp: Blueprint, section: Section) -> None:
    """Register a link together with the blueprint whose page it leads to."""
    bp.record(lambda state: _sections(state.app.extensions).append(section))


def links(place: str) -> list[Link]:
    """Return the links of one place that the present reader may follow, in order."""
    return [Link(section.label, url, _current(section, url)) for section, url in _open_sections(Place(place))]


def _sections(extensions: dict[str, Any]) -> list[Section]:
    sections: list[Section] = extensions.setdefault(KEY, [])
    return sections


def _open_sections(place: Place) -> list[tuple[Section, str]]:
    """Return the sections that are open to people with the present reader's roles, worked out once for each kind."""
    known: dict[Any, list[tuple[Section, str]]] = current_app.extensions.setdefault(OPEN, {})
    reader = place, current_user.is_authenticated, getattr(current_user, "roles", None)
    if reader not in known:
        known[reader] = [(section, url_for(section.endpoint)) for section in _list_open(place)]
    return known[reader]


def _list_open(place: Place) -> Iterator[Section]:
    for section in sorted(_sections(current_app.extensions), key=lambda section: section.order):
        if section.place is not place:
            continue
        access = access_of(current_app, section.endpoint)
        if access is None or not access.admits(current_user):
            continue
        if section.permission is None or current_user.may(section.permission):
            yield section


def _current(section: Section, url: str) -> str | None:
    """Return "page" for the link of the page itself, and "true" for the section that the page lies in."""
    if request.endpoint == section.endpoint:
        return "page"
    return "true" if url != "/" and request.path.startswith(f"{url}/") else None
