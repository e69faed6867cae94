"""The command says what a certificate states, and by its status whether it may be relied on."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from tests.certificates.conftest import Certify
from tests.certificates.stated import NUMBER


def test_a_valid_certificate_ends_with_status_0(certify: Certify, app: Flask) -> None:
    certificate = certify(now=datetime.now(UTC))

    done = app.test_cli_runner().invoke(args=["certificates", "verify", certificate.number.lower()])

    assert done.exit_code == 0
    assert "state:        valid\n" in done.output
    assert "holder:       Нұрсұлтанқызы Әйгерім\n" in done.output
    assert "score:        85.5%\n" in done.output


def test_one_that_may_not_be_relied_on_ends_with_status_1(certify: Certify, app: Flask) -> None:
    certificate = certify(now=datetime(2020, 3, 1, 12, tzinfo=UTC))

    done = app.test_cli_runner().invoke(args=["certificates", "verify", certificate.number])

    assert done.exit_code == 1
    assert "state:        expired (2023-03-01)\n" in done.output


@pytest.mark.parametrize(
    ("number", "words"),
    [(NUMBER, "There is no certificate"), (f"{NUMBER[:-1]}9", "a sign is mistyped"), ("7K3M", "twelve signs")],
)
def test_a_wrong_number_ends_with_status_1_and_one_sentence(app: Flask, number: str, words: str) -> None:
    done = app.test_cli_runner().invoke(args=["certificates", "verify", number])

    assert done.exit_code == 1
    assert words in done.stderr
    assert done.stdout == ""
