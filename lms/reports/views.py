"""Pages of officials: figures on screen and as files, and receipts of what was downloaded."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from flask import Blueprint, Flask, Response, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from lms.accounts.models import Person
from lms.accounts.queries import figure_scope
from lms.clock import utcnow
from lms.database import writing
from lms.errors import NotFound
from lms.permissions import Permission
from lms.reports import actions
from lms.reports.actions import Download
from lms.reports.directory import Directory
from lms.reports.figures import FIGURES, Choice, Grouping, Unit, narrow
from lms.reports.files import MEDIA_TYPES, FileFormat, Separator, write
from lms.reports.forms import ChoiceForm, DigestForm
from lms.reports.jobs import seal_before_report
from lms.reports.queries import (
    Kept,
    find_by_digest,
    find_moment,
    find_newer,
    get_receipt,
    list_receipts,
    read_directory,
    read_report,
)
from lms.reports.tables import GROUP_HEADINGS, GROUP_NAMES, Report, Row, Table, lay_out, written
from lms.reports.tiles import TILES, bin_of, bin_texts, whole_percent
from lms.web.access import requires
from lms.web.language import current_language
from lms.web.navigation import Section, add
from lms.web.numbers import PERCENT

bp = Blueprint("reports", __name__, template_folder="templates")
add(bp, Section(_l("Figures"), "reports.completions", order=50))

ROWS_PER_PAGE = 250
MAIN = ("enrolled", "completed", "completion_rate", "overdue")
RATE = next(place for place, figure in enumerate(FIGURES) if figure.id == "completion_rate")


class Asked(NamedTuple):
    """What the address asks for; there is no report if a field is wrong or nothing was sealed by then."""

    form: ChoiceForm
    directory: Directory | None = None
    report: Report | None = None


class Shown(NamedTuple):
    """One row on the screen: its cells as written, the rate its bar is drawn by, and where its name leads."""

    name: str
    code: str
    cells: list[str]
    rate: Any
    url: str | None


@bp.get("/reports")
@requires(Permission.READ_FIGURES)
def completions() -> ResponseReturnValue:
    """Show figures, map and rows, and lead to the files of the same rows."""
    return _page(_ask())


@bp.get("/reports/completions.<any(csv, xlsx, json):kind>")
@requires(Permission.READ_FIGURES)
def download(kind: str) -> ResponseReturnValue:
    """Send the rows of the screen as a file, and keep its receipt when the last byte is on its way."""
    asked = _ask()
    separator = _separator()
    if asked.form.errors:
        return _page(asked)
    if asked.report is None:
        raise NotFound
    file = actions.prepare(asked.report, FileFormat(kind), separator, now=utcnow())
    pieces = write(file.report, file.kind, file.separator)
    app, person = current_app._get_current_object(), current_user._get_current_object()  # type: ignore[attr-defined]
    response = Response(_hand_out(app, file, pieces, person), content_type=MEDIA_TYPES[file.kind])
    response.headers["Content-Disposition"] = f"attachment; filename={file.file_name}"
    response.headers["X-Receipt"] = file.number
    return response


@bp.get("/receipts")
@requires(Permission.READ_FIGURES)
def receipts() -> ResponseReturnValue:
    """List one's own downloads, and say of a file at hand whether it is one of ours."""
    form = DigestForm()
    is_asked = "digest" in request.args
    is_right = is_asked and form.validate()
    found = find_by_digest(bytes.fromhex(form.digest.data or "")) if is_right else None
    page = render_template(
        "reports/receipts.html",
        form=form,
        is_checked=is_right,
        found=found,
        newer=find_newer(found.receipt) if found else None,
        is_own=found is not None and found.receipt.person_id == current_user.id,
        receipts=list_receipts(current_user.id),
    )
    return page, 422 if is_asked and not is_right else 200


@bp.get("/receipts/<number>")
@requires(Permission.READ_FIGURES)
def receipt(number: str) -> ResponseReturnValue:
    """Show what one of one's own files covers, and lead to the same file again."""
    kept = get_receipt(number, current_user.id)
    document = json.loads(kept.receipt.filter)
    return render_template(
        "reports/receipt.html",
        form=DigestForm(),
        kept=kept,
        covers=_covers(document),
        newer=find_newer(kept.receipt),
        again=_again(kept, document),
    )


def _ask() -> Asked:
    """Read the address and count; the present moment is closed first unless a past one is asked for."""
    form = ChoiceForm()
    is_right = not form.is_submitted() or form.validate()
    as_of = form.as_of.moment if is_right else None
    if as_of is None or as_of > utcnow():
        seal_before_report()
    moment = find_moment(as_of)
    if moment is None:
        return Asked(form)
    language = current_language()
    directory = read_directory(figure_scope(current_user.id), moment.at, language)
    form.offer(directory)
    report = read_report(form.choice(), directory, moment, language) if is_right else None
    return Asked(form, directory, report)


