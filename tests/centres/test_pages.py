"""The administrator's pages on centres and state bodies."""

import pytest

from lms.centres.models import Centre, CentreTerm, StateBody, StateBodyTerm
from lms.centres.queries import get_centre, get_state_body
from lms.database import db
from lms.ledger.models import LedgerEntry
from lms.permissions import Role
from tests.make import Make
from tests.signing import Browser, browser_of

NAMES = {"name_kk": "Қостанай орталығы", "name_ru": "Костанайский центр", "name_en": "Kostanay Centre"}
CENTRE = NAMES | {
    "code": "Kostanay-1",
    "region_code": "KZ-39",
    "contact": "+7 (000) 000-00-39",
    "signatory": "Director",
}
BODY = NAMES | {"code": "kostanay-akimat", "region_code": "KZ-39", "level": "oblast", "parent_id": ""}


def test_empty_lists_say_how_to_begin(browser: Browser) -> None:
    assert browser.open("/admin/centres").links()["Add a centre"] == "/admin/centres/new"
    assert browser.open("/admin/state-bodies").links()["Add a state body"] == "/admin/state-bodies/new"


def test_a_centre_is_added_once_however_often_it_is_sent(browser: Browser) -> None:
    fields = browser.open("/admin/centres/new").fields() | CENTRE

    first, second = (browser.send("/admin/centres/new", fields) for _ in range(2))

    assert first.heading == second.heading == "Kostanay Centre"
    centre = db.session.query(Centre).one()
    assert (centre.code, get_centre(centre.id).name_kk) == ("kostanay-1", "Қостанай орталығы")
    assert "Kostanay Region" in browser.open("/admin/centres").text


@pytest.mark.parametrize(
    ("wrong", "anchor"),
    [
        ({"code": "c 1"}, "code"),
        ({"code": "taken"}, "code"),
        ({"name_kk": ""}, "name_kk"),
        ({"signatory": "明"}, "signatory"),
        ({"region_code": ""}, "region_code"),
    ],
)
def test_a_refused_centre_says_where_and_keeps_the_rest(wrong: dict[str, str], anchor: str, browser: Browser) -> None:
    browser.send("/admin/centres/new", browser.open("/admin/centres/new").fields() | CENTRE | {"code": "taken"})
    fields = browser.open("/admin/centres/new").fields() | CENTRE | wrong

    page = browser.send("/admin/centres/new", fields, status=422)

    assert f"#{anchor}" in page.links().values()
    assert page.fields()["contact"] == "+7 (000) 000-00-39"
    assert db.session.query(Centre).count() == 1


def test_a_renamed_centre_is_a_new_term_and_the_same_again_is_not(browser: Browser, make: Make) -> None:
    centre = make.centre()
    address = f"/admin/centres/{centre.id}"
    fields = browser.open(address).fields() | {"name_en": "Renamed"}

    for _ in range(2):
        page = browser.send(address, fields)

    assert page.heading == "Renamed"
    assert db.session.query(CentreTerm).count() == 2
    assert db.session.query(LedgerEntry).filter_by(kind="centre changed").count() == 1


def test_a_state_body_is_added_under_another_once(browser: Browser, make: Make) -> None:
    parent = make.state_body(name_en="Akimat")
    fields = browser.open("/admin/state-bodies/new").fields() | BODY | {"parent_id": str(parent.id)}

    for _ in range(2):
        page = browser.send("/admin/state-bodies/new", fields)

    assert page.heading == "Kostanay Centre"
    added = db.session.query(StateBody).filter_by(code="kostanay-akimat").one()
    assert get_state_body(added.id).parent_id == parent.id


def test_a_state_body_cannot_stand_under_its_own(browser: Browser, make: Make) -> None:
    above = make.state_body(name_en="Above")
    below = make.state_body(name_en="Below", parent_id=above.id)
    address = f"/admin/state-bodies/{above.id}"

    page = browser.send(address, browser.open(address).fields() | {"parent_id": str(below.id)}, status=422)

    assert "#parent_id" in page.links().values()


def test_a_state_body_is_moved_to_the_top(browser: Browser, make: Make) -> None:
    above = make.state_body()
    below = make.state_body(parent_id=above.id)
    address = f"/admin/state-bodies/{below.id}"

    browser.send(address, browser.open(address).fields() | {"parent_id": ""})

    assert get_state_body(below.id).parent_id is None
    assert db.session.query(StateBodyTerm).filter_by(state_body_id=below.id).count() == 2


def test_state_bodies_are_shown_as_a_tree_of_the_country_or_a_region(browser: Browser, make: Make) -> None:
    above = make.state_body(name_en="Zhambyl akimat", region_code="KZ-31")
    make.state_body(name_en="Agriculture", region_code="KZ-31", parent_id=above.id)
    make.state_body(name_en="Ministry", region_code="KZ-71", level="central")

    names = [link for link in browser.open("/admin/state-bodies").links() if link[0] in "ZAM"]
    region = browser.open("/admin/state-bodies?region=KZ-71")

    assert [name for name in reversed(names) if name in ("Ministry", "Zhambyl akimat", "Agriculture")] == [
        "Ministry",
        "Zhambyl akimat",
        "Agriculture",
    ]
    assert "Zhambyl" not in region.one("tbody").itertext()
    assert "No state bodies in this region" in browser.open("/admin/state-bodies?region=KZ-10").text


def test_many_state_bodies_come_in_pages(browser: Browser, make: Make) -> None:
    for number in range(101):
        make.state_body(name_en=f"Body {number:03}")

    last = browser.open("/admin/state-bodies?page=2")

    assert "Body 100" in last.text
    assert "Body 099" not in last.text
    assert browser.open("/admin/state-bodies?page=9").heading == "State bodies"


def test_places_that_are_not_there_are_not_found(browser: Browser) -> None:
    browser.open("/admin/centres/99", status=404)
    browser.open("/admin/state-bodies/99", status=404)


def test_only_administrators_may_open_these_pages(context: object, make: Make, browser: Browser) -> None:
    coordinator = browser_of(browser.app, make.staff(Role.COORDINATOR, centre_id=make.centre().id))

    coordinator.open("/admin/centres", status=403)
