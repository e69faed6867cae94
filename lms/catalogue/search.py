"""Find courses by words and by length (pure)."""

from collections.abc import Iterable

from lms.catalogue.published import PublishedCourse
from lms.languages import fold

LENGTHS = {"short": range(0, 9), "medium": range(9, 17), "long": range(17, 1_000)}  # academic hours


def search(courses: Iterable[PublishedCourse], words: str = "", length: str = "") -> list[PublishedCourse]:
    """Return the courses that hold every word, in any language, case and spelling of Kazakh letters, and are as long.

    Titles, summaries, audiences and the titles of units are searched; an unknown length is none.
    """
    wanted = fold(words).split()
    hours = LENGTHS.get(length)
    return [
        course
        for course in courses
        if (hours is None or course.hours in hours) and all(word in _text_of(course) for word in wanted)
    ]


def _text_of(course: PublishedCourse) -> str:
    units = [page.title for unit in course.units for page in unit.pages.values()]
    texts = (course.titles, course.summaries, course.audiences)
    return fold("\n".join([text for kind in texts for text in kind.values()] + units))
