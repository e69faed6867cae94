"""What is written about a report: a receipt of each file, and its entry in the ledger."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import rfc8785
from sqlalchemy.orm import Session

from lms.accounts.models import Person
from lms.ledger.actions import record
from lms.ledger.actor import System
from lms.reports.files import FileFormat, Separator
from lms.reports.models import Receipt
from lms.reports.tables import Report
from lms.web.logging import UNMISTAKABLE


@dataclass(frozen=True, slots=True)
class Download:
    """A file about to be made; its number is known before its first byte, its digest after the last."""

    number: str
    report: Report
    kind: FileFormat
    separator: Separator
    asked_at: datetime

    @property
    def document(self) -> dict[str, Any]:
        """Return everything that the bytes of the file depend on beside the head, as a receipt keeps it."""
        document = {"choice": self.report.choice.arguments(), "language": self.report.language}
        if self.kind is FileFormat.CSV:
            document["separator"] = self.separator.value
        return document | {"scope": self.report.scope}

    @property
    def file_name(self) -> str:
        """Return a name by which the file finds its receipt again."""
        return f"completions-{self.number}.{self.kind}"


def prepare(report: Report, kind: FileFormat, separator: Separator, *, now: datetime) -> Download:
    """Give a file that is about to be made its number."""
    letters = "".join(secrets.choice(UNMISTAKABLE) for _place in range(8))
    return Download(f"R-{letters[:4]}-{letters[4:]}", report, kind, separator, now)


def keep_receipt(download: Download, digest: bytes, *, by: Person | System, now: datetime, session: Session) -> Receipt:
    """Write down what was handed out, under the SHA-256 digest of its bytes."""
    report = download.report
    receipt = Receipt(
        number=download.number,
        person_id=by.id if isinstance(by, Person) else None,
        report="completions",
        filter=rfc8785.dumps(download.document).decode(),
        format=download.kind.value,
        head_size=report.moment.size,
        asked_at=download.asked_at,
        made_at=now,
        rows=len(report.lines),
        digest=digest,
    )
    session.add(receipt)
    facts = {
        "report": receipt.report,
        "filter": download.document,
        "format": receipt.format,
        "head": receipt.head_size,
        "rows": receipt.rows,
        "sha256": digest.hex(),
    }
    record("report downloaded", f"receipt:{receipt.number}", by=by.pseudonym, facts=facts, now=now, session=session)
    session.flush()
    return receipt
