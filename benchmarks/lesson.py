"""A lesson as a learner opens it, against a bare Flask page with one query: same server, same settings, same run."""

import sys
from statistics import median

from benchmarks.serving import Instance, Load, cookies, instance, load, served, sign_in
from lms.catalogue.queries import list_published
from lms.database import db
from tests.make import PASSWORD

ROUNDS, SECONDS = 5, 2.0
LEAST = 0.5  # of the requests that the bare page answers
MOST_CPU_MS = 2.5


def main() -> int:
    """Measure both in turn, print the medians, and fail if a lesson costs too much."""
    with instance() as made:
        path = _lesson(made)
        with served("wsgi:app", made.environment) as ours, served("benchmarks.bare:app", made.environment) as bare:
            learner, visitor = sign_in(ours, "p1", PASSWORD), cookies(bare, "/healthz")
            rounds = [
                (load(ours, path, learner, seconds=SECONDS), load(bare, "/lesson", visitor, seconds=SECONDS))
                for _ in range(ROUNDS + 1)  # the first only warms up
            ][1:]
    lesson, limit = (_median(side) for side in zip(*rounds, strict=True))
    ratio = median(one.per_second / other.per_second for one, other in rounds)
    print(
        f"lesson: {_text(lesson)}; bare page: {_text(limit)};"
        f" ratio {ratio:.2f} (at least {LEAST}), CPU at most {MOST_CPU_MS} ms"
    )
    return int(ratio < LEAST or lesson.cpu_ms > MOST_CPU_MS)


def _lesson(made: Instance) -> str:
    """Return the address of the first lesson."""
    with made.app().app_context():
        course = list_published()[0]
        db.engine.dispose()
    return f"/courses/{course.slug}/{course.units[0].id}"


def _median(loads: tuple[Load, ...]) -> Load:
    return Load(*(median(column) for column in zip(*loads, strict=True)))


def _text(load: Load) -> str:
    return f"{load.per_second:,.0f}/s, {load.cpu_ms:.2f} ms CPU, {load.size / 1000:.1f} KB"


if __name__ == "__main__":
    sys.exit(main())
