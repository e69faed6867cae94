"""An administrator: people, their roles, centres and state bodies."""

import pytest

from lms.clock import utcnow
from lms.demo.cast import PASSWORD as DEMO_PASSWORD
from tests.chromium import Screen
from tests.walk.learner import sign_in

pytestmark = pytest.mark.needs("chromium")


@pytest.fixture(params=[("kk", False), ("ru", True), ("en", True)], ids=["kk-without-script", "ru", "en"])
def administration(request, site, browser):
    """Return a window in which the administrator has signed in, in one language."""
    language, has_script = request.param
    with Screen(language=language).window(browser, java_script_enabled=has_script) as page:
        page.goto(f"{site.address}/admin?lang={language}")
        sign_in(page, "administrator", DEMO_PASSWORD)
        yield page


def submit(page):
    """Press the button of the form in the main part that writes."""
    page.locator("main form[method=post] .button").last.click()


def test_an_administrator_adds_a_centre_and_a_coordinator_for_it_who_then_gets_in(administration, site, browser):
    page, code = administration, f"w{utcnow():%H%M%S%f}"
    page.click("main a[href='/admin/centres']")
    page.click("main a[href='/admin/centres/new']")
    page.fill("[name=code]", code)
    page.select_option("[name=region_code]", "KZ-10")
    for language in ("kk", "ru", "en"):
        page.fill(f"[name=name_{language}]", f"Orda {language}")
    page.fill("[name=contact]", "+7 (000) 000-00-10")
    page.fill("[name=signatory]", "Г. Б. Қожахметова")
    submit(page)
    centre_id = page.url.rsplit("/", 1)[1]

    page.goto(f"{site.address}/admin/people/new")
    page.fill("[name=last_name]", "Жүнісова")
    page.fill("[name=first_name]", "Сәуле")
    page.fill("[name=login_name]", f"{code}-coordinator")
    submit(page)
    login, password = page.locator(".sheet code").all_inner_texts()
    page.locator("main a.button[data-kind=quiet]").last.click()
    person = page.url
    page.click("main a[href$='/grants/coordinator']")
    page.select_option("[name=centre_id]", centre_id)
    page.fill("[name=reason]", "Приказ № 1")
    submit(page)
    assert page.url == person
    assert page.locator("#roles ~ .table tbody tr, section tbody tr").count() == 1

    with Screen(language="en").window(browser) as desk:
        desk.goto(f"{site.address}/centre?lang=en")
        sign_in(desk, login, password)
        assert "Orda en" in desk.inner_text("h1")

        page.click("main a[href$='/end']")
        page.fill("[name=reason]", "Уволен")
        submit(page)
        assert desk.goto(f"{site.address}/centre").status == 403


def test_an_administrator_adds_renames_and_finds_a_state_body(administration, site):
    page, code = administration, f"b{utcnow():%H%M%S%f}"
    page.click("main a[href='/admin/state-bodies']")
    page.click("main a[href='/admin/state-bodies/new']")
    page.fill("[name=code]", code)
    page.select_option("[name=level]", "oblast")
    page.select_option("[name=region_code]", "KZ-10")
    for language in ("kk", "ru", "en"):
        page.fill(f"[name=name_{language}]", f"{code} {language}")
    submit(page)
    body = page.url

    page.fill("[name=name_en]", f"{code} renamed")
    submit(page)
    assert page.url == body
    page.goto(f"{site.address}/admin/state-bodies?lang=en")
    page.select_option("[name=region]", "KZ-10")
    page.click("form[role=search] button")
    assert f"{code} renamed" in page.inner_text("tbody")


def test_an_administrator_finds_a_person_suspends_and_restores_the_account(administration, site, browser):
    page = administration
    with site.database() as make:
        login = make.person(last_name="Құсайынова").login_name
    page.goto(f"{site.address}/admin/people")
    page.fill("[name=text]", login)
    page.click("form[role=search] button")
    page.click("tbody a")
    person = page.url
    page.click("main a[href$='/suspend']")
    page.fill("[name=reason]", "Проверка")
    submit(page)
    with Screen(language="en").window(browser) as stranger:
        stranger.goto(f"{site.address}/sign-in")
        sign_in(stranger, login)
        assert stranger.url == f"{site.address}/sign-in"
        stranger.locator("#errors").wait_for()

        page.goto(person)
        page.click("main a[href$='/restore']")
        page.fill("[name=reason]", "Проверка окончена")
        submit(page)
        sign_in(stranger, login)
        assert stranger.url == f"{site.address}/my"
