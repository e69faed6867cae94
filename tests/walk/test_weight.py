"""What the browser fetches for a lesson, as it counts itself: headers, style, script and fonts included."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Page

from lms.languages import LANGUAGES
from tests.chromium import NARROW, Screen
from tests.walk.learner import Learner

pytestmark = pytest.mark.needs("chromium")

FIRST_VISIT = 60_000  # bytes over the wire
LATER_PAGE = 15_000


@dataclass
class Traffic:
    """What came over the wire since it was last counted."""

    names: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    def note_request(self, event: dict[str, Any]) -> None:
        """Remember the address of a request."""
        self.names[event["requestId"]] = event["request"]["url"]

    def note_end(self, event: dict[str, Any]) -> None:
        """Add what one answer weighed."""
        self.sizes[event["requestId"]] = int(event["encodedDataLength"])

    def take(self) -> dict[str, int]:
        """Return the weight of each address, and begin anew."""
        weights = {self.names[number]: size for number, size in self.sizes.items()}
        self.sizes.clear()  # what is still on its way counts for the next page
        return weights


@contextmanager
def weighing(page: Page) -> Iterator[Traffic]:
    """Count what a page fetches, by the browser's own figures."""
    session, traffic = page.context.new_cdp_session(page), Traffic()
    session.on("Network.requestWillBeSent", traffic.note_request)
    session.on("Network.loadingFinished", traffic.note_end)
    session.send("Network.enable")
    yield traffic
    session.detach()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lesson_weighs_little_on_the_first_visit_and_less_later(language, site, browser):
    with Screen(NARROW, language=language).window(browser) as page, weighing(page) as traffic:
        page.context.add_cookies(site.cookies("learner"))
        course = Learner(site, page, language).course()
        longest, *others = _by_length(course, language)
        page.goto(f"{site.address}/courses/{course.slug}/{longest.id}?lang={language}", wait_until="networkidle")
        first, later = traffic.take(), {}
        for unit in others:
            page.goto(f"{site.address}/courses/{course.slug}/{unit.id}")
            later[unit.id] = traffic.take()

    assert all(url.startswith(site.address) for fetched in (first, *later.values()) for url in fetched)
    assert any(url.endswith(".woff2") for url in first)
    assert sum(first.values()) <= FIRST_VISIT, first
    weights = {unit: sum(fetched.values()) for unit, fetched in later.items()}
    assert max(weights.values()) <= LATER_PAGE, weights


def _by_length(course, language):
    """Return the lessons of a course, the longest first: that is the one for the first visit."""
    lessons = [unit for unit in course.units if unit.kind == "lesson"]
    return sorted(lessons, key=lambda unit: -sum(len(str(block)) for block in unit.page(language).blocks))
