"""Pages on which the administrator opens accounts, corrects them, and gives and ends roles."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from lms.accounts import actions
from lms.accounts.admin.forms import GRANT_FORMS
from lms.accounts.admin.queries import find_held, list_held
from lms.accounts.passwords import make_password
from lms.accounts.people import views as people_views
from lms.accounts.people.forms import NewPersonForm, ReasonForm, SearchForm
from lms.accounts.people.views import Way, edit, slip
from lms.accounts.queries import count_holders, count_people, get_person_row, search_people
from lms.accounts.roles import ROLES
from lms.centres.queries import list_centres, list_state_bodies
from lms.clock import utcnow
from lms.database import db
from lms.errors import DomainError, NotFound
from lms.languages import LANGUAGE_NAMES
from lms.permissions import Permission, Role
from lms.web import once
from lms.web.access import requires
from lms.web.language import current_language
from lms.web.navigation import Section, add

bp = Blueprint("admin", __name__, template_folder="templates", url_prefix="/admin")
add(bp, Section(_l("Administration"), "admin.overview", order=90))

PEOPLE_A_PAGE = 50


class OwnWayIn(DomainError):
    """An administrator cannot close the door behind which they stand."""


@bp.get("")
@requires(Permission.ADMINISTER)
def overview() -> ResponseReturnValue:
    """Show how much there is of everything that is administered, and lead to it."""
    language = current_language()
    return render_template(
        "admin/overview.html",
        people=count_people(),
        centres=len(list_centres(language)),
        state_bodies=len(list_state_bodies(language)),
        holders=count_holders(),
        roles=ROLES,
    )


@bp.get("/people")
@requires(Permission.ADMINISTER)
def people() -> ResponseReturnValue:
    """List the people with an account, and search among them."""
    form = SearchForm(request.args)
    text = form.text.data or "" if form.validate() else ""
    count = count_people(text)
    last = max(1, -(-count // PEOPLE_A_PAGE))
    page = min(max(1, request.args.get("page", 1, int)), last)
    return render_template(
        "admin/people.html",
        form=form,
        text=text,
        rows=search_people(text, limit=PEOPLE_A_PAGE, offset=(page - 1) * PEOPLE_A_PAGE),
        count=count,
        page=page,
        last=last,
        language=current_language(),
    )


@bp.route("/people/new", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def new_person() -> ResponseReturnValue:
    """Open an account, and show its password once."""
    form = NewPersonForm(language=current_language())
    if location := once.replayed(form.form_key.data if form.is_submitted() else None):
        flash(_("This account is open already. Its password was shown once: if it is lost, make a new slip."), "warn")
        return redirect(location, 303)
    if not form.validate_on_submit():
        return render_template("admin/new_person.html", form=form), 422 if form.errors else 200
    password = make_password()
    person = actions.create_person(**form.account(), password=password, by=current_user, now=utcnow())
    way = _way(person.id, person.full_name)
    once.remember(form.form_key.data, way.back)
    db.session.commit()
    return slip(person, password, way)


@bp.get("/people/<int:person_id>")
@requires(Permission.ADMINISTER)
def person(person_id: int) -> ResponseReturnValue:
    """Show a person: account, workplace, roles, and what can be done."""
    language = current_language()
    return render_template(
        "admin/person.html",
        row=get_person_row(person_id),
        held=list_held(person_id, language),
        roles=ROLES,
        language=language,
        language_names=LANGUAGE_NAMES,
    )


@bp.route("/people/<int:person_id>/name", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def rename(person_id: int) -> ResponseReturnValue:
    """Correct or change a name."""
    row = get_person_row(person_id)
    return people_views.rename(row.person, _way(person_id, row.person.full_name))


@bp.route("/people/<int:person_id>/workplace", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def employ(person_id: int) -> ResponseReturnValue:
    """Correct or change a workplace."""
    row = get_person_row(person_id)
    return people_views.employ(row.person, _way(person_id, row.person.full_name), centres=None)


@bp.route("/people/<int:person_id>/password", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def password(person_id: int) -> ResponseReturnValue:
    """Make a new password, and show it once."""
    row = get_person_row(person_id)
    return people_views.hand_out_password(row.person, _way(person_id, row.person.full_name))


@bp.route("/people/<int:person_id>/logins", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def logins(person_id: int) -> ResponseReturnValue:
    """Change what a person signs in with."""
    row = get_person_row(person_id)
    return people_views.change_logins(row.person, _way(person_id, row.person.full_name))


@bp.route("/people/<int:person_id>/suspend", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def suspend(person_id: int) -> ResponseReturnValue:
    """Close an account, with the reason; closed twice is closed once."""
    closed = get_person_row(person_id).person
    way, form = _way(person_id, closed.full_name), ReasonForm()
    if not form.validate_on_submit():
        lead = _("%(name)s cannot sign in until the account is restored. Nothing is deleted.", name=closed.full_name)
        return edit(form, way, title=_("Suspend the account"), lead=lead, button=_("Suspend"), kind="danger")
    if person_id == current_user.id:
        raise OwnWayIn(_("You cannot suspend your own account. Ask another administrator."))
    if closed.suspended_at is None:
        actions.suspend(closed, reason=form.reason.data, by=current_user, now=utcnow())
        db.session.commit()
    flash(_("The account is suspended."), "ok")
    return redirect(way.back, 303)


@bp.route("/people/<int:person_id>/restore", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def restore(person_id: int) -> ResponseReturnValue:
    """Open a suspended account again, with the reason."""
    opened = get_person_row(person_id).person
    way, form = _way(person_id, opened.full_name), ReasonForm()
    if not form.validate_on_submit():
        lead = _("%(name)s can sign in again, with the same password and roles as before.", name=opened.full_name)
        return edit(form, way, title=_("Restore the account"), lead=lead, button=_("Restore"))
    if opened.suspended_at is not None:
        actions.restore(opened, reason=form.reason.data, by=current_user, now=utcnow())
        db.session.commit()
    flash(_("The account is open again."), "ok")
    return redirect(way.back, 303)


@bp.route("/people/<int:person_id>/grants/<role>", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def grant(person_id: int, role: str) -> ResponseReturnValue:
    """Give a role, with the scope that fits it and the reason; the same again is one grant."""
    if role not in set(Role):
        raise NotFound
    given, holder = Role(role), get_person_row(person_id).person
    way, form = _way(person_id, holder.full_name), GRANT_FORMS[given]()
    if not form.validate_on_submit():
        title = _("Give a role: %(role)s", role=ROLES[given].name)
        return edit(form, way, title=title, lead=str(ROLES[given].meaning), button=_("Give the role"))
    actions.grant(holder, given, **form.scope(), reason=form.reason.data, by=current_user, now=utcnow())
    db.session.commit()
    flash(_("The role is given."), "ok")
    return redirect(way.back, 303)


@bp.route("/people/<int:person_id>/grants/<int:grant_id>/end", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def end_grant(person_id: int, grant_id: int) -> ResponseReturnValue:
    """Take a role back, with the reason; ended twice is ended once."""
    way, form = _way(person_id, get_person_row(person_id).person.full_name), ReasonForm()
    if (held := find_held(person_id, grant_id, current_language())) is None:
        flash(_("This role has ended already."))
        return redirect(way.back, 303)
    if not form.validate_on_submit():
        lead = f"{ROLES[held.role].name}: {held.scope}" if held.scope else str(ROLES[held.role].name)
        return edit(form, way, title=_("End a role"), lead=lead, button=_("End the role"), kind="danger")
    if person_id == current_user.id and held.role is Role.ADMINISTRATOR:
        raise OwnWayIn(_("You cannot end your own role of administrator. Ask another administrator."))
    actions.end_grant(held.grant, reason=form.reason.data, by=current_user, now=utcnow())
    db.session.commit()
    flash(_("The role is ended."), "ok")
    return redirect(way.back, 303)


def _way(person_id: int, name: str) -> Way:
    above = [(_("Administration"), url_for("admin.overview")), (_("People"), url_for("admin.people"))]
    return Way([*above, (name, url_for("admin.person", person_id=person_id))])
