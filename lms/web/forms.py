"""The base of every form: our own short messages in three languages, tidy text, and a list of problems to link to."""

import secrets
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    Field,
    FieldList,
    FormField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectFieldBase,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Regexp, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget, Select, TextArea

from lms.web import once, resume

# What WTForms says, and what we say instead. Its own catalogue is longer, and lacks half of the Kazakh.
MESSAGES = {
    "This field is required.": _l("Fill in this field."),
    "Invalid email address.": _l("This is not an e-mail address. It looks like name@example.kz."),
    "Invalid URL.": _l("This is not a web address. It begins with https://."),
    "Invalid input.": _l("This does not have the right form."),
    "Not a valid choice.": _l("Choose one of the options."),
    "Invalid Choice: could not coerce.": _l("Choose one of the options."),
    "Invalid choice(s): one or more data inputs could not be coerced.": _l("Choose from the options."),
    "Not a valid integer value.": _l("Write a whole number."),
    "Not a valid decimal value.": _l("Write a number."),
    "Not a valid float value.": _l("Write a number."),
    "Not a valid date value.": _l("Write a date: day, month, year."),
    "Not a valid datetime value.": _l("Write a date and a time."),
    "Not a valid time value.": _l("Write a time, such as 14:30."),
    "Field must be equal to %(other_name)s.": _l("The two entries differ."),
    "Number must be at least %(min)s.": _l("The number must be %(min)s or more."),
    "Number must be at most %(max)s.": _l("The number must be %(max)s or less."),
    "Number must be between %(min)s and %(max)s.": _l("The number must be between %(min)s and %(max)s."),
    "Date must be at least %(min)s.": _l("The date must be %(min)s or later."),
    "Date must be at most %(max)s.": _l("The date must be %(max)s or earlier."),
    "Date must be between %(min)s and %(max)s.": _l("The date must be between %(min)s and %(max)s."),
    "Field must be between %(min)d and %(max)d characters long.": _l("Write %(min)d to %(max)d characters."),
    "File does not have an approved extension.": _l("This kind of file cannot be taken."),
}
LEFT_ALONE = (PasswordField, HiddenField, TextAreaField)


class Problem(NamedTuple):
    """One thing to mend in a form; the label and id of the field where it is mended are None if no field shows."""

    message: str
    label: str | None = None
    anchor: str | None = None


class _Translations:
    """Translate the messages of WTForms into ours."""

    def gettext(self, string: str) -> str:
        """Return our message, its placeholders still to be filled."""
        return str(MESSAGES.get(string, string))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """Return our message about a number of characters or of options, its placeholders still to be filled."""
        if "at least" in singular:
            return str(ngettext("Write at least %(num)d character.", "Write at least %(num)d characters.", n))
        if "longer than" in singular:
            return str(ngettext("Write no more than %(num)d character.", "Write no more than %(num)d characters.", n))
        if "exactly" in singular:
            return str(ngettext("Write exactly %(num)d character.", "Write exactly %(num)d characters.", n))
        return str(_("Choose from the options."))


def tidy(text: str | None) -> str | None:
    """Return a line of text without blanks around it and with its letters composed (NFC)."""
    return unicodedata.normalize("NFC", text).strip() if isinstance(text, str) else text


class Form(FlaskForm):
    """A form as people see it here; the macros of `web/macros.html` draw it.

    One-line texts are tidied before they are checked; passwords, hidden values and long texts are left as they are.
    """

    class Meta(FlaskForm.Meta):
        """The language of messages, and what fields are filled from."""

        def get_translations(self, form: Any) -> Any:
            """Return our own messages."""
            return _Translations()

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Take what was posted, unless the POST only hands a kept form over to this one."""
            return None if request and resume.is_handed_over() else super().wrap_formdata(form, formdata)

    def process(self, *args: Any, **options: Any) -> None:
        """Fill the fields, and tidy what was typed into one line; only blanks are then as good as nothing."""
        super().process(*args, **options)
        for field in self:
            if isinstance(field, StringField) and not isinstance(field, LEFT_ALONE):
                field.data = tidy(field.data)
                field.raw_data = [tidy(text) for text in field.raw_data or ()]

    def is_submitted(self) -> bool:
        """Tell whether somebody has filled this form in."""
        return bool(super().is_submitted()) and not resume.is_handed_over()

    def problems(self) -> list[Problem]:
        """Return everything to mend, in the order of the fields; the summary on top of the form links to each."""
        return [*(Problem(str(error)) for error in self.form_errors), *_problems_of(self)]


def new_form_key() -> str:
    """Return a key that no form has had."""
    return secrets.token_urlsafe(16)


class OnceForm(Form):
    """A form that is carried out once, however often it is sent; see `lms.web.once`."""

    form_key = HiddenField(
        default=new_form_key,
        validators=[Regexp(r"^[\w-]{22}\Z", message=_l("The form is incomplete. Open the page again."))],
    )

    def validate_form_key(self, field: Field) -> None:
        """Refuse the key of a form that was carried out with other content; the page then holds a new key."""
        if not field.errors and once.is_spent(field.data):
            field.data = new_form_key()
            raise ValidationError(_("This form was already sent. Send it again only if you mean another one."))


class FilterForm(Form):
    """A form that only asks: it is read from the address, needs no token, and shows its defaults until it is used."""

    class Meta(Form.Meta):
        """No token, since nothing is written."""

        csrf = False

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Take the arguments of the address."""
            return formdata if isinstance(formdata, MultiDict) else request.args or None

    def is_submitted(self) -> bool:
        """Tell whether the address asks for anything."""
        return bool(request.args)


class CheckboxesField(SelectMultipleField):
    """A choice of any number of options, drawn as a list of tick boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def kind_of(field: Field) -> str:
    """Return how a field is drawn: hidden, choices, checkbox, select, textarea or input."""
    widget = field.widget
    if isinstance(widget, HiddenInput):
        return "hidden"
    if isinstance(field, RadioField) or (isinstance(field, SelectFieldBase) and not isinstance(widget, Select)):
        return "choices"
    if isinstance(widget, CheckboxInput):
        return "checkbox"
    if isinstance(widget, Select):
        return "select"
    return "textarea" if isinstance(widget, TextArea) else "input"


def _problems_of(fields: Iterable[Field]) -> Iterator[Problem]:
    for field in fields:
        if isinstance(field, FormField):
            yield from _problems_of(field)
        elif isinstance(field, FieldList):
            yield from _problems_of(field)
            yield from (Problem(str(error)) for error in field.errors if not isinstance(error, list | dict))
        elif field.errors:  # the first says enough: what cannot be read is also out of range
            yield _problem(field, str(field.errors[0]))


def _problem(field: Field, message: str) -> Problem:
    """Point at the field, or at the first of its options; a hidden field cannot be pointed at."""
    kind = kind_of(field)
    if kind == "hidden":
        return Problem(message)
    return Problem(message, str(field.label.text), f"{field.id}-0" if kind == "choices" else str(field.id))
