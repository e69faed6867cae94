"""What is due in the page machinery: forgetting forms that nobody will send again."""

from datetime import timedelta

from sqlalchemy import delete, select

from lms.clock import utcnow
from lms.database import writing
from lms.web.models import PostedForm

KEPT_FOR = timedelta(days=7)
BATCH = 1000


def forget_posted_forms() -> int:
    """Delete the keys of forms carried out more than a week ago, a batch at a time; return how many."""
    with writing() as session:
        old = session.scalars(
            select(PostedForm.key).where(PostedForm.posted_at < utcnow() - KEPT_FOR).limit(BATCH)
        ).all()
        session.execute(delete(PostedForm).where(PostedForm.key.in_(old)))
    return len(old)
