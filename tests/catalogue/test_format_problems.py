"""Every problem of the catalogue has an example, is reported once for it, and has words in three languages."""

import re
from string import Formatter

import pytest

from lms.catalogue.problems import MESSAGES, message
from lms.languages import LANGUAGES
from lms.markup.problem import WARNINGS, Problem
from tests.catalogue.course_files import (
    EXPECTED,
    LESSON_HEAD,
    QUIZ,
    QUIZ_HEAD,
    codes,
    lesson_problems,
    problems_in,
    quiz_problems,
    read,
)

OPTIONS = "- (x) Один месяц\n- ( ) Три месяца\n"
QUESTION = "## Какой срок?\n{#term}\n\n"

# Code and the text of a quiz below its front matter.
IN_QUIZZES = [
    ("syntax", QUESTION + OPTIONS + "\n> Так:\n\n## Ещё\n{#b}\n\n```\nкод\n\n" + OPTIONS),
    ("syntax", "<!-- заметка\n\n" + QUESTION + OPTIONS),
    ("syntax", QUESTION + "<details><summary>Подсказка</summary>\n\nТекст.\n\n" + OPTIONS),
    ("unknown-name", "## Какой срок?\n{#term topic=clok}\n\n" + OPTIONS),
    ("unknown-name", "## Какой срок?\n{#term topi=clock}\n\n" + OPTIONS),
    ("unknown-name", QUESTION + OPTIONS + "\n> [закон](law:nosuch/1)\n"),
    ("unknown-name", QUESTION + OPTIONS + "\n> [термин](term:nosuch)\n"),
    ("unknown-name", QUESTION + "> [!NITE]\n> Текст.\n\nТекст.\n\n" + OPTIONS),
    ("duplicate-name", QUESTION + OPTIONS + "\n" + QUESTION + OPTIONS),
    ("duplicate-name", QUESTION + "- = Орхус\n- = орхус\n"),
    ("duplicate-name", QUESTION + "- А => Б\n- А => В\n"),
    ("duplicate-name", "# Случай {#term}\n\nТекст.\n\n" + QUESTION + OPTIONS),
    ("duplicate-name", QUESTION + "Срок [[(x) год; ( ) год]]."),
    ("value-wrong", "## Какой срок?\n{#term points=-1}\n\n" + OPTIONS),
    ("value-wrong", "## Какой срок?\n{#term points=0}\n\n" + OPTIONS),
    ("value-wrong", "## Какой срок?\n{#term shuffle=maybe}\n\n" + OPTIONS),
    ("value-wrong", "## Какой срок?\n{#term scoring=all}\n\n" + OPTIONS),
    ("value-wrong", "## Какой срок?\n{#term basis=aarhus/4/ст2}\n\n" + OPTIONS),
    ("value-wrong", "## Какой срок?\n{#Срок}\n\n" + OPTIONS),
    ("value-wrong", QUESTION + "- (x) Год\n- (150%) Месяц\n"),
    ("value-wrong", QUESTION + "- [x] Год\n- [50%] Месяц\n"),
    ("look-alike", "## Какой срок?\n{#term tорic=clock}\n\n" + OPTIONS),
    ("look-alike", "## Какой срок?\n{#term topic=сlock}\n\n" + OPTIONS),
    ("look-alike", "## Какой срок?\n{№term}\n\n" + OPTIONS),
    ("look-alike", "## Какой срок?\n{#tеrm}\n\n" + OPTIONS),
    ("look-alike", QUESTION + OPTIONS + "\n> [закон](law:ааrhus/4)\n"),
    ("look-alike", QUESTION + OPTIONS + "- ( ) Ни один из перечисленных {рin}\n"),
    ("smart-quotes", "## Сколько дней?\n{#term unit=«рабочих дней»}\n\n- = 15\n"),
    ("smart-quotes", "## Сколько дней?\n{#term unit=“дней”}\n\n- = 15\n"),
    ("invisible-character", QUESTION + "Те\u00adкст.\n\n" + OPTIONS),
    ("invisible-character", "## Какой\u200b срок?\n{#term}\n\n" + OPTIONS),
    ("mixed-scripts", QUESTION + "Оpган ответил.\n\n" + OPTIONS),
    ("heading-wrong", QUESTION + OPTIONS + "\n##Ещё вопрос\n"),
    ("heading-wrong", QUESTION + "№№ Раздел\n\n" + OPTIONS),
    ("heading-wrong", QUESTION + "  ### Раздел\n\n" + OPTIONS),
    ("heading-level", QUESTION + "#### Раздел\n\n" + OPTIONS),
    ("setext-heading", QUESTION + "Итог\n---\n\nТекст.\n\n" + OPTIONS),
    ("setext-heading", QUESTION + "Итог\n====\n\n" + OPTIONS),
    ("id-missing", "## Какой срок?\n\n" + OPTIONS),
    ("attribute-syntax", "## Какой срок?\n{#term hard}\n\n" + OPTIONS),
    ("attribute-syntax", "## Какой срок? {#term\n\n" + OPTIONS),
    ("attribute-syntax", "## Какой срок? {#term}\n{topic=clock}\n\n" + OPTIONS),
    ("attribute-syntax", "## Какой срок?\n{#term topic=clock topic=clock}\n\n" + OPTIONS),
    ("attribute-syntax", "## Какой срок?\n\n{#term}\n\n" + OPTIONS),
    ("attribute-syntax", "## Какой срок?\n{term}\n\n" + OPTIONS),
    ("text-missing", "Только вступление.\n"),
    ("text-missing", "##\n{#term}\n\n" + OPTIONS),
    ("text-missing", QUESTION + "- (x) Месяц\n- ( )\n"),
    ("text-missing", QUESTION + OPTIONS + "\n> [закон]()\n"),
    ("text-missing", QUESTION + "- А => Б\n- В =>\n"),
    ("text-missing", QUESTION + "- =\n- = Орхус\n"),
    ("answers-missing", QUESTION + "- месяц\n- год\n"),
    ("answers-missing", QUESTION + "- (x) месяц\n"),
    ("answers-missing", QUESTION + "Срок [[(x) год]]."),
    ("answers-missing", "## Порядок\n{#term type=ordering}\n\n1. Первое\n"),
    ("right-options", QUESTION + "- ( ) месяц\n- ( ) год\n"),
    ("right-options", QUESTION + "- (x) месяц\n- (x) год\n"),
    ("right-options", QUESTION + "- [ ] месяц\n- [ ] год\n"),
    ("right-options", QUESTION + "Срок [[( ) а; ( ) б]]."),
    ("kinds-mixed", QUESTION + "- (x) месяц\n- [ ] год\n"),
    ("kinds-mixed", "## Какой срок?\n{#term type=multiple}\n\n" + OPTIONS),
    ("kinds-mixed", QUESTION + "- (2) Назван срок\n- (1) Названа статья\n"),
    ("kinds-mixed", QUESTION + "Срок [[месяц]].\n\n" + OPTIONS),
    ("marker-wrong", QUESTION + "-(x) Год\n- ( ) Месяц\n"),
    ("marker-wrong", QUESTION + "- (x) Год\n– ( ) Месяц\n"),
    ("marker-wrong", QUESTION + "- (x) Год\n• ( ) Месяц\n"),
    ("marker-wrong", QUESTION + "- (x)Год\n- ( ) Месяц\n"),
    ("marker-wrong", QUESTION + "- (x) Год\n- (v) Месяц\n"),
    ("marker-wrong", QUESTION + "- Год\n- (x) Месяц\n- ( ) День\n"),
    ("marker-wrong", QUESTION + "- = Орхус\n– = Aarhus\n"),
    ("marker-wrong", QUESTION + "- А => Б\n- В - Г\n- Д => Е\n"),
    ("feedback-misplaced", QUESTION + "- ( ) Год\n> Нет.\n- (x) Месяц\n"),
    ("text-after-answers", QUESTION + OPTIONS + "\nПояснение.\n"),
    ("text-after-answers", QUESTION + OPTIONS + "\n> Пояснение.\n\nИ ещё.\n"),
    ("text-after-answers", QUESTION + "- = Орхус\n  > Верно.\n"),
    ("question-outside", OPTIONS + "\n" + QUESTION + OPTIONS),
    ("number-syntax", QUESTION + "- = 10-20\n"),
    ("number-syntax", QUESTION + "- = 15\n- = пятнадцать\n"),
    ("number-syntax", QUESTION + "- = 20..10\n"),
    ("number-ambiguous", QUESTION + "- = 1,000\n"),
    ("answer-too-wide", QUESTION + "- = *\n"),
    ("answer-too-wide", QUESTION + "Ответ: [[*]].\n"),
    ("ordering-numbers", "## Порядок\n{#term type=ordering}\n\n1. Первое\n3. Третье\n2. Второе\n"),
    ("gap-syntax", QUESTION + "Срок [[15 дней.\n"),
    ("gap-syntax", QUESTION + "Срок [[месяц|30 дней]].\n"),
    ("gap-syntax", QUESTION + "Срок [[1: месяц]] или [[30 дней]].\n"),
    ("gap-syntax", QUESTION + "Срок [[2: месяц]] или [[3: год]].\n"),
    ("gap-syntax", QUESTION + "Срок [[(x) месяц; год]].\n"),
    ("gap-syntax", QUESTION + "Срок [[]].\n"),
    ("rubric-points", "## Письмо\n{#term type=essay points=5}\n\n- (2) Срок\n- (1) Статья\n"),
    ("rubric-points", "## Письмо\n{#term type=essay}\n\n- (2) Срок\n- Статья\n"),
    ("statement-shape", "## Подтверждение\n{#term type=statement}\n\nТекст.\n\n- [x] Прочитал\n"),
    ("statement-shape", "## Подтверждение\n{#term type=statement}\n\n- [ ] Прочитал\n"),
    ("scenario-shape", "# Случай\n\nТекст.\n\n" + QUESTION + OPTIONS),
    ("scenario-shape", "# Случай {#case}\n\n" + QUESTION + OPTIONS),
    ("scenario-shape", QUESTION + OPTIONS + "\n# Случай {#case}\n\nТекст.\n"),
    ("file-missing", QUESTION + "![Схема](../media/no.png)\n\n" + OPTIONS),
    ("alt-missing", QUESTION + "![](../media/clock.ru.svg)\n\n" + OPTIONS),
    ("not-allowed", QUESTION + "<marquee>Текст</marquee>\n\n" + OPTIONS),
    ("not-allowed", QUESTION + "[Ссылка](javascript:alert(1))\n\n" + OPTIONS),
    ("not-allowed", QUESTION + "![Схема](https://example.org/a.png)\n\n" + OPTIONS),
    ("law-expired", QUESTION + OPTIONS + "\n> [ст. 31](law:constitution-1995/31)\n"),
    ("longest-right", QUESTION + "- (x) Не позднее одного месяца со дня поступления запроса\n- ( ) Год\n"),
    ("absolute-words", QUESTION + "- (x) Месяц\n- ( ) Никогда\n"),
    ("unpinned-summary", QUESTION + OPTIONS + "- ( ) Все перечисленные\n"),
    ("table-caption", QUESTION + "| А | Б |\n|---|---|\n| 1 | 2 |\n\n" + OPTIONS),
]

