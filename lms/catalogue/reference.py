"""Read the acts and terms that a version of a course uses, as its archive keeps them (pure)."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from lms.catalogue.course import Law, Term


def read_laws(document: bytes) -> dict[str, Law]:
    """Read the laws of a version, by the ids of the acts."""
    return {law_id: _law(law_id, entry) for law_id, entry in json.loads(document).items()}


def read_terms(document: bytes) -> dict[str, Term]:
    """Read the glossary of a version, by the ids of the terms."""
    return {term_id: _term(term_id, entry) for term_id, entry in json.loads(document).items()}


def _law(law_id: str, entry: Mapping[str, Any]) -> Law:
    until = entry.get("until")
    return Law(
        id=law_id,
        title=entry["title"],
        number=entry["number"],
        date=date.fromisoformat(entry["date"]),
        url=entry["url"],
        until=date.fromisoformat(until) if until else None,
    )


def _term(term_id: str, entry: Mapping[str, Any]) -> Term:
    return Term(term_id, entry["term"], entry["definition"], _addresses(entry.get("basis") or ()))


def _addresses(basis: str | Iterable[str]) -> tuple[str, ...]:
    return tuple(part.strip() for part in basis.split(",")) if isinstance(basis, str) else tuple(basis)
