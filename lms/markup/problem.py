"""What a checker says about a file: where, which problem, and how to mend it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Level = Literal["error", "warning"]

WARNINGS = frozenset(
    {
        "mixed-scripts",
        "number-ambiguous",
        "draw-uneven",
        "law-expired",
        "translation-missing",
        "translation-stale",
        "longest-right",
        "absolute-words",
        "unpinned-summary",
        "table-caption",
    }
)
NO_FACTS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Fix:
    """A replacement that mends a problem; offsets count characters of the normalised text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that a person should mend; line and column count from one."""

    path: str
    line: int
    column: int
    code: str
    facts: Mapping[str, str] = field(default_factory=lambda: NO_FACTS)
    fix: Fix | None = None

    @property
    def level(self) -> Level:
        """Say whether the problem stops publishing."""
        return "warning" if self.code in WARNINGS else "error"


def in_reading_order(problem: Problem) -> tuple[str, int, int, str]:
    """Return the key that sorts problems by file, place and code."""
    return problem.path, problem.line, problem.column, problem.code
