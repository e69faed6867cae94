"""Every page says who may open it, and turns everybody else away before it does anything."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from lms.accounts import actions as accounts
from lms.accounts.models import Person
from lms.accounts.sign_in import SEEN, TOKEN
from lms.catalogue.models import Course
from lms.clock import utcnow
from lms.database import db
from lms.permissions import GRANTS, Permission, Role, permissions_of
from lms.web.access import Access, declared_access
from tests.guards.source import refuse
from tests.make import Make

ROLES = [None, *Role]
SIGN_IN = "/sign-in"


def routes(app: Flask) -> Iterator[tuple[str, str, str, Access]]:
    """Yield endpoint, method, an address made of ones, and the declared access of every route that declares one."""
    declared = declared_access(app)
    for rule in app.url_map.iter_rules():
        access = declared[rule.endpoint]
        if access is not None:
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield rule.endpoint, method, address(app, rule, method), access


def address(app: Flask, rule: Rule, method: str) -> str:
    """Return an address that a rule answers; nothing needs to be there, since refusal comes first."""
    values = {
        name: next(iter(getattr(converter, "items", ["1"])), "1")  # a choice names what it takes
        for name, converter in rule._converters.items()
    }
    return app.url_map.bind("localhost").build(rule.endpoint, values, method=method)


def sign_in(app: Flask, person: Person) -> FlaskClient:
    """Return a client whose session is this person's."""
    client = app.test_client()
    now = utcnow()
    with client.session_transaction() as session:
        session[TOKEN] = accounts.start_sign_in(person, device="test", hours=1, now=now)
        session[SEEN] = now.isoformat()
    db.session.commit()
    return client


def person_with(role: Role | None, make: Make) -> Person:
    """Return a person who has one role, as wide as it can be; or none."""
    match role:
        case None:
            return make.person()
        case Role.COORDINATOR:
            return make.staff(role, centre_id=make.centre().id)
        case Role.TRAINER:
            course = Course(slug="course")
            db.session.add(course)
            db.session.flush()
            return make.staff(role, course_id=course.id)
        case _:
            return make.staff(role)


def test_every_endpoint_declares_who_may_open_it(app: Flask) -> None:
    refuse(
        (endpoint for endpoint, access in declared_access(app).items() if access is None),
        "Write @public, @signed_in or @requires(…) above these views.",
    )


def test_every_permission_belongs_to_a_role_or_to_everybody() -> None:
    assert permissions_of(Role) == set(Permission)
    assert set(GRANTS) == set(Role)


def test_a_visitor_is_asked_to_sign_in_wherever_that_is_needed(app: Flask) -> None:
    client = app.test_client()
    offences = []
    for endpoint, method, url, access in routes(app):
        if access.needs_sign_in:
            answer = client.open(url, method=method, headers={"Accept": "application/json"})
            if answer.status_code != 401:
                offences.append(f"{method} {url} ({endpoint}) answers {answer.status}")

    refuse(offences, "These let a visitor in.")


@pytest.mark.parametrize("role", ROLES)
def test_every_route_refuses_people_without_its_permission(role: Role | None, app: Flask, make: Make) -> None:
    client = sign_in(app, person_with(role, make))
    permissions = permissions_of([role] if role else [])
    offences = []
    for endpoint, method, url, access in routes(app):
        if access.permission is not None and access.permission not in permissions:
            answer = client.open(url, method=method)
            if answer.status_code != 403:
                offences.append(f"{method} {url} ({endpoint}) answers {answer.status}")

    refuse(offences, f"These let in {role or 'people without a role'}.")
