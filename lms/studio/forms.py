"""Forms of the studio: publishing a version."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Regexp

from lms.studio.folders import Folder
from lms.studio.impact import Impact
from lms.web.forms import Form

CHANGES = {
    "editorial": _l("Editorial"),
    "substantive": _l("Substantive"),
    "invalidating": _l("Earlier training no longer counts"),
}


class PublishForm(Form):
    """What kind of change it is, and a note; hidden, what the impact was worked out from."""

    change = RadioField(
        _l("What kind of change is this?"),
        choices=[SelectChoice(kind, label) for kind, label in CHANGES.items()],
        validators=[InputRequired()],
    )
    note = TextAreaField(
        _l("What has changed"),
        description=_l("One or two sentences. They stay with the version in its list and in the ledger."),
        validators=[InputRequired(), Length(max=500)],
        render_kw={"rows": 3},
    )
    fingerprint = HiddenField()  # of the files that were shown
    expected = HiddenField(validators=[Regexp(r"^[0-9]{1,9}\Z")])  # number of the version they were compared with

    def offer(self, impact: Impact, folder: Folder) -> None:
        """Offer the kinds of change that fit, and remember what is shown."""
        self.change.choices = [SelectChoice(kind, CHANGES[kind]) for kind in impact.allowed]
        if self.change.data not in impact.allowed:
            self.change.data = impact.allowed[0]
        self.fingerprint.data = folder.fingerprint()
        self.expected.data = str(impact.number - 1)

    def is_about(self, folder: Folder) -> bool:
        """Say whether the files are still those that were shown; if not, say so in the form."""
        if self.fingerprint.data == folder.fingerprint():
            return True
        self.form_errors.append(_("The files have changed since this page was opened. Here is what they change now."))
        return False
