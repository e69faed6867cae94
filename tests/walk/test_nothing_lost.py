"""What people do and what happens to them: double clicks, two tabs, a replayed form, a lost session, a lost line."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import delete, func, select

from lms.accounts.models import SignIn
from lms.accounts.queries import find_by_login
from lms.database import db
from lms.learning.models import Progress
from lms.quizzes.models import Answer, Attempt, Grade
from lms.quizzes.queries import list_steps
from lms.quizzes.steps import latest
from tests.chromium import NARROW, Screen
from tests.walk.learner import Learner, sign_in

pytestmark = pytest.mark.needs("chromium")

SCRIPT = [True, False]


@pytest.fixture
def login(site):
    """Return the login name of somebody newly enrolled."""
    with site.database() as make:
        person = make.learner(language="ru")
        make.enrolment(person, course_id=1)
        return person.login_name


@pytest.fixture
def window(site, browser, login):
    """Return a function that opens a window in which this learner has signed in."""

    @contextmanager
    def open_window(has_script: bool = True) -> Iterator[Learner]:
        with Screen(NARROW, language="ru").window(browser, java_script_enabled=has_script) as page:
            page.context.add_cookies(site.cookies(login))
            yield Learner(site, page, "ru")

    return open_window


def quiz_address(learner):
    """Return the address of the first quiz of the course."""
    course = learner.course()
    return f"/courses/{course.slug}/{next(unit.id for unit in course.units if unit.kind == 'quiz')}"


def answered(site, attempt_id):
    """Return which questions of an attempt have an answer, and how many saves there were."""
    with site.database():
        steps = list_steps(attempt_id)
        return set(latest(steps)), len(steps)


def count(site, table, *conditions):
    """Return how many rows of a table there are."""
    with site.database():
        return db.session.scalar(select(func.count()).select_from(table).where(*conditions))


@pytest.mark.parametrize("has_script", SCRIPT)
def test_an_answer_given_after_the_session_has_ended_is_kept_until_one_has_signed_in_again(
    has_script, window, site, login
):
    with window(has_script) as learner:
        learner.open(quiz_address(learner))
        attempt_id = learner.begin()
        with site.database():
            db.session.execute(delete(SignIn).where(SignIn.person_id == find_by_login(login).id))
            db.session.commit()
        learner.answer(attempt_id, 1)
        if has_script:
            learner.page.locator("[data-saved][data-state=bad]").wait_for()
        learner.press("next")
        assert answered(site, attempt_id) == (set(), 0)

        learner.page.click("form[action='/sign-in'] .button")
        sign_in(learner.page, login)
        learner.page.click("main form[method=post] .button")

        assert learner.page.url.endswith(f"/attempts/{attempt_id}/2")
        questions, saves = answered(site, attempt_id)
        assert (len(questions), saves) == (1, 1)
        learner.press("back")
        assert (
            learner.page.locator("#question").evaluate(
                "form => new FormData(form.form).getAll('answer').length + "
                "[...form.querySelectorAll('select')].filter(s => s.value).length"
            )
            > 0
        )


@pytest.mark.parametrize("has_script", SCRIPT)
def test_a_double_click_begins_one_attempt_and_two_tabs_hand_it_in_once(has_script, window, site, login):
    with window(has_script) as learner:
        learner.open(quiz_address(learner))
        learner.page.dblclick("form[action$='/attempts'] button")
        learner.page.wait_for_url("**/attempts/**")
        attempt_id = int(learner.page.url.split("/attempts/")[1].split("/")[0])
        learner.press("review")
        other = learner.page.context.new_page()
        other.goto(learner.page.url)
        for page in (learner.page, other):
            page.check("[name=sure]")
        for page in (learner.page, other):
            page.dblclick("main form[action$='/submit']:not([hidden]) button")
            page.wait_for_url("**/result")

        person = select(Attempt.enrolment_id).where(Attempt.id == attempt_id).scalar_subquery()
        assert count(site, Attempt, Attempt.enrolment_id == person) == 1
        assert count(site, Grade, Grade.attempt_id == attempt_id) == 1


def test_two_tabs_save_each_its_own_answers_and_an_old_copy_does_not_win(window, site):
    with window() as learner:
        learner.open(quiz_address(learner))
        attempt_id = learner.begin()
        tab = Learner(site, learner.page.context.new_page(), "ru")
        tab.open(f"/attempts/{attempt_id}/2")
        learner.answer(attempt_id, 1)
        tab.answer(attempt_id, 2)
        tab.press("next")
        learner.press("next")

        assert len(answered(site, attempt_id)[0]) == 2
        learner.open(f"/attempts/{attempt_id}/1")
        before = answered(site, attempt_id)
        learner.press("next")  # nothing was changed on this page
        assert answered(site, attempt_id) == before


def test_a_form_sent_twice_is_carried_out_once(window, site, login):
    with window(has_script=False) as learner:
        learner.open(quiz_address(learner))
        attempt_id = learner.begin()
        learner.answer(attempt_id, 1)
        request = learner.page.context.request
        with learner.page.expect_request(lambda request: request.method == "POST") as sent:
            learner.press("next")
        for _ in range(3):
            replay = request.post(
                sent.value.url,
                data=sent.value.post_data_buffer,
                headers={"Content-Type": "application/x-www-form-urlencoded", "Origin": site.address},
            )
            assert replay.ok
        assert answered(site, attempt_id)[1] == 1

        lesson = f"/courses/{learner.course().slug}/{learner.course().units[0].id}"
        learner.open(lesson)
        learner.page.dblclick("form[action$='/done'] button")
        learner.page.wait_for_url(lambda url: not url.endswith(lesson))
        enrolment = select(Attempt.enrolment_id).where(Attempt.id == attempt_id).scalar_subquery()
        assert count(site, Progress, Progress.enrolment_id == enrolment) == 1


def test_answers_given_without_a_line_are_kept_on_the_device_and_sent_when_it_is_back(window, site):
    with window() as learner:
        learner.open(quiz_address(learner))
        attempt_id = learner.begin()
        learner.page.wait_for_load_state()
        learner.page.context.set_offline(True)
        learner.answer(attempt_id, 1)
        learner.page.locator("[data-saved][data-state=bad]").wait_for(timeout=5_000)
        assert answered(site, attempt_id)[1] == 0

        learner.page.context.set_offline(False)
        learner.page.locator("[data-saved][data-state=ok]").wait_for()
        assert len(answered(site, attempt_id)[0]) == 1


def test_an_answer_that_was_not_sent_when_the_tab_was_closed_is_sent_by_the_next_one(window, site):
    with window() as learner:
        learner.open(quiz_address(learner))
        attempt_id = learner.begin()
        context = learner.page.context
        context.route("**/answers", lambda route: route.abort())
        learner.answer(attempt_id, 1)
        learner.page.locator("[data-saved][data-state=bad]").wait_for()
        learner.page.close()
        context.unroute_all()

        tab = Learner(site, context.new_page(), "ru")
        tab.open(f"/attempts/{attempt_id}")
        tab.page.locator("[data-saved][data-state=ok]").wait_for()
        assert len(answered(site, attempt_id)[0]) == 1
        assert count(site, Answer, Answer.attempt_id == attempt_id) == 1


def test_an_answer_given_before_the_script_has_arrived_is_saved_all_the_same(window, site):
    with window() as learner:
        held = []
        learner.page.route("**/answers.js", lambda route: held.append(route))
        learner.open(quiz_address(learner))
        attempt_id = learner.begin()
        learner.answer(attempt_id, 1)
        held[0].continue_()

        learner.page.locator("[data-saved][data-state=ok]").wait_for()
        assert len(answered(site, attempt_id)[0]) == 1
