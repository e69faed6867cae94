"""A published course, and browsers of people who learn."""

from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask

from lms.accounts.models import Person
from lms.catalogue.published import PublishedCourse
from tests.learning.versions import publish_course
from tests.signing import Browser, browser_of

SignIn = Callable[[Person], Browser]


@pytest.fixture
def course(context: Flask) -> PublishedCourse:
    """Return the published course."""
    return publish_course()


@pytest.fixture
def visitor(context: Flask) -> Browser:
    """Return the browser of somebody without an account."""
    return Browser(context)


@pytest.fixture
def sign_in(context: Flask) -> SignIn:
    """Return a function that gives a person's browser, signed in."""
    return partial(browser_of, context)
