"""What officials see: figures with their definitions, the map, the rows, and the files of the same rows."""

import csv
import io
import re
from datetime import timedelta
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from sqlalchemy.exc import OperationalError

from lms.accounts.models import Person
from lms.clock import utcnow
from lms.database import db
from lms.ledger.jobs import seal_waiting
from lms.ledger.queries import has_unsealed
from lms.permissions import Role
from lms.reports import jobs, views
from lms.reports.figures import FIGURES, Grouping
from tests.browser import Page
from tests.make import Make
from tests.reports.conftest import Desk
from tests.reports.history import REGIONS, History

RATE = 2 + [figure.id for figure in FIGURES].index("completion_rate")
RECTANGLE = "{http://www.w3.org/2000/svg}rect"
BLANKS = re.compile(r"[\s\u00a0\u202f]+")


@pytest.fixture
def official(make: Make) -> Person:
    """Return an official of the whole country."""
    return make.staff(Role.OFFICIAL)


def words(cell) -> str:
    """Return the text of a cell."""
    return " ".join(BLANKS.sub(" ", "".join(cell.itertext())).split())


def rows_of(page: Page, part: str = "tbody") -> list[list[str]]:
    """Return the cells of the table, without the bars."""
    return [[words(cell) for cell in row if cell.get("class") != "bar-cell"] for row in page.one(part).iter("tr")]


def test_the_screen_and_the_csv_hold_the_same_rows(history: History, official: Person, desk: Desk) -> None:
    browser = desk(official)

    for by in Grouping:
        page = browser.open(f"/reports?by={by}&from=2025-02-01")
        file = browser.get(page.links()["CSV ,"])
        written = list(csv.reader(io.StringIO(file.data.decode("utf-8-sig"), newline="")))
        shown = rows_of(page) + rows_of(page, "tfoot")
        assert rows_of(page, "thead") == [written[0]]
        assert [[cell.replace(",", "") for cell in row] for row in written[1 : len(shown) + 1]] == [
            [cell.replace(",", "").replace("–", "") for cell in row] for row in shown
        ]


def test_every_figure_stands_with_its_definition(history: History, official: Person, desk: Desk) -> None:
    page = desk(official).open("/reports")

    for figure in FIGURES:
        assert str(figure.name) in page.text
        assert str(figure.definition) in page.text


def test_bars_are_drawn_by_the_rates_beside_them(history: History, official: Person, desk: Desk) -> None:
    page = desk(official).open("/reports")
    drawn = [bar.get("width") for bar in page.all(RECTANGLE, class_="fill")]

    assert drawn == [row[RATE] for row in rows_of(page) if row[RATE] != "–"]
    assert {Decimal(mark.get("x") or "") for mark in page.all(RECTANGLE, class_="mark")} == {
        Decimal(rows_of(page, "tfoot")[0][RATE])
    }


def test_the_map_has_a_tile_for_each_region_that_leads_to_it(history: History, official: Person, desk: Desk) -> None:
    browser = desk(official)
    page = browser.open("/reports?course=course-1")
    tiles = page.one("ol", class_="tilemap").findall("li")

    assert len(tiles) == 20
    region = browser.open(next(a.get("href") for tile in tiles for a in tile.iter("a") if words(a).startswith("KAR")))
    assert {row[0] for row in rows_of(region)} == {f"Centre {code}" for code in REGIONS}  # any may teach its people
    assert "Karaganda Region" in region.text
    assert "Course 1" in region.text


def test_every_row_leads_to_itself_taken_apart(history: History, official: Person, desk: Desk) -> None:
    browser = desk(official)

    for by in Grouping:
        page = browser.open(f"/reports?by={by}")
        name, *_figures = next(row for row in rows_of(page) if row[2] != "0")
        below = browser.open(page.links()[name])
        same = rows_of(below) if by is Grouping.STATE_BODY else rows_of(below, "tfoot")
        assert next(row[2] for row in rows_of(page) if row[0] == name) in [row[2] for row in same], by


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"from": "2026-02-31"}, "“2026-02-31” is not a day."),
        ({"to": "soon"}, "“soon” is not a day."),
        ({"from": "2026-02-01", "to": "2026-01-31"}, "The last day is before the first."),
        ({"as_of": "22.11.2026"}, "“22.11.2026” is not a moment."),
        ({"by": "planet"}, "There are no rows of this kind."),
    ],
)
def test_what_cannot_be_read_is_said_and_kept(
    country: History, official: Person, desk: Desk, arguments: dict[str, str], message: str
) -> None:
    browser = desk(official)

    for path in ("/reports", "/reports/completions.csv"):
        page = browser.open(f"{path}?{urlencode({**arguments, 'region': 'KZ-35'})}", status=422)
        assert message in page.text
        assert not page.all("table")
        kept = page.fields()
        assert kept["region"] == "KZ-35"
        assert all(kept[name] == value for name, value in arguments.items() if name != "by")


