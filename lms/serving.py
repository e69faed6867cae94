"""`lms serve`: the web server, and the worker beside it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from lms.config import ROOT, ConfigError
from lms.database import db

THREADS = 4  # requests at once in one process; more only wait for the one writer of SQLite


def refuse_unready() -> None:
    """Raise ConfigError unless the database has all the tables that this program knows: it never starts empty."""
    url = db.engine.url
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise ConfigError(
            f"There is no database at {url.database}: check LMS_INSTANCE, or make one with: lms db upgrade"
        )
    with db.engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_heads()
    wanted = ScriptDirectory(str(ROOT / "migrations")).get_heads()
    if set(found) != set(wanted):
        raise ConfigError("The database is not at the version of this program: bring it there with: lms db upgrade")


def serve(*, host: str, port: int, processes: int) -> None:
    """Serve until stopped by a signal. Raises ConfigError on a database that is not ready."""
    refuse_unready()
    db.engine.dispose()  # the processes that serve open their own connections
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