# Code and the text of a lesson below its front matter.
IN_LESSONS = [
    ("heading-level", "# Сроки\n"),
    ("heading-level", "## Сроки\n\n#### Глубоко\n"),
    ("question-outside", "Текст.\n\n- (x) Один месяц\n- ( ) Три месяца\n"),
    ("check-shape", "```check\n- (x) Один месяц\n- ( ) Три месяца\n```\n"),
    ("check-shape", "```check\n## Письмо {#letter type=essay}\n```\n"),
    ("look-alike", "```сheck\n## Срок? {#a}\n- (x) Месяц\n- ( ) Год\n```\n"),
    ("duplicate-name", "```check\n## Срок? {#a}\n- (x) Месяц\n- ( ) Год\n```\n" * 2),
    ("text-missing", ""),
    ("file-missing", "[Урок](../01-why/01-origin.ru.md)\n"),
]

# Code and the lines between `kind: quiz`, `title` and the end of the front matter.
IN_FRONT_MATTER = [
    ("syntax", "attempts: [1\n"),
    ("syntax", "\tattempts: 1\n"),
    ("unknown-name", "atempts: 3\n"),
    ("unknown-name", "время: 15\n"),
    ("unknown-name", "show: {scores: after}\n"),
    ("duplicate-name", "attempts: 3\nattempts: 3\n"),
    ("value-wrong", "pass_mark: 170\n"),
    ("value-wrong", "graded: maybe\n"),
    ("value-wrong", "time_limit: 1h\n"),
    ("value-wrong", "law_as_of: 2026-13-01\n"),
    ("value-wrong", "show: {score: soon}\n"),
    ("value-wrong", "review: done\n"),
    ("look-alike", "аttempts: 3\n"),
    ("invisible-character", "attempts:\u00a03\n"),
    ("law-expired", "basis: constitution-1995/31\n"),
    ("draw-too-many", "draw: 2\n"),
    ("draw-too-many", "draw: {clock: 1}\n"),
]


