"""Who may do what: the whole authorization table on one screen."""

from collections.abc import Iterable
from enum import StrEnum


class Permission(StrEnum):
    """One thing that a page can ask for."""

    TAKE_COURSES = "take_courses"
    MANAGE_COHORTS = "manage_cohorts"  # within the centres of the grant
    AUTHOR_COURSES = "author_courses"  # within the courses of the grant
    READ_FIGURES = "read_figures"  # within the region or body of the grant
    READ_NAMES = "read_names"  # rows that name people, each download in the ledger
    ADMINISTER = "administer"


class Role(StrEnum):
    """What a grant says that a person is, within the scope of the grant."""

    TRAINER = "trainer"
    COORDINATOR = "coordinator"
    OFFICIAL = "official"
    OFFICIAL_WITH_NAMES = "official_with_names"
    ADMINISTRATOR = "administrator"


EVERYBODY = frozenset({Permission.TAKE_COURSES})

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.TRAINER: frozenset({Permission.AUTHOR_COURSES}),
    Role.COORDINATOR: frozenset({Permission.MANAGE_COHORTS}),
    Role.OFFICIAL: frozenset({Permission.READ_FIGURES}),
    Role.OFFICIAL_WITH_NAMES: frozenset({Permission.READ_FIGURES, Permission.READ_NAMES}),
    Role.ADMINISTRATOR: frozenset({Permission.ADMINISTER}),
}


def permissions_of(roles: Iterable[Role]) -> frozenset[Permission]:
    """Return everything that somebody signed in with these roles may do."""
    return EVERYBODY.union(*(GRANTS[role] for role in roles))
