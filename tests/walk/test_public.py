"""Anybody, without an account: open courses in three languages, the check of a certificate, a way in."""

import pytest
from sqlalchemy import select

from lms.certificates.models import Certificate
from lms.certificates.queries import find_certificate
from lms.database import db
from lms.languages import LANGUAGES
from tests.chromium import NARROW, Screen
from tests.walk.learner import Learner

pytestmark = pytest.mark.needs("chromium")


@pytest.mark.parametrize(("language", "has_script"), [("kk", False), ("ru", True), ("en", False)])
def test_anybody_reads_an_open_course_in_any_language_and_keeps_the_place(language, has_script, site, browser):
    with Screen(NARROW, language="ru").window(browser, java_script_enabled=has_script) as page:
        learner = Learner(site, page, language)
        course = learner.course()
        learner.open("/")
        page.click(f"main a[href='/courses/{course.slug}']")
        page.click(f"main a[href$='{course.units[1].id}']")
        page.click(f".langs a[hreflang={language}]")

        assert course.units[1].id in page.url
        assert course.units[1].page(language).title in page.inner_text("h1")
        page.click(".turn a[rel=next]")
        assert page.locator("html").get_attribute("lang") == language
        assert page.locator("form[action$='/done']").count() == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_anybody_checks_a_certificate_and_learns_of_a_misprint(language, site, browser):
    with site.database():
        number = db.session.scalars(select(Certificate.number)).first()
        issued = find_certificate(number)
    with Screen(NARROW, language=language).window(browser, java_script_enabled=False) as page:
        page.goto(f"{site.address}/verify?lang={language}")
        page.fill("[name=number]", number)
        page.click("form[action='/verify'] button")

        facts = page.inner_text("dl.summary")
        assert issued.payload.holder in facts
        assert issued.payload.titles[language] in facts
        pdf = page.context.request.get(f"{site.address}/certificates/{number}.pdf")
        assert pdf.body().startswith(b"%PDF")

        page.fill("[name=number]", number[:-1] + ("3" if number[-1] == "2" else "2"))
        page.click("form[action='/verify'] button")
        assert page.locator("dl.summary").count() == 0
        assert page.locator("form[action='/verify']").count() == 1


def test_a_page_that_asks_for_an_account_leads_to_it_through_signing_in(site, browser):
    with Screen(language="en").window(browser) as page:
        page.goto(f"{site.address}/my/certificates")

        assert page.url == f"{site.address}/sign-in?next=/my/certificates"
