"""The coordinator's pages on cohorts: the list, the board of one, adding people, moving dates, withdrawing."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_login import current_user

from lms.accounts import scopes
from lms.accounts.people.forms import SearchForm
from lms.accounts.queries import count_people, find_people, list_centres_of, list_people, search_people
from lms.catalogue.queries import get_current
from lms.centres.queries import list_centres
from lms.clock import local_date, utcnow
from lms.database import db
from lms.desk import actions
from lms.desk.board import GROUPS, Group, count, opening_group
from lms.desk.forms import AddForm, CohortForm, EnrolForm, ExtendForm, WithdrawForm
from lms.desk.outlook import split_logins
from lms.desk.queries import course_titles, list_board, list_candidates
from lms.enrolments.actions import create_cohort
from lms.enrolments.models import Cohort
from lms.enrolments.queries import CohortMember, count_cohorts, count_members, get_cohort, list_cohorts, list_members
from lms.permissions import Permission
from lms.web import once
from lms.web.access import reads_only, requires
from lms.web.intake import read_id
from lms.web.language import current_language
from lms.web.navigation import Section, add

bp = Blueprint("desk", __name__, template_folder="templates", url_prefix="/centre")
add(bp, Section(_l("My centre"), "desk.centre", order=50))
# The administrator's pages of roles lie below the catalogue, and must name courses all the same.
bp.record(lambda _state: scopes.register_courses(course_titles))

MOST_SHOWN = 200  # people to tick on one page; beyond that one searches


@bp.get("")
@requires(Permission.MANAGE_COHORTS)
def centre() -> ResponseReturnValue:
    """List the cohorts of the coordinator's centres, each with how far it has come."""
    centres, language = list_centres_of(current_user.id), current_language()
    cohorts = list_cohorts(centres)
    return render_template(
        "desk/centre.html",
        cohorts=cohorts,
        figures=count_cohorts([cohort.id for cohort in cohorts], local_date(utcnow())),
        titles=course_titles(language),
        centres=[term for term in list_centres(language) if term.centre_id in centres],
        people=count_people(centres=centres),
        language=language,
    )


