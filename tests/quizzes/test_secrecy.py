"""Right answers, shares and remarks never reach a page before the quiz's own rules allow it."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest

from lms.enrolments.models import Enrolment
from lms.questions.questions import Question
from lms.quizzes.models import Attempt
from lms.quizzes.steps import Given, write_given
from tests.quizzes.publishing import LESSON, QUIZ, SHOW_EXAM, Academy
from tests.quizzes.samples import matching, multiple, number, ordering, single, text
from tests.signing import Browser

NEVER = dict.fromkeys(("score", "marks", "feedback", "key"), "never")
SECRETS = ("Remark:", "Explained:", "Right:", "Århus-by-key", "7070707", "share")
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
        replace(number(), intervals=((Fraction(7070707), Fraction(7070707)),)),
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


def test_no_page_holds_anything_that_can_be_made_from_a_written_answer_without_our_secret(
    academy: Academy, enrolment: Enrolment, browser: Browser
) -> None:
    """Options are few: whoever could make the name of every answer would find which one is shown at which place."""
    academy.publish([ordering(), matching()], shuffle=False)
    attempt = academy.begin(enrolment, seed=3)
    values = [
        write_given(Given(list(places), is_flagged))
        for size, is_flagged in product((2, 3), (False, True))
        for places in product(("", "0", "1", "2"), repeat=size)
    ]
    names = {digest(value.encode()).hexdigest()[:8] for value in values for digest in (hashlib.sha256, hashlib.md5)}

    for place in (1, 2):
        path = f"/attempts/{attempt.id}/{place}"
        page = browser.open(path)
        chosen = {"answer-0": "1", "answer-1": "0", "answer-2": "2", "n": str(place), "save_key": f"save-key-{place}"}
        reply = browser.post(f"/attempts/{attempt.id}/answers", chosen, headers={"Accept": "application/json"})
        assert reply.status_code == 200
        for sent in (page.html, reply.text, browser.open(path).html):
            assert not [name for name in names if name in sent]


def test_the_same_answer_is_remembered_by_another_name_in_another_attempt(
    academy: Academy, enrolment: Enrolment, browser: Browser
) -> None:
    academy.publish([text()])
    shown = []
    for _ in range(2):
        attempt = academy.begin(enrolment)
        shown.append(browser.open(f"/attempts/{attempt.id}/1").fields()["shown"])
        academy.submit(attempt)

    assert shown[0] != shown[1]


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
            ["Explained:", "Remark: that is too long", "7070707", "Århus-by-key"],
            ["0.25 of 6 points"],
        ),
        (SHOW_EXAM, ["0.25 of 6 points"], ["Explained:", "Right:", "7070707", "Århus-by-key", "This is right"]),
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


def test_a_failed_repetition_shows_no_key_of_what_is_asked_now_and_offers_another_attempt(
    academy: Academy, enrolment: Enrolment, browser: Browser
) -> None:
    rules = {"show": SHOW_EXAM, "required": [QUIZ, LESSON]}
    academy.publish([single("old")], **rules)
    before = academy.take(enrolment, {"old": "0"})
    academy.publish([single("new")], since=2, **rules)
    failed = academy.take(enrolment, {"new": "2"})

    page = browser.open(f"/attempts/{failed.id}/result")
    assert "Explained:" not in page.html
    assert "Begin attempt 3" in page.text
    page = browser.open(f"/attempts/{before.id}/result")
    assert "Explained:" not in page.html, "the two versions may share questions"
    assert "asks for it again" in page.text

    academy.take(enrolment, {"new": "0"})
    assert "Explained:" in browser.open(f"/attempts/{failed.id}/result").html
    assert "Explained:" in browser.open(f"/attempts/{before.id}/result").html


def test_a_quiz_that_opens_later_again_is_not_offered(academy: Academy, enrolment: Enrolment, browser: Browser) -> None:
    academy.publish([text("a")], attempts=3)
    failed = academy.take(enrolment, {})
    academy.publish([text("a")], attempts=3, required=[LESSON, QUIZ])

    page = browser.open(f"/attempts/{failed.id}/result")

    assert "This test opens later" in page.text
    assert "Begin attempt" not in page.text


def test_whoever_has_completed_the_course_still_sees_what_they_saw_when_a_newer_version_asks_again(
    academy: Academy, enrolment: Enrolment, browser: Browser
) -> None:
    academy.publish([single("old")], show=dict.fromkeys(NEVER, "passed"))
    failed = academy.take(enrolment, {"old": "2"})
    academy.take(enrolment, {"old": "0"})
    academy.publish([single("new")], since=2, show=dict.fromkeys(NEVER, "passed"))

    assert "Explained:" in browser.open(f"/attempts/{failed.id}/result").html
    assert "Passed 100%" in browser.open(f"/courses/request/{QUIZ}").text


def test_the_list_of_attempts_tells_a_score_only_if_the_result_does(
    academy: Academy, enrolment: Enrolment, browser: Browser
) -> None:
    academy.publish([single()], show=NEVER, required=[QUIZ, LESSON])
    academy.take(enrolment, {"deadline": "1"})
    academy.publish([single()], required=[QUIZ, LESSON])
    academy.take(enrolment, {"deadline": "2"})

    page = browser.open(f"/courses/request/{QUIZ}")

    assert "25%" not in page.text
    assert "Handed in" in page.text
    assert "Not passed 0%" in page.text


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
