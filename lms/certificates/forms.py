"""Forms of certificates: the number to check."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from lms.certificates.number import normalise
from lms.web.forms import FilterForm


class NumberForm(FilterForm):
    """The number of a certificate, taken as it is typed and kept as it is printed."""

    number = StringField(
        _l("Number of the certificate"),
        description=_l("Twelve signs under the QR code. Capitals, blanks and dashes do not matter."),
        filters=[lambda text: text and normalise(text)],
        validators=[DataRequired(), Length(max=200)],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
