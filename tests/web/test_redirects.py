"""Nobody is sent to another site."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.urls import iri_to_uri

from lms.web.redirects import came_from, here, is_from_this_site, safe_path

ELSEWHERE = ["", "evil", "//evil", "/\\evil", "\\/evil", "https://evil", "/\t/evil", "/\n/evil", " /x", "/a b"]


@pytest.mark.parametrize("target", [*ELSEWHERE, None])
def test_what_may_lead_elsewhere_is_refused(target):
    assert safe_path(target) is None


@pytest.mark.parametrize("target", ["/", "/my", "/courses/a/b?lang=ru&next=//evil", "/жоқ"])
def test_a_path_of_this_site_is_taken(target):
    assert safe_path(target) == target


@given(st.text(alphabet="/\\:@.?#ab \t\n\r%\x00", max_size=8))
def test_whatever_is_taken_stays_on_this_host(target):
    if safe_path(target):
        stripped = iri_to_uri(target)
        assert stripped.startswith("/")
        assert stripped[1:2] not in ("/", "\\")


@pytest.mark.parametrize(
    ("referrer", "expected"),
    [
        ("http://localhost/mine?show=all#x", "/mine?show=all"),
        ("http://evil.example/mine", None),
        ("http://localhost.evil.example/", None),
        ("http://localhost//evil.example", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_the_way_back_is_a_page_of_this_site(referrer, expected, app):
    with app.test_request_context("/", headers={"Referer": referrer}):
        assert came_from() == expected


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, True),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Origin": "http://localhost"}, True),
        ({"Origin": "http://localhost:81"}, False),
        ({"Origin": "null"}, False),
        ({}, False),
    ],
)
def test_a_form_counts_as_ours_only_if_the_browser_says_so(headers, expected, app):
    with app.test_request_context("/", method="POST", headers=headers):
        assert is_from_this_site() is expected


def test_here_is_the_address_with_its_query(app):
    with app.test_request_context("/mine?show=all"):
        assert here() == "/mine?show=all"
