"""Pages as they are stored at publishing."""

import pytest

from lms.catalogue.reading import Course
from lms.catalogue.render import Addresses, Check, RenderedPage, render_page
from lms.questions.questions import split_gaps
from tests.catalogue.course_files import LESSON, LESSON_HEAD, QUIZ, QUIZ_HEAD, REGISTRIES, read


@pytest.fixture(scope="module")
def course() -> Course:
    found = read({}).course
    assert found is not None
    return found


def rendered(course: Course, unit_id: str, lang: str, **digests: str) -> RenderedPage:
    unit = course.unit(unit_id)
    assert unit is not None
    addresses = Addresses("aarhus-sample", {path.replace("__", "/"): digest for path, digest in digests.items()})
    return render_page(unit.pages[lang], unit, course, REGISTRIES, addresses)


def test_a_lesson_is_divided_where_its_checks_stand(course: Course) -> None:
    page = rendered(course, "request/clock", "en")

    assert [block for block in page.blocks if isinstance(block, Check)] == [Check("extension")]
    assert page.html.count("<!--check:extension-->") == 1
    assert page.headings == (("s1", "The outer limit of the Convention"), ("s2", "Time limits in national law"))
    assert 'href="/glossary#environmental-information"' in page.html
    assert 'title="Aarhus Convention"' in page.html


def test_switching_the_language_keeps_anchors_and_checks(course: Course) -> None:
    pages = [rendered(course, "request/clock", lang) for lang in ("kk", "ru", "en")]

    assert len({tuple(anchor for anchor, _ in page.headings) for page in pages}) == 1
    assert len({tuple(type(block) for block in page.blocks) for page in pages}) == 1


def test_files_are_addressed_by_their_digest(course: Course) -> None:
    page = rendered(course, "request/clock", "ru", **{"media__clock.ru.svg": "abc"})

    assert 'src="/courses/aarhus-sample/media/abc/clock.ru.svg"' in page.html


def test_questions_are_html_and_keep_their_keys(course: Course) -> None:
    page = rendered(course, "final/final-test", "ru")
    questions = {question.id: question for question in page.questions}
    written = course.unit("final/final-test").pages["ru"]

    assert questions["deadline"].options[1].feedback.startswith("<p>Это срок")
    assert questions["deadline"].options[1].share == written.question("deadline").options[1].share
    assert [part for part in split_gaps(questions["extend"].text) if isinstance(part, int)] == [0, 1, 2]
    assert questions["pillars"].definitions == written.question("pillars").definitions
    assert questions["letter"].criteria[0].text == "Данные о выбросах предоставлены"
    assert page.scenarios[0].text.count("<table>") == 1
    assert page.html == "<p>Пользуйтесь текстом Конвенции. Ответы сохраняются сами.</p>"


def test_lessons_are_linked_without_their_language(course: Course) -> None:
    found = read({LESSON: LESSON_HEAD + "[Сроки](01-clock.ru.md), [тест](../02-final/01-final-test.ru.md)\n"}).course
    assert found is not None

    page = rendered(found, "request/lesson", "ru")

    assert 'href="/courses/aarhus-sample/request/clock"' in page.html
    assert 'href="/courses/aarhus-sample/final/final-test"' in page.html


def test_a_broken_check_is_left_out_of_a_preview() -> None:
    body = "Текст.\n\n```check\n## Срок? {#a}\n- ( ) Год\n- ( ) Месяц\n```\n\nДальше.\n"
    course = read({LESSON: LESSON_HEAD + body}).course
    assert course is not None

    page = rendered(course, "request/lesson", "ru")

    assert page.html.replace("\n", "") == "<p>Текст.</p><p>Дальше.</p>"


def test_titles_and_options_may_hold_markup_and_show_other_tags_as_typed() -> None:
    body = "## Что *такое* H<sub>2</sub>O? {#a}\n\n- (x) `код` и **вода**\n- ( ) <i>воздух</i>\n"
    course = read({QUIZ: QUIZ_HEAD + body}).course
    assert course is not None

    (question,) = rendered(course, "request/quiz", "ru").questions

    assert question.title == "Что <em>такое</em> H<sub>2</sub>O?"
    assert [option.text for option in question.options] == [
        "<code>код</code> и <strong>вода</strong>",
        "&lt;i&gt;воздух&lt;/i&gt;",
    ]
