"""Forms: problems are said in plain words and linked to, what was typed stays, and texts are tidied."""

import pytest
from flask import g
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, FormField, IntegerField, PasswordField, StringField, TextAreaField
from wtforms.validators import Email, InputRequired, Length, NumberRange, Optional

from lms.web.components import SampleForm
from lms.web.forms import Form, Problem, kind_of


class AddressForm(Form):
    street = StringField("Street", [InputRequired()])


class EveryForm(Form):
    name = StringField("Name", [Length(min=3, max=5)])
    town = StringField("Town", [Optional(), Length(min=3), Length(max=6)])
    email = StringField("E-mail", [Email()])
    hours = IntegerField("Hours", [NumberRange(1, 72)])
    secret = PasswordField("Password")
    essay = TextAreaField("Essay")
    home = FormField(AddressForm)
    towns = FieldList(StringField("Town", [InputRequired()]), max_entries=2)


@pytest.fixture
def fill(app):
    """Return a function that fills the form in, as a POST would."""

    def fill(**values):
        with app.test_request_context("/", method="POST", headers={"Accept-Language": "en"}):
            g.csrf_valid = True
            form = EveryForm(MultiDict({"home-street": "Abai", **values}))
            form.validate()
            return form, form.problems()

    return fill


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", "abcdef", "Write 3 to 5 characters."),
        ("town", "ab", "Write at least 3 characters."),
        ("town", "abcdefg", "Write no more than 6 characters."),
        ("email", "nobody", "This is not an e-mail address. It looks like name@example.kz."),
        ("hours", "many", "Write a whole number."),
        ("hours", "100", "The number must be between 1 and 72."),
        ("home-street", " ", "Fill in this field."),
        ("towns-0", "", "Fill in this field."),
    ],
)
def test_a_problem_is_said_in_our_own_words_and_points_at_its_field(field, value, message, fill):
    _, problems = fill(**{"name": "Abai", "email": "a@example.kz", "hours": "8", field: value})

    assert [(problem.message, problem.anchor) for problem in problems] == [(message, field)]


def test_one_line_is_tidied_while_passwords_and_long_texts_stay_as_they_are(fill):
    form, _ = fill(name="  Абаи\u0306  ", secret=" two blanks ", essay="  indented\n")

    assert form.name.data == "Абай"
    assert form.secret.data == " two blanks "
    assert form.essay.data == "  indented\n"


def test_a_refused_form_keeps_what_was_typed_and_lists_what_to_mend(browser):
    page = browser.send("/components", {"name": "Әйгерім", "hours": "a", "region": "10", "language": "kk"})

    assert page.one("input", id="name").get("value") == "Әйгерім"
    assert page.one("input", id="hours").get("aria-invalid") == "true"
    summary = page.one("div", id="errors")
    assert [(a.get("href"), a.text) for a in summary.iter("a")] == [
        ("#hours", "Hours: Write a whole number."),
        ("#agrees", "I have read the rules of the test: Fill in this field."),
    ]


def test_a_problem_with_options_points_at_the_first_of_them(browser):
    page = browser.send("/components", {"name": "Ә", "hours": "8", "region": "10", "agrees": "y", "language": "fr"})

    assert page.links()["Language of study: Choose one of the options."] == "#language-0"


def test_an_accepted_form_leads_on_and_says_so(browser):
    page = browser.send("/components", {"name": "Ә", "hours": "8", "region": "10", "agrees": "y", "language": "kk"})

    assert page.one("div", role="status").get("data-kind") == "ok"
    assert "Saved." in page.text


def test_a_form_that_asks_is_read_from_the_address(browser):
    page = browser.open("/components?search=%20abai&state=overdue&page=3")

    assert page.one("input", id="search").get("value") == "abai"
    assert [option.text for option in page.all("option", selected="") if option.get("value")] == ["Overdue"]


def test_a_form_that_asks_shows_its_defaults_and_says_what_it_cannot_read(browser):
    assert browser.open("/components").one("option", value="all").get("selected") is not None
    assert browser.open("/components?since=someday").links()["Since: Write a date: day, month, year."] == "#since"


def test_a_problem_of_the_form_as_a_whole_points_nowhere(app):
    with app.test_request_context("/"):
        form = AddressForm()
        form.form_errors.append("The login or the password is wrong.")

        assert form.problems() == [Problem("The login or the password is wrong.")]


def test_how_a_field_is_drawn_follows_from_its_kind(app):
    with app.test_request_context("/"):
        kinds = {field.name: kind_of(field) for field in SampleForm()}

    assert kinds == {
        "name": "input", "email": "input", "hours": "input", "due_on": "input", "language": "choices",
        "reminders": "choices", "region": "select", "reason": "textarea", "agrees": "checkbox", "csrf_token": "hidden",
    }  # fmt: skip
