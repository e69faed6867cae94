"""Every page in three languages, on telephones and desks, light and dark: axe finds nothing, nothing sticks out.

Each page is looked at in every language, width and scheme, but not in all of their twelve combinations, unless
LMS_TEST_SCREENS is "all".
"""

import os
from collections.abc import Iterator
from itertools import groupby
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from lms.languages import LANGUAGES
from tests.chromium import NARROW, WIDE, Screen, faults_of, keep_picture, sticking_out
from tests.walk.pages import Visit, list_visits

pytestmark = pytest.mark.needs("chromium")

FEW = {  # the page is loaded once, then resized and recoloured
    "kk": [Screen(NARROW, "light", "kk")],
    "ru": [Screen(WIDE, "dark", "ru")],
    "en": [Screen(WIDE, "light", "en"), Screen(NARROW, "dark", "en")],
}
ALL = {
    language: [Screen(width, scheme, language) for width in (WIDE, NARROW) for scheme in ("light", "dark")]
    for language in LANGUAGES
}
SCREENS = ALL if os.environ.get("LMS_TEST_SCREENS") == "all" else FEW
READERS = ("visitor", "learners", "coordinator", "trainer", "official", "administrator")


@pytest.fixture(scope="package")
def visits(site) -> list[Visit]:
    """Return every page of the site with who opens it."""
    return list_visits(site)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reader", READERS)
def test_every_page_can_be_used_by_everybody(reader, language, site, browser, visits):
    mine = sorted(visit for visit in visits if _kind_of(visit.login) == reader)
    faults = []
    for login, theirs in groupby(mine, lambda visit: visit.login):
        with Screen(WIDE, language=language).window(browser) as page:
            if login:
                page.context.add_cookies(site.cookies(login))
            for _, path in theirs:
                faults += [f"{login} {path}: {fault}" for fault in _faults(page, site.address + path, language)]
    assert mine
    assert faults == []


def _kind_of(login: str) -> str:
    """Return which of the readers somebody is; learners are all who have an account and no role."""
    if not login:
        return "visitor"
    return login if login in READERS else "learners"


def _faults(page: Page, url: str, language: str) -> Iterator[str]:
    """Open a page in a language and yield what is wrong with it on every screen."""
    answer = page.goto(f"{url}{'&' if '?' in url else '?'}lang={language}")
    if answer is None or answer.status not in (200, 404) or page.locator("html").get_attribute("lang") != language:
        yield f"answered {answer and answer.status} at {page.url}"
    for width in (WIDE, NARROW):
        _resize(page, width)
        yield from sticking_out(page)
    for screen in SCREENS[language]:
        _resize(page, screen.width)
        page.emulate_media(color_scheme=screen.scheme)
        keep_picture(page, f"page{urlsplit(url).path.replace('/', '-')}-{screen.name}")
        for fault in faults_of(page):
            yield f"{screen.name}: {fault}"


def _resize(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
