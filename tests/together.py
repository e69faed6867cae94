"""Calls made at one moment, each in a thread and a database session of its own."""

from collections import Counter
from collections.abc import Callable
from threading import Barrier, Thread

from flask import Flask

from lms.database import db
from lms.errors import DomainError

Call = Callable[[], object]


def together(app: Flask, *calls: Call) -> Counter[str]:
    """Run every call and commit it; count how they ended: "done", or the name of what was raised."""
    db.session.rollback()  # on SQLite even reading here would hold everybody up
    ready: Barrier = Barrier(len(calls))
    ends: list[str] = []

    def run(call: Call) -> None:
        ready.wait()
        with app.app_context():
            try:
                call()
                db.session.commit()
                ends.append("done")
            except DomainError as refused:
                db.session.rollback()
                ends.append(type(refused).__name__)
            except Exception as error:
                db.session.rollback()
                ends.append(repr(error))

    threads = [Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(ends)
