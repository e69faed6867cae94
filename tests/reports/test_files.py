"""Files hold the rows of the screen, open in a spreadsheet as they are, and come out the same again."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from lms.accounts.queries import FigureScope
from lms.languages import LANGUAGES
from lms.reports.figures import FIGURES, Choice, Counts, Grouping
from lms.reports.files import FileFormat, Separator, harmless, write
from lms.reports.tables import FORMAT, Line, Moment, Report, lay_out, plain
from tests.make import Make
from tests.reports.history import BEGIN, History, course, seal
from tests.reports.test_counting import report

WHOLE = {"number", "hours"}


def made(found: Report, kind: FileFormat, separator: Separator = Separator.SEMICOLON) -> bytes:
    """Return the whole file."""
    return b"".join(write(found, kind, separator))


def lines_of(content: bytes, separator: Separator = Separator.SEMICOLON) -> list[list[str]]:
    """Return the cells of a CSV file."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=separator.sign))


def sheets_of(content: bytes) -> tuple[Worksheet, Worksheet]:
    """Return the sheet of rows and the sheet of definitions."""
    figures, definitions = load_workbook(io.BytesIO(content)).worksheets
    return figures, definitions


@pytest.fixture
def found(history: History) -> Report:
    """Return a report with averages in its rows."""
    return report(Choice(by=Grouping.CENTRE), seal())


def test_csv_has_the_rows_of_the_screen_in_their_order_and_then_the_total(history: History) -> None:
    moment = seal()

    for by, separator in product(Grouping, Separator):
        found = report(Choice(by=by), moment)
        table = lay_out(found)
        cells = lines_of(made(found, FileFormat.CSV, separator), separator)
        expected = [[plain(value, separator.decimal_mark) for value in row] for row in (*table.rows, table.total)]
        assert cells[0] == list(table.titles)
        assert cells[1 : len(expected) + 1] == expected
        assert cells[len(expected) + 1] == []


def test_xlsx_has_the_same_rows_with_numbers_as_numbers(history: History) -> None:
    moment = seal()

    for by in Grouping:
        found = report(Choice(by=by), moment)
        table = lay_out(found)
        sheet, definitions = sheets_of(made(found, FileFormat.XLSX))
        titles, *rows = sheet.iter_rows(values_only=True)
        assert titles == table.titles
        assert [exact(row) for row in rows] == [exact(row) for row in table.rows]
        totals = [row[1] for row in definitions.iter_rows(min_row=2, max_row=len(FIGURES) + 1, values_only=True)]
        assert exact(totals) == exact(table.total[2:])


def exact(cells: Iterable[Any]) -> list[Any]:
    """Return numbers without their types; empty texts are empty cells."""
    return [Decimal(str(cell)) if isinstance(cell, int | float | Decimal) else cell or None for cell in cells]


def test_json_has_the_same_rows_under_the_names_of_the_figures(found: Report) -> None:
    document = json.loads(made(found, FileFormat.JSON), parse_float=Decimal)
    table = lay_out(found)

    for row, record in zip((*table.rows, table.total), (*document["rows"], document["total"]), strict=True):
        assert (record["name"], record["code"]) == row[:2]
        assert [record[figure.id] for figure in FIGURES] == list(row[2:])
    assert [figure["id"] for figure in document["figures"]] == [figure.id for figure in FIGURES]


def test_every_file_says_what_its_figures_mean_and_as_of_when(found: Report) -> None:
    definitions = sheets_of(made(found, FileFormat.XLSX))[1].iter_rows(values_only=True)
    texts = [
        made(found, FileFormat.CSV).decode(),
        made(found, FileFormat.JSON).decode(),
        "\n".join(str(cell) for row in definitions for cell in row),
    ]

    moment = found.moment
    facts = [moment.text, str(moment.size), moment.root.hex(), FORMAT]
    facts += [text for figure in FIGURES for text in (figure.title, str(figure.definition))]
    assert [fact for fact in facts for text in texts if fact not in text] == []


def test_the_same_report_gives_the_same_bytes(found: Report) -> None:
    assert all(made(found, kind) == made(found, kind) for kind in FileFormat)


def test_csv_opens_in_excel_as_utf_8_with_its_line_ends(found: Report) -> None:
    content = made(found, FileFormat.CSV)

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n") > len(found.lines)


def test_decimal_marks_fit_the_separator(found: Report) -> None:
    rate = next(value for row in lay_out(found).rows for value in row if isinstance(value, Decimal))

    assert f";{rate}".replace(".", ",").encode() in made(found, FileFormat.CSV)
    assert f",{rate}".encode() in made(found, FileFormat.CSV, Separator.COMMA)


@given(st.text(min_size=1))
def test_no_text_begins_like_a_formula(text: str) -> None:
    assert harmless(text)[0] not in "=+-@\t\r"
    assert harmless(text).removeprefix("'") == text.removeprefix("'")


def test_a_name_cannot_become_a_formula_nor_a_code_a_number(found: Report) -> None:
    names = ["=1+1", "+7 701", "-1", "@SUM(A1)", "\tx", '=HYPERLINK("http://x","y")']
    hostile = replace(found, lines=tuple(Line("0071", name, Counts()) for name in names))

    lines = lines_of(made(hostile, FileFormat.CSV))[1 : len(names) + 1]
    assert [line[:2] for line in lines] == [[f"'{name}", "0071"] for name in names]
    rows = sheets_of(made(hostile, FileFormat.XLSX))[0].iter_rows(min_row=2, max_col=2)
    assert [[(cell.data_type, cell.value) for cell in row] for row in rows] == [
        [("s", name), ("s", "0071")] for name in names
    ]


def test_xlsx_keeps_its_titles_in_view_and_filters_the_rows(found: Report) -> None:
    sheet, definitions = sheets_of(made(found, FileFormat.XLSX))

    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == f"A1:M{len(found.lines) + 1}"
    assert definitions.freeze_panes == "A2"
    formats = [cell.number_format for cell in next(iter(sheet.iter_rows(min_row=2)))[2:]]
    assert formats == ["#,##0" if figure.unit in WHOLE else "#,##0.0" for figure in FIGURES]


def test_xlsx_bears_the_time_of_the_moment_and_of_no_clock(found: Report) -> None:
    properties = load_workbook(io.BytesIO(made(found, FileFormat.XLSX))).properties

    assert properties.created == properties.modified == found.moment.at.replace(tzinfo=None, microsecond=0)


def test_titles_tell_columns_apart_in_every_language(context: Flask) -> None:
    for language, by in product(LANGUAGES, Grouping):
        empty = Report(Choice(by=by), Moment(1, BEGIN, b""), language, (), None, ())
        with force_locale(language):
            titles = lay_out(empty).titles
        assert len(set(titles)) == len(titles), titles


def test_a_report_of_nothing_is_still_a_file(make: Make) -> None:
    course(make, "course-1", "Course 1")
    nobody = FigureScope(False, frozenset(), frozenset())
    empty = report(Choice(by=Grouping.MONTH), seal(), nobody)

    assert lay_out(empty).rows == ()
    assert lines_of(made(empty, FileFormat.CSV))[1][0] == "Total"
    titles, *rows = sheets_of(made(empty, FileFormat.XLSX))[0].iter_rows(values_only=True)
    assert titles == lay_out(empty).titles
    assert not any(any(row) for row in rows)
    assert json.loads(made(empty, FileFormat.JSON))["rows"] == []
