"""What is due in the ledger: sealing."""

from lms.clock import utcnow
from lms.database import writing
from lms.ledger.actions import seal


def seal_waiting() -> int:
    """Seal every entry that waits, in a transaction of its own; return how many heads were made, one or none."""
    with writing() as session:
        return int(seal(session, now=utcnow()) is not None)
