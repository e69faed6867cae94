"""Read the settings of a quiz from its front matter, and see whether its draws can be fair."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from lms.catalogue.course import MOMENTS, SHOWN, QuizSettings
from lms.catalogue.properties import Properties
from lms.markup.source import Report
from lms.questions.questions import Question, Statement
from lms.questions.titles import report_unknown

QUIZ_KEYS = ("graded", "pass_mark", "draw", "time_limit", "wait_between", "attempts", "shuffle", "show")
PASS_MARK = 70  # percent, unless the quiz says otherwise
WHOLE_QUIZ = "*"


def read_quiz_settings(properties: Properties, topics: Mapping[str, Mapping[str, str]]) -> QuizSettings:
    """Return how a quiz is taken; report settings that do not fit."""
    is_graded = properties.boolean("graded", False)
    return QuizSettings(
        is_graded=is_graded,
        pass_mark=properties.percent("pass_mark", PASS_MARK),
        draw=_draw(properties, topics),
        time_limit=properties.integer("time_limit"),
        wait_between=properties.integer("wait_between"),
        attempts=properties.integer("attempts"),
        shuffle=properties.boolean("shuffle", True),
        show=_show(properties, is_graded),
    )


def _draw(properties: Properties, topics: Mapping[str, Mapping[str, str]]) -> int | Mapping[str, int] | None:
    entry = properties.entries.get("draw")
    if entry is None or not entry.entries:
        return properties.integer("draw")
    inner = properties.inner("draw")
    counts = {}
    for topic in entry.entries:
        if topic not in topics:
            report_unknown(properties.report, entry.at, topic, "topic", tuple(topics))
        elif count := inner.integer(topic):
            counts[topic] = count
    return counts


def _show(properties: Properties, is_graded: bool) -> Mapping[str, str]:
    inner = properties.inner("show")
    inner.refuse_unknown(SHOWN)
    defaults = dict.fromkeys(SHOWN, "after") | ({"key": "passed"} if is_graded else {})
    return {name: inner.choice(name, MOMENTS) or defaults[name] for name in SHOWN}


def check_draws(report: Report, at: int, draw: int | Mapping[str, int] | None, questions: Sequence[Question]) -> None:
    """Report draws of more items than there are, and warn of draws that give attempts of different worth."""
    items = _items(questions)
    if isinstance(draw, int):
        _check_draw(report, at, WHOLE_QUIZ, draw, items)
    elif draw:
        for topic, wanted in draw.items():
            _check_draw(report, at, topic, wanted, [item for item in items if item[0].topic == topic])


def _items(questions: Sequence[Question]) -> list[list[Question]]:
    """Return what is drawn: questions, and the questions of a scenario together; statements are never drawn."""
    items: dict[str, list[Question]] = {}
    for question in questions:
        if not isinstance(question, Statement):
            key = f"scenario {question.scenario}" if question.scenario else question.id
            items.setdefault(key, []).append(question)
    return list(items.values())


def _check_draw(report: Report, at: int, topic: str, wanted: int, items: Sequence[Sequence[Question]]) -> None:
    if wanted > len(items):
        report.add("draw-too-many", at, topic=topic, wanted=str(wanted), found=str(len(items)))
    worths = {(len(item), sum((question.points for question in item), Fraction(0))) for item in items}
    if wanted != len(items) and len(worths) > 1:
        report.add("draw-uneven", at, topic=topic)
