"""The coordinator's pages on people: adding, correcting, slips, and only of one's own centre."""

import re

import pytest

from lms.accounts import actions as accounts
from lms.accounts.models import Person
from lms.accounts.passwords import verify_password
from lms.accounts.queries import find_by_login, find_employment
from lms.clock import utcnow
from lms.database import db
from lms.enrolments import actions as enrolments
from lms.enrolments.queries import list_members
from lms.ledger.actor import SYSTEM
from lms.ledger.models import LedgerEntry
from lms.permissions import Role
from tests.desk.conftest import IN_A_MONTH, TODAY, Desk

MADE = re.compile(r"\b[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}\b")


def filled(desk: Desk, path: str = "/centre/people/new", **facts: object) -> dict[str, object]:
    """Return the form of a new learner, filled in."""
    return desk.browser.open(path).fields() | {
        "last_name": "Нұрсұлтанқызы",
        "first_name": "Әйгерім",
        "login_name": "karaganda-17",
        "state_body_id": str(desk.body.id),
        "category": "С-О-5",
        "position": "Chief specialist",
        **facts,
    }


def test_a_learner_is_added_with_workplace_cohort_and_slip(desk: Desk) -> None:
    cohort = desk.cohort()

    slip = desk.browser.send("/centre/people/new", filled(desk, cohort_id=str(cohort.id)))

    person = find_by_login("karaganda-17")
    assert person is not None
    assert verify_password(MADE.findall(slip.text)[0], person.password_hash)
    assert "+7 (000) 000-00-00" in slip.text
    employment = find_employment(person.id)
    assert employment is not None
    assert (employment.centre_id, employment.state_body_id) == (desk.here.id, desk.body.id)
    assert (employment.category, employment.starts_on) == ("C-O-5", TODAY)
    assert [member.person.id for member in list_members(cohort.id)] == [person.id]


def test_the_form_sent_twice_adds_one_learner_and_shows_the_password_once(desk: Desk) -> None:
    fields = filled(desk)

    slip = desk.browser.send("/centre/people/new", fields)
    again = desk.browser.send("/centre/people/new", fields)

    assert len(MADE.findall(slip.text)) == 1
    assert not MADE.search(again.text)
    assert again.heading == "Нұрсұлтанқызы Әйгерім"
    assert db.session.query(Person).filter_by(login_name="karaganda-17").count() == 1
    assert not any(MADE.search(entry.facts or "") for entry in db.session.query(LedgerEntry))


def test_the_page_of_an_empty_cohort_leads_to_a_learner_enrolled_in_it(desk: Desk) -> None:
    cohort = desk.cohort()
    link = desk.browser.open(f"/centre/cohorts/{cohort.id}").links()["Add a new learner"]

    assert filled(desk, link)["cohort_id"] == str(cohort.id)


@pytest.mark.parametrize(
    ("wrong", "anchor"),
    [
        ({"category": "руководитель"}, "category"),
        ({"last_name": "明"}, "last_name"),
        ({"state_body_id": ""}, "state_body_id"),
    ],
)
def test_a_refused_learner_says_where_and_keeps_the_rest(wrong: dict[str, str], anchor: str, desk: Desk) -> None:
    page = desk.browser.send("/centre/people/new", filled(desk, **wrong), status=422)

    assert f"#{anchor}" in page.links().values()
    assert page.fields()["position"] == "Chief specialist"
    assert find_by_login("karaganda-17") is None


def test_a_full_cohort_adds_nobody_at_all(desk: Desk) -> None:
    cohort = desk.cohort(seats=1)
    desk.make.enrolment(desk.learner(), desk.course.course_id, cohort=cohort)
    path = "/centre/people/new"

    page = desk.browser.send(path, filled(desk, cohort_id=str(cohort.id)), came_from=path)

    assert "All 1 seats" in page.text
    assert find_by_login("karaganda-17") is None


def test_a_learner_is_added_only_at_own_centres_and_cohorts(desk: Desk) -> None:
    foreign = desk.cohort(desk.there)

    for wrong in ({"centre_id": str(desk.there.id)}, {"cohort_id": str(foreign.id)}):
        page = desk.browser.send("/centre/people/new", filled(desk, **wrong), status=422)
        assert "Choose one of the options" in page.text


def test_a_cohort_of_ones_other_centre_does_not_fit(desk: Desk) -> None:
    desk.make.staff(Role.COORDINATOR, person=desk.coordinator, centre_id=desk.there.id)
    other = desk.cohort(desk.there)

    page = desk.browser.send(
        "/centre/people/new", filled(desk, centre_id=str(desk.here.id), cohort_id=str(other.id)), status=422
    )

    assert "This cohort is one of another centre" in page.text


