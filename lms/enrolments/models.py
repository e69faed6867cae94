"""Tables of who takes which course: cohorts, enrolments, their terms, completions."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.database import CURRENT, Base, Code, Id, Known, key, only_one, some


class Cohort(Base):
    """People of one centre taking one course together."""

    __tablename__ = "cohort"

    id: Mapped[Id]
    centre_id: Mapped[int] = key("centre.id", index=True)
    course_id: Mapped[int] = key("course.id")
    name: Mapped[str]
    trainer_id: Mapped[int | None] = key("person.id")
    seats: Mapped[int | None]
    starts_on: Mapped[date]
    due_on: Mapped[date | None]
    archived_at: Mapped[datetime | None]


class Enrolment(Base):
    """One person taking one course for the n-th time; what may change about it lies in its terms."""

    __tablename__ = "enrolment"
    __table_args__ = (
        UniqueConstraint("person_id", "course_id", "edition"),
        CheckConstraint("edition >= 1", name="edition_counts_from_one"),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = key("person.id")
    course_id: Mapped[int] = key("course.id")
    edition: Mapped[int]
    started_at: Mapped[datetime | None]
    recorded_at: Mapped[datetime]


class EnrolmentTerm(Known, Base):
    """Due date, cohort, state and place of an enrolment, as known for a while; what reports count."""

    __tablename__ = "enrolment_term"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'withdrawn', 'exempt')", name="state_known"),
        only_one("uq_enrolment_term_current", "enrolment_id", where=CURRENT),
        some("ix_enrolment_term_cohort", "cohort_id", "enrolment_id", where=CURRENT),
        some("ix_enrolment_term_due", "due_on", "enrolment_id", where=f"{CURRENT} AND state = 'open'"),
        Index(
            "ix_enrolment_term_figures",
            "region_code",
            "course_id",
            "enrolled_on",
            "recorded_at",
            "superseded_at",
            "state",
            "due_on",
            "state_body_id",
            "centre_id",
            "category",
        ),
    )

    id: Mapped[Id]
    enrolment_id: Mapped[int] = key("enrolment.id", index=True)
    course_id: Mapped[int] = key("course.id")
    cohort_id: Mapped[int | None] = key("cohort.id")
    centre_id: Mapped[int] = key("centre.id")
    region_code: Mapped[str] = mapped_column(ForeignKey("region.code"))
    state_body_id: Mapped[int | None] = key("state_body.id")
    category: Mapped[Code]
    enrolled_on: Mapped[date]
    due_on: Mapped[date | None]
    state: Mapped[Code]
    reason: Mapped[str | None]


class Completion(Known, Base):
    """A course completed; written once, voided only by an explicit decision."""

    __tablename__ = "completion"
    __table_args__ = (
        CheckConstraint("score BETWEEN 0 AND 10000", name="score_in_hundredths_of_percent"),
        only_one("uq_completion_of_enrolment", "enrolment_id", where=CURRENT),
        Index(
            "ix_completion_figures",
            "region_code",
            "course_id",
            "completed_on",
            "recorded_at",
            "superseded_at",
            "enrolled_on",
            "due_on",
            "score",
            "hours",
            "days",
            "attempts",
            "state_body_id",
            "centre_id",
            "category",
        ),
    )

    id: Mapped[Id]
    enrolment_id: Mapped[int] = key("enrolment.id")
    course_id: Mapped[int] = key("course.id")
    version_id: Mapped[int | None] = key("course_version.id")
    enrolled_on: Mapped[date]
    due_on: Mapped[date | None]
    completed_at: Mapped[datetime]
    completed_on: Mapped[date]
    language: Mapped[Code]
    score: Mapped[int | None]
    hours: Mapped[int]
    days: Mapped[int]
    attempts: Mapped[int | None]
    centre_id: Mapped[int] = key("centre.id")
    region_code: Mapped[str] = mapped_column(ForeignKey("region.code"))
    state_body_id: Mapped[int | None] = key("state_body.id")
    category: Mapped[Code]
    evidence_digest: Mapped[str | None] = mapped_column(ForeignKey("stored_file.digest"))
