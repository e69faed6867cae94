"""Anybody with a number sees what the certificate states and what it is worth, and nobody can guess one."""

from datetime import UTC, datetime

import pytest

from lms.database import db
from lms.enrolments.models import Completion
from tests.browser import PageClient
from tests.certificates.conftest import Certify
from tests.certificates.stated import NUMBER

TODAY = datetime.now(UTC)


def test_the_page_states_everything_and_when_it_was_checked(certify: Certify, browser: PageClient) -> None:
    certificate = certify(now=TODAY)

    page = browser.open(f"/verify/{certificate.number}")

    assert page.heading == f"Check of certificate {certificate.number}"
    assert page.title.startswith(f"Valid: {certificate.number}")
    for fact in (
        "Valid",
        "Checked:",
        "(UTC+5)",
        "Нұрсұлтанқызы Әйгерім",
        "Access to environmental information: answering a request",
        "12 academic hours",
        "85.5%",
        "Karaganda Regional Centre",
        "Signed by Director",
        "Language of the certificate Қазақша",
        certify.versions[0].digest,
    ):
        assert fact in page.text
    assert page.links()["The certificate as issued (PDF)"] == f"/certificates/{certificate.number}.pdf"


def test_the_lessons_are_those_of_the_version_in_the_language_of_the_page(
    certify: Certify, browser: PageClient
) -> None:
    page = browser.open(f"/verify/{certify(now=TODAY).number}?lang=kk")

    assert "Сөздер" in page.text
    assert "1.1 Lesson in kk" in page.text
    assert page.one("span", lang="ru").text == "Государственный орган"  # there in Russian only


def test_an_expired_certificate_says_until_when_it_was_valid(certify: Certify, browser: PageClient) -> None:
    certify.publish(valid_for=1)

    page = browser.open(f"/verify/{certify(now=datetime(2020, 3, 1, 12, tzinfo=UTC)).number}")

    assert page.title.startswith("Expired")
    assert "valid until 1 April 2020 only" in page.text


def test_a_superseded_certificate_says_since_when(certify: Certify, browser: PageClient) -> None:
    certificate = certify(now=TODAY)
    certify.publish("invalidating", now=TODAY)

    page = browser.open(f"/verify/{certificate.number}")

    assert page.title.startswith("Superseded")
    assert "certificates of earlier versions are no longer enough" in page.text


def test_a_replaced_certificate_leads_to_the_new_one(certify: Certify, browser: PageClient) -> None:
    certificate = certify(now=TODAY)
    certify.replace(certificate, NUMBER, now=TODAY)

    page = browser.open(f"/verify/{certificate.number}")

    assert page.title.startswith("Replaced")
    assert page.links()[f"Open the new one: {NUMBER}"] == f"/verify/{NUMBER}"
    assert browser.open(f"/verify/{NUMBER}").title.startswith("Valid")


def test_a_revoked_certificate_confirms_nothing(certify: Certify, browser: PageClient) -> None:
    certificate = certify(now=TODAY)
    db.session.get_one(Completion, certificate.completion_id).superseded_at = TODAY
    db.session.commit()

    page = browser.open(f"/verify/{certificate.number}")

    assert page.title.startswith("Revoked")
    assert "confirms nothing" in page.text


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_page_opens_in_every_language(certify: Certify, browser: PageClient, language: str) -> None:
    page = browser.open(f"/verify/{certify(now=TODAY, score=None).number}?lang={language}")

    assert page.document.get("lang") == language


def test_the_form_takes_the_number_however_it_is_typed(certify: Certify, browser: PageClient) -> None:
    certificate = certify(now=TODAY)
    browser.open("/verify")

    page = browser.open(f"/verify?number=%20{certificate.number.lower().replace('-', '%20')}")

    assert page.path == f"/verify/{certificate.number}"


@pytest.mark.parametrize("typed", ["", "%20", "---"])
def test_nothing_typed_asks_again(browser: PageClient, typed: str) -> None:
    page = browser.open(f"/verify?number={typed}", status=422)

    assert "Fill in this field." in page.text


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (NUMBER, "No certificate has been issued with this number."),
        (f"{NUMBER[:-1]}9", "The check sign does not fit"),
        ("7K3M-9QTD", "A number has 12 signs, and this one has 8."),
        ("7K3M-9QTD-2XWЖ", "No number has the sign Ж."),
    ],
)
def test_a_wrong_number_says_what_is_wrong_with_it(browser: PageClient, number: str, words: str) -> None:
    page = browser.open(f"/verify/{number}", status=404)

    assert words in page.text
    assert number in page.heading


def test_what_is_typed_comes_back_as_text_only(browser: PageClient) -> None:
    page = browser.open("/verify/<script>alert(1)</script>", status=404)

    assert page.document.find(".//main").find(".//script") is None  # type: ignore[union-attr]


def test_who_tries_out_numbers_is_stopped(browser: PageClient) -> None:
    for _ in range(15):
        browser.open(f"/verify/{NUMBER}", status=404)
        assert browser.get(f"/certificates/{NUMBER}.pdf").status_code == 404

    browser.open(f"/verify/{NUMBER}", status=429)
    assert browser.get(f"/certificates/{NUMBER}.pdf").status_code == 429
    assert browser.open("/verify").status == 200


def test_search_engines_and_shared_caches_keep_nothing(certify: Certify, browser: PageClient) -> None:
    number = certify(now=TODAY).number

    for path in (f"/verify/{number}", f"/certificates/{number}.pdf"):
        answer = browser.get(path)
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert answer.headers["Cache-Control"] == "private, no-cache"
