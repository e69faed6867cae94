"""Answers about one person whom the caller has found and may change; routes are the administrator's and the desk's."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from flask import current_app, flash, make_response, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from lms.accounts import actions
from lms.accounts.categories import CATEGORIES
from lms.accounts.models import Person
from lms.accounts.passwords import hash_password, make_password
from lms.accounts.people.forms import LoginsForm, NameForm, PasswordSlipForm, workplace_form
from lms.accounts.queries import find_employment
from lms.centres.forms import centre_choices
from lms.centres.queries import get_centre
from lms.clock import utcnow
from lms.database import db
from lms.web import once
from lms.web.forms import Form
from lms.web.language import current_language


class Way(NamedTuple):
    """Where a page about a person stands: (text, address) of the pages above it, that of the person last."""

    above: Sequence[tuple[str, str]]

    @property
    def back(self) -> str:
        """Return the address of the person's own page."""
        return self.above[-1][1]


def edit(form: Form, way: Way, *, title: str, lead: str, button: str, kind: str | None = None) -> ResponseReturnValue:
    """Show one form about a person; 422 if it came back with something to mend."""
    page = render_template(
        "accounts/edit.html",
        form=form,
        way=way,
        title=title,
        lead=lead,
        button=button,
        kind=kind,
        categories=CATEGORIES if "category" in form else (),
    )
    return page, 422 if form.errors else 200


def rename(person: Person, way: Way) -> ResponseReturnValue:
    """Correct or change a name; the same name again changes nothing."""
    form = NameForm(obj=person)
    if not form.validate_on_submit():
        lead = _("Certificates already issued keep the name as it was. Those issued from now on carry the new one.")
        return edit(form, way, title=_("Change the name"), lead=lead, button=_("Save the name"))
    fields = ("last_name", "first_name", "middle_name")
    names: dict[str, Any] = {name: form[name].data or None for name in fields}
    if any(getattr(person, name) != value for name, value in names.items()):
        actions.rename_person(person, **names, by=current_user, now=utcnow())
        db.session.commit()
    flash(_("The name is saved."), "ok")
    return redirect(way.back, 303)


def change_logins(person: Person, way: Way) -> ResponseReturnValue:
    """Change what a person signs in with; the same again changes nothing."""
    form = LoginsForm(obj=person)
    form.person = person
    if not form.validate_on_submit():
        lead = _("%(name)s signs in with one of these from now on. The password stays.", name=person.full_name)
        return edit(form, way, title=_("Change the logins"), lead=lead, button=_("Save the logins"))
    wanted = form.email.data or None, form.login_name.data or None
    if wanted != (person.email, person.login_name):
        actions.change_logins(person, email=wanted[0], login_name=wanted[1], by=current_user, now=utcnow())
        db.session.commit()
    flash(_("The logins are saved."), "ok")
    return redirect(way.back, 303)


def employ(person: Person, way: Way, *, centres: Iterable[int] | None) -> ResponseReturnValue:
    """Correct or change a workplace, at any centre or at one of those given."""
    form = workplace_form(find_employment(person.id))
    form.centre_id.choices = centre_choices(centres)
    if not form.validate_on_submit():
        lead = _("Courses that the person already takes keep counting where they were counted. New ones count here.")
        return edit(form, way, title=_("Change the workplace"), lead=lead, button=_("Save the workplace"))
    actions.employ(person, **form.workplace(), starts_on=form.starts_on.data, by=current_user, now=utcnow())
    db.session.commit()
    flash(_("The workplace is saved."), "ok")
    return redirect(way.back, 303)


def hand_out_password(person: Person, way: Way) -> ResponseReturnValue:
    """Make a new password and show it once on a slip; sent again, the form leads back and makes no other."""
    form = PasswordSlipForm()
    if location := once.replayed(form.form_key.data if form.is_submitted() else None):
        flash(_("The password was shown once and is kept nowhere. If the slip is lost, make a new one."), "warn")
        return redirect(location, 303)
    if not form.validate_on_submit():
        lead = _(
            "The old password stops working at once, and %(name)s is signed out everywhere.", name=person.full_name
        )
        return edit(form, way, title=_("New password slip"), lead=lead, button=_("Make a new password"))
    password = make_password()
    actions.set_password(person, hash_password(password), by=current_user, now=utcnow())
    once.remember(form.form_key.data, way.back)
    db.session.commit()
    return slip(person, password, way)


def slip(person: Person, password: str, way: Way) -> ResponseReturnValue:
    """Show a password that was just made, with all that is needed to sign in; the page is kept by nobody."""
    employment = find_employment(person.id)
    page = render_template(
        "accounts/slip.html",
        person=person,
        password=password,
        way=way,
        address=current_app.config["LMS"].public_url,
        centre=get_centre(employment.centre_id) if employment else None,
        language=current_language(),
    )
    return make_response(page, 200, {"Cache-Control": "no-store"})
