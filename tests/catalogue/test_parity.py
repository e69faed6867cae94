"""Translations are compared with the reference: structure, keys, settings, numbers, links."""

import pytest

from lms.catalogue.numbers import numbers_of
from lms.markup.problem import Problem
from tests.catalogue.course_files import LESSON, QUIZ, problems_in

QUIZ_KK = QUIZ.replace(".ru.", ".kk.")
LESSON_KK = LESSON.replace(".ru.", ".kk.")
RUSSIAN = """---
kind: quiz
title: Проверка
graded: yes
attempts: 2
---

Вступление: 3 вопроса.

## Какой срок?
{#term topic=clock points=2 basis=aarhus/4/2 scoring=exact}

Запрос от 25 июня 1998 года, [ст. 4(2)](law:aarhus/4/2).

- (x) 1 месяц
- (25%) 15 дней
- ( ) 0,5 года

> Пояснение: 1 000 страниц.

## Сколько дней?
{#days unit="дней"}

- = 15 ± 1

## Дополните
{#gap}

Срок [[2; два]] и [[(x) месяц 1; ( ) год 2]].
"""
KAZAKH = """---
kind: quiz
title: Тексеру
---

Кіріспе: 3 сұрақ.

## Мерзімі қандай?
{#term}

1998 жылғы 25 маусымдағы сұрау салу, [4(2)-бап](law:aarhus/4/2).

- (x) 1 ай
- (25%) 15 күн
- ( ) 0.5 жыл

> Түсіндірме: 1000 бет.

## Неше күн?
{#days unit="күн"}

- = 15 ± 1

## Толықтырыңыз
{#gap}

[[2: (x) ай 1; ( ) жыл 2]] және мерзімі [[1: 2; екі]].
"""


def translated(kazakh: str, russian: str = RUSSIAN) -> list[Problem]:
    """Return what is wrong with a translation."""
    return problems_in(QUIZ_KK, kazakh, **{QUIZ: russian})


def test_a_faithful_translation_has_no_problems() -> None:
    assert translated(KAZAKH) == []


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("parity-structure", "{#term}", "{#terms}"),
        ("parity-structure", '## Неше күн?\n{#days unit="күн"}\n\n- = 15 ± 1\n\n', ""),
        ("parity-structure", "## Неше", "# Бөлім\n\n## Неше"),
        ("parity-key", "- (x) 1 ай\n- (25%) 15 күн", "- (25%) 1 ай\n- (x) 15 күн"),
        ("parity-key", "- ( ) 0.5 жыл\n", "- ( ) 0.5 жыл\n- ( ) Білмеймін\n"),
        ("parity-key", "(25%)", "(50%)"),
        ("parity-key", "15 ± 1", "15 ± 2"),
        ("parity-key", "- = 15 ± 1", "- = он бес"),
        ("parity-key", "(x) ай 1; ( ) жыл 2", "( ) жыл 2; (x) ай 1"),
        ("parity-key", "0.5 жыл", "0.5 жыл {pin}"),
        ("parity-settings", "{#term}", "{#term points=1}"),
        ("parity-settings", "{#term}", "{#term topic=basics}"),
        ("parity-settings", "{#term}", "{#term scoring=partial}"),
        ("parity-settings", "{#term}", "{#term basis=aarhus/4/3}"),
        ("parity-settings", "{#term}", "{#term shuffle=no}"),
        ("parity-settings", "title: Тексеру", "title: Тексеру\nattempts: 3"),
        ("parity-settings", "title: Тексеру", "title: Тексеру\npass_mark: 80"),
        ("parity-numbers", "1998", "1988"),
        ("parity-numbers", "Кіріспе: 3", "Кіріспе: 4"),
        ("parity-numbers", "1000 бет", "100 бет"),
        ("parity-numbers", "жыл 2", "жыл 3"),
        ("parity-links", "law:aarhus/4/2", "law:aarhus/4/3"),
        ("parity-links", "1000 бет.", "1000 бет ([бап](law:appc/76))."),
    ],
)
def test_a_difference_is_found(code: str, old: str, new: str) -> None:
    assert old in KAZAKH

    assert [problem.code for problem in translated(KAZAKH.replace(old, new, 1))] == [code]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{#term}", "{#term points=2 topic=clock scoring=exact shuffle=yes basis=aarhus/4/2}"),
        ("title: Тексеру", "title: Тексеру\nattempts: 2\ngraded: true\npass_mark: 70 %\nreview: pending"),
        ("1: 2; екі", "1: 2; екі; еки; 02"),
        ("1000 бет", "1 000 бет"),
    ],
)
def test_repeating_the_reference_is_no_difference(old: str, new: str) -> None:
    assert translated(KAZAKH.replace(old, new, 1)) == []


def test_a_broken_question_is_not_compared_as_well() -> None:
    problems = translated(KAZAKH.replace("- (x) 1 ай", "- ( ) 1 ай"))

    assert [problem.code for problem in problems] == ["right-options"]


def test_the_comparison_of_numbers_and_links_can_be_switched_off() -> None:
    note = "<!-- parity: off -->\n"

    assert translated(KAZAKH.replace("1998", note + "1988").replace("law:aarhus/4/2", "law:aarhus/4/3")) == []
    assert translated(KAZAKH.replace("Кіріспе", note + "Кіріспе").replace("1998", "1988")) != []


def test_a_lesson_is_compared_by_headings_checks_numbers_and_files() -> None:
    russian = "---\ntitle: Урок\n---\n\n## Раздел\n\n2 ![Схема](../media/clock.ru.svg)\n"
    kazakh = "---\ntitle: Сабақ\n---\n\n## Бөлім\n\n2 ![Сызба](../media/clock.kk.svg)\n"

    def codes(text: str) -> list[str]:
        return [problem.code for problem in problems_in(LESSON_KK, text, **{LESSON: russian})]

    assert codes(kazakh) == []
    assert codes(kazakh.replace("## Бөлім", "## Бөлім\n\n### Тағы")) == ["parity-structure"]
    assert codes(kazakh.replace("\n2 ", "\n3 ")) == ["parity-numbers"]
    assert codes(kazakh.replace("![Сызба](../media/clock.kk.svg)", "")) == ["parity-links"]
    assert codes(kazakh.replace("\n2 ", "\n<!-- parity: off --> 3 ")) == []


def test_numbers_name_the_question_in_which_they_differ() -> None:
    (problem,) = translated(KAZAKH.replace("1998", "1988"))

    assert problem.facts == {"here": "#term: 1988", "there": "#term: 1998"}
    assert problem.line == 1


@pytest.mark.parametrize(
    ("text", "lang", "numbers"),
    [
        ("0,5 и 0.50", "ru", ["0.5", "0.5"]),
        ("1 000 и 1\u00a0000 000", "ru", ["1000", "1000000"]),
        ("10,000 and 1,5", "en", ["10000", "1.5"]),
        ("10,500", "ru", ["10.5"]),
        ("25.06.1998", "ru", ["25", "6", "1998"]),
        ("ст. 4(2)(b), 15–20", "ru", ["4", "2", "15", "20"]),
        ("1. Первое\n2. Второе: 7", "ru", ["7"]),
        ("Принято в\n1998. Потом", "ru", ["1998"]),
        ("сноска[^12] и &#8212;", "ru", []),
        ("2020 100 человек", "ru", ["2020", "100"]),
    ],
)
def test_numbers_are_read_as_people_read_them(text: str, lang: str, numbers: list[str]) -> None:
    assert sorted(numbers_of(text, lang).elements()) == sorted(numbers)
