"""Tables of attempts, answers and grades."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.database import CURRENT, AppendOnly, Base, BigId, Code, Id, Known, key, only_one, some


class Attempt(Base):
    """One try at one quiz, with the paper as it was put together."""

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "quiz", "number"),
        CheckConstraint("number BETWEEN 1 AND allowed", name="within_the_limit"),
        CheckConstraint("submitted_at >= begun_at", name="submitted_after_begun"),
        only_one("uq_attempt_open", "enrolment_id", "quiz", where="submitted_at IS NULL"),
        some("ix_attempt_to_close", "closes_at", where="submitted_at IS NULL"),
        Index("ix_attempt_statistics", "version_id", "quiz", "number"),
    )

    id: Mapped[Id]
    enrolment_id: Mapped[int] = key("enrolment.id")
    quiz: Mapped[Code]
    number: Mapped[int]
    allowed: Mapped[int]
    version_id: Mapped[int] = key("course_version.id")
    language: Mapped[Code]
    paper: Mapped[str]
    begun_at: Mapped[datetime]
    closes_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]


class Answer(AppendOnly, Base):
    """One answer as saved; the latest of a question counts, and a replayed save is the same answer."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("attempt_id", "save_key"),)

    id: Mapped[Id]
    attempt_id: Mapped[int] = key("attempt.id")
    save_key: Mapped[Code]
    question: Mapped[Code]
    value: Mapped[str]
    saved_at: Mapped[datetime]


class Grade(Known, Base):
    """The marks of one attempt, by the key of its version; marking again supersedes them."""

    __tablename__ = "grade"
    __table_args__ = (
        CheckConstraint("points_over > 0 AND out_of > 0", name="fraction_whole"),
        only_one("uq_grade_current", "attempt_id", where=CURRENT),
    )

    id: Mapped[Id]
    attempt_id: Mapped[int] = key("attempt.id", index=True)
    points: Mapped[int] = mapped_column(BigId)  # denominators multiply: 32 bits are soon too few
    points_over: Mapped[int] = mapped_column(BigId)
    out_of: Mapped[int] = mapped_column(BigId)
    is_passed: Mapped[bool]
    marks: Mapped[str]
