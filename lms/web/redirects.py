"""Where a reader may be sent: only to a path on this site."""

import re
from urllib.parse import quote, unquote, urlencode, urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException

_BLANKS_AND_CONTROLS = re.compile(r"[\x00-\x20\x7f\\]")


def safe_path(target: str | None) -> str | None:
    """Return `target` if it is a path on this site, else None.

    Browsers read a backslash as a slash and drop tabs and line ends: `/\\host` and `/<tab>/host` leave the site.
    """
    if not target or not target.startswith("/") or target.startswith("//") or _BLANKS_AND_CONTROLS.search(target):
        return None
    return target


def came_from() -> str | None:
    """Return the path and query of the page that the reader came from, if it is one of this site and can be opened.

    The answer to a form may stand at an address that only takes forms: nobody can be led back there.
    """
    try:
        referrer = urlsplit(request.referrer or "")
    except ValueError:
        return None
    if referrer.netloc != request.host or not _can_be_opened(referrer.path):
        return None
    return safe_path(f"{referrer.path}?{referrer.query}" if referrer.query else referrer.path)


def _can_be_opened(path: str) -> bool:
    adapter = current_app.create_url_adapter(request)
    try:
        return adapter is not None and bool(adapter.match(unquote(path), method="GET"))
    except HTTPException:
        return False


def here() -> str:
    """Return the path and query of the present request."""
    query = request.query_string.decode("ascii", "ignore")
    path = request.root_path + request.path
    return f"{path}?{query}" if query else path


def here_with(**arguments: object) -> str:
    """Return the address of the present page with some arguments of its query set anew."""
    path = safe_path(quote(request.root_path + request.path)) or "/"
    others = [(name, value) for name, value in request.args.items(multi=True) if name not in arguments]
    return f"{path}?{urlencode([*others, *arguments.items()])}"


def is_from_this_site() -> bool:
    """Tell whether the browser says that the request comes from a page of ours; silence counts as no."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    return request.headers.get("Origin") == request.host_url.rstrip("/")
