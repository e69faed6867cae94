"""The coordinator's cohorts: opening, the board, moving due dates, withdrawing."""

from datetime import timedelta

from lms.accounts.models import Person
from lms.clock import utcnow
from lms.database import db
from lms.enrolments.models import Cohort, EnrolmentTerm
from lms.enrolments.queries import find_enrolled, list_members
from lms.learning.actions import finish_unit
from lms.ledger.actor import SYSTEM
from lms.ledger.models import LedgerEntry
from lms.permissions import Role
from tests.desk.conftest import IN_A_MONTH, TODAY, Desk
from tests.learning.versions import CLOCK, FINAL, GROUNDS


def board(cohort: Cohort) -> str:
    return f"/centre/cohorts/{cohort.id}"


def finish(desk: Desk, person: Person, *units: str) -> None:
    """Let a learner finish some units now."""
    enrolled = find_enrolled(person.id, desk.course.course_id)
    assert enrolled is not None
    for unit in units:
        score = 9000 if unit == FINAL else None
        finish_unit(enrolled.enrolment.id, unit, language="en", score=score, by=SYSTEM, now=utcnow())
    db.session.commit()


def test_a_new_desk_says_what_to_do_first(desk: Desk) -> None:
    page = desk.browser.open("/centre")

    assert "No cohorts yet" in page.text
    assert page.links()["Open a cohort"] == "/centre/cohorts/new"
    assert "My centre" in page.links()


def test_a_cohort_is_opened_once_however_often_it_is_sent(desk: Desk) -> None:
    fields = desk.browser.open("/centre/cohorts/new").fields()
    assert fields["centre_id"] == str(desk.here.id)
    fields |= {"name": "2026-11-A", "starts_on": TODAY.isoformat(), "due_on": IN_A_MONTH.isoformat(), "seats": "30"}

    first = desk.browser.send("/centre/cohorts/new", fields)
    second = desk.browser.send("/centre/cohorts/new", fields)

    assert first.heading == second.heading == "Cohort 2026-11-A"
    assert "Nobody is in this cohort yet" in first.text
    cohort = db.session.query(Cohort).one()
    assert (cohort.centre_id, cohort.seats, cohort.due_on) == (desk.here.id, 30, IN_A_MONTH)
    assert db.session.query(LedgerEntry).filter_by(kind="cohort created").one().actor == desk.coordinator.pseudonym


def test_a_refused_cohort_keeps_what_was_typed_and_points_at_the_mistake(desk: Desk) -> None:
    fields = desk.browser.open("/centre/cohorts/new").fields() | {
        "name": "2026-11-A",
        "starts_on": TODAY.isoformat(),
        "due_on": (TODAY - timedelta(days=1)).isoformat(),
    }

    page = desk.browser.send("/centre/cohorts/new", fields, status=422)

    assert "#due_on" in page.links().values()
    assert page.fields()["name"] == "2026-11-A"
    assert db.session.query(Cohort).count() == 0


def test_a_cohort_cannot_be_opened_at_another_centre(desk: Desk) -> None:
    fields = desk.browser.open("/centre/cohorts/new").fields() | {
        "centre_id": str(desk.there.id),
        "name": "x",
        "starts_on": TODAY.isoformat(),
    }

    assert "Choose one of the options" in desk.browser.send("/centre/cohorts/new", fields, status=422).text


def test_the_desk_counts_people_completions_and_those_overdue(desk: Desk) -> None:
    cohort = desk.cohort(due_on=TODAY - timedelta(days=1))
    for person in [desk.learner(), desk.learner(), done := desk.learner()]:
        desk.make.enrolment(person, desk.course.course_id, cohort=cohort, due_on=cohort.due_on)
    finish(desk, done, CLOCK, GROUNDS, FINAL)

    page = desk.browser.open("/centre")

    assert [cell.text for cell in page.all("td", class_="num")] == ["3", "1", "2"]


def test_the_board_shows_names_in_kazakh_order_with_lessons_and_certificate(desk: Desk) -> None:
    cohort = desk.cohort()
    people = [desk.learner(last_name=name) for name in ("Яна", "Әли", "Ақан")]
    for person in people:
        desk.make.enrolment(person, desk.course.course_id, cohort=cohort, due_on=IN_A_MONTH)
    finish(desk, people[0], CLOCK, GROUNDS, FINAL)
    finish(desk, people[1], CLOCK)

    page = desk.browser.open(board(cohort))

    names = ["".join(cell.itertext()).split()[0] for cell in page.all("th", scope="row")]
    assert names == ["Ақан", "Әли", "Яна"]
    assert "2 of 2" in page.text
    assert "1 of 2" in page.text
    assert any(href.startswith("/verify/") for href in page.links().values())


