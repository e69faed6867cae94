"""Fixtures of the walk: the demonstration built once for all workers, a server and a browser for each."""

import fcntl
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.chromium import chromium
from tests.walk.site import Site, build, running


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """Return a folder with the demonstration; the workers of one run share it, and the first one builds it."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if hasattr(request.config, "workerinput") else base) / "demonstration"
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "built").exists():
            build(shared)
            (shared / "built").touch()
    return shared


@pytest.fixture(scope="package")
def site(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Return the running site; what its log calls an error fails the walk."""
    with running(demonstration, tmp_path_factory.mktemp("site")) as site:
        yield site
    assert site.failures() == []


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Return a browser; one for the whole package, since two cannot run side by side in one process."""
    with chromium() as browser:
        yield browser
