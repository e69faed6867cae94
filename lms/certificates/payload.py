"""What a certificate states, frozen when it is issued: nothing that changes later can change it (pure)."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any, Self

import rfc8785

FORMAT = 1  # of the text that is stored; a reader of the next format still reads this one
_DAYS = ("started_on", "completed_on", "issued_on", "expires_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """The facts of one certificate; texts per language are there in all of `lms.languages.LANGUAGES`."""

    number: str
    holder: str  # the full name as it was
    language: str  # in which the course was completed and the document is written
    course: str  # slug
    titles: Mapping[str, str]
    version: int
    digest: str  # of the version
    hours: int  # academic
    started_on: date
    completed_on: date
    score: int | None  # hundredths of a percent
    centres: Mapping[str, str]
    signatory: str
    issued_at: datetime
    issued_on: date  # the day of `issued_at` in Kazakhstan
    expires_on: date | None  # the last day on which it is valid
    site: str
    address: str  # of the public page that checks it

    def to_json(self) -> str:
        """Write the facts as canonical JSON (RFC 8785)."""
        moment = self.issued_at.astimezone(UTC).isoformat(timespec="microseconds")
        facts: dict[str, Any] = {"format": FORMAT, **asdict(self), "issued_at": moment}
        facts |= {name: facts[name] and facts[name].isoformat() for name in _DAYS}
        return rfc8785.dumps(facts).decode()

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read the facts as they were written."""
        facts = json.loads(text)
        del facts["format"]
        facts |= {name: facts[name] and date.fromisoformat(facts[name]) for name in _DAYS}
        return cls(**facts | {"issued_at": datetime.fromisoformat(facts["issued_at"])})

    def printed_texts(self) -> tuple[str, ...]:
        """Return the texts that come from people and stand on the document."""
        return self.holder, self.titles[self.language], self.centres[self.language], self.signatory, self.site
