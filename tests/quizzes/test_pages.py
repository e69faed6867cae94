"""A learner's way through a quiz, by forms alone: begin, answer, move about, check, hand in, see the result."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from lms.accounts.models import Person
from lms.clock import utcnow
from lms.database import db
from lms.enrolments.models import Enrolment
from lms.questions.questions import Question, Scenario
from lms.quizzes.actions import sitting_of
from lms.quizzes.models import Attempt, Grade
from lms.quizzes.queries import list_steps
from lms.quizzes.steps import latest
from tests.browser import Page
from tests.make import PASSWORD
from tests.questions.test_asking import fill
from tests.quizzes.publishing import LESSON, QUIZ, SHOW_EXAM, Academy
from tests.quizzes.samples import RIGHT, every_kind, matching, ordering, single, statement, text
from tests.signing import Browser, browser_of

PAGE = f"/courses/request/{QUIZ}"


def the_attempt() -> Attempt:
    """Return the latest attempt as it is in the database now."""
    db.session.rollback()
    return db.session.query(Attempt).order_by(Attempt.id.desc()).first()  # type: ignore[return-value]


def answers() -> dict[str, object]:
    attempt = the_attempt()
    return {question: given.answer for question, given in latest(list_steps(attempt.id)).items()}


def fill_in(page: Page, question: Question, answer: object, **fields: str) -> dict[str, object]:
    """Return the form of a question's page with an answer chosen among what it shows."""
    order = next(asked.order for asked in sitting_of(the_attempt()).paper.questions if asked.id == question.id)
    chosen = fill(question, order, answer).to_dict(flat=False)
    kept = {name: value for name, value in page.fields().items() if not name.startswith("answer")}
    return {**kept, **chosen, **fields}


def walk(browser: Browser, questions: list[Question], answers: dict[str, object]) -> Page:
    """Begin, answer every question on its page with “Save and go on”, and return the check before handing in."""
    known = {question.id: question for question in questions}
    page = browser.send(f"{PAGE}/attempts")
    for asked in sitting_of(the_attempt()).paper.questions:
        page = browser.send(page.path, fill_in(page, known[asked.id], answers[asked.id], go="next"))
    return page


@pytest.mark.every_database
def test_every_kind_of_question_is_answered_by_forms_alone(
    academy: Academy, enrolment: Enrolment, browser: Browser
) -> None:
    academy.publish(every_kind())

    page = walk(browser, every_kind(), RIGHT)

    assert page.path.endswith("/review")
    assert "9 of 9" in page.text
    assert answers() == RIGHT
    result = browser.send(page.path.replace("review", "submit"), page.fields())
    assert result.path.endswith("/result")
    assert result.heading == "The test is passed"
    assert "100%" in result.text
    assert "the certificate is ready" in result.text


def test_the_page_of_a_quiz_says_what_it_asks_and_allows(
    academy: Academy, enrolment: Enrolment, browser: Browser
) -> None:
    academy.publish(
        [*(single(f"q{n}") for n in range(8)), statement()], draw=5, time_limit=30, attempts=3, wait_between=60
    )

    page = browser.open(PAGE)

    for words in ("5 questions", "70% or more", "30 minutes", "Attempts 3", "1 hour", "Begin attempt 1 of 3"):
        assert words in page.text, words


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_pages_are_shown_in_the_readers_language(
    academy: Academy, learner: Person, enrolment: Enrolment, browser: Browser, language: str
) -> None:
    academy.publish(every_kind())
    browser.open(f"{PAGE}?lang={language}")

    assert browser.send(f"{PAGE}/attempts").title.startswith(f"Final test in {language}")
    assert the_attempt().language == language


def test_a_stranger_is_asked_to_sign_in_and_somebody_not_enrolled_to_enrol(
    app: Flask, academy: Academy, browser: Browser
) -> None:
    academy.publish([single()])

    assert "Sign in to take the test" in Browser(app).open(PAGE).text
    assert "Enrol me" in browser.open(PAGE).text
    assert "not assigned to you" in browser.send(f"{PAGE}/attempts", came_from=PAGE).text


