"""Servers for benchmarks: granian with the settings of `lms serve`, what it spends, and clients that keep it busy."""

import multiprocessing
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import flask_migrate
from flask import Flask

from lms import create_app
from lms.config import ROOT, Config
from lms.database import db
from lms.serving import THREADS
from lms.studio.publishing import publish_folder
from tests.make import Make

CONNECTIONS = 2
READY_WITHIN_SECONDS = 30
TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Instance:
    """A folder with a database in which one learner takes the first published course."""

    folder: Path
    database_url: str

    @property
    def environment(self) -> dict[str, str]:
        """Return the settings that lead a process to it."""
        return {"LMS_INSTANCE": str(self.folder), "LMS_DATABASE_URL": self.database_url}

    def app(self) -> Flask:
        """Return the application on it."""
        return create_app(Config.from_environment(self.environment))


@contextmanager
def instance(database_url: str | None = None) -> Iterator[Instance]:
    """Make an instance with the repository's courses and the learner p1, for as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="lms-benchmark-") as name:
        made = Instance(Path(name), database_url or f"sqlite:///{name}/lms.db")
        app = made.app()
        with app.app_context():
            flask_migrate.upgrade()
            publish_folder(app.config["LMS"].courses, note="")
            db.session.commit()
            make = Make(app)
            make.enrolment(make.learner(), course_id=1)
            db.session.remove()
            db.engine.dispose()
        yield made


@dataclass(frozen=True, slots=True)
class Server:
    """One granian with one worker process."""

    port: int
    process_id: int

    @property
    def address(self) -> str:
        """Return where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def cpu_seconds(self) -> float:
        """Return what the server and its worker have spent so far, by the kernel's count."""
        children = Path(f"/proc/{self.process_id}/task/{self.process_id}/children").read_text().split()
        return sum(_ticks(process_id) for process_id in (str(self.process_id), *children)) / TICKS_A_SECOND


def _ticks(process_id: str) -> int:
    fields = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


@contextmanager
def served(target: str, environment: dict[str, str]) -> Iterator[Server]:
    """Serve a WSGI application, named as module:name, as `lms serve` would, in processes of its own."""
    port = _free_port()
    options = ("--interface", "wsgi", "--port", str(port), "--workers", "1", "--blocking-threads", str(THREADS))
    command = [str(Path(sys.executable).with_name("granian")), *options, "--no-access-log", "--log-level", "warning"]
    process = subprocess.Popen(
        [*command, target], cwd=ROOT, env=os.environ | environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    try:
        _wait_until_ready(port, process)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _wait_until_ready(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("The server does not start.")


def cookies(server: Server, path: str, fields: dict[str, str] | None = None) -> str:
    """Open a page, or send its form, as a browser does; return the header that a next request carries."""
    jar = CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    address = server.address + path
    page = opener.open(address).read().decode()
    if fields is not None and (token := TOKEN.search(page)):
        body = urlencode(fields | {"csrf_token": token[1]}).encode()
        opener.open(urllib.request.Request(address, body, {"Referer": address})).close()
    return "Cookie: " + "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def sign_in(server: Server, login: str, password: str) -> str:
    """Sign somebody in and return the header that says so."""
    return cookies(server, "/sign-in", {"login": login, "password": password})


class Load(NamedTuple):
    """What came of asking for one page again and again."""

    per_second: float
    cpu_ms: float  # of the server, for each answer
    size: float  # in bytes, with the headers


def load(server: Server, path: str, *headers: str, seconds: float) -> Load:
    """Ask a page from several processes, each over one connection kept open; every answer must be 200."""
    lines = (f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Accept-Encoding: br, gzip", *headers, "", "")
    request = "\r\n".join(lines).encode()
    before = server.cpu_seconds()
    with multiprocessing.get_context("fork").Pool(CONNECTIONS) as pool:
        done = pool.starmap(_ask_for, [(server.port, request, seconds)] * CONNECTIONS)
    spent = server.cpu_seconds() - before
    count = sum(answers for answers, _, _ in done)
    rate = sum(answers / took for answers, took, _ in done)
    return Load(rate, 1000 * spent / count, done[0][2])


def _ask_for(port: int, request: bytes, seconds: float) -> tuple[int, float, int]:
    """Return how many answers came in how many seconds, and how long the last one was in bytes."""
    count, size = 0, 0
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        began = time.perf_counter()
        while (took := time.perf_counter() - began) < seconds:
            connection.sendall(request)
            size = _read_answer(connection)
            count += 1
    return count, took, size


def _read_answer(connection: socket.socket) -> int:
    """Read one answer to its end and return its length."""
    data = connection.recv(262_144)
    while (end := data.find(b"\r\n\r\n")) < 0:
        data += connection.recv(262_144)
    head = data[:end].lower()
    if not head.startswith(b"http/1.1 200"):
        raise RuntimeError(head.partition(b"\r\n")[0].decode())
    length = end + 4 + int(head.partition(b"content-length:")[2].partition(b"\r\n")[0])
    size = len(data)
    while size < length:
        size += len(connection.recv(262_144))
    return length
