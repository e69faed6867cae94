"""Publish what lies in folders: each course in a transaction of its own, so that a broken one stops no other."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from flask_babel import force_locale

from lms.catalogue.actions import CourseHasProblems, publish
from lms.clock import utcnow
from lms.database import db
from lms.errors import DomainError
from lms.ledger.actor import SYSTEM, Actor
from lms.markup.problem import Problem
from lms.studio.folders import Folder, list_folders, open_folder, placed
from lms.studio.impact import InService
from lms.studio.queries import list_in_service


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one folder: the number of the version in service afterwards, and what stood in the way."""

    slug: str
    number: int | None
    is_new: bool = False
    change: str = ""
    refusal: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def is_idle(self) -> bool:
        """Say whether there was nothing to do."""
        return not self.is_new and not self.refusal

    @property
    def errors(self) -> int:
        """Return how many problems kept the course from being published."""
        return sum(problem.level == "error" for problem in self.problems)


def publish_folder(path: Path, *, note: str, by: Actor = SYSTEM) -> list[str]:
    """Publish every course in a folder that differs from its version in service; return a line for each that does.

    The kind of change is the smallest that the changes allow; a first version is substantive.
    """
    return [
        describe(outcome) for outcome in publish_courses(list_folders(path), note=note, by=by) if not outcome.is_idle
    ]


def publish_courses(
    folders: Iterable[Path], *, change: str | None = None, note: str, by: Actor = SYSTEM
) -> Iterator[Outcome]:
    """Publish some course folders; one whose files are in service already is passed over without parsing them."""
    for folder in map(open_folder, folders):
        present = list_in_service().get(folder.slug)
        db.session.rollback()  # reading and rendering take seconds, in which nobody else should have to wait
        if present and folder.makes(present.stored):
            yield Outcome(folder.slug, present.number)
        else:
            yield _publish(folder, present, change=change, note=note, by=by)


def _publish(folder: Folder, present: InService | None, *, change: str | None, note: str, by: Actor) -> Outcome:
    """Publish one course and commit; refused, nothing is written and the version in service stays there."""
    try:
        with force_locale("en"):  # a refusal is printed in a terminal
            done = publish(
                folder.slug,
                folder.files,
                folder.registries,
                change=change,
                note=note,
                by=by,
                now=utcnow(),
            )
    except DomainError as refusal:
        db.session.rollback()
        found = refusal.problems if isinstance(refusal, CourseHasProblems) else ()
        problems = tuple(placed(problem, folder.path) for problem in found)
        return Outcome(folder.slug, present.number if present else None, refusal=refusal.message, problems=problems)
    outcome = Outcome(folder.slug, done.version.number, is_new=done.is_new, change=done.version.change)
    db.session.commit()
    return outcome


def describe(outcome: Outcome) -> str:
    """Say in one line what came of a folder."""
    stays = f"version {outcome.number} stays in service" if outcome.number else "it has no version in service yet"
    if outcome.errors:
        return f"{outcome.slug}: not published, {counted(outcome.errors, 'error')}; {stays}."
    if outcome.refusal:
        return f"{outcome.slug}: not published, {stays}. {outcome.refusal}"
    if outcome.is_new:
        return f"{outcome.slug}: version {outcome.number} published ({outcome.change})."
    return f"{outcome.slug}: version {outcome.number} in service holds these very files; nothing to publish."


def counted(count: int, noun: str) -> str:
    """Write a number of things for the terminal."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
