"""How questions do, as a trainer sees it: attempts of learners, worked out and shown."""

import pytest

from lms.languages import LANGUAGES
from lms.quizzes.models import Attempt
from lms.studio.queries import count_answered, count_sitting, get_question_report, get_quiz_report
from tests.quizzes.publishing import QUIZ, Academy
from tests.quizzes.samples import RIGHT, every_kind, single, text, true_false

PAGE = "/studio/request/questions"
WRONG = {"deadline": "2", "economic": "1", "city": "Oslo"}


def take(academy: Academy, *answers: dict[str, object]) -> list[Attempt]:
    """Let one learner after the other take the quiz."""
    learner = academy.make.learner()
    centre_of = academy.make.learner
    return [
        academy.take(academy.enrol(learner if place == 0 else centre_of()), one) for place, one in enumerate(answers)
    ]


def test_figures_follow_from_the_grades_of_first_attempts(academy: Academy) -> None:
    unit = academy.publish([single(), true_false(), text()])
    right = {name: RIGHT[name] for name in WRONG}
    take(academy, right, right, WRONG, {"deadline": "0"})

    report = get_quiz_report(academy.published, unit)
    figures = {one.question: one for one in report.questions}

    assert (report.figures.count, report.figures.passed) == (4, 50)
    assert {name: one.facility_hundredths for name, one in figures.items()} == {
        "deadline": 75,
        "economic": 50,
        "city": 50,
    }
    assert {name: one.discrimination for name, one in figures.items()} == {"deadline": 58, "economic": 90, "city": 90}


def test_second_attempts_attempts_under_way_and_other_versions_do_not_count(academy: Academy) -> None:
    unit = academy.publish([single(), true_false()])
    enrolment = academy.enrol()
    academy.take(enrolment, {"deadline": "2"})
    academy.take(enrolment, {"deadline": "0", "economic": "0"})
    academy.answer(academy.begin(academy.enrol()), {"deadline": "0"})
    first = academy.published
    academy.publish([single(), true_false()])

    assert get_quiz_report(first, unit).figures.count == 1
    assert get_quiz_report(academy.published, unit).figures.count == 0
    assert get_quiz_report(first, unit).questions[0].facility == 0


def test_statements_have_no_figures(academy: Academy) -> None:
    unit = academy.publish(every_kind())

    assert "honest" not in [one.question for one in get_quiz_report(academy.published, unit).questions]


def test_the_answer_that_was_saved_last_is_counted(academy: Academy) -> None:
    unit = academy.publish([single(), true_false()])
    attempt = academy.begin(academy.enrol())
    academy.answer(attempt, {"deadline": "2"})
    academy.answer(attempt, {"deadline": "0"})
    academy.submit(attempt)

    report = get_question_report(academy.published, unit, "deadline", language="en")

    assert [line.count for line in report.lines] == [1, 0, 0, 0]
    assert report.figures.count == 1


def test_a_trainer_sees_the_worst_question_and_what_people_chose(academy: Academy, trainer_of) -> None:
    academy.publish(every_kind())
    take(academy, RIGHT, RIGHT, RIGHT | {"deadline": "2", "city": "<b>Oslo</b>"}, {"honest": "yes"})
    trainer = trainer_of("request")

    listed = trainer.open(PAGE)
    page = trainer.open(f"{PAGE}/{QUIZ}/deadline")

    assert "First attempts 4" in listed.text
    assert "Too few answers" in listed.text
    assert f"{PAGE}/{QUIZ}/deadline?version=1" in listed.links().values()
    assert page.heading == "Question deadline?"
    assert "Within one month Key 2" in page.text
    assert "Within three months 1" in page.text
    assert "No answer 1" in page.text
    assert "Remark: that is too long." in page.text


@pytest.mark.parametrize("question", [one.id for one in every_kind() if one.id != "honest"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_question_has_its_page(language: str, question: str, academy: Academy, trainer_of) -> None:
    academy.publish(every_kind())
    take(academy, RIGHT, {"honest": "yes"})

    trainer_of("request").open(f"{PAGE}/{QUIZ}/{question}?lang={language}")


def test_an_earlier_version_keeps_its_figures(academy: Academy, trainer_of) -> None:
    academy.publish([single(), true_false()])
    take(academy, {"deadline": "0"})
    academy.publish([single(), true_false()])
    trainer = trainer_of("request")

    assert "Nobody has handed in this quiz" in trainer.open(PAGE).text
    assert "First attempts 1" in trainer.open(f"{PAGE}?version=1").text
    trainer.open(f"{PAGE}?version=3", status=404)


@pytest.mark.parametrize("place", [f"{QUIZ}/nothing", "why/origin/deadline", "why/nothing/deadline", f"{QUIZ}/honest"])
def test_what_is_no_counted_question_is_not_found(place: str, academy: Academy, trainer_of) -> None:
    academy.publish(every_kind())

    trainer_of("request").open(f"{PAGE}/{place}", status=404)


def test_attempts_under_way_and_answers_to_changed_questions_are_counted(academy: Academy) -> None:
    academy.publish([single(), true_false()])
    take(academy, {"deadline": "0"}, {"deadline": "1"}, {"economic": "0"})
    academy.answer(academy.begin(academy.enrol()), {"deadline": "2", "economic": "1"})
    version = academy.published

    assert count_sitting(version.course_id) == 1
    assert count_answered(version.version_id, [(QUIZ, "deadline")]) == 3
    assert count_answered(version.version_id, [(QUIZ, "deadline"), (QUIZ, "economic")]) == 4
    assert count_answered(version.version_id, []) == 0