def test_people_are_listed_and_searched_within_the_centre(desk: Desk) -> None:
    desk.learner("Қожахметов")
    desk.learner("Чужов", centre=desk.there)

    assert "Қожахметов" in desk.browser.open("/centre/people?text=кож").text
    assert "Чужов" not in desk.browser.open("/centre/people").text
    assert "Nobody found" in desk.browser.open("/centre/people?text=чужов").text


def test_an_empty_centre_says_how_to_begin(desk: Desk) -> None:
    page = desk.browser.open("/centre/people")

    assert "No learners yet" in page.text
    assert page.links()["Add a learner"] == "/centre/people/new"


def test_a_person_is_shown_with_what_they_take(desk: Desk) -> None:
    person, cohort = desk.learner(), desk.cohort()
    desk.make.enrolment(person, desk.course.course_id, cohort=cohort, due_on=IN_A_MONTH)

    page = desk.browser.open(f"/centre/people/{person.id}")

    assert "Requests" in page.text
    assert "0 of 2" in page.text
    assert "C-5" in page.text


def test_a_withdrawn_course_says_why(desk: Desk) -> None:
    person = desk.learner()
    enrolment = desk.make.enrolment(person, desk.course.course_id)
    enrolments.withdraw(enrolment.id, reason="maternity leave", by=SYSTEM, now=utcnow())
    db.session.commit()

    assert "Withdrawn: maternity leave" in desk.browser.open(f"/centre/people/{person.id}").text


def test_name_workplace_and_logins_are_corrected(desk: Desk) -> None:
    person = desk.learner(login_name="mistyped")
    address = f"/centre/people/{person.id}"

    for part, change in (
        ("name", {"last_name": "Ахмедов"}),
        ("workplace", {"category": "Е-3"}),
        ("logins", {"login_name": "typed"}),
    ):
        desk.browser.send(f"{address}/{part}", desk.browser.open(f"{address}/{part}").fields() | change)

    page = desk.browser.open(address)
    assert page.heading == "Ахмедов Дәурен"
    assert "E-3" in page.text
    assert find_by_login("typed") is not None


def test_a_learner_cannot_be_moved_to_a_centre_of_others(desk: Desk) -> None:
    person = desk.learner()
    address = f"/centre/people/{person.id}/workplace"

    page = desk.browser.send(
        address, desk.browser.open(address).fields() | {"centre_id": str(desk.there.id)}, status=422
    )

    assert "Choose one of the options" in page.text


def test_a_lost_slip_is_made_anew(desk: Desk) -> None:
    person = desk.learner()
    address = f"/centre/people/{person.id}/password"

    slip = desk.browser.send(address, desk.browser.open(address).fields())

    db.session.refresh(person)
    assert verify_password(MADE.findall(slip.text)[0], person.password_hash)


def test_a_coordinator_cannot_open_the_account_of_staff(desk: Desk) -> None:
    chief = desk.make.staff(Role.ADMINISTRATOR, person=desk.learner("Басшы"))
    before = chief.password_hash
    address = f"/centre/people/{chief.id}"

    page = desk.browser.open(address)
    assert "New password slip" not in page.links()
    for part in ("password", "logins"):
        assert "role of staff" in desk.browser.open(f"{address}/{part}", status=422).text
        desk.browser.send(f"{address}/{part}", {"login_name": "mine"}, status=422)

    db.session.refresh(chief)
    assert chief.password_hash == before


def test_people_of_another_centre_are_not_there(desk: Desk) -> None:
    stranger = desk.learner(centre=desk.there)

    for part in ("", "/name", "/workplace", "/logins", "/password"):
        desk.browser.open(f"/centre/people/{stranger.id}{part}", status=404)
    desk.browser.send(f"/centre/people/{stranger.id}/name", {"last_name": "x"}, status=404)


def test_a_member_who_has_left_the_centre_stays_on_the_board_without_a_link(desk: Desk) -> None:
    person, cohort = desk.learner("Көшкен"), desk.cohort()
    desk.make.enrolment(person, desk.course.course_id, cohort=cohort, due_on=IN_A_MONTH)
    facts = {"state_body_id": desk.body.id, "category": "C-5", "position": None, "starts_on": TODAY}
    accounts.employ(person, centre_id=desk.there.id, **facts, by=SYSTEM, now=utcnow())
    db.session.commit()

    page = desk.browser.open(f"/centre/cohorts/{cohort.id}")

    assert "Көшкен" in page.text
    assert "Көшкен Дәурен" not in page.links()
