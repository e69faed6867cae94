"""The public pages: landing, catalogue, media, glossary, acts."""

import hashlib
from collections.abc import Mapping

import pytest
from flask import Flask

from lms.catalogue.actions import publish
from lms.catalogue.course import Registries
from lms.catalogue.reading import load_folder
from lms.catalogue.registries import read_registries
from lms.clock import utcnow
from lms.config import ROOT
from lms.database import db
from lms.ledger.actor import SYSTEM
from tests.signing import Browser

SAMPLES = ROOT / "tests" / "samples" / "courses"
SLUG = "aarhus-sample"
PICTURE = "clock.en.svg"


@pytest.fixture(scope="module")
def registries() -> Registries:
    """Return the registries of the sample."""
    return read_registries(SAMPLES)


@pytest.fixture(scope="module")
def files() -> Mapping[str, bytes]:
    """Return the files of the sample course."""
    return load_folder(SAMPLES / SLUG)


@pytest.fixture
def visitor(context: Flask, files: Mapping[str, bytes], registries: Registries) -> Browser:
    """Return the browser of somebody without an account, before the published sample."""
    publish_sample(files, registries)
    return Browser(context)


def publish_sample(files: Mapping[str, bytes], registries: Registries) -> None:
    """Publish the sample, or the next version of it."""
    publish(SLUG, files, registries, note="", by=SYSTEM, now=utcnow())
    db.session.commit()


def media_url(files: Mapping[str, bytes], path: str, name: str) -> str:
    """Return the address at which a file of the course would be."""
    return f"/courses/{SLUG}/media/{hashlib.sha256(files[path]).hexdigest()}/{name}"


def test_the_landing_page_leads_to_courses_and_to_the_check_of_certificates(visitor: Browser) -> None:
    page = visitor.open("/")

    assert f"/courses/{SLUG}" in page.links().values()
    assert page.one("input", name="number").get("maxlength") == "200"
    assert "three pillars" in page.text


def test_without_courses_the_pages_say_so(context: Flask) -> None:
    visitor = Browser(context)

    assert "There is no course here yet" in visitor.open("/").text
    assert "There is no course here yet" in visitor.open("/courses").text
    assert "No terms yet" in visitor.open("/glossary").text
    assert "No acts yet" in visitor.open("/laws").text


@pytest.mark.parametrize(
    ("query", "is_found"),
    [("q=request", True), ("q=сұрау", True), ("q=unheard-of", False), ("hours=long", False), ("hours=nonsense", True)],
)
def test_the_catalogue_is_searched_by_words_and_length(visitor: Browser, query: str, is_found: bool) -> None:
    page = visitor.open(f"/courses?{query}")

    assert (f"/courses/{SLUG}" in page.links().values()) is is_found
    assert is_found or "No course holds these words" in page.text


def test_the_glossary_explains_terms_where_lessons_link_to(visitor: Browser) -> None:
    page = visitor.open("/glossary")

    assert page.one("h2", id="environmental-information").text == "environmental information"
    assert "Any information in any form" in page.text
    assert "Aarhus Convention: Art. 2(3)" in page.text


def test_the_acts_stand_where_lessons_link_to(visitor: Browser) -> None:
    page = visitor.open("/laws")

    assert page.one("h2", id="aarhus").text == "Aarhus Convention"
    assert "No. ECE/CEP/43 of 25 June 1998" in page.text
    assert "https://aarhusclearinghouse.unece.org/" in page.links().values()


@pytest.mark.parametrize("path", ["/courses/aarhus-sample/request/clock", "/courses/aarhus-sample/request/grounds"])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_link_of_a_lesson_leads_somewhere(visitor: Browser, path: str, language: str) -> None:
    page = visitor.open(f"{path}?lang={language}")
    addresses = {url for url in page.links().values() if url.startswith("/")}
    pictures = {picture.get("src", "") for picture in page.all("img")}

    for address in addresses | pictures:
        assert visitor.get(address).status_code in (200, 302), address
        target, _, anchor = address.partition("#")
        if anchor:
            assert any(e.get("id") == anchor for e in visitor.open(target).document.iter()), address


def test_a_picture_may_be_kept_for_ever_and_has_no_rights(visitor: Browser, files: Mapping[str, bytes]) -> None:
    answer = visitor.get(media_url(files, f"media/{PICTURE}", PICTURE))

    assert answer.status_code == 200
    assert answer.data == files[f"media/{PICTURE}"]
    assert answer.mimetype == "image/svg+xml"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_part_of_a_file_can_be_asked_for(visitor: Browser, files: Mapping[str, bytes]) -> None:
    answer = visitor.get(media_url(files, f"media/{PICTURE}", PICTURE), headers={"Range": "bytes=0-3"})

    assert (answer.status_code, answer.data) == (206, files[f"media/{PICTURE}"][:4])


def test_only_media_of_the_course_are_given_out(visitor: Browser, files: Mapping[str, bytes]) -> None:
    test = next(path for path in files if "final-test" in path)

    assert visitor.get(media_url(files, test, "final-test.ru.md")).status_code == 404, "a test with its key"
    assert visitor.get(media_url(files, test, PICTURE)).status_code == 404
    assert visitor.get(media_url(files, f"media/{PICTURE}", "other.svg")).status_code == 404
    assert visitor.get(f"/courses/none/media/x/{PICTURE}").status_code == 404


def test_a_picture_of_an_older_version_stays(
    visitor: Browser, files: Mapping[str, bytes], registries: Registries
) -> None:
    publish_sample({**files, f"media/{PICTURE}": files[f"media/{PICTURE}"] + b"\n<!-- new -->\n"}, registries)

    assert visitor.get(media_url(files, f"media/{PICTURE}", PICTURE)).status_code == 200


def test_media_of_a_course_that_is_not_open_ask_to_sign_in(
    visitor: Browser, files: Mapping[str, bytes], registries: Registries
) -> None:
    closed = files["course.toml"].replace(b"open = true", b"open = false")
    publish_sample({**files, "course.toml": closed}, registries)

    assert visitor.get(media_url(files, f"media/{PICTURE}", PICTURE)).status_code == 302
