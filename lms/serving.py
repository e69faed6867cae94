"""`lms serve`: the web server, and the worker beside it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from lms.config import ROOT

THREADS = 4  # requests at once in one process; more only wait for the one writer of SQLite


def serve(*, host: str, port: int, processes: int) -> None:
    """Serve until stopped by a signal."""
    server = Granian(
        "wsgi:app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=THREADS,
        working_dir=ROOT,
        log_access=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    )
    with worker_beside():
        server.serve()


@contextmanager
def worker_beside() -> Iterator[None]:
    """Keep a worker running in a process of its own while the block runs."""
    worker = subprocess.Popen([sys.executable, "-m", "lms", "worker"])
    try:
        yield
    finally:
        worker.terminate()
        try:
            worker.wait(timeout=10)
        except subprocess.TimeoutExpired:
            worker.kill()
