"""Opening the first accounts from the terminal."""

import re

from flask import Flask

from lms.accounts.passwords import verify_password
from lms.accounts.queries import find_by_login, list_grants
from lms.permissions import Role
from tests.make import Make

NAMES = ["--last-name", "Тілеуова", "--first-name", "Меруерт"]


def test_an_account_is_opened_and_its_password_printed_once(app: Flask, context: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["people", "add", "Admin@example.kz", *NAMES])

    person = find_by_login("admin@example.kz")
    password = re.search(r"password (\S+)", done.output)
    assert done.exit_code == 0
    assert person is not None
    assert password is not None
    assert verify_password(password[1], person.password_hash)


def test_a_taken_login_is_refused_in_one_sentence(app: Flask, make: Make) -> None:
    make.person(login_name="admin")

    done = app.test_cli_runner().invoke(args=["people", "add", "admin", *NAMES])

    assert str(done.exception) == "Somebody already signs in with admin."


def test_a_role_is_given_within_its_scope(app: Flask, make: Make) -> None:
    person, centre = make.person(login_name="someone"), make.centre()
    run = app.test_cli_runner().invoke

    assert run(args=["people", "grant", "someone", "administrator", "--reason", "order 12"]).exit_code == 0
    coordinator = run(
        args=["people", "grant", "someone", "coordinator", "--centre", centre.code, "--reason", "order 12"]
    )
    assert coordinator.exit_code == 0

    grants = list_grants(person.id)
    assert {(grant.role, grant.centre_id) for grant in grants} == {
        (Role.ADMINISTRATOR, None),
        (Role.COORDINATOR, centre.id),
    }


def test_a_coordinator_without_a_centre_and_a_stranger_are_refused(app: Flask, make: Make) -> None:
    make.person(login_name="someone")
    run = app.test_cli_runner().invoke

    without = run(args=["people", "grant", "someone", "coordinator", "--reason", "order 12"])
    stranger = run(args=["people", "grant", "nobody", "official", "--reason", "order 12"])

    assert "needs another scope" in str(without.exception)
    assert str(stranger.exception) == "Nobody signs in with nobody."
