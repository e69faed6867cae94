"""Tables of courses as published."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.database import AppendOnly, Base, Code, Id, key, some


class Course(Base):
    """A course, known by its slug."""

    __tablename__ = "course"

    id: Mapped[Id]
    slug: Mapped[Code] = mapped_column(unique=True)
    retired_at: Mapped[datetime | None]


class CourseVersion(AppendOnly, Base):
    """A published version: `files` is canonical JSON {path: digest}, and its digest names the version."""

    __tablename__ = "course_version"
    __table_args__ = (
        UniqueConstraint("course_id", "number"),
        CheckConstraint("change IN ('editorial', 'substantive', 'invalidating')", name="change_known"),
        Index("ix_course_version_digest", "digest"),
        some("ix_course_version_invalidating", "course_id", "number", where="change = 'invalidating'"),
    )

    id: Mapped[Id]
    course_id: Mapped[int] = key("course.id")
    number: Mapped[int]
    digest: Mapped[Code]
    change: Mapped[Code]
    note: Mapped[str]
    manifest: Mapped[str]
    files: Mapped[str]
    published_by_id: Mapped[int | None] = key("person.id")  # None: published by the command
    recorded_at: Mapped[datetime]


class StoredFile(AppendOnly, Base):
    """A file by its digest: texts and media of versions and drafts, evidence; kept once, however often used."""

    __tablename__ = "stored_file"

    digest: Mapped[Code] = mapped_column(primary_key=True)
    media_type: Mapped[Code]
    content: Mapped[bytes]


class UnitPage(AppendOnly, Base):
    """One lesson or quiz of one version in one language, rendered; a quiz with its questions as canonical JSON."""

    __tablename__ = "unit_page"

    version_id: Mapped[int] = key("course_version.id", primary_key=True)
    unit: Mapped[Code] = mapped_column(primary_key=True)
    language: Mapped[Code] = mapped_column(primary_key=True)
    title: Mapped[str]
    html: Mapped[str]
    questions: Mapped[str | None]