def test_another_region_is_not_there_for_an_official_of_one(country: History, desk: Desk) -> None:
    browser = desk(country.make.staff(Role.OFFICIAL, region_code="KZ-35"))
    page = browser.open("/reports")

    assert [option.get("value") for option in page.one("select", name="region").iter("option")] == ["", "KZ-35"]
    assert not page.all("ol", class_="tilemap")
    assert [row[1] for row in rows_of(page)] == ["KZ-35"]
    for path in ("/reports", "/reports/completions.xlsx"):
        browser.open(f"{path}?region=KZ-71", status=404)


def test_others_do_not_see_figures(make: Make, desk: Desk) -> None:
    for person in (make.person(), make.staff(Role.ADMINISTRATOR)):
        browser = desk(person)
        for path in ("/reports", "/reports/completions.csv", "/receipts", "/receipts/R-0000-0000"):
            browser.open(path, status=403)
        assert "/reports" not in browser.open("/account").links().values()


def test_the_section_stands_in_the_masthead_of_officials(make: Make, desk: Desk) -> None:
    assert desk(make.staff(Role.OFFICIAL)).open("/account").links()["Figures"] == "/reports"


def test_a_system_without_a_past_says_so(make: Make, official: Person, desk: Desk, monkeypatch) -> None:
    def refuse() -> int:
        raise OperationalError("seal", None, Exception("database is locked"))

    monkeypatch.setattr(jobs, "seal_waiting", refuse)
    browser = desk(official)

    assert "There is nothing to count yet" in browser.open("/reports").text
    browser.open("/reports/completions.csv", status=404)


def test_what_waits_is_sealed_before_the_report(history: History, official: Person, desk: Desk) -> None:
    assert has_unsealed()

    page = desk(official).open("/reports")

    db.session.rollback()
    assert not has_unsealed()
    assert int(rows_of(page, "tfoot")[0][2]) > 0


def test_the_last_head_serves_while_the_database_is_busy(
    history: History, official: Person, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    db.session.commit()
    seal_waiting()
    browser = desk(official)
    before = rows_of(browser.open("/reports"))
    history.enrol(utcnow())
    db.session.commit()

    def refuse() -> int:
        raise OperationalError("seal", None, Exception("database is locked"))

    monkeypatch.setattr(jobs, "seal_waiting", refuse)

    assert rows_of(browser.open("/reports")) == before


def test_a_past_moment_shows_what_was_known_then(history: History, official: Person, desk: Desk) -> None:
    browser = desk(official)
    page = browser.open("/reports")
    then = rows_of(page)
    past = page.links()["JSON"].split("as_of=")[1].split("&")[0]
    history.enrol(utcnow())
    history.complete(utcnow())
    db.session.commit()

    again = browser.open(f"/reports?as_of={past}")

    assert rows_of(again) == then
    assert "as they were known then" in again.text
    assert rows_of(browser.open(again.links()["Show the latest figures"])) != then
    assert "There is nothing to count yet" in browser.open("/reports?as_of=2020-01-01").text


def test_a_moment_to_come_is_the_present(country: History, official: Person, desk: Desk) -> None:
    tomorrow = (utcnow() + timedelta(days=1)).date()

    assert rows_of(desk(official).open(f"/reports?as_of={tomorrow}"))


def test_figures_are_written_in_the_readers_language(history: History, official: Person, desk: Desk) -> None:
    browser = desk(official)

    for language, mark in (("kk", ","), ("ru", ","), ("en", ".")):
        page = browser.open(f"/reports?lang={language}&by=course")
        assert page.document.get("lang") == language
        assert all(f"lang={language}" in page.links()[name] for name in ("XLSX", "JSON"))
        assert re.search(rf"\d\{mark}\d", rows_of(page, "tfoot")[0][RATE])


def test_many_rows_come_in_pages_and_whole_in_the_file(
    history: History, official: Person, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "ROWS_PER_PAGE", 2)
    browser = desk(official)

    pages = [browser.open(f"/reports?by=state_body&page={number}") for number in (1, 2, 3, 4, 5)]

    shown = [row for page in pages for row in rows_of(page)]
    assert len({row[1] for row in shown}) == len(shown) > 4
    file = browser.get(pages[0].links()["JSON"]).get_json()
    assert [row["code"] for row in file["rows"]] == [row[1] for row in shown]
    assert rows_of(pages[0], "tfoot") == rows_of(pages[4], "tfoot")
