"""What is due before a report: closing the present moment, since only a sealed head is one."""

import structlog
from sqlalchemy.exc import OperationalError

from lms.database import db
from lms.ledger.actions import ClockJumped
from lms.ledger.jobs import seal_waiting
from lms.ledger.queries import has_unsealed

log = structlog.stdlib.get_logger("lms.reports")


def seal_before_report() -> int:
    """Seal what waits, and begin to read anew; return how many heads were made.

    When the database is busy or the clock has jumped, the last head serves: it is a little older, and just as true.
    """
    if not has_unsealed():
        return 0
    db.session.rollback()  # what was read so far would not show the new head, and may stand in its way
    try:
        return seal_waiting()
    except (OperationalError, ClockJumped) as error:
        log.warning("report as of the last head", exc_info=error)
        return 0
