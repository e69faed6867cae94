"""An administrator, and browsers."""

from collections.abc import Callable

import pytest
from flask import Flask

from lms.accounts.models import Person
from lms.permissions import Role
from lms.web.limits import limiter
from tests.make import Make
from tests.signing import Browser, browser_of

SignIn = Callable[[Person], Browser]


@pytest.fixture(autouse=True)
def _fresh_limits(app: Flask) -> None:
    limiter.reset()


@pytest.fixture
def administrator(make: Make) -> Person:
    """Return an administrator."""
    return make.staff(Role.ADMINISTRATOR)


@pytest.fixture
def browser(context: Flask, administrator: Person) -> Browser:
    """Return the administrator's browser."""
    return browser_of(context, administrator)


@pytest.fixture
def visitor(context: Flask) -> Browser:
    """Return the browser of somebody who has not signed in."""
    return Browser(context)


@pytest.fixture
def sign_in(context: Flask) -> SignIn:
    """Return a function that gives a person's browser, signed in."""
    return lambda person: browser_of(context, person)
