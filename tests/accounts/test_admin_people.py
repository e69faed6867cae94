"""The administrator's pages on people: opening accounts, correcting them, closing them."""

import re

import pytest

from lms.accounts.actions import start_sign_in
from lms.accounts.models import Person
from lms.accounts.passwords import verify_password
from lms.accounts.queries import find_by_login, find_employment, find_signed_in
from lms.clock import utcnow
from lms.database import db
from lms.ledger.models import LedgerEntry
from lms.permissions import Role
from lms.web.models import PostedForm
from tests.accounts.conftest import SignIn
from tests.browser import Page
from tests.make import PASSWORD, Make
from tests.signing import Browser

NEW = {"last_name": "Қожахметова", "first_name": "Гүлнар", "login_name": "karaganda-17", "language": "kk"}
MADE = re.compile(r"\b[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}\b")


def password_on(page: Page) -> str:
    """Return the password that a slip shows."""
    found = MADE.findall(page.text)
    assert len(found) == 1, page.text
    return str(found[0])


def open_account(browser: Browser, **facts: str) -> tuple[dict[str, str], Page]:
    """Open an account; return what was sent and the page that came back."""
    fields = browser.open("/admin/people/new").fields() | NEW | facts
    return fields, browser.send("/admin/people/new", fields)


def kinds(person: Person) -> list[str]:
    """Return what the ledger says was done to a person."""
    query = db.session.query(LedgerEntry.kind).filter_by(person=person.pseudonym).order_by(LedgerEntry.id)
    return [kind for (kind,) in query]


def test_the_overview_counts_and_leads_on(browser: Browser, make: Make) -> None:
    make.learner()

    page = browser.open("/admin")

    assert page.heading == "Administration"
    assert page.links()["2"] == "/admin/people"
    assert page.links()["Administration"] == "/admin"


def test_an_account_is_opened_with_a_slip_that_opens_it(browser: Browser, visitor: Browser) -> None:
    _, slip = open_account(browser)
    password = password_on(slip)

    person = find_by_login("karaganda-17")
    assert person is not None
    assert verify_password(password, person.password_hash)
    assert "karaganda-17" in slip.text
    answer = visitor.post("/sign-in", {"login": "Karaganda-17", "password": password})
    assert answer.status_code == 302


def test_a_password_is_shown_once_and_kept_nowhere(browser: Browser) -> None:
    fields, slip = open_account(browser)
    password = password_on(slip)

    again = browser.send("/admin/people/new", fields)

    assert slip.response.headers["Cache-Control"] == "no-store"
    assert not MADE.search(again.text)
    assert "shown once" in again.text
    assert db.session.query(Person).filter_by(login_name="karaganda-17").count() == 1
    kept = [e.facts for e in db.session.query(LedgerEntry)] + [f.location for f in db.session.query(PostedForm)]
    assert not any(password in (text or "") for text in kept)


@pytest.mark.parametrize(
    ("wrong", "anchor", "message"),
    [
        ({"last_name": ""}, "last_name", "Fill in this field"),
        ({"first_name": "明"}, "first_name", "Certificates cannot print these letters: 明"),
        ({"login_name": ""}, "login_name", "Give a login name or an e-mail"),
        ({"login_name": "Қарағанды"}, "login_name", "Latin letters"),
        ({"login_name": "taken"}, "login_name", "Somebody already signs in"),
        ({"email": "TAKEN@example.kz"}, "email", "Somebody already signs in"),
        ({"email": "nobody"}, "email", "not an e-mail address"),
    ],
)
def test_a_refused_account_says_where_and_keeps_the_rest(
    wrong: dict[str, str], anchor: str, message: str, browser: Browser, make: Make
) -> None:
    make.person(login_name="taken", email="taken@example.kz")
    fields = browser.open("/admin/people/new").fields() | NEW | {"middle_name": "Болатқызы"} | wrong

    page = browser.send("/admin/people/new", fields, status=422)

    assert f"#{anchor}" in page.links().values()
    assert message in page.text
    assert page.fields()["middle_name"] == "Болатқызы"


def test_people_are_searched_by_folded_name_and_login_page_by_page(browser: Browser, make: Make) -> None:
    make.person(last_name="Қожахметова", login_name="astana-1")
    for _ in range(60):
        make.person(last_name="Ахметов", password=None)

    assert "Қожахметова" in browser.open("/admin/people?text=кожах").text
    assert "Қожахметова" in browser.open("/admin/people?text=ASTANA-1").text
    assert "Nobody found" in browser.open("/admin/people?text=zzz").text
    first, second = browser.open("/admin/people?text=ахмет"), browser.open("/admin/people?text=ахмет&page=2")
    assert "60 people" in first.text
    assert (len(first.all("th", scope="row")), len(second.all("th", scope="row"))) == (50, 10)


