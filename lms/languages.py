"""The three languages: their names, which one stands in for another, and the Kazakh order of letters."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

LANGUAGES = ("kk", "ru", "en")
DEFAULT_LANGUAGE = "kk"
LANGUAGE_NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
LANGUAGE_LABELS = {"kk": "ҚАЗ", "ru": "РУС", "en": "ENG"}

# The official order of the 42 letters; plain code points put Ё and І first and Ғ Қ Ң Ү Ұ Һ Ә Ө last.
KAZAKH_ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
_PLACE = {letter: 0x100 + place for place, letter in enumerate(KAZAKH_ALPHABET)}
_FOLDED = str.maketrans("әғқңөұүһіё", "агкноуухие")

T = TypeVar("T")


def fallbacks(language: str, preference: Sequence[str] = LANGUAGES) -> list[str]:
    """Return the languages to try, the asked one first, then the others by preference."""
    return [language, *(other for other in preference if other != language)]


def in_language(texts: Mapping[str, T], language: str) -> T:
    """Return the text in a language, or in the first other one that there is; the mapping must not be empty."""
    return next(texts[code] for code in fallbacks(language, list(texts)) if code in texts)


def sort_key(text: str) -> bytes:
    """Return bytes that sort like the Kazakh alphabet in every database: signs and digits, Cyrillic, then the rest."""
    key = bytearray()
    for letter in text.casefold():
        place = _PLACE.get(letter, ord(letter) if ord(letter) < 0x80 else 0x1000 + ord(letter))
        key += min(place, 0xFFFF).to_bytes(2, "big")
    return bytes(key)


def fold(text: str) -> str:
    """Return a name as it is searched for: case, Kazakh letters and runs of blanks folded."""
    return " ".join(text.casefold().translate(_FOLDED).split())