@pytest.mark.parametrize(("code", "body"), IN_QUIZZES)
def test_a_quiz_that_is_wrong_in_one_way_has_one_problem(code: str, body: str) -> None:
    assert codes(quiz_problems(body)) == [code]


@pytest.mark.parametrize(("code", "body"), IN_LESSONS)
def test_a_lesson_that_is_wrong_in_one_way_has_one_problem(code: str, body: str) -> None:
    assert codes(lesson_problems(body)) == [code]


@pytest.mark.parametrize(("code", "lines"), IN_FRONT_MATTER)
def test_front_matter_that_is_wrong_in_one_way_has_one_problem(code: str, lines: str) -> None:
    head = QUIZ_HEAD.replace("title: Проверка\n", "title: Проверка\n" + lines)

    assert codes(quiz_problems(QUESTION + OPTIONS, head)) == [code]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("not-utf8", QUIZ_HEAD.encode("cp1251")),
        ("front-matter", b""),
        ("front-matter", "Просто текст.\n".encode()),
        ("front-matter", "---\ntitle: Урок\n\nТекст.\n".encode()),
        ("front-matter", ("\n" + QUIZ_HEAD).encode()),
        ("key-missing", b"---\nkind: quiz\n---\n\n" + (QUESTION + OPTIONS).encode()),
        ("yaml-colon", "---\ntitle: Сроки: ваш\n---\n\nТекст.\n".encode()),
        ("yaml-colon", "---\ntitle: Сроки\nobjectives:\n  - назвать: срок\n---\n\nТекст.\n".encode()),
    ],
)
def test_a_file_that_is_wrong_in_one_way_has_one_problem(code: str, text: bytes) -> None:
    assert codes(problems_in(QUIZ, text)) == [code]


