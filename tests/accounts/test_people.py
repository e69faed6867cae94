"""Accounts: opening, employing, granting, signing in."""

from datetime import date, timedelta

import pytest
from flask import Flask

from lms.accounts import actions, sign_in
from lms.accounts.models import Employment, Grant, Person, SignIn
from lms.accounts.passwords import PasswordTooShort, hash_password, make_password, verify_password
from lms.accounts.queries import (
    count_people,
    figure_scope,
    find_by_login,
    find_employment,
    find_signed_in,
    list_centres_of,
    search_people,
    token_hash,
)
from lms.clock import utcnow
from lms.database import db
from lms.ledger.actor import SYSTEM
from lms.permissions import Permission, Role
from tests.make import PASSWORD, Make

pytestmark = pytest.mark.every_database


def test_a_login_is_found_in_any_case_and_taken_only_once(make: Make) -> None:
    person = make.person(login_name="Karaganda-17", email="A@Example.kz")

    assert find_by_login(" KARAGANDA-17 ") is person
    assert find_by_login("a@example.KZ") is person
    with pytest.raises(actions.LoginTaken):
        make.person(login_name="x", email="a@example.kz")


def test_names_sort_by_the_kazakh_alphabet(make: Make) -> None:
    for last in ("Яна", "Іле", "Әли", "Ақан", "Өмір", "Smith", "Ұзақ"):
        make.person(last_name=last, first_name="А")

    assert [row.person.last_name for row in search_people()] == ["Smith", "Ақан", "Әли", "Өмір", "Ұзақ", "Іле", "Яна"]


def test_people_are_found_by_the_beginning_of_a_folded_name(make: Make) -> None:
    make.person(last_name="Қожахметова", first_name="Гүлнар")
    make.person(last_name="Петров", first_name="Иван")

    assert [row.person.first_name for row in search_people("КОЖАХ")] == ["Гүлнар"]
    assert count_people("кож") == 1
    assert count_people("%") == 0
    assert count_people() == 2


def test_a_coordinator_finds_only_people_of_own_centres(make: Make) -> None:
    here, there = make.centre(), make.centre()
    make.learner(centre=here, last_name="Ахметов")
    make.learner(centre=there, last_name="Байжанов")

    found = search_people(centres=frozenset({here.id}))

    assert [row.person.last_name for row in found] == ["Ахметов"]
    assert count_people(centres=frozenset({here.id})) == 1


def test_a_new_workplace_supersedes_the_old_one_and_the_same_again_does_not(make: Make) -> None:
    person = make.learner(category="C-5")
    first = find_employment(person.id)
    assert first is not None
    facts = {"state_body_id": first.state_body_id, "position": None, "starts_on": first.starts_on}

    same = actions.employ(person, centre_id=first.centre_id, category="C-5", **facts, by=SYSTEM, now=utcnow())
    other = actions.employ(person, centre_id=first.centre_id, category="C-4", **facts, by=SYSTEM, now=utcnow())
    db.session.commit()

    assert same is first
    assert other.recorded_at == first.superseded_at
    assert db.session.query(Employment).count() == 2


def test_a_grant_gives_its_permissions_until_it_is_ended(make: Make) -> None:
    centre = make.centre()
    person = make.staff(Role.COORDINATOR, centre_id=centre.id)
    make.staff(Role.COORDINATOR, centre_id=centre.id, person=person)
    held = db.session.query(Grant).one()
    token = actions.start_sign_in(person, device="test", hours=1, now=utcnow())
    db.session.commit()

    signed_in = find_signed_in(token, utcnow())
    assert signed_in is not None
    assert signed_in.may(Permission.MANAGE_COHORTS)
    assert not signed_in.may(Permission.ADMINISTER)
    assert list_centres_of(person.id) == {centre.id}

    actions.end_grant(held, reason="moved", by=SYSTEM, now=utcnow())
    db.session.commit()

    signed_in = find_signed_in(token, utcnow())
    assert signed_in is not None
    assert not signed_in.may(Permission.MANAGE_COHORTS)
    assert list_centres_of(person.id) == frozenset()


def test_the_scope_of_an_official_is_the_country_or_what_was_granted(make: Make) -> None:
    of_region = make.staff(Role.OFFICIAL, region_code="KZ-35")
    of_country = make.staff(Role.OFFICIAL)

    assert figure_scope(of_region.id).regions == {"KZ-35"}
    assert not figure_scope(of_region.id).is_country
    assert figure_scope(of_country.id).is_country


def test_a_session_ends_by_time_by_sign_out_and_by_suspension(make: Make) -> None:
    person, now = make.person(), utcnow()
    tokens = [actions.start_sign_in(person, device="test", hours=1, now=now) for _ in range(2)]
    db.session.commit()

    assert find_signed_in(tokens[0], now) is person
    assert find_signed_in(tokens[0], now + timedelta(hours=2)) is None
    assert find_signed_in("forged", now) is None

    actions.end_sign_in(tokens[0], now=now)
    assert find_signed_in(tokens[0], now) is None
    assert find_signed_in(tokens[1], now) is person

    actions.suspend(person, reason="left", by=SYSTEM, now=now)
    assert find_signed_in(tokens[1], now) is None


def test_only_the_hash_of_a_token_is_stored(make: Make) -> None:
    token = actions.start_sign_in(make.person(), device="test", hours=1, now=utcnow())
    db.session.commit()

    assert db.session.query(SignIn).one().token_hash == token_hash(token)


def test_a_password_fits_only_its_person_and_only_while_the_account_is_open(make: Make) -> None:
    person = make.person()

    assert sign_in.fits(person, PASSWORD) is person
    assert sign_in.fits(person, "wrong-password") is None
    assert sign_in.fits(None, PASSWORD) is None
    actions.suspend(person, reason="left", by=SYSTEM, now=utcnow())
    db.session.commit()
    assert sign_in.fits(person, PASSWORD) is None


def test_a_password_that_is_replaced_while_it_is_compared_does_not_fit(
    app: Flask, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = make.person()
    person_id = person.id

    def replace_meanwhile(password: str, hashed: str | None) -> bool:
        with app.app_context():
            other = db.session.get_one(Person, person_id)
            actions.set_password(other, hash_password("another-good-password"), by=SYSTEM, now=utcnow())
            db.session.commit()
        return verify_password(password, hashed)

    monkeypatch.setattr(sign_in, "verify_password", replace_meanwhile)

    assert sign_in.fits(person, PASSWORD) is None


def test_a_password_is_kept_as_an_argon2id_hash_and_must_be_long(make: Make) -> None:
    person = make.person()

    assert (person.password_hash or "").startswith("$argon2id$")
    assert verify_password(PASSWORD, person.password_hash)
    with pytest.raises(PasswordTooShort):
        hash_password("short")


def test_made_passwords_are_long_enough_and_differ() -> None:
    made = {make_password() for _ in range(50)}

    assert len(made) == 50
    assert all(len(password) >= 14 for password in made)


def test_employment_must_not_end_before_it_starts(make: Make) -> None:
    person = make.learner(starts_on=date(2026, 1, 10))
    employment = find_employment(person.id)
    assert employment is not None
    bad = Employment(
        person_id=person.id,
        centre_id=employment.centre_id,
        category="C-5",
        starts_on=date(2026, 1, 10),
        ends_on=date(2026, 1, 9),
        recorded_at=utcnow(),
    )
    db.session.add(bad)

    with pytest.raises(Exception, match="ends_after_start"):
        db.session.flush()
