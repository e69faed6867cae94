"""What some tests need and a machine may lack: then they are left out, and it is named; or fail, if all is required."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest

REQUIRE = "LMS_TEST_REQUIRE"


@dataclass(frozen=True, slots=True)
class Need:
    """A program that tests use, how it is found and how one comes by it."""

    name: str
    find: Callable[[], str | None]
    package: str


def _find_chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def _find_postgresql() -> str | None:
    """Find the folder of the newest PostgreSQL server; Debian keeps it off the PATH."""
    if server := shutil.which("postgres"):
        return str(Path(server).parent)
    folders = [folder for folder in Path("/usr/lib/postgresql").glob("*/bin") if (folder / "postgres").exists()]
    return str(max(folders, key=lambda folder: int(folder.parent.name))) if folders else None


NEEDS = {
    "chromium": Need("Chromium", _find_chromium, "chromium"),
    "postgresql": Need("PostgreSQL's server", _find_postgresql, "postgresql"),
    "poppler": Need("Poppler's tools", lambda: shutil.which("pdftotext"), "poppler-utils"),
}


def needs(name: str) -> str:
    """Return the path of a program (of the folder of programs for postgresql); leave the test out if it is missing.

    Where LMS_TEST_REQUIRE is "all", as in continuous integration, what is missing fails the test.
    """
    return NEEDS[name].find() or _do_without(NEEDS[name])


def _do_without(need: Need) -> NoReturn:
    reason = f"{need.name} is missing: apt-get install {need.package}"
    if os.environ.get(REQUIRE) == "all":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "needs(name): leave out without this program: " + ", ".join(NEEDS))


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in item.iter_markers("needs"):
        for name in marker.args:
            needs(name)
