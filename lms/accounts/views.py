"""Pages of signing in and of one's own account."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from lms.accounts import actions, sign_in
from lms.accounts.devices import describe
from lms.accounts.forms import LanguageForm, PasswordForm, SignInForm
from lms.accounts.models import Person
from lms.accounts.passwords import hash_password
from lms.accounts.queries import find_by_login, find_employment, list_sign_ins, token_hash
from lms.centres.queries import get_centre
from lms.clock import utcnow
from lms.database import db
from lms.web import resume
from lms.web.access import public, signed_in
from lms.web.language import current_language
from lms.web.limits import limiter
from lms.web.navigation import Place, Section, add
from lms.web.redirects import safe_path

bp = Blueprint("accounts", __name__, template_folder="templates")
add(bp, Section(_l("My account"), "accounts.account", order=10, place=Place.ACCOUNT))


@bp.route("/sign-in", methods=["GET", "POST"], endpoint="sign_in")
@public
@limiter.limit("600/minute", methods=["POST"])  # many people sit behind one address
def show_sign_in() -> ResponseReturnValue:
    """Sign in, and go on where one wanted to go, or with the form that a lost session left behind."""
    form = SignInForm(next=request.args.get("next", ""))
    if form.validate_on_submit() and (person := _check(form)):
        kept = resume.kept_form()
        sign_in.remember(person, now=utcnow())
        db.session.commit()
        return resume.offer(kept) if kept else redirect(safe_path(form.next.data) or "/my")
    return render_template("accounts/sign_in.html", form=form), 422 if form.errors or form.form_errors else 200


def _check(form: SignInForm) -> Person | None:
    """Return the person whose login and password fit; else say in the form what is wrong."""
    login = form.login.data.lower()
    if not sign_in.GUESSES.take(login):
        form.form_errors.append(_too_many_guesses())
    elif (person := sign_in.fits(find_by_login(login), form.password.data)) is None:
        form.form_errors.append(_("The login or the password is wrong. Check both, and the keyboard's language."))
    else:
        sign_in.GUESSES.forget(login)
        return person
    return None


def _too_many_guesses() -> str:
    return str(_("Too many wrong passwords. Wait %(n)s minutes, then try again.", n=sign_in.GUESSES.minutes))


@bp.post("/sign-out", endpoint="sign_out")
@public
def end_session() -> ResponseReturnValue:
    """Sign out on this device."""
    sign_in.forget(now=utcnow())
    db.session.commit()
    flash(_("You have signed out."))
    return redirect("/")


@bp.get("/account")
@signed_in
def account() -> ResponseReturnValue:
    """Show one's name, workplace, language, password and devices."""
    return _account(LanguageForm(language=current_user.language), PasswordForm())


@bp.post("/account/language")
@signed_in
def change_language() -> ResponseReturnValue:
    """Set the language of the account, and of this session with it."""
    form = LanguageForm()
    if not form.validate_on_submit():
        return _account(form, PasswordForm()), 422
    current_user.language = form.language.data
    db.session.commit()
    return redirect(url_for(".account", lang=form.language.data))


@bp.post("/account/password")
@signed_in
def change_password() -> ResponseReturnValue:
    """Set a new password; every other device is signed out."""
    form = PasswordForm()
    if not form.validate_on_submit():
        return _account(LanguageForm(language=current_user.language), form), 422
    db.session.rollback()  # hashing takes long too: see `sign_in.fits`
    password_hash = hash_password(form.password.data)
    if (person := _prove(form)) is None:
        return _account(LanguageForm(language=current_user.language), form), 422
    now = utcnow()
    actions.set_password(person, password_hash, by=person, now=now)
    sign_in.remember(person, now=now)
    db.session.commit()
    flash(_("The password is changed. Other devices are signed out."), "ok")
    return redirect(url_for(".account"))


def _prove(form: PasswordForm) -> Person | None:
    """Return the reader, locked, if their present password is in the form; else say in the form what is wrong."""
    guessed = f"account {current_user.pseudonym}"
    if not sign_in.GUESSES.take(guessed):
        form.current.errors = [_too_many_guesses()]
    elif (person := sign_in.fits(current_user, form.current.data)) is None:
        form.current.errors = [_("This is not your present password.")]
    else:
        sign_in.GUESSES.forget(guessed)
        return person
    return None


@bp.post("/account/devices")
@signed_in
def sign_out_elsewhere() -> ResponseReturnValue:
    """End every session but this one."""
    person, now = current_user._get_current_object(), utcnow()
    actions.end_sign_ins(person, now=now)
    sign_in.remember(person, now=now)
    db.session.commit()
    flash(_("Other devices are signed out."), "ok")
    return redirect(url_for(".account"))


def _account(language_form: LanguageForm, password_form: PasswordForm) -> str:
    employment = find_employment(current_user.id)
    return render_template(
        "accounts/account.html",
        language_form=language_form,
        password_form=password_form,
        centre=get_centre(employment.centre_id) if employment else None,
        employment=employment,
        language=current_language(),
        sign_ins=list_sign_ins(current_user.id, utcnow()),
        here=token_hash(sign_in.current_token() or ""),
        describe=describe,
    )
