"""The same done twice at one moment is done once, on both databases."""

from datetime import date

import pytest
from flask import Flask

from lms.accounts import actions
from lms.accounts.models import Employment, Grant, Person
from lms.clock import utcnow
from lms.database import db
from lms.ledger.actor import SYSTEM
from lms.ledger.models import LedgerEntry
from lms.permissions import Role
from tests.make import Make
from tests.together import together

pytestmark = pytest.mark.every_database

CLICKS = 8


@pytest.mark.parametrize("is_employed", [False, True])
def test_somebody_is_employed_once(is_employed: bool, app: Flask, make: Make) -> None:
    person_id = (make.learner(category="C-5") if is_employed else make.person()).id
    centre_id, state_body_id = make.centre().id, make.state_body().id

    def employ() -> None:
        actions.employ(
            db.session.get_one(Person, person_id),
            centre_id=centre_id,
            state_body_id=state_body_id,
            category="C-4",
            position=None,
            starts_on=date(2026, 11, 2),
            by=SYSTEM,
            now=utcnow(),
        )

    assert together(app, *[employ] * CLICKS) == {"done": CLICKS}
    assert db.session.query(Employment).filter(Employment.current()).count() == 1
    assert db.session.query(LedgerEntry).filter_by(kind="employed").count() == 1 + is_employed


def test_a_role_is_ended_once(app: Flask, make: Make) -> None:
    make.staff(Role.OFFICIAL)
    grant_id = db.session.query(Grant).one().id

    def end() -> None:
        actions.end_grant(db.session.get_one(Grant, grant_id), reason="moved", by=SYSTEM, now=utcnow())

    assert together(app, *[end] * CLICKS) == {"done": CLICKS}
    assert db.session.query(LedgerEntry).filter_by(kind="grant ended").count() == 1
