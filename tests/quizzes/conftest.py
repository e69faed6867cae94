"""A published quiz, a learner who takes it, and their browser."""

import pytest
from flask import Flask

from lms.accounts.models import Person
from lms.enrolments.models import Enrolment
from tests.make import Make
from tests.quizzes.publishing import Academy
from tests.signing import Browser, browser_of


@pytest.fixture
def academy(make: Make) -> Academy:
    """Return the builder of quizzes."""
    return Academy(make)


@pytest.fixture
def learner(academy: Academy) -> Person:
    """Return a learner."""
    return academy.make.learner()


@pytest.fixture
def browser(app: Flask, learner: Person) -> Browser:
    """Return the learner's browser."""
    return browser_of(app, learner)


@pytest.fixture
def enrolment(academy: Academy, learner: Person) -> Enrolment:
    """Return the learner's enrolment."""
    return academy.enrol(learner)
