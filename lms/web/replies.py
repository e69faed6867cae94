"""Answers for scripts: what they asked for, and one sentence of JSON when something is wrong."""

import json
from typing import Any

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lms.errors import DomainError


def wants_json() -> bool:
    """Tell whether a script asks, rather than a person: it accepts JSON before HTML."""
    accepted = request.accept_mimetypes
    return accepted["application/json"] > accepted["text/html"]


def message(text: str, status: int, **facts: Any) -> ResponseReturnValue:
    """Return the one form in which a script is told that something is wrong: `{"message": …}`."""
    return jsonify(message=text, **facts), status


def posted_json() -> dict[str, Any]:
    """Return the JSON object that a script has posted; raise DomainError if it is anything else."""
    body = request.get_json(silent=True)
    if not isinstance(body, dict) or not _is_text(body):
        raise DomainError(_("The request could not be read: it is not a JSON object."))
    return body


def _is_text(body: dict[str, Any]) -> bool:
    """Tell whether every text can be written; JSON can name halves of letters (lone surrogates) that cannot."""
    try:
        return bool(json.dumps(body, ensure_ascii=False).encode())
    except UnicodeEncodeError:
        return False
