"""The checker at the terminal."""

import json
import shutil
from pathlib import Path

import pytest

from lms.catalogue.check import main
from lms.markup.mending import mend
from lms.markup.problem import Fix, Problem
from tests.catalogue.course_files import QUIZ_HEAD, SAMPLES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(SAMPLES / "courses", tmp_path / "courses")
    return tmp_path / "courses" / "aarhus-sample"


def test_a_course_without_problems_prints_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(folder)]) == 0
    assert capsys.readouterr().out == ""


def test_problems_are_lines_in_the_language_asked_for(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "02-final" / "02-more.ru.md").write_text(QUIZ_HEAD + "## Срок?\n{#a}\n\n- = *\n", "utf-8")

    assert main([str(folder), "--lang", "ru"]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == (
        "aarhus-sample/02-final/02-more.ru.md:9:1: error answer-too-wide: Такой образец принимает любой ответ"
    )


def test_json_tells_the_fix(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "02-final" / "02-more.ru.md"
    path.write_text(QUIZ_HEAD + "## Срок?\n{#a}\n\n-(x) Год\n- ( ) Месяц\n", "utf-8")

    main([str(folder), "--format", "json"])

    problem = json.loads(capsys.readouterr().out)[-1]
    start = path.read_text("utf-8").index("-(x)")
    assert problem["code"] == "marker-wrong"
    assert problem["fix"] == {"start": start, "end": start + 5, "text": "- (x) "}


def test_fixes_are_applied_to_the_files(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "02-final" / "02-more.ru.md"
    text = QUIZ_HEAD + "## Срок?\r\n{№a unit=«дней»}\r\n\r\n-(x) Год\r\n– ( ) Оpган\r\n"
    path.write_bytes(text.encode())

    assert main([str(folder), "--fix"]) == 0
    assert path.read_text("utf-8") == QUIZ_HEAD + '## Срок?\n{#a unit="дней"}\n\n- (x) Год\n- ( ) Орган\n'
    assert "translation-missing" in capsys.readouterr().out


def test_of_two_fixes_that_overlap_the_first_is_taken() -> None:
    problems = [Problem("a", 1, 1, "syntax", fix=fix) for fix in (Fix(2, 4, "X"), Fix(1, 3, "Y"), Fix(5, 5, "Z"))]

    assert mend("abcdef", problems) == "aYdeZf"
