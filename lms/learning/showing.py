"""When a learner may see what came of a quiz: score, marks, remarks, key (pure).

Each is shown from one moment on: `during` the attempt, `after` it was handed in, after the quiz was `passed`, once the
`due` date is past, or `never`.
"""

from datetime import date

from lms.catalogue.published import PublishedUnit


def is_shown(when: str, *, is_submitted: bool, is_passed: bool, is_past_due: bool) -> bool:
    """Say whether the moment has come: is the attempt handed in, the quiz passed, the due date past?"""
    if when == "during":
        return True
    if not is_submitted:
        return False
    return {"after": True, "passed": is_passed, "due": is_past_due, "never": False}[when]


def is_past_due(due_on: date | None, today: date) -> bool:
    """Say whether the due date is over; without one it never is."""
    return due_on is not None and today > due_on


def shows_passed_score(unit: PublishedUnit, due_on: date | None, today: date) -> bool:
    """Say whether somebody who has passed a quiz may see the score; a lesson has none."""
    if unit.settings is None:
        return False
    past = is_past_due(due_on, today)
    return is_shown(unit.settings.show["score"], is_submitted=True, is_passed=True, is_past_due=past)


def keeps_score_secret(unit: PublishedUnit) -> bool:
    """Say whether the learner is never to see a score, so that nothing that they are given may state it."""
    return unit.settings is not None and unit.settings.show["score"] == "never"
