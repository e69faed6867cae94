"""Archives and screen readers accept the document, it says what the payload says, and it never comes out otherwise."""

import hashlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from lms.certificates import rendering
from lms.certificates.payload import Payload
from lms.certificates.rendering import TEMPLATE, TEMPLATES, UnprintableLettersError, render, rendition_tag
from tests.certificates.stated import LONGEST_NAME, NUMBER, stated

# A template that certificates were issued with never changes: whoever wants another look makes the next folder.
TEMPLATES_IN_USE = {"1": "62ab9f59c9d8493381e1402c8e44641d5c744de676a117e12d527766ea2788de"}

AGAIN = """
import hashlib, sys
from lms.certificates.rendering import TEMPLATE, render
print(hashlib.sha256(render(sys.stdin.read(), TEMPLATE)).hexdigest())
"""


def read(payload: Payload) -> PdfReader:
    return PdfReader(BytesIO(render(payload.to_json(), TEMPLATE)))


def words(payload: Payload) -> str:
    """Return the text of the one page, blanks and line ends as single plain spaces."""
    reader = read(payload)
    assert len(reader.pages) == 1
    return " ".join(reader.pages[0].extract_text().split())


def folder_digest(folder: Path) -> str:
    files = sorted(path for path in folder.iterdir() if path.is_file())
    return hashlib.sha256(b"".join(path.name.encode() + b"\0" + path.read_bytes() for path in files)).hexdigest()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_document_claims_pdf_a_2a_and_pdf_ua_1_and_is_tagged(language: str) -> None:
    reader = read(stated(language=language))

    metadata = reader.xmp_metadata.stream.get_data().decode()  # type: ignore[union-attr]
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    catalogue = reader.trailer["/Root"]
    assert catalogue["/Lang"] == language
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title is not None
    assert reader.metadata.title.endswith(": Нұрсұлтанқызы Әйгерім")
    assert NUMBER in str(reader.metadata["/Keywords"])


def test_every_fact_stands_on_the_page_in_kazakh() -> None:
    text = words(stated())

    for fact in (
        "Ашық орта",
        "Біліктілікті арттыру туралы сертификат",
        "Нұрсұлтанқызы Әйгерім",
        "Экологиялық ақпаратқа қол жеткізу: сұрау салумен жұмыс",
        "12 (он екі) академиялық сағат",
        "2026 жылғы 2–22 қараша",
        "85,5%",
        "2026 жылғы 22 қараша",
        "2029 жылғы 22 қарашаға дейін",
        "Астана қаласы бойынша",
        "орталық директоры Г. Б. Қожахметова",
        "oqu.example/verify",
    ):
        assert fact in text
    assert text.count(NUMBER) == 2


@pytest.mark.parametrize(
    ("language", "changes", "fact"),
    [
        ("ru", {"hours": 1}, "1 (один) академический час "),
        ("ru", {"hours": 22}, "22 (двадцать два) академических часа "),
        ("ru", {"hours": 11}, "11 (одиннадцать) академических часов"),
        ("ru", {"hours": 112}, "112 (сто двенадцать) академических часов"),
        ("ru", {"hours": 240}, "240 (двести сорок) академических часов"),
        ("kk", {"hours": 80}, "80 (сексен) академиялық сағат"),
        ("kk", {"hours": 105}, "105 (жүз бес) академиялық сағат"),
        ("kk", {"hours": 320}, "320 (үш жүз жиырма) академиялық сағат"),
        ("en", {"hours": 1}, "1 (one) academic hour "),
        ("en", {"hours": 72}, "72 (seventy-two) academic hours"),
        ("en", {"hours": 240}, "240 (two hundred and forty) academic hours"),
        ("en", {"hours": 1000}, "1000 academic hours"),
        ("ru", {"score": 10_000}, "100 %"),
        ("ru", {"score": 8505}, "85,05 %"),
        ("en", {"score": 8550}, "85.5%"),
        ("ru", {}, "2–22 ноября 2026 г."),
        ("ru", {"started_on": date(2026, 10, 28)}, "28 октября – 22 ноября 2026 г."),
        ("ru", {"started_on": date(2025, 12, 28)}, "28 декабря 2025 г. – 22 ноября 2026 г."),
        ("kk", {"started_on": date(2025, 12, 28)}, "2025 жылғы 28 желтоқсан – 2026 жылғы 22 қараша"),
        ("en", {"started_on": date(2026, 11, 22)}, "Period of study 22 November 2026 Form"),
        ("ru", {}, "до 22 ноября 2029 г."),
        ("en", {}, "until 22 November 2029"),
        ("kk", {"expires_on": date(2029, 1, 5)}, "2029 жылғы 5 қаңтарға дейін"),
        ("ru", {"expires_on": None}, "Срок действия не ограничен"),
    ],
)
def test_numbers_dates_and_periods_are_written_as_each_language_does(
    language: str, changes: dict[str, object], fact: str
) -> None:
    assert fact in words(stated(language=language, **changes))


