"""A certificate is issued once for a completion, keeps what it said, and its state follows from what happens later."""

import threading
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms.accounts.actions import rename_person
from lms.accounts.models import Person
from lms.centres.actions import change_centre
from lms.certificates.actions import issue
from lms.certificates.models import Certificate
from lms.certificates.number import is_well_formed
from lms.certificates.payload import Payload
from lms.certificates.queries import find_certificate, get_certificate, list_certificates, list_numbers
from lms.certificates.rendering import TEMPLATE
from lms.certificates.state import Standing, State
from lms.clock import local_date
from lms.database import db
from lms.enrolments.models import Completion, Enrolment
from lms.errors import NotFound
from lms.ledger.actor import SYSTEM
from lms.ledger.models import LedgerEntry
from tests.certificates.conftest import Certify
from tests.certificates.stated import ISSUED_AT, TITLES
from tests.make import CENTRE

pytestmark = pytest.mark.every_database

LATER = ISSUED_AT + timedelta(days=30)


def standing(certificate: Certificate, at: datetime = LATER) -> Standing:
    return get_certificate(certificate.number).standing(local_date(at))


def holder_of(certificate: Certificate) -> Person:
    completion = db.session.get_one(Completion, certificate.completion_id)
    return db.session.get_one(Person, db.session.get_one(Enrolment, completion.enrolment_id).person_id)


def test_the_certificate_states_what_was_so_when_it_was_issued(certify: Certify) -> None:
    certificate = certify(language="ru")

    payload = Payload.from_json(certificate.payload)
    assert is_well_formed(payload.number)
    assert payload.address == f"http://127.0.0.1:8000/verify/{certificate.number}"
    assert (payload.holder, payload.language, payload.titles) == ("Нұрсұлтанқызы Әйгерім", "ru", TITLES)
    assert (payload.version, payload.digest) == (1, certify.versions[0].digest)
    assert (payload.hours, payload.score) == (12, 8550)
    assert payload.centres == {"kk": CENTRE.name_kk, "ru": CENTRE.name_ru, "en": CENTRE.name_en}
    assert (payload.issued_at, payload.issued_on) == (ISSUED_AT, date(2026, 11, 22))
    assert (certificate.issued_at, certificate.expires_on) == (ISSUED_AT, date(2029, 11, 22))
    assert certificate.template == TEMPLATE


def test_the_period_begins_with_the_first_act_of_the_learner(certify: Certify) -> None:
    completion = certify.completion()
    enrolment = db.session.get_one(Enrolment, completion.enrolment_id)
    enrolment.started_at = ISSUED_AT - timedelta(days=20)

    payload = Payload.from_json(issue(completion, by=SYSTEM, now=ISSUED_AT).payload)

    assert (payload.started_on, payload.completed_on) == (date(2026, 11, 2), date(2026, 11, 22))


def test_issuing_again_returns_the_first_and_writes_nothing(certify: Certify) -> None:
    completion = certify.completion()
    first = issue(completion, by=SYSTEM, now=ISSUED_AT)
    entries = db.session.scalar(select(func.count(LedgerEntry.id)))

    again = issue(completion, by=SYSTEM, now=LATER)

    assert again is first
    assert db.session.scalar(select(func.count(Certificate.id))) == 1
    assert db.session.scalar(select(func.count(LedgerEntry.id))) == entries


