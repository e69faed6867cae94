"""The commands `lms courses`: checking, publishing, and what is in service."""

import json
from collections.abc import Iterator
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from lms.accounts.queries import find_by_login
from lms.catalogue.check import as_document, as_line
from lms.clock import local_date, utcnow
from lms.config import Config
from lms.database import begin_reading
from lms.languages import LANGUAGES
from lms.ledger.actor import SYSTEM, Actor
from lms.studio.folders import check_folder, list_folders, list_problems
from lms.studio.forms import CHANGES
from lms.studio.impact import Impact, InService
from lms.studio.publishing import Outcome, counted, describe, publish_courses
from lms.studio.queries import get_impact, list_in_service

courses = AppGroup("courses", help="Check and publish courses.")
path_argument = click.argument("path", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))


@courses.command("check")
@path_argument
@click.option("--format", "as_format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the messages.")
def check_command(path: Path | None, as_format: str, lang: str) -> None:
    """List every problem of the course in PATH, or of every course in a folder of courses.

    Each is a line `file:line:column: level code: message`. The status is 1 if any of them is an error.

    Example: lms courses check courses/aarhus-basics --lang ru
    """
    folders = _folders(path)
    problems = list(list_problems(folders))
    if as_format == "json":
        click.echo(json.dumps([as_document(problem, lang) for problem in problems], ensure_ascii=False, indent=1))
    else:
        for problem in problems:
            click.echo(as_line(problem, lang))
    errors = sum(problem.level == "error" for problem in problems)
    found = {"course": len(folders), "error": errors, "warning": len(problems) - errors}
    click.echo(", ".join(counted(count, noun) for noun, count in found.items()), err=True)
    _end(is_well=not errors)


@courses.command("publish")
@path_argument
@click.option("--change", type=click.Choice(list(CHANGES)), help="Kind of change; without it the smallest that fits.")
@click.option("--note", default="", help="What has changed, for the list of versions.")
@click.option("--by", "login", help="Login name or e-mail of the publisher; without it the system.")
@click.option("--dry-run", is_flag=True, help="Write nothing; print what would change and whom it would concern.")
@click.option("--if-changed", is_flag=True, help="Say nothing of courses whose files are in service already.")
def publish_command(
    path: Path | None, change: str | None, note: str, login: str | None, dry_run: bool, if_changed: bool
) -> None:
    """Publish the course in PATH, or every course in a folder of courses, each by itself.

    A course with errors is not published: its version in service stays there, and the others go on.
    The status is 1 if any course was refused.

    Example: lms courses publish courses/aarhus-basics --change editorial --note "Misprints"
    """
    folders = _folders(path)
    if dry_run:
        begin_reading()
        refused = [folder for folder in folders if not _foretell(folder, change)]
    else:
        outcomes = publish_courses(folders, change=change, note=note, by=_publisher(login))
        refused = [folder for folder, outcome in zip(folders, outcomes, strict=True) if not _tell(outcome, if_changed)]
    _end(is_well=not refused)


@courses.command("status")
def status_command() -> None:
    """List every course: its version in service, that version's digest, the state of its files.

    Example: lms courses status
    """
    begin_reading()
    in_service = list_in_service()
    folders = {folder.name: folder for folder in _folders(None)}
    for slug in {**in_service, **folders}:
        present, folder = in_service.get(slug), folders.get(slug)
        served = f"version {present.number} sha-256 {present.digest}" if present else "not published"
        click.echo(f"{slug}: {served}; {_state(folder, present) if folder else 'no folder'}")


def _state(folder: Path, present: InService | None) -> str:
    """Say how a folder compares with what is in service, and how much of it no native editor has read."""
    checked = check_folder(folder)
    if checked.errors:
        state = f"files with {counted(checked.errors, 'error')}"
    else:
        state = "files the same" if present and checked.folder.makes(present.stored) else "files changed"
    return f"{state}; {counted(len(checked.unreviewed), 'file')} read by no native editor yet"


def _folders(path: Path | None) -> list[Path]:
    """Return the course folders that a path names; the configured one without a path."""
    config: Config = current_app.config["LMS"]
    path = config.courses if path is None else path
    folders = list_folders(path if path.name else path.resolve())
    if not folders:
        raise click.UsageError(f"There is no course in {path}.")
    return folders


def _publisher(login: str | None) -> Actor:
    if login is None:
        return SYSTEM
    if (person := find_by_login(login)) is None:
        raise click.UsageError(f"There is nobody with the login {login}.")
    return person


def _tell(outcome: Outcome, is_quiet: bool) -> bool:
    """Print what came of a course; return whether it is well."""
    for problem in outcome.problems:
        click.echo(as_line(problem, "en"))
    if not (outcome.is_idle and is_quiet):
        click.echo(describe(outcome), err=bool(outcome.refusal))
    return not outcome.refusal


def _foretell(folder: Path, change: str | None) -> bool:
    """Print what publishing a folder would change; return whether it could be published."""
    checked, present = check_folder(folder), list_in_service().get(folder.name)
    if checked.errors:
        for problem in list_problems([folder]):
            click.echo(as_line(problem, "en"))
        return False
    if present and checked.folder.makes(present.stored):
        click.echo(f"{folder.name}: version {present.number} in service holds these very files.")
        return True
    impact = get_impact(checked, present, today=local_date(utcnow()))
    click.echo(f"{folder.name}: would be version {impact.number}")
    for name, value in _facts(impact):
        click.echo(f"  {name}: {value}")
    return change is None or change in impact.allowed


def _facts(impact: Impact) -> Iterator[tuple[str, object]]:
    """Yield what to print of an impact, without what is empty."""
    if changes := impact.changes:
        named = {
            "units added": changes.units_added,
            "units removed": changes.units_removed,
            "units changed": changes.units_changed,
            "questions added": ["#".join(name) for name in changes.questions_added],
            "questions removed": ["#".join(name) for name in changes.questions_removed],
            "questions changed": ["#".join(name) for name in changes.questions_changed],
            "keys changed": ["#".join(name) for name in changes.keys_changed],
            "translations left behind": impact.stale,
        }
        yield from ((name, ", ".join(values)) for name, values in named.items() if values)
        yield "completion rule", "changed" if changes.is_completion_changed else "the same"
    yield "files that differ", len(impact.differences)
    yield "kinds of change that fit", ", ".join(impact.allowed)
    yield "learning now", impact.learners
    yield "sitting a quiz now", impact.sitting
    yield "answered a changed question", impact.answered
    yield "certificates that an invalidating change would end", impact.certificates


def _end(*, is_well: bool) -> None:
    if not is_well:
        raise SystemExit(1)
