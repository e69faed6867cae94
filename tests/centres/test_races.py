"""Changes of places at one moment follow one another, on both databases."""

from dataclasses import replace

import pytest
from flask import Flask

from lms.centres import actions
from lms.centres.models import CentreTerm, StateBodyTerm
from lms.centres.queries import get_centre, get_state_body, list_bodies_below
from lms.clock import utcnow
from lms.database import db
from lms.ledger.actor import SYSTEM
from tests.make import BODY, CENTRE, Make
from tests.together import together

pytestmark = pytest.mark.every_database

CLICKS = 8


def test_a_centre_is_renamed_once(app: Flask, make: Make) -> None:
    centre_id, renamed = make.centre().id, replace(CENTRE, name_en="Renamed")

    ends = together(app, *[lambda: actions.change_centre(centre_id, renamed, by=SYSTEM, now=utcnow())] * CLICKS)

    assert ends == {"done": CLICKS}
    assert get_centre(centre_id).name_en == "Renamed"
    assert db.session.query(CentreTerm).count() == 2


def test_a_state_body_is_renamed_once(app: Flask, make: Make) -> None:
    make.state_body()
    body_id, renamed = make.state_body().id, replace(BODY, name_en="Renamed")

    ends = together(app, *[lambda: actions.change_state_body(body_id, renamed, by=SYSTEM, now=utcnow())] * CLICKS)

    assert ends == {"done": CLICKS}
    assert get_state_body(body_id).name_en == "Renamed"
    assert db.session.query(StateBodyTerm).filter_by(state_body_id=body_id).count() == 2


def test_bodies_moved_under_one_another_at_the_same_moment_make_no_loop(app: Flask, make: Make) -> None:
    ids = [make.state_body().id for _ in range(6)]
    moves = zip(ids, [*ids[1:], ids[0]], strict=True)  # each under the next one, and the last under the first

    def move(body_id: int, parent_id: int) -> None:
        actions.change_state_body(body_id, replace(BODY, parent_id=parent_id), by=SYSTEM, now=utcnow())

    ends = together(app, *[lambda pair=pair: move(*pair) for pair in moves])

    assert ends == {"done": len(ids) - 1, "TreeWouldLoop": 1}
    tops = [body_id for body_id in ids if get_state_body(body_id).parent_id is None]
    assert list_bodies_below(*tops) == set(ids)
