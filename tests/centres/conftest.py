"""The administrator's browser."""

import pytest
from flask import Flask

from lms.permissions import Role
from tests.make import Make
from tests.signing import Browser, browser_of


@pytest.fixture
def browser(context: Flask, make: Make) -> Browser:
    """Return the browser of an administrator."""
    return browser_of(context, make.staff(Role.ADMINISTRATOR))
