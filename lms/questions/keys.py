"""Read the keys of typed answers, and compare what people type with them."""

import re
import unicodedata
from fractions import Fraction

from lms.questions.questions import Interval

DASHES = "‐‑‒–—―−﹘﹣－"
QUOTES = "«»“”„‟‹›‘’‚‛'`´″′＂＇"
_FOLDED = str.maketrans(dict.fromkeys(DASHES, "-") | dict.fromkeys(QUOTES, '"') | {"ё": "е"})
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
WILDCARD = "\ue000"  # stands for an unescaped star while a pattern is folded

NUMBER = r"[+-]?[0-9]{1,30}(?:[.,][0-9]{1,30})?"
SINGLE = re.compile(NUMBER)
TOLERANCE = re.compile(rf"(?P<middle>{NUMBER}) ?(?:±|\+-|\+/-) ?(?P<margin>{NUMBER})")
RANGE = re.compile(rf"(?P<low>{NUMBER}) ?\.\. ?(?P<high>{NUMBER})")
NUMBER_LIKE = re.compile(r"[0-9+±.,…/~%° -]*[0-9][0-9+±.,…/~%° -]*")
THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}")
INNER_BLANKS = re.compile(r"(?<=[0-9])[ \u2009](?=[0-9])")


def fold(text: str) -> str:
    """Return a text as answers are compared: case, ё, dashes, quotes, blanks and a final full stop do not matter."""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold()).translate(_FOLDED)
    return " ".join(folded.split()).removesuffix(".").rstrip()


def unescape(text: str) -> str:
    """Return a plain text without the backslashes that took meaning away."""
    return ESCAPE.sub(r"\1", text)


def pattern_of(text: str) -> str:
    """Return a typed key as a pattern: only stars and backslashes stay escaped."""
    return ESCAPE.sub(lambda match: match[0] if match[1] in "*\\" else match[1], text)


def plain_reading(key: str) -> str:
    """Return a decimal number as it is understood, with a point and no idle zeros."""
    return key.replace(",", ".").rstrip("0").rstrip(".")


def matches(pattern: str, answer: str) -> bool:
    """Say whether an answer fits a pattern of accepted text, in which `*` stands for any characters."""
    pieces = _pieces(pattern)
    text = fold(answer)
    if len(pieces) == 1:
        return text == pieces[0]
    first, *middle, last = pieces
    if not (text.startswith(first) and text.endswith(last) and len(first) + len(last) <= len(text)):
        return False
    position, end = len(first), len(text) - len(last)
    for piece in middle:
        found = text.find(piece, position, end)
        if found < 0:
            return False
        position = found + len(piece)
    return True


def accepts_anything(pattern: str) -> bool:
    """Say whether a pattern has stars and no letter or digit to hold on to."""
    pieces = _pieces(pattern)
    return len(pieces) > 1 and not any(sign.isalnum() for piece in pieces for sign in piece)


def _pieces(pattern: str) -> list[str]:
    """Return the folded texts between the stars of a pattern."""
    clean = pattern.replace(WILDCARD, "")
    marked = re.sub(r"\\(.)|\*", lambda match: match[1] or WILDCARD, clean, flags=re.DOTALL)
    return fold(marked).split(WILDCARD)


def read_number(text: str, unit: str = "") -> Fraction | None:
    """Return the number that a person typed, with or without its unit; None if it is no number."""
    plain = fold(text)
    plain = plain.removesuffix(fold(unit)).rstrip() if unit else plain
    return _fraction(INNER_BLANKS.sub("", plain))


def _fraction(plain: str) -> Fraction | None:
    return Fraction(plain.replace(",", ".")) if SINGLE.fullmatch(plain) else None


def read_interval(key: str) -> Interval | None:
    """Return the closed interval that a key means (`15`, `15 ± 1`, `10..20`); None if it is none of these."""
    plain = _plain_number(key)
    if match := TOLERANCE.fullmatch(plain):
        middle, margin = Fraction(_point(match["middle"])), Fraction(_point(match["margin"]))
        return (middle - margin, middle + margin) if margin >= 0 else None
    if match := RANGE.fullmatch(plain):
        low, high = Fraction(_point(match["low"])), Fraction(_point(match["high"]))
        return (low, high) if low <= high else None
    number = _fraction(plain)
    return None if number is None else (number, number)


def looks_like_number(key: str) -> bool:
    """Say whether a key consists of digits and signs only, so that it was hardly meant as words."""
    return bool(NUMBER_LIKE.fullmatch(_plain_number(key)))


def is_ambiguous(key: str) -> bool:
    """Say whether a decimal number could be read as thousands."""
    return bool(THOUSANDS.fullmatch(_plain_number(key)))


def _plain_number(key: str) -> str:
    plain = " ".join(key.split()).replace("…", "..")
    for dash in DASHES:
        plain = plain.replace(dash, "-")
    return INNER_BLANKS.sub("", plain)


def _point(number: str) -> str:
    return number.replace(",", ".")
