"""Categories of administrative posts of corps B, and how they are typed (pure).

The groups and numbers are those of the register of posts of civil servants: C central bodies, C-O and C-R their
units in regions and districts, D bodies of regions, D-O their departments, E districts and cities, E-R their
departments, E-G offices of akims of villages.
"""

_NUMBERED = {"C": 5, "C-O": 6, "C-R": 5, "D": 5, "D-O": 6, "E": 5, "E-R": 5, "E-G": 4}

CATEGORIES = ("A", "B", *(f"{group}-{number}" for group, last in _NUMBERED.items() for number in range(1, last + 1)))

# The codes circulate with Cyrillic letters that look like Latin ones, and with a zero for the letter.
_LOOK_ALIKES = str.maketrans("АВЕОС0", "ABEOCO")
_BY_SIGNS = {category.replace("-", ""): category for category in CATEGORIES}


def normalise(text: str) -> str | None:
    """Return the category that a text means, whatever its alphabet, case, blanks and dashes; None if it means none."""
    return _BY_SIGNS.get("".join(filter(str.isalnum, text.upper())).translate(_LOOK_ALIKES))
