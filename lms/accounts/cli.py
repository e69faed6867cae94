"""Commands about people: the first administrator, and roles."""

import click
from flask.cli import AppGroup

from lms.accounts import actions
from lms.accounts.passwords import make_password
from lms.accounts.queries import find_by_login
from lms.centres.queries import find_centre_by_code, find_state_body_by_code
from lms.clock import utcnow
from lms.database import db
from lms.errors import DomainError
from lms.languages import DEFAULT_LANGUAGE, LANGUAGES
from lms.ledger.actor import SYSTEM
from lms.permissions import Role

people = AppGroup("people", help="Open accounts and give roles.")


@people.command("add")
@click.argument("login")
@click.option("--last-name", required=True, help="Last name, as on documents.")
@click.option("--first-name", required=True, help="First name.")
@click.option("--middle-name", help="Middle name, if there is one.")
@click.option("--language", type=click.Choice(LANGUAGES), default=DEFAULT_LANGUAGE, show_default=True)
def add_command(login: str, last_name: str, first_name: str, middle_name: str | None, language: str) -> None:
    """Open an account that signs in with LOGIN (an e-mail address or a login name) and print its password once.

    Example: lms people add admin@example.kz --last-name Тілеуова --first-name Меруерт
    """
    password = make_password()
    is_email = "@" in login
    actions.create_person(
        last_name=last_name,
        first_name=first_name,
        middle_name=middle_name,
        language=language,
        email=login if is_email else None,
        login_name=None if is_email else login,
        password=password,
        by=SYSTEM,
        now=utcnow(),
    )
    db.session.commit()
    click.echo(f"{login} signs in with the password {password}")


@people.command("grant")
@click.argument("login")
@click.argument("role", type=click.Choice([role.value for role in Role]))
@click.option("--centre", help="Code of the centre (coordinator).")
@click.option("--region", help="Code of the region, such as KZ-35 (official); left out, the whole country.")
@click.option("--state-body", help="Code of the state body (official).")
@click.option("--reason", required=True, help="Why; it goes into the ledger.")
def grant_command(
    login: str, role: str, centre: str | None, region: str | None, state_body: str | None, reason: str
) -> None:
    """Give the person who signs in with LOGIN a ROLE. Trainers get theirs on the page of the person.

    Example: lms people grant admin@example.kz administrator --reason "order 12"
    """
    person = find_by_login(login)
    if person is None:
        raise DomainError(f"Nobody signs in with {login}.")
    found_centre = find_centre_by_code(centre) if centre else None
    found_body = find_state_body_by_code(state_body) if state_body else None
    if (centre and found_centre is None) or (state_body and found_body is None):
        raise DomainError("There is no centre or state body with this code.")
    if Role(role) is Role.TRAINER or (Role(role) is Role.COORDINATOR) != bool(found_centre):
        raise DomainError("This role needs another scope: a coordinator a --centre, a trainer a course.")
    actions.grant(
        person,
        Role(role),
        region_code=region,
        centre_id=found_centre.id if found_centre else None,
        state_body_id=found_body.id if found_body else None,
        reason=reason,
        by=SYSTEM,
        now=utcnow(),
    )
    db.session.commit()
    click.echo(f"{login} is now {role.replace('_', ' ')}.")
