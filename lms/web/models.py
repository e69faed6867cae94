"""Tables of the page machinery: forms already carried out."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from lms.database import Base


class PostedForm(Base):
    """A form already carried out, so that a replayed POST is answered with the first result."""

    __tablename__ = "posted_form"

    key: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[bytes]  # of what was posted: another form with the same key is another act
    location: Mapped[str]
    posted_at: Mapped[datetime] = mapped_column(index=True)
