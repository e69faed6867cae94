"""Signing in and out, sessions that end, forms that outlive them, one's own account."""

from datetime import timedelta

import pytest

from lms.accounts import actions
from lms.accounts.models import Person, SignIn
from lms.accounts.passwords import verify_password
from lms.accounts.sign_in import SEEN
from lms.clock import utcnow
from lms.database import db
from tests.accounts.conftest import SignIn as SignInFixture
from tests.browser import Page
from tests.make import PASSWORD, Make
from tests.signing import Browser

NEW_PASSWORD = "another-good-password"


def send(visitor: Browser, person: Person, password: str = PASSWORD, **fields: str) -> Page:
    """Fill in the sign-in page and send it; the page that follows may not be built in a test, so it is not opened."""
    page = visitor.open("/sign-in")
    return visitor._page(
        visitor.post("/sign-in", page.fields() | {"login": person.login_name, "password": password} | fields), 422
    )


def signs_in(visitor: Browser, person: Person, password: str = PASSWORD, **fields: str) -> str | None:
    """Sign in and return where one is sent; None if one is not let in."""
    sent = {"login": person.login_name, "password": password} | fields
    answer = visitor.post("/sign-in", sent)
    return answer.headers["Location"] if answer.status_code == 302 else None


def test_somebody_signs_in_with_login_name_or_e_mail_in_any_case(visitor: Browser, make: Make) -> None:
    person = make.person(email="a@example.kz")

    assert signs_in(visitor, person, login="A@Example.KZ") == "/my"
    assert signs_in(visitor, person, login=f" {(person.login_name or '').upper()} ") == "/my"
    assert visitor.open("/account").heading == "My account"


def test_a_wrong_password_says_so_on_top_and_keeps_the_login(visitor: Browser, make: Make) -> None:
    person = make.person()

    page = send(visitor, person, "wrong-password")

    assert "The login or the password is wrong" in page.text
    assert page.fields()["login"] == person.login_name
    assert "password" in page.fields()
    assert page.fields()["password"] == ""
    assert "Ask your training centre" in page.text


def test_an_unknown_login_is_told_the_same(visitor: Browser, make: Make) -> None:
    wrong = send(visitor, make.person(), "wrong-password")
    unknown = send(visitor, make.person(), login="nobody")

    assert [e for e in wrong.text.split() if e != wrong.fields()["login"]] == unknown.text.split()


def test_a_suspended_account_is_not_let_in(visitor: Browser, make: Make) -> None:
    person = make.person()
    actions.suspend(person, reason="left", by=person, now=utcnow())
    db.session.commit()

    assert signs_in(visitor, person) is None


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/account?lang=ru", "/account?lang=ru"),
        ("https://evil.example/", "/my"),
        ("//evil.example/", "/my"),
        ("/\\evil.example", "/my"),
        ("", "/my"),
    ],
)
def test_one_is_led_on_only_within_the_site(asked: str, led: str, visitor: Browser, make: Make) -> None:
    assert signs_in(visitor, make.person(), next=asked) == led


def test_a_page_that_needs_an_account_leads_through_signing_in_and_back(visitor: Browser, make: Make) -> None:
    page = visitor.open("/account")
    assert page.heading == "Sign in"

    assert signs_in(visitor, make.person(), next=page.fields()["next"]) == "/account"


def test_a_session_ends_with_the_sign_out(make: Make, sign_in: SignInFixture) -> None:
    browser = sign_in(make.person())

    browser.post("/sign-out")

    assert browser.get("/account").status_code == 302
    assert db.session.query(SignIn).one().ended_at is not None


def test_a_session_ends_after_its_hours(make: Make, sign_in: SignInFixture) -> None:
    browser = sign_in(make.person())
    assert browser.get("/account").status_code == 200
    db.session.query(SignIn).one().expires_at = utcnow() - timedelta(seconds=1)
    db.session.commit()

    assert browser.get("/account").status_code == 302


@pytest.mark.parametrize(("minutes", "status"), [(119, 200), (121, 302)])
def test_a_session_ends_when_nobody_uses_it(minutes: int, status: int, make: Make, sign_in: SignInFixture) -> None:
    browser = sign_in(make.person())
    with browser.client.session_transaction() as session:
        session[SEEN] = (utcnow() - timedelta(minutes=minutes)).isoformat()

    assert browser.get("/account").status_code == status


def test_a_form_sent_after_the_session_has_ended_is_sent_again_after_signing_in(
    visitor: Browser, make: Make, sign_in: SignInFixture
) -> None:
    person = make.person(language="en")
    late = sign_in(person)
    late.post("/sign-out")

    ended = late.send("/account/language", {"language": "kk"}, status=401, came_from="/account")
    assert "Nothing is lost" in ended.text
    asked = late.send("/sign-in", ended.fields())
    assert asked.heading == "Sign in"
    offered = late.send("/sign-in", asked.fields() | {"login": person.login_name, "password": PASSWORD})
    assert offered.heading == "Send it again?"
    assert db.session.get(Person, person.id).language == "en"

    late.send("/account/language", offered.fields())

    db.session.refresh(person)
    assert person.language == "kk"


def test_a_wrong_password_does_not_lose_the_kept_form(make: Make, sign_in: SignInFixture) -> None:
    person = make.person()
    browser = sign_in(person)
    browser.post("/sign-out")
    ended = browser.send("/account/language", {"language": "kk"}, status=401, came_from="/account")
    asked = browser.send("/sign-in", ended.fields())

    wrong = browser.send("/sign-in", asked.fields() | {"login": person.login_name, "password": "wrong"}, status=422)

    assert wrong.fields()["kept_form"] == ended.fields()["kept_form"]


def test_the_language_of_the_account_is_changed(make: Make, sign_in: SignInFixture) -> None:
    person = make.person(language="en")

    page = sign_in(person).send("/account/language", {"language": "ru"})

    db.session.refresh(person)
    assert person.language == "ru"
    assert page.document.get("lang") == "ru"


def test_a_new_password_ends_the_sessions_of_other_devices(make: Make, sign_in: SignInFixture) -> None:
    person = make.person()
    here, there = sign_in(person), sign_in(person)

    wrong = here.send("/account/password", {"current": "wrong", "password": NEW_PASSWORD}, status=422)
    short = here.send("/account/password", {"current": PASSWORD, "password": "short"}, status=422)
    page = here.send("/account/password", {"current": PASSWORD, "password": NEW_PASSWORD})

    assert "#current" in wrong.links().values()
    assert "#password" in short.links().values()
    assert "The password is changed" in page.text
    assert there.get("/account").status_code == 302
    db.session.refresh(person)
    assert verify_password(NEW_PASSWORD, person.password_hash)


def test_other_devices_are_signed_out(make: Make, sign_in: SignInFixture) -> None:
    person = make.person()
    here, there = sign_in(person), sign_in(person)
    page = here.open("/account")
    assert "Sign out on other devices" in page.text
    assert page.text.count("(this one)") == 1

    here.send("/account/devices")

    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 302


def test_the_account_names_the_centre_to_ask(make: Make, sign_in: SignInFixture) -> None:
    page = sign_in(make.learner()).open("/account")

    assert "Karaganda Regional Centre" in page.text
    assert "+7 (000) 000-00-00" in page.text
