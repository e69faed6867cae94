"""`lms worker`: does what is due, again and again; what is due is already a row, so several workers may run."""

import threading
from collections.abc import Callable, Mapping

import structlog
from flask import Flask

from lms.database import db
from lms.learning.jobs import settle_published
from lms.ledger.jobs import seal_waiting
from lms.quizzes.jobs import close_due
from lms.web.jobs import forget_posted_forms

log = structlog.get_logger(__name__)

EVERY_SECONDS = 20.0

JOBS: Mapping[str, Callable[[], int]] = {
    "close attempts": close_due,
    "settle shortened courses": settle_published,
    "seal the ledger": seal_waiting,
    "forget posted forms": forget_posted_forms,
}


def run_due(app: Flask) -> dict[str, int]:
    """Run every job once and return how much each did; a job that fails leaves the others alone and is in the log."""
    done = {}
    for name, job in JOBS.items():
        with app.app_context():
            try:
                done[name] = job()
            except Exception:
                db.session.rollback()
                log.exception("job failed", job=name)
    return done


def run_until(app: Flask, stop: threading.Event, *, seconds: float = EVERY_SECONDS) -> None:
    """Run the jobs now and every so often until `stop` is set."""
    while True:
        run_due(app)
        if stop.wait(seconds):
            return
