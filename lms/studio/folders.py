"""Course folders as they lie on the disk, read and checked; what has not changed since is not read again."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from lms.catalogue.archive import normalise
from lms.catalogue.course import Course, Law, Term
from lms.catalogue.reading import Reading, RegistriesRead, load_folder, read_course, read_registries
from lms.catalogue.registries import GLOSSARY, LAWS
from lms.catalogue.sources import COURSE_FILE, is_written_by_program
from lms.markup.problem import Problem
from lms.markup.source import normalise_text

KEPT_FOLDERS = 16

Signature = tuple[tuple[str, int, int], ...]  # path, size and time of change of every file


@dataclass(frozen=True, slots=True)
class Stored:
    """What a version was made of: the digest of each file by its path, and the registry entries that it uses."""

    digests: Mapping[str, str]
    laws: Mapping[str, Law]
    terms: Mapping[str, Term]


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of a course, and the registries beside it, as they were at one moment."""

    path: Path
    files: Mapping[str, bytes]
    registries: RegistriesRead

    @property
    def slug(self) -> str:
        """Return the course's id, which is the folder's name."""
        return self.path.name

    def makes(self, stored: Stored) -> bool:
        """Say whether these files would make just this version, without parsing any of them.

        Which entries a version uses follows from its files and from these entries, so that the rest may differ.
        """
        kept = {path: digest for path, digest in stored.digests.items() if not is_written_by_program(path)}
        return (
            kept == self._digests()
            and all(self.registries.laws.get(name) == law for name, law in stored.laws.items())
            and all(self.registries.terms.get(name) == term for name, term in stored.terms.items())
        )

    def fingerprint(self) -> str:
        """Return a digest of all that lies there, by which a form knows whether it is still the same."""
        return hashlib.sha256(repr((sorted(self._digests().items()), self.registries)).encode()).hexdigest()

    def line(self, problem: Problem) -> str:
        """Return the line of a file that a problem is about; nothing if there is none to show."""
        try:
            lines = normalise_text(self.files.get(problem.path, b"")).splitlines()
        except UnicodeDecodeError:
            return ""
        return lines[problem.line - 1] if problem.line <= len(lines) else ""

    def _digests(self) -> dict[str, str]:
        return {
            path: hashlib.sha256(normalise(path, data)).hexdigest()
            for path, data in self.files.items()
            if not is_written_by_program(path)
        }


@dataclass(frozen=True, slots=True)
class Checked:
    """A course folder with what the checker says of it."""

    folder: Folder
    reading: Reading

    @property
    def course(self) -> Course | None:
        """Return the course as far as it can be made out."""
        return self.reading.course

    @property
    def errors(self) -> int:
        """Return how many problems keep it from being published."""
        return sum(problem.level == "error" for problem in self.reading.problems)

    @property
    def warnings(self) -> int:
        """Return how many problems are only worth a look."""
        return len(self.reading.problems) - self.errors

    @property
    def unreviewed(self) -> list[str]:
        """Return the files that no native editor has read yet."""
        units = self.course.units if self.course else ()
        return sorted(page.path for unit in units for page in unit.pages.values() if page.is_review_pending)


def list_folders(path: Path) -> list[Path]:
    """Return a course folder itself, or every folder in a folder of courses but hidden ones.

    A folder with modules is a course even where its `course.toml` is missing, so that this is found out.
    """
    if (path / COURSE_FILE).is_file() or any(path.glob("[0-9][0-9]-*")):
        return [path]
    return sorted(one for one in path.glob("*") if one.is_dir() and not one.name.startswith((".", "_")))


def open_folder(path: Path) -> Folder:
    """Read the files of a course and the registries beside it."""
    return Folder(path, load_folder(path), read_registries(path.parent))


def check_folder(path: Path) -> Checked:
    """Read and check a course folder; unchanged files are not read twice in a process."""
    return _check(path, tuple(_signature(path)))


@lru_cache(maxsize=KEPT_FOLDERS)
def _check(path: Path, _signature: Signature) -> Checked:
    folder = open_folder(path)
    return Checked(folder, read_course(folder.files, folder.slug, folder.registries))


def _signature(path: Path) -> Iterator[tuple[str, int, int]]:
    registries = (path.parent / name for name in (LAWS, GLOSSARY))
    for file in sorted([*path.rglob("*"), *registries]):
        if file.is_file():
            facts = file.stat()
            yield str(file), facts.st_size, facts.st_mtime_ns


def list_problems(folders: Iterable[Path]) -> Iterator[Problem]:
    """Yield the problems of some courses, then of the registries beside them, with paths that lead to the files."""
    registries: dict[Path, RegistriesRead] = {}
    for path in folders:
        checked = check_folder(path)
        registries[path.parent] = checked.folder.registries
        yield from (placed(problem, path) for problem in checked.reading.problems)
    for path, read in registries.items():
        yield from (placed(problem, path) for problem in read.problems)


def placed(problem: Problem, folder: Path) -> Problem:
    """Return a problem with the path that leads to its file from where the command was called."""
    return replace(problem, path=str(folder / problem.path))
