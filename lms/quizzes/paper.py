"""The paper of one attempt: which questions are asked, in which order, and how their options stand.

A paper names questions and places only, and so it is read together with the version that the attempt began on.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from random import Random
from typing import Any

import rfc8785

from lms.questions.asking import Order, draw_order
from lms.questions.questions import Question, Statement

FORMAT = 1
KEPT_PAPERS = 2048  # of attempts under way, whose papers are read with every answer

Item = tuple[Question, ...]  # what is drawn and shuffled as one: a question, or all questions of a scenario


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a paper; `order` tells by place as shown which option stands there, as written."""

    id: str
    order: Order


@dataclass(frozen=True, slots=True)
class Paper:
    """The questions of one attempt in the order in which they are asked."""

    questions: tuple[Asked, ...]

    def __len__(self) -> int:
        return len(self.questions)

    def find(self, question_id: str) -> Asked | None:
        """Return a question of the paper by its id."""
        return next((asked for asked in self.questions if asked.id == question_id), None)


def draw_paper(
    questions: Iterable[Question], *, draw: int | Mapping[str, int] | None, shuffle: bool, random: Random
) -> Paper:
    """Put a paper together from the questions of a quiz, given as they are written.

    `draw` is a number of items of the whole quiz, or a number for each topic it names, where all items of other topics
    are asked; None asks everything. A scenario is one item with the topic of its first question. Statements are
    always asked and never counted; when all is shuffled they stay before the rest or come after it.
    """
    items = split_items(questions)
    drawn = {item[0].id for item in choose([item for item in items if not is_statement(item)], draw, random)}
    asked = [item for item in items if item[0].id in drawn or is_statement(item)]
    if shuffle:
        asked = _shuffled(asked, _leading(items), random)
    return Paper(
        tuple(Asked(question.id, draw_order(question, random, shuffle=shuffle)) for item in asked for question in item)
    )


def split_items(questions: Iterable[Question]) -> list[Item]:
    """Return the items of a quiz as written; the questions of a scenario stand next to one another."""
    items: list[Item] = []
    for scenario, group in groupby(questions, key=lambda question: question.scenario):
        members = tuple(group)
        items += [members] if scenario else [(member,) for member in members]
    return items


def is_statement(item: Item) -> bool:
    """Say whether an item only asks to confirm something."""
    return all(isinstance(question, Statement) for question in item)


def choose(items: Sequence[Item], draw: int | Mapping[str, int] | None, random: Random) -> list[Item]:
    """Draw items without repetition; return them as they are written."""
    if draw is None:
        return list(items)
    quotas = {None: draw} if isinstance(draw, int) else draw
    chosen: set[int] = set()
    for topic, quota in quotas.items():
        pool = [place for place, item in enumerate(items) if topic is None or item[0].topic == topic]
        chosen.update(random.sample(pool, min(quota, len(pool))))
    if not isinstance(draw, int):
        chosen.update(place for place, item in enumerate(items) if item[0].topic not in draw)
    return [item for place, item in enumerate(items) if place in chosen]


def count_questions(questions: Iterable[Question], draw: int | Mapping[str, int] | None) -> int:
    """Return how many questions a paper has at the least, statements left out; scenarios may differ in size."""
    counted = [item for item in split_items(questions) if not is_statement(item)]
    if draw is None:
        return sum(map(len, counted))
    if isinstance(draw, int):
        return sum(sorted(map(len, counted))[:draw])
    named = [sorted(len(item) for item in counted if item[0].topic == topic)[:quota] for topic, quota in draw.items()]
    others = [len(item) for item in counted if item[0].topic not in draw]
    return sum(map(sum, named)) + sum(others)


def write_paper(paper: Paper) -> str:
    """Return a paper as canonical JSON."""
    questions: list[Any] = [{"id": asked.id, "options": list(asked.order)} for asked in paper.questions]
    return rfc8785.dumps({"version": FORMAT, "questions": questions}).decode()


@lru_cache(maxsize=KEPT_PAPERS)
def read_paper(document: str) -> Paper:
    """Return the paper that `write_paper` wrote; raise ValueError on a format that this program does not know."""
    paper = json.loads(document)
    if paper["version"] != FORMAT:
        raise ValueError(f"A paper of format {paper['version']} needs a newer version of this program.")
    return Paper(tuple(Asked(question["id"], tuple(question["options"])) for question in paper["questions"]))


def _leading(items: Sequence[Item]) -> int:
    """Return how many statements stand before everything else."""
    return next((place for place, item in enumerate(items) if not is_statement(item)), len(items))


def _shuffled(items: Sequence[Item], leading: int, random: Random) -> list[Item]:
    """Shuffle what is counted, between the statements that stand in front and the others."""
    statements = [item for item in items if is_statement(item)]
    counted = [item for item in items if not is_statement(item)]
    return [*statements[:leading], *random.sample(counted, len(counted)), *statements[leading:]]
