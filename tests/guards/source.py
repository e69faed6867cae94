"""The program's own source as the guards read it: modules, what they import, functions."""

import ast
import importlib.util
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import pytest

from lms.config import ROOT


@dataclass(frozen=True)
class Module:
    """One Python file of lms."""

    path: Path

    @property
    def place(self) -> str:
        """The path as messages show it."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def is_package(self) -> bool:
        """Whether this is an __init__.py."""
        return self.path.name == "__init__.py"

    @property
    def name(self) -> str:
        """The dotted name."""
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if self.is_package else parts)

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return ast.parse(self.path.read_text(encoding="utf-8"), self.place)

    def imports(self) -> Iterator[tuple[int, str]]:
        """Yield line and dotted name of every import, names imported from a module included."""
        package = self.name if self.is_package else self.name.rpartition(".")[0]
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                source = importlib.util.resolve_name("." * node.level + (node.module or ""), package)
                yield from ((node.lineno, f"{source}.{alias.name}") for alias in node.names)

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Yield every function and method, nested ones too."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node


@lru_cache
def modules() -> dict[str, Module]:
    """Return every module of lms by its dotted name."""
    found = (Module(path) for path in sorted((ROOT / "lms").rglob("*.py")))
    return {module.name: module for module in found}


def refuse(offences: Iterable[str], rule: str) -> None:
    """Fail with the rule and one line for each offence, if there is any."""
    if lines := list(offences):
        pytest.fail("\n".join([rule, *lines]), pytrace=False)
