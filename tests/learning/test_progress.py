"""What counts as done, what is next, and when a quiz opens."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.learning.progress import Finished, Path, State, follow, merge
from tests.learning.courses import course, lesson, quiz

THEN = datetime(2026, 11, 2, 9, tzinfo=UTC)
LATER = THEN + timedelta(days=3)

COURSE = course(lesson("a/one"), lesson("a/two"), quiz("b/test", attempts=3))


def done(*units: str, version: int = 1) -> dict[str, Finished]:
    """Return records of units finished on a version."""
    return {unit: Finished(version, THEN) for unit in units}


def states(path: Path) -> dict[str, str]:
    """Return the state of every unit."""
    return {step.unit.id: step.state.value for step in path.steps}


def test_a_new_learner_begins_with_the_first_lesson() -> None:
    path = follow(COURSE, {})

    assert states(path) == {"a/one": "now", "a/two": "todo", "b/test": "shut"}
    assert path.next is not None
    assert path.next.unit.id == "a/one"
    assert (path.lessons_read, path.lessons) == (0, 2)


def test_a_quiz_with_limited_attempts_opens_when_the_lessons_before_it_are_read() -> None:
    assert follow(COURSE, done("a/one")).step("b/test").state is State.SHUT
    assert follow(COURSE, done("a/one", "a/two")).step("b/test").state is State.NOW


def test_a_quiz_with_any_number_of_attempts_is_open_at_once() -> None:
    path = follow(course(lesson("a/one"), quiz("a/test")), {})

    assert path.step("a/test").is_open


def test_only_required_lessons_before_a_quiz_keep_it_shut() -> None:
    units = (lesson("a/one"), lesson("a/extra"), quiz("b/test", attempts=1), lesson("c/after"))
    path = follow(course(*units, required=("a/one", "b/test", "c/after")), done("a/one"))

    assert path.step("b/test").is_open


def test_with_everything_required_done_nothing_is_left() -> None:
    path = follow(COURSE, done("a/one", "a/two", "b/test"))

    assert path.left == ()
    assert path.next is None


def test_what_is_not_required_is_offered_last() -> None:
    units = (lesson("a/extra"), lesson("a/one"))
    path = follow(course(*units, required=("a/one",)), {})

    assert path.next is not None
    assert path.next.unit.id == "a/one"
    assert [step.unit.id for step in path.left] == ["a/one"]


def test_after_a_unit_comes_the_next_thing_below_and_then_what_was_left_out_above() -> None:
    assert follow(COURSE, done("a/one")).after("a/one").unit.id == "a/two"  # type: ignore[union-attr]
    assert follow(COURSE, done("a/two")).after("a/two").unit.id == "a/one"  # type: ignore[union-attr]
    assert follow(COURSE, done("a/one", "a/two", "b/test")).after("b/test") is None


def test_a_unit_that_a_newer_version_asks_for_is_to_be_done_again() -> None:
    newer = course(lesson("a/one", since=2), lesson("a/two"), quiz("b/test", attempts=3), number=2)
    path = follow(newer, done("a/one", "a/two"))

    assert states(path) == {"a/one": "again", "a/two": "done", "b/test": "shut"}
    assert path.step("a/one").finished_at == THEN
    assert path.lessons_read == 1


def test_a_unit_finished_on_a_newer_version_stays_done_when_another_one_changes() -> None:
    newer = course(lesson("a/one", since=2), lesson("a/two"), number=3)

    assert follow(newer, done("a/one", version=2)).step("a/one").is_done


def test_a_completed_course_stays_completed_whatever_is_published_later() -> None:
    newer = course(lesson("a/one", since=2), lesson("a/new", since=2), quiz("b/test", attempts=1), number=2)
    path = follow(newer, done("a/one", "b/test"), is_completed=True)

    assert path.left == ()
    assert states(path) == {"a/one": "done", "a/new": "todo", "b/test": "done"}


def test_the_score_of_the_course_is_that_of_the_last_graded_quiz() -> None:
    units = (quiz("a/first"), quiz("b/final"), quiz("c/survey", is_graded=False))
    records = {"a/first": Finished(1, THEN, 10_000), "b/final": Finished(1, THEN, 8_550)}

    test = follow(course(*units), records).final_test

    assert test is not None
    assert (test.unit.id, test.score) == ("b/final", 8_550)


@pytest.mark.parametrize(
    ("before", "now", "since", "kept"),
    [
        (None, Finished(1, LATER, 7_000), 1, Finished(1, LATER, 7_000)),
        (Finished(1, THEN), Finished(1, LATER), 1, Finished(1, THEN)),
        (Finished(1, THEN, 7_000), Finished(1, LATER, 9_000), 1, Finished(1, THEN, 9_000)),
        (Finished(1, THEN, 9_000), Finished(1, LATER, 7_000), 1, Finished(1, THEN, 9_000)),
        (Finished(1, THEN, 9_000), Finished(2, LATER, 7_000), 1, Finished(1, THEN, 9_000)),
        (Finished(1, THEN, 9_000), Finished(2, LATER, 7_000), 2, Finished(2, LATER, 7_000)),
        (Finished(2, THEN, 7_000), Finished(1, LATER, 9_000), 2, Finished(2, THEN, 7_000)),
        (Finished(1, THEN, 7_000), Finished(1, LATER, 9_000), 2, Finished(1, THEN, 7_000)),
    ],
    ids=[
        "the first time is kept",
        "a repetition changes nothing",
        "a better score wins",
        "a worse score does not",
        "a newer version that does not ask again changes nothing",
        "asked again, what was reached before counts no more",
        "an attempt begun on an older version neither takes back nor adds to what is done",
        "an attempt on the older version does not answer the newer one",
    ],
)
def test_finishing_again_keeps_what_counts(before: Finished | None, now: Finished, since: int, kept: Finished) -> None:
    assert merge(before, now, since) == kept


@given(st.sets(st.sampled_from([unit.id for unit in COURSE.units])), st.booleans())
def test_every_unit_has_a_state_and_the_next_one_is_left_and_open(finished: set[str], is_completed: bool) -> None:
    path = follow(COURSE, done(*finished), is_completed=is_completed)

    assert [step.unit.id for step in path.steps] == [unit.id for unit in COURSE.units]
    assert {step.unit.id for step in path.steps if step.is_done} == finished
    if path.next is not None:
        assert path.next.is_open
        assert path.next.unit.id not in finished
    assert (path.left == ()) == (is_completed or finished == set(COURSE.required))
