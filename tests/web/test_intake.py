"""What no browser sends and no database can hold is answered with a page that says so, never with a failure."""

import pytest
from werkzeug.datastructures import MultiDict

from lms.web.intake import BIGGEST, read_id

TOO_BIG = [str(BIGGEST + 1), "9" * 40, "9" * 5_000]


@pytest.mark.parametrize("number", TOO_BIG)
def test_a_number_that_no_row_can_have_leads_nowhere(number, browser):
    assert browser.open(f"/rows/{number}", status=404).heading == "Page not found"


def test_every_number_that_a_row_can_have_is_taken(browser):
    assert browser.open(f"/rows/{BIGGEST}").text == "Toy 0"


def test_numbers_that_no_row_can_have_are_passed_over_in_a_list():
    sent = MultiDict([("who", text) for text in ("7", *TOO_BIG, "-1", "0", "", "x", "٧", "1_0", " 8", str(BIGGEST))])

    assert sent.getlist("who", read_id) == [7, BIGGEST]


def test_a_path_with_a_zero_byte_leads_nowhere(browser):
    assert browser.open("/errors/%00", status=404).heading == "Page not found"


@pytest.mark.parametrize("query", ["words=%00", "%00=1", "words=a%00b&words=c"])
def test_a_query_with_a_zero_byte_is_refused(query, browser):
    assert browser.open(f"/?{query}", status=400).heading == "The request could not be read"


@pytest.mark.parametrize("fields", [{"word": "a\0b"}, {"wo\0rd": "a"}])
def test_a_form_with_a_zero_byte_is_refused(fields, sign_in_with):
    assert sign_in_with().send("/mine", fields, status=400).heading == "The request could not be read"
