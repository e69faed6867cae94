"""Read a whole course: every file by itself, then the files together. Never raises, whatever the bytes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lms.catalogue.course import Course, Law, Module, Page, QuizSettings, Registries, Term, Unit
from lms.catalogue.links import Surroundings
from lms.catalogue.outline import Outline, read_completion, read_module_title, read_outline
from lms.catalogue.pages import WrittenPage, read_page
from lms.catalogue.registries import RegistriesRead, read_registries
from lms.catalogue.sources import COURSE_FILE, ModuleFiles, UnitFiles, is_text, read_names
from lms.catalogue.units import make_unit
from lms.markup.problem import Problem, in_reading_order
from lms.markup.source import Report, Source, normalise_text
from lms.questions.titles import is_slug

__all__ = [
    "Course",
    "Law",
    "Module",
    "Page",
    "QuizSettings",
    "Reading",
    "Registries",
    "RegistriesRead",
    "Term",
    "Unit",
    "load_folder",
    "read_course",
    "read_registries",
]


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a course: the course as far as it can be made out, and all problems in reading order.

    The course is None only if its `course.toml` is missing or cannot be read. Publish it only without errors.
    """

    course: Course | None
    problems: tuple[Problem, ...]

    @property
    def has_errors(self) -> bool:
        """Say whether anything stops publishing."""
        return any(problem.level == "error" for problem in self.problems)


def load_folder(folder: Path) -> Mapping[str, bytes]:
    """Return the files of a folder by their path in it; names that begin with a dot are left out."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    inside = ((path.relative_to(folder), path) for path in paths)
    return {
        relative.as_posix(): path.read_bytes()
        for relative, path in inside
        if not any(part.startswith(".") for part in relative.parts)
    }


def read_course(files: Mapping[str, bytes], slug: str, registries: Registries) -> Reading:
    """Read a course from its files by path; report everything that is wrong with it at once."""
    return _CourseReader(files, slug, registries).read()


class _CourseReader:
    """Read the files of one course."""

    def __init__(self, files: Mapping[str, bytes], slug: str, registries: Registries) -> None:
        """Prepare to read; nothing is opened but what the mapping holds."""
        self.files = files
        self.slug = slug
        self.registries = registries
        self.problems: list[Problem] = []
        self.reports: list[Report] = []

    def read(self) -> Reading:
        """Return the course and its problems."""
        modules, problems = read_names(self.files)
        self.problems += problems
        if not is_slug(self.slug):
            self._note(COURSE_FILE, "file-stray", name=self.slug)
        texts = self._open_texts()
        outline = self._read_outline(texts)
        course = self._read_modules(outline, modules, texts) if outline else None
        self.problems += (problem for report in self.reports for problem in report.problems)
        return Reading(course, tuple(sorted(self.problems, key=in_reading_order)))

    def _note(self, path: str, code: str, /, **facts: str) -> None:
        self.problems.append(Problem(path, 1, 1, code, facts))

    def _open_texts(self) -> Mapping[str, Report]:
        """Return a report for each text file that is UTF-8."""
        texts = {}
        for path, data in self.files.items():
            if is_text(path):
                try:
                    texts[path] = Report(Source(path, normalise_text(data)))
                except UnicodeDecodeError:
                    self._note(path, "not-utf8")
        self.reports = list(texts.values())
        return texts

    def _read_outline(self, texts: Mapping[str, Report]) -> Outline | None:
        if COURSE_FILE not in self.files:
            self._note(COURSE_FILE, "file-missing", path=COURSE_FILE)
        return read_outline(texts[COURSE_FILE]) if COURSE_FILE in texts else None

    def _read_modules(self, outline: Outline, folders: Sequence[ModuleFiles], texts: Mapping[str, Report]) -> Course:
        around = Surroundings(self.files.keys(), self.registries, outline.topics)
        modules = []
        for folder in folders:
            path = f"{folder.folder}/module.toml"
            if path not in self.files:
                self._note(path, "file-missing", path=path)
            title = read_module_title(texts[path], outline.languages) if path in texts else {}
            units = (self._read_unit(unit, outline, around, texts) for unit in folder.units)
            modules.append(Module(folder.slug, title, tuple(unit for unit in units if unit)))
        return _course(self.slug, outline, modules)

    def _read_unit(
        self, files: UnitFiles, outline: Outline, around: Surroundings, texts: Mapping[str, Report]
    ) -> Unit | None:
        """Read the pages of a unit, the reference first; None if it has none that can be read."""
        pages: list[WrittenPage] = []
        for lang in outline.languages:
            if lang not in files.paths:
                self._note(next(iter(files.paths.values())), "translation-missing", lang=lang)
            elif files.paths[lang] in texts:
                page = read_page(texts[files.paths[lang]], lang, around)
                pages += [page] if page else []
        for lang, path in files.paths.items():
            if lang not in outline.languages:
                self._note(path, "file-stray", name=path.rpartition("/")[2])
        return make_unit(files.module, files.slug, pages, outline.law_as_of) if pages else None


def _course(slug: str, outline: Outline, modules: Sequence[Module]) -> Course:
    units = [unit for module in modules for unit in module.units]
    return Course(
        slug=slug,
        languages=outline.languages,
        title=outline.title,
        summary=outline.summary,
        audience=outline.audience,
        hours=outline.hours,
        is_open=outline.is_open,
        law_as_of=outline.law_as_of,
        lessons_required=read_completion(outline, "lessons", [unit.id for unit in units if unit.kind == "lesson"]),
        quizzes_required=read_completion(outline, "quizzes", [unit.id for unit in units if unit.kind == "quiz"]),
        valid_for=outline.valid_for,
        template=outline.template,
        topics=outline.topics,
        modules=tuple(modules),
    )
