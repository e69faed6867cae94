"""The trainer's pages: own courses, the state of their files, the impact before publishing."""

import shutil
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from lms.catalogue.models import Course, CourseVersion
from lms.catalogue.queries import find_course, get_published
from lms.database import db
from lms.languages import LANGUAGES
from lms.permissions import Role
from lms.studio.publishing import publish_folder
from tests.make import Make
from tests.studio.conftest import SLUG, Browser, CourseFolder

HOME, PUBLISH = f"/studio/{SLUG}", f"/studio/{SLUG}/publish"


@pytest.fixture
def trainer(context: Flask, folder: CourseFolder, trainer_of: Callable[..., Browser]) -> Browser:
    """Return the browser of the trainer of the sample course, which is published."""
    publish_folder(folder.courses, note="First")
    return trainer_of(SLUG)


def numbers() -> list[int]:
    return list(db.session.scalars(select(CourseVersion.number).order_by(CourseVersion.number)))


def test_a_trainer_finds_their_courses_and_the_state_of_the_files(trainer: Browser) -> None:
    page = trainer.open("/studio")

    assert HOME in page.links().values()
    assert "Version 1" in page.text
    assert "As in service" in page.text


def test_the_courses_of_others_are_not_found(trainer: Browser) -> None:
    db.session.add(Course(slug="foreign"))
    db.session.commit()

    assert "foreign" not in trainer.open("/studio").text
    for address in ("foreign", "foreign/publish", "foreign/questions", "foreign/questions/a/b/c", "nowhere"):
        trainer.open(f"/studio/{address}", status=404)
    trainer.send("/studio/foreign/publish", status=404)


@pytest.mark.parametrize("role", [None, Role.ADMINISTRATOR])
def test_who_writes_no_course_is_turned_away(role: Role | None, make: Make, trainer_of, trainer: Browser) -> None:
    person = make.staff(role) if role else make.person()

    trainer_of(person=person).open("/studio", status=403)


def test_a_trainer_whose_course_has_neither_folder_nor_version_is_told_so(context: Flask, trainer_of) -> None:
    db.session.add(Course(slug="planned"))
    db.session.commit()
    trainer = trainer_of("planned")

    assert "not published yet" in trainer.open("/studio").text
    assert "There is no folder planned" in trainer.open("/studio/planned").text
    assert "There is no folder planned" in trainer.open("/studio/planned/publish").text
    trainer.open("/studio/planned/questions", status=404)


def test_versions_are_listed_with_kind_note_publisher_and_digest(trainer: Browser) -> None:
    text = trainer.open(HOME).text

    assert "Substantive" in text
    assert "First" in text
    assert "by the command" in text
    assert get_published(SLUG).digest[:12] in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_problems_of_the_files_are_shown_by_line_in_the_language_of_the_trainer(
    language: str, trainer: Browser, folder: CourseFolder
) -> None:
    folder.break_it()

    page = trainer.open(f"{HOME}?lang={language}")

    (problem,) = page.all("ul", class_="problems plain")
    words = {"kk": "Дұрыс", "ru": "Верный ответ", "en": "Right options: 1 needed, 0 marked"}[language]
    assert words in "".join(problem.itertext())
    assert "В какой срок" in "".join(problem.itertext())
    assert PUBLISH not in page.links().values()


def test_broken_files_cannot_be_published_from_the_page(trainer: Browser, folder: CourseFolder) -> None:
    fields = form_of(trainer, folder)
    folder.break_it()

    page = trainer.send(PUBLISH, fields)

    assert page.path == HOME
    assert "1 error: the files cannot be published" in page.text
    assert numbers() == [1]


def test_files_with_markup_in_them_are_shown_as_text(trainer: Browser, folder: CourseFolder) -> None:
    folder.write("02-final/01-final-test.ru.md", "\n## ", "\n<marquee onclick=x()>\n\n## ")

    page = trainer.open(HOME)

    assert "<marquee onclick=x()>" in page.text


def test_what_is_in_service_leads_nowhere(trainer: Browser) -> None:
    page = trainer.open(PUBLISH)

    assert page.path == HOME
    assert "The files are those of version 1" in page.text


