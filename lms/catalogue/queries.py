"""Reads of published courses; a version never changes, so it is built once and kept in the process."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import bindparam, func, select

from lms.catalogue.course import Course as CourseAsWritten
from lms.catalogue.course import Law, Registries, Term
from lms.catalogue.models import Course, CourseVersion, StoredFile, UnitPage
from lms.catalogue.published import PublishedCourse, StoredPage, StoredVersion, build
from lms.catalogue.reading import read_course
from lms.catalogue.reference import read_laws, read_terms
from lms.catalogue.sources import GLOSSARY_DOCUMENT, LAWS_DOCUMENT
from lms.database import db
from lms.errors import NotFound

KEPT_VERSIONS = 64
MEDIA = "media/"


# Every page of a course asks this, so that it is put together only once.
_NEWEST = (
    select(CourseVersion.id)
    .join(Course, Course.id == CourseVersion.course_id)
    .where(Course.slug == bindparam("slug"), Course.retired_at.is_(None))
    .order_by(CourseVersion.number.desc())
    .limit(1)
)


def find_published(slug: str) -> PublishedCourse | None:
    """Return the current version of a course that is not retired."""
    version_id = db.session.scalar(_NEWEST, {"slug": slug})
    return get_version(version_id) if version_id else None


def get_published(slug: str) -> PublishedCourse:
    """Return the current version of a course."""
    if (course := find_published(slug)) is None:
        raise NotFound
    return course


def get_current(course_id: int) -> PublishedCourse:
    """Return the current version of a course by its id, retired or not."""
    newest = select(func.max(CourseVersion.number)).where(CourseVersion.course_id == course_id).scalar_subquery()
    query = select(CourseVersion.id).where(CourseVersion.course_id == course_id, CourseVersion.number == newest)
    if (version_id := db.session.scalar(query)) is None:
        raise NotFound
    return get_version(version_id)


def list_published() -> list[PublishedCourse]:
    """Return the current version of every course that is not retired, in the order they came into the catalogue."""
    newest = (
        select(CourseVersion.course_id, func.max(CourseVersion.number).label("number"))
        .group_by(CourseVersion.course_id)
        .subquery()
    )
    query = (
        select(CourseVersion.id)
        .join(newest, (newest.c.course_id == CourseVersion.course_id) & (newest.c.number == CourseVersion.number))
        .join(Course, Course.id == CourseVersion.course_id)
        .where(Course.retired_at.is_(None))
        .order_by(Course.id)
    )
    return [get_version(version_id) for version_id in db.session.scalars(query)]


def get_version(version_id: int) -> PublishedCourse:
    """Return one version, read from the database at most once a process."""
    return _read_version(str(db.engine.url), version_id)


@lru_cache(maxsize=KEPT_VERSIONS)
def _read_version(_database: str, version_id: int) -> PublishedCourse:
    """Build a version from its rows; the database is part of the key, since a test may use many."""
    if (version := db.session.get(CourseVersion, version_id)) is None:
        raise NotFound
    pages = db.session.scalars(select(UnitPage).where(UnitPage.version_id == version_id))
    stored = StoredVersion(
        version_id=version.id,
        course_id=version.course_id,
        number=version.number,
        digest=version.digest,
        change=version.change,
        recorded_at=version.recorded_at,
        files=json.loads(version.files),
    )
    return build(
        stored,
        json.loads(version.manifest),
        [StoredPage(p.unit, p.language, p.html, json.loads(p.questions) if p.questions else None) for p in pages],
    )


@dataclass(frozen=True, slots=True)
class Written:
    """A published version as its author wrote it; no course if today's rules can no longer read it."""

    course: CourseAsWritten | None
    files: Mapping[str, bytes]


def as_written(version: CourseVersion) -> Written:
    """Return what a version was made of, read again at most once a process."""
    return _read_written(str(db.engine.url), version.id)


@lru_cache(maxsize=8)
def _read_written(_database: str, version_id: int) -> Written:
    files = stored_files(db.session.get_one(CourseVersion, version_id))
    registries = Registries(read_laws(files[LAWS_DOCUMENT]), read_terms(files[GLOSSARY_DOCUMENT]))
    return Written(read_course(files, "course", registries).course, files)


def stored_files(version: CourseVersion) -> dict[str, bytes]:
    """Return the files of a version by their paths."""
    digests: Mapping[str, str] = json.loads(version.files)
    query = select(StoredFile.digest, StoredFile.content).where(StoredFile.digest.in_(set(digests.values())))
    contents = {row.digest: row.content for row in db.session.execute(query)}
    return {path: contents[digest] for path, digest in digests.items()}


def list_versions(course_id: int) -> Sequence[CourseVersion]:
    """Return every version of a course, the newest first."""
    query = select(CourseVersion).where(CourseVersion.course_id == course_id).order_by(CourseVersion.number.desc())
    return db.session.scalars(query).all()


def find_course(slug: str) -> Course | None:
    """Return a course by its slug, retired or not."""
    return db.session.scalars(select(Course).where(Course.slug == slug)).first()


def list_courses() -> Sequence[Course]:
    """Return every course."""
    return db.session.scalars(select(Course).order_by(Course.id)).all()


def find_file(digest: str) -> StoredFile | None:
    """Return a stored file."""
    return db.session.get(StoredFile, digest)


def find_invalidating(course_id: int, after: int) -> int | None:
    """Return the number of the last invalidating version after a version, which supersedes its certificates."""
    query = select(func.max(CourseVersion.number)).where(
        CourseVersion.course_id == course_id, CourseVersion.number > after, CourseVersion.change == "invalidating"
    )
    return db.session.scalar(query)


def list_laws(course: PublishedCourse) -> Mapping[str, Law]:
    """Return the acts that a version rests on, by their ids."""
    return _read_laws(str(db.engine.url), course.files.get(LAWS_DOCUMENT))


def list_terms(course: PublishedCourse) -> Mapping[str, Term]:
    """Return the terms that a version explains, by their ids."""
    return _read_terms(str(db.engine.url), course.files.get(GLOSSARY_DOCUMENT))


@lru_cache(maxsize=KEPT_VERSIONS)
def _read_laws(_database: str, digest: str | None) -> Mapping[str, Law]:
    return read_laws(_content(digest))


@lru_cache(maxsize=KEPT_VERSIONS)
def _read_terms(_database: str, digest: str | None) -> Mapping[str, Term]:
    return read_terms(_content(digest))


def _content(digest: str | None) -> bytes:
    """Return the content of a JSON file of a version; of one that it does not have, an empty object."""
    return db.session.get_one(StoredFile, digest).content if digest else b"{}"


def get_media(course_id: int, digest: str, name: str) -> StoredFile:
    """Return a picture, sound or document of any version of a course; files of any other kind are not found.

    Attempts stay on the version that they began on, so that pages of old versions are shown as well.
    """
    newest_first = (
        select(CourseVersion.id).where(CourseVersion.course_id == course_id).order_by(CourseVersion.id.desc())
    )
    for version_id in db.session.scalars(newest_first).all():
        files = get_version(version_id).files
        if files.get(MEDIA + name) == digest:
            return db.session.get_one(StoredFile, digest)
    raise NotFound
