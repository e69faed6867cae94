"""Where the catalogue promises a fix, applying it mends the file."""

import pytest

from lms.markup.problem import Problem
from lms.markup.source import normalise_text
from tests.catalogue.course_files import LESSON, LESSON_HEAD, QUIZ, QUIZ_HEAD, problems_in, quiz_problems
from tests.catalogue.test_format_problems import IN_FRONT_MATTER, IN_LESSONS, IN_QUIZZES, OPTIONS, QUESTION

PROMISED = {
    "front-matter",
    "yaml-colon",
    "look-alike",
    "smart-quotes",
    "invisible-character",
    "mixed-scripts",
    "heading-wrong",
    "setext-heading",
    "id-missing",
    "attribute-syntax",
    "marker-wrong",
    "feedback-misplaced",
    "unpinned-summary",
}
WITHOUT_FIX = {"attribute-syntax", "front-matter"}  # only where there is but one way to mend them

BODY = QUESTION + OPTIONS
FILES = [
    *((QUIZ, code, QUIZ_HEAD + body) for code, body in IN_QUIZZES),
    *((LESSON, code, LESSON_HEAD + body) for code, body in IN_LESSONS),
    *((QUIZ, code, f"---\nkind: quiz\ntitle: Проверка\n{lines}---\n\n{BODY}") for code, lines in IN_FRONT_MATTER),
    (QUIZ, "front-matter", QUIZ_HEAD.replace("---", "—", 1) + BODY),
    (QUIZ, "front-matter", "---\nkind: quiz\ntitle: Проверка\n—\n\n" + BODY),
    (QUIZ, "front-matter", "---\nkind: quiz\ntitle: Проверка\n\n" + BODY),
    (QUIZ, "front-matter", "\n\n" + QUIZ_HEAD + BODY),
    (QUIZ, "yaml-colon", "---\nkind: quiz\ntitle: Сроки: ваш\n---\n\n" + BODY),
    (QUIZ, "yaml-colon", '---\nkind: quiz\ntitle: Сроки: "ваш" и \\\n---\n\n' + BODY),
    (LESSON, "yaml-colon", "---\ntitle: Сроки\nobjectives:\n  - назвать: срок\n---\n\nТекст.\n"),
]
FIXABLE = [case for case in FILES if case[1] in PROMISED]


def mended(text: str, problem: Problem) -> str:
    """Apply the fix of a problem."""
    assert problem.fix is not None
    text = normalise_text(text.encode())
    return text[: problem.fix.start] + problem.fix.text + text[problem.fix.end :]


@pytest.mark.parametrize(("path", "code", "text"), FIXABLE)
def test_a_fix_removes_its_problem(path: str, code: str, text: str) -> None:
    (problem,) = problems_in(path, text)
    if problem.fix is None:
        assert code in WITHOUT_FIX
        return

    left = problems_in(path, mended(text, problem))

    assert code not in [one.code for one in left]


def test_every_promised_fix_is_shown() -> None:
    shown = {code for path, code, text in FIXABLE if any(one.fix for one in problems_in(path, text))}

    assert shown == PROMISED


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("-(x) Год", "- (x) Год"),
        ("–  ( ) Год", "- ( ) Год"),
        ("• [x] Год", "- [x] Год"),
        ("-\u00a0( ) Год", "- ( ) Год"),
        ("( ) Год", "- ( ) Год"),
        ("- (х)Год", "- (x) Год"),
    ],
)
def test_a_slip_in_a_mark_is_mended_as_it_was_meant(typed: str, meant: str) -> None:
    text = QUIZ_HEAD + QUESTION + f"{typed}\n- ( ) Месяц\n- [ ] Неделя\n"
    problem = next(one for one in problems_in(QUIZ, text) if one.code == "marker-wrong")

    assert f"\n{meant}\n" in mended(text, problem)


def test_feedback_at_the_margin_is_indented_as_a_whole() -> None:
    body = QUESTION + "- ( ) Год\n> Нет,\n> не год.\n- (x) Месяц\n"
    (problem,) = quiz_problems(body)

    assert "- ( ) Год\n  > Нет,\n  > не год.\n- (x) Месяц\n" in mended(QUIZ_HEAD + body, problem)
