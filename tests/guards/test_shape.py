"""Functions, files and templates stay small enough to be read at once, and modules are named and introduced."""

import ast

from lms.config import ROOT
from tests.guards.source import modules, refuse

MOST_LINES_OF_FUNCTION = 40
MOST_LINES_OF_FILE = {"*.py": 350, "*.html": 150}
VAGUE = {"common", "helper", "helpers", "misc", "util", "utils"}


def test_no_function_is_longer_than_a_screen() -> None:
    refuse(
        [
            f"{module.place}:{function.lineno}: {function.name} has {length}"
            for module in modules().values()
            for function in module.functions()
            if (length := (function.end_lineno or function.lineno) - function.lineno + 1) > MOST_LINES_OF_FUNCTION
        ],
        f"A function has at most {MOST_LINES_OF_FUNCTION} lines.",
    )


def test_no_file_has_grown_too_long_to_be_about_one_thing() -> None:
    refuse(
        [
            f"{path.relative_to(ROOT)} has {length}, and may have {limit}"
            for pattern, limit in MOST_LINES_OF_FILE.items()
            for path in sorted((ROOT / "lms").rglob(pattern))
            if (length := path.read_text(encoding="utf-8").count("\n")) > limit
        ],
        "A file is about one thing; this many lines are about two.",
    )


def test_every_module_is_named_after_what_it_holds() -> None:
    refuse(
        [module.place for module in modules().values() if set(module.name.split(".")) & VAGUE],
        "A module is named after what it holds.",
    )


def test_every_module_says_in_a_sentence_what_it_is_for() -> None:
    refuse(
        [module.place for module in modules().values() if not (ast.get_docstring(module.tree) or "").strip()],
        "A module begins with a docstring.",
    )
