"""Forms of reports: what to count, and which file to check."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Optional, Regexp, ValidationError

from lms.reports.directory import Directory
from lms.reports.figures import Choice, Grouping
from lms.reports.tables import GROUP_NAMES, read_moment
from lms.web.forms import FilterForm

ALL = {
    Grouping.REGION: _l("All regions"),
    Grouping.CENTRE: _l("All centres"),
    Grouping.STATE_BODY: _l("All state bodies"),
    Grouping.COURSE: _l("All courses"),
}


class DayField(DateField):
    """A day; what is none is quoted, since browsers show an empty field instead of it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day, or say what it should look like."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            message = _("“%(text)s” is not a day. Write it like 2026-11-22.", text=" ".join(valuelist))
            raise ValueError(message) from error


class MomentField(StringField):
    """A moment of the past: a day stands for its end. The text is kept as it was typed."""

    moment: datetime | None = None

    def pre_validate(self, form: Any) -> None:
        """Read the moment, or say what it should look like."""
        try:
            self.moment = read_moment(self.data) if self.data else None
        except ValueError as error:
            message = _("“%(text)s” is not a moment. Write it like 2026-11-22 or 2026-11-22 18:30.", text=self.data)
            raise ValidationError(message) from error


def _place(kind: Grouping) -> SelectField:
    """Return a choice of one place by its code; which codes there are is for the query to say, by a 404."""
    return SelectField(GROUP_NAMES[kind], choices=[SelectChoice("", ALL[kind])], validate_choice=False)


class ChoiceForm(FilterForm):
    """What to count: a period, places, a course, what to have rows of, and as of when."""

    from_on = DayField(_l("From"), [Optional()], name="from")
    to_on = DayField(_l("To"), [Optional()], name="to")
    region = _place(Grouping.REGION)
    centre = _place(Grouping.CENTRE)
    state_body = _place(Grouping.STATE_BODY)
    course = _place(Grouping.COURSE)
    as_of = MomentField(_l("As of"), [Optional()], description=_l("Empty: now"))
    by = HiddenField(
        _l("Rows"),
        [AnyOf([kind.value for kind in Grouping], message=_l("There are no rows of this kind."))],
        default=Grouping.REGION.value,
    )

    def validate_to_on(self, field: DateField) -> None:
        """Refuse a period that ends before it begins."""
        if self.from_on.data and field.data and field.data < self.from_on.data:
            raise ValidationError(_("The last day is before the first."))

    def choice(self) -> Choice:
        """Return what the checked form asks for."""
        return Choice(
            from_on=self.from_on.data,
            to_on=self.to_on.data,
            region=self.region.data or None,
            centre=self.centre.data or None,
            state_body=self.state_body.data or None,
            course=self.course.data or None,
            by=Grouping(self.by.data),
        )

    def offer(self, directory: Directory) -> None:
        """Fill in what may be chosen from."""
        for kind, text in ALL.items():
            field = self[kind.value]
            entries = directory.offered(kind, chosen=field.data, region=self.region.data or None)
            field.choices = [SelectChoice("", text), *(SelectChoice(entry.code, entry.name) for entry in entries)]


class DigestForm(FilterForm):
    """The SHA-256 digest of a file at hand."""

    digest = StringField(
        _l("SHA-256 of the file"),
        [InputRequired(), Regexp(r"^[0-9A-Fa-f]{64}\Z", message=_l("A SHA-256 has 64 digits from 0 to 9 and a to f."))],
        description=_l("Windows: certutil -hashfile FILE SHA256. Elsewhere: sha256sum FILE."),
        filters=[lambda text: "".join(text.split()) if text else text],
    )
