"""Who may open a page, and what happens to those who may not."""

import pytest

from lms.permissions import Permission
from lms.web.access import PUBLIC, SIGNED_IN, Access, declared_access

SCRIPT = {"Accept": "application/json"}


def test_a_view_that_says_nothing_is_refused_even_to_the_mighty(sign_in_with):
    browser = sign_in_with(*Permission)

    assert browser.open("/undeclared", status=403).heading == "This page is for another role"


def test_a_public_page_opens_for_everybody(browser):
    assert browser.open("/").heading == "Toy"


def test_a_stranger_is_sent_to_sign_in_and_back_to_the_very_page(browser):
    answer = browser.get("/mine?show=all&page=2")

    assert answer.status_code == 302
    assert answer.location == "/sign-in?next=/mine%3Fshow%3Dall%26page%3D2"


def test_a_script_without_a_session_is_told_so(browser):
    answer = browser.get("/mine", headers=SCRIPT)

    assert answer.status_code == 401
    assert answer.json == {"message": "Your session has ended. Sign in again.", "sign_in": "/sign-in"}


def test_a_page_with_a_permission_opens_only_with_it(sign_in_with):
    assert sign_in_with(Permission.TAKE_COURSES).open("/cohorts", status=403).heading == "This page is for another role"
    assert sign_in_with(Permission.MANAGE_COHORTS).open("/cohorts").heading == "Toy"


def test_a_page_for_everybody_signed_in_asks_for_no_permission(sign_in_with):
    assert sign_in_with().open("/mine").heading == "Toy"


def test_what_each_endpoint_asks_for_can_be_listed(app):
    declared = declared_access(app)

    assert declared["toys.home"] is PUBLIC
    assert declared["toys.mine"] is SIGNED_IN
    assert declared["toys.cohorts"] == Access(needs_sign_in=True, permission=Permission.MANAGE_COHORTS)
    assert declared["toys.undeclared"] is None
    assert all(access for endpoint, access in declared.items() if endpoint.startswith(("web.", "components.")))


@pytest.mark.parametrize(
    ("permissions", "shown"),
    [
        (None, ["Home", "Sign in"]),
        ([], ["Home", "Mine"]),
        ([Permission.MANAGE_COHORTS], ["Home", "Mine", "Cohorts"]),
        ([Permission.MANAGE_COHORTS, Permission.AUTHOR_COURSES], ["Home", "Mine", "Cohorts", "Studio"]),
    ],
)
def test_the_masthead_shows_the_sections_that_the_reader_may_open(permissions, shown, browser, sign_in_with):
    if permissions is not None:
        sign_in_with(*permissions)

    sections = browser.open("/").one("nav", class_="sections")

    assert ["".join(a.itertext()) for a in sections.iter("a")] == shown


def test_links_stand_where_they_are_registered_and_in_order(sign_in_with):
    page = sign_in_with().open("/")

    assert ["".join(a.itertext()) for a in page.one("footer").iter("a")] == ["Sooner", "Later"]
    assert page.links()["My papers"] == "/mine"
    assert "Sign in" not in page.links()


def test_the_section_being_read_is_marked(sign_in_with):
    page = sign_in_with().open("/mine")

    assert {a.get("href") for a in page.all("a", aria_current="page")} == {"/mine"}
