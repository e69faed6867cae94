"""Pages in a real browser: accessible in every language, width and colour scheme, with and without script."""

import pytest

from tests.chromium import NARROW, WIDE, Screen, chromium, faults_of, keep_picture, served

pytestmark = pytest.mark.needs("chromium")

PAGES = ["/components?since=x", "/nowhere"]  # every macro with problems in its forms, and an error page
SCREENS = [Screen(NARROW, "light", "kk"), Screen(WIDE, "dark", "ru"), Screen(NARROW, "dark", "en")]


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture
def site(app):
    with served(app) as address:
        yield address


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_every_page_is_accessible(screen, browser, site):
    with screen.window(browser) as page:
        for path in PAGES:
            page.goto(site + path)
            keep_picture(page, f"web{path.partition('?')[0].replace('/', '-')}-{screen.name}")
            assert faults_of(page) == [], path


@pytest.mark.parametrize("choice", [("size", "large"), ("contrast", "high"), ("theme", "dark")])
def test_every_view_of_a_page_is_accessible(choice, browser, site):
    name, value = choice
    with Screen(NARROW).window(browser) as page:
        page.goto(f"{site}/components")
        page.locator("summary").first.click()
        with page.expect_response("**/view"):
            page.select_option(f"#view-{name}", value)
        keep_picture(page, f"web-view-{name}-{value}")
        assert faults_of(page) == []

        page.reload()
        assert page.locator("html").get_attribute(f"data-{name}") == value


def test_the_view_can_be_chosen_without_script(browser, site):
    with Screen().window(browser, java_script_enabled=False) as page:
        page.goto(f"{site}/components")
        page.locator("summary").first.click()
        page.select_option("#view-theme", "dark")
        page.locator("[data-view] button").click()

        assert page.url == f"{site}/components"
        assert page.locator("html").get_attribute("data-theme") == "dark"


def test_a_view_that_could_not_be_kept_gives_the_button_back(browser, site):
    with Screen().window(browser) as page:
        page.goto(f"{site}/components")
        page.route("**/view", lambda route: route.fulfill(status=503))
        page.locator("summary").first.click()
        page.select_option("#view-size", "large")

        page.locator("[data-view] button").wait_for(state="visible")


def test_menus_close_by_escape_with_the_focus_back_and_by_a_click_elsewhere(browser, site):
    with Screen().window(browser) as page:
        page.goto(f"{site}/components")
        menu, summary = page.locator("details.menu"), page.locator("summary").first
        summary.click()
        page.locator("#view-size").focus()

        page.keyboard.press("Escape")
        assert menu.get_attribute("open") is None
        assert summary.evaluate("element => element === document.activeElement")

        summary.click()
        page.locator("h1").click()
        assert menu.get_attribute("open") is None


def test_the_problems_of_a_form_take_the_focus_and_lead_to_their_fields(browser, site):
    with Screen(language="en").window(browser) as page:
        page.goto(f"{site}/components")
        page.locator("form.flow:not([data-view]) button.button").click()
        page.wait_for_function("document.activeElement.id === 'errors'")

        page.locator("#errors a").first.click()
        page.wait_for_function("document.activeElement.id === 'name'")
        assert faults_of(page) == []


@pytest.fixture
def sample(browser, site):
    """Return a function that opens a page made of this HTML and our script."""
    with Screen().window(browser) as page:
        page.goto(site)
        script = page.locator("script").get_attribute("src")

        def show(html):
            body = f'<!doctype html><title>T</title><main>{html}</main><script type="module" src="{script}"></script>'
            page.route("**/sample", lambda route: route.fulfill(body=body, content_type="text/html"))
            page.goto(f"{site}/sample")
            return page

        yield show


def test_a_timer_counts_down_warns_and_says_the_marks_aloud(sample):
    page = sample('<p class="timer"><time data-timer="302"></time></p>')
    assert page.inner_text("time") in ("5:02", "5:01")

    page.wait_for_function("document.querySelector('[role=status]').textContent === '5:00'")
    assert page.locator(".timer").get_attribute("data-state") == "warn"


@pytest.mark.parametrize(("line", "marked"), [(1, "one"), (3, "three"), (4, "")])
def test_a_link_to_a_problem_puts_the_caret_on_its_line(line, marked, sample):
    page = sample(f'<a href="#text" data-line="{line}">go</a><textarea id="text">one\n\nthree\n</textarea>')

    page.click("a")

    assert page.evaluate("(t => t.value.slice(t.selectionStart, t.selectionEnd))(document.activeElement)") == marked


def test_a_skip_link_is_the_first_thing_to_be_reached_by_keyboard(browser, site):
    with Screen().window(browser) as page:
        page.goto(f"{site}/components")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")

        assert page.evaluate("document.activeElement.id") == "main"


def test_a_form_survives_the_end_of_the_session(browser, site, app):
    with Screen(NARROW, language="en").window(browser) as page:
        page.goto(f"{site}/sign-in")
        page.fill("#word", "take_courses")
        page.click("main button")
        page.fill("#word", "Әділдік")
        page.context.clear_cookies()

        page.click("main button")
        assert faults_of(page) == []
        keep_picture(page, "web-session-ended")
        page.click("main button")
        page.fill("#word", "take_courses")
        page.click("main button")
        assert faults_of(page) == []
        keep_picture(page, "web-send-again")
        page.click("main button")

        assert "Kept Әділдік" in page.inner_text("main")
