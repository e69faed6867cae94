"""Read a TOML file as properties with the places of its keys."""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from lms.catalogue.properties import Entry
from lms.markup.checks import INVISIBLE
from lms.markup.problem import Fix
from lms.markup.source import Report

PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
TABLE = re.compile(r"[ \t]*\[+[ \t]*(?P<name>[^\]\n]*?)[ \t]*\]")
KEY = re.compile(r"[ \t]*(?P<name>[A-Za-z0-9_-]+|\"[^\"\n]*\"|'[^'\n]*')[ \t]*=")
SMART_QUOTED = re.compile(r"(?<=[=,\[{])[ \t]*(?P<value>[«“”„](?P<text>[^\"\n«»“”„]*)[»“”])")


def read_toml(report: Report) -> Mapping[str, Entry] | None:
    """Return the properties by name; None if the file cannot be read."""
    text = report.source.text
    for match in INVISIBLE.finditer(text):
        at = match.start()
        report.add("invisible-character", at, Fix(at, match.end(), ""), name=f"U+{ord(match[0][0]):04X}")
    text = INVISIBLE.sub(lambda match: " " * len(match[0]), text)
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        _report_syntax(report, str(error))
        return None
    places = _places(report.source.text)
    return {name: _entry(value, places, (name,), 0) for name, value in table.items()}


def _report_syntax(report: Report, message: str) -> None:
    source = report.source
    place = PLACE.search(message)
    line = int(place[1]) if place else 1
    start = source.starts[min(line, len(source.starts)) - 1]
    at = min(start + (int(place[2]) - 1 if place else 0), len(source.text) - 1)
    quoted = SMART_QUOTED.search(source.text[start:].partition("\n")[0])
    if quoted:
        first = start + quoted.start("value")
        report.add("smart-quotes", first, Fix(first, start + quoted.end("value"), f'"{quoted["text"]}"'))
    else:
        report.add("syntax", at, reason=PLACE.sub("", message).strip())


def _places(text: str) -> Mapping[tuple[str, ...], int]:
    """Return the offset of each table and key; lines within long strings may add some that nobody asks for."""
    places: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    position = 0
    for line in text.split("\n"):
        if header := TABLE.match(line):
            table = tuple(part.strip().strip("\"'") for part in header["name"].split("."))
            places.setdefault(table, position)
        elif key := KEY.match(line):
            places.setdefault((*table, key["name"].strip("\"'")), position + key.start("name"))
        position += len(line) + 1
    return places


def _entry(value: Any, places: Mapping[tuple[str, ...], int], path: tuple[str, ...], above: int) -> Entry:
    at = places.get(path, above)
    if isinstance(value, dict):
        return Entry(at, entries={name: _entry(inner, places, (*path, name), at) for name, inner in value.items()})
    if isinstance(value, list):
        return Entry(at, items=tuple(_entry(item, places, path, at) for item in value))
    return Entry(at, str(value).lower() if isinstance(value, bool) else str(value))
