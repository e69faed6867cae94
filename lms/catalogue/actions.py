"""Publishing: a checked course becomes a version that never changes."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

import rfc8785
from flask_babel import gettext as _
from sqlalchemy import select

from lms.accounts.models import Person
from lms.catalogue.archive import archive_files, media_type, sums_of
from lms.catalogue.changes import KINDS, Change, allowed_kinds, compare
from lms.catalogue.course import Course as CourseAsWritten
from lms.catalogue.course import Registries
from lms.catalogue.manifest import Rendered, manifest_of
from lms.catalogue.models import Course, CourseVersion, StoredFile, UnitPage
from lms.catalogue.queries import as_written
from lms.catalogue.reading import read_course
from lms.catalogue.render import Addresses, render_page
from lms.database import db, insert_new
from lms.errors import DomainError
from lms.ledger.actions import record
from lms.ledger.actor import Actor
from lms.markup.problem import Problem
from lms.questions.questions import to_document

Files = Mapping[str, bytes]
Since = dict[str, int]


class CourseHasProblems(DomainError):
    """The course has errors, so that nothing was published; the version in service stays there."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(_("The course has errors and was not published. The published version stays in service."))
        self.problems = problems


class ChangeTooLarge(DomainError):
    """More has changed than the kind of change that was named may change."""


class PublishedMeanwhile(DomainError):
    """Somebody else has published another version since the impact was shown."""


@dataclass(frozen=True, slots=True)
class Publication:
    """What came of publishing: the version in service, and whether it is a new one."""

    version: CourseVersion
    is_new: bool


@dataclass(frozen=True, slots=True)
class Ready:
    """A course that is checked, packed and rendered: all of a version but its place among the others."""

    written: CourseAsWritten
    archive: Files
    digests: Mapping[str, str]  # of each file of the archive
    digest: str  # of the whole
    rendered: Rendered


def publish(
    slug: str,
    files: Files,
    registries: Registries,
    *,
    change: str | None = None,
    note: str,
    expected: int | None = None,
    by: Actor,
    now: datetime,
) -> Publication:
    """Check a course, render it and store it as the next version; the digest in service again is no new version.

    `change` is editorial, substantive or invalidating; None takes the smallest kind that the changes allow.
    `expected` is the number of the version that the publisher has compared with. Raises CourseHasProblems,
    ChangeTooLarge, PublishedMeanwhile.
    """
    ready = _prepare(slug, files, registries)
    row = _lock_course(slug)
    current = _current_version(row)
    if current is not None and current.digest == ready.digest:
        return Publication(current, is_new=False)
    if expected is not None and expected != (current.number if current else 0):
        raise PublishedMeanwhile(_("Somebody has published another version meanwhile. Look at the changes again."))
    before = as_written(current).course if current else None
    changes = compare(before, ready.written) if before else None
    kind = _kind_of(change, changes, is_first=current is None)
    number = current.number + 1 if current else 1
    since = _since(ready, current, changes, kind=kind, number=number)
    facts = {"number": number, "digest": ready.digest, "change": kind, "note": note}
    version = CourseVersion(
        course_id=row.id,
        manifest=rfc8785.dumps(manifest_of(ready.written, ready.rendered, since)).decode(),
        files=rfc8785.dumps(dict(ready.digests)).decode(),
        published_by_id=by.id if isinstance(by, Person) else None,
        recorded_at=record("course published", f"course:{slug}", by=by.pseudonym, facts=facts, now=now),
        **facts,
    )
    _store(version, ready)
    return Publication(version, is_new=True)


def _prepare(slug: str, files: Files, registries: Registries) -> Ready:
    """Do all that takes long and needs no database, so that nobody waits for it."""
    written = checked(slug, files, registries)
    archive = archive_files(files, registries)
    digests = {path: hashlib.sha256(content).hexdigest() for path, content in archive.items()}
    return Ready(
        written=written,
        archive=archive,
        digests=digests,
        digest=hashlib.sha256(sums_of(archive).encode()).hexdigest(),
        rendered=render(written, registries, digests),
    )


