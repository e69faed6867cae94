"""Reports as files: CSV that Excel opens in Kazakhstan, XLSX with typed cells, canonical JSON."""

import csv
import io
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import IO, Any

import rfc8785
from flask_babel import gettext as _
from rustpy_xlsxwriter import FastExcel, Format

from lms.reports.figures import FIGURES, Value
from lms.reports.tables import FORMAT, Report, Row, Table, lay_out, plain

CHUNK = 64 * 1024
BOM = "\ufeff".encode()  # without it Excel takes UTF-8 for the code page of the machine
OPENS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class FileFormat(StrEnum):
    """What a report can be downloaded as."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


class Separator(StrEnum):
    """What stands between the cells of a CSV file; Excel expects it together with its country's decimal mark."""

    SEMICOLON = "semicolon"
    COMMA = "comma"

    @property
    def sign(self) -> str:
        """Return the separator itself."""
        return ";" if self is Separator.SEMICOLON else ","

    @property
    def decimal_mark(self) -> str:
        """Return the decimal mark that goes with it."""
        return "," if self is Separator.SEMICOLON else "."


MEDIA_TYPES = {
    FileFormat.CSV: "text/csv; charset=utf-8",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.JSON: "application/json",
}
NUMBERS = {True: Format().set_num_format("#,##0"), False: Format().set_num_format("#,##0.0")}
CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    '<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified></cp:coreProperties>'
)


def write(report: Report, kind: FileFormat, separator: Separator) -> Iterator[bytes]:
    """Write a report as a file, piece by piece; the same report gives the same bytes.

    Every text is translated at the call, so that the pieces may be taken by any thread, outside of any request.
    """
    table = lay_out(report)
    if kind is FileFormat.CSV:
        return write_csv(table, separator)
    return write_xlsx(report, table) if kind is FileFormat.XLSX else write_json(report, table)


def write_csv(table: Table, separator: Separator) -> Iterator[bytes]:
    """Write the rows and the total under one line of titles, then, after empty lines, definitions and notes."""
    mark = separator.decimal_mark
    lines: list[tuple[str, ...]] = [table.titles]
    lines += (tuple(plain(value, mark) for value in row) for row in (*table.rows, table.total))
    lines += [(), *table.definitions, (), *table.notes]
    yield BOM
    for start in range(0, len(lines), 1000):
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=separator.sign, lineterminator="\r\n")
        writer.writerows([harmless(cell) for cell in line] for line in lines[start : start + 1000])
        yield text.getvalue().encode()


def harmless(cell: str) -> str:
    """Keep a spreadsheet from reading a text as a formula; no figure of ours begins with one of the signs."""
    return f"'{cell}" if cell.startswith(OPENS_FORMULA) else cell


def write_json(report: Report, table: Table) -> Iterator[bytes]:
    """Write the report as one canonical document (RFC 8785)."""
    document: dict[str, Any] = {
        "format": FORMAT,
        "language": report.language,
        "as_of": report.moment.text,
        "ledger": {"size": report.moment.size, "root": report.moment.root.hex()},
        "choice": report.choice.arguments(),
        "scope": report.scope,
        "figures": [
            {"id": figure.id, "title": title, "unit": figure.unit.value, "definition": definition}
            for figure, (title, definition) in zip(FIGURES, table.definitions, strict=True)
        ],
        "rows": [_record(row) for row in table.rows],
        "total": _record(table.total),
    }
    yield rfc8785.dumps(document)


def _record(row: Row) -> dict[str, Any]:
    keys = ("name", "code", *(figure.id for figure in FIGURES))
    return dict(zip(keys, map(typed, row), strict=True))


def typed(value: str | Value) -> str | int | float | None:
    """Return a cell for JSON and XLSX: one decimal is read back from a float exactly as it was written."""
    return float(value) if isinstance(value, Decimal) else value


def write_xlsx(report: Report, table: Table) -> Iterator[bytes]:
    """Write a sheet of rows under a frozen line of titles with filters, and a sheet that explains them.

    The total stands on the second sheet, beside the definitions, where sorting and filtering the rows cannot reach it.
    """
    rows = (dict(zip(table.titles, map(typed, row), strict=True)) for row in table.rows)
    nothing = iter([dict.fromkeys(table.titles)])  # the titles are taken from the first row, so there must be one
    head = Format().set_bold().set_text_wrap().set_align("top")
    figures: dict[str, Any] = {
        "name": _("Figures"),
        "data": rows if table.rows else nothing,
        "autofilter": True,
        "header_format": head,
        "column_widths": [36.0, *[14.0] * (len(table.titles) - 1)],
        "column_formats": {figure.title: NUMBERS[figure.is_whole] for figure in FIGURES},
    }
    definitions: dict[str, Any] = {
        "name": _("Definitions"),
        "data": _explanations(table),
        "header_format": head,
        "column_widths": [36.0, 14.0, 90.0],
        "column_formats": [Format().set_text_wrap().set_align("top")] * 3,
    }
    return _pack(figures, definitions, report.moment.at)


def _pack(figures: dict[str, Any], definitions: dict[str, Any], moment: datetime) -> Iterator[bytes]:
    """Write both sheets to a temporary file, and yield it without the time of the machine."""
    with tempfile.TemporaryFile() as raw:
        book = FastExcel(raw).freeze(row=1, col=1, sheet=figures["name"]).freeze(row=1, sheet=definitions["name"])
        book.sheet(**figures).sheet(**definitions).save()
        yield from _without_clock(raw, moment)


def _explanations(table: Table) -> list[dict[str, Any]]:
    """Return the rows of the second sheet: each figure with its total and definition, then what the report covers."""
    titles = (_("Figure"), table.total[0], _("Meaning"))
    rows = [
        (title, typed(value), definition)
        for (title, definition), value in zip(table.definitions, table.total[2:], strict=True)
    ]
    return [dict(zip(titles, row, strict=True)) for row in (*rows, *((term, None, text) for term, text in table.notes))]


def _without_clock(raw: IO[bytes], at: datetime) -> Iterator[bytes]:
    """Pack an XLSX file anew with the moment of the report where the writer has put the time of the machine."""
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with tempfile.TemporaryFile() as packed:
        with zipfile.ZipFile(raw) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
            for name in sorted(source.namelist()):
                entry = zipfile.ZipInfo(name)  # dated 1980, as everything in it
                entry.compress_type = zipfile.ZIP_DEFLATED
                with target.open(entry, "w") as to:
                    if name == "docProps/core.xml":
                        to.write(CORE.format(moment=moment).encode())
                    else:
                        with source.open(name) as piece:
                            shutil.copyfileobj(piece, to, CHUNK)
        packed.seek(0)
        while chunk := packed.read(CHUNK):
            yield chunk
