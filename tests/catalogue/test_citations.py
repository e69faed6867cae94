"""Addresses of law, as a reader sees them."""

import pytest

from lms.catalogue.citations import Place, group


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("aarhus/4", Place("article", "4")),
        ("aarhus/4/4/d", Place("article", "4(4)(d)")),
        ("cao/456-1", Place("article", "456-1")),
        ("aarhus/preamble", Place("preamble", "")),
        ("aarhus/annex-1/20", Place("annex", "1(20)")),
    ],
)
def test_a_place_in_an_act_is_written_as_lawyers_do(address: str, place: Place) -> None:
    assert list(group([address]).values()) == [[place]]


def test_places_are_grouped_by_act_and_named_once() -> None:
    grouped = group(["aarhus/4/2", "appc/76", "aarhus/5", "aarhus/4/2"])

    assert list(grouped) == ["aarhus", "appc"]
    assert [place.text for place in grouped["aarhus"]] == ["4(2)", "5"]


def test_an_act_cited_as_a_whole_has_no_places() -> None:
    assert group(["ratification"]) == {"ratification": []}
