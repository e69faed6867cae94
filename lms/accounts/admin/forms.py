"""Forms of the administrator: a role to be given, with the scope that fits it."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from lms.accounts.people.forms import reason_field
from lms.accounts.scopes import course_titles
from lms.centres.forms import centre_choices, choose, place_id, region_choices, state_body_choices
from lms.permissions import Role
from lms.web.forms import Form
from lms.web.language import current_language


class GrantForm(Form):
    """A role to be given; the fields of its scope are named as the columns of a grant."""

    def scope(self) -> dict[str, Any]:
        """Return the scope by its columns."""
        return {name: self[name].data or None for name in SCOPE if name in self}


SCOPE = ("region_code", "centre_id", "state_body_id", "course_id")


class CoordinatorForm(GrantForm):
    """A coordinator is given one centre."""

    centre_id = SelectField(_l("Centre"), coerce=place_id, choices=centre_choices, validators=[InputRequired()])
    reason = reason_field()


class TrainerForm(GrantForm):
    """A trainer is given one course."""

    course_id = SelectField(
        _l("Course"),
        coerce=place_id,
        choices=lambda: [
            choose(),
            *(SelectChoice(str(course), title) for course, title in course_titles(current_language()).items()),
        ],
        validators=[InputRequired()],
    )
    reason = reason_field()


class OfficialForm(GrantForm):
    """An official is given the whole country, or one region, or one state body with all that is under it."""

    region_code = SelectField(
        _l("Region"),
        description=_l("Leave region and state body empty for the whole country."),
        choices=lambda: [SelectChoice("", _("None")), *region_choices()[1:]],
    )
    state_body_id = SelectField(
        _l("State body"),
        coerce=place_id,
        choices=lambda: [SelectChoice("", _("None")), *state_body_choices()],
    )
    reason = reason_field()

    def validate_state_body_id(self, field: Field) -> None:
        """Refuse a region and a body at once, which would leave open what they mean together."""
        if field.data and self.region_code.data:
            raise ValidationError(_("Choose a region or a state body, not both."))


class AdministratorForm(GrantForm):
    """An administrator has no scope: everything is theirs."""

    reason = reason_field()


GRANT_FORMS: dict[Role, type[GrantForm]] = {
    Role.COORDINATOR: CoordinatorForm,
    Role.TRAINER: TrainerForm,
    Role.OFFICIAL: OfficialForm,
    Role.OFFICIAL_WITH_NAMES: OfficialForm,
    Role.ADMINISTRATOR: AdministratorForm,
}
