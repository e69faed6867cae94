"""Two sets of files compared, line by line and word by word."""

from hypothesis import given
from hypothesis import strategies as st

from lms.studio.differences import MOST_LINES, Kind, Line, compare, list_differences


def texts(lines: list[Line]) -> list[tuple[Kind, str]]:
    return [(line.kind, "".join(text for text, _ in line.pieces)) for line in lines]


def test_a_changed_line_is_cut_and_added_with_the_changed_words_marked() -> None:
    cut, added = compare(["| APPC | 15 days |"], ["| APPC | 15 working days |"])

    assert (cut.kind, cut.old, cut.new) == (Kind.CUT, 1, None)
    assert (added.kind, added.old, added.new) == (Kind.ADD, None, 1)
    assert [text for text, is_changed in cut.pieces if is_changed] == []
    assert "".join(text for text, is_changed in added.pieces if is_changed).strip() == "working"


def test_a_change_stands_between_its_neighbours() -> None:
    lines = list(compare(["a", "b", "c", "d", "e"], ["a", "b", "x", "y", "d", "e"]))

    assert texts(lines) == [(Kind.SAME, "b"), (Kind.CUT, "c"), (Kind.ADD, "x"), (Kind.ADD, "y"), (Kind.SAME, "d")]
    assert (lines[-1].old, lines[-1].new) == (4, 5)


def test_files_that_are_the_same_are_left_out_and_the_others_come_by_path() -> None:
    found = list_differences({"b.md": b"1\n", "a.md": b"1\n", "same.md": b"1\n"}, {"b.md": b"2\n", "same.md": b"1\n"})

    assert [(one.path, one.added, one.cut) for one in found] == [("a.md", 0, 1), ("b.md", 1, 1)]


def test_a_picture_is_only_named() -> None:
    (picture,) = list_differences({}, {"media/map.png": b"\x89PNG"})

    assert (picture.path, picture.lines) == ("media/map.png", ())


def test_of_a_long_change_the_beginning_is_shown_and_all_of_it_counted() -> None:
    (long,) = list_differences({}, {"a.md": b"line\n" * 500})

    assert (long.added, len(long.lines), long.is_short) == (500, MOST_LINES, False)


lines_of = st.lists(st.sampled_from(["", "one", "two words", "two other words"]), max_size=12)


@given(lines_of, lines_of)
def test_cut_and_added_lines_turn_the_old_text_into_the_new_one(old: list[str], new: list[str]) -> None:
    changed = list(compare(old, new))

    rest = [
        text for number, text in enumerate(old, 1) if number not in {line.old for line in changed if line.new is None}
    ]
    for line in changed:
        if line.kind is Kind.ADD:
            assert line.new is not None
            rest.insert(line.new - 1, "".join(text for text, _ in line.pieces))
    assert rest == new
