"""Every macro with sample data, to look at and for tests of accessibility; outside production only."""

from datetime import UTC, datetime
from fractions import Fraction

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    IntegerField,
    RadioField,
    SearchField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, InputRequired, Length, NumberRange, Optional

from lms.languages import LANGUAGE_NAMES
from lms.web.access import public
from lms.web.forms import CheckboxesField, FilterForm, Form

bp = Blueprint("components", __name__)

SAMPLE_MOMENT = datetime(2026, 11, 22, 9, 2, tzinfo=UTC)


class SampleForm(Form):
    """One field of each kind."""

    name = StringField(
        _l("Family name and first name"),
        [InputRequired()],
        description=_l("As in the identity card: Нұрсұлтанқызы Әйгерім"),
    )
    email = EmailField(_l("E-mail"), [Optional(), Email()], render_kw={"autocomplete": "email"})
    hours = IntegerField(_l("Hours"), [InputRequired(), NumberRange(1, 72)])
    due_on = DateField(_l("Due date"), [Optional()])
    language = RadioField(
        _l("Language of study"),
        choices=[SelectChoice(code, name) for code, name in LANGUAGE_NAMES.items()],
        description=_l("The test may be taken in another language."),
    )
    reminders = CheckboxesField(
        _l("Remind"), choices=[SelectChoice("7", _l("A week before")), SelectChoice("1", _l("A day before"))]
    )
    region = SelectField(
        _l("Region"), choices=[SelectChoice("10", "Абай облысы"), SelectChoice("43", "Қызылорда облысы")]
    )
    reason = TextAreaField(_l("Reason"), [Optional(), Length(max=500)], description=_l("It goes into the ledger."))
    agrees = BooleanField(_l("I have read the rules of the test"), [InputRequired()])


class SampleFilter(FilterForm):
    """Fields in a row."""

    search = SearchField(_l("Search"), [Optional()])
    since = DateField(_l("Since"), [Optional()])
    state = SelectField(
        _l("State"), choices=[SelectChoice("all", _l("All")), SelectChoice("overdue", _l("Overdue"))], default="all"
    )


@bp.route("/components", methods=["GET", "POST"])
@public
def components() -> ResponseReturnValue:
    form = SampleForm(language="kk")
    if form.validate_on_submit():
        flash(str(_l("Saved.")), "ok")
        return redirect(url_for(".components"))
    asked = SampleFilter()
    asked.validate_on_submit()
    return render_template(
        "web/components.html",
        form=form,
        asked=asked,
        at=SAMPLE_MOMENT,
        marks=Fraction(7, 2),
        page=request.args.get("page", 5, int),
    )
