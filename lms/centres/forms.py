"""Forms of centres and state bodies, and the lists of places that other forms choose from."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Regexp, ValidationError

from lms.centres.actions import CentreFacts, StateBodyFacts
from lms.centres.levels import LEVELS
from lms.centres.queries import (
    find_centre_by_code,
    find_state_body_by_code,
    list_bodies_below,
    list_centres,
    list_regions,
    list_state_bodies,
)
from lms.letters import missing_letters
from lms.web.forms import Form, OnceForm
from lms.web.language import current_language

NOT_LISTED = 0  # the choice "not in the list", which is a choice and not an empty field


def choose() -> SelectChoice:
    """Return the first, empty option of a list in which something must be chosen."""
    return SelectChoice("", _("Choose"))


def place_id(value: str | int | None) -> int | None:
    """Return the id that an option stands for; None for the empty one."""
    return int(value) if value not in (None, "") else None


def region_choices() -> list[SelectChoice]:
    """Return every region."""
    language = current_language()
    return [choose(), *(SelectChoice(region.code, region.name(language)) for region in list_regions())]


def centre_choices(only: Iterable[int] | None = None) -> list[SelectChoice]:
    """Return the centres, or some of them; the only one there is comes without an empty option."""
    language = current_language()
    centres = [
        SelectChoice(str(centre.centre_id), centre.name(language))
        for centre in list_centres(language)
        if only is None or centre.centre_id in set(only)
    ]
    return centres if len(centres) == 1 and only is not None else [choose(), *centres]


def state_body_choices() -> list[SelectChoice]:
    """Return the state bodies by region, so that one of thousands is found by where it is."""
    language = current_language()
    regions = {region.code: region.name(language) for region in list_regions()}
    bodies = sorted(list_state_bodies(language), key=lambda body: body.region_code)
    return [SelectChoice(str(b.state_body_id), b.name(language), optgroup=regions[b.region_code]) for b in bodies]


def can_be_printed(_form: Form, field: Field) -> None:
    """Refuse letters that the font of certificates lacks."""
    if missing := missing_letters(field.data or ""):
        raise ValidationError(
            _("Certificates cannot print these letters: %(letters)s. Write the name without them.", letters=missing)
        )


def _code_field() -> StringField:
    return StringField(
        _l("Code"),
        description=_l("Latin letters, digits and dashes, such as karaganda-1. It stays the same for ever."),
        filters=[lambda text: text.lower() if text else text],
        validators=[
            InputRequired(),
            Regexp(r"[a-z0-9][a-z0-9-]{1,39}\Z", message=_l("Write 2 to 40 Latin letters, digits or dashes.")),
        ],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )


def _name_field(label: str, language: str) -> StringField:
    return StringField(
        label, validators=[InputRequired(), Length(max=300), can_be_printed], render_kw={"lang": language}
    )


class PlaceForm(Form):
    """What centres and state bodies have in common."""

    name_kk = _name_field(_l("Name in Kazakh"), "kk")
    name_ru = _name_field(_l("Name in Russian"), "ru")
    name_en = _name_field(_l("Name in English"), "en")
    region_code = SelectField(_l("Region"), choices=region_choices, validators=[InputRequired()])


class CentreForm(PlaceForm):
    """A retraining centre as it is now."""

    contact = TextAreaField(
        _l("Contact for learners"),
        description=_l("Telephone, room, hours. Learners see it wherever they may need help."),
        validators=[InputRequired(), Length(max=500)],
    )
    signatory = StringField(
        _l("Who signs certificates"),
        description=_l("Post and name, as they are to stand on certificates issued from now on."),
        validators=[InputRequired(), Length(max=200), can_be_printed],
    )

    def facts(self) -> CentreFacts:
        """Return what the form says of the centre."""
        return CentreFacts(
            region_code=self.region_code.data,
            name_kk=self.name_kk.data,
            name_ru=self.name_ru.data,
            name_en=self.name_en.data,
            contact=self.contact.data.strip(),
            signatory=self.signatory.data,
        )


class NewCentreForm(CentreForm, OnceForm):
    """A centre to be added."""

    code = _code_field()

    def validate_code(self, field: Field) -> None:
        """Refuse a code that another centre has."""
        if find_centre_by_code(field.data):
            raise ValidationError(_("Another centre has this code."))


class StateBodyForm(PlaceForm):
    """A state body as it is now; `state_body_id` is the body that the form is about, if it exists already."""

    state_body_id: int | None = None

    level = SelectField(
        _l("Level"), choices=[SelectChoice(code, name) for code, name in LEVELS.items()], validators=[InputRequired()]
    )
    parent_id = SelectField(
        _l("Stands under"),
        coerce=place_id,
        choices=lambda: [SelectChoice("", _("No other body")), *state_body_choices()],
    )

    def validate_parent_id(self, field: Field) -> None:
        """Refuse a place under the body itself or under one of its own bodies."""
        if self.state_body_id is not None and field.data in list_bodies_below(self.state_body_id):
            raise ValidationError(_("A state body cannot stand under itself or under one of its own bodies."))

    def facts(self) -> StateBodyFacts:
        """Return what the form says of the body."""
        return StateBodyFacts(
            region_code=self.region_code.data,
            level=self.level.data,
            name_kk=self.name_kk.data,
            name_ru=self.name_ru.data,
            name_en=self.name_en.data,
            parent_id=self.parent_id.data,
        )


class NewStateBodyForm(StateBodyForm, OnceForm):
    """A state body to be added."""

    code = _code_field()

    def validate_code(self, field: Field) -> None:
        """Refuse a code that another body has."""
        if find_state_body_by_code(field.data):
            raise ValidationError(_("Another state body has this code."))
