"""The line rules: what is text, answer, feedback and explanation, and what is forgiven in silence."""

from typing import Any

import pytest

from lms.markup.lines import read_lines
from lms.markup.source import Report, Source
from lms.questions.questions import Cloze, Matching, MultipleChoice, NumberAnswer, Ordering, Question, SingleChoice
from lms.questions.sheet import Sheet, read_sheet


def read(body: str) -> tuple[Sheet, Report]:
    report = Report(Source("quiz.ru.md", body.rstrip("\n") + "\n"))
    return read_sheet(report, read_lines(report)[0]), report


def question(body: str, attributes: str = "#q") -> Any:
    """Return the one question with this text, which must have no problems."""
    sheet, report = read(f"## Вопрос {{{attributes}}}\n\n{body}")
    assert [problem.code for problem in report.problems] == []
    (written,) = sheet.questions
    assert isinstance(written.question, Question)
    return written.question


def test_an_option_has_its_own_lines_and_its_feedback() -> None:
    found = question("- (x) Первая строка\n  вторая строка\n\n  - список\n  > отзыв\n  > дальше\n- ( ) Нет\n\n> почему")

    assert found.options[0].text == "Первая строка\nвторая строка\n\n- список"
    assert found.options[0].feedback == "отзыв\nдальше"
    assert found.explanation == "почему"


@pytest.mark.parametrize("indent", ["  ", "   ", "    ", "\t"])
def test_any_usual_indentation_belongs_to_the_answer_above(indent: str) -> None:
    found = question(f"- (x) Да\n{indent}> отзыв\n- ( ) Нет")

    assert [option.feedback for option in found.options] == ["отзыв", ""]


def test_a_line_right_below_continues_the_paragraph() -> None:
    assert question("- (x) Да,\nконечно\n- ( ) Нет").options[0].text == "Да,\nконечно"


@pytest.mark.parametrize("sign", ["(x)", "(X)", "(х)", "(Х)", "( x )", "(\u00a0x\u00a0)"])
def test_a_mark_may_be_typed_in_either_alphabet(sign: str) -> None:
    found = question(f"- {sign} Да\n- () Нет\n- (\u00a0) Может быть")

    assert isinstance(found, SingleChoice)
    assert [option.share for option in found.options] == [1, 0, 0]


def test_empty_boxes_may_be_closed() -> None:
    found = question("- [х] Да\n- [] Нет")

    assert isinstance(found, MultipleChoice)
    assert [option.share for option in found.options] == [1, 0]


@pytest.mark.parametrize("arrow", ["=>", "→", "⇒"])
def test_arrows_may_be_typed_in_three_ways(arrow: str) -> None:
    found = question(f"- Доступ {arrow} Статья 4\n- Участие {arrow} Статья 6\n- {arrow} Статья 4")

    assert isinstance(found, Matching)
    assert found.stems == ("Доступ", "Участие")
    assert found.definitions == ("Статья 4", "Статья 6")
    assert found.key == (0, 1)


@pytest.mark.parametrize("numbers", ["1. 2. 3.", "1) 2) 3)", "1. 1. 1."])
def test_an_order_is_the_order_of_its_lines(numbers: str) -> None:
    lines = [f"{number} {item}" for number, item in zip(numbers.split(), ("А", "Б", "В"), strict=True)]

    found = question("\n".join(lines), "#q type=ordering")

    assert isinstance(found, Ordering)
    assert found.items == ("А", "Б", "В")


def test_numbers_may_be_taken_as_words() -> None:
    assert isinstance(question("- = 15\n- = 16 ± 1"), NumberAnswer)
    assert question("- = 15\n- = пятнадцать", "#q type=text").accepted == ("15", "пятнадцать")


def test_code_is_never_structure() -> None:
    found = question("```\n- ( ) не вариант\n## не вопрос\n```\n\n- (x) Да\n- ( ) Нет")

    assert "- ( ) не вариант\n## не вопрос" in found.text
    assert len(found.options) == 2


