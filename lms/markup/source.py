"""The normalised text of one file, and the report of what is wrong in it."""

import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field

from lms.markup.problem import Fix, Problem


def normalise_text(data: bytes) -> str:
    """Decode a text file: no byte order mark, LF, NFC, exactly one LF at the end.

    Raise UnicodeDecodeError if the bytes are not UTF-8.
    """
    text = data.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text).rstrip("\n") + "\n"


@dataclass(frozen=True, slots=True)
class Source:
    """A file's path and normalised text; knows where its lines begin."""

    path: str
    text: str
    starts: tuple[int, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Find the offsets at which lines begin."""
        starts = [0]
        position = self.text.find("\n")
        while position >= 0:
            starts.append(position + 1)
            position = self.text.find("\n", position + 1)
        object.__setattr__(self, "starts", tuple(starts))

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset, both counted from one."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def line_at(self, offset: int) -> int:
        """Return the number of the line that holds an offset."""
        return self.place(offset)[0]


class Report:
    """Collect the problems of one source."""

    def __init__(self, source: Source) -> None:
        """Begin an empty report."""
        self.source = source
        self.problems: list[Problem] = []
        self.errors = 0

    def keep(self, is_kept: Callable[[Problem], bool]) -> None:
        """Drop the problems that only repeat another one."""
        self.problems = [problem for problem in self.problems if is_kept(problem)]
        self.errors = sum(problem.level == "error" for problem in self.problems)

    def add(self, code: str, at: int, fix: Fix | None = None, **facts: str) -> None:
        """Note a problem at an offset of the source."""
        line, column = self.source.place(at)
        problem = Problem(self.source.path, line, column, code, facts, fix)
        self.problems.append(problem)
        self.errors += problem.level == "error"
