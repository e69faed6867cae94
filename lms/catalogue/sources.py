"""What the names of a course's files say: modules, units, languages, media."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lms.languages import LANGUAGES
from lms.markup.problem import Problem

SLUG = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
MODULE_FILE = re.compile(rf"(?P<folder>(?P<number>[0-9]{{2}})-(?P<module>{SLUG}))/module\.toml")
UNIT_FILE = re.compile(
    rf"(?P<folder>(?P<number>[0-9]{{2}})-(?P<module>{SLUG}))/"
    rf"(?P<place>[0-9]{{2}})-(?P<unit>{SLUG})\.(?P<language>{'|'.join(LANGUAGES)})\.md"
)
MEDIA_FILE = re.compile(r"media/[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?\.(?:png|jpe?g|webp|svg|pdf|mp3|m4a|ogg)")
COURSE_FILE = "course.toml"
LAWS_DOCUMENT, GLOSSARY_DOCUMENT, SUMS = "laws.json", "glossary.json", "SHA256SUMS"
TEXT_SUFFIXES = (".md", ".toml", ".svg")


@dataclass(frozen=True, slots=True)
class UnitFiles:
    """The files of a lesson or a quiz by language."""

    module: str
    slug: str
    paths: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ModuleFiles:
    """The folder of a module."""

    folder: str
    slug: str
    units: tuple[UnitFiles, ...]


def is_text(path: str) -> bool:
    """Say whether a file is text, which versions keep normalised."""
    return path.endswith(TEXT_SUFFIXES)


def is_written_by_program(path: str) -> bool:
    """Say whether a file of a version is none of the author's; it is passed over in an imported version."""
    return path in (LAWS_DOCUMENT, GLOSSARY_DOCUMENT, SUMS)


def read_names(paths: Iterable[str]) -> tuple[tuple[ModuleFiles, ...], list[Problem]]:
    """Return the modules and units in the order of their numbers; report names that do not fit or stand twice."""
    problems: list[Problem] = []
    folders: dict[str, dict[tuple[str, str], dict[str, str]]] = {}
    for path in sorted(paths):
        if unit := UNIT_FILE.fullmatch(path):
            units = folders.setdefault(unit["folder"], {})
            units.setdefault((unit["place"], unit["unit"]), {})[unit["language"]] = path
        elif module := MODULE_FILE.fullmatch(path):
            folders.setdefault(module["folder"], {})
        elif path != COURSE_FILE and not MEDIA_FILE.fullmatch(path) and not is_written_by_program(path):
            problems.append(Problem(path, 1, 1, "file-stray", {"name": path.rpartition("/")[2]}))
    modules = tuple(
        ModuleFiles(
            folder,
            folder[3:],
            tuple(UnitFiles(folder[3:], slug, files) for (_, slug), files in sorted(folders[folder].items())),
        )
        for folder in sorted(folders)
    )
    return modules, [*problems, *_doubles(modules)]


def _doubles(modules: Iterable[ModuleFiles]) -> Iterable[Problem]:
    """Yield slugs that stand twice: of modules, and of units whatever their module."""
    seen_modules: dict[str, str] = {}
    seen_units: dict[str, str] = {}
    for module in modules:
        first = seen_modules.setdefault(module.slug, module.folder)
        if first != module.folder:
            path = f"{module.folder}/module.toml"
            yield Problem(path, 1, 1, "duplicate-name", {"name": module.slug, "file": first})
        for unit in module.units:
            path = next(iter(unit.paths.values()))
            first = seen_units.setdefault(unit.slug, path)
            if first != path:
                yield Problem(path, 1, 1, "duplicate-name", {"name": unit.slug, "file": first})