def test_those_who_need_help_stand_first(desk: Desk) -> None:
    cohort = desk.cohort()
    late, fresh = desk.learner(last_name="Кешов"), desk.learner(last_name="Жаңаев")
    desk.make.enrolment(late, desk.course.course_id, cohort=cohort, due_on=TODAY - timedelta(days=2))
    desk.make.enrolment(fresh, desk.course.course_id, cohort=cohort, due_on=IN_A_MONTH)

    page = desk.browser.open(board(cohort))

    assert "Overdue for 2 days" in page.text
    assert "Жаңаев" not in page.text
    assert "Жаңаев" in desk.browser.open(f"{board(cohort)}?show=all").text
    assert "Nobody here" in desk.browser.open(f"{board(cohort)}?show=done").text


def test_a_due_date_is_moved_with_a_reason_for_those_ticked_and_once(desk: Desk) -> None:
    cohort = desk.cohort()
    ticked, other = desk.learner(), desk.learner()
    enrolment = desk.make.enrolment(ticked, desk.course.course_id, cohort=cohort, due_on=IN_A_MONTH)
    desk.make.enrolment(other, desk.course.course_id, cohort=cohort, due_on=IN_A_MONTH)
    address, later = f"{board(cohort)}/extend?who={enrolment.id}", IN_A_MONTH + timedelta(days=7)
    fields = desk.browser.open(address).fields() | {"due_on": later.isoformat()}

    refused = desk.browser.send(address, fields, status=422)
    page = desk.browser.send(address, fields | {"reason": "sick leave"})
    desk.browser.send(address, fields | {"reason": "sick leave"})

    assert "Fill in this field" in refused.text
    assert page.heading == f"Cohort {cohort.name}"
    terms = db.session.query(EnrolmentTerm).filter(EnrolmentTerm.reason == "sick leave").all()
    assert [(term.enrolment_id, term.due_on) for term in terms] == [(enrolment.id, later)]
    assert db.session.query(LedgerEntry).filter_by(kind="due date moved").count() == 1


def test_people_are_withdrawn_with_a_reason_and_those_who_finished_are_left_out(desk: Desk) -> None:
    cohort = desk.cohort()
    leaves, done = desk.learner(last_name="Кетов"), desk.learner(last_name="Біткенов")
    ids = [desk.make.enrolment(p, desk.course.course_id, cohort=cohort, due_on=IN_A_MONTH).id for p in (leaves, done)]
    finish(desk, done, CLOCK, GROUNDS, FINAL)
    address = f"{board(cohort)}/withdraw?who={ids[0]}&who={ids[1]}"

    confirmation = desk.browser.open(address)
    desk.browser.send(address, confirmation.fields() | {"reason": "left the service"})

    assert "Left out, because they have finished: Біткенов" in confirmation.text
    assert [member.person.last_name for member in list_members(cohort.id)] == ["Біткенов"]


def test_nobody_ticked_leads_back_to_the_board(desk: Desk) -> None:
    cohort = desk.cohort()

    page = desk.browser.open(f"{board(cohort)}/withdraw")

    assert page.path == board(cohort)
    assert "Tick people" in page.text


def test_people_of_another_cohort_cannot_be_changed_from_this_one(desk: Desk) -> None:
    mine, foreign = desk.cohort(), desk.cohort(desk.there)
    enrolment = desk.make.enrolment(desk.learner(centre=desk.there), desk.course.course_id, cohort=foreign)

    page = desk.browser.open(f"{board(mine)}/withdraw?who={enrolment.id}")

    assert "Tick people" in page.text


def test_a_cohort_of_another_centre_is_not_there(desk: Desk) -> None:
    cohort = desk.cohort(desk.there)

    for path in ("", "/add", "/extend?who=1", "/withdraw?who=1"):
        desk.browser.open(board(cohort) + path, status=404)
    desk.browser.send(f"{board(cohort)}/enrol", {"who": ["1"]}, status=404)


def test_a_coordinator_of_two_centres_sees_which_cohort_is_where(desk: Desk) -> None:
    desk.make.staff(Role.COORDINATOR, person=desk.coordinator, centre_id=desk.there.id)
    desk.cohort()
    desk.cohort(desk.there)

    assert desk.browser.open("/centre").heading == "My centres"