@pytest.mark.parametrize("name", ["Урок 1.md", "01-request/1-a.ru.md", "01-request/01-a.de.md", "media/Схема.png"])
def test_a_stray_file_is_reported(name: str) -> None:
    problems = [problem for problem in read({name: LESSON_HEAD}).problems if problem.path == name]

    assert codes(problems) == ["file-stray"]


def test_a_missing_translation_is_a_warning_at_the_reference() -> None:
    problems = read({QUIZ: QUIZ_HEAD + QUESTION + OPTIONS}).problems

    assert [(one.path, one.code, one.level, one.facts["lang"]) for one in problems] == [
        (QUIZ, "translation-missing", "warning", "kk"),
        (QUIZ, "translation-missing", "warning", "en"),
    ]


def test_one_slug_names_one_unit() -> None:
    problems = read({"02-final/09-clock.ru.md": LESSON_HEAD + "Текст.\n"}).problems

    assert codes([one for one in problems if one.level == "error"]) == ["duplicate-name"]


def test_every_message_is_worded_in_every_language_with_the_same_facts() -> None:
    for code, words in MESSAGES.items():
        names = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in words]
        assert len(set(map(frozenset, names))) == 1, code
        assert all(words), code


def test_warnings_are_known_codes() -> None:
    assert MESSAGES.keys() >= WARNINGS


@pytest.mark.parametrize(("code", "body"), IN_QUIZZES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_can_be_said_in_every_language(code: str, body: str, language: str) -> None:
    (problem,) = quiz_problems(body)

    text = message(problem, language)

    assert text
    assert not re.search(r"\{[a-z]+\}", text.replace("{pin}", "").replace("{#", ""))


def test_a_guess_is_offered_only_if_there_is_one() -> None:
    facts = {"name": "topc", "kind": "attribute", "guess": "topic"}

    assert message(Problem("a", 1, 1, "unknown-name", facts), "en") == "Unknown attribute “topc”. Did you mean topic?"
    assert message(Problem("a", 1, 1, "unknown-name", {**facts, "guess": ""}), "en") == "Unknown attribute “topc”"


def test_every_code_of_the_catalogue_has_an_example() -> None:
    shown = {code for cases in (IN_QUIZZES, IN_LESSONS, IN_FRONT_MATTER) for code, _ in cases}
    shown |= {str(entry["code"]) for entries in EXPECTED.values() for entry in entries}
    shown |= {"file-stray", "translation-missing", "translation-stale", "key-missing", "yaml-colon"}

    assert shown == set(MESSAGES)
