"""The cookie is set when something in it changes, and never with a file, which may be kept for everybody."""

import hashlib
from datetime import timedelta

import pytest

from lms.accounts.sign_in import SEEN
from lms.clock import utcnow
from tests.accounts.conftest import SignIn
from tests.learning.versions import COURSE, LESSON, publish_course
from tests.make import Make
from tests.signing import Browser

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>Plan</title><path d="M0 0h9v9z"/></svg>\n'
CHANGES = {
    "media/plan.svg": PICTURE,
    "01-request/01-clock.en.md": LESSON.format(title="The clock") + "\n![A plan](../media/plan.svg)\n",
}
MEDIA = f"/courses/requests/media/{hashlib.sha256(PICTURE.encode()).hexdigest()}/plan.svg"
FILES = ["/static/x/app.css", "/static/x/app.css?lang=ru", "/favicon.ico", "/robots.txt", MEDIA]
LESSON_PAGE = "/courses/requests/request/clock"


@pytest.fixture
def reader(make: Make, sign_in: SignIn) -> Browser:
    """Return the browser of somebody who has read a page two minutes ago."""
    publish_course(CHANGES)
    browser = sign_in(make.person())
    browser.open("/account")
    last_visit(browser, timedelta(minutes=2))
    return browser


def last_visit(browser: Browser, ago: timedelta) -> None:
    with browser.client.session_transaction() as session:
        session[SEEN] = (utcnow() - ago).isoformat(timespec="seconds")
        session.permanent = True


@pytest.mark.parametrize("path", FILES)
def test_a_file_comes_without_a_cookie_and_is_the_same_for_everybody(path: str, reader: Browser) -> None:
    answer = reader.get(path)

    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert "cookie" not in answer.headers.get("Vary", "").lower()


def test_a_file_of_a_closed_course_comes_without_a_cookie_too(make: Make, sign_in: SignIn) -> None:
    closed = {"course.toml": COURSE.replace("open = true", "open = false")}
    publish_course(CHANGES | closed)
    browser = sign_in(make.person())
    last_visit(browser, timedelta(minutes=2))

    answer = browser.get(MEDIA)

    assert (answer.status_code, answer.headers["Cache-Control"].split(",")[0]) == (200, "private")
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(("minutes", "is_set"), [(0, False), (2, True)])
def test_a_page_sets_the_cookie_once_a_minute(minutes: int, is_set: bool, reader: Browser) -> None:
    reader.open(LESSON_PAGE)
    last_visit(reader, timedelta(minutes=minutes))

    answer = reader.get(LESSON_PAGE)

    assert ("Set-Cookie" in answer.headers) is is_set
    assert "Cookie" in answer.headers["Vary"]
