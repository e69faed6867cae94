"""The administrator's pages on centres and state bodies."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from lms.centres import actions
from lms.centres.forms import CentreForm, NewCentreForm, NewStateBodyForm, StateBodyForm
from lms.centres.levels import LEVELS, grow
from lms.centres.queries import get_centre, get_state_body, list_centres, list_regions, list_state_bodies
from lms.clock import utcnow
from lms.database import db
from lms.languages import sort_key
from lms.permissions import Permission
from lms.web import once
from lms.web.access import requires
from lms.web.language import current_language

bp = Blueprint("centres", __name__, template_folder="templates", url_prefix="/admin")

BODIES_A_PAGE = 100


@bp.get("/centres")
@requires(Permission.ADMINISTER)
def centres() -> ResponseReturnValue:
    """List the retraining centres."""
    language = current_language()
    return render_template(
        "centres/centres.html", centres=list_centres(language), regions=_region_names(), language=language
    )


@bp.route("/centres/new", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def new_centre() -> ResponseReturnValue:
    """Add a centre."""
    form = NewCentreForm()
    if location := once.replayed(form.form_key.data if form.is_submitted() else None):
        return redirect(location, 303)
    if form.validate_on_submit():
        added = actions.create_centre(form.code.data, form.facts(), by=current_user, now=utcnow())
        once.remember(form.form_key.data, location := url_for(".centre", centre_id=added.id))
        db.session.commit()
        flash(_("The centre is added. Now give a coordinator the role for it."), "ok")
        return redirect(location, 303)
    return render_template("centres/new_centre.html", form=form), 422 if form.errors else 200


@bp.route("/centres/<int:centre_id>", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def centre(centre_id: int) -> ResponseReturnValue:
    """Show a centre, and correct or rename it."""
    term = get_centre(centre_id)
    form = CentreForm(obj=term)
    if form.validate_on_submit():
        actions.change_centre(centre_id, form.facts(), by=current_user, now=utcnow())
        db.session.commit()
        flash(_("Saved."), "ok")
        return redirect(url_for(".centre", centre_id=centre_id), 303)
    title = term.name(current_language())
    return render_template("centres/centre.html", form=form, title=title), 422 if form.errors else 200


@bp.get("/state-bodies")
@requires(Permission.ADMINISTER)
def state_bodies() -> ResponseReturnValue:
    """Show the state bodies of the country, or of one region, as a tree."""
    language, region = current_language(), request.args.get("region", "")
    bodies = [body for body in list_state_bodies(language) if region in ("", body.region_code)]
    tree = grow(bodies, lambda body: sort_key(body.name(language)))
    last = max(1, -(-len(tree) // BODIES_A_PAGE))
    page = min(max(1, request.args.get("page", 1, int)), last)
    return render_template(
        "centres/state_bodies.html",
        branches=tree[(page - 1) * BODIES_A_PAGE : page * BODIES_A_PAGE],
        count=len(tree),
        page=page,
        last=last,
        region=region,
        regions=_region_names(),
        levels=LEVELS,
        language=language,
    )


@bp.route("/state-bodies/new", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def new_state_body() -> ResponseReturnValue:
    """Add a state body."""
    form = NewStateBodyForm()
    if location := once.replayed(form.form_key.data if form.is_submitted() else None):
        return redirect(location, 303)
    if form.validate_on_submit():
        added = actions.create_state_body(form.code.data, form.facts(), by=current_user, now=utcnow())
        once.remember(form.form_key.data, location := url_for(".state_body", state_body_id=added.id))
        db.session.commit()
        flash(_("The state body is added."), "ok")
        return redirect(location, 303)
    return render_template("centres/new_state_body.html", form=form), 422 if form.errors else 200


@bp.route("/state-bodies/<int:state_body_id>", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def state_body(state_body_id: int) -> ResponseReturnValue:
    """Show a state body, and correct, rename or move it."""
    term = get_state_body(state_body_id)
    form = StateBodyForm(obj=term)
    form.state_body_id = state_body_id
    if form.validate_on_submit():
        actions.change_state_body(state_body_id, form.facts(), by=current_user, now=utcnow())
        db.session.commit()
        flash(_("Saved."), "ok")
        return redirect(url_for(".state_body", state_body_id=state_body_id), 303)
    title = term.name(current_language())
    return render_template("centres/state_body.html", form=form, title=title), 422 if form.errors else 200


def _region_names() -> dict[str, str]:
    language = current_language()
    return {region.code: region.name(language) for region in list_regions()}
