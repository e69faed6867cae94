"""The view switch: chosen once, kept in a cookie, written on every page."""

from urllib.parse import parse_qsl

import pytest

CHOICE = {"size": "large", "contrast": "high", "theme": "dark"}


def test_a_choice_is_kept_and_leads_back_to_the_page(browser):
    page = browser.send("/view", CHOICE, came_from="/components?page=3")

    assert page.path == "/components"
    assert {name: page.document.get(f"data-{name}") for name in CHOICE} == CHOICE
    assert page.one("select", id="view-size").findall("option")[1].get("selected") is not None


def test_a_script_is_answered_with_nothing_but_the_cookie(browser):
    answer = browser.post("/view", CHOICE, headers={"Accept": "application/json"})

    assert answer.status_code == 204
    assert dict(parse_qsl(browser.client.get_cookie("view").value)) == CHOICE


def test_what_cannot_be_chosen_is_dropped(browser):
    browser.send("/view", {"size": "huge", "theme": "dark", "onload": "x"})

    assert dict(parse_qsl(browser.client.get_cookie("view").value)) == {"theme": "dark"}


@pytest.mark.parametrize("cookie", ["size=%22onload", "&&&", "theme=light&" * 100, "\\377"])
def test_a_cookie_that_somebody_has_bent_does_no_harm(cookie, browser):
    browser.client.set_cookie("view", cookie)

    assert browser.open("/").document.get("data-size") is None


def test_the_way_back_never_leads_to_another_site(browser):
    answer = browser.post("/view", CHOICE, headers={"Referer": "https://evil.example/"})

    assert answer.location == "/"
