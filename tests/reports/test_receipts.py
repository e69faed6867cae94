"""Every file leaves a receipt, by which it is known again and made again."""

import hashlib
import json
import re

import pytest
from sqlalchemy import func, select

from lms.accounts.models import Person
from lms.clock import utcnow
from lms.database import db
from lms.ledger.models import LedgerEntry
from lms.permissions import Role
from lms.reports.files import FileFormat
from lms.reports.models import Receipt
from tests.make import Make
from tests.reports.conftest import Desk
from tests.reports.history import History

NUMBER = re.compile(r"R-[2-9A-Z]{4}-[2-9A-Z]{4}")


@pytest.fixture
def official(make: Make) -> Person:
    """Return an official of the whole country."""
    return make.staff(Role.OFFICIAL)


def receipts() -> list[Receipt]:
    """Return every receipt as the database has it now."""
    db.session.rollback()
    return list(db.session.scalars(select(Receipt).order_by(Receipt.id)))


@pytest.mark.every_database
def test_a_download_leaves_a_receipt_and_an_entry_in_the_ledger(country: History, official: Person, desk: Desk) -> None:
    answer = desk(official).get("/reports/completions.csv?region=KZ-35&by=course&separator=comma")

    (receipt,) = receipts()
    assert NUMBER.fullmatch(receipt.number)
    assert answer.headers["X-Receipt"] == receipt.number
    assert answer.headers["Content-Disposition"] == f"attachment; filename=completions-{receipt.number}.csv"
    assert (receipt.person_id, receipt.format, receipt.rows) == (official.id, "csv", 0)
    assert receipt.digest == hashlib.sha256(answer.data).digest()
    assert json.loads(receipt.filter) == {
        "choice": {"by": "course", "region": "KZ-35"},
        "language": "en",
        "scope": None,
        "separator": "comma",
    }
    entry = db.session.scalars(select(LedgerEntry).where(LedgerEntry.kind == "report downloaded")).one()
    assert entry.subject == f"receipt:{receipt.number}"
    assert entry.actor == official.pseudonym
    assert json.loads(entry.facts or "")["sha256"] == receipt.digest.hex()


def test_the_same_files_are_made_again_after_things_have_changed(
    history: History, official: Person, desk: Desk
) -> None:
    browser = desk(official, "ru")
    first = [browser.get(f"/reports/completions.{kind}?by=centre&from=2025-02-01") for kind in FileFormat]
    history.enrol(utcnow())
    history.complete(utcnow())
    db.session.commit()

    reader = desk(official)
    pages = [reader.open(f"/receipts/{answer.headers['X-Receipt']}") for answer in first]
    again = [reader.get(page.links()["Make the same file again"]) for page in pages]

    assert [answer.data for answer in again] == [answer.data for answer in first]
    digests = [hashlib.sha256(answer.data).digest() for answer in first]
    assert [receipt.digest for receipt in receipts()] == digests * 2


def test_a_receipt_says_what_the_file_covers(country: History, official: Person, desk: Desk) -> None:
    browser = desk(official)
    file = browser.get("/reports/completions.xlsx?by=month&course=course-2&to=2026-01-31")

    text = browser.open(f"/receipts/{file.headers['X-Receipt']}").text

    for fact in ("Month", "course-2", "2026-01-31", "the whole country", "XLSX", hashlib.sha256(file.data).hexdigest()):
        assert fact in text


def test_a_receipt_says_whose_figures_the_file_holds(country: History, desk: Desk) -> None:
    region = desk(country.make.staff(Role.OFFICIAL, region_code="KZ-10"))
    body = desk(country.make.staff(Role.OFFICIAL, state_body_id=country.bodies[0].id))

    for browser, code in ((region, "KZ-10"), (body, country.bodies[0].code)):
        number = browser.get("/reports/completions.json").headers["X-Receipt"]
        page = browser.open(f"/receipts/{number}")
        assert f"Covers {code}" in page.text
        assert "There is a later file" not in page.text


def test_a_file_at_hand_is_known_by_its_digest(country: History, official: Person, desk: Desk) -> None:
    browser = desk(official)
    file = browser.get("/reports/completions.json")
    digest = hashlib.sha256(file.data).hexdigest()

    own = browser.open(f"/receipts?digest={digest.upper()}")
    others = desk(country.make.staff(Role.OFFICIAL, region_code="KZ-10")).open(f"/receipts?digest={digest}")

    assert "This file is ours" in own.text
    assert own.links()["Open the receipt"] == f"/receipts/{file.headers['X-Receipt']}"
    assert "This file is ours" in others.text
    assert "Open the receipt" not in others.links()


def test_a_changed_file_is_not_known(country: History, official: Person, desk: Desk) -> None:
    browser = desk(official)
    file = browser.get("/reports/completions.csv")

    page = browser.open(f"/receipts?digest={hashlib.sha256(file.data + b' ').hexdigest()}")

    assert "No file of ours has this SHA-256" in page.text


@pytest.mark.parametrize("digest", ["", "abc", "g" * 64])
def test_what_is_no_digest_is_said(official: Person, desk: Desk, digest: str) -> None:
    page = desk(official).open(f"/receipts?digest={digest}", status=422)

    assert page.one("input", name="digest").get("aria-invalid") == "true"
    assert page.fields()["digest"] == digest


def test_a_later_file_of_the_same_figures_is_named(country: History, official: Person, desk: Desk) -> None:
    browser = desk(official)
    first = browser.get("/reports/completions.csv").headers["X-Receipt"]
    assert "There is a later file" not in browser.open(f"/receipts/{first}").text
    country.enrol(utcnow())
    db.session.commit()

    second = browser.get("/reports/completions.csv").headers["X-Receipt"]

    assert "There is a later file" in browser.open(f"/receipts/{first}").text
    assert "There is a later file" not in browser.open(f"/receipts/{second}").text


def test_receipts_are_ones_own(country: History, official: Person, desk: Desk) -> None:
    mine = desk(official)
    number = mine.get("/reports/completions.csv").headers["X-Receipt"]
    theirs = desk(country.make.staff(Role.OFFICIAL))

    assert number in mine.open("/receipts").text
    assert number not in theirs.open("/receipts").text
    theirs.open(f"/receipts/{number}", status=404)


def test_a_file_sent_after_the_request_has_ended_is_whole(country: History, official: Person, desk: Desk) -> None:
    answer = desk(official).get("/reports/completions.xlsx", buffered=False)

    assert hashlib.sha256(answer.get_data()).digest() == receipts()[0].digest


def test_a_download_that_breaks_off_leaves_no_receipt(country: History, official: Person, desk: Desk) -> None:
    browser = desk(official)
    answer = browser.get("/reports/completions.csv", buffered=False)
    next(answer.iter_encoded())
    answer.close()

    assert receipts() == []


def test_asking_for_the_head_of_a_file_makes_none(country: History, official: Person, desk: Desk) -> None:
    browser = desk(official)

    assert browser.client.head("/reports/completions.csv").status_code == 200
    assert db.session.scalar(select(func.count()).select_from(Receipt)) == 0


def test_only_known_separators_and_formats_are_there(country: History, official: Person, desk: Desk) -> None:
    browser = desk(official)

    browser.open("/reports/completions.csv?separator=tab", status=404)
    browser.open("/reports/completions.pdf", status=404)
