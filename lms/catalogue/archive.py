"""A version of a course as files: normalised, with the registry entries that it uses, its digest and its zip."""

import hashlib
import json
import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from lms.catalogue.course import Course, Law, Registries, Term
from lms.catalogue.reading import read_course
from lms.catalogue.sources import GLOSSARY_DOCUMENT, LAWS_DOCUMENT, SUMS, is_text, is_written_by_program
from lms.markup.source import normalise_text

MEDIA_TYPES = {
    "md": "text/markdown; charset=utf-8",
    "toml": "application/toml",
    "json": "application/json",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
}
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can name; the same for every file
UNIX, PLAIN_FILE = 3, 0o644 << 16
MOST_FILES, MOST_BYTES = 2_000, 200 * 1024 * 1024


class BadArchive(ValueError):
    """The bytes are not a zip of a course, or it is too large."""


def normalise(path: str, data: bytes) -> bytes:
    """Return a file as versions keep it: text normalised, media as they are; text that is not UTF-8 stays too."""
    if not is_text(path):
        return data
    try:
        return normalise_text(data).encode()
    except UnicodeDecodeError:
        return data


def archive_files(files: Mapping[str, bytes], registries: Registries) -> dict[str, bytes]:
    """Return the files of a version by path, with the acts and terms that the course uses; the sums are left out."""
    kept = {path: normalise(path, data) for path, data in files.items() if not is_written_by_program(path)}
    course = read_course(kept, "course", registries).course
    laws, terms = used_entries(course, registries) if course else ({}, {})
    kept[LAWS_DOCUMENT] = _canonical({name: _law(law) for name, law in laws.items()})
    kept[GLOSSARY_DOCUMENT] = _canonical({name: _term(term) for name, term in terms.items()})
    return dict(sorted(kept.items(), key=lambda item: item[0].encode()))


def used_entries(course: Course, registries: Registries) -> tuple[dict[str, Law], dict[str, Term]]:
    """Return the acts and terms that a course names, and the acts that these terms rest on."""
    pages = [page for unit in course.units for page in unit.pages.values()]
    terms = {name: registries.terms[name] for page in pages for name in page.terms if name in registries.terms}
    addresses = [address for page in pages for address in page.addresses]
    addresses += (address for term in terms.values() for address in term.basis)
    acts = {address.partition("/")[0] for address in addresses}
    return {act: registries.laws[act] for act in acts if act in registries.laws}, terms


def sums_of(archived: Mapping[str, bytes]) -> str:
    """Return the text of SHA256SUMS, which `sha256sum -c` understands."""
    paths = sorted(archived, key=str.encode)
    return "".join(f"{hashlib.sha256(archived[path]).hexdigest()}  {path}\n" for path in paths)


def digest_of(files: Mapping[str, bytes], registries: Registries) -> str:
    """Return the digest that names the version which these files make."""
    return hashlib.sha256(sums_of(archive_files(files, registries)).encode()).hexdigest()


def build_zip(files: Mapping[str, bytes], registries: Registries) -> bytes:
    """Return a version as a zip; the same files give the same bytes on every machine, since nothing is compressed."""
    archived = archive_files(files, registries)
    archived[SUMS] = sums_of(archived).encode()
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_STORED) as archive:
        for path in sorted(archived, key=str.encode):
            entry = ZipInfo(path, EARLIEST)
            entry.create_system, entry.external_attr = UNIX, PLAIN_FILE
            archive.writestr(entry, archived[path])
    return stream.getvalue()


def read_zip(data: bytes) -> dict[str, bytes]:
    """Return the files of a course from a zip, also when they lie in one folder; raise BadArchive.

    What the program writes into versions itself is left out, and so are names that begin with a dot.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            files = _contents(archive)
    except (BadZipFile, LargeZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
        raise BadArchive(str(error)) from error
    folders = {path.partition("/")[0] for path in files}
    if len(folders) == 1 and all("/" in path for path in files):
        files = {path.partition("/")[2]: content for path, content in files.items()}
    return {path: content for path, content in files.items() if not is_written_by_program(path)}


def _contents(archive: ZipFile) -> dict[str, bytes]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise BadArchive("too large")
    files = {}
    for entry in entries:
        parts = entry.filename.replace("\\", "/").split("/")
        if ".." in parts or "" in parts:
            raise BadArchive(entry.filename)
        if not any(part.startswith(".") or part == "__MACOSX" for part in parts):
            with archive.open(entry) as stream:
                files["/".join(parts)] = stream.read(entry.file_size)
    return files


def media_type(path: str) -> str:
    """Return the media type of a file of a version, by its name."""
    return MEDIA_TYPES.get(path.rpartition(".")[2].lower(), "application/octet-stream")


def _canonical(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _law(law: Law) -> dict[str, Any]:
    until: dict[str, str] = {"until": law.until.isoformat()} if law.until else {}
    return {"title": dict(law.title), "number": law.number, "date": law.date.isoformat(), "url": law.url, **until}


def _term(term: Term) -> dict[str, Any]:
    basis: dict[str, str] = {"basis": ", ".join(term.basis)} if term.basis else {}
    return {"term": dict(term.term), "definition": dict(term.definition), **basis}