@bp.route("/cohorts/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_COHORTS)
def new_cohort() -> ResponseReturnValue:
    """Open a cohort."""
    form = CohortForm(list_centres_of(current_user.id))
    if location := once.replayed(form.form_key.data if form.is_submitted() else None):
        return redirect(location, 303)
    if not form.validate_on_submit():
        return render_template("desk/new_cohort.html", form=form), 422 if form.errors else 200
    fields = ("centre_id", "course_id", "name", "starts_on", "due_on", "seats")
    opened = create_cohort(**{name: form[name].data for name in fields}, by=current_user, now=utcnow())
    once.remember(form.form_key.data, location := url_for(".cohort", cohort_id=opened.id))
    db.session.commit()
    flash(_("The cohort is open. Now add its people."), "ok")
    return redirect(location, 303)


@bp.get("/cohorts/<int:cohort_id>")
@requires(Permission.MANAGE_COHORTS)
def cohort(cohort_id: int) -> ResponseReturnValue:
    """Show the board of a cohort: who needs help, who is under way, who is done."""
    centres = list_centres_of(current_user.id)
    shown = get_cohort(cohort_id, centres)
    rows = list_board(shown, centres, local_date(utcnow()))
    counts = count(row.taken.standing for row in rows)
    asked = request.args.get("show", "")
    group = Group(asked) if asked in set(Group) else opening_group(counts)
    language = current_language()
    return render_template(
        "desk/cohort.html",
        cohort=shown,
        course=get_current(shown.course_id).title(language),
        rows=[row for row in rows if row.taken.standing.state in GROUPS[group]],
        counts=counts,
        group=group,
        language=language,
    )


@bp.route("/cohorts/<int:cohort_id>/add", methods=["GET", "POST"])
@requires(Permission.MANAGE_COHORTS)
@reads_only
def add_people(cohort_id: int) -> ResponseReturnValue:
    """Choose people to enrol, by ticking or by a list; then show what would happen. Nothing is written here."""
    into = get_cohort(cohort_id, list_centres_of(current_user.id))
    here = frozenset({into.centre_id})
    form, search = AddForm(), SearchForm(request.args)
    if form.validate_on_submit():
        logins = split_logins(form.logins.data or "")
        found = find_people(logins, centres=here)
        chosen = {*_ticked(), *(row.person.id for row in found.values())}
        if unknown := [login for login in logins if login not in found]:
            form.logins.data = "\n".join(unknown)
        if chosen or unknown:
            return _preview(into, chosen, unknown, EnrolForm(formdata=None))
        form.form_errors.append(_("Tick somebody or paste logins."))
    text = search.text.data or "" if search.validate() else ""
    return render_template(
        "desk/add_people.html",
        cohort=into,
        form=form,
        search=search,
        candidates=list_candidates(into, search_people(text, centres=here, limit=MOST_SHOWN)),
        count=count_people(text, centres=here),
        ticked=_ticked(),
        language=current_language(),
    ), 422 if form.errors else 200


def _preview(into: Cohort, chosen: set[int], unknown: list[str], form: EnrolForm) -> ResponseReturnValue:
    """Show what enrolling some people would do, and who of a list was not found at the centre."""
    taken = count_members([into.id]).get(into.id, 0)
    page = render_template(
        "desk/enrol.html",
        cohort=into,
        form=form,
        candidates=list_candidates(into, list_people(chosen, centres=frozenset({into.centre_id}))),
        unknown=unknown,
        seats_left=None if into.seats is None else max(0, into.seats - taken),
        language=current_language(),
    )
    return page, 422 if form.errors else 200


@bp.post("/cohorts/<int:cohort_id>/enrol")
@requires(Permission.MANAGE_COHORTS)
def enrol(cohort_id: int) -> ResponseReturnValue:
    """Enrol the people of a preview: all of them, or none."""
    into, form = get_cohort(cohort_id, list_centres_of(current_user.id)), EnrolForm()
    if location := once.replayed(form.form_key.data):
        return redirect(location, 303)
    if not form.validate_on_submit():
        return _preview(into, set(_ticked()), [], form)
    people = list_people(_ticked(), centres=frozenset({into.centre_id}))
    chosen = [candidate.row.person for candidate in list_candidates(into, people) if candidate.may_change]
    done = actions.enrol_people(into, chosen, by=current_user, now=utcnow())
    once.remember(form.form_key.data, location := url_for(".cohort", cohort_id=cohort_id, show=Group.ALL))
    db.session.commit()
    flash(
        ngettext("%(num)s person is added to the cohort.", "%(num)s people are added to the cohort.", done.added), "ok"
    )
    return redirect(location, 303)


@bp.route("/cohorts/<int:cohort_id>/extend", methods=["GET", "POST"])
@requires(Permission.MANAGE_COHORTS)
def extend(cohort_id: int) -> ResponseReturnValue:
    """Move the due date of the people ticked on the board, with the reason."""
    changed, form = get_cohort(cohort_id, list_centres_of(current_user.id)), ExtendForm()
    if location := once.replayed(form.form_key.data if form.is_submitted() else None):
        return redirect(location, 303)
    members, finished = _chosen_members(cohort_id)
    if not members or not form.validate_on_submit():
        return _confirm("desk/extend.html", changed, members, finished, form)
    now = utcnow()
    actions.extend_members(members, form.due_on.data, reason=form.reason.data, by=current_user, now=now)
    return _finish(form, cohort_id, _("The due date is moved."))


@bp.route("/cohorts/<int:cohort_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.MANAGE_COHORTS)
def withdraw(cohort_id: int) -> ResponseReturnValue:
    """Take the people ticked on the board out of the course, with the reason."""
    changed, form = get_cohort(cohort_id, list_centres_of(current_user.id)), WithdrawForm()
    if location := once.replayed(form.form_key.data if form.is_submitted() else None):
        return redirect(location, 303)
    members, finished = _chosen_members(cohort_id)
    if not members or not form.validate_on_submit():
        return _confirm("desk/withdraw.html", changed, members, finished, form)
    actions.withdraw_members(members, reason=form.reason.data, by=current_user, now=utcnow())
    return _finish(form, cohort_id, _("The people are withdrawn. What they have learned is kept."))


def _chosen_members(cohort_id: int) -> tuple[list[CohortMember], list[CohortMember]]:
    """Return the members ticked on the board: those still to finish, and those whose enrolment is closed."""
    ticked = set(request.args.getlist("who", read_id))
    chosen = [member for member in list_members(cohort_id) if member.enrolled.enrolment.id in ticked]
    return [m for m in chosen if m.enrolled.is_open], [m for m in chosen if not m.enrolled.is_open]


def _confirm(
    template: str,
    changed: Cohort,
    members: list[CohortMember],
    finished: list[CohortMember],
    form: ExtendForm | WithdrawForm,
) -> ResponseReturnValue:
    """Ask for the reason; if nobody who can be changed was ticked, lead back to the board."""
    if not members:
        flash(_("Tick people who have not finished yet."), "warn")
        return redirect(url_for(".cohort", cohort_id=changed.id), 303)
    page = render_template(template, cohort=changed, members=members, finished=finished, form=form)
    return page, 422 if form.errors else 200


def _finish(form: ExtendForm | WithdrawForm, cohort_id: int, message: str) -> ResponseReturnValue:
    """Commit what a confirmed form has done, once, and lead back to the board."""
    once.remember(form.form_key.data, location := url_for(".cohort", cohort_id=cohort_id, show=Group.ALL))
    db.session.commit()
    flash(message, "ok")
    return redirect(location, 303)


def _ticked() -> list[int]:
    """Return the ids of the people ticked in the posted form."""
    return request.form.getlist("who", read_id)