def test_the_heading_is_read_first_and_the_panel_last() -> None:
    text = words(stated(language="en"))

    assert text.startswith("Certificate of Professional Development Нұрсұлтанқызы Әйгерім Course completed")
    assert text.endswith(f"Ашық орта Check authenticity {NUMBER} oqu.example/verify")


def test_a_course_without_a_test_has_no_result() -> None:
    assert "Final test" not in words(stated(language="en", score=None))


def test_a_centre_without_signatory_has_no_line_for_one() -> None:
    assert "Signed by" not in words(stated(language="en", signatory=""))


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_longest_texts_stay_whole_and_on_one_page(language: str) -> None:
    long = "Орхусская конвенция как инструмент антикоррупционной политики: общественные советы и мониторинг решений"
    titles = dict.fromkeys(("kk", "ru", "en"), long)

    text = words(stated(language=language, holder=LONGEST_NAME, titles=titles, hours=888))

    assert LONGEST_NAME in text
    assert long in text


def test_a_name_breaks_between_words_and_never_at_its_hyphens() -> None:
    lines = [line.strip() for line in read(stated(holder=LONGEST_NAME)).pages[0].extract_text().splitlines()]

    assert "Құлмағамбет-Бекмұхамедова" in lines
    assert "Зүлфия-Гүлнұр Мұхаметқалиқызы-Әжі" in lines


def test_letters_that_the_font_lacks_stop_the_document_and_are_named() -> None:
    with pytest.raises(UnprintableLettersError) as error:
        render(stated(holder="Ĉapek 王").to_json(), TEMPLATE)

    assert error.value.letters == "Ĉ王"


def test_what_people_type_is_text_and_never_code() -> None:
    assert '#panic("x") *b* $1$ \\ <l>' in words(stated(holder='#panic("x") *b* $1$ \\ <l>'))


def test_the_same_certificate_is_the_same_bytes_in_every_thread_and_process() -> None:
    text = stated(holder=LONGEST_NAME).to_json()
    first = render(text, TEMPLATE)

    with ThreadPoolExecutor(2) as threads:
        others = set(threads.map(lambda _: render(text, TEMPLATE), range(8)))
    again = subprocess.run([sys.executable, "-c", AGAIN], input=text, capture_output=True, text=True, check=True)

    assert others == {first}
    assert again.stdout.strip() == hashlib.sha256(first).hexdigest()


def test_another_certificate_or_template_has_another_name() -> None:
    text = stated().to_json()
    tags = {
        rendition_tag(text, TEMPLATE),
        rendition_tag(text, "2/typst"),
        rendition_tag(stated(hours=13).to_json(), TEMPLATE),
    }

    assert len(tags) == 3
    assert rendition_tag(text, TEMPLATE) in tags


def test_templates_in_use_have_not_changed() -> None:
    assert {folder.name: folder_digest(folder) for folder in TEMPLATES.iterdir()} == TEMPLATES_IN_USE


def test_the_qr_code_is_a_small_drawing_with_a_quiet_zone() -> None:
    drawing = rendering.qr_code(stated().address)

    assert drawing.startswith("<svg")
    assert 'viewBox="0 0 37 37"' in drawing  # 29 modules and four around them
    assert "M4 4.5h7" in drawing
