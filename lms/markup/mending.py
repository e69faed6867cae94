"""Apply the fixes that problems offer."""

from collections.abc import Iterable

from lms.markup.problem import Problem


def mend(text: str, problems: Iterable[Problem]) -> str:
    """Return a normalised text with every offered fix applied; of two that overlap the first is taken."""
    fixes = sorted((problem.fix for problem in problems if problem.fix), key=lambda fix: (fix.start, fix.end))
    pieces: list[str] = []
    position = 0
    for fix in fixes:
        if fix.start >= position:
            pieces += [text[position : fix.start], fix.text]
            position = fix.end
    return "".join([*pieces, text[position:]])
