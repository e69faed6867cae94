"""A form that is sent twice is carried out once."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from lms.clock import utcnow
from lms.database import db
from lms.web import jobs, once
from lms.web.models import PostedForm
from tests.browser import PageClient


def count(app):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(PostedForm))


def test_a_replayed_form_gets_the_first_answer(app, browser):
    fields = browser.open("/once").fields() | {"word": "first"}

    first = browser.send("/once", fields)
    second = browser.send("/once", fields)

    assert "first" in first.text
    assert "first" in second.text
    assert count(app) == 1


def test_another_form_with_the_same_key_is_refused_with_what_was_typed_until_it_is_sent_once_more(app, browser):
    fields = browser.open("/once").fields() | {"word": "first"}
    browser.send("/once", fields)

    refused = browser.send("/once", fields | {"word": "second"})

    assert "This form was already sent." in refused.one("div", id="errors").find(".//li").text
    assert refused.fields()["word"] == "second"
    assert count(app) == 1
    assert "second" in browser.send("/once", refused.fields()).text
    assert count(app) == 2


def test_the_same_fields_sent_to_another_address_are_another_form(app, browser):
    fields = browser.open("/once").fields() | {"word": "first"}
    browser.send("/once?who=1", fields)

    assert "This form was already sent." in browser.send("/once?who=2", fields).text


def test_a_form_sent_again_in_another_session_is_the_same_form(app, browser):
    fields = browser.open("/once").fields() | {"word": "first"}

    for client in (browser, PageClient(app)):
        client.send("/once", fields | {"csrf_token": client.token()})

    assert count(app) == 1


def test_the_same_form_opened_anew_is_another_one(app, browser):
    for word in ("first", "second"):
        assert word in browser.send("/once", browser.open("/once").fields() | {"word": word}).text

    assert count(app) == 2


def test_a_refused_form_may_be_mended_and_sent_again(browser):
    refused = browser.send("/once", browser.open("/once").fields())

    assert "mended" in browser.send("/once", refused.fields() | {"word": "mended"}).text


@pytest.mark.parametrize("key", ["", "short", "x" * 1000])
def test_a_form_without_a_proper_key_is_refused(key, app, browser):
    page = browser.send("/once", {"word": "x", "form_key": key})

    assert "The form is incomplete. Open the page again." in page.text
    assert count(app) == 0


@pytest.mark.every_database
def test_two_forms_with_one_key_at_the_same_moment_are_one(app):
    clients = [PageClient(app) for _ in range(4)]
    words = ["a", "b", "c", "d"]

    with ThreadPoolExecutor(len(clients)) as pool:
        sent = [{"word": word, "form_key": "k" * 22} for word in words]
        answers = list(pool.map(lambda client, fields: client.post("/once", fields), clients, sent))

    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 303]
    assert count(app) == 1


@pytest.mark.every_database
def test_two_clicks_at_the_same_moment_are_one(app):
    clients = [PageClient(app) for _ in range(4)]
    fields = {"word": "one", "form_key": "k" * 22}

    with ThreadPoolExecutor(len(clients)) as pool:
        answers = list(pool.map(lambda client: client.post("/once", fields), clients))

    assert [answer.location for answer in answers] == ["/?words=one"] * len(clients)
    assert count(app) == 1


def test_a_form_without_a_key_is_neither_looked_up_nor_kept(app):
    with app.app_context():
        once.remember(None, "/")
        db.session.commit()

        assert once.replayed(None) is None
    assert count(app) == 0


def test_keys_are_forgotten_after_a_week(app):
    with app.app_context():
        for name, age in (("young", timedelta(days=6)), ("old", timedelta(days=8))):
            db.session.add(PostedForm(key=name, location="/", digest=b"", posted_at=utcnow() - age))
        db.session.commit()

    assert Context().run(lambda: _forget(app)) == 1
    assert count(app) == 1


def _forget(app):
    with app.app_context():
        return jobs.forget_posted_forms()
