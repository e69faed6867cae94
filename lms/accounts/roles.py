"""What the roles of staff are called, and what each lets a person do (pure)."""

from typing import NamedTuple

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from lms.permissions import Role


class RoleText(NamedTuple):
    """The name of a role, and what it is for."""

    name: LazyString
    meaning: LazyString


ROLES = {
    Role.COORDINATOR: RoleText(
        _l("Coordinator"), _l("Opens cohorts at one centre, adds people, enrols them, moves due dates.")
    ),
    Role.TRAINER: RoleText(_l("Trainer"), _l("Writes and publishes one course, and sees how its questions do.")),
    Role.OFFICIAL: RoleText(
        _l("Official"), _l("Reads and downloads figures: of the country, of one region, or of one state body.")
    ),
    Role.OFFICIAL_WITH_NAMES: RoleText(
        _l("Official with names"),
        _l("As an official, and may download lists that name people. Each goes into the ledger."),
    ),
    Role.ADMINISTRATOR: RoleText(
        _l("Administrator"), _l("Manages people, roles, centres and state bodies. Cannot change results.")
    ),
}
