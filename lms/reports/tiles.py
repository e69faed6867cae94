"""The map of the country as tiles: one for each region, west to east and north to south."""

from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import NamedTuple

LEAST_OF_BIN = (65, 73, 81, 89)  # percent from which a tile has the second, third, fourth and fifth shade


class Tile(NamedTuple):
    """A region's place in its row of the map, and its name in three letters."""

    region: str
    column: int  # from 1 to 7; a new row begins where it does not grow
    kk: str
    ru: str
    en: str

    def short_name(self, language: str) -> str:
        """Return the three letters in one of the three languages."""
        return str(getattr(self, language))


TILES = (
    Tile("KZ-39", 3, "ҚОС", "КОС", "KOS"),
    Tile("KZ-59", 4, "СҚО", "СКО", "NKR"),
    Tile("KZ-55", 6, "ПАВ", "ПАВ", "PAV"),
    Tile("KZ-27", 1, "БҚО", "ЗКО", "WKR"),
    Tile("KZ-15", 2, "АҚТ", "АКТ", "AKT"),
    Tile("KZ-11", 4, "АҚМ", "АКМ", "AKM"),
    Tile("KZ-71", 5, "АСТ", "АСТ", "AST"),
    Tile("KZ-10", 6, "АБА", "АБА", "ABA"),
    Tile("KZ-63", 7, "ШҚО", "ВКО", "EKR"),
    Tile("KZ-23", 1, "АТЫ", "АТЫ", "ATY"),
    Tile("KZ-62", 3, "ҰЛЫ", "ҰЛЫ", "ULY"),
    Tile("KZ-35", 4, "ҚАР", "КАР", "KAR"),
    Tile("KZ-33", 6, "ЖЕТ", "ЖЕТ", "ZHE"),
    Tile("KZ-47", 1, "МАҢ", "МАН", "MAN"),
    Tile("KZ-43", 3, "ҚЫЗ", "КЫЗ", "KYZ"),
    Tile("KZ-61", 4, "ТҮР", "ТУР", "TUR"),
    Tile("KZ-31", 5, "ЖАМ", "ЖАМ", "ZHA"),
    Tile("KZ-19", 6, "АЛО", "АЛО", "ALR"),
    Tile("KZ-75", 7, "АЛМ", "АЛМ", "ALM"),
    Tile("KZ-79", 4, "ШЫМ", "ШЫМ", "SHY"),
)


def whole_percent(rate: int | Decimal) -> int:
    """Round a rate in percent for a tile, halves up."""
    return int(Decimal(rate).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def bin_of(percent: int) -> int:
    """Return the shade, 1 to 5, of the number that a tile shows."""
    return 1 + sum(percent >= least for least in LEAST_OF_BIN)


def bin_texts() -> list[str]:
    """Write which numbers each shade stands for."""
    inner = [f"{least}–{more - 1}" for least, more in pairwise(LEAST_OF_BIN)]
    return [f"< {LEAST_OF_BIN[0]}", *inner, f"≥ {LEAST_OF_BIN[-1]}"]
