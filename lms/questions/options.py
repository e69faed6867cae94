"""Warn of options that give the right answer away."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lms.markup.inline import visible_text
from lms.markup.problem import Fix
from lms.markup.source import Report
from lms.questions.questions import Option

LONG, MUCH_LONGER = 40, 1.5
ABSOLUTE = re.compile(
    r"(?<![\w-])(?:никогда|всегда|только|never|always|only|ешқашан|әрқашан|тек)(?![\w-])", re.IGNORECASE
)
SUMMARY = re.compile(
    r"(?:все|всё|ни одн\w+ из|ничего из|любой из) (?:\w+ ){0,2}"
    r"(?:перечисл|вышеперечисл|указанн|названн|упомянут|ответ|вариант)"
    r"|(?:все|всё|ни одно|ничего) из (?:перечисл|вышеперечисл|указанн|названн)|верны все"
    r"|(?:all|none|any) of (?:the |these |those )?(?:above|options|answers)|all (?:answers|options) are"
    r"|(?:аталған|жоғарыда|көрсетілген|аталғандар|көрсетілгендер)\S*(?: \S+){0,3} (?:бәрі|барлығы|ешқайсысы|бірде-бірі)"
    r"|барлық (?:жауап|нұсқа)|жауаптардың барлығы",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Placed:
    """An option and where its text stands in the source; `end` is the end of its first line."""

    option: Option
    start: int
    end: int


def check_options(report: Report, options: Sequence[Placed], is_shuffled: bool, has_one_right: bool) -> None:
    """Report a right option much longer than the others, absolute words in wrong ones, a summary that may move."""
    if has_one_right:
        _check_lengths(report, options)
    for placed in options:
        shown = visible_text(placed.option.text)
        if not placed.option.share and (absolute := ABSOLUTE.search(shown)):
            report.add("absolute-words", placed.start, word=absolute[0])
        if is_shuffled and not placed.option.is_pinned and SUMMARY.match(shown):
            report.add("unpinned-summary", placed.start, Fix(placed.end, placed.end, " {pin}"))


def _check_lengths(report: Report, options: Sequence[Placed]) -> None:
    right = [placed for placed in options if placed.option.share == 1]
    others = [len(visible_text(placed.option.text)) for placed in options if placed.option.share != 1]
    for placed in right:
        length = len(visible_text(placed.option.text))
        if others and length > LONG and length > MUCH_LONGER * max(others):
            report.add("longest-right", placed.start)
