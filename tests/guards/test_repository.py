"""The repository speaks of the project alone: no machine of anybody's, no registry, nothing left half done."""

import re
import stat
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from lms.config import ROOT
from tests.guards.source import refuse

NOT_OURS = {"__pycache__", "instance", "node_modules", "build", "dist"}
OUR_DOT_NAMES = {".ci", ".editorconfig", ".gitattributes", ".gitignore"}
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".txt",
    ".html",
    ".css",
    ".js",
    ".sh",
    ".json",
    ".yml",
    ".yaml",
    ".cfg",
    ".ini",
    ".po",
    "",
}

MACHINE_PATH = re.compile(r"(?<![\w.:/}>-])/(?:root|home/\w+|work|farm|Users/\w+)/\w")
OWN_REGISTRY = re.compile(r"--(?:extra-)?index-url|--find-links|--trusted-host|\"resolved\":")
ADDRESS = re.compile(r"https?://(?!127\.0\.0\.1|localhost)\S+")
UNFINISHED = re.compile(r"(?:#|//|/\*|<!--)\s*(?:TODO|FIXME|XXX)\b")


def files(folder: Path = ROOT) -> Iterator[Path]:
    """Yield the text files that belong to the project."""
    for path in sorted(folder.iterdir()):
        if path.name in NOT_OURS or path.suffix == ".egg-info":
            continue
        if path.name.startswith(".") and path.name not in OUR_DOT_NAMES:
            continue
        if path.is_dir():
            yield from files(path)
        elif path.suffix in TEXT and path != Path(__file__):
            yield path


def refuse_lines(pattern: re.Pattern[str], paths: Iterable[Path], rule: str) -> None:
    """Fail with every line in which a pattern occurs."""
    refuse(
        (
            f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
            for path in paths
            for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
            if pattern.search(line)
        ),
        rule,
    )


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    refuse_lines(MACHINE_PATH, files(), "Paths are relative, or come from a setting.")


def test_no_file_says_where_packages_come_from() -> None:
    refuse_lines(OWN_REGISTRY, files(), "Where packages come from is each machine's own setting.")
    tooling = [ROOT / "Makefile", ROOT / ".ci" / "run", ROOT / "pyproject.toml", *(ROOT / "requirements").iterdir()]
    refuse_lines(ADDRESS, tooling, "Tools fetch by name, never from an address.")


def test_nothing_is_left_to_be_done_later() -> None:
    refuse_lines(UNFINISHED, files(), "Do it, or write an issue.")


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {"run": project["dependencies"], "dev": project["optional-dependencies"]["dev"]}
    for name, dependencies in asked.items():
        locked = set(re.findall(r"^[\w.-]+", (ROOT / "requirements" / f"{name}.txt").read_text(), re.MULTILINE))
        names = {re.split(r"[^\w.-]", dependency)[0].lower() for dependency in dependencies}
        refuse(names - locked, f"Run `make lock`: these are not in requirements/{name}.txt.")


def test_every_requirement_is_locked_by_hash() -> None:
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        pins = re.findall(r"^[a-z0-9].*(?:\n .*)*", path.read_text(encoding="utf-8"), re.MULTILINE | re.IGNORECASE)
        assert pins
        assert not [pin for pin in pins if "==" not in pin or "--hash=sha256:" not in pin]


def test_scripts_can_be_executed() -> None:
    for script in (ROOT / ".ci" / "run", ROOT / "requirements" / "venv.sh"):
        assert script.stat().st_mode & stat.S_IXUSR, script
