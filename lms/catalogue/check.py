"""Check a course folder from the terminal: `python -m lms.catalogue.check courses/aarhus-basics`."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from lms.catalogue.problems import message
from lms.catalogue.reading import load_folder, read_course, read_registries
from lms.languages import LANGUAGES
from lms.markup.mending import mend
from lms.markup.problem import Problem
from lms.markup.source import normalise_text


def check_folder(folder: Path) -> tuple[Problem, ...]:
    """Return the problems of a course and of the registries beside it, with paths from the registries' folder."""
    registries = read_registries(folder.parent)
    reading = read_course(load_folder(folder), folder.name, registries)
    return (*registries.problems, *(replace(one, path=f"{folder.name}/{one.path}") for one in reading.problems))


def mend_folder(folder: Path) -> int:
    """Apply every fix that the problems of a course offer to its files; return how many files changed."""
    problems = read_course(load_folder(folder), folder.name, read_registries(folder.parent)).problems
    by_path: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.fix:
            by_path.setdefault(problem.path, []).append(problem)
    for path, fixable in by_path.items():
        text = normalise_text((folder / path).read_bytes())
        (folder / path).write_bytes(mend(text, fixable).encode())
    return len(by_path)


def as_line(problem: Problem, language: str) -> str:
    """Return a problem as compilers write it."""
    place = f"{problem.path}:{problem.line}:{problem.column}"
    return f"{place}: {problem.level} {problem.code}: {message(problem, language)}"


def as_document(problem: Problem, language: str) -> dict[str, Any]:
    """Return a problem as JSON-able values."""
    document = {
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "level": problem.level,
        "code": problem.code,
        "message": message(problem, language),
        "facts": dict(problem.facts),
    }
    return document | ({"fix": asdict(problem.fix)} if problem.fix else {})


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the problems of the courses named; return 1 if any of them is an error."""
    parser = ArgumentParser(prog="python -m lms.catalogue.check", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--lang", choices=LANGUAGES, default="en")
    parser.add_argument("--fix", action="store_true", help="first apply every fix that is offered")
    options = parser.parse_args(arguments)
    folders = [folder.resolve() for folder in options.folders]
    for folder in folders if options.fix else ():
        mend_folder(folder)
    problems = [problem for folder in folders for problem in check_folder(folder)]
    for line in _shown(problems, options.format, options.lang):
        print(line)
    return int(any(problem.level == "error" for problem in problems))


def _shown(problems: Sequence[Problem], format_: str, language: str) -> Iterator[str]:
    if format_ == "json":
        documents = [as_document(problem, language) for problem in problems]
        yield json.dumps(documents, ensure_ascii=False, indent=1)
    else:
        yield from (as_line(problem, language) for problem in problems)


if __name__ == "__main__":
    sys.exit(main())
