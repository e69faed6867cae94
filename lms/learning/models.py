"""Tables of a learner's progress."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from lms.database import Base, Code, key


class Progress(Base):
    """How far one enrolment has come with one lesson or quiz."""

    __tablename__ = "progress"

    enrolment_id: Mapped[int] = key("enrolment.id", primary_key=True)
    unit: Mapped[Code] = mapped_column(primary_key=True)
    version_number: Mapped[int]
    language: Mapped[Code]
    begun_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    seconds: Mapped[int | None]
    score: Mapped[int | None]
