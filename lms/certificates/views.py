"""Pages of certificates: the public check, the document, one's own list."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from lms.catalogue.queries import get_version
from lms.certificates import rendering
from lms.certificates.forms import NumberForm
from lms.certificates.number import ALPHABET, LENGTH, find_misprint, normalise
from lms.certificates.queries import find_certificate, get_certificate, list_certificates
from lms.clock import local_date, utcnow
from lms.errors import DomainError
from lms.languages import LANGUAGE_NAMES, in_language
from lms.web.access import public, signed_in
from lms.web.language import current_language
from lms.web.limits import limiter
from lms.web.navigation import Place, Section, add

bp = Blueprint("certificates", __name__, template_folder="templates")
add(bp, Section(_l("Check a certificate"), "certificates.verify", order=80))
add(bp, Section(_l("My certificates"), "certificates.mine", order=20, place=Place.ACCOUNT))

# Who knows a number may see the certificate, so nobody may try out many; people with an account answer for themselves.
guesses = limiter.shared_limit("30/minute", scope="certificates", exempt_when=lambda: current_user.is_authenticated)


class CannotPrint(DomainError):
    """The font of the documents lacks letters of the name."""


@bp.after_request
def keep_out_of_search_engines(response: Response) -> Response:
    """Tell search engines to leave certificates alone, which name people."""
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@bp.get("/verify")
@public
def verify() -> ResponseReturnValue:
    """Ask for the number of a certificate."""
    form = NumberForm()
    if "number" in request.args and form.validate():
        return redirect(url_for(".verdict", number=form.number.data))
    return render_template("certificates/verify.html", form=form), 422 if form.errors else 200


@bp.get("/verify/<number>")
@public
@guesses
def verdict(number: str) -> ResponseReturnValue:
    """Show what a certificate states and whether it may be relied on."""
    number = normalise(number)
    if (issued := find_certificate(number)) is None:
        return _unknown(number), 404
    now = utcnow()
    return render_template(
        "certificates/verdict.html",
        issued=issued,
        payload=issued.payload,
        standing=issued.standing(local_date(now)),
        course=get_version(issued.version_id),
        language=current_language(),
        language_names=LANGUAGE_NAMES,
        in_language=in_language,
        form=NumberForm(),
        now=now,
    )


def _unknown(number: str) -> str:
    signs = number.replace("-", "")
    return render_template(
        "certificates/unknown.html",
        number=number,
        misprint=find_misprint(number),
        count=len(signs),
        length=LENGTH,
        strangers="".join(dict.fromkeys(sign for sign in signs if sign not in ALPHABET)),
        form=NumberForm(),
    )


@bp.get("/certificates/<number>.pdf")
@public
@guesses
def document(number: str) -> ResponseReturnValue:
    """Send the certificate as PDF; one that the reader has already is not made again."""
    certificate = get_certificate(normalise(number)).certificate
    response = Response(mimetype="application/pdf", headers={"Cache-Control": "private, no-cache"})
    response.set_etag(rendering.rendition_tag(certificate.payload, certificate.template))
    response.headers["Content-Disposition"] = f'inline; filename="certificate-{certificate.number}.pdf"'
    if not request.if_none_match.contains(response.get_etag()[0] or ""):
        response.data = _render(certificate.payload, certificate.template)
    return response.make_conditional(request)


def _render(payload: str, template: str) -> bytes:
    try:
        return rendering.render(payload, template)
    except rendering.UnprintableLettersError as error:
        raise CannotPrint(
            _(
                "This certificate cannot be printed: the font has no %(letters)s. Ask your centre to correct the name.",
                letters=", ".join(error.letters),
            )
        ) from error


@bp.get("/my/certificates")
@signed_in
def mine() -> ResponseReturnValue:
    """List one's own certificates."""
    today = local_date(utcnow())
    return render_template(
        "certificates/mine.html",
        certificates=[(issued, issued.standing(today)) for issued in list_certificates(current_user.id)],
        language=current_language(),
        language_names=LANGUAGE_NAMES,
    )