def test_an_attempt_of_somebody_else_is_not_found(
    app: Flask, academy: Academy, enrolment: Enrolment, browser: Browser
) -> None:
    academy.publish([single()])
    browser.send(f"{PAGE}/attempts")
    path = f"/attempts/{the_attempt().id}"
    other = browser_of(app, academy.learner())

    for place in ("", "/1", "/review", "/result"):
        other.open(path + place, status=404)
    for place in ("/1", "/answers", "/submit"):
        other.send(path + place, status=404)
    browser.open("/attempts/999", status=404)
    browser.open(f"{path}/2", status=404)
    browser.open(f"{path}/0", status=404)


def test_an_attempt_leads_to_the_first_open_question_then_to_the_check(
    academy: Academy, enrolment: Enrolment, browser: Browser
) -> None:
    academy.publish([text("a"), text("b")], shuffle=False)
    attempt = academy.begin(enrolment)
    path = f"/attempts/{attempt.id}"
    assert browser.open(path).path == f"{path}/1"

    academy.answer(attempt, {"a": "Aarhus"})
    assert browser.open(path).path == f"{path}/2"
    academy.answer(attempt, {"b": "Aarhus"})
    assert browser.open(path).path == f"{path}/review"
    assert browser.send(f"{PAGE}/attempts").path == f"{path}/review"


@pytest.mark.parametrize(
    ("go", "leads_to"),
    [("next", "3"), ("back", "1"), ("3", "3"), ("9", "2"), ("x", "2"), ("9" * 5_000, "2"), ("review", "review")],
)
def test_each_button_saves_and_goes_where_it_says(
    academy: Academy, enrolment: Enrolment, browser: Browser, go: str, leads_to: str
) -> None:
    academy.publish([text("a"), text("b"), text("c")], shuffle=False)
    path = f"/attempts/{academy.begin(enrolment).id}"
    page = browser.open(f"{path}/2")

    assert browser.send(page.path, {**page.fields(), "answer": "Aarhus", "go": go}).path == f"{path}/{leads_to}"
    assert answers() == {"b": "Aarhus"}


def test_moving_about_without_changing_anything_saves_nothing(
    academy: Academy, enrolment: Enrolment, browser: Browser
) -> None:
    questions = every_kind()
    academy.publish(questions, shuffle=False)
    path = f"/attempts/{academy.begin(enrolment).id}"

    for number in range(1, 10):
        page = browser.open(f"{path}/{number}")
        browser.send(page.path, page.fields())
    assert answers() == {}

    page = browser.open(f"{path}/4")
    browser.send(page.path, {**page.fields(), "answer": "Aarhus"})
    page = browser.open(f"{path}/4")
    assert page.fields()["answer"] == "Aarhus"
    browser.send(page.path, page.fields())
    assert len(list_steps(the_attempt().id)) == 1


def test_a_tab_left_behind_does_not_undo_what_was_saved_in_another(
    academy: Academy, enrolment: Enrolment, browser: Browser
) -> None:
    academy.publish([text("a"), text("b")], shuffle=False)
    path = f"/attempts/{academy.begin(enrolment).id}"
    left_behind, other = browser.open(f"{path}/1"), browser.open(f"{path}/1")
    browser.send(other.path, {**other.fields(), "answer": "Aarhus"})

    browser.send(left_behind.path, left_behind.fields())

    assert answers() == {"a": "Aarhus"}


def test_a_replayed_post_is_one_answer(academy: Academy, enrolment: Enrolment, browser: Browser) -> None:
    academy.publish([text("a"), text("b")], shuffle=False)
    page = browser.open(f"/attempts/{academy.begin(enrolment).id}/1")

    for _ in range(3):
        browser.send(page.path, {**page.fields(), "answer": "Aarhus"})

    assert len(list_steps(the_attempt().id)) == 1


def test_a_mark_to_come_back_is_kept_and_shown(academy: Academy, enrolment: Enrolment, browser: Browser) -> None:
    academy.publish([text("a"), text("b")], shuffle=False)
    page = browser.open(f"/attempts/{academy.begin(enrolment).id}/1")

    page = browser.send(page.path, {**page.fields(), "flag": "1", "go": "review"})

    assert "Marked" in page.text
    again = browser.open(f"/attempts/{the_attempt().id}/1")
    assert again.fields()["flag"] == "1"
    assert "marked" in again.one("button", value="1").get("aria-label", "")


