"""Every setting is read in one place and explained in the README's table, and nothing else is."""

import ast
import re
from dataclasses import fields

from lms.config import ROOT, Config
from tests.guards.source import modules, refuse

SETTING = re.compile(r"LMS_[A-Z_]+")


def settings_read() -> set[str]:
    """Return the names of variables that the configuration reads: each stands there as a whole string."""
    strings = (node.value for node in ast.walk(modules()["lms.config"].tree) if isinstance(node, ast.Constant))
    return {value for value in strings if isinstance(value, str) and SETTING.fullmatch(value)}


def test_the_readme_explains_exactly_the_settings_that_there_are() -> None:
    rows = re.findall(rf"^\| `({SETTING.pattern})` \|", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)

    assert sorted(rows) == sorted(settings_read())


def test_every_field_of_the_configuration_is_a_setting() -> None:
    assert len(fields(Config)) == len(settings_read())


def test_the_environment_is_read_in_one_place() -> None:
    refuse(
        [
            f"{module.place}:{node.lineno}"
            for module in modules().values()
            for node in ast.walk(module.tree)
            if module.name != "lms.config" and isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
        ],
        "Only lms/config.py reads the environment.",
    )
