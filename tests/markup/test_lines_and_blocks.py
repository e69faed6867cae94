"""Lines that know what is code, blocks as CommonMark has them, links and tags outside code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.markup.blocks import Code, Heading, List, Paragraph, Quote, Table
from lms.markup.inline import blank_code, find_links, find_tags, visible_text
from lms.markup.letters import confused_words
from lms.markup.lines import Fence, dedent, plain_text, read_lines
from lms.markup.parsing import parse_blocks
from lms.markup.source import Report, Source, normalise_text

MIXTURE = st.text(alphabet="`~<!-> \n\tab#|*1.[]()\\", max_size=60)


def report_on(text: str) -> Report:
    return Report(Source("a.md", normalise_text(text.encode())))


def test_bytes_become_one_kind_of_text() -> None:
    assert normalise_text("\ufeffи\u0306\r\nb\rc \n\n\n".encode()) == "й\nb\nc \n"


def test_an_offset_is_a_line_and_a_column() -> None:
    source = Source("a.md", "ab\n\ncd\n")

    assert [source.place(offset) for offset in (0, 2, 3, 4, 6, 7)] == [(1, 1), (1, 3), (2, 1), (3, 1), (3, 3), (4, 1)]


@pytest.mark.parametrize(
    ("text", "fences"),
    [
        ("```\na\n```\nb", "OPENS INSIDE CLOSES NONE"),
        ("```\na\n`````\nb", "OPENS INSIDE CLOSES NONE"),
        ("````\n```\n````", "OPENS INSIDE CLOSES"),
        ("~~~\n```\n~~~", "OPENS INSIDE CLOSES"),
        ("   ```\n   a\n  ```", "OPENS INSIDE CLOSES"),
        ("- ```\n  a\n  ```", "OPENS INSIDE CLOSES"),
        ("> ```\n> a\n> ```\nb", "OPENS INSIDE CLOSES NONE"),
        ("> ```\n> a\nb", "OPENS INSIDE NONE"),
        ("a ```b```", "NONE"),
        ("``` a`b\nc", "NONE NONE"),
    ],
)
def test_lines_inside_a_fence_are_code(text: str, fences: str) -> None:
    report = report_on(text)

    lines, _ = read_lines(report)

    assert [line.fence for line in lines] == [Fence[name] for name in fences.split()]
    assert report.problems == []


def test_a_fence_left_open_lasts_to_the_end_and_is_reported() -> None:
    report = report_on("a\n```\nb\n## c")

    lines, _ = read_lines(report)

    assert [line.fence.name for line in lines] == ["NONE", "OPENS", "INSIDE", "INSIDE"]
    assert [(problem.line, problem.code) for problem in report.problems] == [(2, "syntax")]


def test_notes_leave_blanks_so_that_offsets_stay() -> None:
    report = report_on("a <!-- b --> c\n<!-- d\ne\n--> f\n`<!--` g")

    lines, notes = read_lines(report)

    assert [line.text for line in lines] == ["a            c", "      ", " ", "f", "`<!--` g"]
    assert [note.text for note in notes] == [" b ", " d\ne\n"]


@given(MIXTURE)
def test_every_character_keeps_its_place(text: str) -> None:
    report = report_on(text)
    source = report.source.text

    lines, _ = read_lines(report)
    plain = blank_code(plain_text(lines, 0, len(source)))

    assert len(plain) == len(source)
    assert all(here in (there, " ", "\n") for here, there in zip(plain, source, strict=True))
    assert all(source[line.start : line.start + len(line.text)].count("\n") == 0 for line in lines)


@given(MIXTURE)
def test_blocks_hold_every_line_of_text(text: str) -> None:
    lines, _ = read_lines(report_on(text))

    assert bool(parse_blocks(lines)) == any(not line.is_blank for line in lines)


def test_a_divided_tab_leaves_blanks() -> None:
    lines, _ = read_lines(report_on("\ta"))

    assert dedent(lines[0], 2).text == "  a"
    assert dedent(lines[0], 4).text == "a"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("a\n## b\nc", [Paragraph, Heading, Paragraph]),
        ("a\n- b", [Paragraph, List]),
        ("a\n2. b", [Paragraph]),
        ("- a\n* b", [List, List]),
        ("> a\nb", [Quote]),
        ("| a |\n|---|\n| b |\n\nc", [Table, Paragraph]),
        ("a | b", [Paragraph]),
        ("a\n\n    b", [Paragraph, Code]),
        ("a\n    b", [Paragraph]),
    ],
)
def test_blocks_begin_where_commonmark_begins_them(text: str, kinds: list[type]) -> None:
    lines, _ = read_lines(report_on(text))

    assert [type(block) for block in parse_blocks(lines)] == kinds


def test_code_spans_are_blank_and_escaped_marks_are_none() -> None:
    assert blank_code("a `b` c ``d ` e`` \\`f `g") == "a     c           \\`f `g"
    assert blank_code("- `a\n- b`") == "- `a\n- b`"


def test_links_are_found_with_their_places() -> None:
    text = '[a [b]](x "t") ![c](<y z>) \\[d](e) <https://f.kz>\n\n[g]: h'

    assert [(link.target, link.is_image) for link in find_links(text)] == [
        ("x", False),
        ("y z", True),
        ("https://f.kz", False),
        ("h", False),
    ]


def test_tags_are_found_and_comparisons_are_none() -> None:
    assert [(tag.name, tag.is_closing, tag.attributes) for tag in find_tags("a < b <br/> <a href='x'>c</A> \\<i>")] == [
        ("br", False, ""),
        ("a", False, "href='x'"),
        ("a", True, ""),
    ]


def test_a_reader_sees_the_text_of_links_only() -> None:
    assert visible_text("**Да**, [ст. 4](law:aarhus/4) и \\*") == "Да, ст. 4 и *"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Оpган ответил", [("Оpган", "Орган")]),
        ("Aаrhus", [("Aаrhus", "Aarhus")]),
        ("бiр", [("бiр", "бір")]),
        ("PDF-файл, web-сайт, CO2", []),
        ("PRTRдің", []),
    ],
)
def test_words_that_mix_alphabets_unseen_are_found(text: str, found: list[tuple[str, str]]) -> None:
    assert [(word, mended) for _, word, mended in confused_words(text)] == found