def test_a_name_is_changed_and_the_same_name_again_is_not_a_change(browser: Browser, make: Make) -> None:
    person = make.learner(last_name="Ахметова")
    address = f"/admin/people/{person.id}/name"
    fields = browser.open(address).fields() | {"last_name": "Ли"}

    for _ in range(2):
        page = browser.send(address, fields)

    assert page.heading.startswith("Ли ")
    assert kinds(person).count("person renamed") == 1


def test_logins_are_changed_but_not_to_those_of_others(browser: Browser, make: Make) -> None:
    make.person(login_name="taken")
    person = make.person(login_name="mine")
    address = f"/admin/people/{person.id}/logins"
    fields = browser.open(address).fields()

    assert "Somebody already" in browser.send(address, fields | {"login_name": "taken"}, status=422).text
    browser.send(address, fields | {"email": "A@Example.kz"})

    db.session.refresh(person)
    assert (person.login_name, person.email) == ("mine", "a@example.kz")


def test_a_workplace_is_set_with_a_category_in_either_alphabet(browser: Browser, make: Make) -> None:
    person, centre, body = make.person(), make.centre(), make.state_body()
    address = f"/admin/people/{person.id}/workplace"
    fields = browser.open(address).fields() | {
        "centre_id": str(centre.id),
        "state_body_id": str(body.id),
        "category": "с-о-4",
    }

    assert "no such category" in browser.send(address, fields | {"category": "С-9"}, status=422).text
    page = browser.send(address, fields)

    employment = find_employment(person.id)
    assert employment is not None
    assert (employment.centre_id, employment.state_body_id, employment.category) == (centre.id, body.id, "C-O-4")
    assert "C-O-4" in page.text


def test_a_body_that_is_not_listed_is_a_choice_of_its_own(browser: Browser, make: Make) -> None:
    person, centre = make.person(), make.centre()
    address = f"/admin/people/{person.id}/workplace"
    fields = browser.open(address).fields() | {"centre_id": str(centre.id), "category": "B"}

    assert fields["state_body_id"] == ""
    assert "Fill in this field" in browser.send(address, fields, status=422).text
    browser.send(address, fields | {"state_body_id": "0"})

    employment = find_employment(person.id)
    assert employment is not None
    assert employment.state_body_id is None
    assert browser.open(address).fields()["state_body_id"] == "0"


def test_a_new_slip_ends_sessions_and_is_made_once(browser: Browser, make: Make) -> None:
    person = make.person()
    token = start_sign_in(person, device="test", hours=1, now=utcnow())
    db.session.commit()
    address = f"/admin/people/{person.id}/password"
    fields = browser.open(address).fields()

    password = password_on(browser.send(address, fields))
    again = browser.send(address, fields)

    db.session.refresh(person)
    assert verify_password(password, person.password_hash)
    assert not verify_password(PASSWORD, person.password_hash)
    assert find_signed_in(token, utcnow()) is None
    assert not MADE.search(again.text)
    assert kinds(person).count("password set") == 1


def test_an_account_is_suspended_and_restored_with_reasons(browser: Browser, make: Make, sign_in: SignIn) -> None:
    person = make.person()
    theirs = sign_in(person)
    address = f"/admin/people/{person.id}"

    browser.send(f"{address}/suspend", {"reason": ""}, status=422)
    page = browser.send(f"{address}/suspend", {"reason": "left the service"})
    browser.send(f"{address}/suspend", {"reason": "left the service"})
    assert "This account is suspended" in page.text
    assert theirs.get("/account").status_code == 302

    page = browser.send(f"{address}/restore", {"reason": "came back"})
    assert "This account is suspended" not in page.text
    assert kinds(person)[-2:] == ["person suspended", "person restored"]
    assert "came back" in (db.session.query(LedgerEntry).filter_by(kind="person restored").one().facts or "")


def test_administrators_cannot_close_their_own_account(browser: Browser, administrator: Person) -> None:
    address = f"/admin/people/{administrator.id}/suspend"

    page = browser.send(address, {"reason": "by mistake"}, came_from=address)

    assert "You cannot suspend your own account" in page.text
    db.session.refresh(administrator)
    assert administrator.suspended_at is None


def test_somebody_who_is_not_there_is_not_found(browser: Browser) -> None:
    for path in ("", "/name", "/workplace", "/logins", "/password", "/suspend", "/restore", "/grants/trainer"):
        browser.open(f"/admin/people/999{path}", status=404)


def test_a_coordinator_is_no_administrator(make: Make, sign_in: SignIn) -> None:
    browser = sign_in(make.staff(Role.COORDINATOR, centre_id=make.centre().id))

    browser.open("/admin/people", status=403)
    assert "Administration" not in browser.open("/account").links()
