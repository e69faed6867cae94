"""Guessing passwords is slow, from wherever it is tried; nobody is locked out by what others try elsewhere."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from limits import RateLimitItemPerMinute

from lms.accounts import passwords
from lms.clock import utcnow
from lms.web.limits import limiter
from tests.accounts.conftest import SignIn
from tests.browser import Page
from tests.make import PASSWORD, Make
from tests.signing import Browser

HERE, ELSEWHERE = "192.0.2.1", "198.51.100.1"
NEIGHBOURS = ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9")
WRONG = "The login or the password is wrong"
WAIT = "Too many wrong passwords"
TRIES = 10


def enter(visitor: Browser, login: str | None, password: str, address: str = HERE) -> str:
    """Try to sign in from an address; return where one is led, or what the page says."""
    answer = visitor.post(
        "/sign-in", {"login": login, "password": password}, environ_overrides={"REMOTE_ADDR": address}
    )
    if answer.status_code == 302:
        return str(answer.headers["Location"])
    return next((words for words in (WRONG, WAIT) if words in answer.text), answer.status)


def fail(visitor: Browser, login: str | None, times: int = TRIES, address: str = HERE) -> None:
    """Try wrong passwords."""
    for _ in range(times):
        assert enter(visitor, login, "wrong-password", address) == WRONG


def test_after_ten_wrong_passwords_the_next_try_waits_for_a_quarter_of_an_hour(visitor: Browser, make: Make) -> None:
    login = make.person().login_name
    fail(visitor, login)

    assert enter(visitor, login, PASSWORD) == WAIT
    with time_machine.travel(utcnow() + timedelta(minutes=16)):
        assert enter(visitor, login, PASSWORD) == "/my"


def test_guesses_from_elsewhere_keep_nobody_out(visitor: Browser, make: Make) -> None:
    login = make.person().login_name
    fail(visitor, login, address=ELSEWHERE)

    assert enter(visitor, login, PASSWORD, ELSEWHERE) == WAIT
    assert enter(visitor, login, PASSWORD, HERE) == "/my"


def test_a_login_that_nobody_has_waits_just_the_same(visitor: Browser) -> None:
    fail(visitor, "nobody")

    assert enter(visitor, "nobody", PASSWORD) == WAIT


def test_the_right_password_forgets_the_wrong_ones_before_it(visitor: Browser, make: Make) -> None:
    login = make.person().login_name

    for _ in range(2):
        fail(visitor, login, TRIES - 1)
        assert enter(visitor, login, PASSWORD) == "/my"


def test_another_way_of_writing_the_login_is_no_fresh_start(visitor: Browser, make: Make) -> None:
    login = make.person().login_name or ""
    fail(visitor, login, TRIES // 2)
    fail(visitor, f" {login.upper()} ", TRIES // 2)

    assert enter(visitor, login, PASSWORD) == WAIT


def test_another_address_of_the_same_network_is_no_fresh_start(visitor: Browser, make: Make) -> None:
    login = make.person().login_name
    fail(visitor, login, address=NEIGHBOURS[0])

    assert enter(visitor, login, PASSWORD, NEIGHBOURS[1]) == WAIT
    assert enter(visitor, login, PASSWORD, "2001:db8:1:3::1") == "/my"


def test_a_hall_of_people_behind_one_address_signs_in_within_a_minute(visitor: Browser, make: Make) -> None:
    people = [make.person().login_name for _ in range(40)]

    assert {enter(visitor, login, PASSWORD) for login in people} == {"/my"}


def test_a_flood_from_one_address_is_stopped(visitor: Browser, make: Make) -> None:
    login = make.person().login_name
    limiter.limiter.hit(RateLimitItemPerMinute(600), HERE, "accounts.sign_in", cost=599)

    assert enter(visitor, login, PASSWORD) == "/my"
    assert enter(visitor, login, PASSWORD) == "429 TOO MANY REQUESTS"
    assert enter(visitor, login, PASSWORD, ELSEWHERE) == "/my"


def change(browser: Browser, current: str) -> Page:
    """Ask for a new password."""
    return browser.send("/account/password", {"current": current, "password": "another-good-password"}, status=422)


def test_the_present_password_cannot_be_guessed_either(make: Make, sign_in: SignIn) -> None:
    browser = sign_in(make.person())
    for _ in range(TRIES):
        assert "This is not your present password" in change(browser, "wrong-password").text

    page = change(browser, PASSWORD)

    assert WAIT in page.text
    assert page.links()[f"Present password: {WAIT}. Wait 15 minutes, then try again."] == "#current"


@pytest.fixture
def hashing(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what was hashed; while it was, somebody else could write into the database."""
    done: list[str] = []

    class Hasher:
        def __init__(self, real: object) -> None:
            self.real = real

        def __getattr__(self, name: str) -> object:
            def hash_or_verify(*values: str) -> object:
                other = sqlite3.connect(tmp_path / "lms.db", timeout=0, isolation_level=None)
                other.execute("BEGIN IMMEDIATE")
                other.close()
                done.append(name)
                return getattr(self.real, name)(*values)

            return hash_or_verify

    monkeypatch.setattr(passwords, "_hasher", Hasher(passwords._hasher))
    return done


def test_nobody_waits_while_passwords_are_hashed(
    visitor: Browser, make: Make, sign_in: SignIn, request: pytest.FixtureRequest
) -> None:
    person = make.person()
    browser, login = sign_in(person), person.login_name
    hashed = request.getfixturevalue("hashing")

    assert enter(visitor, login, "wrong-password") == WRONG
    assert enter(visitor, login, PASSWORD) == "/my"
    browser.send("/account/password", {"current": PASSWORD, "password": "another-good-password"})

    assert sorted(hashed) == ["hash", "verify", "verify", "verify"]