def test_many_issuing_at_once_leave_one_certificate(certify: Certify, app: Flask) -> None:
    completion = certify.completion()
    barrier, numbers = threading.Barrier(4), []

    def finish(completion_id: int, enrolment_id: int) -> None:
        with app.app_context():
            barrier.wait()
            db.session.get_one(Enrolment, enrolment_id, with_for_update=True)
            certificate = issue(db.session.get_one(Completion, completion_id), by=SYSTEM, now=ISSUED_AT)
            numbers.append(certificate.number)
            db.session.commit()

    ids = completion.id, completion.enrolment_id
    db.session.rollback()
    threads = [threading.Thread(target=finish, args=ids) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(numbers) == 4
    assert len(set(numbers)) == 1


def test_issuing_is_in_the_ledger_without_giving_the_number_away(certify: Certify) -> None:
    certificate = certify()

    entry = db.session.scalars(select(LedgerEntry).where(LedgerEntry.kind == "certificate issued")).one()
    assert entry.subject == f"completion:{certificate.completion_id}"
    assert entry.person == holder_of(certificate).pseudonym
    assert entry.recorded_at == certificate.recorded_at
    assert certificate.number in (entry.facts or "")
    assert "Нұрсұлтанқызы" not in (entry.facts or "")


def test_a_completion_from_outside_gets_no_certificate(certify: Certify) -> None:
    completion = certify.completion()
    outside = Completion(id=completion.id, version_id=None, enrolment_id=completion.enrolment_id)

    with db.session.no_autoflush, pytest.raises(ValueError, match="from outside"):
        issue(outside, by=SYSTEM, now=ISSUED_AT)


def test_later_names_of_person_and_centre_change_nothing(certify: Certify) -> None:
    certificate = certify()
    before = certificate.payload
    person = holder_of(certificate)
    centre_id = db.session.get_one(Completion, certificate.completion_id).centre_id

    rename_person(person, last_name="Өтегенова", first_name="Әйгерім", middle_name=None, by=SYSTEM, now=LATER)
    change_centre(centre_id, replace(CENTRE, name_ru="Другой центр"), by=SYSTEM, now=LATER)
    db.session.commit()
    db.session.expire_all()

    assert get_certificate(certificate.number).certificate.payload == before


def test_a_certificate_is_valid_until_its_last_day_is_over(certify: Certify) -> None:
    certificate = certify()

    assert standing(certificate) == Standing(State.VALID, None)
    assert standing(certificate, datetime.fromisoformat("2029-11-22T18:59:59Z")).is_valid  # 23:59:59 in Almaty
    assert standing(certificate, datetime.fromisoformat("2029-11-22T19:00:00Z")) == Standing(
        State.EXPIRED, date(2029, 11, 22)
    )


def test_a_course_without_term_gives_certificates_without_end(certify: Certify) -> None:
    certify.publish(valid_for=None)

    assert certify().expires_on is None


@pytest.mark.parametrize("change", ["editorial", "substantive"])
def test_other_versions_leave_certificates_valid(certify: Certify, change: str) -> None:
    certificate = certify()

    certify.publish(change, now=LATER)

    assert standing(certificate).is_valid


def test_an_invalidating_version_supersedes_earlier_certificates_from_the_first_such_day_on(certify: Certify) -> None:
    earlier = certify()
    certify.publish("invalidating", now=ISSUED_AT + timedelta(days=3))
    certify.publish("invalidating", now=ISSUED_AT + timedelta(days=9))
    later = certify(now=LATER)

    assert standing(earlier) == Standing(State.SUPERSEDED, date(2026, 11, 25))
    assert standing(later).is_valid


def test_a_replaced_certificate_names_the_one_that_took_its_place(certify: Certify) -> None:
    first = certify()
    second = certify.replace(first, "0000-0000-0000", now=LATER)

    found = get_certificate(first.number)
    assert found.standing(local_date(LATER)) == Standing(State.REPLACED, local_date(LATER))
    assert found.successor == second.number
    assert standing(second).is_valid
    assert list_numbers([first.completion_id]) == {first.completion_id: second.number}


def test_a_voided_completion_takes_its_certificate_with_it(certify: Certify) -> None:
    certificate = certify()
    db.session.get_one(Completion, certificate.completion_id).superseded_at = LATER
    db.session.commit()

    assert standing(certificate) == Standing(State.REVOKED, local_date(LATER))


def test_a_corrected_completion_keeps_its_certificate(certify: Certify) -> None:
    certificate = certify()
    old = db.session.get_one(Completion, certificate.completion_id)
    values = {column.key: getattr(old, column.key) for column in Completion.__table__.columns if column.key != "id"}
    old.superseded_at = LATER
    db.session.flush()
    db.session.add(Completion(**values | {"recorded_at": LATER, "superseded_at": None, "category": "C-4"}))
    db.session.commit()

    assert standing(certificate).is_valid


def test_people_find_their_own_certificates_latest_first(certify: Certify) -> None:
    first = certify(login_name="first")
    certify(login_name="another")

    holder = holder_of(first)
    assert [issued.number for issued in list_certificates(holder.id)] == [first.number]
    assert list_certificates(certify.author.id) == []


def test_an_unknown_number_is_nobodys(certify: Certify) -> None:
    assert find_certificate("0000-0000-0000") is None
    with pytest.raises(NotFound):
        get_certificate("0000-0000-0000")
