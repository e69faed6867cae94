"""Asking in a form: what a form shows and what it sends back never carries the written order of a key."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from lms.questions.asking import blank_answer, draw_order, read_answer, written_order
from lms.questions.marking import is_blank, is_offered, mark
from lms.questions.questions import Question
from tests.quizzes.samples import RIGHT, every_kind, multiple, ordering, single

KINDS = {question.kind: question for question in every_kind()}


def fill(question: Question, order: tuple[int, ...], answer: object) -> MultiDict[str, str]:
    """Return the form as a browser sends it when somebody chooses an answer among what is shown."""
    if question.kind == "single":
        return MultiDict({"answer": str(order.index(int(str(answer))))})
    if question.kind == "multiple":
        return MultiDict([("answer", str(order.index(int(one)))) for one in answer])  # type: ignore[attr-defined]
    if question.kind in ("matching", "ordering"):
        chosen = enumerate(answer)  # type: ignore[arg-type,var-annotated]
        return MultiDict({f"answer-{part}": str(order.index(int(one))) for part, one in chosen})
    if question.kind == "cloze":
        return MultiDict({f"answer-{part}": one for part, one in enumerate(answer)})  # type: ignore[arg-type,var-annotated]
    return MultiDict({"answer": str(answer)})


@given(st.sampled_from(every_kind()), st.randoms(use_true_random=False))
def test_the_right_answer_is_marked_right_in_whatever_order_it_was_shown(question: Question, random: Random) -> None:
    order = draw_order(question, random)

    answer = read_answer(question, order, fill(question, order, RIGHT[question.id]))

    assert mark(question, answer) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_form_is_a_blank_answer_of_the_right_shape(kind: str) -> None:
    question = KINDS[kind]

    answer = read_answer(question, written_order(question), MultiDict())

    assert answer == blank_answer(question)
    assert is_blank(question, answer)
    assert is_offered(question, answer)


@pytest.mark.parametrize("place", ["4", "-1", "x", "²", "1" * 50, " 1"])
def test_a_place_that_was_not_shown_is_no_answer_that_was_offered(place: str) -> None:
    for question in (single(), multiple()):
        answer = read_answer(question, written_order(question), MultiDict({"answer": place}))
        assert not is_offered(question, answer)


def test_one_item_at_two_places_is_not_offered() -> None:
    answer = read_answer(ordering(), (2, 0, 1), MultiDict({"answer-0": "0", "answer-1": "0", "answer-2": "1"}))

    assert answer == ["2", "2", "0"]
    assert not is_offered(ordering(), answer)


@given(st.sampled_from(every_kind()), st.dictionaries(st.sampled_from(["answer", "answer-0", "answer-1"]), st.text()))
def test_whatever_is_posted_is_read_and_can_be_kept(question: Question, posted: dict[str, str]) -> None:
    answer = read_answer(question, written_order(question), MultiDict(posted))

    if is_offered(question, answer):
        "".join(answer).encode()
        assert "\0" not in "".join(answer)
        assert 0 <= mark(question, answer) <= 1


@given(st.sampled_from(every_kind()), st.randoms(use_true_random=False), st.booleans())
def test_an_order_shows_every_part_once(question: Question, random: Random, shuffle: bool) -> None:
    assert sorted(draw_order(question, random, shuffle=shuffle)) == list(written_order(question))
