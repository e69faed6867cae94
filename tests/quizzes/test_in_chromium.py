"""A quiz in a real browser: accessible, saved while one answers, and nothing lost without a connection."""

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect

from lms.accounts.models import Person
from lms.clock import utcnow
from lms.database import db
from lms.enrolments.models import Enrolment
from lms.questions.questions import Scenario
from lms.quizzes.models import Attempt, Grade
from lms.quizzes.queries import list_steps
from lms.quizzes.steps import latest
from tests.chromium import NARROW, WIDE, Screen, chromium, faults_of, keep_picture, served
from tests.quizzes.publishing import QUIZ, Academy
from tests.quizzes.samples import every_kind, single, text
from tests.signing import browser_of

pytestmark = pytest.mark.needs("chromium")

EVERY_KIND = tuple(str(number) for number in range(1, 11))
ONE_OF_A_CASE = EVERY_KIND[-1:]
SCREENS = {  # every kind of question where it is narrowest and longest; what differs by page everywhere
    Screen(NARROW, "light", "kk"): EVERY_KIND,
    Screen(WIDE, "dark", "ru"): ONE_OF_A_CASE,
    Screen(NARROW, "dark", "en"): ONE_OF_A_CASE,
}
GIVE_UP_SECONDS = 10  # after which answers.js takes a reply for lost; no clock but the browser's own knows it


@pytest.fixture(scope="module")
def browser() -> Iterator[Chromium]:
    """Return Chromium."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    """Return the address of the application."""
    with served(app) as address:
        yield address


class Desk:
    """The learner's own browser window, signed in, and what the database holds beside it."""

    def __init__(self, app: Flask, learner: Person, site: str) -> None:
        cookie = browser_of(app, learner).client.get_cookie("session")
        assert cookie is not None
        self.cookie, self.site = {"name": "session", "value": cookie.value}, site

    def window(self, browser: Chromium, screen: Screen, **options: Any) -> Any:
        """Return a window of this learner; what the test itself has read ends here, or it would hold up every form."""
        db.session.rollback()
        state = {"cookies": [{**self.cookie, "domain": "127.0.0.1", "path": "/"}], "origins": []}
        return screen.window(browser, storage_state=state, **options)

    @staticmethod
    def answers() -> dict[str, Any]:
        """Return the answers that count in the last attempt."""
        db.session.rollback()
        attempt = db.session.query(Attempt).order_by(Attempt.id.desc()).first()
        given = latest(list_steps(attempt.id)) if attempt else {}
        db.session.rollback()
        return {question: one.answer for question, one in given.items()}


@pytest.fixture
def desk(app: Flask, learner: Person, enrolment: Enrolment, site: str) -> Desk:
    """Return the learner's desk."""
    return Desk(app, learner, site)


def path_of(attempt: Attempt) -> str:
    return f"/attempts/{attempt.id}"


class Clock:
    """The clock of a window: moved on by the test, or in long tests the real one, which is waited for."""

    def __init__(self, is_real: bool) -> None:
        self.is_real = is_real

    def start(self, page: Page) -> Page:
        """Take the clock of a window over before anything is opened in it."""
        if not self.is_real:
            page.clock.install()
        return page

    def forward(self, page: Page, seconds: float) -> None:
        """Let some time pass."""
        if self.is_real:
            page.wait_for_timeout(1000 * seconds)
        else:
            page.clock.fast_forward(int(1000 * seconds))


@pytest.fixture(params=["moved", pytest.param("real", marks=pytest.mark.long)])
def clock(request: pytest.FixtureRequest) -> Clock:
    """Return the clock that a test goes by."""
    return Clock(is_real=request.param == "real")


@pytest.mark.parametrize(("screen", "asked"), SCREENS.items(), ids=[screen.name for screen in SCREENS])
def test_every_page_of_a_quiz_is_accessible(
    screen: Screen, asked: Sequence[str], academy: Academy, enrolment: Enrolment, browser: Chromium, desk: Desk
) -> None:
    case = Scenario("case", "Emissions and a secret", "<p>The plant objects to giving data.</p>")
    questions = [*every_kind(), single("case-1", scenario="case", topic="clock")]
    academy.publish(questions, scenarios=[case], time_limit=30, shuffle=False)
    wrong = {"deadline": "1", "refusal": ["0", "2"], "pillars": ["1", "1"], "city": "x", "honest": "yes"}
    done = path_of(academy.take(enrolment, wrong, now=utcnow() - timedelta(hours=2)))
    path = path_of(academy.begin(enrolment))
    places = [f"/courses/request/{QUIZ}", *(f"{path}/{n}" for n in asked), f"{path}/review", f"{done}/result"]

    with desk.window(browser, screen) as page:
        for place in places:
            page.goto(f"{desk.site}{place}?lang={screen.language}")
            if place.endswith("result"):
                page.locator("details:not(.menu) summary").click()
            keep_picture(page, f"quiz{place.replace('/', '-')}-{screen.name}")
            assert faults_of(page) == [], place