def _store(version: CourseVersion, ready: Ready) -> None:
    _store_files(ready.archive, ready.digests)
    db.session.add(version)
    db.session.flush()
    _store_pages(version, ready.rendered)


def checked(slug: str, files: Files, registries: Registries) -> CourseAsWritten:
    """Return a course that may be published; raise CourseHasProblems otherwise."""
    reading = read_course(files, slug, registries)
    if reading.course is None or any(problem.level == "error" for problem in reading.problems):
        raise CourseHasProblems(reading.problems)
    return reading.course


def render(written: CourseAsWritten, registries: Registries, digests: Mapping[str, str]) -> Rendered:
    """Render every page of a course in every language; `digests` are those of its files, by path."""
    addresses = Addresses(course=written.slug, digests=digests)
    return {
        (unit.id, language): render_page(page, unit, written, registries, addresses)
        for unit in written.units
        for language, page in unit.pages.items()
    }


def _lock_course(slug: str) -> Course:
    """Return the course's row, made if it is not there, and keep other publishers of it waiting."""
    db.session.execute(insert_new(Course), {"slug": slug})
    query = select(Course).where(Course.slug == slug).with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(query).one()


def _current_version(row: Course) -> CourseVersion | None:
    query = select(CourseVersion).where(CourseVersion.course_id == row.id)
    return db.session.scalars(query.order_by(CourseVersion.number.desc()).limit(1)).first()


def _kind_of(asked: str | None, changes: Change | None, *, is_first: bool) -> str:
    """Return the kind of a change: the first version is substantive, a later one as asked or as small as allowed.

    Where today's rules can no longer read the last version, what has changed is not known: it is not editorial.
    """
    if is_first:
        return asked or "substantive"
    allowed = allowed_kinds(changes) if changes else KINDS[1:]
    if asked is None:
        return allowed[0]
    if asked not in allowed:
        raise ChangeTooLarge(
            _("A unit, a question, a key or the completion rule has changed: this is not an editorial change.")
        )
    return asked


def _since(ready: Ready, current: CourseVersion | None, changes: Change | None, *, kind: str, number: int) -> Since:
    """Return for each unit the last version that asks it to be done again.

    An editorial change asks nobody anything; any other asks for the units that it changed. Where the last version can
    no longer be read, those have changed of which a file has.
    """
    if current is None:
        return {unit.id: number for unit in ready.written.units}
    modules = json.loads(current.manifest)["modules"]
    before = {unit["id"]: unit["since"] for module in modules for unit in module["units"]}
    again: set[str] = set()
    if kind != "editorial":
        again = set(changes.units_changed) if changes else _units_of_other_files(ready, json.loads(current.files))
    return {unit.id: number if unit.id in again else before.get(unit.id, number) for unit in ready.written.units}


def _units_of_other_files(ready: Ready, before: Mapping[str, str]) -> set[str]:
    return {
        unit.id
        for unit in ready.written.units
        for page in unit.pages.values()
        if before.get(page.path) != ready.digests.get(page.path)
    }


def _store_files(files: Files, digests: Mapping[str, str]) -> None:
    """Store the files that are not there yet, also when somebody else stores the same file at this moment."""
    rows = {
        digest: {"digest": digest, "media_type": media_type(path), "content": files[path]}
        for path, digest in sorted(digests.items(), key=lambda item: item[1])
    }
    db.session.execute(insert_new(StoredFile), list(rows.values()))


def _store_pages(version: CourseVersion, rendered: Rendered) -> None:
    for (unit, language), page in rendered.items():
        document = {
            "questions": [to_document(question) for question in page.questions],
            "scenarios": [asdict(scenario) for scenario in page.scenarios],
        }
        db.session.add(
            UnitPage(
                version_id=version.id,
                unit=unit,
                language=language,
                title=page.title,
                html=page.html,
                questions=rfc8785.dumps(document).decode() if page.questions else None,
            )
        )
    db.session.flush()