def _page(asked: Asked) -> ResponseReturnValue:
    form, directory, report = asked
    if directory is None or report is None:
        return render_template("reports/completions.html", form=form, report=None), 422 if form.errors else 200
    table = lay_out(report)
    figures = _figures(table)
    page = min(max(request.args.get("page", 1, int), 1), last := max(-(-len(table.rows) // ROWS_PER_PAGE), 1))
    return render_template(
        "reports/completions.html",
        form=form,
        report=report,
        layout=table,
        is_past=bool(form.as_of.data),
        main=[figures.pop(name) for name in MAIN],
        more=list(figures.values()),
        tabs=_tabs(report.choice),
        tiles=_tiles(report, directory),
        shades=bin_texts(),
        rows=_rows(table, report, directory)[ROWS_PER_PAGE * (page - 1) : ROWS_PER_PAGE * page],
        total=_shown(table.total, None),
        rate_place=RATE,
        page=page,
        last=last,
        arguments=report.choice.arguments() | {"as_of": report.moment.text, "lang": report.language},
    )


def _figures(table: Table) -> dict[str, tuple[str, str, str, str | None]]:
    """Return each figure of the total by its id: name, value, definition, and what kind of news it is."""
    found = {}
    for figure, value in zip(FIGURES, table.total[2:], strict=True):
        text = written(value, current_language())
        if figure.unit is Unit.PERCENT and value is not None:
            text += PERCENT[current_language()]
        kind = "warn" if figure.id == "overdue" and value else None
        found[figure.id] = (str(figure.name), text, str(figure.definition), kind)
    return found


def _tabs(choice: Choice) -> list[tuple[str, str, bool]]:
    """Return the ways to cut the same figures into rows: name, address, and whether it is the present one."""
    return [(str(name), _url(replace(choice, by=by)), by is choice.by) for by, name in GROUP_HEADINGS.items()]


def _rows(table: Table, report: Report, directory: Directory) -> list[Shown]:
    choice = report.choice
    leading = {entry.code for entry in directory.open(choice.by)} if choice.by is not Grouping.MONTH else None
    return [
        _shown(row, _url(narrow(choice, row[1])) if leading is None or row[1] in leading else None)
        for row in table.rows
    ]


def _shown(row: Row, url: str | None) -> Shown:
    name, code, *values = row
    return Shown(name, code, [written(value, current_language()) for value in values], values[RATE], url)


def _tiles(report: Report, directory: Directory) -> list[tuple[int, int | None, str, str, str, str]]:
    """Return the map, or nothing if the rows are not the regions, all of them."""
    if report.choice.by is not Grouping.REGION or len(report.lines) < len(TILES):
        return []
    tiles = []
    lines = {line.code: line for line in report.lines}
    for tile in TILES:
        line = lines[tile.region]
        rate = FIGURES[RATE].value(line.counts)
        percent = None if rate is None else whole_percent(rate)
        tiles.append(
            (
                tile.column,
                None if percent is None else bin_of(percent),
                _url(narrow(report.choice, tile.region)),
                line.name,
                tile.short_name(report.language),
                "–" if percent is None else str(percent),
            )
        )
    return tiles


def _url(choice: Choice) -> str:
    """Return the address of another choice as of the same moment, if one was asked for."""
    arguments: dict[str, Any] = choice.arguments()
    if as_of := request.args.get("as_of"):
        arguments["as_of"] = as_of
    return url_for(".completions", **arguments)


def _separator() -> Separator:
    try:
        return Separator(request.args.get("separator", Separator.SEMICOLON))
    except ValueError as error:
        raise NotFound from error


def _hand_out(app: Flask, file: Download, pieces: Iterator[bytes], by: Person) -> Iterator[bytes]:
    """Yield the bytes of a file; its receipt is written when they are complete, and never of a part.

    This runs after the request, in whatever thread the server sends from: nothing of the request is in use any more.
    """
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
        yield piece
    with app.app_context(), writing() as session:
        actions.keep_receipt(file, digest.digest(), by=by, now=utcnow(), session=session)


def _covers(document: dict[str, Any]) -> list[tuple[str, str]]:
    """Return whose figures a file holds, and what was chosen, by the names of the fields and the codes."""
    names = {field.name: str(field.label.text) for field in ChoiceForm()}
    choice = document["choice"] | {"by": str(GROUP_NAMES[Grouping(document["choice"]["by"])])}
    scope = ", ".join(document["scope"]) if document["scope"] is not None else _("the whole country")
    return [(_("Covers"), scope), *((names[name], value) for name, value in choice.items())]


def _again(kept: Kept, document: dict[str, Any]) -> str:
    """Return the address that makes the file of a receipt anew."""
    options = {name: document[name] for name in ("separator",) if name in document}
    return url_for(
        ".download",
        kind=kept.receipt.format,
        as_of=kept.moment.text,
        lang=document["language"],
        **document["choice"],
        **options,
    )
