"""What is taken from an address or a form: ids that a row can have, and texts that a database can hold."""

import re
from typing import Any

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter

from lms.errors import NotFound

BIGGEST = 2**63 - 1  # what a column of ids holds
ID = re.compile(r"[0-9]{1,19}")
ZERO = "\0"  # PostgreSQL holds no text with it, and no browser sends it


class IdConverter(IntegerConverter):
    """A whole number in a path; one that no row can have leads nowhere."""

    regex = ID.pattern

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **({"max": BIGGEST} | options))


def read_id(text: str) -> int:
    """Return the id that a field holds; raise ValueError for anything that no row can have."""
    if not ID.fullmatch(text) or not 1 <= (number := int(text)) <= BIGGEST:
        raise ValueError("This is no id.")
    return number


def init_app(app: Flask) -> None:
    """Refuse what cannot be read before anything looks at it; comes before the first address is registered."""
    app.url_map.converters["int"] = IdConverter
    app.before_request(refuse_zero_bytes)


def refuse_zero_bytes() -> None:
    """Answer 404 to a path, and 400 to a query or a form, with a byte that no text has."""
    if ZERO in request.path:
        raise NotFound
    for sent in (request.args, request.form):
        if any(ZERO in name or ZERO in value for name, value in sent.items(multi=True)):
            abort(400)
