"""The steps of an attempt: answers as they were saved, of which the last one of each question counts."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import rfc8785

from lms.questions.marking import Answer

PRINT_LENGTH = 32  # hexadecimal digits


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody has put down for one question: the answer, and whether they want to come back to it."""

    answer: Answer
    is_flagged: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One answer as saved."""

    save_key: str
    question: str
    value: str
    saved_at: datetime


def write_given(given: Given) -> str:
    """Return what is kept of an answer: canonical JSON, so that equal answers are equal texts."""
    document = {"answer": given.answer if isinstance(given.answer, str) else list(given.answer)}
    return rfc8785.dumps(document | ({"flag": True} if given.is_flagged else {})).decode()


def read_given(value: str) -> Given:
    """Return what `write_given` wrote."""
    document = json.loads(value)
    return Given(document["answer"], document.get("flag", False))


def latest(steps: Iterable[Step]) -> Mapping[str, Given]:
    """Return the answer to each question that counts: the last one saved. The steps come in the order of saving."""
    values = {step.question: step.value for step in steps}
    return {question: read_given(value) for question, value in values.items()}


def print_of(value: str, *, attempt_id: int, question_id: str, secret: str) -> str:
    """Return a short name of a value, by which a form remembers what it showed.

    A value names options as they are written, which in matching and ordering is the key: without the secret nobody
    can try values until one fits the name, and the same value has another name elsewhere.
    """
    named = rfc8785.dumps(["shown", attempt_id, question_id, value])
    return hmac.new(secret.encode(), named, hashlib.sha256).hexdigest()[:PRINT_LENGTH]


def digest(steps: Iterable[Step]) -> str:
    """Return the SHA-256 over every step of an attempt, which the ledger keeps in place of the answers."""
    rows = [
        [step.save_key, step.question, step.value, step.saved_at.astimezone(UTC).isoformat(timespec="microseconds")]
        for step in steps
    ]
    return hashlib.sha256(rfc8785.dumps(rows)).hexdigest()
