"""Whether a quiz counts as passed for somebody who looks at an attempt: by what it asks now, as long as it asks."""

from types import SimpleNamespace
from typing import Any

import pytest

from lms.quizzes.models import Attempt, Grade
from lms.quizzes.queries import Graded, Outlook
from lms.quizzes.timing import Entry


def outlook(*tries: tuple[int, bool], since: int | None, is_completed: bool = False) -> Outlook:
    """Return where somebody stands after tries given as (version, passed?); `since` is None for a quiz that is gone."""
    graded = [Graded(Attempt(), Grade(is_passed=is_passed), version) for version, is_passed in tries]
    passed = since is not None and any(is_passed and version >= since for version, is_passed in tries)
    entry = Entry(False, True, len(tries) + 1, None, passed, None) if since is not None else None
    enrolled: Any = SimpleNamespace(completion="completed" if is_completed else None)
    nothing: Any = None
    return Outlook(enrolled, nothing, graded, entry, nothing, None, nothing)


@pytest.mark.parametrize(
    ("where", "looked_at", "is_passed"),
    [
        (outlook((1, True), since=1), 1, True),
        (outlook((1, True), (2, False), since=1), 2, True),
        (outlook((1, True), (2, False), since=2), 2, False),
        (outlook((1, True), (2, False), since=2), 1, False),
        (outlook((1, False), (2, True), since=2), 1, True),
        (outlook((1, True), since=2, is_completed=True), 1, True),
        (outlook((1, True), (2, False), since=2, is_completed=True), 2, False),
        (outlook((1, True), since=None), 1, True),
        (outlook((1, True), (2, False), since=None), 2, False),
        (outlook((1, False), since=None), 1, False),
    ],
    ids=[
        "passed",
        "passed before a change that asks nobody again",
        "asked again, the old pass opens nothing about the new questions",
        "asked again, nor about the old ones, which may be the same",
        "a new pass opens everything before it",
        "a completed course stays as it was",
        "but opens nothing that was never passed",
        "a quiz that is gone stays as it was",
        "and opens nothing that came after the pass",
        "never passed",
    ],
)
def test_a_pass_counts_for_what_it_answers(where: Outlook, looked_at: int, is_passed: bool) -> None:
    assert where.is_passed(looked_at) is is_passed
