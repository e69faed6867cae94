"""The document is sent to whoever knows its number, and one's own certificates stand in one list."""

from datetime import UTC, datetime
from io import BytesIO

from pypdf import PdfReader

from lms.accounts.models import Person
from lms.certificates.models import Certificate
from lms.database import db
from lms.enrolments.models import Completion, Enrolment
from tests.browser import PageClient
from tests.certificates.conftest import Certify
from tests.certificates.stated import NUMBER
from tests.make import PASSWORD

TODAY = datetime.now(UTC)


def sign_in(browser: PageClient, person: Person) -> None:
    login = person.login_name
    db.session.rollback()  # the test's own transaction would keep the request from writing
    answer = browser.post("/sign-in", {"login": login, "password": PASSWORD})
    assert answer.status_code == 302


def holder_of(certificate: Certificate) -> Person:
    completion = db.session.get_one(Completion, certificate.completion_id)
    return db.session.get_one(Person, db.session.get_one(Enrolment, completion.enrolment_id).person_id)


def test_the_pdf_opens_without_an_account_and_has_a_latin_name(certify: Certify, browser: PageClient) -> None:
    number = certify(now=TODAY).number

    answer = browser.get(f"/certificates/{number.lower()}.pdf")

    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'inline; filename="certificate-{number}.pdf"'
    assert number in PdfReader(BytesIO(answer.data)).pages[0].extract_text()


def test_a_reader_who_has_the_pdf_does_not_get_it_again(certify: Certify, browser: PageClient) -> None:
    path = f"/certificates/{certify(now=TODAY).number}.pdf"
    first = browser.get(path)

    second = browser.get(path, headers={"If-None-Match": first.headers["ETag"]})

    assert (second.status_code, second.data) == (304, b"")
    assert browser.get(path, headers={"If-None-Match": '"another"'}).data == first.data


def test_an_unknown_number_has_no_pdf(browser: PageClient) -> None:
    assert browser.get(f"/certificates/{NUMBER}.pdf").status_code == 404


def test_a_name_that_cannot_be_printed_is_said_and_does_not_break_the_page(
    certify: Certify, browser: PageClient
) -> None:
    number = certify(now=TODAY, last_name="王").number

    page = browser.open(f"/certificates/{number}.pdf", status=422)

    assert "the font has no 王" in page.text
    assert "王" in browser.open(f"/verify/{number}").text


def test_one_sees_ones_own_certificates(certify: Certify, browser: PageClient) -> None:
    certificate = certify(now=TODAY, login_name="mine")
    another = certify(now=TODAY, login_name="another")
    sign_in(browser, holder_of(certificate))

    page = browser.open("/my/certificates")

    assert "Valid" in page.text
    assert "valid until" in page.text
    assert f"/certificates/{certificate.number}.pdf" in page.links().values()
    assert f"/verify/{certificate.number}" in page.links().values()
    assert another.number not in page.text


def test_a_certificate_that_is_worth_nothing_more_stays_in_the_list(certify: Certify, browser: PageClient) -> None:
    certificate = certify(now=TODAY)
    certify.publish("invalidating", now=TODAY)
    sign_in(browser, holder_of(certificate))

    page = browser.open("/my/certificates")

    assert "Superseded" in page.text
    assert certificate.number in page.text


def test_who_has_no_certificate_learns_how_one_comes(certify: Certify, browser: PageClient) -> None:
    sign_in(browser, certify.author)

    assert "You have no certificate yet" in browser.open("/my/certificates").text


def test_ones_own_list_asks_to_sign_in(browser: PageClient) -> None:
    assert browser.get("/my/certificates").headers["Location"] == "/sign-in?next=/my/certificates"


def test_people_with_an_account_are_not_stopped_from_opening_documents(certify: Certify, browser: PageClient) -> None:
    certificate = certify(now=TODAY)
    sign_in(browser, holder_of(certificate))
    tag = browser.get(f"/certificates/{certificate.number}.pdf").headers["ETag"]

    answers = [
        browser.get(f"/certificates/{certificate.number}.pdf", headers={"If-None-Match": tag}) for _ in range(31)
    ]

    assert {answer.status_code for answer in answers} == {304}
