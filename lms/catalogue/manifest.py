"""What the database keeps of a course beside its pages: structure, titles, rules, and since when each unit stands."""

from collections.abc import Mapping
from typing import Any

from lms.catalogue.course import Course, Unit
from lms.catalogue.published import settings_document
from lms.catalogue.render import RenderedPage

Rendered = Mapping[tuple[str, str], RenderedPage]  # unit id and language -> the page


def manifest_of(course: Course, rendered: Rendered, since: Mapping[str, int]) -> dict[str, Any]:
    """Return the manifest of a version as a JSON-able document."""
    return {
        "slug": course.slug,
        "languages": list(course.languages),
        "titles": dict(course.title),
        "summaries": dict(course.summary),
        "audiences": dict(course.audience),
        "hours": course.hours,
        "is_open": course.is_open,
        "law_as_of": course.law_as_of.isoformat() if course.law_as_of else None,
        "valid_for": course.valid_for,
        "topics": {topic: dict(names) for topic, names in course.topics.items()},
        "required": required_units(course),
        "modules": [
            {
                "slug": module.slug,
                "titles": dict(module.title),
                "units": [_unit(unit, rendered, since[unit.id]) for unit in module.units],
            }
            for module in course.modules
        ],
    }


def required_units(course: Course) -> list[str]:
    """Return the units that complete a course, in its order."""
    required = {*course.lessons_required, *course.quizzes_required}
    return [unit.id for unit in course.units if unit.id in required]


def _unit(unit: Unit, rendered: Rendered, since: int) -> dict[str, Any]:
    return {
        "id": unit.id,
        "kind": unit.kind,
        "since": since,
        "minutes": unit.minutes,
        "basis": list(unit.basis),
        "law_as_of": unit.law_as_of.isoformat() if unit.law_as_of else None,
        "settings": settings_document(unit.settings) if unit.settings else None,
        "pages": {
            language: {
                "title": page.title,
                "objectives": list(page.objectives),
                "is_review_pending": page.is_review_pending,
                "headings": [list(heading) for heading in rendered[unit.id, language].headings],
            }
            for language, page in unit.pages.items()
        },
    }
