"""The map as tiles."""

from decimal import Decimal
from itertools import groupby, pairwise

from flask import Flask

from lms.centres.queries import list_regions
from lms.languages import LANGUAGES
from lms.reports.tiles import TILES, bin_of, bin_texts, whole_percent


def test_every_region_has_one_tile(context: Flask) -> None:
    assert sorted(tile.region for tile in TILES) == [region.code for region in list_regions()]


def test_no_two_tiles_lie_on_each_other() -> None:
    row, places = 0, []
    for before, tile in pairwise((None, *TILES)):
        row += before is not None and tile.column <= before.column
        places.append((row, tile.column))

    assert len(set(places)) == len(TILES)
    assert [len(list(tiles)) for _row, tiles in groupby(places, key=lambda place: place[0])] == [3, 6, 4, 6, 1]


def test_short_names_tell_regions_apart_in_every_language() -> None:
    for language in LANGUAGES:
        assert len({tile.short_name(language) for tile in TILES}) == len(TILES)


def test_the_shade_is_that_of_the_number_on_the_tile() -> None:
    assert whole_percent(Decimal("64.5")) == 65
    assert [bin_of(percent) for percent in (0, 64, 65, 72, 73, 80, 81, 88, 89, 100)] == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert bin_texts() == ["< 65", "65–72", "73–80", "81–88", "≥ 89"]