def test_a_longer_fence_holds_a_shorter_one() -> None:
    found = question("~~~~\n~~~\n- (x) не вариант\n~~~~\n- (x) Да\n- ( ) Нет")

    assert len(found.options) == 2


def test_notes_to_authors_are_dropped_first() -> None:
    found = question("Текст.<!-- - (x) нет\n## Нет {#n}\n-->\n\n- (x) Да <!-- верно -->\n- ( ) Нет")

    assert found.text == "Текст."
    assert found.options[0].text == "Да"


def test_a_note_in_a_code_span_is_text() -> None:
    assert question("Пишут `<!-- заметка -->` так.\n\n- (x) Да\n- ( ) Нет").text == "Пишут `<!-- заметка -->` так."


def test_a_list_before_the_answers_with_another_bullet_is_text() -> None:
    found = question("* факт\n* ещё факт\n\n- (x) Да\n- ( ) Нет")

    assert found.text == "* факт\n* ещё факт"
    assert len(found.options) == 2


def test_links_in_a_list_are_no_marks() -> None:
    found = question("* [x](https://example.org)\n* [ ][x]\n\n- (x) Да\n- ( ) Нет")

    assert found.text.startswith("* [x]")


def test_the_last_quote_of_a_question_without_answers_explains() -> None:
    found = question("> Письмо.\n\nЗаполните: [[да; нет]].\n\n> Потому.")

    assert isinstance(found, Cloze)
    assert found.explanation == "Потому."
    assert found.text.startswith("> Письмо.")


def test_backslashes_take_meaning_away() -> None:
    found = question(r"Не пропуск: \[[а]]; `[[б]]`; пропуск: [[а\;б; в\|г]].")

    assert [gap.accepted for gap in found.gaps] == [("а;б", "в|г")]
    assert r"\[[а]]; `[[б]]`" in found.text


def test_braces_may_be_escaped_in_a_title() -> None:
    sheet, report = read("## Что значит \\{#a}?\n{#q}\n\n- (x) Да\n- ( ) Нет")

    assert report.problems == []
    assert sheet.questions[0].title.text == "Что значит \\{#a}?"


def test_gaps_work_in_tables_and_with_drop_downs() -> None:
    found = question("Таблица: Сроки\n\n| Срок |\n|---|\n| [[(x) месяц; ( ) год]] |")

    assert found.gaps[0].options == ("месяц", "год")
    assert "| \ue0000\ue001 |" in found.text


def test_two_options_and_pinned_ones_stay() -> None:
    assert question("- (x) Верно\n- ( ) Неверно").shuffle is False
    found = question("- (x) Да\n- ( ) Нет\n- ( ) Ни один из перечисленных {pin}")
    assert found.shuffle is True
    assert [option.is_pinned for option in found.options] == [False, False, True]
    assert found.options[2].text == "Ни один из перечисленных"


def test_a_question_knows_its_scenario_until_the_next_part() -> None:
    options = "- (x) Да\n- ( ) Нет\n"
    sheet, report = read(
        f"Вступление.\n\n# Случай {{#case}}\n\nТекст.\n\n## А {{#a}}\n{options}\n# Дальше\n\n## Б {{#b}}\n{options}"
    )

    assert report.problems == []
    assert [one.question.scenario for one in sheet.questions if one.question] == ["case", None]
    assert [(one.id, one.title, one.text) for one in sheet.scenarios] == [("case", "Случай", "Текст.")]


def test_an_essay_is_worth_the_sum_of_its_criteria() -> None:
    found = question("- (2) Срок\n- (1) Статья\n\n> Образец.", "#q type=essay")

    assert found.points == 3
    assert [(int(points), text) for points, text in found.criteria] == [(2, "Срок"), (1, "Статья")]


def test_an_essay_without_criteria_is_marked_as_a_whole() -> None:
    assert [tuple(one) for one in question("Напишите.", "#q type=essay points=4").criteria] == [(4, "")]


def test_a_quoted_value_may_hold_blanks() -> None:
    assert question("- = 3", '#q unit="рабочих дней" points=0,5').unit == "рабочих дней"
