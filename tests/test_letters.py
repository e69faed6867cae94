"""The letters that documents can print are those that the embedded fonts have shapes for."""

import struct
import unicodedata
from pathlib import Path

import pytest

from lms.certificates.rendering import TEMPLATES
from lms.languages import KAZAKH_ALPHABET
from lms.letters import PRINTABLE, missing_letters

FONTS = sorted(TEMPLATES.glob("*/*.ttf"))


def letters_of(font: Path) -> set[str]:
    """Return the characters with a shape in a TrueType font: its table `cmap` in format 4, as OpenType defines it."""
    data = font.read_bytes()
    (count,) = struct.unpack_from(">H", data, 4)
    tables = {
        tag: start for tag, _, start, _ in (struct.unpack_from(">4sIII", data, 12 + 16 * n) for n in range(count))
    }
    start = tables[b"cmap"] + struct.unpack_from(">HHHHI", data, tables[b"cmap"])[4]
    kind, _, _, doubled = struct.unpack_from(">HHHH", data, start)
    assert kind == 4
    ends = struct.unpack_from(f">{doubled // 2}H", data, start + 14)
    starts = struct.unpack_from(f">{doubled // 2}H", data, start + 16 + doubled)
    return {chr(code) for first, last in zip(starts, ends, strict=True) for code in range(first, last + 1)}


@pytest.mark.parametrize("font", FONTS, ids=lambda font: font.stem)
def test_the_list_is_what_the_font_holds(font: Path) -> None:
    of_no_use = {letter for letter in letters_of(font) if unicodedata.category(letter) in ("Cc", "Cf", "Cn")}

    assert letters_of(font) - of_no_use == PRINTABLE


def test_names_in_the_three_languages_can_be_printed() -> None:
    assert missing_letters(KAZAKH_ALPHABET + KAZAKH_ALPHABET.upper() + "Müller-O’Brien ŵŷ Łąż Ğöçşi") == ""


def test_letters_that_cannot_be_printed_are_named_once_in_the_order_met() -> None:
    assert missing_letters("Ĉapek 王小明 Ĉ") == "Ĉ王小明"


def test_a_letter_typed_in_two_pieces_counts_as_one() -> None:
    assert missing_letters(unicodedata.normalize("NFD", "Йоғұрт Ёлкин")) == ""
