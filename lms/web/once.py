"""Forms carried out once: a double click or a replayed POST is answered with the first result.

For acts that have no natural key of their own. The view asks `replayed` first, and calls `remember` before it commits.
"""

from sqlalchemy import func, select

from lms.clock import utcnow
from lms.database import db
from lms.web.models import PostedForm


def replayed(key: str | None) -> str | None:
    """Return where the form with this key led when it was carried out; None if it never was.

    A second request with the same key waits here until the first one ends: PostgreSQL by a lock on the key, SQLite
    because its writing transactions follow one another anyway.
    """
    if not key:
        return None
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))
    return db.session.scalar(select(PostedForm.location).where(PostedForm.key == key))


def remember(key: str | None, location: str) -> None:
    """Note, in the transaction of the act itself, where the form with this key leads."""
    if key:
        db.session.add(PostedForm(key=key, location=location, posted_at=utcnow()))
