"""Forms carried out once: a double click or a replayed POST is answered with the first result.

For acts that have no natural key of their own. The view asks `replayed` first, and calls `remember` before it commits.
What carries the key of another form, such as the same page filled in anew after going back, is refused by OnceForm.
"""

import hashlib
import json

from flask import request
from sqlalchemy import func, select

from lms.clock import utcnow
from lms.database import db
from lms.web.models import PostedForm
from lms.web.redirects import here
from lms.web.resume import TECHNICAL


def replayed(key: str | None) -> str | None:
    """Return where the present form led when it was carried out; None if it never was.

    A second request with the same key waits here until the first one ends: PostgreSQL by a lock on the key, SQLite
    because its writing transactions follow one another anyway.
    """
    if not key:
        return None
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))
    posted = _find(key)
    return posted.location if posted and posted.digest == _digest() else None


def is_spent(key: str) -> bool:
    """Tell whether the key belongs to another form, which was carried out."""
    posted = _find(key)
    return posted is not None and posted.digest != _digest()


def remember(key: str | None, location: str) -> None:
    """Note, in the transaction of the act itself, where the present form leads."""
    if key:
        db.session.add(PostedForm(key=key, digest=_digest(), location=location, posted_at=utcnow()))


def _find(key: str) -> PostedForm | None:
    return db.session.scalars(select(PostedForm).where(PostedForm.key == key)).first()


def _digest() -> bytes:
    """Return what tells the present form from others: its address and what was filled in, not who proves to send it."""
    fields = sorted(pair for pair in request.form.items(multi=True) if pair[0] not in TECHNICAL)
    return hashlib.sha256(json.dumps([here(), fields]).encode()).digest()
