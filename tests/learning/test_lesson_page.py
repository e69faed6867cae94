"""The page of a lesson: reading, self-checks, the button that finishes it."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import func, select

from lms.accounts.queries import get_person
from lms.catalogue.models import Course
from lms.catalogue.published import PublishedCourse
from lms.clock import utcnow
from lms.database import db
from lms.enrolments.models import Completion, Enrolment
from lms.learning import actions
from lms.learning.models import Progress
from lms.learning.opening import Opening, sign
from lms.ledger.actor import SYSTEM
from tests.browser import Page
from tests.learning.conftest import SignIn
from tests.learning.versions import CLOCK, COURSE, FINAL, IN_RUSSIAN, LESSON, publish_course
from tests.make import Make
from tests.signing import Browser

CLOCK_PAGE = "/courses/requests/request/clock"
GROUNDS_PAGE = "/courses/requests/request/grounds"
CHECK = f"{CLOCK_PAGE}/checks/what"
CLOSED = {"course.toml": COURSE.replace("open = true", "open = false")}
LESSON_QUERIES = 4
LATER_PAGE_BYTES = 15_000


@pytest.fixture
def enrolment(make: Make, course: PublishedCourse) -> Enrolment:
    """Return an open enrolment in the course."""
    return make.enrolment(make.learner(), course.course_id, due_on=(utcnow() + timedelta(days=30)).date())


@pytest.fixture
def learner(enrolment: Enrolment, sign_in: SignIn) -> Browser:
    """Return the browser of somebody who takes the course."""
    return sign_in(get_person(enrolment.person_id))


def count_progress() -> int:
    """Return how many units are noted for anybody."""
    return db.session.scalar(select(func.count()).select_from(Progress)) or 0


def press_read(browser: Browser, path: str) -> Page:
    """Open a lesson and press its button."""
    done = f"{path}/done"
    return browser.send(done, browser.open(path).fields(done), came_from=path)


def place_of(page: Page, text: str) -> str:
    """Return the value of the option of the self-check that says this."""
    for label in page.all("label", class_="choice"):
        if "".join(label.itertext()).strip().startswith(text):
            return next(label.iter("input")).get("value", "")
    raise AssertionError(f"no option {text}")


@pytest.mark.usefixtures("course")
def test_anybody_may_read_an_open_course(visitor: Browser) -> None:
    page = visitor.open(CLOCK_PAGE)

    assert page.heading == "The clock"
    assert "sign in" in page.text
    assert "Read, go on" not in page.text


def test_a_course_that_is_not_open_asks_to_sign_in_and_leads_back(context: Flask, visitor: Browser) -> None:
    publish_course(CLOSED)

    assert visitor.get(CLOCK_PAGE).location == f"/sign-in?next={CLOCK_PAGE}"
    assert visitor.open("/courses/requests").heading == "Requests", "the outline is there for everybody"


@pytest.mark.usefixtures("course")
@pytest.mark.parametrize(
    "path",
    ["request/none", "none/clock", "request/clock/checks/none", "final/test/checks/time", "none/clock/checks/what"],
)
def test_what_there_is_not_is_not_found(visitor: Browser, path: str) -> None:
    assert visitor.get(f"/courses/requests/{path}").status_code == 404


@pytest.mark.usefixtures("course")
def test_the_address_of_a_self_check_leads_to_its_place_in_the_lesson(visitor: Browser) -> None:
    assert visitor.get(CHECK).location == f"{CLOCK_PAGE}#check-what"
    assert visitor.open(CHECK).one("form", id="check-what") is not None


def test_the_address_of_a_self_check_in_a_course_that_is_not_open_asks_to_sign_in(
    context: Flask, visitor: Browser
) -> None:
    publish_course(CLOSED)

    assert visitor.get(CHECK).location == f"/sign-in?next={CHECK}"


@pytest.mark.parametrize("form", ["/courses/requests/enrol", f"{CLOCK_PAGE}/done"])
def test_what_is_refused_after_a_self_check_was_answered_is_said_in_the_lesson(
    make: Make, course: PublishedCourse, sign_in: SignIn, form: str
) -> None:
    browser = sign_in(make.person())
    browser.send(CHECK, {"answer": "0"}, came_from=CLOCK_PAGE)

    page = browser.send(form, came_from=CHECK)

    assert page.path == CLOCK_PAGE
    assert "No workplace is written down" in page.text or "nothing was noted" in page.text


def test_pressing_read_notes_it_and_leads_to_the_next_unit(learner: Browser, enrolment: Enrolment) -> None:
    assert press_read(learner, CLOCK_PAGE).path == GROUNDS_PAGE

    row = db.session.get_one(Progress, (enrolment.id, CLOCK))
    assert (row.version_number, row.language) == (1, "en")
    assert row.seconds is not None
    assert "Read on" in learner.open(CLOCK_PAGE).text


def test_pressing_read_in_two_tabs_notes_it_once(learner: Browser, enrolment: Enrolment) -> None:
    fields = learner.open(CLOCK_PAGE).fields(f"{CLOCK_PAGE}/done")

    for _tab in range(2):
        assert learner.send(f"{CLOCK_PAGE}/done", fields).path == GROUNDS_PAGE
    assert count_progress() == 1


def test_the_last_lesson_completes_the_course_and_says_so(learner: Browser, enrolment: Enrolment) -> None:
    for unit in (CLOCK, FINAL):
        actions.finish_unit(enrolment.id, unit, language="en", score=9_000, by=SYSTEM, now=utcnow())
    db.session.commit()

    page = press_read(learner, GROUNDS_PAGE)

    assert page.path == "/courses/requests"
    assert "Your certificate is ready" in page.text
    assert db.session.scalars(select(Completion)).one().score == 9_000


def test_somebody_not_enrolled_is_told_so_and_may_enrol(make: Make, course: PublishedCourse, sign_in: SignIn) -> None:
    browser = sign_in(make.learner())
    assert "This course is not assigned to you" in browser.open(CLOCK_PAGE).text

    refused = browser.send(f"{CLOCK_PAGE}/done", came_from=CLOCK_PAGE)
    assert "nothing was noted" in refused.text
    assert count_progress() == 0

    assert "The course is among yours now" in browser.send("/courses/requests/enrol").text
    assert "Read, go on" in browser.open(CLOCK_PAGE).text


def test_enrolling_without_a_workplace_is_refused_with_what_to_do(
    make: Make, course: PublishedCourse, sign_in: SignIn
) -> None:
    page = sign_in(make.person()).send("/courses/requests/enrol", came_from="/courses/requests")

    assert "No workplace is written down" in page.text


def test_after_the_end_of_the_session_the_button_is_kept_for_after_signing_in(
    visitor: Browser, course: PublishedCourse
) -> None:
    page = visitor.send(f"{CLOCK_PAGE}/done", {"opened": "x"}, status=401)

    assert "Nothing is lost" in page.text


@pytest.mark.usefixtures("course")
def test_a_visitor_checks_an_answer_and_nothing_is_kept(visitor: Browser) -> None:
    page = visitor.open(CLOCK_PAGE)
    assert "An answer is due" not in page.html, "the key is not in the page before the answer"

    wrong = visitor.send(CHECK, {"answer": place_of(page, "Wait")})
    assert "Not right" in wrong.text
    assert "That is too late." in wrong.text

    right = visitor.send(CHECK, {"answer": place_of(page, "Answer")})
    assert "Right" in right.text
    assert "An answer is due." in right.text
    assert right.one("form", id="check-what").get("action", "").endswith("#check-what")
    assert count_progress() == 0


def test_answering_a_self_check_keeps_when_the_lesson_was_opened(learner: Browser) -> None:
    opened = sign(Opening(CLOCK, 1, utcnow() - timedelta(minutes=9)), learner.app.config["SECRET_KEY"])
    page = learner.send(CHECK, {"opened": opened})

    assert page.fields(f"{CLOCK_PAGE}/done")["opened"] == opened


@pytest.mark.usefixtures("course")
def test_a_self_check_sent_without_an_answer_asks_for_one(visitor: Browser) -> None:
    assert "Answer first" in visitor.send(CHECK).text


def test_a_changed_lesson_says_why_it_is_to_be_read_again(learner: Browser, enrolment: Enrolment) -> None:
    press_read(learner, CLOCK_PAGE)
    publish_course({"01-request/01-clock.en.md": LESSON.format(title="The new clock")}, change="substantive")

    page = learner.open(CLOCK_PAGE)
    assert page.heading == "The new clock"
    assert "It has changed since" in page.text
    assert "Changed: do it again" in learner.open("/courses/requests").text

    press_read(learner, CLOCK_PAGE)
    assert "It has changed since" not in learner.open(CLOCK_PAGE).text


def test_a_lesson_without_translation_says_so_and_shows_the_next_language(visitor: Browser) -> None:
    publish_course(IN_RUSSIAN)

    page = visitor.open(CLOCK_PAGE)

    assert page.document.get("lang") == "en"
    assert page.one("h1").get("lang") == "ru"
    assert "no translation into your language" in page.text
    assert f"{CLOCK_PAGE}?lang=kk" in page.links().values(), "the switch of languages keeps the place"


def test_a_text_that_no_native_editor_has_read_says_so(visitor: Browser) -> None:
    text = LESSON.format(title="The clock").replace("minutes: 15", "minutes: 15\nreview: pending")
    publish_course({**IN_RUSSIAN, "01-request/01-clock.en.md": text})

    assert "native editor" in visitor.open(CLOCK_PAGE).text


def test_a_retired_course_stays_readable_for_those_who_take_it(
    learner: Browser, visitor: Browser, enrolment: Enrolment
) -> None:
    db.session.get_one(Course, enrolment.course_id).retired_at = utcnow()
    db.session.commit()

    assert visitor.get(CLOCK_PAGE).status_code == 404
    assert press_read(learner, CLOCK_PAGE).path == GROUNDS_PAGE


def test_a_lesson_costs_at_most_four_queries(learner: Browser, enrolment: Enrolment) -> None:
    learner.open(CLOCK_PAGE)  # the version is read once a process
    statements: list[str] = []

    @sa.event.listens_for(db.engine, "before_cursor_execute")
    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if re.match(r"\s*SELECT", statement):
            statements.append(statement)

    learner.open(CLOCK_PAGE)
    sa.event.remove(db.engine, "before_cursor_execute", note)

    assert len(statements) <= LESSON_QUERIES, "\n".join(statements)


def test_a_lesson_is_small_on_the_wire(learner: Browser) -> None:
    answer = learner.get(CLOCK_PAGE, headers={"Accept-Encoding": "br"})

    assert answer.headers["Content-Encoding"] == "br"
    assert len(answer.data) <= LATER_PAGE_BYTES
