"""The number of a certificate: unguessable, short enough to read aloud, and telling when a sign of it is wrong (pure).

Twelve signs of Crockford's base 32, which has no I, L, O and U: eleven drawn at random, 55 bits, and a check sign.
The signs are read as elements of the field GF(32) and weighted with different powers of a primitive element; a number
is right if the weighted sum is zero. So every single wrong sign and every exchange of two signs shows.
"""

import secrets
from enum import Enum, auto

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
GROUP = 4

_MODULUS = 0b100101  # x⁵ + x² + 1, primitive over GF(2)
# What people type or a reader of letters sees instead: Crockford's own three, then Cyrillic look-alikes.
_LOOK_ALIKES = str.maketrans("OILАВСЕНКМОРТУҮХІӀЈЅҺЗ", "011ABCEHKM0PTYYX11JSH3")


class Misprint(Enum):
    """What makes a text no number of a certificate, whether or not there is such a certificate."""

    LENGTH = auto()
    SIGN = auto()
    CHECK = auto()


def draw() -> str:
    """Draw a new number; among a million of them two are alike with a chance of 1 in 70,000."""
    return with_check_sign("".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1)))


def with_check_sign(signs: str) -> str:
    """Return the number that begins with these eleven signs."""
    return _grouped(signs + ALPHABET[_times_x(_weighted_sum(signs))])


def normalise(text: str) -> str:
    """Return a number as it is printed, however it was typed: case, blanks, dashes and look-alike letters are forgiven.

    The address that the QR code holds is taken as well. What is not a number is returned in the same way, for
    `find_misprint` to say what is wrong with it.
    """
    last_part = text.split("?")[0].rstrip("/ ").rpartition("/")[2]
    return _grouped("".join(sign for sign in last_part.upper().translate(_LOOK_ALIKES) if sign.isalnum()))


def find_misprint(number: str) -> Misprint | None:
    """Say what is wrong with a normalised number; None if nothing is."""
    signs = number.replace("-", "")
    if len(signs) != LENGTH:
        return Misprint.LENGTH
    if not set(signs) <= set(ALPHABET):
        return Misprint.SIGN
    return Misprint.CHECK if _weighted_sum(signs) else None


def is_well_formed(number: str) -> bool:
    """Tell whether a text is a number exactly as printed, with the right check sign."""
    return find_misprint(number) is None and number == _grouped(number.replace("-", ""))


def _grouped(signs: str) -> str:
    return "-".join(signs[start : start + GROUP] for start in range(0, len(signs), GROUP))


def _weighted_sum(signs: str) -> int:
    """Return the sum of the signs, the last one weighted with 1, the one before with x, then x², and so on."""
    total = 0
    for sign in signs:
        total = _times_x(total) ^ ALPHABET.index(sign)
    return total


def _times_x(element: int) -> int:
    """Multiply an element of GF(32) by the primitive element."""
    doubled = element << 1
    return doubled ^ _MODULUS if doubled & 0b100000 else doubled
