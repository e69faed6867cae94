"""Small courses for the tests of the course format: the sample course, with other files put in or exchanged."""

import json
from collections.abc import Mapping
from pathlib import Path

from lms.catalogue.reading import Reading, load_folder, read_course, read_registries
from lms.markup.problem import Problem

SAMPLES = Path(__file__).parents[1] / "samples"
REGISTRIES = read_registries(SAMPLES / "courses")
SAMPLE = load_folder(SAMPLES / "courses" / "aarhus-sample")
BARE = {path: data for path, data in SAMPLE.items() if path.startswith("media/") or path.endswith(".toml")}
BROKEN = SAMPLES / "broken"
EXPECTED: Mapping[str, list[dict[str, int | str]]] = json.loads((BROKEN / "expected.json").read_text("utf-8"))
OF_THE_COURSE = {"file-stray", "translation-missing", "translation-stale"}

QUIZ = "01-request/90-quiz.ru.md"
LESSON = "01-request/90-lesson.ru.md"
QUIZ_HEAD = "---\nkind: quiz\ntitle: Проверка\n---\n\n"
LESSON_HEAD = "---\ntitle: Урок\n---\n\n"


def read(files: Mapping[str, str | bytes]) -> Reading:
    """Read the sample course with some files put in; a text is written as UTF-8."""
    return read_course({**SAMPLE, **_as_bytes(files)}, "aarhus-sample", REGISTRIES)


def _as_bytes(files: Mapping[str, str | bytes]) -> Mapping[str, bytes]:
    return {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}


def problems_in(path: str, text: str | bytes, **others: str) -> list[Problem]:
    """Return what the checker says about one file that is put into the sample course, whose pages are left out."""
    reading = read_course({**BARE, **_as_bytes({path: text, **others})}, "aarhus-sample", REGISTRIES)
    return [problem for problem in reading.problems if problem.path == path and problem.code not in OF_THE_COURSE]


def quiz_problems(body: str, head: str = QUIZ_HEAD) -> list[Problem]:
    """Return what the checker says about a quiz with this text below its front matter."""
    return problems_in(QUIZ, head + body)


def lesson_problems(body: str, head: str = LESSON_HEAD) -> list[Problem]:
    """Return what the checker says about a lesson with this text below its front matter."""
    return problems_in(LESSON, head + body)


def codes(problems: list[Problem]) -> list[str]:
    """Return the codes of problems in their order."""
    return [problem.code for problem in problems]
