"""Adding people to a cohort: looked over first, then all of them or none, and once."""

import sqlite3
from pathlib import Path

import pytest

from lms.accounts.actions import suspend
from lms.accounts.models import Person
from lms.clock import utcnow
from lms.database import db
from lms.enrolments import actions as enrolments
from lms.enrolments.models import Cohort, Enrolment
from lms.enrolments.queries import find_enrolled, list_members
from lms.learning.actions import finish_unit
from lms.ledger.actor import SYSTEM
from tests.browser import Page
from tests.desk.conftest import IN_A_MONTH, Desk
from tests.learning.versions import CLOCK, FINAL, GROUNDS


def address(cohort: Cohort) -> str:
    return f"/centre/cohorts/{cohort.id}/add"


def look_over(desk: Desk, cohort: Cohort, *people: Person, logins: str = "") -> Page:
    """Choose people, and return the page that shows what would happen."""
    fields = desk.browser.open(address(cohort)).fields()
    return desk.browser.send(address(cohort), fields | {"who": [str(p.id) for p in people], "logins": logins})


def confirm(desk: Desk, cohort: Cohort, preview: Page, *people: Person) -> Page:
    """Confirm what a page shows, with these people ticked."""
    fields = preview.fields() | {"who": [str(person.id) for person in people]}
    return desk.browser.send(f"/centre/cohorts/{cohort.id}/enrol", fields)


def names(cohort: Cohort) -> list[str]:
    return [member.person.last_name for member in list_members(cohort.id)]


def ticked(page: Page) -> set[str]:
    """Return the ids that a page proposes."""
    return {box.get("value", "") for box in page.all("input", name="who") if box.get("checked") is not None}


def complete(desk: Desk, person: Person) -> None:
    enrolled = find_enrolled(person.id, desk.course.course_id)
    assert enrolled is not None
    for unit in (CLOCK, GROUNDS, FINAL):
        finish_unit(enrolled.enrolment.id, unit, language="en", by=SYSTEM, now=utcnow())
    db.session.commit()


def test_people_are_ticked_or_pasted_then_looked_over_then_enrolled(desk: Desk) -> None:
    cohort = desk.cohort()
    one, two = desk.learner("Ахметов", login_name="k-1"), desk.learner("Байжанов", login_name="k-2")

    preview = look_over(desk, cohort, one, logins="K-2\nk-1\n")

    assert ticked(preview) == {str(one.id), str(two.id)}
    assert preview.text.count("Will be enrolled") == 2
    assert names(cohort) == []

    page = confirm(desk, cohort, preview, one, two)

    assert "2 people are added to the cohort" in page.text
    assert names(cohort) == ["Ахметов", "Байжанов"]
    enrolled = find_enrolled(one.id, desk.course.course_id)
    assert enrolled is not None
    assert (enrolled.term.due_on, enrolled.term.centre_id) == (IN_A_MONTH, desk.here.id)


def test_a_confirmation_sent_twice_enrols_once(desk: Desk) -> None:
    cohort, person = desk.cohort(), desk.learner()
    preview = look_over(desk, cohort, person)

    first, second = (confirm(desk, cohort, preview, person) for _ in range(2))

    assert "1 person is added" in first.text
    assert second.heading == first.heading
    assert db.session.query(Enrolment).count() == 1


def test_nobody_chosen_is_asked_again(desk: Desk) -> None:
    cohort = desk.cohort()
    desk.learner()
    fields = desk.browser.open(address(cohort)).fields()

    page = desk.browser.send(address(cohort), fields, status=422)

    assert "Tick somebody or paste logins" in page.text


def test_logins_that_are_not_found_are_named(desk: Desk) -> None:
    cohort = desk.cohort()
    desk.learner(centre=desk.there, login_name="elsewhere")

    preview = look_over(desk, cohort, logins="nobody\nelsewhere\nnobody")

    assert "2 logins were not found at your centre" in preview.text
    assert "elsewhere" in preview.text
    assert "Add those ticked" not in preview.text


def test_everybody_is_told_what_enrolling_would_do(desk: Desk) -> None:
    cohort, other = desk.cohort(), desk.cohort()
    here, elsewhere, alone, done, closed = (desk.learner(name) for name in ("А", "Б", "В", "Г", "Д"))
    course_id = desk.course.course_id
    desk.make.enrolment(here, course_id, cohort=cohort)
    desk.make.enrolment(elsewhere, course_id, cohort=other)
    desk.make.enrolment(alone, course_id)
    desk.make.enrolment(done, course_id)
    complete(desk, done)
    suspend(closed, reason="left", by=SYSTEM, now=utcnow())
    db.session.commit()

    preview = look_over(desk, cohort, here, elsewhere, alone, done, closed)

    for words in ("In this cohort already", "In another cohort", "Learns alone", "Has completed", "suspended"):
        assert words in preview.text
    assert ticked(preview) == {str(alone.id)}
    assert {box.get("value") for box in preview.all("input", name="who")} == {str(alone.id), str(done.id)}

    page = confirm(desk, cohort, preview, here, elsewhere, alone, closed)

    assert "1 person is added" in page.text
    assert names(cohort) == ["А", "В"]
    assert names(other) == ["Б"]


