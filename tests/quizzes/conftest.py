"""A published quiz, a learner who takes it, and their browser; and tests that take minutes, run only when asked for."""

import pytest
from flask import Flask

from lms.accounts.models import Person
from lms.enrolments.models import Enrolment
from tests.make import Make
from tests.quizzes.publishing import Academy
from tests.signing import Browser, browser_of

LONG = "long"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", f"{LONG}: takes its time; run only with `pytest -m {LONG}`, a short form always")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long tests out unless they are asked for by name."""
    if LONG in config.option.markexpr:
        return
    if long := [item for item in items if item.get_closest_marker(LONG)]:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


@pytest.fixture
def academy(make: Make) -> Academy:
    """Return the builder of quizzes."""
    return Academy(make)


@pytest.fixture
def learner(academy: Academy) -> Person:
    """Return a learner."""
    return academy.learner()


@pytest.fixture
def browser(app: Flask, learner: Person) -> Browser:
    """Return the learner's browser."""
    return browser_of(app, learner)


@pytest.fixture
def enrolment(academy: Academy, learner: Person) -> Enrolment:
    """Return the learner's enrolment."""
    return academy.enrol(learner)
