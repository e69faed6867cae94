"""Finding courses by words and length."""

from dataclasses import replace

import pytest

from lms.catalogue.search import search
from tests.learning.courses import course, lesson

BASICS = replace(
    course(lesson("why/origin")),
    titles={"kk": "Орхус конвенциясының негіздері", "ru": "Основы Орхусской конвенции", "en": "Fundamentals"},
    summaries={"en": "The three pillars."},
    hours=8,
)
HEARINGS = replace(course(lesson("a/notice")), titles={"ru": "Общественные слушания"}, summaries={}, hours=16)
COURSES = [BASICS, HEARINGS]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", COURSES),
        ("конвенции", [BASICS]),
        ("КОНВЕНЦИЯСЫНЫН негиздери", [BASICS]),
        ("pillars fundamentals", [BASICS]),
        ("notice", [HEARINGS]),
        ("pillars слушания", []),
    ],
    ids=[
        "nothing asked",
        "Russian",
        "Kazakh, typed without Kazakh letters",
        "two words",
        "title of a lesson",
        "no course",
    ],
)
def test_every_word_must_be_there_in_any_language(words: str, found: list[object]) -> None:
    assert search(COURSES, words) == found


@pytest.mark.parametrize(
    ("length", "found"), [("short", [BASICS]), ("medium", [HEARINGS]), ("long", []), ("x", COURSES)]
)
def test_courses_are_found_by_their_length(length: str, found: list[object]) -> None:
    assert search(COURSES, length=length) == found
