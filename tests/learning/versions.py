"""A small course published in the database, and changed versions of it."""

from collections.abc import Mapping

from lms.catalogue.actions import publish
from lms.catalogue.course import Registries
from lms.catalogue.published import PublishedCourse
from lms.catalogue.queries import get_published
from lms.clock import utcnow
from lms.database import db
from lms.ledger.actor import SYSTEM

COURSE = """
languages = ["en", "ru"]
title = { en = "Requests", ru = "Запросы" }
summary = { en = "How to answer a request.", ru = "Как ответить на запрос." }
hours = 8
open = true
"""
MODULE = 'title = { en = "Requests", ru = "Запросы" }\n'
LESSON = """---
title: {title}
minutes: 15
---

## A letter

Text.

```check
## What do you do? {{#what}}

- ( ) Wait
  > That is too late.
- (x) Answer
- ( ) Refuse

> An answer is due.
```
"""
TEST = """---
kind: quiz
title: Final test
graded: yes
attempts: 3
---

## Within what time? {#time}

- (x) One month
- ( ) Two years
"""
CLOCK, GROUNDS, FINAL = "request/clock", "request/grounds", "final/test"
FINAL_FILE = "02-final/01-test.en.md"
FILES: Mapping[str, str] = {
    "course.toml": COURSE,
    "01-request/module.toml": MODULE,
    "01-request/01-clock.en.md": LESSON.format(title="The clock"),
    "01-request/02-grounds.en.md": LESSON.format(title="Grounds"),
    "02-final/module.toml": MODULE,
    FINAL_FILE: TEST,
}


IN_RUSSIAN: Mapping[
    str, str | None
] = {  # the same course, as if its authors wrote Russian and nobody had translated it
    "course.toml": COURSE.replace('["en", "ru"]', '["ru", "en"]'),
    **{path: None for path in FILES if path.endswith(".en.md")},
    **{path.replace(".en.md", ".ru.md"): text for path, text in FILES.items() if path.endswith(".en.md")},
}


def final_showing_score(when: str) -> Mapping[str, str]:
    """Return the final test, changed to show its score from a moment on."""
    return {FINAL_FILE: TEST.replace("attempts: 3", f"attempts: 3\nshow: {{score: {when}}}")}


def publish_course(
    changes: Mapping[str, str | None] | None = None, *, slug: str = "requests", change: str | None = None
) -> PublishedCourse:
    """Publish the course, or the next version of it with some files changed or, as None, left out."""
    texts = {**FILES, **(changes or {})}
    files = {path: text.encode() for path, text in texts.items() if text is not None}
    publish(slug, files, Registries(), change=change, note="", by=SYSTEM, now=utcnow())
    db.session.commit()
    return get_published(slug)
