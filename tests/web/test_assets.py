"""Style, script and fonts: kept for ever by the browser, small over the wire."""

import re

import pytest

from lms.web.assets import FOLDER, static_url

EVERYTHING = {"Accept-Encoding": "br, gzip"}
FIRST_VISIT = 60 * 1024
LATER_PAGE = 15 * 1024


def addresses(page):
    return [
        *(link.get("href") for link in page.all("link")),
        *(script.get("src") for script in page.all("script")),
    ]


def test_files_may_be_kept_for_ever_in_production(toy):
    client = toy(is_production=True).test_client()
    style = re.search(r"/static/\w+/app.css", client.get("/").text).group()

    assert client.get(style).headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get(re.sub(r"static/\w+", "static/0ld", style)).headers["Cache-Control"] == "public, no-cache"


def test_a_file_that_has_not_changed_is_not_sent_again(browser):
    style = browser.open("/").one("link", rel="stylesheet").get("href")
    first = browser.get(style, headers=EVERYTHING)

    again = browser.get(style, headers={**EVERYTHING, "If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304
    assert again.data == b""


def test_the_addresses_in_the_style_sheet_lead_to_files(browser):
    page = browser.open("/")
    style = page.one("link", rel="stylesheet").get("href")
    folder = style.removesuffix("app.css")

    named = re.findall(r'url\("([^"]+)"\)', browser.get(style).text)

    assert named
    assert [name for name in named if browser.get(folder + name).status_code != 200] == []
    assert folder + "fonts/golos-400.woff2" in addresses(page)  # the preload fits what the style sheet asks for


@pytest.mark.parametrize("name", ["../views.py", "nothing.css", "..%2fviews.py", "fonts/"])
def test_nothing_but_the_files_is_served(name, browser):
    assert browser.get(f"/static/x/{name}").status_code == 404


def test_a_file_that_there_is_not_cannot_be_named_in_a_template(app):
    with app.test_request_context(), pytest.raises(KeyError, match="no file missing"):
        static_url("missing.css")


def test_the_icon_is_where_browsers_look_for_it(browser):
    icon = browser.get("/favicon.ico")

    assert (icon.status_code, icon.mimetype) == (200, "image/x-icon")


def test_a_first_visit_and_a_later_page_keep_to_their_budgets(browser):
    page = browser.open("/components")
    style = browser.get(page.one("link", rel="stylesheet").get("href"))
    folder = page.one("link", rel="stylesheet").get("href").removesuffix("app.css")
    fonts = [folder + name for name in re.findall(r'url\("(fonts/[^"]+)"\)', style.text)]

    later = len(browser.get("/components", headers=EVERYTHING).data)
    first = later + sum(len(browser.get(url, headers=EVERYTHING).data) for url in {*addresses(page), *fonts})

    assert later <= LATER_PAGE
    assert first <= FIRST_VISIT


def test_nothing_comes_from_elsewhere():
    for path in FOLDER.rglob("*.*s"):
        assert "http://" not in path.read_text(encoding="utf-8"), path
        assert "https://" not in path.read_text(encoding="utf-8"), path


def test_the_font_s_licence_lies_beside_it():
    assert "SIL OPEN FONT LICENSE" in (FOLDER / "fonts" / "OFL.txt").read_text(encoding="utf-8")
