"""Right answers, shares and remarks never reach a page before the quiz's own rules allow it."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest

from lms.enrolments.models import Enrolment
from lms.questions.questions import Question
from lms.quizzes.models import Attempt
from tests.quizzes.publishing import LESSON, QUIZ, SHOW_EXAM, Academy
from tests.quizzes.samples import matching, multiple, number, ordering, single, text
from tests.signing import Browser

NEVER = dict.fromkeys(("score", "marks", "feedback", "key"), "never")
SECRETS = ("Remark:", "Explained:", "Right:", "Århus-by-key", "777", "share")
CHOSEN = {
    "deadline": "1",
    "refusal": ["2"],
    "city": "x",
    "forward": "1",
    "pillars": ["2", "2"],
    "timeline": ["1", "0", "2"],
}


def guarded() -> list[Question]:
    """Return questions whose keys are words that stand nowhere else."""
    return [
        single(),
        multiple(),
        text(accepted=("Århus-by-key",)),
        replace(number(), intervals=((Fraction(777), Fraction(777)),)),
        matching(),
        ordering(),
    ]


def pages_under_way(browser: Browser, attempt: Attempt, size: int) -> Iterator[str]:
    path = f"/attempts/{attempt.id}"
    yield browser.open(f"/courses/request/{QUIZ}").html
    yield browser.open(f"{path}/review").html
    yield from (browser.open(f"{path}/{place}").html for place in range(1, size + 1))


@pytest.mark.parametrize("show", [NEVER, SHOW_EXAM, dict.fromkeys(NEVER, "after"), dict.fromkeys(NEVER, "due")])
def test_no_page_of_an_attempt_under_way_holds_a_secret(
    academy: Academy, enrolment: Enrolment, browser: Browser, show: dict[str, str]
) -> None:
    academy.publish(guarded(), show=show)
    academy.take(enrolment, CHOSEN)
    attempt = academy.begin(enrolment)
    academy.answer(attempt, CHOSEN)

    for html in pages_under_way(browser, attempt, 6):
        assert not [secret for secret in SECRETS if secret in html]


def test_a_form_carries_places_as_shown_and_never_as_written(
    academy: Academy, enrolment: Enrolment, browser: Browser
) -> None:
    """The first definition shown has the value 0, wherever it is written: else the value would be the key."""
    academy.publish([matching(), ordering()], shuffle=False)
    attempt = academy.begin(enrolment, seed=3)

    for place in (1, 2):
        page = browser.open(f"/attempts/{attempt.id}/{place}")
        for select in page.all("select", name="answer-0"):
            assert [option.get("value") for option in select.iter("option")] == ["", "0", "1", "2"]


@pytest.mark.parametrize(
    ("show", "seen", "hidden"),
    [
        (NEVER, [], ["Not right", "Remark:", "Explained:", "Right:", "points"]),
        ({**NEVER, "score": "after"}, ["0.25 of 6 points"], ["Not right", "Remark:", "Explained:"]),
        (
            {**NEVER, "marks": "after"},
            ["Not right", "Partly right"],
            ["Remark:", "Explained:", "Right:", "0.25 of 6 points"],
        ),
        (
            {**NEVER, "feedback": "after"},
            ["Remark: that is the term"],
            ["Not right", "Remark: that is too long", "Explained:"],
        ),
        (
            {**NEVER, "key": "after"},
            ["Explained:", "Remark: that is too long", "777", "Århus-by-key"],
            ["0.25 of 6 points"],
        ),
        (SHOW_EXAM, ["0.25 of 6 points"], ["Explained:", "Right:", "777", "Århus-by-key", "This is right"]),
    ],
)
def test_the_result_shows_exactly_what_the_quiz_allows(
    academy: Academy, enrolment: Enrolment, browser: Browser, show: dict[str, str], seen: list[str], hidden: list[str]
) -> None:
    academy.publish(guarded(), show=show)
    attempt = academy.take(enrolment, {**CHOSEN, "timeline": ["2", "0", "1"]})

    page = browser.open(f"/attempts/{attempt.id}/result")

    assert [words for words in seen if words not in page.text] == []
    assert [words for words in hidden if words in page.text] == []


def test_passing_opens_the_keys_of_every_attempt(academy: Academy, enrolment: Enrolment, browser: Browser) -> None:
    academy.publish([single()], show=SHOW_EXAM, required=[QUIZ, LESSON])
    failed = academy.take(enrolment, {"deadline": "2"})
    assert "Explained:" not in browser.open(f"/attempts/{failed.id}/result").html

    academy.take(enrolment, {"deadline": "0"})

    assert "Explained:" in browser.open(f"/attempts/{failed.id}/result").html


def test_feedback_during_an_attempt_comes_after_the_answer_and_makes_it_final(
    academy: Academy, enrolment: Enrolment, browser: Browser
) -> None:
    academy.publish([single(), text()], show=dict.fromkeys(NEVER, "during"), shuffle=False)
    attempt = academy.begin(enrolment)
    path = f"/attempts/{attempt.id}/1"

    before = browser.open(path)
    assert "Explained:" not in before.html
    assert before.one("form", action=path).get("data-answers") is None, "a half-made choice must not be taken"

    checked = browser.send(path, {**before.fields(path), "answer": "1", "go": "1"})
    assert checked.path == path
    for words in ("Partly right", "Remark:", "Explained:"):
        assert words in checked.text

    moved = browser.send(path, {**checked.fields(path), "go": "next"})
    assert moved.path.endswith("/2")
    refused = browser.send(path, {**before.fields(path), "answer": "0", "save_key": "another-key"}, status=422)
    assert "cannot be changed any more" in refused.text
