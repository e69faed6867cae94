"""A trainer: checks a course, publishes it from its files, looks at how its questions do."""

import pytest

from lms.demo.cast import PASSWORD as DEMO_PASSWORD
from tests.chromium import Screen
from tests.walk.learner import Learner, sign_in

pytestmark = pytest.mark.needs("chromium")

SLUG = "aarhus-basics"
LESSON = "01-why/01-origin.en.md"


@pytest.fixture
def file(site):
    """Return the path of a lesson in the course's folder; as it was before once the test is over."""
    path = site.courses / SLUG / LESSON
    before = path.read_bytes()
    yield path
    path.write_bytes(before)


def test_a_trainer_checks_and_publishes_from_the_command_line(site, browser, file):
    folder = str(file.parent.parent)
    assert site.lms("courses", "check", folder).returncode == 0
    sentence = "A misprint was mended here."
    file.write_text(file.read_text(encoding="utf-8") + f"\n{sentence}\n", encoding="utf-8")

    done = site.lms("courses", "publish", folder, "--change", "editorial", "--note", "Misprints", "--by", "trainer")
    assert done.returncode == 0, done.stderr
    with Screen(language="en").window(browser) as page:
        learner = Learner(site, page, "en")
        learner.open(f"/courses/{SLUG}/why/origin")
        assert sentence in page.inner_text("main")
        assert learner.course().change == "editorial"


def test_a_broken_course_is_refused_by_line_and_the_published_one_stays(site, file, browser):
    with Screen(language="en").window(browser) as page:
        before = Learner(site, page, "en").course().number
        file.write_text(file.read_text(encoding="utf-8") + "\n[An act](law:no-such-act/1)\n", encoding="utf-8")

        checked = site.lms("courses", "check", str(file.parent.parent))
        refused = site.lms("courses", "publish", str(file.parent.parent))

        assert checked.returncode == refused.returncode == 1
        line = len(file.read_text(encoding="utf-8").splitlines())
        assert f"{LESSON}:{line}:" in checked.stdout
        assert Learner(site, page, "en").course().number == before


@pytest.mark.parametrize(("language", "has_script"), [("kk", True), ("ru", False), ("en", True)])
def test_a_trainer_sees_the_state_of_the_files_and_how_the_questions_do(language, has_script, site, browser):
    with Screen(language=language).window(browser, java_script_enabled=has_script) as page:
        page.goto(f"{site.address}/studio?lang={language}")
        sign_in(page, "trainer", DEMO_PASSWORD)
        page.click(f"main a[href='/studio/{SLUG}']")
        assert page.locator("main tbody tr").count() >= 1

        page.goto(f"{site.address}/studio/{SLUG}/questions?version=1")  # the one that has been answered
        page.locator("main tbody a[href*='/questions/']").first.click()
        assert "/questions/" in page.url
        assert page.locator("h1").count() == 1


def test_a_trainer_publishes_in_the_browser_after_seeing_the_impact(site, browser, file):
    file.write_text(file.read_text(encoding="utf-8") + "\nOne more sentence.\n", encoding="utf-8")
    with Screen(language="en").window(browser) as page:
        number = Learner(site, page, "en").course().number
        page.goto(f"{site.address}/studio/{SLUG}/publish?lang=en")
        sign_in(page, "trainer", DEMO_PASSWORD)
        page.check("[name=change][value=editorial]")
        page.fill("[name=note]", "One more sentence")
        page.locator("main form[method=post] .button").last.click()

        assert page.url.startswith(f"{site.address}/studio/{SLUG}")
        assert Learner(site, page, "en").course().number == number + 1
