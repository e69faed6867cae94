"""Forms of the learner's path: the button that finishes a lesson."""

from wtforms import HiddenField

from lms.web.forms import Form


class DoneForm(Form):
    """The end of a lesson; `opened` is when and on which version it was opened, signed."""

    opened = HiddenField()
