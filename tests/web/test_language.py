"""The language of a page: asked for, remembered, the account's, the browser's; switching stays where one is."""

from urllib.parse import quote

import pytest

from lms.web.language import current_language
from tests.browser import Page, PageClient


def lang(page):
    return page.document.get("lang")


@pytest.mark.parametrize(
    ("header", "expected"),
    [("en-GB,en;q=0.9", "en"), ("ru-RU,ru;q=0.9,en;q=0.8", "ru"), ("kk-KZ", "kk"), ("de,fr;q=0.8", "kk"), ("", "kk")],
)
def test_a_new_visitor_gets_the_language_of_the_browser_or_kazakh(header, expected, app):
    assert lang(PageClient(app, language=header).open("/")) == expected


def test_a_language_in_the_address_is_remembered(browser):
    assert lang(browser.open("/?lang=ru")) == "ru"
    assert lang(browser.open("/components")) == "ru"


def test_the_language_of_the_account_comes_before_that_of_the_browser(sign_in_with):
    browser = sign_in_with(language="ru")

    assert lang(browser.open("/mine")) == "ru"
    assert lang(browser.open("/mine?lang=kk")) == "kk"


def test_a_language_that_there_is_not_changes_nothing(browser):
    assert lang(browser.open("/?lang=xx")) == "en"


def test_the_links_stay_on_the_page_and_keep_the_rest_of_its_address(browser):
    page = browser.open("/?words=a%26b&lang=ru&words=c")

    assert page.one("a", hreflang="kk").get("href") == "/?words=a%26b&words=c&lang=kk"
    assert page.one("a", aria_current="true").get("hreflang") == "ru"


def test_the_links_of_a_page_not_found_stay_there_too(browser):
    path = "/" + quote("жоқ бет")

    assert browser.open(path, status=404).one("a", hreflang="ru").get("href") == f"{path}?lang=ru"


def test_a_path_that_looks_like_another_site_does_not_become_a_link_there(browser):
    page = Page(browser.get("/", environ_overrides={"PATH_INFO": "//evil.example/"}))

    assert not page.one("a", hreflang="ru").get("href").startswith("//")


def test_the_links_of_an_answer_to_a_form_open_the_form(browser):
    page = browser.send("/view", {"csrf_token": "old"}, status=400, came_from="/components?page=3")

    assert page.one("a", hreflang="ru").get("href") == "/components?lang=ru"


def test_outside_of_a_request_english_is_written(app):
    with app.app_context():
        assert current_language() == "en"
