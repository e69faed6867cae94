"""Style, script, fonts and pictures: served under a digest of them all, so that a browser asks for each only once."""

import gzip
import hashlib
import mimetypes
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

import brotli  # type: ignore[import-untyped]
from flask import Flask, Response, abort, current_app, request, url_for

FOLDER = Path(__file__).parent / "static"
KEY = "lms.assets"
FOREVER = "public, max-age=31536000, immutable"
TYPES = {".woff2": "font/woff2", ".js": "text/javascript", ".svg": "image/svg+xml", ".ico": "image/x-icon"}
SQUEEZED = frozenset({".css", ".js", ".svg", ".txt"})


class Assets:
    """The files of `static/`, found once at the start; addresses in the style sheet stay valid under the digest."""

    def __init__(self, folder: Path) -> None:
        self.paths = {str(path.relative_to(folder).as_posix()): path for path in folder.rglob("*") if path.is_file()}

    @cached_property
    def digest(self) -> str:
        """Return one short name for the present state of all files."""
        content = hashlib.sha256()
        for name in sorted(self.paths):
            content.update(f"{name}\n".encode() + self.paths[name].read_bytes())
        return content.hexdigest()[:10]


class Encoded(NamedTuple):
    """A file as it goes over the wire."""

    body: bytes
    etag: str


def init_app(app: Flask) -> None:
    """Find the files, and give templates `static_url`."""
    app.extensions[KEY] = Assets(FOLDER)
    app.jinja_env.globals["static_url"] = static_url


def static_url(name: str) -> str:
    """Return the address of a file of `static/`; raise KeyError if there is no such file."""
    assets = _assets()
    if name not in assets.paths:
        raise KeyError(f"There is no file {name} in {FOLDER}.")
    return url_for("web.static_file", digest=assets.digest, name=name)


def send(name: str, digest: str | None) -> Response:
    """Answer with a file; only the address with the present digest may be kept for ever.

    An older digest, which a page from before an update may still ask for, gets the present file.
    """
    assets = _assets()
    if name not in assets.paths:
        abort(404)
    path = assets.paths[name]
    encoding = request.accept_encodings.best_match(("br", "gzip", "identity"), default="identity")
    coded = _encode(path, path.stat().st_mtime_ns, encoding if path.suffix in SQUEEZED else "identity")
    response = Response(coded.body, mimetype=TYPES.get(path.suffix) or mimetypes.guess_type(name)[0])
    if path.suffix in SQUEEZED:
        response.headers["Vary"] = "Accept-Encoding"
        if encoding != "identity":
            response.headers["Content-Encoding"] = encoding
    is_lasting = digest == assets.digest and current_app.config["LMS"].is_production
    response.headers["Cache-Control"] = FOREVER if is_lasting else "public, no-cache"
    response.set_etag(coded.etag)
    response.make_conditional(request)
    return response


@lru_cache(maxsize=128)
def _encode(path: Path, changed_at: int, encoding: str) -> Encoded:
    """Compress a file as well as it can be, once; a changed file is a new entry."""
    body = path.read_bytes()
    etag = f"{hashlib.sha256(body).hexdigest()[:16]}-{encoding}"
    if encoding == "br":
        return Encoded(brotli.compress(body, mode=brotli.MODE_TEXT), etag)
    return Encoded(gzip.compress(body, 9, mtime=0) if encoding == "gzip" else body, etag)


def _assets() -> Assets:
    assets: Assets = current_app.extensions[KEY]
    return assets
