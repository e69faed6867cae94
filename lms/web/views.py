"""The few addresses that belong to no feature: the view switch, files, health."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from lms.database import db
from lms.web import appearance, assets
from lms.web.access import public
from lms.web.redirects import came_from
from lms.web.replies import wants_json

bp = Blueprint("web", __name__, template_folder="templates")

ROBOTS = """User-agent: *
Disallow: /account
Disallow: /admin
Disallow: /attempts/
Disallow: /centre
Disallow: /my
Disallow: /sign-in
Disallow: /studio
Disallow: /verify/
"""


@bp.get("/static/<digest>/<path:name>")
@public
def static_file(digest: str, name: str) -> ResponseReturnValue:
    return assets.send(name, digest)


@bp.get("/favicon.ico")
@public
def favicon() -> ResponseReturnValue:
    return assets.send("favicon.ico", None)


@bp.get("/robots.txt")
@public
def robots() -> ResponseReturnValue:
    return Response(ROBOTS, mimetype="text/plain", headers={"Cache-Control": "public, max-age=86400"})


@bp.post("/view")
@public
def view() -> ResponseReturnValue:
    if wants_json():
        return appearance.keep(Response(status=204), request.form)
    return appearance.keep(Response(status=303, headers={"Location": came_from() or "/"}), request.form)


@bp.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    return Response("ok\n", mimetype="text/plain", headers={"Cache-Control": "no-store"})


@bp.get("/readyz")
@public
def readyz() -> ResponseReturnValue:
    db.session.execute(text("SELECT 1"))
    return Response("ready\n", mimetype="text/plain", headers={"Cache-Control": "no-store"})
