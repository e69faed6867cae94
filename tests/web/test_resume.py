"""A form posted after the session has ended, or with a token that no longer fits, is not lost."""

import pytest

from lms.web import resume

ANSWER = {"word": "Әділдік", "essay": "First line\nsecond line"}
FOREIGN = {"Origin": "https://evil.example"}


def test_what_was_sent_after_the_session_ended_survives_signing_in(browser):
    ended = browser.send("/mine", ANSWER, status=401)
    assert ended.heading == "Your session has ended"
    assert "Әділдік" in ended.text

    sign_in = browser.send("/sign-in", ended.fields())
    assert sign_in.all("div", id="errors") == []

    offered = browser.send("/sign-in", {**sign_in.fields(), "word": "take_courses"})
    assert offered.heading == "Send it again?"
    assert "second line" in offered.text

    done = browser.send("/mine", offered.fields("/mine"))
    assert "Kept Әділдік" in done.text


def test_a_mistake_while_signing_in_does_not_lose_it_either(browser):
    sign_in = browser.send("/sign-in", browser.send("/mine", ANSWER, status=401).fields())

    again = browser.send("/sign-in", {**sign_in.fields(), "word": ""})

    assert again.one("div", id="errors") is not None
    assert browser.send("/sign-in", {**again.fields(), "word": "x"}).heading == "Send it again?"


def test_nothing_is_sent_without_a_click(browser):
    sign_in = browser.send("/sign-in", browser.send("/mine", ANSWER, status=401).fields())

    browser.send("/sign-in", {**sign_in.fields(), "word": "x"})

    assert "Kept" not in browser.open("/mine").text


def test_a_form_with_an_old_token_is_offered_again(sign_in_with):
    browser = sign_in_with()

    page = browser.send("/mine", {**ANSWER, "csrf_token": "old"}, status=400)

    assert page.heading == "Send it again?"
    assert "Kept Әділдік" in browser.send("/mine", page.fields("/mine")).text


@pytest.mark.parametrize("path", ["/mine", "/sign-in"])
def test_a_form_from_another_site_is_never_offered(path, sign_in_with):
    browser = sign_in_with()

    page = browser.send(path, {**ANSWER, "csrf_token": "old"}, status=400, headers=FOREIGN)

    assert page.heading == "The form has grown old"
    assert "Әділдік" not in page.html


def test_a_stranger_with_an_old_token_is_asked_to_open_the_form_again(browser):
    page = browser.send("/sign-in", {"word": "x", "csrf_token": "old"}, status=400)

    assert page.heading == "The form has grown old"


@pytest.mark.parametrize(
    "fields",
    [{"word": "x", "new_password": "correct horse"}, {"word": "x" * (resume.MAX_BYTES + 1)}, {}],
    ids=["a password", "too long", "nothing"],
)
def test_what_cannot_be_kept_is_not_and_the_page_says_so(fields, browser):
    page = browser.send("/mine", fields, status=401)

    assert "cannot be kept" in page.text
    assert "correct horse" not in page.html


def test_a_page_that_carries_a_form_is_not_stored_by_the_browser(browser):
    assert browser.post("/mine", ANSWER).headers["Cache-Control"] == "no-store"


def test_a_forged_form_is_not_taken_up(browser):
    page = browser.send("/sign-in", {"word": "x", resume.FIELD: "WyIvbWluZSIsW11d.forged"})

    assert page.path == "/mine"


def test_a_script_is_told_that_the_token_is_old(sign_in_with):
    answer = sign_in_with().post("/mine", {"csrf_token": "old"}, headers={"Accept": "application/json"})

    assert answer.status_code == 400
    assert "open it again" in answer.json["message"]
