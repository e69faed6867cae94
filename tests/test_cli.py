"""Serving is refused where it would open the site to strangers by mistake."""

from dataclasses import replace
from unittest.mock import Mock

import pytest
from flask import Flask

from lms import cli
from lms.accounts import actions
from lms.accounts.passwords import hash_password
from lms.clock import utcnow
from lms.database import db
from lms.demo.cast import PASSWORD
from lms.errors import DomainError
from lms.ledger.actor import SYSTEM
from tests.make import Make


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Mock:
    """Return what stands in for the server."""
    served = Mock()
    monkeypatch.setattr(cli, "serve", served)
    return served


def serve(app: Flask, *options: str) -> None:
    """Run `lms serve`; raise what it raises."""
    app.test_cli_runner().invoke(cli.serve_command, options, catch_exceptions=False)


@pytest.fixture
def production(app: Flask) -> Flask:
    """Return the application as it is set up in production."""
    app.config["LMS"] = replace(app.config["LMS"], is_production=True)
    return app


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.kz"])
def test_outside_production_other_machines_are_not_served(host: str, app: Flask, served: Mock) -> None:
    with pytest.raises(DomainError, match="LMS_ENV=production"):
        serve(app, "--host", host)

    served.assert_not_called()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.0.1", "::1", "localhost"])
def test_this_machine_is_always_served(host: str, app: Flask, served: Mock) -> None:
    serve(app, "--host", host)

    assert served.call_args.kwargs["host"] == host


def test_in_production_everybody_is_served(production: Flask, served: Mock) -> None:
    serve(production, "--host", "0.0.0.0")

    served.assert_called_once()


@pytest.mark.parametrize("login", ["administrator", "learner"])
def test_in_production_nobody_is_served_while_the_password_of_the_demonstration_opens_an_account(
    login: str, production: Flask, served: Mock, make: Make
) -> None:
    person = make.person(login_name=login, password=PASSWORD)
    with pytest.raises(DomainError, match=login):
        serve(production)

    actions.set_password(person, hash_password("a-password-of-ones-own"), by=SYSTEM, now=utcnow())
    db.session.commit()
    make.person(login_name="somebody", password=PASSWORD)
    serve(production)

    served.assert_called_once()
