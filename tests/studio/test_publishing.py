"""Publishing from folders: what differs becomes a version, what is broken changes nothing."""

import shutil
import threading
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms.catalogue.models import CourseVersion
from lms.catalogue.queries import find_published, get_published
from lms.database import db
from lms.ledger.models import LedgerEntry
from lms.studio import folders, publishing
from lms.studio.folders import list_folders
from lms.studio.publishing import describe, publish_courses, publish_folder
from tests.make import Make
from tests.studio.conftest import LESSON, SLUG, CourseFolder


def publish(folder: CourseFolder) -> list[str]:
    return publish_folder(folder.courses, note="test")


def count_versions() -> int:
    return db.session.scalar(select(func.count(CourseVersion.id))) or 0


@pytest.mark.every_database
def test_a_course_becomes_its_first_version(context: Flask, folder: CourseFolder) -> None:
    lines = publish(folder)

    assert lines == [f"{SLUG}: version 1 published (substantive)."]
    assert get_published(SLUG).number == 1


def test_what_is_in_service_already_is_passed_over(context: Flask, folder: CourseFolder) -> None:
    publish(folder)

    assert publish(folder) == []
    assert count_versions() == 1


def test_what_is_in_service_already_is_not_even_parsed(
    context: Flask, folder: CourseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(folder)
    monkeypatch.setattr(publishing, "publish", None)
    monkeypatch.setattr(folders, "read_course", None)

    assert publish(folder) == []


def test_other_line_ends_and_unused_registry_entries_make_no_version(context: Flask, folder: CourseFolder) -> None:
    publish(folder)
    path = folder.path / LESSON
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    with (folder.courses / "glossary.toml").open("a", encoding="utf-8") as registry:
        registry.write('\n[unused]\nterm = { en = "Unused" }\ndefinition = { en = "Used by no course." }\n')

    assert publish(folder) == []


def test_a_changed_registry_entry_that_the_course_uses_makes_a_version(context: Flask, folder: CourseFolder) -> None:
    publish(folder)
    registry = folder.courses / "laws.toml"
    text = registry.read_text(encoding="utf-8")
    registry.write_text(text.replace("https://", "https://www.", 1), encoding="utf-8")

    assert publish(folder) == [f"{SLUG}: version 2 published (editorial)."]


@pytest.mark.every_database
def test_a_better_wording_is_an_editorial_version(context: Flask, folder: CourseFolder) -> None:
    publish(folder)
    folder.change_wording()

    assert publish(folder) == [f"{SLUG}: version 2 published (editorial)."]


def test_a_changed_key_is_a_substantive_version(context: Flask, folder: CourseFolder) -> None:
    publish(folder)
    folder.change_key()

    assert publish(folder) == [f"{SLUG}: version 2 published (substantive)."]


@pytest.mark.every_database
def test_a_changed_key_is_refused_as_editorial(context: Flask, folder: CourseFolder) -> None:
    publish(folder)
    folder.change_key()

    (outcome,) = publish_courses(list_folders(folder.courses), change="editorial", note="")

    assert "version 1 stays in service. A unit, a question, a key" in describe(outcome)
    assert count_versions() == 1


@pytest.mark.every_database
def test_a_broken_course_leaves_the_version_in_service(context: Flask, folder: CourseFolder) -> None:
    publish(folder)
    folder.break_it()

    (line,) = publish(folder)

    assert line == f"{SLUG}: not published, 1 error; version 1 stays in service."
    assert get_published(SLUG).number == 1


def test_a_broken_course_keeps_no_other_from_being_published(context: Flask, folder: CourseFolder) -> None:
    shutil.copytree(folder.path, folder.courses / "zebra")
    folder.break_it()

    lines = publish(folder)

    assert [line.partition(":")[0] for line in lines] == [SLUG, "zebra"]
    assert find_published(SLUG) is None
    assert get_published("zebra").number == 1


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"", b"---\n", "кириллица в CP1251".encode("cp1251")])
def test_any_bytes_in_any_file_are_refused_without_a_trace(data: bytes, context: Flask, folder: CourseFolder) -> None:
    (folder.path / LESSON).write_bytes(data)

    (line,) = publish(folder)

    assert "not published" in line
    assert count_versions() == 0


def test_a_course_file_that_is_missing_is_found_out(context: Flask, folder: CourseFolder) -> None:
    (folder.path / "course.toml").unlink()

    (outcome,) = publish_courses(list_folders(folder.path), note="")

    assert outcome.slug == SLUG
    assert [problem.code for problem in outcome.problems][:1] == ["file-missing"]


def test_who_published_stands_with_the_version_and_in_the_ledger(
    context: Flask, folder: CourseFolder, make: Make
) -> None:
    trainer = make.person()

    publish_folder(folder.courses, note="First", by=trainer)

    version = db.session.scalars(select(CourseVersion)).one()
    entry = db.session.scalars(select(LedgerEntry).where(LedgerEntry.kind == "course published")).one()
    assert (version.published_by_id, version.note) == (trainer.id, "First")
    assert entry.actor == trainer.pseudonym


@pytest.mark.every_database
def test_of_publishers_at_once_one_wins_and_the_others_are_told(app: Flask, folder: CourseFolder) -> None:
    with app.app_context():
        publish(folder)
    folder.change_wording()

    lines = at_once(app, lambda: publish(folder), times=4)

    told = sorted(line for answer in lines for line in answer)
    with app.app_context():
        assert get_published(SLUG).number == 2
        assert count_versions() == 2
    assert told.count(f"{SLUG}: version 2 published (editorial).") == 1
    assert set(told) <= {
        f"{SLUG}: version 2 published (editorial).",
        f"{SLUG}: version 2 in service holds these very files; nothing to publish.",
    }


@pytest.mark.every_database
def test_a_course_that_is_new_is_published_once_by_publishers_at_once(app: Flask, folder: CourseFolder) -> None:
    lines = at_once(app, lambda: publish(folder), times=4)

    assert sum("version 1 published" in line for answer in lines for line in answer) == 1
    with app.app_context():
        assert count_versions() == 1


def at_once(app: Flask, act: Callable[[], list[str]], *, times: int) -> list[list[str]]:
    """Let several threads do the same at the same moment; return what each was answered."""
    barrier, answers = threading.Barrier(times), []

    def run() -> None:
        with app.app_context():
            barrier.wait()
            answers.append(act())
            db.session.remove()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == times
    return answers
