"""Markdown as our pages show it: like every other viewer, plus components, and nothing that could run."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.markup.dressing import Target
from lms.markup.html import Renderer

ADDRESSES = {
    "law:aarhus/4/2": Target("law", "/laws#aarhus", "Aarhus Convention"),
    "term:public": Target("term", "/glossary#public"),
    "../media/a.mp3": Target("media", "/media/a.mp3"),
}
RENDERER = Renderer("en", lambda target: ADDRESSES.get(target, Target("web", target)))


def html(text: str) -> str:
    return RENDERER.block(text).html.replace("\n", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("text\n- a\n- b", "<p>text</p><ul><li>a</li><li>b</li></ul>"),
        ("- a\n  - b\n    - c\n- d", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>"),
        ("3) a\n4) b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("* a\n- b", "<ul><li>a</li></ul><ul><li>b</li></ul>"),
        ("text\n> quote", "<p>text</p><blockquote><p>quote</p></blockquote>"),
        ("> a\n\n> b", "<blockquote><p>a</p></blockquote><blockquote><p>b</p></blockquote>"),
        ("text\n```\n<b>\n- no\n```\nmore", "<p>text</p><pre><code>&lt;b&gt;- no</code></pre><p>more</p>"),
        ("text\n1998. year", "<p>text 1998. year</p>"),
        ("- a\n  1998. b", "<ul><li>a 1998. b</li></ul>"),
        ("#no heading", "<p>#no heading</p>"),
        ("a  \nb\\\nc", "<p>a<br> b<br> c</p>"),
        (r"\* not \= \; \< \{", "<p>* not = ; &lt; {</p>"),
        ("x < y & <b>z</b>", "<p>x &lt; y &amp; &lt;b&gt;z&lt;/b&gt;</p>"),
        ("H<sub>2</sub>O <kbd>Ctrl</kbd>", "<p>H<sub>2</sub>O <kbd>Ctrl</kbd></p>"),
        ("- [ ] pack\n- [ ] sign", '<ul class="checklist"><li>☐ pack</li><li>☐ sign</li></ul>'),
    ],
)
def test_text_looks_as_in_every_viewer(text: str, expected: str) -> None:
    assert html(text) == expected


def test_headings_get_anchors_by_position() -> None:
    rendered = RENDERER.block("## First `one`\n\n### Inner\n\n## AT&T", "q-")

    assert '<h2 id="q-s1">First <code>one</code></h2>' in rendered.html
    assert '<h3 id="q-s2">' in rendered.html
    assert rendered.headings == (("q-s1", "First one"), ("q-s3", "AT&T"))


def test_a_box_is_named_in_the_language_of_the_page() -> None:
    russian = Renderer("ru", lambda target: Target("web", target))

    assert russian.block("> [!WARNING]\n> Не позже.\n>\n> - срока").html.replace("\n", "") == (
        '<aside class="note flow" data-kind="warning"><p>Внимание</p><p>Не позже.</p><ul><li>срока</li></ul></aside>'
    )


def test_a_quote_that_names_its_law_is_a_figure() -> None:
    assert html("> It is given.\n>\n> — [Art. 4(2)](law:aarhus/4/2), in summary") == (
        '<figure class="law"><blockquote><p>It is given.</p></blockquote>'
        '<figcaption><a class="law-link" href="/laws#aarhus" title="Aarhus Convention">Art. 4(2)</a>, in summary'
        "</figcaption></figure>"
    )


def test_a_table_is_a_region_named_by_its_caption() -> None:
    page = html("Table: Terms\n\n| a | b |\n|---|--:|\n| 1 | 2 |")

    assert page.startswith('<div aria-labelledby="t1" class="table" role="region" tabindex="0">')
    assert '<caption id="t1">Terms</caption>' in page
    assert '<th class="num" scope="col">b</th>' in page
    assert '<td class="num">2</td>' in page
    assert "<p>" not in page


def test_a_table_without_caption_is_named_all_the_same() -> None:
    assert 'aria-label="Table 1"' in html("| a |\n|---|\n| 1 |")


def test_a_sound_alone_in_its_paragraph_becomes_a_player() -> None:
    assert html("[Interview](../media/a.mp3)") == (
        '<figure><audio controls="controls" preload="none" src="/media/a.mp3"></audio>'
        '<figcaption><a href="/media/a.mp3">Interview</a></figcaption></figure>'
    )
    assert "audio" not in html("Listen: [Interview](../media/a.mp3)")


def test_a_hint_holds_markdown() -> None:
    assert html("<details><summary>Hint</summary>\n\n**Read** it.\n\n</details>") == (
        "<details><summary>Hint</summary><p><strong>Read</strong> it.</p></details>"
    )


def test_footnotes_of_two_texts_do_not_collide() -> None:
    page = RENDERER.block("Text[^1].\n\n[^1]: Note.", "q-").html

    assert 'id="q-fnref:1"' in page
    assert 'href="#q-fn:1"' in page
    assert 'aria-label="Back to the text"' in page


def test_fences_may_be_named_and_divide_the_text() -> None:
    text = "Before.\n\n```check\n## Question\n```\n\nAfter.\n\n```\ncode\n```"

    rendered = RENDERER.block(text, read_fence=lambda info, lines: lines[0].text if info == "check" else None)

    assert rendered.marks == ("## Question",)
    assert [piece.replace("\n", "") for piece in rendered.pieces] == [
        "<p>Before.</p>",
        "<p>After.</p><pre><code>code</code></pre>",
    ]


def test_a_line_of_text_has_no_paragraph() -> None:
    assert RENDERER.inline("Not *later*") == "Not <em>later</em>"
    assert RENDERER.inline("a\n\nb") == "<p>a</p>\n<p>b</p>"


class Elements(HTMLParser):
    """Collect the elements of a page with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, list[tuple[str, str]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, [(name, value or "") for name, value in attrs]))


DANGEROUS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html,x)",
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    "<details ontoggle=alert(1)>",
    "![x](javascript:alert(1))",
    "<svg/onload=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    "<sub style=x>",
    '[x](https://a.kz "" onclick=alert(1)")',
    "<!-- --><iframe src=//evil></iframe>",
    "<br\nonclick=alert(1)>",
)


@pytest.mark.parametrize("text", DANGEROUS)
def test_nothing_that_runs_survives(text: str) -> None:
    found = Elements()

    found.feed(RENDERER.block(text).html)

    assert {name for name, _ in found.elements} <= {"p", "a", "img", "sub", "br", "details"}
    attributes = [attribute for _, attributes in found.elements for attribute in attributes]
    assert {name for name, _ in attributes} <= {"href", "src", "alt", "loading", "title"}
    assert all(value.startswith("https:") for name, value in attributes if name in ("href", "src") and ":" in value)


@settings(deadline=None)
@given(st.text(alphabet="ab*_[]()<>`~!#->|:. \n\t\\&;1\x02\x03\ue002\ue003\ue0040", max_size=80))
def test_any_text_can_be_rendered(text: str) -> None:
    page = RENDERER.block(text).html + RENDERER.inline(text)

    assert not set("\ue002\ue003\ue004\ue005\x02\x03") & set(page)


def test_endless_nesting_is_shown_as_typed() -> None:
    assert "***" in html("*" * 3000 + "a") or html("> " * 3000 + "a")
    assert html("- " * 2000 + "a")
    assert html("[" * 500 + "a" + "](b)" * 500)