def test_an_answer_that_cannot_be_saved_comes_back_with_the_reason(
    academy: Academy, enrolment: Enrolment, browser: Browser
) -> None:
    academy.publish([ordering()])
    page = browser.open(f"/attempts/{academy.begin(enrolment).id}/1")

    refused = browser.send(page.path, {**page.fields(), "answer-0": "1", "answer-1": "1"}, status=422)

    assert "the same line stands in two places" in refused.text
    assert (refused.fields()["answer-0"], refused.fields()["answer-1"]) == ("1", "1")
    assert answers() == {}
    again = browser.send(refused.path, {**refused.fields(), "answer-1": "2"})
    assert again.status == 200
    assert set(answers()) == {"timeline"}


def test_the_stem_of_a_case_stands_above_each_of_its_questions(
    academy: Academy, enrolment: Enrolment, browser: Browser
) -> None:
    case = Scenario("case", "Emissions and a secret", "<p>The plant objects.</p>")
    academy.publish([text("a", scenario="case"), text("b", scenario="case")], scenarios=[case])
    path = f"/attempts/{academy.begin(enrolment).id}"

    for number in (1, 2):
        page = browser.open(f"{path}/{number}")
        assert "Emissions and a secret The plant objects." in page.text


def test_open_questions_have_to_be_meant(academy: Academy, enrolment: Enrolment, browser: Browser) -> None:
    academy.publish([text("a"), text("b")])
    path = f"/attempts/{academy.begin(enrolment).id}"
    review = browser.open(f"{path}/review")
    assert "2 questions have no answer" in review.text

    asked = browser.send(f"{path}/submit", review.fields())
    assert asked.path == f"{path}/review"
    assert "Tick that you mean it" in asked.text

    result = browser.send(f"{path}/submit", {**review.fields(), "sure": "1"})
    assert result.heading == "The test is not passed"
    assert "0%" in result.text


def test_a_missing_confirmation_is_asked_for(academy: Academy, enrolment: Enrolment, browser: Browser) -> None:
    academy.publish([text("a"), statement()], shuffle=False)
    path = f"/attempts/{academy.begin(enrolment).id}"

    review = browser.open(f"{path}/review")
    assert "A confirmation is missing" in review.text
    assert "1 question has no answer" in review.text
    page = browser.send(f"{path}/submit", {**review.fields(), "sure": "1"}, came_from=f"{path}/review")

    assert "Question 2 asks for a confirmation" in page.text


def test_handing_in_again_shows_the_same_result(academy: Academy, enrolment: Enrolment, browser: Browser) -> None:
    academy.publish([text("a")])
    path = f"/attempts/{academy.begin(enrolment).id}"

    for _ in range(3):
        assert browser.send(f"{path}/submit", {"sure": "1"}).path == f"{path}/result"

    db.session.rollback()
    assert db.session.query(Grade).count() == 1


def test_after_handing_in_every_page_of_the_attempt_is_its_result(
    academy: Academy, enrolment: Enrolment, browser: Browser
) -> None:
    academy.publish([text("a")])
    path = f"/attempts/{academy.take(enrolment, {}).id}"

    for place in ("", "/1", "/review", "/result"):
        assert browser.open(path + place).path == f"{path}/result"
    late = browser.send(f"{path}/1", {"answer": "Aarhus", "save_key": "save-key-1"}, came_from=f"{path}/1")
    assert "The test was handed in at" in late.text
    assert late.path == f"{path}/result"


def end_time(attempt: Attempt, ago: timedelta) -> None:
    """Let the time of an attempt have ended."""
    now = utcnow()
    db.session.execute(update(Attempt).values(begun_at=now - timedelta(hours=1), closes_at=now - ago))
    db.session.commit()


