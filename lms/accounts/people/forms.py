"""Forms about people: name, logins, workplace, a search; fields are put together for new accounts."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, EmailField, Field, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, InputRequired, Length, Optional, ValidationError

from lms.accounts.categories import CATEGORIES, normalise
from lms.accounts.models import Employment, Person
from lms.accounts.queries import find_by_login
from lms.centres.forms import NOT_LISTED, can_be_printed, centre_choices, choose, place_id, state_body_choices
from lms.clock import local_date, utcnow
from lms.languages import LANGUAGE_NAMES
from lms.web.forms import Form, OnceForm

LOGIN_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")
AS_TYPED = {"autocomplete": "off", "spellcheck": "false"}


def lowered(text: str | None) -> str | None:
    """Return a login as it is kept: in small letters."""
    return text.lower() if text else text


def known_category(text: str | None) -> str | None:
    """Return the category meant, or the text as it was typed if none is."""
    return (normalise(text) or text) if text else text


class NameFields:
    """The three parts of a name, in the order of documents."""

    last_name = StringField(
        _l("Family name"),
        description=_l("As in the identity card. It stands like this on certificates."),
        validators=[InputRequired(), Length(max=100), can_be_printed],
        render_kw=AS_TYPED,
    )
    first_name = StringField(
        _l("First name"), validators=[InputRequired(), Length(max=100), can_be_printed], render_kw=AS_TYPED
    )
    middle_name = StringField(
        _l("Patronymic"), validators=[Optional(), Length(max=100), can_be_printed], render_kw=AS_TYPED
    )


class LoginFields:
    """What a person signs in with; `person` is whose it is, if the account exists already."""

    person: Person | None = None
    email: Any = EmailField(
        _l("E-mail"), filters=[lowered], validators=[Optional(), Length(max=254), Email()], render_kw=AS_TYPED
    )
    login_name: Any = StringField(
        _l("Login name"),
        description=_l(
            "Latin letters, digits, dots and dashes, such as karaganda-17. Needed where there is no e-mail."
        ),
        filters=[lowered],
        render_kw=AS_TYPED | {"autocapitalize": "none"},
    )

    def validate_email(self, field: Field) -> None:
        """Refuse an address that somebody else signs in with."""
        self._refuse_taken(field)

    def validate_login_name(self, field: Field) -> None:
        """Ask for a login name where there is no e-mail; refuse one that is taken or hard to type."""
        if not field.data and not self.email.data:
            raise ValidationError(_("Give a login name or an e-mail."))
        if field.data and not LOGIN_NAME.fullmatch(field.data):
            raise ValidationError(_("Write 3 to 40 Latin letters, digits, dots or dashes."))
        self._refuse_taken(field)

    def _refuse_taken(self, field: Field) -> None:
        other = find_by_login(field.data) if field.data else None
        if other is not None and other is not self.person:
            raise ValidationError(_("Somebody already signs in with this. Choose another one."))


class WorkplaceFields:
    """Where a person works and which centre answers for them."""

    centre_id: Any = SelectField(_l("Centre"), coerce=place_id, choices=centre_choices, validators=[InputRequired()])
    state_body_id: Any = SelectField(
        _l("State body"),
        coerce=place_id,
        choices=lambda: [choose(), *state_body_choices(), SelectChoice(str(NOT_LISTED), _("Not in the list"))],
        validators=[InputRequired()],
    )
    category: Any = StringField(
        _l("Category of post"),
        description=_l("As in the register of posts: C-4, D-O-3, E-R-2. Cyrillic letters are understood."),
        filters=[known_category],
        validators=[InputRequired()],
        render_kw=AS_TYPED | {"list": "categories"},
    )
    position: Any = StringField(_l("Position"), validators=[Optional(), Length(max=300)], render_kw=AS_TYPED)

    def validate_category(self, field: Field) -> None:
        """Refuse what is no category of corps B."""
        if field.data not in CATEGORIES:
            raise ValidationError(_("There is no such category. They look like C-4, D-O-3 or E-R-2."))

    def workplace(self) -> dict[str, Any]:
        """Return what the form says of the workplace, as `employ` takes it."""
        fields = ("centre_id", "state_body_id", "category", "position")
        return {name: getattr(self, name).data or None for name in fields}


class AccountFields(NameFields, LoginFields):
    """All that an account begins with."""

    language = SelectField(
        _l("Language of the account"),
        choices=[SelectChoice(code, name) for code, name in LANGUAGE_NAMES.items()],
    )

    def account(self) -> dict[str, Any]:
        """Return what the form says of the account, as `create_person` takes it."""
        fields = ("last_name", "first_name", "middle_name", "email", "login_name", "language")
        return {name: getattr(self, name).data or None for name in fields}


class NameForm(NameFields, Form):
    """A name to be corrected or changed."""


class LoginsForm(LoginFields, Form):
    """Logins to be changed."""


class WorkplaceForm(WorkplaceFields, Form):
    """A workplace to be corrected or changed."""

    starts_on = DateField(
        _l("Works there since"),
        description=_l("Leave the day as it is to correct a mistake. For a new post give its first day."),
        validators=[InputRequired()],
    )

    def validate_starts_on(self, field: Field) -> None:
        """Refuse a day to come, since the workplace counts from now on."""
        if field.data and field.data > local_date(utcnow()):
            raise ValidationError(_("This day is still to come. Change the workplace when it has."))


class NewPersonForm(AccountFields, OnceForm):
    """A new account; workplace and roles follow on the person's page."""


def reason_field() -> TextAreaField:
    """Return the field for why something is done that others must be able to understand later."""
    return TextAreaField(
        _l("Reason"), description=_l("It goes into the ledger."), validators=[InputRequired(), Length(max=500)]
    )


class ReasonForm(Form):
    """Nothing but a reason."""

    reason = reason_field()


class SearchForm(Form):
    """A beginning of a name, or a whole login; asked by GET, so without a token."""

    class Meta(Form.Meta):
        """Without a token: searching writes nothing."""

        csrf = False

    text: Any = StringField(
        _l("Name or login"),
        validators=[Length(max=200)],
        render_kw={"type": "search", "autocomplete": "off"},
    )


class PasswordSlipForm(OnceForm):
    """Nothing but the wish for a new password."""


def workplace_form(employment: Employment | None) -> WorkplaceForm:
    """Return the form of a workplace, filled with the present one."""
    if employment is None:
        return WorkplaceForm(starts_on=local_date(utcnow()))
    return WorkplaceForm(
        centre_id=employment.centre_id,
        state_body_id=employment.state_body_id or NOT_LISTED,
        category=employment.category,
        position=employment.position,
        starts_on=employment.starts_on,
    )
