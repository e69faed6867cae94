"""What a builder of questions is given, and the checks that several kinds share."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from lms.markup.source import Report
from lms.questions.body import Body, Item, markdown
from lms.questions.items import Mark
from lms.questions.settings import Settings
from lms.questions.titles import Title


@dataclass(frozen=True, slots=True)
class Draft:
    """A question on its way: heading, settings, lines, and where problems go."""

    report: Report
    title: Title
    settings: Settings
    body: Body
    scenario: str | None

    @property
    def items(self) -> list[Item]:
        """The answers that have a mark."""
        return [item for item in self.body.items if item.head.mark is not Mark.NONE]

    def common(self, **others: Any) -> dict[str, Any]:
        """Return the fields that every kind of question has; `others` come on top."""
        return {
            "id": self.title.id,
            "title": self.title.text,
            "text": markdown(self.body.text),
            "explanation": markdown(self.body.explanation),
            "topic": self.settings.topic,
            "points": self.settings.points or Fraction(1),
            "basis": self.settings.basis,
            "scenario": self.scenario,
            "line": self.report.source.line_at(self.title.at),
            "exact": self.settings.is_exact,
            **others,
        }

    def refuse_lines_below(self, item: Item, may_continue: bool = False) -> None:
        """Report feedback, and unless the text may continue also more lines, under an answer that takes none."""
        below = [*(() if may_continue else item.more), *item.feedback]
        filled = next((line for line in below if not line.is_blank), None)
        if filled:
            self.report.add("text-after-answers", filled.start)

    def refuse_doubles(self, texts: Sequence[tuple[int, str]]) -> None:
        """Report every text that stood before; each comes with its offset."""
        seen: dict[str, int] = {}
        for at, text in texts:
            same = " ".join(text.split())
            if same in seen:
                self.report.add("duplicate-name", at, name=text, line=str(self.report.source.line_at(seen[same])))
            elif same:
                seen[same] = at
