"""Papers: quotas are kept, nothing is asked twice, scenarios stay whole, and the written order gives nothing away."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.questions.asking import written_order
from lms.questions.questions import Question
from lms.quizzes.paper import Paper, count_questions, draw_paper, read_paper, write_paper
from tests.quizzes.samples import every_kind, matching, ordering, single, statement, true_false

TOPICS = ("access", "justice", None)


@st.composite
def quizzes(draw: st.DrawFn) -> list[Question]:
    """Draw a quiz of single questions, scenarios and statements over a few topics."""
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=12))
    questions: list[Question] = []
    for place, size in enumerate(sizes):
        topic, scenario = draw(st.sampled_from(TOPICS)), f"case-{place}" if size > 1 else None
        questions += [single(f"q{place}-{n}", topic=topic, scenario=scenario) for n in range(size)]
        if draw(st.booleans()):
            questions.append(statement(f"s{place}"))
    return questions


draws = st.one_of(
    st.none(), st.integers(1, 8), st.dictionaries(st.sampled_from(["access", "justice"]), st.integers(1, 4), min_size=1)
)


def items_of(questions: list[Question]) -> dict[str, str | None]:
    """Return the topic of each item that is counted: of a single question, or of the first one of a scenario."""
    items: dict[str, str | None] = {}
    for question in questions:
        if question.kind != "statement":
            items.setdefault(question.scenario or question.id, question.topic)
    return items


def asked_by(paper: Paper, questions: list[Question]) -> list[Question]:
    known = {question.id: question for question in questions}
    return [known[asked.id] for asked in paper.questions]


@settings(max_examples=40)
@given(quizzes(), draws, st.booleans(), st.randoms(use_true_random=False))
def test_a_paper_keeps_its_quotas_and_asks_nothing_twice(
    questions: list[Question], draw: int | dict[str, int] | None, shuffle: bool, random: Random
) -> None:
    asked = asked_by(draw_paper(questions, draw=draw, shuffle=shuffle, random=random), questions)

    assert max(Counter(question.id for question in asked).values()) == 1
    there, drawn = items_of(questions), items_of(asked)
    if draw is None:
        assert len(drawn) == len(there)
    elif isinstance(draw, int):
        assert len(drawn) == min(draw, len(there))
    else:
        per_topic, whole = Counter(drawn.values()), Counter(there.values())
        assert all(per_topic[topic] == min(draw.get(topic or "", count), count) for topic, count in whole.items())
    assert [q.id for q in asked if q.kind == "statement"] == [q.id for q in questions if q.kind == "statement"]


@settings(max_examples=40)
@given(quizzes(), draws, st.booleans(), st.randoms(use_true_random=False))
def test_scenarios_are_asked_whole_together_and_in_their_order(
    questions: list[Question], draw: int | dict[str, int] | None, shuffle: bool, random: Random
) -> None:
    asked = [
        question.id
        for question in asked_by(draw_paper(questions, draw=draw, shuffle=shuffle, random=random), questions)
    ]

    for scenario in {question.scenario for question in questions if question.scenario}:
        members = [question.id for question in questions if question.scenario == scenario]
        if members[0] in asked:
            start = asked.index(members[0])
            assert asked[start : start + len(members)] == members
        else:
            assert not set(members) & set(asked)


@settings(max_examples=40)
@given(quizzes(), draws, st.randoms(use_true_random=False))
def test_without_shuffling_the_questions_stand_as_written(
    questions: list[Question], draw: int | dict[str, int] | None, random: Random
) -> None:
    paper = draw_paper(questions, draw=draw, shuffle=False, random=random)

    places = [[question.id for question in questions].index(asked.id) for asked in paper.questions]
    assert places == sorted(places)


@settings(max_examples=40)
@given(quizzes(), draws, st.randoms(use_true_random=False))
def test_the_page_before_promises_no_more_questions_than_are_asked(
    questions: list[Question], draw: int | dict[str, int] | None, random: Random
) -> None:
    paper = draw_paper(questions, draw=draw, shuffle=True, random=random)

    asked = [question for question in asked_by(paper, questions) if question.kind != "statement"]
    assert count_questions(questions, draw) <= len(asked)


@given(st.randoms(use_true_random=False), st.booleans())
def test_every_part_is_shown_once_in_every_kind_of_question(random: Random, shuffle: bool) -> None:
    questions = every_kind()

    paper = draw_paper(questions, draw=None, shuffle=shuffle, random=random)

    known = {question.id: question for question in questions}
    assert all(sorted(asked.order) == list(written_order(known[asked.id])) for asked in paper.questions)


@given(st.randoms(use_true_random=False))
def test_pinned_options_two_options_and_fixed_options_keep_their_place(random: Random) -> None:
    questions = [single(), true_false(), single("fixed", shuffle=False)]

    paper = draw_paper(questions, draw=None, shuffle=True, random=random)

    orders = {asked.id: asked.order for asked in paper.questions}
    assert orders["deadline"][3] == 3
    assert orders["economic"] == (0, 1)
    assert orders["fixed"] == (0, 1, 2, 3)


@pytest.mark.parametrize("shuffle", [True, False])
def test_what_is_to_be_ordered_or_matched_is_always_shuffled(shuffle: bool) -> None:
    papers = [draw_paper([matching(), ordering()], draw=None, shuffle=shuffle, random=Random(n)) for n in range(50)]

    assert len({asked.order for paper in papers for asked in paper.questions if asked.id == "timeline"}) == 6
    assert len({asked.order for paper in papers for asked in paper.questions if asked.id == "pillars"}) == 6


def test_each_attempt_draws_anew() -> None:
    questions = [single(f"q{n}") for n in range(10)]

    papers = {draw_paper(questions, draw=5, shuffle=True, random=Random(n)) for n in range(20)}

    assert len(papers) == 20


def test_a_statement_before_the_first_question_stays_in_front_and_others_come_last() -> None:
    questions = [statement("rules"), single("q1"), statement("honest"), single("q2")]

    paper = draw_paper(questions, draw=None, shuffle=True, random=Random(1))

    assert paper.questions[0].id == "rules"
    assert paper.questions[-1].id == "honest"


def test_a_paper_is_kept_as_canonical_json_and_read_back() -> None:
    paper = draw_paper([true_false("b"), statement("a")], draw=None, shuffle=True, random=Random(1))

    document = write_paper(paper)

    assert document == '{"questions":[{"id":"b","options":[0,1]},{"id":"a","options":[]}],"version":1}'
    assert read_paper(document) == paper


def test_a_paper_of_an_unknown_format_is_not_guessed_at() -> None:
    with pytest.raises(ValueError, match="newer version"):
        read_paper('{"questions":[],"version":2}')
