"""Imports point one way, stand at the top of the file, and keep Flask and the database out of pure modules."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from tests.guards.source import Module, modules, refuse

# Each line may import only what stands on it and above it; "" is lms/__init__.py.
ORDER = (
    ("config", "database", "clock", "errors", "permissions", "languages", "letters"),
    ("markup",),
    ("questions",),
    ("web",),
    ("ledger",),
    ("mail",),
    ("centres",),
    ("accounts",),
    ("catalogue",),
    ("enrolments",),
    ("certificates",),
    ("learning",),
    ("quizzes",),
    ("desk",),
    ("reports",),
    ("studio",),
    ("demo",),
    ("worker",),
    ("serving",),
    ("",),
    ("cli",),
    ("__main__",),
)
LINE = {name: line for line, names in enumerate(ORDER) for name in names}

# A feature's files with these names do things; every other file of it only decides, so that values alone can test it.
DOING = {"__init__", "models", "queries", "actions", "jobs", "forms", "views", "cli"}
PURE_PACKAGES = {"markup", "questions"}
PURE_FOUNDATION = {"clock", "errors", "languages", "letters", "permissions"}
NO_FEATURE = {"web", "demo", "worker", "serving", "cli", "__main__", ""}
IMPURE = ("flask", "sqlalchemy", "werkzeug", "wtforms", "click", "psycopg")
WORDS = "flask_babel"  # a refusal is worded for the person who reads it, also by a rule
GLUE = {
    "lms.accounts.sign_in",  # what Flask-Login calls at each request
    "lms.studio.publishing",  # what the page, the command and `lms run` share; it owns the commit of each course
}


def part(name: str) -> str:
    """Return the top-level part of lms that a module belongs to."""
    return name.removeprefix("lms").removeprefix(".").partition(".")[0]


def imported(module: Module) -> Iterator[tuple[int, str]]:
    """Yield line and name of each module of lms that a module imports."""
    for line, name in module.imports():
        while name and name not in modules():
            name = name.rpartition(".")[0]
        if name and name != module.name:
            yield line, name


def is_pure(name: str) -> bool:
    """Say whether a module must decide by its arguments alone."""
    if part(name) in PURE_PACKAGES | PURE_FOUNDATION:
        return True
    is_feature = part(name) not in NO_FEATURE.union(ORDER[0])
    return is_feature and name.rpartition(".")[2] not in DOING and not modules()[name].is_package and name not in GLUE


def impure_libraries(module: Module) -> Iterator[tuple[int, str]]:
    """Yield line and name of each import of a library that knows requests or databases."""
    return (
        (line, name) for line, name in module.imports() if name.startswith(IMPURE) and name.partition(".")[0] != WORDS
    )


def impure_modules(module: Module) -> Iterator[tuple[int, str]]:
    """Yield line and name of each import of one of our modules that is not pure; a package's own docstring is."""
    return ((line, name) for line, name in imported(module) if not is_pure(name) and not modules()[name].is_package)


def test_every_part_has_its_line_in_the_order() -> None:
    refuse({part(name) for name in modules()} - set(LINE), "Place these in ORDER.")


def test_packages_import_only_packages_below_them() -> None:
    refuse(
        (
            f"{module.place}:{line}: {module.name} imports {name}, which stands above it"
            for module in modules().values()
            for line, name in imported(module)
            if LINE.get(part(name), 0) > LINE.get(part(module.name), 0)
        ),
        "Packages import only packages below them.",
    )


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {module.name: {name for _, name in imported(module)} for module in modules().values()}

    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        refuse([" imports ".join(reversed(error.args[1]))], "Modules do not import each other in a circle.")


def test_pure_modules_import_neither_flask_nor_sqlalchemy_nor_modules_that_do() -> None:
    refuse(
        (
            f"{module.place}:{line}: imports {name}"
            for module in modules().values()
            if is_pure(module.name)
            for line, name in [*impure_libraries(module), *impure_modules(module)]
        ),
        "Pure modules import neither Flask nor SQLAlchemy, nor modules that do.",
    )


def test_nothing_is_imported_inside_a_function() -> None:
    refuse(
        (
            f"{module.place}:{statement.lineno}: import in {function.name}"
            for module in modules().values()
            for function in module.functions()
            for statement in ast.walk(function)
            if isinstance(statement, ast.Import | ast.ImportFrom)
        ),
        "Imports stand at the top of the file.",
    )
