"""Check where links lead: acts, terms, files of the course, other places."""

import posixpath
import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from lms.catalogue.course import Registries
from lms.markup.inline import Link, find_links
from lms.markup.letters import first_cyrillic, latin
from lms.markup.problem import Fix
from lms.markup.source import Report
from lms.questions.titles import report_unknown

ADDRESS = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+){0,4}")
SCHEME = re.compile(r"(?P<name>[A-Za-z][A-Za-z0-9+.-]*):")
OPEN_SCHEMES = ("https", "http", "mailto")
ALLOWED = "law: term: https: http: mailto: #"
UNIT_FILE = re.compile(r"[0-9]{2}-(?P<module>[a-z0-9-]+)/[0-9]{2}-(?P<unit>[a-z0-9-]+)\.[a-z]{2}\.md")
LANGUAGE_OF_FILE = re.compile(r"\.(?:kk|ru|en)(?=\.[a-z0-9]+$)")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a page may refer to."""

    paths: Container[str]
    registries: Registries
    topics: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Reference:
    """What a link points to: `kind` is law, term, lesson, media or web; `target` is the same in every language."""

    kind: str
    target: str


def resolve(path: str, target: str) -> str:
    """Return the course path that a relative address in a file means."""
    plain = unquote(re.split(r"[?#]", target, maxsplit=1)[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), plain))


def reference_of(path: str, target: str) -> Reference:
    """Return what a link in a file points to."""
    scheme = SCHEME.match(target)
    if scheme and scheme["name"] in ("law", "term"):
        return Reference(scheme["name"], target[scheme.end() :])
    if scheme or target.startswith(("#", "//")) or not target:
        return Reference("web", target)
    file = resolve(path, target)
    if unit := UNIT_FILE.fullmatch(file):
        return Reference("lesson", f"{unit['module']}/{unit['unit']}")
    return Reference("media", LANGUAGE_OF_FILE.sub("", file))


def check_address(report: Report, at: int, address: str, registries: Registries, place: int | None = None) -> None:
    """Report an address of law whose act is unknown or no longer in force, or whose parts are not written right.

    The address stands at one offset; the problem may be shown at another place, such as the question's heading.
    """
    place = at if place is None else place
    act, typed = address.partition("/")[0], latin(address)
    if act not in registries.laws and ADDRESS.fullmatch(act):
        report_unknown(report, at, act, "law", tuple(registries.laws), place)
    elif not ADDRESS.fullmatch(address) and ADDRESS.fullmatch(typed):
        fix = Fix(at, at + len(address), typed)
        report.add("look-alike", place, fix, name=address, letter=first_cyrillic(address))
    elif not ADDRESS.fullmatch(address):
        report.add("value-wrong", place, key="law", value=address, expected="address")
    elif until := registries.laws[act].until:
        report.add("law-expired", place, act=act, date=until.isoformat())


def check_links(report: Report, text: str, start: int, around: Surroundings) -> None:
    """Report links and pictures of a text without code that lead nowhere or where they must not."""
    for link in find_links(text):
        shown = text[link.text_start : link.text_end]
        if link.is_image and not shown.strip():
            report.add("alt-missing", start + link.start)
        if not link.target or (link.is_bracketed and not link.is_image and not shown.strip()):
            report.add("text-missing", start + link.start)
        else:
            _check_target(report, link, start, around)


def _check_target(report: Report, link: Link, start: int, around: Surroundings) -> None:
    at, target = start + link.target_start, link.target
    scheme = SCHEME.match(target)
    if scheme and scheme["name"] == "law" and not link.is_image:
        check_address(report, at + scheme.end(), target[scheme.end() :], around.registries)
    elif scheme and scheme["name"] == "term" and not link.is_image:
        term = target[scheme.end() :]
        if term not in around.registries.terms:
            report_unknown(report, at + scheme.end(), term, "term", tuple(around.registries.terms))
    elif scheme:
        if link.is_image or scheme["name"].lower() not in OPEN_SCHEMES:
            allowed = "../media/…" if link.is_image else ALLOWED
            report.add("not-allowed", at, what=scheme[0], allowed=allowed)
    elif target.startswith("//"):
        report.add("not-allowed", at, what="//", allowed=ALLOWED)
    elif not target.startswith("#") and "@" not in target and resolve(report.source.path, target) not in around.paths:
        report.add("file-missing", at, path=target)
