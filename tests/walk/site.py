"""The whole site for a walk: `lms serve` in processes of its own over the demonstration, and its database beside it."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import flask_migrate
from flask import Flask, session

from lms import create_app, demo
from lms.accounts import sign_in
from lms.accounts.queries import find_by_login
from lms.clock import utcnow
from lms.config import ROOT, Config
from lms.database import db
from tests.make import Make

READY_WITHIN_SECONDS = 30
KEPT = ("lms.db", "secret_key")


def build(folder: Path) -> None:
    """Fill an empty folder with the demonstration."""
    app = _open(folder)
    with app.app_context():
        flask_migrate.upgrade()
        demo.load(progress=lambda _: None)
        db.session.remove()
        db.engine.dispose()


def _open(folder: Path, **settings: str) -> Flask:
    return create_app(Config.from_environment({"LMS_INSTANCE": str(folder)} | settings))


@dataclass(frozen=True, slots=True)
class Site:
    """A server, and the application on the same database for what a test has to know or to prepare."""

    address: str
    folder: Path
    app: Flask
    make: Make

    @property
    def courses(self) -> Path:
        """Return the folder of its course files, which a test may change."""
        return self.folder / "courses"

    @contextmanager
    def database(self) -> Iterator[Make]:
        """Look into the database, or put something into it, within a context of its own."""
        with self.app.app_context():
            try:
                yield self.make
            finally:
                db.session.remove()

    def cookies(self, login: str) -> list[dict[str, Any]]:
        """Sign somebody in without the form and return the cookies of their browser."""
        with self.app.test_request_context():
            person = find_by_login(login)
            assert person is not None, f"nobody signs in as {login}"
            sign_in.remember(person, now=utcnow())
            db.session.commit()
            answer = self.app.response_class()
            self.app.session_interface.save_session(self.app, session._get_current_object(), answer)  # type: ignore[attr-defined]
            db.session.remove()
        pairs = [header.partition(";")[0].split("=", 1) for header in answer.headers.getlist("Set-Cookie")]
        return [{"name": name, "value": value, "url": self.address} for name, value in pairs]

    def lms(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command of `lms` on this instance."""
        command = [sys.executable, "-m", "lms", *words]
        return subprocess.run(
            command, cwd=ROOT, env=_environment(self.folder, self.address), capture_output=True, text=True, check=False
        )

    def failures(self) -> list[str]:
        """Return what the server's log calls an error, and every answer that blames the server."""
        lines = (self.folder / "log").read_text(encoding="utf-8").splitlines()
        entries = [json.loads(line) for line in lines if line.startswith("{")]
        return [
            json.dumps(entry, ensure_ascii=False)
            for entry in entries
            if entry.get("level") in ("error", "critical") or entry.get("status", 0) >= 500
        ] + [line for line in lines if line.startswith("Traceback")]


@contextmanager
def running(template: Path, folder: Path) -> Iterator[Site]:
    """Serve a copy of a built instance until the end of the block."""
    for name in KEPT:
        shutil.copyfile(template / name, folder / name)
    shutil.copytree(ROOT / "courses", folder / "courses")
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "lms", "serve", "--port", str(port)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=_environment(folder, address), stdout=log, stderr=log)
    app = _open(folder, LMS_PUBLIC_URL=address)
    try:
        _wait_until_ready(address, process, folder / "log")
        yield Site(address, folder, app, Make(app))
    finally:
        with app.app_context():
            db.engine.dispose()
        process.terminate()
        process.wait(timeout=20)


def _environment(folder: Path, address: str) -> dict[str, str]:
    """Return the settings of an instance, and nothing of those that the tests run under."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("LMS_")}
    return own | {"LMS_INSTANCE": str(folder), "LMS_COURSES": str(folder / "courses"), "LMS_PUBLIC_URL": address}


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _wait_until_ready(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{address}/readyz", timeout=5).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("lms serve does not start:\n" + log.read_text(encoding="utf-8"))
