"""Tell Latin letters from the Cyrillic ones that look the same."""

import re
from collections.abc import Iterator

CYRILLIC = "аеорсухіјѕһԛԝкАВЕКМНОРСТУХІЈЅҺԚԜ"
LATIN = "aeopcyxijshqwkABEKMHOPCTYXIJSHQW"
TO_LATIN = str.maketrans(CYRILLIC, LATIN)
TO_CYRILLIC = str.maketrans(LATIN, CYRILLIC)
WORD = re.compile(r"[^\W\d_]{2,}")
MIXED = re.compile(r"[A-Za-z][\u0400-\u052f]|[\u0400-\u052f][A-Za-z]")


def latin(name: str) -> str:
    """Return a name with every Cyrillic letter that looks Latin, and the number sign, typed as they look."""
    return name.translate(TO_LATIN).replace("№", "#")


def first_cyrillic(name: str) -> str:
    """Return the first sign of a name that only looks Latin; empty if there is none."""
    return next((sign for sign in name if sign in CYRILLIC or sign == "№"), "")


def is_cyrillic(letter: str) -> bool:
    """Say whether a letter is Cyrillic."""
    return "\u0400" <= letter <= "\u052f"


def confused_words(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield place, word and mended word where one alphabet's letters stand for the other's.

    A word that no exchange of look-alikes makes pure (an abbreviation with a case ending) is left alone.
    """
    for match in WORD.finditer(text):
        if MIXED.search(match[0]) and (mended := _pure(match[0])):
            yield match.start(), match[0], mended


def _pure(word: str) -> str:
    cyrillic = sum(map(is_cyrillic, word))
    candidates = [word.translate(TO_CYRILLIC), word.translate(TO_LATIN)]
    if cyrillic * 2 < len(word):
        candidates.reverse()
    return next((candidate for candidate in candidates if not MIXED.search(candidate)), "")
