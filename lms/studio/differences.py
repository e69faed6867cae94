"""What has changed between two texts, line by line, and within a changed line word by word (pure)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

CONTEXT = 1  # unchanged lines shown around a change
MOST_LINES = 120  # of one file; a longer list nobody reads
TEXTS = (".md", ".toml")
WORDS = re.compile(r"(\s+)")

Pieces = tuple[tuple[str, bool], ...]  # text, and whether it is what changed within its line


class Kind(StrEnum):
    """What happened to a line."""

    SAME = "same"
    CUT = "cut"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class Line:
    """One line with its number in the old and in the new text."""

    kind: Kind
    old: int | None
    new: int | None
    pieces: Pieces


@dataclass(frozen=True, slots=True)
class Difference:
    """One file that differs; of a long one `lines` is only the beginning, and of a picture there is none."""

    path: str
    added: int
    cut: int
    lines: tuple[Line, ...]

    @property
    def is_short(self) -> bool:
        """Say whether all changed lines are there."""
        return sum(line.kind is not Kind.SAME for line in self.lines) == self.added + self.cut


def list_differences(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> list[Difference]:
    """Return every file that is not the same in two sets of normalised files, by path."""
    paths = sorted(path for path in old.keys() | new.keys() if old.get(path) != new.get(path))
    return [_difference(path, old.get(path, b""), new.get(path, b"")) for path in paths]


def _difference(path: str, old: bytes, new: bytes) -> Difference:
    if not path.endswith(TEXTS):
        return Difference(path, 0, 0, ())
    lines = list(compare(old.decode("utf-8", "replace").splitlines(), new.decode("utf-8", "replace").splitlines()))
    added, cut = (sum(line.kind is kind for line in lines) for kind in (Kind.ADD, Kind.CUT))
    return Difference(path, added, cut, tuple(lines[:MOST_LINES]))


def compare(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    """Yield the lines that were cut and added, each with a little of what stands around it."""
    for group in SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(CONTEXT):
        for operation, old_from, old_to, new_from, new_to in group:
            if operation == "equal":
                for place in range(old_to - old_from):
                    text = old[old_from + place]
                    yield Line(Kind.SAME, old_from + place + 1, new_from + place + 1, ((text, False),))
            else:
                before, after = old[old_from:old_to], new[new_from:new_to]
                cut, added = _pieces(before, after)
                yield from (Line(Kind.CUT, old_from + n, None, pieces) for n, pieces in enumerate(cut, 1))
                yield from (Line(Kind.ADD, None, new_from + n, pieces) for n, pieces in enumerate(added, 1))


def _pieces(before: Sequence[str], after: Sequence[str]) -> tuple[list[Pieces], list[Pieces]]:
    """Mark the words that changed where lines pair up; whole lines otherwise."""
    if len(before) != len(after):
        return [((line, False),) for line in before], [((line, False),) for line in after]
    pairs = [_words(one, other) for one, other in zip(before, after, strict=True)]
    return [cut for cut, _ in pairs], [added for _, added in pairs]


def _words(before: str, after: str) -> tuple[Pieces, Pieces]:
    old, new = WORDS.split(before), WORDS.split(after)
    cut: list[tuple[str, bool]] = []
    added: list[tuple[str, bool]] = []
    for operation, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        is_changed = operation != "equal"
        cut.append(("".join(old[old_from:old_to]), is_changed))
        added.append(("".join(new[new_from:new_to]), is_changed))
    return tuple(piece for piece in cut if piece[0]), tuple(piece for piece in added if piece[0])
