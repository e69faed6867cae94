"""A private PostgreSQL server, for as long as tests or a benchmark need one."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg
from psycopg import sql

READY_WITHIN_SECONDS = 30
STOPPED_WITHIN_SECONDS = 20
PORT = 5432  # only part of the socket's name
SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "max_connections": "200",
}
FLEETING = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class PostgresError(Exception):
    """The server could not be made or started; the message holds what it said."""


class PostgresServer:
    """A server in a temporary folder, reached only by a socket in that folder: no port, so nothing to collide with.

    PostgreSQL refuses to run as root, so for root it runs as `postgres`. The kernel stops it if this process dies.
    Entering the context starts it; leaving it stops it and removes the folder.
    """

    def __init__(self, programs: str | Path, *, is_durable: bool = False) -> None:
        """Make the server's files; `programs` is the folder of initdb and postgres.

        What lives for one run of tests need not survive a power cut; a server that is durable does.
        """
        self.programs = Path(programs)
        self.settings = SETTINGS if is_durable else SETTINGS | FLEETING
        self.folder = Path(tempfile.mkdtemp(prefix="lms-postgres-"))
        self._owner = self._give_folder_away()
        self._names = count(1)
        self._process: subprocess.Popen[bytes] | None = None
        self._initialise()

    def _give_folder_away(self) -> list[str | Path]:
        """Give the folder to the server's user; return how to start a command as that user, ended when we end."""
        prefix: list[str | Path] = ["setpriv", "--pdeathsig=INT"]
        if os.geteuid() != 0:
            return prefix
        user = pwd.getpwnam("postgres")
        os.chown(self.folder, user.pw_uid, user.pw_gid)
        return [*prefix, f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]

    def _initialise(self) -> None:
        options = ("--username=lms", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
        command = [*self._owner, self.programs / "initdb", *options, self.folder / "data"]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise PostgresError(f"initdb failed:\n{done.stdout}{done.stderr}")

    def start(self) -> None:
        """Start the server and wait until it takes connections."""
        settings = self.settings | {"unix_socket_directories": str(self.folder)}
        command = [*self._owner, self.programs / "postgres", "-D", self.folder / "data"]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [*command, *(f"--{name}={value}" for name, value in settings.items())],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the tests, which then stop the server in order
            )
        self._wait_until_ready(self._process)

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + READY_WITHIN_SECONDS
        while process.poll() is None and time.monotonic() < deadline:
            try:
                self._connect().close()
            except psycopg.OperationalError:
                time.sleep(0.02)
            else:
                return
        raise PostgresError("PostgreSQL does not start:\n" + (self.folder / "log").read_text(errors="replace"))

    def stop(self) -> None:
        """End all connections and stop the server, having written everything."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(STOPPED_WITHIN_SECONDS)
            self._process = None

    def url(self, database: str) -> str:
        """Return the address of a database for SQLAlchemy."""
        return f"postgresql+psycopg://lms@/{database}?host={self.folder}&port={PORT}"

    def create_database(self, template: str = "template0") -> str:
        """Make a database, empty or a copy of one to which nobody is connected; return its name."""
        name = f"lms_{next(self._names)}"
        self._execute("CREATE DATABASE {} TEMPLATE {}", name, template)
        return name

    def drop_database(self, name: str) -> None:
        """Remove a database, ending the connections that it still has."""
        self._execute("DROP DATABASE {} WITH (FORCE)", name)

    def _execute(self, statement: str, *names: str) -> None:
        with self._connect() as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(host=str(self.folder), port=PORT, user="lms", dbname="postgres", autocommit=True)

    def __enter__(self) -> Self:
        try:
            self.start()
        except PostgresError:
            self._remove()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._remove()

    def _remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder)
