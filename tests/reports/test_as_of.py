"""What a report said of a moment it says for ever, whatever is recorded, corrected or renamed later."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from lms.catalogue.models import CourseVersion
from lms.centres.actions import change_centre, change_state_body
from lms.clock import utcnow
from lms.database import db
from lms.ledger.actor import SYSTEM
from lms.reports.figures import Choice, Grouping
from lms.reports.files import FileFormat, Separator, write
from lms.reports.queries import find_moment
from lms.reports.tables import Moment, read_moment
from tests.make import BODY, CENTRE
from tests.reports.history import History, manifest, seal
from tests.reports.test_counting import report

pytestmark = pytest.mark.every_database


def files(moment: Moment) -> dict[tuple[str, str], bytes]:
    """Return the bytes of every format and grouping as of a moment."""
    return {
        (by, kind): b"".join(write(report(Choice(by=by), moment), kind, Separator.SEMICOLON))
        for by in Grouping
        for kind in FileFormat
    }


def change_everything(history: History) -> None:
    """Let learners go on, correct what was written, rename and move places, publish a course anew."""
    now = utcnow()
    for _turn in range(6):
        history.enrol(now)
        history.complete(now - timedelta(days=200))
        history.extend(now)
    history.withdraw(now)
    history.annul(now)
    change_centre(history.centres[0].id, replace(CENTRE, name_en="Renamed"), by=SYSTEM, now=now)
    change_state_body(history.offices[0].id, replace(BODY, name_en="Moved"), by=SYSTEM, now=now)
    db.session.commit()
    first = history.versions[0]
    db.session.add(
        CourseVersion(
            course_id=first.course_id,
            number=2,
            digest="1" * 64,
            change="editorial",
            note="",
            manifest=manifest("course-1", "Renamed"),
            files="{}",
            published_by_id=first.published_by_id,
            recorded_at=now,
        )
    )
    db.session.commit()


def test_the_same_bytes_come_again_after_everything_has_changed(history: History) -> None:
    moment = seal()
    before = files(moment)
    change_everything(history)
    later = seal()

    again = find_moment(moment.at)

    assert again == moment
    assert files(moment) == before
    assert all(now != before[kind] for kind, now in files(later).items())


def test_names_are_those_of_the_moment(history: History) -> None:
    moment = seal()
    change_everything(history)
    later = seal()

    def names(by: Grouping, at: Moment) -> set[str]:
        return {line.name for line in report(Choice(by=by), at).lines}

    assert "Centre KZ-35" in names(Grouping.CENTRE, moment)
    assert "Renamed" in names(Grouping.CENTRE, later)
    assert "Course 1" in names(Grouping.COURSE, moment)
    assert "Renamed" in names(Grouping.COURSE, later)


def test_a_moment_between_two_heads_is_told_by_the_earlier_one(history: History) -> None:
    first = seal()
    second = seal()

    assert find_moment(second.at - timedelta(microseconds=1)) == first
    assert find_moment(first.at - timedelta(days=9999)) is None
    assert find_moment() == second


def test_a_moment_is_read_back_as_it_was_written(history: History) -> None:
    moment = seal()

    assert read_moment(moment.text) == moment.at
    assert read_moment(moment.text.replace("+", " ")) == moment.at


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-22", datetime(2026, 11, 22, 18, 59, 59, 999_999, tzinfo=UTC)),
        ("2026-11-22 18:30", datetime(2026, 11, 22, 13, 30, tzinfo=UTC)),
        ("2026-11-22T18:30:00Z", datetime(2026, 11, 22, 18, 30, tzinfo=UTC)),
    ],
)
def test_a_day_stands_for_its_end_and_an_hour_is_kazakhstans(text: str, moment: datetime) -> None:
    assert read_moment(text) == moment


@pytest.mark.parametrize(
    "text", ["yesterday", "2026-02-31", "22.11.2026", "0001-01-01T00:00", date.min.isoformat()[:9]]
)
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_moment(text)
