"""The coordinator's pages on people: the list, a new learner, one person, corrections, login slips."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from lms.accounts import actions
from lms.accounts.categories import CATEGORIES
from lms.accounts.models import Person
from lms.accounts.passwords import make_password
from lms.accounts.people import views as people_views
from lms.accounts.people.forms import SearchForm
from lms.accounts.people.views import Way, slip
from lms.accounts.queries import (
    count_people,
    get_person_row,
    is_staff,
    list_centres_of,
    search_people,
)
from lms.clock import local_date, utcnow
from lms.database import db
from lms.desk.actions import enrol_people
from lms.desk.forms import LearnerForm
from lms.desk.queries import list_taken
from lms.enrolments.queries import get_cohort, list_cohorts
from lms.errors import DomainError
from lms.languages import LANGUAGE_NAMES
from lms.permissions import Permission
from lms.web import once
from lms.web.access import requires
from lms.web.language import current_language

bp = Blueprint("learners", __name__, url_prefix="/centre/people")

PEOPLE_A_PAGE = 50


class StaffAccount(DomainError):
    """The account of somebody with a role is not a coordinator's to open, or a centre could take over the agency."""


@bp.get("")
@requires(Permission.MANAGE_COHORTS)
def people() -> ResponseReturnValue:
    """List the people of the coordinator's centres, and search among them."""
    centres, form = list_centres_of(current_user.id), SearchForm(request.args)
    text = form.text.data or "" if form.validate() else ""
    count = count_people(text, centres=centres)
    last = max(1, -(-count // PEOPLE_A_PAGE))
    page = min(max(1, request.args.get("page", 1, int)), last)
    return render_template(
        "desk/people.html",
        form=form,
        text=text,
        rows=search_people(text, centres=centres, limit=PEOPLE_A_PAGE, offset=(page - 1) * PEOPLE_A_PAGE),
        cohorts=len(list_cohorts(centres)),
        count=count,
        page=page,
        last=last,
        language=current_language(),
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_COHORTS)
def new_person() -> ResponseReturnValue:
    """Open an account for a learner, enrol them if asked, and show the password once."""
    centres = list_centres_of(current_user.id)
    form = LearnerForm(
        centres,
        list(list_cohorts(centres)),
        language=current_language(),
        cohort_id=request.args.get("cohort", type=int),
    )
    if location := once.replayed(form.form_key.data if form.is_submitted() else None):
        flash(_("This account is open already. Its password was shown once: if it is lost, make a new slip."), "warn")
        return redirect(location, 303)
    if not form.validate_on_submit():
        return render_template("desk/new_person.html", form=form, categories=CATEGORIES), 422 if form.errors else 200
    password = make_password()
    person = _add(form, centres, password)
    once.remember(form.form_key.data, _way(person).back)
    db.session.commit()
    return slip(person, password, _way(person))


def _add(form: LearnerForm, centres: frozenset[int], password: str) -> Person:
    """Open the account, write down the workplace, and enrol if a cohort is chosen."""
    by, now = current_user, utcnow()
    person = actions.create_person(**form.account(), password=password, by=by, now=now)
    actions.employ(person, **form.workplace(), starts_on=local_date(now), by=by, now=now)
    if form.cohort_id.data:
        enrol_people(get_cohort(form.cohort_id.data, centres), [person], by=by, now=now)
    return person


@bp.get("/<int:person_id>")
@requires(Permission.MANAGE_COHORTS)
def person(person_id: int) -> ResponseReturnValue:
    """Show a person of one of the coordinator's centres, and what they take."""
    row = get_person_row(person_id, centres=list_centres_of(current_user.id))
    return render_template(
        "desk/person.html",
        row=row,
        taken=list_taken(person_id, local_date(utcnow())),
        is_staff=is_staff(person_id),
        language=current_language(),
        language_names=LANGUAGE_NAMES,
    )


@bp.route("/<int:person_id>/name", methods=["GET", "POST"])
@requires(Permission.MANAGE_COHORTS)
def rename(person_id: int) -> ResponseReturnValue:
    """Correct or change a name."""
    row = get_person_row(person_id, centres=list_centres_of(current_user.id))
    return people_views.rename(row.person, _way(row.person))


@bp.route("/<int:person_id>/workplace", methods=["GET", "POST"])
@requires(Permission.MANAGE_COHORTS)
def employ(person_id: int) -> ResponseReturnValue:
    """Correct or change a workplace, within the coordinator's centres."""
    centres = list_centres_of(current_user.id)
    row = get_person_row(person_id, centres=centres)
    return people_views.employ(row.person, _way(row.person), centres=centres)


@bp.route("/<int:person_id>/logins", methods=["GET", "POST"])
@requires(Permission.MANAGE_COHORTS)
def logins(person_id: int) -> ResponseReturnValue:
    """Change what a learner signs in with."""
    learner = _learner(person_id)
    return people_views.change_logins(learner, _way(learner))


@bp.route("/<int:person_id>/password", methods=["GET", "POST"])
@requires(Permission.MANAGE_COHORTS)
def password(person_id: int) -> ResponseReturnValue:
    """Make a new password for a learner, and show it once."""
    learner = _learner(person_id)
    return people_views.hand_out_password(learner, _way(learner))


def _learner(person_id: int) -> Person:
    """Return a person of the coordinator's centres whose account is theirs to open."""
    learner = get_person_row(person_id, centres=list_centres_of(current_user.id)).person
    if is_staff(person_id):
        raise StaffAccount(_("This person has a role of staff. Only an administrator can change how they sign in."))
    return learner


def _way(person: Person) -> Way:
    return Way(
        [
            (_("My centre"), url_for("desk.centre")),
            (_("People"), url_for("learners.people")),
            (person.full_name, url_for("learners.person", person_id=person.id)),
        ]
    )
