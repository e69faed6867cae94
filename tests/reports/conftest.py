"""A country with a past, and officials who look at it."""

from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from lms.accounts.models import Person
from lms.database import db
from lms.web.limits import limiter
from tests.browser import PageClient
from tests.make import PASSWORD, Make
from tests.reports.history import History


@pytest.fixture
def country(make: Make) -> History:
    """Return a country in which nobody has learned anything yet."""
    return History(make)


@pytest.fixture
def history(country: History) -> History:
    """Return a country where a year has passed."""
    country.live()
    return country


class OfficeBrowser(PageClient):
    """A browser in a test that reads the database itself: what the test has open would lock the file."""

    def _request(self, method: str, path: str, **options: Any) -> TestResponse:
        db.session.rollback()
        return super()._request(method, path, **{"buffered": True, **options})


class Desk:
    """Opens browsers of officials."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def __call__(self, person: Person, language: str = "en") -> OfficeBrowser:
        """Return a browser in which a person has signed in."""
        limiter.reset()
        browser = OfficeBrowser(self.app, language)
        answer = browser.post("/sign-in", {"login": person.login_name, "password": PASSWORD})
        assert answer.status_code == 302
        return browser


@pytest.fixture
def desk(app: Flask) -> Desk:
    """Return a way to sign officials in."""
    return Desk(app)