def test_somebody_who_learns_alone_joins_with_the_due_date_of_the_cohort(desk: Desk) -> None:
    cohort, person = desk.cohort(), desk.learner()
    enrolment = desk.make.enrolment(person, desk.course.course_id)

    confirm(desk, cohort, look_over(desk, cohort, person), person)

    enrolled = find_enrolled(person.id, desk.course.course_id)
    assert enrolled is not None
    assert (enrolled.enrolment.id, enrolled.term.cohort_id) == (enrolment.id, cohort.id)
    assert enrolled.term.due_on == IN_A_MONTH


def test_somebody_withdrawn_is_enrolled_anew(desk: Desk) -> None:
    cohort, person = desk.cohort(), desk.learner()
    first = desk.make.enrolment(person, desk.course.course_id, cohort=cohort)
    enrolments.withdraw(first.id, reason="leave", by=SYSTEM, now=utcnow())
    db.session.commit()

    confirm(desk, cohort, look_over(desk, cohort, person), person)

    assert [e.edition for e in db.session.query(Enrolment).order_by(Enrolment.edition)] == [1, 2]


def test_a_cohort_without_enough_seats_takes_nobody(desk: Desk) -> None:
    cohort = desk.cohort(seats=1)
    people = [desk.learner() for _ in range(2)]
    preview = look_over(desk, cohort, *people)

    assert "1 seat is free" in preview.text
    page = desk.browser.send(
        f"/centre/cohorts/{cohort.id}/enrol",
        preview.fields() | {"who": [str(person.id) for person in people]},
        came_from=address(cohort),
    )

    assert "All 1 seats" in page.text
    assert names(cohort) == []


def test_people_of_another_centre_are_neither_shown_nor_enrolled(desk: Desk) -> None:
    cohort, stranger = desk.cohort(), desk.learner("Чужов", centre=desk.there)
    mine = desk.learner()
    preview = look_over(desk, cohort, mine)

    assert "Чужов" not in desk.browser.open(address(cohort)).text
    confirm(desk, cohort, preview, stranger)

    assert names(cohort) == []


def test_people_to_tick_are_found_by_name(desk: Desk) -> None:
    cohort = desk.cohort()
    desk.learner("Қожахметов")
    desk.learner("Ахметов")

    page = desk.browser.open(f"{address(cohort)}?text=кож")

    assert "Қожахметов" in page.text
    assert "Ахметов" not in page.text
    assert "Nobody found" in desk.browser.open(f"{address(cohort)}?text=zzz").text


@pytest.mark.parametrize(("count", "status"), [(500, 200), (501, 422)])
def test_a_list_may_be_long_but_not_endless(count: int, status: int, desk: Desk) -> None:
    cohort = desk.cohort()
    fields = {"logins": "\n".join(f"login-{n}" for n in range(count))}

    assert desk.browser.send(address(cohort), fields, status=status).status == status


def test_other_people_confirmed_with_the_key_of_an_earlier_form_are_looked_over_again(desk: Desk) -> None:
    cohort, one, two = desk.cohort(), desk.learner("Ахметов"), desk.learner("Байжанов")
    preview = look_over(desk, cohort, one, two)
    confirm(desk, cohort, preview, one)

    again = desk.browser.send(
        f"/centre/cohorts/{cohort.id}/enrol",
        preview.fields() | {"who": [str(one.id), str(two.id)]},
        status=422,
    )

    assert "This form was already sent" in again.text
    assert ticked(again) == {str(two.id)}
    assert names(cohort) == ["Ахметов"]
    confirm(desk, cohort, again, two)
    assert names(cohort) == ["Ахметов", "Байжанов"]


def test_looking_people_over_waits_for_nobody_who_writes(desk: Desk, tmp_path: Path) -> None:
    browser, fields, path = desk.browser, {"who": [str(desk.learner().id)]}, address(desk.cohort())
    db.session.rollback()
    writer = sqlite3.connect(tmp_path / "lms.db", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")

    try:
        page = browser.send(path, fields)
    finally:
        writer.close()

    assert "Will be enrolled" in page.text


@pytest.mark.parametrize("who", ["9223372036854775808", "9" * 400, "-1", "x"])
def test_ids_that_nobody_can_have_are_passed_over(who: str, desk: Desk) -> None:
    cohort, person = desk.cohort(), desk.learner()
    preview = look_over(desk, cohort, person)

    confirmed = desk.browser.send(
        f"/centre/cohorts/{cohort.id}/enrol", preview.fields() | {"who": [who, str(person.id)]}
    )
    looked_over = desk.browser.send(address(cohort), {"who": [who, str(person.id)]})
    moved = desk.browser.open(f"/centre/cohorts/{cohort.id}/extend?who={who}")

    assert "1 person is added" in confirmed.text
    assert "In this cohort already" in looked_over.text
    assert "Tick people who have not finished yet" in moved.text
