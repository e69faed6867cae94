"""Every text that a person reads is there in Kazakh and Russian, complete and up to date; English is the source."""

import re
import tomllib
from collections.abc import Callable
from functools import lru_cache

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po
from flask import Flask

from lms.config import ROOT
from tests.guards.source import refuse

TRANSLATIONS = ROOT / "lms" / "translations"
KEYWORDS = DEFAULT_KEYWORDS | {"_l": None, "lazy_ngettext": (1, 2)}  # as `make translations` says
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")

pytestmark = pytest.mark.skipif(not TRANSLATIONS.exists(), reason="nothing is translated yet")


@lru_cache
def source() -> Catalog:
    """Return the texts that the code and the templates show."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["babel"]["mappings"]
    found = extract_from_dir(
        ROOT / "lms",
        method_map=[(mapping["pattern"], mapping["method"]) for mapping in mappings],
        options_map={mapping["pattern"]: mapping for mapping in mappings},
        keywords=KEYWORDS,
    )
    catalogue = Catalog()
    for path, line, message, comments, context in found:
        catalogue.add(message, None, [(path, line)], auto_comments=comments, context=context)
    return catalogue


@lru_cache
def translated(language: str) -> Catalog:
    """Return the catalogue of a language."""
    with (TRANSLATIONS / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def texts(message: Message) -> tuple[str, ...]:
    """Return the forms of a translation: one, or one for each plural."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def keyed(catalogue: Catalog) -> dict[tuple[str | None, object], Message]:
    """Return the messages by what tells one from another."""
    return {(message.context, message.id): message for message in catalogue if message.id}


def refuse_messages(language: str, rule: str, is_wrong: Callable[[Message], bool]) -> None:
    """Fail with every message of a language with which something is wrong."""
    wrong = filter(is_wrong, keyed(translated(language)).values())
    refuse((f"{', '.join(sorted({path for path, _ in message.locations}))}: {message.id}" for message in wrong), rule)


in_each_language = pytest.mark.parametrize("language", ["kk", "ru"])


def test_templates_look_texts_up_trimmed_as_they_are_extracted(app: Flask) -> None:
    assert app.jinja_env.policies["ext.i18n.trimmed"]


@in_each_language
def test_the_catalogue_has_exactly_the_texts_of_the_program(language: str) -> None:
    shown, known = keyed(source()).keys(), keyed(translated(language)).keys()

    refuse(map(str, shown - known), "Run `make translations` and translate these.")
    refuse(map(str, known - shown), "Run `make translations`: these are shown no more.")


@in_each_language
def test_every_text_is_translated(language: str) -> None:
    refuse_messages(language, "These have no translation.", lambda message: not all(map(str.strip, texts(message))))


@in_each_language
def test_no_translation_is_a_guess(language: str) -> None:
    refuse_messages(language, "These are marked fuzzy.", lambda message: message.fuzzy)


@in_each_language
def test_translations_fill_in_the_same_placeholders(language: str) -> None:
    def differs(message: Message) -> bool:
        asked = message.id if isinstance(message.id, str) else message.id[-1]
        wanted = set(PLACEHOLDER.findall(asked))
        return any(text and set(PLACEHOLDER.findall(text)) != wanted for text in texts(message))

    refuse_messages(language, "These fill in other placeholders than the source.", differs)
