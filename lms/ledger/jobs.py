"""What is due in the ledger: sealing."""

from lms.clock import utcnow
from lms.database import writing
from lms.ledger.actions import BATCH, seal


def seal_waiting() -> int:
    """Seal every entry that waits, in transactions of their own; return how many heads were made."""
    made = 0
    while True:
        with writing() as session:
            head = seal(session, now=utcnow())
            if head is None:
                return made
        made += 1
        if made * BATCH > 10_000_000:  # a bound: writers may add entries as fast as they are sealed
            return made