def saved(page: Page) -> None:
    """Wait until the sign says that everything is saved."""
    expect(page.locator("[data-saved]")).to_have_attribute("data-state", "ok")


def test_an_answer_is_saved_a_second_after_it_was_given(
    academy: Academy, enrolment: Enrolment, browser: Chromium, desk: Desk, clock: Clock
) -> None:
    academy.publish([text("a"), text("b")], shuffle=False)
    path = path_of(academy.begin(enrolment))

    with desk.window(browser, Screen(language="en")) as page:
        clock.start(page).goto(desk.site + path)
        page.get_by_label("Your answer").press_sequentially("Aarhus")
        clock.forward(page, 1)
        saved(page)
        assert desk.answers() == {"a": "Aarhus"}
        assert "Saved" in (page.locator("[data-saved]").text_content() or "")
        page.get_by_role("button", name="Save and go on").click()
        page.wait_for_url("**/2")

    assert len(list_steps(int(path.rsplit("/", 1)[1]))) == 1, "moving on does not save the same once more"


@pytest.mark.parametrize("size", [4, pytest.param(20, marks=pytest.mark.long)])
def test_answers_given_without_a_connection_are_sent_when_it_is_back(
    size: int, academy: Academy, enrolment: Enrolment, browser: Chromium, desk: Desk, clock: Clock
) -> None:
    questions = [text(f"q{n}") for n in range(1, size + 1)]
    academy.publish(questions, shuffle=False)
    path = path_of(academy.begin(enrolment))

    with desk.window(browser, Screen(language="en")) as page:
        clock.start(page)
        pages = [page.context.new_page() for _ in questions]
        for number, one in enumerate(pages, 1):
            one.goto(f"{desk.site}{path}/{number}")
        page.context.set_offline(True)
        for number, one in enumerate(pages, 1):
            one.get_by_label("Your answer").fill(f"answer {number}")
        clock.forward(page, 1)
        for one in pages:
            expect(one.locator("[data-saved]")).to_contain_text("Not saved yet", timeout=5_000)
        clock.forward(page, 60)
        assert desk.answers() == {}

        for one in pages[size // 2 :]:
            one.close()
        page.context.set_offline(False)
        for one in pages[: size // 2]:
            saved(one)

    assert desk.answers() == {f"q{n}": f"answer {n}" for n in range(1, size + 1)}


def test_an_answer_outlives_a_closed_tab(
    academy: Academy, enrolment: Enrolment, browser: Chromium, desk: Desk, clock: Clock
) -> None:
    academy.publish([single(), text()], shuffle=False)
    path = path_of(academy.begin(enrolment))

    with desk.window(browser, Screen(language="en")) as page:
        clock.start(page)
        tab, other = page.context.new_page(), page.context.new_page()
        tab.goto(f"{desk.site}{path}/1")
        page.context.set_offline(True)
        tab.get_by_label("Within three months").check()
        clock.forward(page, 1)
        expect(tab.locator("[data-saved]")).to_contain_text("Not saved yet", timeout=5_000)
        tab.close()
        assert desk.answers() == {}

        page.context.set_offline(False)
        other.goto(f"{desk.site}{path}/1")
        assert other.get_by_label("Within three months").is_checked()
        saved(other)

    assert desk.answers() == {"deadline": "2"}


def test_the_page_stays_while_nothing_gets_through(
    academy: Academy, enrolment: Enrolment, browser: Chromium, desk: Desk
) -> None:
    academy.publish([text("a"), text("b")], shuffle=False)
    path = path_of(academy.begin(enrolment))

    with desk.window(browser, Screen(language="en")) as window:
        page = window.context.new_page()
        page.goto(f"{desk.site}{path}/1")
        page.context.set_offline(True)
        page.get_by_label("Your answer").fill("Aarhus")
        page.get_by_role("button", name="Save and go on").click()
        expect(page.locator("[data-saved]")).to_contain_text("Not saved yet")
        assert page.url.endswith("/1")

        page.context.set_offline(False)
        saved(page)
        page.get_by_role("button", name="Save and go on").click()
        page.wait_for_url("**/2")

    assert desk.answers() == {"a": "Aarhus"}


def test_a_slow_server_is_told_within_five_seconds_and_saves_once(
    academy: Academy, enrolment: Enrolment, browser: Chromium, desk: Desk, clock: Clock
) -> None:
    academy.publish([text("a")])
    path = path_of(academy.begin(enrolment))
    replies: list[Any] = []
    lost: list[Any] = []

    def lose_the_first_reply(route: Any) -> None:
        replies.append(route.fetch())
        if len(replies) == 1:
            lost.append(route)
        else:
            route.fulfill(response=replies[-1])

    with desk.window(browser, Screen(language="en")) as page:
        clock.start(page).goto(f"{desk.site}{path}/1")
        page.route("**/answers", lose_the_first_reply)
        with page.expect_request("**/answers"):
            page.get_by_label("Your answer").fill("Aarhus")
            clock.forward(page, 1)
        clock.forward(page, 3)
        expect(page.locator("[data-saved]")).to_contain_text("Not saved yet", timeout=1_000)
        if clock.is_real:
            clock.forward(page, GIVE_UP_SECONDS)
        else:
            while not lost:  # the server may take longer than the clock that was moved on
                page.wait_for_timeout(20)
            with page.expect_event("requestfailed"):
                lost[0].abort()
        clock.forward(page, 4)
        saved(page)
        page.unroute_all(behavior="ignoreErrors")

    assert [reply.status for reply in replies] == [200, 200]
    assert len(list_steps(int(path.rsplit("/", 1)[1]))) == 1


def test_an_answer_that_is_refused_says_so(
    academy: Academy, enrolment: Enrolment, browser: Chromium, desk: Desk, clock: Clock
) -> None:
    academy.publish([question for question in every_kind() if question.kind == "ordering"])
    path = path_of(academy.begin(enrolment))

    with desk.window(browser, Screen(language="en")) as page:
        clock.start(page).goto(f"{desk.site}{path}/1")
        page.get_by_label("Place 1").select_option(index=1)
        page.get_by_label("Place 2").select_option(index=1)
        clock.forward(page, 1)
        expect(page.locator("[data-saved]")).to_contain_text("two places")
        page.get_by_label("Place 2").select_option(index=2)
        clock.forward(page, 1)
        saved(page)

    assert len(desk.answers()["timeline"]) == 3


def test_a_session_that_has_ended_is_told_and_the_answer_sent_after_signing_in(
    academy: Academy, enrolment: Enrolment, browser: Chromium, desk: Desk, clock: Clock
) -> None:
    academy.publish([text("a"), text("b")], shuffle=False)
    path = path_of(academy.begin(enrolment))

    with desk.window(browser, Screen(language="en")) as page:
        clock.start(page).goto(f"{desk.site}{path}/1")
        page.context.clear_cookies()
        page.get_by_label("Your answer").fill("Aarhus")
        clock.forward(page, 1)
        expect(page.locator("[data-saved]")).to_contain_text("session has ended")
        assert desk.answers() == {}

        page.context.add_cookies([{**desk.cookie, "url": desk.site}])  # type: ignore[list-item]
        page.goto(f"{desk.site}{path}/1")
        assert page.get_by_label("Your answer").input_value() == "Aarhus"
        saved(page)

    assert desk.answers() == {"a": "Aarhus"}


def test_when_the_time_is_over_the_attempt_is_handed_in_with_the_last_word(
    academy: Academy, enrolment: Enrolment, browser: Chromium, desk: Desk, clock: Clock
) -> None:
    academy.publish([text("a")], time_limit=1)
    path = path_of(academy.begin(enrolment))

    with desk.window(browser, Screen(language="en")) as page:
        clock.start(page).goto(f"{desk.site}{path}/1")
        left = int(page.locator("[data-timer]").get_attribute("data-timer") or 0)
        clock.forward(page, left - 10)
        expect(page.locator("[data-timer]")).to_have_text(re.compile("0:(10|0[0-9])"))
        page.get_by_label("Your answer").fill("Aarhus")
        clock.forward(page, 10)
        page.wait_for_url("**/result")
        expect(page.get_by_role("heading", level=1)).to_have_text("The test is passed")

    db.session.rollback()
    assert db.session.query(Grade).one().is_passed


def test_a_quiz_is_taken_without_script(academy: Academy, enrolment: Enrolment, browser: Chromium, desk: Desk) -> None:
    academy.publish([single(), text()], shuffle=False)

    with desk.window(browser, Screen(NARROW, language="en"), java_script_enabled=False) as page:
        page.goto(f"{desk.site}/courses/request/{QUIZ}")
        page.get_by_role("button", name="Begin the test").click()
        page.get_by_label("Within one month").check()
        page.get_by_role("button", name="Save and go on").click()
        page.get_by_label("Your answer").fill("Aarhus")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Hand in the test").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("The test is passed")


def test_a_quiz_is_taken_by_keyboard_alone(
    academy: Academy, enrolment: Enrolment, browser: Chromium, desk: Desk
) -> None:
    academy.publish([single()])
    path = path_of(academy.begin(enrolment))

    with desk.window(browser, Screen(language="en")) as page:
        page.goto(f"{desk.site}{path}/1")
        page.locator("#main").focus()
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**/review")

    assert set(desk.answers()) == {"deadline"}
