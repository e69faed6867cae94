"""Publishing a course from its files: versions, what they keep, and what is refused."""

import json
import threading
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms.catalogue import actions
from lms.catalogue.actions import Publication, publish
from lms.catalogue.archive import digest_of
from lms.catalogue.models import CourseVersion, StoredFile
from lms.catalogue.queries import find_published, get_published, get_version, stored_files
from lms.catalogue.reading import load_folder, read_registries
from lms.clock import utcnow
from lms.database import ImmutableRowError, db
from lms.ledger.actor import SYSTEM
from lms.ledger.models import LedgerEntry

pytestmark = pytest.mark.every_database

SAMPLES = Path(__file__).parent.parent / "samples" / "courses"
SLUG = "aarhus-sample"
LESSON = "01-request/02-grounds.{}.md"
TEST = "02-final/01-final-test.{}.md"
REGISTRIES = read_registries(SAMPLES)


def sample(*changes: tuple[str, str, str]) -> dict[str, bytes]:
    """Return the files of the sample course, each change being a path, an old and a new text."""
    files = dict(load_folder(SAMPLES / SLUG))
    for path, old, new in changes:
        assert old.encode() in files[path]
        files[path] = files[path].replace(old.encode(), new.encode())
    return files


def everywhere(path: str, texts: dict[str, tuple[str, str]]) -> list[tuple[str, str, str]]:
    """Return the same change in every language."""
    return [(path.format(language), old, new) for language, (old, new) in texts.items()]


NEW_WORDING = [(LESSON.format("ru"), "Отказ — право", "Отказать — право")]
NEW_KEY = everywhere(TEST, dict.fromkeys(("ru", "kk", "en"), ("- = 3\n", "- = 4\n")))


def published(files: dict[str, bytes], **options: object) -> Publication:
    done = publish(SLUG, files, REGISTRIES, note="", by=SYSTEM, now=utcnow(), **options)  # type: ignore[arg-type]
    db.session.commit()
    return done


def test_a_version_is_named_by_the_digest_of_its_files_and_gives_them_back(context: Flask) -> None:
    files = sample()

    version = published(files).version

    assert version.number == 1
    assert version.digest == digest_of(files, REGISTRIES)
    kept = stored_files(version)
    assert set(files) < set(kept)
    assert digest_of(kept, REGISTRIES) == version.digest
    assert set(json.loads(kept["laws.json"])) == {"aarhus", "appc", "ratification"}
    assert set(json.loads(kept["glossary.json"])) == {"environmental-information"}


def test_a_published_course_is_whole_in_every_language(context: Flask) -> None:
    published(sample())

    course = get_published(SLUG)

    assert [unit.id for unit in course.units] == ["request/clock", "request/grounds", "final/final-test"]
    assert course.required == ("request/clock", "request/grounds", "final/final-test")
    for language in ("kk", "ru", "en"):
        lesson = course.unit("request/clock").page(language)
        assert lesson.language == language
        assert "extension" in lesson.questions
        assert lesson.headings[0][0] == "s1"
        test = course.unit("final/final-test").page(language)
        assert len(test.questions) == 12
        assert list(test.scenarios) == ["case-emissions"]
    assert course.unit("request/clock").page("kk").is_review_pending


def test_publishing_the_same_files_again_is_no_new_version(context: Flask) -> None:
    first, again = published(sample()), published(sample())

    assert first.is_new
    assert not again.is_new
    assert again.version.id == first.version.id


def test_a_broken_course_is_refused_and_the_version_in_service_stays(context: Flask) -> None:
    published(sample())
    broken = sample((TEST.format("ru"), "- (x) Не позднее одного месяца", "- (v) Не позднее одного месяца"))

    with pytest.raises(actions.CourseHasProblems) as refusal:
        published(broken)
    db.session.rollback()

    assert {problem.path for problem in refusal.value.problems if problem.level == "error"} >= {TEST.format("ru")}
    assert get_published(SLUG).number == 1
    assert db.session.scalar(select(func.count()).select_from(CourseVersion)) == 1


def test_new_wording_is_editorial_and_asks_nobody_again(context: Flask) -> None:
    published(sample())

    version = published(sample(*NEW_WORDING)).version

    assert version.change == "editorial"
    assert [unit.since for unit in get_published(SLUG).units] == [1, 1, 1]


def test_a_substantive_change_asks_for_the_changed_lesson_again(context: Flask) -> None:
    published(sample())

    published(sample(*NEW_WORDING), change="substantive")

    assert [unit.since for unit in get_published(SLUG).units] == [1, 2, 1]


def test_a_new_key_is_never_editorial(context: Flask) -> None:
    published(sample())

    with pytest.raises(actions.ChangeTooLarge):
        published(sample(*NEW_KEY), change="editorial")
    db.session.rollback()

    assert published(sample(*NEW_KEY)).version.change == "substantive"


def test_an_older_state_published_again_is_a_new_version(context: Flask) -> None:
    published(sample())
    published(sample(*NEW_WORDING))

    version = published(sample()).version

    assert version.number == 3
    assert version.digest == digest_of(sample(), REGISTRIES)


def test_an_old_version_stays_as_it_was(context: Flask) -> None:
    first = published(sample()).version
    published(sample(*NEW_WORDING))

    old = get_version(first.id).unit("request/grounds").page("ru")
    new = get_published(SLUG).unit("request/grounds").page("ru")

    assert "Отказ — право" in "".join(block for block in old.blocks if isinstance(block, str))
    assert "Отказать — право" in "".join(block for block in new.blocks if isinstance(block, str))
    first.note = "rewritten"
    with pytest.raises(ImmutableRowError):
        db.session.flush()


def test_somebody_who_compared_with_an_older_version_is_told(context: Flask) -> None:
    published(sample())
    published(sample(*NEW_WORDING))

    with pytest.raises(actions.PublishedMeanwhile):
        published(sample(*NEW_KEY), expected=1)


def test_files_that_did_not_change_are_stored_once(context: Flask) -> None:
    published(sample())
    before = db.session.scalar(select(func.count()).select_from(StoredFile)) or 0

    published(sample(*NEW_WORDING))

    assert db.session.scalar(select(func.count()).select_from(StoredFile)) == before + 1


def test_publishing_is_in_the_ledger_with_the_digest(context: Flask) -> None:
    version = published(sample()).version

    entry = db.session.scalars(select(LedgerEntry)).one()
    assert entry.kind == "course published"
    assert json.loads(entry.facts or "")["digest"] == version.digest
    assert version.recorded_at == entry.recorded_at


def test_a_retired_course_is_out_of_the_catalogue(context: Flask) -> None:
    published(sample())
    row = db.session.scalars(select(actions.Course)).one()
    row.retired_at = utcnow()
    db.session.commit()

    assert find_published(SLUG) is None


def test_publishers_at_once_make_one_version_of_one_state(context: Flask, app: Flask) -> None:
    ready, said = threading.Barrier(4), []

    def run() -> None:
        with app.app_context():
            ready.wait()
            said.append(published(sample()).is_new)
            db.session.remove()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(said) == [False, False, False, True]
