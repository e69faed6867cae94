"""Forms of the desk: cohorts, adding people, moving due dates, new learners."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from lms.accounts.people.forms import AccountFields, ReasonForm, WorkplaceFields, reason_field
from lms.catalogue.queries import list_published
from lms.centres.forms import centre_choices, choose, place_id
from lms.clock import local_date, utcnow
from lms.desk.outlook import MOST_LOGINS, split_logins
from lms.enrolments.models import Cohort
from lms.web.forms import Form, OnceForm
from lms.web.language import current_language


def course_choices() -> list[SelectChoice]:
    """Return the courses in which people can be enrolled."""
    language = current_language()
    courses = [SelectChoice(str(course.course_id), course.title(language)) for course in list_published()]
    return courses if len(courses) == 1 else [choose(), *courses]


class CohortForm(OnceForm):
    """A cohort to be opened at one of the coordinator's centres."""

    centre_id = SelectField(_l("Centre"), coerce=place_id, validators=[InputRequired()])
    course_id = SelectField(_l("Course"), coerce=place_id, choices=course_choices, validators=[InputRequired()])
    name = StringField(
        _l("Name of the cohort"),
        description=_l("Short, as you will look for it: 2026-11-A."),
        validators=[InputRequired(), Length(max=80)],
        render_kw={"autocomplete": "off"},
    )
    starts_on = DateField(_l("First day"), validators=[InputRequired()], default=lambda: local_date(utcnow()))
    due_on = DateField(
        _l("Due date"),
        description=_l("The last day to finish. It can be moved for one person."),
        validators=[Optional()],
    )
    seats = IntegerField(_l("Seats"), validators=[Optional(), NumberRange(1, 10_000)])

    def __init__(self, centres: frozenset[int]) -> None:
        super().__init__()
        self.centre_id.choices = centre_choices(centres)

    def validate_due_on(self, field: Field) -> None:
        """Refuse a due date before the first day."""
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_("The due date lies before the first day."))


class AddForm(Form):
    """Logins pasted from a list; people may be ticked beside it."""

    logins = TextAreaField(
        _l("Logins from a list"),
        description=_l("E-mails or login names, one a line. They are looked up first, and nothing is written yet."),
        validators=[Optional(), Length(max=50_000)],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )

    def validate_logins(self, field: Field) -> None:
        """Refuse more logins than can be looked over at once."""
        if len(split_logins(field.data)) > MOST_LOGINS:
            raise ValidationError(_("Paste at most %(n)s logins at once.", n=MOST_LOGINS))


class EnrolForm(OnceForm):
    """The confirmation of a preview."""


class WithdrawForm(OnceForm, ReasonForm):
    """Why people are taken out of a course."""


class ExtendForm(OnceForm):
    """A new due date, and why."""

    due_on = DateField(_l("New due date"), validators=[InputRequired()])
    reason = reason_field()

    def validate_due_on(self, field: Field) -> None:
        """Refuse a day that has passed."""
        if field.data and field.data < local_date(utcnow()):
            raise ValidationError(_("This day has passed already."))


class LearnerForm(AccountFields, WorkplaceFields, OnceForm):
    """A new learner of one of the coordinator's centres, enrolled at once if a cohort is chosen."""

    cohort_id: Any = SelectField(_l("Enrol in a cohort"), coerce=place_id)

    def __init__(self, centres: frozenset[int], cohorts: list[Cohort], **values: Any) -> None:
        super().__init__(**values)
        self._centre_of = {cohort.id: cohort.centre_id for cohort in cohorts}
        self.centre_id.choices = centre_choices(centres)
        self.cohort_id.choices = [
            SelectChoice("", _("Not now")),
            *(SelectChoice(str(cohort.id), cohort.name) for cohort in cohorts),
        ]

    def validate_cohort_id(self, field: Field) -> None:
        """Refuse a cohort of another centre than the learner's."""
        if self._centre_of.get(field.data, self.centre_id.data) != self.centre_id.data:
            raise ValidationError(_("This cohort is one of another centre."))
