"""Whatever the bytes, the checker answers: it never raises, points into the file, and takes time in proportion."""

from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.catalogue.archive import digest_of, normalise
from lms.catalogue.problems import message
from lms.catalogue.reading import Registries, read_course
from lms.catalogue.render import Addresses, render_page
from tests.catalogue.course_files import BARE, LESSON, LESSON_HEAD, QUIZ, QUIZ_HEAD, REGISTRIES

SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

PIECES = """\
## Вопрос {#a}|## |# Случай {#case}|##Нет|№№ Нет|{#a topic=clock}|{#b points=2 unit="дней"}|{№c|- (x) да|- ( ) нет
- ( )|- [x] да|- [ ] нет|- (25%) часть|- (2) балл|-(x) да|– ( ) нет|- = Орхус*|- = 15 ± 1|- = 1,000|- А => Б|- => В
1. раз|2) два|  > отзыв|> пояснение|> [!NOTE]|> — [ст. 4](law:aarhus/4)|[[15; пять]]|[[(x) а; ( ) б]]|[[|]]|[[2: а]]
```|```check|~~~~|    код|`код|<!--|-->|<!-- parity: off -->|<details><summary>Ещё</summary>|</details>|<b>|<br>|---|===
|
Таблица: Сроки|\u00a0|\u200b|[текст](../media/clock.ru.svg)|![рисунок](a.png)|[^1]|[^1]: сноска|[а]: law:aarhus|Оpган|*
**жирный**|\\|_|\t|  |никогда|{pin}|type=ordering|{#d type=ordering}|{#e type=essay}|{#f type=statement}|<https://a.kz>|:
""".replace("\n", "|").split("|")
LINES = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=4).map(" ".join)
TEXTS = st.lists(LINES | st.sampled_from(PIECES) | st.just("| а | б |") | st.just("|---|---|"), max_size=30).map(
    "\n".join
)
FRONT = st.lists(
    st.sampled_from(
        """\
kind: quiz|title: Тест|title: а: б|graded: yes|draw: {clock: 1}|draw: 2|show: {key: never}|objectives:|  - назвать
время: 1|pass_mark: 70 %|- а|"|[|{|&a|*a|\u00a0|attempts: 3|attempts:\u00a03|--- |law_as_of: 2026-01-01|? а|!!x
""".replace("\n", "|").split("|")
    ),
    max_size=6,
).map(lambda lines: "---\n" + "\n".join(lines) + "\n---\n")


def read_all(files: dict[str, bytes]) -> None:
    """Read, digest and render a course with these files; see that every problem points into its file."""
    files = {**BARE, **files}
    reading = read_course(files, "sample", REGISTRIES)
    for problem in reading.problems:
        assert message(problem, "kk")
        text = normalise(problem.path, files.get(problem.path, b""))
        assert 1 <= problem.line <= text.count(b"\n") + 1
        if problem.fix:
            assert 0 <= problem.fix.start <= problem.fix.end <= len(text.decode())
    for unit in reading.course.units if reading.course else ():
        for page in unit.pages.values():
            render_page(page, unit, reading.course, REGISTRIES, Addresses("sample"))


@SLOW
@given(st.binary(max_size=200), st.binary(max_size=100))
def test_any_bytes_can_be_read(page: bytes, outline: bytes) -> None:
    read_all({QUIZ: page, "01-request/module.toml": outline})
    read_course({"course.toml": outline, LESSON: page, "media/a.svg": page}, "ы", Registries())


@SLOW
@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    data = text.encode("utf-8", "replace")
    read_all({QUIZ: QUIZ_HEAD.encode() + data, LESSON: LESSON_HEAD.encode() + data})


@SLOW
@given(TEXTS)
def test_any_mixture_of_structure_can_be_read(text: str) -> None:
    data = text.encode("utf-8", "replace")
    read_all({QUIZ: QUIZ_HEAD.encode() + data, LESSON: LESSON_HEAD.encode() + data})


@SLOW
@given(FRONT, TEXTS)
def test_any_front_matter_can_be_read(front: str, text: str) -> None:
    data = (front + text).encode("utf-8", "replace")
    read_all({QUIZ: data, QUIZ.replace(".ru.", ".kk."): data})


@SLOW
@given(TEXTS)
def test_a_normalised_file_stays_as_it_is(text: str) -> None:
    once = normalise("a.md", ("\ufeff" + text.replace("\n", "\r\n")).encode("utf-8", "replace"))

    assert normalise("a.md", once) == once
    assert once.endswith(b"\n")
    assert not once.endswith(b"\n\n")


@SLOW
@given(TEXTS)
def test_line_ends_and_byte_order_marks_do_not_change_the_digest(text: str) -> None:
    unix = {**BARE, LESSON: (LESSON_HEAD + text).encode("utf-8", "replace")}
    windows = {**BARE, LESSON: b"\xef\xbb\xbf" + unix[LESSON].replace(b"\n", b"\r\n")}

    assert digest_of(unix, REGISTRIES) == digest_of(windows, REGISTRIES)


HEAVY = ("[", "](", "[[", "[[a;", "![a](", "[^a]: ", "`", "`" * 7 + "``", "```\n", "```a\n## b\n", "> ", "- ", "1. ")
HEAVY += (
    "* ",
    "|",
    "\t",
    "\\",
    "\u200b",
    "a\n\n",
    "<!--",
    "<a ",
    "<details>",
    "{#a}\n",
    "- = *\n",
    "- (x) a\n",
    "## a\n",
)


@pytest.mark.parametrize("piece", HEAVY)
@pytest.mark.parametrize("head", [QUIZ_HEAD, LESSON_HEAD], ids=["quiz", "lesson"])
def test_time_grows_with_the_length_only(piece: str, head: str) -> None:
    def seconds(count: int) -> float:
        files = {**BARE, QUIZ: (head + piece * count).encode()}
        begin = process_time()
        read_course(files, "sample", REGISTRIES)
        return process_time() - begin

    small, large = min(seconds(500) for _ in range(3)), min(seconds(4000) for _ in range(2))

    assert large < 8 * small * 4 + 0.1