def test_the_time_left_and_its_end_are_shown_without_script(
    academy: Academy, enrolment: Enrolment, browser: Browser
) -> None:
    academy.publish([text("a")], time_limit=30)
    page = browser.open(f"/attempts/{academy.begin(enrolment).id}/1")

    clock = page.one("time")
    assert 1795 <= int(clock.get("data-timer", "")) <= 1800
    assert (clock.text or "").startswith(("29:5", "30:00"))


def test_when_the_time_is_over_the_answers_saved_are_handed_in(
    academy: Academy, enrolment: Enrolment, browser: Browser
) -> None:
    academy.publish([text("a"), text("b")], time_limit=30, shuffle=False)
    attempt = academy.begin(enrolment)
    path = f"/attempts/{attempt.id}"
    academy.answer(attempt, {"a": "Aarhus"})
    end_time(attempt, timedelta(minutes=5))

    page = browser.open(f"{path}/2")
    assert page.heading == "Time is up"
    late = browser.send(f"{path}/2", {"answer": "Aarhus", "save_key": "save-key-9"}, came_from=f"{path}/2")
    assert "Time was up at" in late.text

    result = browser.send(f"{path}/submit", page.fields())
    assert "50%" in result.text


def test_a_form_under_way_when_the_time_ended_is_taken(
    academy: Academy, enrolment: Enrolment, browser: Browser
) -> None:
    academy.publish([text("a")], time_limit=30)
    attempt = academy.begin(enrolment)
    page = browser.open(f"/attempts/{attempt.id}/1")
    end_time(attempt, timedelta(seconds=10))

    assert browser.send(page.path, {**page.fields(), "answer": "Aarhus"}).heading == "Time is up"
    assert answers() == {"a": "Aarhus"}


@pytest.mark.parametrize("as_json", [True, False])
def test_a_script_saves_one_answer_and_learns_when(
    academy: Academy, enrolment: Enrolment, browser: Browser, as_json: bool
) -> None:
    academy.publish([matching()])
    path = f"/attempts/{academy.begin(enrolment).id}/answers"
    order = sitting_of(the_attempt()).paper.questions[0].order
    fields = {"n": "1", "save_key": "save-key-1", "answer-0": str(order.index(0)), "answer-1": ""}
    headers = {"Accept": "application/json", "X-CSRFToken": browser.token()}

    if as_json:
        reply = browser._request("POST", path, json={**fields, "n": 1}, headers=headers)
    else:
        reply = browser._request("POST", path, data=fields, headers=headers)

    assert reply.status_code == 200
    assert set(reply.json or {}) == {"saved_at", "shown"}
    assert answers() == {"pillars": ["0", ""]}
    shown = browser.open(path.replace("answers", "1")).fields()["shown"]
    assert shown == (reply.json or {})["shown"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"n": "1", "answer": "7"}, "not one of those that were offered"),
        ({"n": "2", "answer": "0"}, "not part of your test"),
        ({"n": "x", "answer": "0"}, "not part of your test"),
        ({"n": "1" * 5_000, "answer": "0"}, "not part of your test"),
        ({"answer": "0"}, "not part of your test"),
        ({"n": "1", "answer": "0", "save_key": "short"}, "Open the page again"),
    ],
)
def test_a_script_is_told_in_a_sentence_why_an_answer_is_refused(
    academy: Academy, enrolment: Enrolment, browser: Browser, fields: dict[str, str], words: str
) -> None:
    academy.publish([single()])
    path = f"/attempts/{academy.begin(enrolment).id}/answers"

    reply = browser.post(path, {"save_key": "save-key-1", **fields}, headers={"Accept": "application/json"})

    assert reply.status_code == 422
    assert words in (reply.json or {})["message"]
    assert answers() == {}


def test_a_script_learns_that_the_session_has_ended(academy: Academy, enrolment: Enrolment, browser: Browser) -> None:
    academy.publish([single()])
    path = f"/attempts/{academy.begin(enrolment).id}/answers"
    browser.post("/sign-out")

    reply = browser.post(path, {"n": "1", "answer": "0"}, headers={"Accept": "application/json"})

    assert reply.status_code == 401


