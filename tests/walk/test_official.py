"""An official: figures on the screen, narrowed, and the same figures as files."""

import csv
import io
import re

import openpyxl
import pytest

from lms.clock import local_date, utcnow
from lms.demo.cast import PASSWORD as DEMO_PASSWORD
from lms.languages import LANGUAGES
from tests.chromium import Screen
from tests.walk.learner import sign_in

pytestmark = pytest.mark.needs("chromium")

REGION = "KZ-35"


@pytest.fixture(params=LANGUAGES)
def office(request, site, browser):
    """Return a window in which an official for the whole country looks at the figures, in one language."""
    with Screen(language=request.param).window(browser, java_script_enabled=request.param != "ru") as page:
        page.goto(f"{site.address}/reports?lang={request.param}")
        sign_in(page, "official", DEMO_PASSWORD)
        yield page


def test_an_official_sees_tiles_a_map_and_a_table_and_narrows_them_by_clicking(office):
    assert office.locator(".stats .value").count() >= 4
    assert office.locator(".tilemap li").count() == 20
    assert office.locator("tbody svg.bar").count() > 0
    enrolled = _rows(office)[REGION][0]

    office.locator(f".tilemap a[href*='{REGION}']").click()

    assert f"region={REGION}" in office.url
    assert _total(office)[0] == enrolled


def test_every_way_of_dividing_the_figures_adds_up_to_the_same(site, browser):
    with Screen(language="en").window(browser) as page:
        page.context.add_cookies(site.cookies("official"))
        page.goto(f"{site.address}/reports")
        whole = _total(page)
        for by in ("centre", "state_body", "course", "month"):
            page.click(f".tabs a[href*='by={by}']")

            assert sum(int(row[0]) for row in _rows(page).values()) == int(whole[0])
            assert _total(page) == whole


def test_files_agree_with_the_narrowed_screen_row_for_row(office, site):
    office.select_option("[name=region]", REGION)
    office.fill("[name=to]", str(local_date(utcnow())))
    office.click("form[role=search] button")
    office.select_option("[name=course]", "aarhus-basics")
    office.select_option("[name=centre]", "karaganda")
    office.click("form[role=search] button")
    office.click(".tabs a[href*='by=state_body']")

    titles = [_words(title) for title in office.locator("thead th:not(.bar-cell)").all_inner_texts()]
    screen = [titles, *(_cells(row) for row in office.locator("tbody tr").all())]
    assert len(screen) > 2
    assert _csv(_fetch(office, site, "csv"))[: len(screen) + 1] == [*screen, _cells(office.locator("tfoot tr"))]
    assert _xlsx(_fetch(office, site, "xlsx")) == screen

    office.goto(f"{site.address}/receipts")
    assert office.locator("tbody tr").count() >= 2


def _fetch(page, site, kind):
    """Return the bytes of a file of the figures on the screen."""
    address = page.locator(f"a[href*='completions.{kind}']").first.get_attribute("href")
    answer = page.context.request.get(site.address + address)
    assert answer.ok
    return answer.body()


def _csv(content):
    """Return the lines of a CSV file, numbers with a decimal point."""
    lines = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    return [[cell.replace(",", ".") if _is_number(cell) else _words(cell) for cell in line] for line in lines]


def _xlsx(content):
    """Return the lines of the first sheet of a workbook, numbers as its formats show them."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return [[_shown(cell) for cell in line] for line in sheet.iter_rows()]


def _shown(cell):
    if cell.value is None:
        return ""
    decimals = 1 if cell.number_format.endswith(".0") else 0
    return f"{cell.value:.{decimals}f}" if cell.data_type == "n" else _words(cell.value)


def _cells(row):
    """Return the cells of a row of the screen without its bar, numbers with a decimal point and without grouping."""
    texts = [_words(text) for text in row.locator("th, td:not(.bar-cell)").all_inner_texts()]
    return [text.replace(" ", "").replace(",", ".") if _is_number(text) else text.strip("–") for text in texts]


def _is_number(text):
    return re.fullmatch(r"[\d ]+([.,]\d)?", text) is not None


def _words(text):
    return " ".join(text.split())


def _rows(page):
    """Return the figures of each row of the screen by its code."""
    rows = [_cells(row) for row in page.locator("tbody tr").all()]
    return {row[1]: row[2:] for row in rows}


def _total(page):
    return _cells(page.locator("tfoot tr"))[2:]
