"""Forms of signing in and of one's own account."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from lms.accounts.passwords import LEAST_LENGTH, MOST_LENGTH
from lms.languages import LANGUAGE_NAMES
from lms.web.forms import Form


class SignInForm(Form):
    """Login and password."""

    login = StringField(
        _l("E-mail or login name"),
        description=_l("The login name is on the slip from your training centre. No e-mail is needed."),
        validators=[InputRequired(), Length(max=200)],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        _l("Password"),
        validators=[InputRequired(), Length(max=MOST_LENGTH)],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()


class LanguageForm(Form):
    """The language of letters and of the first page after signing in."""

    language = SelectField(_l("Language"), choices=[SelectChoice(code, name) for code, name in LANGUAGE_NAMES.items()])


class PasswordForm(Form):
    """A new password, and the present one as proof."""

    current = PasswordField(
        _l("Present password"), validators=[InputRequired()], render_kw={"autocomplete": "current-password"}
    )
    password = PasswordField(
        _l("New password"),
        description=_l("At least %(n)s characters. A few words are easier to remember than signs.", n=LEAST_LENGTH),
        validators=[InputRequired(), Length(min=LEAST_LENGTH, max=MOST_LENGTH)],
        render_kw={"autocomplete": "new-password"},
    )
