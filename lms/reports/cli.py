"""Reports for the terminal: the same figures and bytes as in the browser, for the whole country."""

import hashlib
from datetime import datetime
from pathlib import Path

import click
from flask.cli import AppGroup
from flask_babel import force_locale

from lms.clock import utcnow
from lms.database import begin_reading, writing
from lms.errors import NotFound
from lms.languages import DEFAULT_LANGUAGE, LANGUAGES
from lms.ledger.actor import SYSTEM
from lms.reports import actions
from lms.reports.actions import Download
from lms.reports.figures import Choice, Grouping
from lms.reports.files import FileFormat, Separator, write
from lms.reports.jobs import seal_before_report
from lms.reports.queries import COUNTRY, find_moment, read_directory, read_report
from lms.reports.tables import Report, read_moment

reports = AppGroup("reports", help="Make files of completion figures.")

DAY = click.DateTime(["%Y-%m-%d"])


def _read_moment(_context: click.Context, _parameter: click.Parameter, text: str | None) -> datetime | None:
    try:
        return read_moment(text) if text else None
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is not a moment: write it like 2026-11-22 or 2026-11-22T18:30.") from error


@reports.command("completions")
@click.option("--from", "from_on", type=DAY, help="First day of the period.")
@click.option("--to", "to_on", type=DAY, help="Last day of the period.")
@click.option("--region", help="Code of a region, such as KZ-35.")
@click.option("--centre", help="Code of a centre.")
@click.option("--state-body", help="Code of a state body; all bodies below it count.")
@click.option("--course", help="Name of a course in addresses.")
@click.option(
    "--by",
    type=click.Choice([each.value for each in Grouping]),
    default=Grouping.REGION.value,
    show_default=True,
    help="Rows.",
)
@click.option("--as-of", callback=_read_moment, help="Moment, or day as its end; now if left out.")
@click.option("--language", type=click.Choice(LANGUAGES), default=DEFAULT_LANGUAGE, show_default=True)
@click.option(
    "--format",
    "kind",
    type=click.Choice([each.value for each in FileFormat]),
    default=FileFormat.CSV.value,
    show_default=True,
)
@click.option(
    "--separator",
    type=click.Choice([each.value for each in Separator]),
    default=Separator.SEMICOLON.value,
    show_default=True,
)
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
def completions_command(
    from_on: datetime | None,
    to_on: datetime | None,
    region: str | None,
    centre: str | None,
    state_body: str | None,
    course: str | None,
    by: str,
    as_of: datetime | None,
    language: str,
    kind: str,
    separator: str,
    out: Path,
) -> None:
    """Write completion figures of the whole country to a file, and keep its receipt.

    Example: lms reports completions --from 2026-01-01 --by centre --format xlsx --out figures.xlsx
    """
    days = from_on and from_on.date(), to_on and to_on.date()
    if days[0] and days[1] and days[1] < days[0]:
        raise click.UsageError("The last day is before the first.")
    choice = Choice(*days, region, centre, state_body, course, Grouping(by))
    begin_reading()
    with force_locale(language):
        report = _read(choice, as_of, language)
        file = actions.prepare(report, FileFormat(kind), Separator(separator), now=utcnow())
        digest = _write(file, out)
    click.echo(f"{out}: {len(report.lines)} rows as of {report.moment.text}")
    click.echo(f"receipt {file.number}, sha-256 {digest}")


def _read(choice: Choice, as_of: datetime | None, language: str) -> Report:
    if as_of is None or as_of > utcnow():
        seal_before_report()
    if (moment := find_moment(as_of)) is None:
        raise click.ClickException("Nothing was sealed in the ledger by then: there is nothing to report on.")
    try:
        return read_report(choice, read_directory(COUNTRY, moment.at, language), moment, language)
    except NotFound as error:
        raise click.ClickException("There is no place or course of this code. Check the codes.") from error


def _write(file: Download, out: Path) -> str:
    """Write the file and then its receipt; return the digest."""
    digest = hashlib.sha256()
    with out.open("wb") as target:
        for piece in write(file.report, file.kind, file.separator):
            digest.update(piece)
            target.write(piece)
    with writing() as session:
        actions.keep_receipt(file, digest.digest(), by=SYSTEM, now=utcnow(), session=session)
    return digest.hexdigest()
