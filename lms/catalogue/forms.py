"""Forms of the catalogue: what one looks for."""

from flask_babel import lazy_gettext as _l
from wtforms import SearchField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from lms.web.forms import FilterForm


class SearchForm(FilterForm):
    """Words to find, and the length of a course."""

    q = SearchField(_l("What are you looking for?"), [Length(max=200)])
    hours = SelectField(
        _l("Length"),
        validate_choice=False,  # an address may leave it out, and an unknown length is none
        choices=[
            SelectChoice("", _l("Any")),
            SelectChoice("short", _l("up to 8 hours")),
            SelectChoice("medium", _l("9 to 16 hours")),
            SelectChoice("long", _l("17 hours and more")),
        ],
    )
