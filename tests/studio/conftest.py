"""A folder of courses that tests may break, and a trainer at their browser."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from lms import create_app
from lms.accounts.models import Person
from lms.catalogue.queries import find_course
from lms.config import ROOT, Config
from lms.database import db
from lms.languages import LANGUAGES
from lms.permissions import Role
from tests.browser import PageClient
from tests.make import PASSWORD, Make
from tests.quizzes.publishing import Academy

SAMPLES = ROOT / "tests" / "samples" / "courses"
SLUG = "aarhus-sample"
LESSON = "01-request/01-clock.ru.md"


class CourseFolder:
    """A copy of the sample course with its registries, whose files a test changes."""

    def __init__(self, courses: Path) -> None:
        self.courses = courses
        self.path = courses / SLUG

    def write(self, name: str, old: str, new: str) -> None:
        """Replace a text in a file; it has to stand there."""
        path = self.path / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{name} does not hold {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def break_it(self) -> None:
        """Take the right answer out of a question of the final test."""
        self.write("02-final/01-final-test.ru.md", "(x)", "( )")

    def change_key(self) -> None:
        """Change the right answer of the question "forward" in every language."""
        for language in LANGUAGES:
            self.write(f"02-final/01-final-test.{language}.md", "- = 3\n", "- = 4\n")

    def change_wording(self) -> None:
        """Add a sentence to a lesson in Russian."""
        self.write(LESSON, "## ", "Одно предложение.\n\n## ")

    def lines(self, name: str) -> list[str]:
        """Return the lines of a file."""
        return (self.path / name).read_text(encoding="utf-8").splitlines()

    def mend_it(self) -> None:
        """Put everything back as it was."""
        shutil.rmtree(self.path)
        shutil.copytree(SAMPLES / SLUG, self.path)


class Browser(PageClient):
    """A browser in a test that reads the database itself: what the test has read would keep the page from writing."""

    def _request(self, method: str, path: str, **options: Any) -> TestResponse:
        db.session.rollback()
        return super()._request(method, path, **options)


@pytest.fixture
def folder(tmp_path: Path) -> CourseFolder:
    """Return the sample course in a folder of its own."""
    shutil.copytree(SAMPLES, tmp_path / "courses")
    return CourseFolder(tmp_path / "courses")


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """Return the application with its courses in a folder of the test."""
    config = Config.from_environment({"LMS_DATABASE_URL": database_url, "LMS_INSTANCE": str(tmp_path)})
    app = create_app(replace(config, courses=tmp_path / "courses"))
    app.config.update(TESTING=True)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def academy(make: Make) -> Academy:
    """Return the builder of quizzes."""
    return Academy(make)


@pytest.fixture
def trainer_of(app: Flask, make: Make) -> Callable[..., Browser]:
    """Return a function that signs in a trainer of some courses, by their slugs."""

    def open_browser(*slugs: str, person: Person | None = None) -> Browser:
        person = person or make.person()
        for slug in slugs:
            course = find_course(slug)
            assert course is not None
            make.staff(Role.TRAINER, person=person, course_id=course.id)
        browser = Browser(app)
        answer = browser.post("/sign-in", {"login": person.login_name, "password": PASSWORD})
        assert answer.status_code == 302, answer.get_data(as_text=True)
        return browser

    return open_browser
