"""Roles: given with the scope that fits, ended with a reason."""

import pytest

from lms.accounts.models import Grant, Person
from lms.accounts.queries import list_grants
from lms.catalogue.models import Course
from lms.database import db
from lms.ledger.models import LedgerEntry
from lms.permissions import Role
from tests.make import Make
from tests.signing import Browser

SCOPES = ("region_code", "centre_id", "state_body_id", "course_id")


def scope_of(held: Grant) -> dict[str, object]:
    return {name: value for name in SCOPES if (value := getattr(held, name)) is not None}


def test_the_page_of_a_person_offers_every_role(browser: Browser, make: Make) -> None:
    person = make.person()

    links = browser.open(f"/admin/people/{person.id}").links()

    assert {f"/admin/people/{person.id}/grants/{role}" for role in Role} <= set(links.values())


def test_a_coordinator_is_given_a_centre_and_only_once(browser: Browser, make: Make) -> None:
    person, centre = make.person(), make.centre()
    address = f"/admin/people/{person.id}/grants/coordinator"

    assert "Fill in this field" in browser.send(address, {"reason": "order 5"}, status=422).text
    for _ in range(2):
        page = browser.send(address, {"centre_id": centre.id, "reason": "order 5"})

    assert [(held.role, scope_of(held)) for held in list_grants(person.id)] == [
        ("coordinator", {"centre_id": centre.id})
    ]
    assert "Karaganda Regional Centre" in page.text
    assert db.session.query(LedgerEntry).filter_by(kind="granted", person=person.pseudonym).count() == 1


@pytest.mark.parametrize("role", [Role.OFFICIAL, Role.OFFICIAL_WITH_NAMES])
def test_an_official_is_given_the_country_a_region_or_a_body(role: Role, browser: Browser, make: Make) -> None:
    person, body = make.person(), make.state_body()
    address = f"/admin/people/{person.id}/grants/{role}"

    browser.send(address, {"region_code": "", "state_body_id": "", "reason": "country"})
    browser.send(address, {"region_code": "KZ-71", "state_body_id": "", "reason": "region"})
    browser.send(address, {"region_code": "", "state_body_id": body.id, "reason": "body"})
    both = browser.send(address, {"region_code": "KZ-71", "state_body_id": body.id, "reason": "both"}, status=422)

    assert "not both" in both.text
    assert [scope_of(held) for held in list_grants(person.id)] == [
        {},
        {"region_code": "KZ-71"},
        {"state_body_id": body.id},
    ]
    page = browser.open(f"/admin/people/{person.id}")
    assert "The whole country" in page.text
    assert "Astana City" in page.text
    assert "Department of Natural Resources" in page.text


def test_an_administrator_has_no_scope(browser: Browser, make: Make) -> None:
    person = make.person()
    address = f"/admin/people/{person.id}/grants/administrator"

    assert not set(SCOPES) & set(browser.open(address).fields())
    browser.send(address, {"reason": "order 7", "centre_id": make.centre().id})

    assert [scope_of(held) for held in list_grants(person.id)] == [{}]


def test_a_trainer_is_given_a_course_even_before_it_is_published(browser: Browser, make: Make) -> None:
    person, course = make.person(), Course(slug="new-course")
    db.session.add(course)
    db.session.commit()
    address = f"/admin/people/{person.id}/grants/trainer"

    assert "Choose one of the options" in browser.send(address, {"course_id": 99, "reason": "author"}, status=422).text
    page = browser.send(address, {"course_id": course.id, "reason": "author"})

    assert [scope_of(held) for held in list_grants(person.id)] == [{"course_id": course.id}]
    assert "new-course" in page.text


def test_a_role_that_there_is_not_is_not_found(browser: Browser, make: Make) -> None:
    browser.open(f"/admin/people/{make.person().id}/grants/king", status=404)


def test_a_role_is_ended_with_a_reason_and_once(browser: Browser, make: Make) -> None:
    person = make.staff(Role.OFFICIAL)
    held = list_grants(person.id)[0]
    address = f"/admin/people/{person.id}/grants/{held.id}/end"

    browser.send(address, {"reason": ""}, status=422)
    first = browser.send(address, {"reason": "moved"})
    second = browser.send(address, {"reason": "moved"})

    assert "The role is ended" in first.text
    assert "ended already" in second.text
    assert list_grants(person.id) == []
    assert db.session.query(LedgerEntry).filter_by(kind="grant ended").count() == 1


def test_the_role_of_another_person_is_not_ended_by_the_wrong_address(browser: Browser, make: Make) -> None:
    person, other = make.staff(Role.OFFICIAL), make.person()
    held = list_grants(person.id)[0]

    browser.send(f"/admin/people/{other.id}/grants/{held.id}/end", {"reason": "moved"})

    assert [grant.id for grant in list_grants(person.id)] == [held.id]


def test_administrators_cannot_end_their_own_role(browser: Browser, administrator: Person) -> None:
    held = list_grants(administrator.id)[0]
    address = f"/admin/people/{administrator.id}/grants/{held.id}/end"

    page = browser.send(address, {"reason": "by mistake"}, came_from=address)

    assert "You cannot end your own role" in page.text
    assert len(list_grants(administrator.id)) == 1
