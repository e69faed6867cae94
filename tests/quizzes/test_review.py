"""What may be shown when: each of score, marks, feedback and key follows its own rule."""

from itertools import product

import pytest

from lms.quizzes.review import Standing, review, tells_at_once

WHENS = ("during", "after", "passed", "due", "never")
UNDER_WAY = Standing(is_submitted=False, is_passed=True, is_past_due=True)
HANDED_IN = Standing(is_submitted=True, is_passed=False, is_past_due=False)
PASSED = Standing(is_submitted=True, is_passed=True, is_past_due=False)
OVERDUE = Standing(is_submitted=True, is_passed=False, is_past_due=True)


@pytest.mark.parametrize(
    ("when", "shown_to"),
    [
        ("during", {UNDER_WAY, HANDED_IN, PASSED, OVERDUE}),
        ("after", {HANDED_IN, PASSED, OVERDUE}),
        ("passed", {PASSED}),
        ("due", {OVERDUE}),
        ("never", set()),
    ],
)
@pytest.mark.parametrize("what", ["score", "marks", "feedback", "key"])
def test_each_thing_is_shown_from_its_moment_on(what: str, when: str, shown_to: set[Standing]) -> None:
    show = dict.fromkeys(("score", "marks", "feedback", "key"), "never") | {what: when}

    for standing in (UNDER_WAY, HANDED_IN, PASSED, OVERDUE):
        now = review(show, standing)
        seen = {
            "score": now.score,
            "marks": now.telling.marks,
            "feedback": now.telling.feedback,
            "key": now.telling.key,
        }
        assert seen == dict.fromkeys(seen, False) | {what: standing in shown_to}


def test_an_answer_is_final_once_anything_about_it_is_shown_during_the_attempt() -> None:
    for marks, feedback, key in product(WHENS, repeat=3):
        show = {"score": "during", "marks": marks, "feedback": feedback, "key": key}
        assert tells_at_once(show) is ("during" in (marks, feedback, key))
