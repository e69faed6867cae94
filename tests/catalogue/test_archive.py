"""A version as files: normalised, with what it uses of the registries, and a digest that anybody can check."""

import hashlib
import json
import subprocess
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from lms.catalogue.archive import (
    MOST_FILES,
    BadArchive,
    archive_files,
    build_zip,
    digest_of,
    media_type,
    normalise,
    read_zip,
    sums_of,
)
from lms.catalogue.reading import Registries, read_course
from lms.catalogue.reference import read_laws, read_terms
from tests.catalogue.course_files import REGISTRIES, SAMPLE


def test_text_is_normalised_and_other_files_are_not() -> None:
    assert normalise("a.ru.md", "\ufeffи\u0306 \r\n\r\n".encode()) == "й \n".encode()
    assert normalise("media/a.svg", b"<svg/>") == b"<svg/>\n"
    assert normalise("media/a.png", b"\r\n\r\n") == b"\r\n\r\n"
    assert normalise("a.ru.md", b"\xff\r\n") == b"\xff\r\n"


def test_a_version_holds_only_the_entries_that_it_uses() -> None:
    files = archive_files(SAMPLE, REGISTRIES)

    assert set(json.loads(files["laws.json"])) == {"aarhus", "appc", "ratification"}
    assert set(json.loads(files["glossary.json"])) == {"environmental-information"}
    assert b'"date":"1998-06-25"' in files["laws.json"]


def test_the_digest_follows_the_entries_that_are_used() -> None:
    other = Registries({**REGISTRIES.laws, "unused": REGISTRIES.laws["access-law"]}, REGISTRIES.terms)
    without_terms = Registries(REGISTRIES.laws, {})

    assert digest_of(SAMPLE, other) == digest_of(SAMPLE, REGISTRIES)
    assert digest_of(SAMPLE, without_terms) != digest_of(SAMPLE, REGISTRIES)


def test_the_digest_is_the_digest_of_the_sums() -> None:
    sums = sums_of(archive_files(SAMPLE, REGISTRIES))

    assert digest_of(SAMPLE, REGISTRIES) == hashlib.sha256(sums.encode()).hexdigest()
    paths = [line.split("  ")[1] for line in sums.splitlines()]
    assert paths == sorted(paths, key=str.encode)


def test_a_version_can_be_checked_without_this_program(tmp_path: Path) -> None:
    with zipfile.ZipFile(BytesIO(build_zip(SAMPLE, REGISTRIES))) as archive:
        archive.extractall(tmp_path)

    subprocess.run(["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=tmp_path, check=True, capture_output=True)


def test_the_zip_is_the_same_bytes_however_the_files_come() -> None:
    backwards = dict(reversed(SAMPLE.items()))

    assert build_zip(SAMPLE, REGISTRIES) == build_zip(backwards, REGISTRIES)


def test_exported_and_imported_a_version_has_the_same_digest() -> None:
    imported = read_zip(build_zip(SAMPLE, REGISTRIES))

    assert digest_of(imported, REGISTRIES) == digest_of(SAMPLE, REGISTRIES)
    assert read_course(imported, "aarhus-sample", REGISTRIES).problems == ()


def test_a_stored_version_can_be_read_with_its_own_registries() -> None:
    files = archive_files(SAMPLE, REGISTRIES)

    own = Registries(read_laws(files["laws.json"]), read_terms(files["glossary.json"]))

    assert read_course(files, "aarhus-sample", own).problems == ()
    assert digest_of(files, own) == digest_of(SAMPLE, REGISTRIES)


def zipped(fill: Callable[[zipfile.ZipFile], None]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        fill(archive)
    return stream.getvalue()


def test_a_course_may_lie_in_a_folder_of_the_zip() -> None:
    def fill(archive: zipfile.ZipFile) -> None:
        archive.writestr("sample/course.toml", "a")
        archive.writestr("sample/.DS_Store", "b")
        archive.writestr("__MACOSX/sample/course.toml", "c")

    assert read_zip(zipped(fill)) == {"course.toml": b"a"}


@pytest.mark.parametrize(
    "fill",
    [
        lambda archive: archive.writestr("../evil.md", "a"),
        lambda archive: archive.writestr("/etc/passwd", "a"),
        lambda archive: [archive.writestr(f"{number}.md", "") for number in range(MOST_FILES + 1)],
        lambda archive: archive.writestr("big.md", bytes(201 * 1024 * 1024)),
    ],
    ids=["path upwards", "absolute path", "too many files", "too large"],
)
def test_a_dangerous_zip_is_refused(fill: Callable[[zipfile.ZipFile], None]) -> None:
    with pytest.raises(BadArchive):
        read_zip(zipped(fill))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no zip", build_zip(SAMPLE, REGISTRIES)[:-30]])
def test_what_is_no_zip_is_refused(data: bytes) -> None:
    with pytest.raises(BadArchive):
        read_zip(data)


def test_media_types_follow_names() -> None:
    assert media_type("media/a.kk.svg") == "image/svg+xml"
    assert media_type("01-a/01-b.ru.md").startswith("text/markdown")
    assert media_type("SHA256SUMS") == "application/octet-stream"
