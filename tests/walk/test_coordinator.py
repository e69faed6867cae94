"""A coordinator: a cohort, a learner with a printed slip, enrolment with a due date, and how far everybody has come."""

from datetime import timedelta

import pytest

from lms.accounts.queries import find_by_login, list_centres_of
from lms.centres.models import Centre
from lms.clock import local_date, utcnow
from lms.database import db
from lms.demo.cast import PASSWORD as DEMO_PASSWORD
from tests.chromium import NARROW, Screen
from tests.walk.learner import Learner, sign_in

pytestmark = pytest.mark.needs("chromium")

LANGUAGES = [("kk", True), ("ru", False), ("en", True)]


@pytest.fixture(params=LANGUAGES, ids=["kk", "ru-without-script", "en"])
def desk(request, site, browser):
    """Return a window in which the coordinator of Karaganda has signed in, in one language."""
    language, has_script = request.param
    with Screen(language=language).window(browser, java_script_enabled=has_script) as page:
        page.goto(f"{site.address}/centre?lang={language}")
        sign_in(page, "coordinator", DEMO_PASSWORD)
        assert page.locator("html").get_attribute("lang") == language
        yield page


def submit(page):
    """Press the button of the form in the main part that writes."""
    page.locator("main form[method=post] .button:not([data-kind=danger])").last.click()


def test_a_coordinator_opens_a_cohort_adds_a_new_learner_and_follows_them(desk, site, browser):
    due_on = local_date(utcnow()) + timedelta(days=30)
    name = f"walk {utcnow():%H%M%S%f}"
    login = name.replace(" ", "-")
    _open_cohort(desk, name, due_on)
    cohort_url = desk.url

    desk.click("main a[href*='/centre/people/new?cohort=']")
    desk.fill("[name=last_name]", "Өтеғұлова")
    desk.fill("[name=first_name]", "Гүлжан")
    desk.fill("[name=login_name]", login)
    desk.select_option("[name=state_body_id]", index=2)
    desk.fill("[name=category]", "С-4")  # the first letter is Cyrillic, as people type it
    submit(desk)
    desk.locator(".sheet code").first.wait_for()
    slip = desk.locator(".sheet code").all_inner_texts()
    assert slip[0] == login
    password = slip[1]

    desk.reload()  # sends the form once more
    assert password not in desk.content()
    with Screen(NARROW, language="ru").window(browser) as page:
        Learner(site, page, "ru").open("/my")
        sign_in(page, login, password)
        assert page.locator(f".card time[datetime^='{due_on}']").count() == 1

    desk.goto(cohort_url)
    assert desk.locator("tbody th").all_inner_texts() == ["Өтеғұлова Гүлжан"]


def test_a_coordinator_enrols_people_of_the_centre_and_moves_one_due_date(desk, site):
    with site.database() as make:
        (centre_id,) = list_centres_of(find_by_login("coordinator").id)
        centre = db.session.get_one(Centre, centre_id)
        people = [make.learner(centre=centre, last_name=name).login_name for name in ("Әлиев", "Яковлев")]
    due_on = local_date(utcnow()) + timedelta(days=20)
    _open_cohort(desk, f"walk {utcnow():%H%M%S%f}", due_on)
    cohort_url = desk.url
    desk.click("main a[href$='/add']")
    desk.fill("[name=logins]", "\n".join([*people, "nobody-knows-me"]))
    submit(desk)

    assert desk.locator("main code").all_inner_texts() == ["nobody-knows-me"]
    assert desk.locator("tbody input:checked").count() == len(people)
    submit(desk)
    rows = desk.locator("tbody th").all_inner_texts()
    assert [row.split()[0] for row in rows] == ["Әлиев", "Яковлев"]

    desk.locator("[name=who]").first.check()
    desk.locator("main form .button[data-kind=quiet]").click()
    desk.fill("[name=due_on]", str(due_on + timedelta(days=7)))
    desk.fill("[name=reason]", "Больничный лист")
    submit(desk)
    desk.goto(f"{cohort_url}?show=all")
    dates = desk.locator("tbody td time").evaluate_all("times => times.map(time => time.dateTime.slice(0, 10))")
    assert dates == [str(due_on + timedelta(days=7)), str(due_on)]


def test_a_coordinator_sees_who_needs_help_and_nobody_of_another_centre(desk, site):
    desk.click("table tbody tr:last-child a")
    figures = [int(text) for text in desk.locator(".stats .value").all_inner_texts()]
    everybody, completed, active, need_help = figures
    assert everybody == completed + active + need_help
    assert desk.locator("tbody tr").count() == need_help

    desk.click(".tabs a[href*='show=done']")
    assert desk.locator("tbody tr a[href^='/verify/']").count() == completed
    with site.database() as make:
        cohort = make.cohort(make.centre(), course_id=1).id
    for address in (f"/centre/cohorts/{cohort}", f"/centre/cohorts/{cohort}/add"):
        assert desk.goto(site.address + address).status == 404


def _open_cohort(page, name, due_on):
    page.click("main a[href='/centre/cohorts/new']")
    page.fill("[name=name]", name)
    page.fill("[name=due_on]", str(due_on))
    submit(page)
    assert name in page.inner_text("h1")
