"""A learner on the whole way, from the slip of the training centre to a certificate that a stranger checks."""

import subprocess
from datetime import timedelta

import pytest

from lms.clock import local_date, utcnow
from lms.languages import in_language
from tests.chromium import NARROW, WIDE, Screen
from tests.needs import needs
from tests.walk.learner import Learner, sign_in

pytestmark = pytest.mark.needs("chromium")

NAME = "Нұрсұлтанқызы Әйгерім"


@pytest.fixture
def enrolled(site):
    """Return a function that enrols somebody new in the course until a day, and returns their login name."""

    def enrol(language):
        login = f"walk-{language}-{utcnow():%H%M%S%f}"
        with site.database() as make:
            person = make.learner(login_name=login, language=language)
            make.enrolment(person, course_id=1, due_on=local_date(utcnow()) + timedelta(days=9))
        return login

    return enrol


@pytest.mark.needs("poppler")
@pytest.mark.parametrize(
    ("language", "width", "has_script"), [("kk", NARROW, False), ("ru", WIDE, True)], ids=["kk-without-script", "ru"]
)
def test_a_learner_goes_from_signing_in_to_a_certificate_that_anybody_checks(
    language, width, has_script, site, browser, enrolled, tmp_path
):
    login = enrolled(language)
    with Screen(width, language=language).window(browser, java_script_enabled=has_script) as page:
        learner = Learner(site, page, language)
        course = learner.course()
        learner.open("/my")
        sign_in(page, login)

        assert page.url == f"{site.address}/my"
        assert page.locator("html").get_attribute("lang") == language
        due_on = local_date(utcnow()) + timedelta(days=9)
        card = page.locator(".card").filter(has_text=in_language(course.titles, language))
        assert card.locator(f"time[datetime^='{due_on}']").count() == 1

        card.locator("h3 a").click()
        for unit in course.units:
            # The outline and every page after it lead on to the next unit.
            if page.url == f"{site.address}/courses/{course.slug}":
                page.click(f".row a.button[href$='{unit.id}']")
            assert page.url == f"{site.address}/courses/{course.slug}/{unit.id}"
            assert unit.page(language).title in page.inner_text("h1")
            if unit.kind == "lesson":
                learner.finish_lesson()
                continue
            learner.take_quiz()
            assert page.inner_text(".score").replace("\N{NO-BREAK SPACE}", " ").startswith("100")
            assert page.locator(".told.plain, dl.summary, .note").count() > 0
            if unit is not course.units[-1]:
                page.click(f".row a.button[href*='/courses/{course.slug}/']")
        page.click("main a[href='/my/certificates']")

        number = page.inner_text(".card a[href*='/verify/'] .whole")
        pdf = page.context.request.get(site.address + page.locator(".card a.button").get_attribute("href"))
        assert pdf.body().startswith(b"%PDF")
        text = _text_of(pdf.body(), tmp_path)
        assert NAME in text
        assert number in text
    with Screen(language=language).window(browser) as stranger:
        stranger.goto(f"{site.address}/verify")
        stranger.fill("[name=number]", number.lower().replace("-", " "))
        stranger.click("form[action='/verify'] button")
        assert stranger.url == f"{site.address}/verify/{number}"
        assert stranger.locator(".verdict").get_attribute("data-kind") == "ok"
        assert NAME in stranger.inner_text("dl.summary")


def _text_of(pdf, folder):
    """Return the words of a PDF as a reader copies them."""
    path = folder / "certificate.pdf"
    path.write_bytes(pdf)
    done = subprocess.run([needs("poppler"), path, "-"], capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_lesson_is_read_with_its_self_checks_and_noted_as_read(language, site, browser, enrolled):
    login = enrolled(language)
    with Screen(NARROW, language=language).window(browser) as page:
        learner = Learner(site, page, language)
        unit = next(unit for unit in learner.course().units if unit.page(language).questions)
        learner.open(f"/courses/{learner.course().slug}/{unit.id}")
        page.click(".sections a[href^='/sign-in']")
        sign_in(page, login)
        assert unit.id in page.url

        for check_id in unit.page(language).questions:
            learner.answer_check(unit.id, check_id)
            told = page.locator(f"#check-{check_id}")
            assert told.locator("[data-state=ok]").count() > 0
            assert told.locator("[data-state=bad]").count() == 0

        learner.finish_lesson()
        learner.open("/my")
        assert page.locator("progress").first.get_attribute("value") == "1"


def test_a_wrong_answer_is_told_with_its_reason_and_the_test_may_be_tried_again(site, browser, enrolled):
    with Screen(language="en").window(browser) as page:
        learner = Learner(site, page, "en")
        quiz = next(unit for unit in learner.course().units if unit.kind == "quiz")
        learner.open(f"/courses/{learner.course().slug}/{quiz.id}")
        page.click(".sections a[href^='/sign-in']")
        sign_in(page, enrolled("en"))
        attempt_id = learner.begin()
        learner.answer(attempt_id, 1)
        learner.press("next")
        learner.press("review")
        page.check("[name=sure]")
        learner.hand_in()

        assert float(page.inner_text(".score").rstrip("%")) < 60
        assert page.locator(".note").count() > 0
        assert learner.begin() > attempt_id


def test_the_final_test_stays_shut_until_the_lessons_are_read(site, browser, enrolled):
    with Screen(language="ru").window(browser) as page:
        learner = Learner(site, page, "ru")
        learner.open(f"/courses/{learner.course().slug}/{learner.course().units[-1].id}")
        page.click(".sections a[href^='/sign-in']")
        sign_in(page, enrolled("ru"))

        assert page.locator("form[action$='/attempts']").count() == 0
        with site.database():
            assert learner.course().units[-1].settings.attempts is not None
