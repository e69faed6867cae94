"""What changed between two states of a course, and what it may be published as."""

import pytest

from lms.catalogue.changes import Change, allowed_kinds, compare, find_stale
from lms.catalogue.reading import Course, read_course
from tests.catalogue.course_files import REGISTRIES, SAMPLE

QUIZ = "02-final/01-final-test"
LESSON = "01-request/02-grounds"


def course(files: dict[str, bytes]) -> Course:
    reading = read_course(files, "aarhus-sample", REGISTRIES)
    assert not reading.has_errors, reading.problems
    assert reading.course is not None
    return reading.course


def edited(old: str, new: str, *paths: str) -> dict[str, bytes]:
    """Return the sample with a text exchanged in some files."""
    files = dict(SAMPLE)
    for path in paths:
        assert old.encode() in files[path], path
        files[path] = files[path].replace(old.encode(), new.encode(), 1)
    return files


def change(files: dict[str, bytes]) -> Change:
    return compare(course(dict(SAMPLE)), course(files))


def everywhere(unit: str) -> tuple[str, ...]:
    return tuple(f"{unit}.{lang}.md" for lang in ("ru", "kk", "en"))


def test_nothing_changed() -> None:
    found = change(dict(SAMPLE))

    assert found == Change((), (), (), (), (), (), (), is_completion_changed=False)
    assert allowed_kinds(found) == ("editorial", "substantive", "invalidating")


def test_wording_may_change_editorially() -> None:
    found = change(edited("Отказ — право", "Отказ — это право", f"{LESSON}.ru.md"))

    assert found.units_changed == ("request/grounds",)
    assert allowed_kinds(found)[0] == "editorial"


def test_the_wording_of_a_question_is_no_key() -> None:
    found = change(edited("Не позднее одного месяца", "В течение одного месяца", f"{QUIZ}.ru.md"))

    assert found.questions_changed == (("final/final-test", "deadline"),)
    assert found.units_changed == ("final/final-test",)
    assert found.keys_changed == ()


@pytest.mark.parametrize(
    ("question", "old", "new"),
    [
        ("deadline", "(25%)", "(50%)"),
        ("forward", "- = 3\n", "- = 4\n"),
        ("extend", "[[", "[["),
    ],
)
def test_another_key_is_no_editorial_change(question: str, old: str, new: str) -> None:
    if old == new:  # a word that a gap accepts, in one language
        files = edited("[[reason*]]", "[[reason*; ground*]]", f"{QUIZ}.en.md")
    else:
        files = edited(old, new, *everywhere(QUIZ))

    found = change(files)

    assert found.keys_changed == (("final/final-test", question),)
    assert allowed_kinds(found) == ("substantive", "invalidating")


def swapped(first: str, second: str, *paths: str) -> dict[str, bytes]:
    """Return the sample with two texts in each other's place."""
    files = dict(SAMPLE)
    for path in paths:
        text = files[path].decode()
        assert first in text
        assert second in text
        files[path] = text.replace(first, "\0").replace(second, first).replace("\0", second).encode()
    return files


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("timeline", "Принята Конвенция", "Казахстан принял закон о ратификации"),
        ("pillars", "=> Статьи 4–5", "=> Статьи 6–8"),
        ("deadline", "Не позднее одного месяца", "В течение трёх месяцев"),
    ],
)
def test_texts_that_change_places_are_another_key(question: str, first: str, second: str) -> None:
    found = compare(course(dict(SAMPLE)), only_russian(swapped(first, second, f"{QUIZ}.ru.md")))

    assert found.keys_changed == (("final/final-test", question),)


def only_russian(files: dict[str, bytes]) -> Course:
    """Return the course although its translations now say something else."""
    course = read_course(files, "aarhus-sample", REGISTRIES).course
    assert course is not None
    return course


def test_points_are_part_of_the_key() -> None:
    found = change(edited("topic=grounds points=2", "topic=grounds points=3", f"{QUIZ}.ru.md"))

    assert found.keys_changed == (("final/final-test", "refusal"),)


def test_a_new_id_is_another_question() -> None:
    found = change(edited("{#outer", "{#outermost", *everywhere(QUIZ)))

    assert found.questions_added == (("final/final-test", "outermost"),)
    assert found.questions_removed == (("final/final-test", "outer"),)
    assert "editorial" not in allowed_kinds(found)


def test_moving_and_renumbering_change_no_identity() -> None:
    files = {path.replace("01-request/02-", "01-request/07-"): data for path, data in SAMPLE.items()}

    assert change(files) == change(dict(SAMPLE))


def test_units_come_and_go() -> None:
    files = {path.replace("02-grounds", "02-refusal"): data for path, data in SAMPLE.items()}

    found = change(files)

    assert found.units_added == ("request/refusal",)
    assert found.units_removed == ("request/grounds",)
    assert found.questions_added == found.questions_removed == ()
    assert found.is_completion_changed


def test_the_pass_mark_belongs_to_the_rule_of_completion() -> None:
    found = change(edited("pass_mark: 70", "pass_mark: 80", f"{QUIZ}.ru.md"))

    assert found.is_completion_changed
    assert "editorial" not in allowed_kinds(found)


def test_a_translation_is_stale_if_only_its_reference_changed() -> None:
    new = edited("Отказ — право", "Отказ — это право", f"{LESSON}.ru.md")

    assert [(one.path, one.code) for one in find_stale(SAMPLE, new, course(new))] == [
        (f"{LESSON}.kk.md", "translation-stale"),
        (f"{LESSON}.en.md", "translation-stale"),
    ]
    new[f"{LESSON}.en.md"] += b"More.\n"
    assert [one.path for one in find_stale(SAMPLE, new, course(new))] == [f"{LESSON}.kk.md"]
    assert find_stale(SAMPLE, SAMPLE, course(dict(SAMPLE))) == ()
