"""Courses made by hand, for rules that need no database."""

from datetime import UTC, datetime
from fractions import Fraction

from lms.catalogue.course import QuizSettings
from lms.catalogue.published import PublishedCourse, PublishedModule, PublishedPage, PublishedUnit

AFTER = {"score": "after", "marks": "after", "feedback": "after", "key": "after"}


def lesson(unit_id: str, since: int = 1) -> PublishedUnit:
    """Return a lesson without text."""
    return _unit(unit_id, "lesson", since, None)


def quiz(unit_id: str, since: int = 1, *, attempts: int | None = None, is_graded: bool = True) -> PublishedUnit:
    """Return a quiz without questions."""
    settings = QuizSettings(
        is_graded=is_graded,
        pass_mark=Fraction(70),
        draw=None,
        time_limit=None,
        wait_between=None,
        attempts=attempts,
        shuffle=True,
        show=AFTER,
    )
    return _unit(unit_id, "quiz", since, settings)


def course(*units: PublishedUnit, number: int = 1, required: tuple[str, ...] | None = None) -> PublishedCourse:
    """Return a version of a course that asks for all of its units, or for those named."""
    modules = {unit.module: [other for other in units if other.module == unit.module] for unit in units}
    return PublishedCourse(
        version_id=number,
        course_id=1,
        slug="course",
        number=number,
        digest="digest",
        change="substantive",
        recorded_at=datetime(2026, 11, 2, tzinfo=UTC),
        languages=("en",),
        titles={"en": "Course"},
        summaries={},
        audiences={},
        hours=8,
        is_open=True,
        law_as_of=None,
        valid_for=None,
        topics={},
        required=tuple(unit.id for unit in units) if required is None else required,
        modules=tuple(PublishedModule(slug, {"en": slug}, tuple(inside)) for slug, inside in modules.items()),
        files={},
    )


def _unit(unit_id: str, kind: str, since: int, settings: QuizSettings | None) -> PublishedUnit:
    module, slug = unit_id.split("/")
    page = PublishedPage(
        language="en",
        title=slug,
        is_fallback=False,
        is_review_pending=False,
        objectives=(),
        headings=(),
        blocks=(),
        questions={},
        scenarios={},
    )
    return PublishedUnit(
        id=unit_id,
        module=module,
        slug=slug,
        kind=kind,
        number="1.1",
        since=since,
        minutes=None,
        basis=(),
        law_as_of=None,
        settings=settings,
        pages={"en": page},
    )