def test_a_session_that_ends_in_the_middle_of_an_answer_loses_nothing(app: Flask, academy: Academy) -> None:
    academy.publish([text("a"), text("b")], shuffle=False)
    learner = academy.make.learner()
    browser = browser_of(app, learner)
    page = browser.open(f"/attempts/{academy.begin(academy.enrol(learner)).id}/1")
    browser.post("/sign-out")

    ended = browser.send(page.path, {**page.fields(), "answer": "Aarhus", "go": "next"}, status=401)
    browser.send("/sign-in", ended.fields("/sign-in"))
    kept = ended.fields("/sign-in")["kept_form"]
    offered = browser.send("/sign-in", {"login": learner.login_name, "password": PASSWORD, "kept_form": kept})
    after = browser.send(page.path, {**offered.fields(page.path), "csrf_token": browser.token()})

    assert after.path.endswith("/2")
    assert answers() == {"a": "Aarhus"}


def test_nobody_keeps_an_old_copy_of_a_question(academy: Academy, enrolment: Enrolment, browser: Browser) -> None:
    academy.publish([single()])

    answer = browser.get(f"/attempts/{academy.begin(enrolment).id}/1")

    assert answer.headers["Cache-Control"] == "no-store"


def test_a_failed_attempt_says_what_can_be_done_next(academy: Academy, enrolment: Enrolment, browser: Browser) -> None:
    academy.publish([text("a")], attempts=2, wait_between=60, required=[QUIZ])
    now = utcnow()
    first = academy.take(enrolment, {}, now=now - timedelta(minutes=10))
    assert "The next attempt opens later" in browser.open(f"/attempts/{first.id}/result").text

    db.session.execute(update(Attempt).values(begun_at=now - timedelta(hours=3), submitted_at=now - timedelta(hours=2)))
    db.session.commit()
    assert "1 attempt is left" in browser.open(f"/attempts/{first.id}/result").text

    second = academy.take(enrolment, {})
    page = browser.open(f"/attempts/{second.id}/result")
    assert "You have used all attempts" in page.text
    assert "+7 (000) 000-00-00" in page.text
    assert "You have used all attempts" in browser.open(PAGE).text


def test_a_passed_quiz_leads_on_to_what_is_left(academy: Academy, enrolment: Enrolment, browser: Browser) -> None:
    academy.publish([text("a")], required=[LESSON, QUIZ])
    attempt = academy.take(enrolment, {"a": "Aarhus"})

    page = browser.open(f"/attempts/{attempt.id}/result")

    assert "Go on: Final test in en" in page.text
    assert "Try again, as practice" in browser.open(PAGE).text


def test_the_result_shows_topics_and_each_answer(academy: Academy, enrolment: Enrolment, browser: Browser) -> None:
    academy.publish([single(topic="clock"), text("b", topic="clock"), text("c")], shuffle=False, show=SHOW_EXAM)
    attempt = academy.take(enrolment, {"deadline": "1", "b": "Aarhus"})

    page = browser.open(f"/attempts/{attempt.id}/result")

    for words in (
        "41.66%",
        "1.25 of 3 points",
        "Time limits 1.25 of 2",
        "Other questions 0 of 1",
        "Partly right",
        "No answer",
    ):
        assert words in page.text, words
    assert "Remark: that is the term of the code." in page.text
    assert "shown once you have passed" in page.text


def test_the_list_of_attempts_shows_each_with_its_result(
    academy: Academy, enrolment: Enrolment, browser: Browser
) -> None:
    academy.publish([text("a")])
    academy.take(enrolment, {})
    academy.begin(enrolment)

    page = browser.open(PAGE)

    assert "Attempt 1" in page.text
    assert "Not passed 0%" in page.text
    assert "Go on with attempt 2" in page.text


def test_an_old_attempt_is_shown_as_it_was_when_newer_versions_have_other_questions(
    academy: Academy, enrolment: Enrolment, browser: Browser
) -> None:
    academy.publish([text("a", title="Which city was it then?")])
    attempt = academy.take(enrolment, {"a": "Aarhus"})
    for n in range(3):
        academy.publish([text(f"new-{n}")])

    assert "Which city was it then?" in browser.open(f"/attempts/{attempt.id}/result").text
