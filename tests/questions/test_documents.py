"""Questions as JSON documents: what is written down is read back."""

import json

import pytest

from lms.questions.questions import KINDS, Question, from_document, gap_placeholder, split_gaps, to_document
from tests.questions.test_marking import EVERY


@pytest.mark.parametrize("question", EVERY, ids=lambda question: question.kind)
def test_a_question_survives_being_stored(question: Question) -> None:
    assert from_document(json.loads(json.dumps(to_document(question)))) == question


def test_every_kind_is_tried() -> None:
    assert {question.kind for question in EVERY} == set(KINDS)


def test_fractions_are_written_exactly() -> None:
    document = to_document(EVERY[0])

    assert document["points"] == "1/1"
    assert [option["share"] for option in document["options"]] == ["0/1", "1/1", "1/4"]


def test_fields_of_a_later_program_are_passed_over() -> None:
    assert from_document({**to_document(EVERY[0]), "colour": "red"}) == EVERY[0]


def test_a_text_is_divided_at_its_gaps() -> None:
    html = f"<p>Срок {gap_placeholder(1)} и {gap_placeholder(0)}</p>"

    assert split_gaps(html) == ["<p>Срок ", 1, " и ", 0, "</p>"]
    assert split_gaps("<p>Нет</p>") == ["<p>Нет</p>"]
