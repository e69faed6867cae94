"""The test browser finds out a page that breaks a rule."""

import pytest
from flask import Flask

from tests.browser import PageClient

WHOLE = '<!doctype html><html lang="en"><head><title>T · S</title></head><body><main><h1>T</h1>{}</main></body></html>'


@pytest.fixture
def show():
    """Return a function that opens a page of this HTML."""
    app = Flask("pages")
    app.secret_key = "x"

    def show(html):
        app.view_functions["page"] = lambda: html
        return PageClient(app).open("/")

    app.add_url_rule("/", "page")
    return show


def test_a_sound_page_passes(show):
    assert show(WHOLE.format("<p>Words\u00a0here</p>")).text == "T Words here"


@pytest.mark.parametrize(
    ("piece", "fault"),
    [
        ("<h1>Second</h1>", "2 headings h1"),
        ("<p><div></div></p>", "not well formed"),
        ('<p id="a"></p><p id="a"></p>', "id 'a' stands 2 times"),
        ('<input name="word">', "input 'word' has no label"),
        ('<select name="word" id="w"></select>', "select 'word' has no label"),
        ("<button></button>", "says nothing"),
        ('<a href="/"></a>', "says nothing"),
        ('<img src="/x.png">', "has no alt"),
        ('<p style="color: red"></p>', "inline code"),
        ('<p onclick="x()"></p>', "inline code"),
        ("<script>x()</script>", "inline script"),
        ('<a href=" JavaScript:x()">x</a>', "inline code"),
        ('<a href="#nowhere">x</a>', "link to #nowhere"),
        ('<label for="nothing">x</label>', "label for points at 'nothing'"),
    ],
)
def test_a_broken_page_is_found_out(piece, fault, show):
    with pytest.raises(AssertionError, match=fault):
        show(WHOLE.format(piece))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [('lang="en"', "", "lang is None"), ("T · S", "", "no title"), ("<h1>T</h1>", "", "0 headings h1")],
)
def test_a_broken_frame_is_found_out(old, new, fault, show):
    with pytest.raises(AssertionError, match=fault):
        show(WHOLE.format("").replace(old, new))


def test_an_unexpected_status_is_found_out(browser):
    with pytest.raises(AssertionError, match="404"):
        browser.open("/nowhere")


def test_a_form_is_read_as_a_browser_would_send_it(show):
    page = show(
        WHOLE.format(
            '<form method="post"><label>A <input name="a" value="1"></label>'
            '<label>B <input type="checkbox" name="b" value="2"></label>'
            '<label>C <textarea name="c">\n three</textarea></label>'
            '<label>D <select name="d"><option value="4">x</option></select></label>'
            '<button name="go" value="5">Go</button></form>'
        )
    )

    assert page.fields() == {"a": "1", "c": " three", "d": "4"}
