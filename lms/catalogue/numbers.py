"""Find the numbers of a text, so that translations can be compared."""

import re
from collections import Counter

SPACED = re.compile(r"(?<![0-9])[0-9]{1,3}(?:[ \u00a0\u202f\u2009][0-9]{3})+(?![0-9])")
GROUPED = re.compile(r"(?<![0-9.,])[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9.,]?[0-9])")
NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
ENTITY = re.compile(r"&#?[A-Za-z0-9]{1,10};")
FOOTNOTE = re.compile(r"\[\^[^\]\s]*\]:?")
LIST_NUMBER = re.compile(r"(?P<before>[ \t>]*)(?P<number>[0-9]{1,9})[.)][ \t]")


def numbers_of(text: str, lang: str) -> Counter[str]:
    """Return how often each number stands in a text without code and addresses; numbers of lists do not count.

    `0,5` is `0.5`, `1 000` is `1000`; a date in digits counts as its parts.
    """
    plain = FOOTNOTE.sub(" ", ENTITY.sub(" ", _without_list_numbers(text)))
    plain = SPACED.sub(lambda match: re.sub(r"\D", "", match[0]), plain)
    if lang == "en":
        plain = GROUPED.sub(lambda match: match[0].replace(",", ""), plain)
    return Counter(part for match in NUMBER.finditer(plain) for part in _parts(match[0]))


def _parts(written: str) -> list[str]:
    parts = re.split(r"[.,]", written)
    if len(parts) == 2:
        decimals = parts[1].rstrip("0")
        return [_whole(parts[0]) + (f".{decimals}" if decimals else "")]
    return [_whole(part) for part in parts]


def _whole(digits: str) -> str:
    return digits.lstrip("0") or "0"


def _without_list_numbers(text: str) -> str:
    lines: list[str] = []
    in_list = True
    for line in text.split("\n"):
        match = LIST_NUMBER.match(line)
        if match and (in_list or match["number"] == "1"):
            line = match["before"] + line[match.end() :]
            in_list = True
        elif line.strip():
            in_list = line[:1] in " \t" and in_list
        else:
            in_list = True
        lines.append(line)
    return "\n".join(lines)
