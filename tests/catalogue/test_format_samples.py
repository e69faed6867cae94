"""The samples that come with the course format: a course without problems, and broken files with theirs."""

from itertools import groupby

import pytest

from lms.catalogue.reading import Course
from tests.catalogue.course_files import BROKEN, EXPECTED, OF_THE_COURSE, REGISTRIES, read

CASES = {case: list(names) for case, names in groupby(sorted(EXPECTED), key=lambda name: name.partition(".")[0])}


@pytest.fixture(scope="module")
def course() -> Course:
    reading = read({})
    assert reading.course is not None
    return reading.course


def test_the_registries_have_no_problems() -> None:
    assert REGISTRIES.problems == ()


def test_the_sample_course_has_no_problems() -> None:
    assert read({}).problems == ()


@pytest.mark.parametrize("case", CASES)
def test_a_broken_file_has_exactly_its_problems(case: str) -> None:
    paths = {name: f"01-request/{name}" for name in CASES[case]}

    problems = read({path: (BROKEN / name).read_bytes() for name, path in paths.items()}).problems

    for name, path in paths.items():
        found = sorted((one.line, one.code) for one in problems if one.path == path and one.code not in OF_THE_COURSE)
        assert found == sorted((entry["line"], entry["code"]) for entry in EXPECTED[name]), name


def test_every_kind_of_question_is_read(course: Course) -> None:
    page = course.unit("final/final-test").pages["kk"]

    assert [(question.id, question.kind) for question in page.questions] == [
        ("deadline", "single"),
        ("forward", "number"),
        ("extend", "cloze"),
        ("economic", "single"),
        ("city", "text"),
        ("pillars", "matching"),
        ("timeline", "ordering"),
        ("refusal", "multiple"),
        ("emissions", "single"),
        ("letter", "essay"),
        ("outer", "number"),
        ("honest", "statement"),
    ]


def test_a_translation_takes_its_settings_from_the_reference(course: Course) -> None:
    pages = course.unit("final/final-test").pages

    for name in ("topic", "points", "basis", "scenario", "exact"):
        of_language = {lang: [getattr(question, name) for question in page.questions] for lang, page in pages.items()}
        assert of_language["kk"] == of_language["en"] == of_language["ru"]


def test_the_answers_of_all_languages_count_in_each(course: Course) -> None:
    pages = course.unit("final/final-test").pages

    reasons = {lang: set(page.question("extend").gaps[2].accepted) for lang, page in pages.items()}

    assert reasons["kk"] == reasons["ru"] == reasons["en"] == {"причин*", "себеп*", "reason*"}


def test_gaps_follow_the_numbers_of_the_reference(course: Course) -> None:
    question = course.unit("final/final-test").pages["kk"].question("extend")

    assert [type(gap).__name__ for gap in question.gaps] == ["TextGap", "ChoiceGap", "TextGap"]
    assert question.text.index("\ue0001\ue001") < question.text.index("\ue0000\ue001")


def test_the_course_says_what_completes_it(course: Course) -> None:
    assert course.lessons_required == ("request/clock", "request/grounds")
    assert course.quizzes_required == ("final/final-test",)
    assert (course.hours, course.valid_for, course.is_open) == (2, 36, True)


def test_settings_that_are_not_written_have_their_defaults(course: Course) -> None:
    settings = course.unit("final/final-test").settings

    assert settings.show == {"score": "after", "marks": "after", "feedback": "after", "key": "passed"}
    assert settings.draw == {"basics": 3, "clock": 2}


def test_pages_know_what_they_rest_on(course: Course) -> None:
    page = course.unit("request/clock").pages["en"]

    assert page.addresses == ("aarhus/3/5", "aarhus/4/2", "appc/65", "appc/76")
    assert page.terms == ("environmental-information",)
