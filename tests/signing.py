"""Browsers of people who have signed in, for tests that look into the database beside them."""

from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from lms.accounts.actions import start_sign_in
from lms.accounts.models import Person
from lms.accounts.sign_in import SEEN, TOKEN
from lms.clock import utcnow
from lms.database import db
from tests.browser import PageClient


class Browser(PageClient):
    """A browser beside which a test reads: the test's own transaction ends before each request."""

    def _request(self, method: str, path: str, **options: Any) -> TestResponse:
        db.session.rollback()
        return super()._request(method, path, **options)


def browser_of(app: Flask, person: Person, language: str = "en") -> Browser:
    """Return a browser in which a person is signed in, without asking for the password."""
    browser, now = Browser(app, language), utcnow()
    with browser.client.session_transaction() as session:
        session[TOKEN] = start_sign_in(person, device="test", hours=1, now=now)
        session[SEEN] = now.isoformat(timespec="seconds")
    db.session.commit()
    return browser