def test_the_impact_names_what_changes_and_whom_it_concerns(trainer: Browser, folder: CourseFolder, make: Make) -> None:
    course = find_course(SLUG)
    assert course is not None
    make.enrolment(make.learner(), course.id)
    folder.change_key()

    page = trainer.open(PUBLISH)

    assert page.heading == "Publish version 2"
    assert "Changed keys forward final/final-test" in page.text
    assert "It is not editorial" in page.text
    assert "Learning now 1" in page.text
    assert "- - = 3" in page.text
    assert "+ - = 4" in page.text
    assert [radio.get("value") for radio in page.all("input", name="change")] == ["substantive", "invalidating"]
    assert page.fields()["change"] == "substantive"


def test_a_translation_that_stays_behind_is_named(trainer: Browser, folder: CourseFolder) -> None:
    reference = get_published(SLUG).languages[0]
    folder.write(f"01-request/01-clock.{reference}.md", "## ", "One more.\n\n## ")

    assert "Translations left behind" in trainer.open(PUBLISH).text


def test_a_trainer_publishes_what_they_were_shown(trainer: Browser, folder: CourseFolder) -> None:
    fields = form_of(trainer, folder)

    page = trainer.send(PUBLISH, fields | {"change": "substantive", "note": "A sentence more"})

    assert page.path == HOME
    assert "Version 2 is published" in page.text
    assert "A sentence more" in page.text
    assert (numbers(), get_published(SLUG).change) == ([1, 2], "substantive")


def test_a_double_click_publishes_once(trainer: Browser, folder: CourseFolder) -> None:
    fields = form_of(trainer, folder)
    trainer.send(PUBLISH, fields)

    page = trainer.send(PUBLISH, fields)

    assert "The files are those of version 2" in page.text
    assert numbers() == [1, 2]


def test_files_that_changed_after_the_impact_was_shown_are_not_published(
    trainer: Browser, folder: CourseFolder
) -> None:
    fields = form_of(trainer, folder)
    folder.change_key()

    page = trainer.send(PUBLISH, fields, status=422)

    assert "The files have changed since this page was opened" in page.text
    assert page.fields()["note"] == fields["note"]
    assert page.fields()["fingerprint"] != fields["fingerprint"]
    assert numbers() == [1]


def test_the_second_of_two_publishers_is_told_and_keeps_what_they_wrote(trainer: Browser, folder: CourseFolder) -> None:
    fields = form_of(trainer, folder)
    folder.change_key()
    publish_folder(folder.courses, note="Somebody else")
    folder.mend_it()
    folder.change_wording()

    page = trainer.send(PUBLISH, fields, status=422)

    assert "Somebody has published another version meanwhile" in page.text
    assert page.heading == "Publish version 3"
    assert page.fields()["note"] == fields["note"]
    assert numbers() == [1, 2]


def test_a_kind_of_change_that_does_not_fit_is_refused(trainer: Browser, folder: CourseFolder) -> None:
    folder.change_key()
    fields = trainer.open(PUBLISH).fields() | {"note": "Key", "change": "editorial"}

    page = trainer.send(PUBLISH, fields, status=422)

    assert "this is not an editorial change" in page.text
    assert numbers() == [1]


def test_a_version_needs_a_note(trainer: Browser, folder: CourseFolder) -> None:
    page = trainer.send(PUBLISH, form_of(trainer, folder) | {"note": ""}, status=422)

    assert "Fill in this field" in page.text
    assert numbers() == [1]


@pytest.mark.parametrize(
    ("name", "value"), [("expected", "x"), ("expected", ""), ("fingerprint", ""), ("change", "big")]
)
def test_a_forged_form_publishes_nothing(name: str, value: str, trainer: Browser, folder: CourseFolder) -> None:
    trainer.send(PUBLISH, form_of(trainer, folder) | {name: value}, status=422)

    assert numbers() == [1]


def test_a_first_version_is_published_from_the_page(context: Flask, folder: CourseFolder, trainer_of) -> None:
    shutil.copytree(folder.path, folder.courses / "second")
    db.session.add(Course(slug="second"))
    db.session.commit()
    trainer = trainer_of("second")

    page = trainer.open("/studio/second/publish")
    assert "Everything is new" in page.text
    trainer.send("/studio/second/publish", page.fields() | {"note": "First"})

    assert get_published("second").number == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_exist_in_every_language(language: str, trainer: Browser, folder: CourseFolder) -> None:
    folder.change_wording()

    for address in ("/studio", HOME, PUBLISH, f"{HOME}/questions"):
        trainer.open(f"{address}?lang={language}")


def form_of(trainer: Browser, folder: CourseFolder) -> dict[str, str]:
    """Change the wording of a lesson, and return the form under its impact, filled in."""
    folder.change_wording()
    return trainer.open(PUBLISH).fields() | {"note": "A better wording"}
