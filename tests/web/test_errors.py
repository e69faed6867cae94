"""Error pages say what happened in three languages, and quote a number that is in the log."""

import json
import sqlite3

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from lms.database import db
from lms.web import error_pages

SCRIPT = {"Accept": "application/json"}
QUIET = {"TESTING": False, "PROPAGATE_EXCEPTIONS": False}


class Busy(Exception):
    sqlite_errorcode = 5


def out_of_reach(*_arguments, **_options):
    raise OperationalError("SELECT 1", {}, Busy("database is locked"))


def lines(capsys):
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


@pytest.mark.parametrize(
    ("path", "status", "heading"),
    [
        ("/errors/400", 400, "The request could not be read"),
        ("/errors/forbidden", 403, "This page is for another role"),
        ("/errors/missing", 404, "Page not found"),
        ("/nowhere", 404, "Page not found"),
        ("/errors/413", 413, "Too much was sent at once"),
        ("/errors/418", 418, "The request could not be read"),
        ("/errors/429", 429, "Too many requests"),
        ("/errors/503", 503, "The service is busy"),
    ],
)
def test_an_error_has_a_page_with_its_number_in_the_log(path, status, heading, browser, capsys):
    page = browser.open(path, status=status)

    assert page.heading == heading
    [line] = [line for line in lines(capsys) if line["event"] == "request"]
    assert line["request"] in page.text
    assert line["status"] == status


def test_the_reader_s_language_comes_first_and_the_others_follow(browser):
    page = browser.open("/nowhere?lang=ru", status=404)

    assert page.document.get("lang") == "ru"
    assert [section.get("lang") for section in page.all("section")] == ["kk", "en"]


def test_a_button_s_address_cannot_be_opened_and_the_answer_names_the_method(browser):
    assert browser.open("/view", status=405).heading == "This address cannot be opened like that"
    assert set(browser.get("/view").headers["Allow"].split(", ")) == {"OPTIONS", "POST"}


def test_an_unhandled_error_is_logged_with_its_trace_but_without_the_address(app, browser, capsys):
    app.config.update(QUIET)

    page = browser.open("/errors/broken?secret=1", status=500)

    assert page.heading == "Something has broken on our side"
    [trace] = [line for line in lines(capsys) if line["level"] == "error"]
    assert trace["request"] in page.text
    assert "ZeroDivisionError" in trace["exception"]
    assert "secret" not in json.dumps(trace)


def test_a_busy_database_gives_a_page_that_asks_nothing_of_it(monkeypatch, app, sign_in_with, capsys):
    browser = sign_in_with()
    monkeypatch.setattr(db.session, "execute", out_of_reach)
    app.login_manager.request_loader(out_of_reach)

    answer = browser.get("/readyz")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert browser.open("/mine", status=503).heading == "The service is busy"
    assert any(line["event"] == "database unavailable" for line in lines(capsys))


@pytest.mark.parametrize(("code", "expected"), [(5, True), (261, True), (13, True), (1, False), (8, False)])
def test_an_outage_is_told_from_a_mistake_in_a_statement(code, expected):
    cause = Busy()
    cause.sqlite_errorcode = code

    assert error_pages.is_outage(OperationalError("", {}, cause)) is expected


def test_waiting_in_vain_for_a_connection_is_an_outage():
    assert error_pages.is_outage(PoolTimeoutError())


def test_a_mistake_in_a_statement_is_our_own_fault(app, browser):
    app.config.update(QUIET)

    assert browser.open("/errors/typo", status=500).heading == "Something has broken on our side"


def test_a_get_cannot_write_even_by_mistake(app, browser):
    app.config.update(QUIET)

    assert browser.open("/errors/write", status=500).heading == "Something has broken on our side"
    assert browser.send("/errors/write").heading == "Toy"


def test_a_post_that_only_reads_leaves_the_database_to_those_who_write(app, browser, tmp_path):
    writer = sqlite3.connect(tmp_path / "lms.db", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")

    try:
        assert browser.send("/marked").text == "Toy 0"
    finally:
        writer.close()


def test_a_rule_s_refusal_leads_back_to_the_form_with_its_message(browser):
    page = browser.send("/errors/refused", came_from="/components")

    assert page.path == "/components"
    assert page.one("div", role="alert").get("data-kind") == "bad"
    assert "You have used all 3 attempts." in page.text


@pytest.mark.parametrize("came_from", ["/buttons/refused", "/nowhere", "/%00", "/attempts/%D0%B0"])
def test_a_refusal_never_leads_to_an_address_that_cannot_be_opened(came_from, browser):
    page = browser.send("/buttons/refused", came_from=came_from, status=422)

    assert "You have used all 3 attempts." in page.text


def test_a_refusal_without_a_form_to_go_back_to_has_a_page(browser):
    for page in (browser.open("/errors/refused", status=422), browser.send("/errors/refused", status=422)):
        assert "You have used all 3 attempts." in page.text


def test_a_script_gets_the_message_alone(browser):
    refused = browser.post("/errors/refused", headers=SCRIPT, came_from="/components")
    missing = browser.get("/errors/missing", headers=SCRIPT)

    assert (refused.status_code, refused.json) == (422, {"message": "You have used all 3 attempts."})
    assert missing.status_code == 404
    assert missing.json["number"] == missing.headers["X-Request-Id"]


def test_a_page_too_broken_for_its_error_page_still_gets_words(monkeypatch, app, browser):
    app.config.update(QUIET)
    monkeypatch.setitem(app.jinja_env.globals, "static_url", None)

    answer = browser.get("/nowhere")

    assert answer.status_code == 404
    assert answer.mimetype == "text/plain"
    assert "Page not found" in answer.text


def test_too_long_a_post_is_refused(browser):
    assert browser.send("/mine", {"word": "x" * 400_000}, status=413).heading == "Too much was sent at once"
