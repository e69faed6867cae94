"""The commands `lms courses`, as somebody at a terminal meets them."""

import json

import pytest
from click.testing import Result
from flask import Flask

from lms.catalogue.queries import find_published, get_published
from tests.make import Make
from tests.studio.conftest import SLUG, CourseFolder

TEST = "02-final/01-final-test.ru.md"


@pytest.fixture
def lms(app: Flask, folder: CourseFolder):
    """Return a function that runs `lms courses …`."""

    def run(*arguments: str) -> Result:
        return app.test_cli_runner().invoke(args=["courses", *arguments])

    return run


def test_a_sound_course_has_nothing_to_say(lms, folder: CourseFolder) -> None:
    result = lms("check", str(folder.path))

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "1 course, 0 errors, 0 warnings\n"


def test_every_problem_is_a_line_that_leads_to_its_place(lms, folder: CourseFolder) -> None:
    folder.break_it()

    result = lms("check", str(folder.path))

    (line,) = result.stdout.splitlines()
    number = next(n for n, text in enumerate(folder.lines(TEST), 1) if text.startswith("## "))
    assert result.exit_code == 1
    assert line.startswith(f"{folder.path}/{TEST}:{number}:")
    assert " error right-options: Right options: " in line


def test_a_folder_of_courses_is_checked_whole_with_its_registries(lms, folder: CourseFolder) -> None:
    folder.break_it()
    (folder.courses / "laws.toml").write_text("[broken", encoding="utf-8")

    result = lms("check", str(folder.courses))

    places = {line.partition(":")[0] for line in result.stdout.splitlines()}
    assert {f"{folder.path}/{TEST}", f"{folder.courses}/laws.toml"} <= places


def test_without_a_path_the_configured_folder_is_checked(lms, folder: CourseFolder) -> None:
    folder.break_it()

    assert TEST in lms("check").stdout


@pytest.mark.parametrize(("language", "words"), [("kk", "Дұрыс"), ("ru", "Верный ответ"), ("en", "Right options")])
def test_problems_are_told_in_three_languages(language: str, words: str, lms, folder: CourseFolder) -> None:
    folder.break_it()

    assert words in lms("check", str(folder.path), "--lang", language).stdout


def test_problems_come_as_json_for_programs(lms, folder: CourseFolder) -> None:
    folder.break_it()

    (problem,) = json.loads(lms("check", str(folder.path), "--format", "json").stdout)

    assert (problem["level"], problem["code"]) == ("error", "right-options")
    assert problem["path"] == f"{folder.path}/{TEST}"


def test_an_empty_folder_is_a_wrong_call(lms, tmp_path) -> None:
    (tmp_path / "empty").mkdir()

    assert lms("check", str(tmp_path / "empty")).exit_code == 2


def test_a_course_is_published_and_named(lms, context: Flask, folder: CourseFolder, make: Make) -> None:
    trainer = make.person()

    result = lms("publish", str(folder.path), "--note", "First", "--by", trainer.login_name)

    assert (result.exit_code, result.stdout) == (0, f"{SLUG}: version 1 published (substantive).\n")
    assert get_published(SLUG).number == 1


def test_publishing_what_is_in_service_says_so_unless_told_to_be_quiet(lms, folder: CourseFolder) -> None:
    lms("publish", str(folder.path))

    again, quiet = lms("publish", str(folder.path)), lms("publish", str(folder.path), "--if-changed")

    assert again.stdout == f"{SLUG}: version 1 in service holds these very files; nothing to publish.\n"
    assert (again.exit_code, quiet.exit_code, quiet.output) == (0, 0, "")


def test_a_broken_course_is_refused_with_its_problems(lms, context: Flask, folder: CourseFolder) -> None:
    folder.break_it()

    result = lms("publish", str(folder.courses))

    assert result.exit_code == 1
    assert "right-options" in result.stdout
    assert f"{folder.path}/{TEST}:" in result.stdout
    assert result.stderr == f"{SLUG}: not published, 1 error; it has no version in service yet.\n"
    assert find_published(SLUG) is None


def test_a_kind_of_change_that_does_not_fit_is_refused_in_a_sentence(lms, folder: CourseFolder) -> None:
    lms("publish")
    folder.change_key()

    result = lms("publish", "--change", "editorial")

    assert result.exit_code == 1
    assert "this is not an editorial change" in result.stderr


def test_a_stranger_cannot_publish(lms) -> None:
    result = lms("publish", "--by", "nobody")

    assert result.exit_code == 2
    assert "nobody" in result.stderr


def test_a_dry_run_tells_the_impact_and_writes_nothing(lms, context: Flask, folder: CourseFolder) -> None:
    lms("publish")
    folder.change_key()

    result = lms("publish", "--dry-run")

    assert result.exit_code == 0
    assert f"{SLUG}: would be version 2\n" in result.stdout
    assert "  keys changed: final/final-test#forward\n" in result.stdout
    assert "  kinds of change that fit: substantive, invalidating\n" in result.stdout
    assert "  learning now: 0\n" in result.stdout
    assert get_published(SLUG).number == 1


def test_a_dry_run_of_a_broken_course_fails(lms, folder: CourseFolder) -> None:
    folder.break_it()

    result = lms("publish", "--dry-run")

    assert result.exit_code == 1
    assert "right-options" in result.stdout


def test_a_dry_run_fails_where_the_kind_of_change_does_not_fit(lms, folder: CourseFolder) -> None:
    lms("publish")
    folder.change_key()

    assert lms("publish", "--dry-run", "--change", "editorial").exit_code == 1


def test_the_status_names_versions_and_the_state_of_files(lms, folder: CourseFolder) -> None:
    assert f"{SLUG}: not published; files changed" in lms("status").stdout

    lms("publish")
    assert f"{SLUG}: version 1 sha-256 " in lms("status").stdout
    assert "; files the same; " in lms("status").stdout

    folder.break_it()
    assert "; files with 1 error; " in lms("status").stdout


@pytest.mark.parametrize("command", ["check", "publish", "status"])
def test_every_command_explains_itself_with_an_example(command: str, lms) -> None:
    assert f"Example: lms courses {command}" in lms(command, "--help").output
