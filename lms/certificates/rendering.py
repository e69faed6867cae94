"""A certificate as PDF/A-2a and PDF/UA-1: the same payload and template give the same bytes, whenever and wherever."""

import hashlib
import threading
from importlib.metadata import version
from pathlib import Path

import segno
import typst

from lms.certificates.payload import Payload
from lms.letters import missing_letters

TEMPLATES = Path(__file__).parent / "template"  # a folder each; those of certificates once issued stay as they are
RENDERER = f"typst-{version('typst')}"
TEMPLATE = f"1/{RENDERER}"  # what certificates are issued with from now on

_MASK = 4  # any mask is readable; letting the encoder look for the prettiest takes longer than setting the page
_QUIET_ZONE = 4  # modules around the code, as ISO/IEC 18004 asks
_INK = "#0b1f22"

_of_thread = threading.local()


class UnprintableLettersError(Exception):
    """The font of the documents has no shape for letters that a certificate needs."""

    def __init__(self, letters: str) -> None:
        super().__init__(f"The font lacks {letters!r}.")
        self.letters = letters


def render(text: str, template: str) -> bytes:
    """Return the PDF of a payload as stored, set with the template it was issued with.

    A process that has called this must not fork: typst hangs in the child. Raises UnprintableLettersError.
    """
    payload = Payload.from_json(text)
    if letters := missing_letters("".join(payload.printed_texts())):
        raise UnprintableLettersError(letters)
    pdf = _compiler(template.partition("/")[0]).compile(
        format="pdf",
        sys_inputs={"data": text, "qr": qr_code(payload.address)},
        pdf_standards=["a-2a", "ua-1"],
        timestamp=int(payload.issued_at.timestamp()),
    )
    assert isinstance(pdf, bytes)
    return pdf


def rendition_tag(text: str, template: str) -> str:
    """Return a name for the bytes that `render` gives, without rendering them."""
    return hashlib.sha256("\0".join((RENDERER, template, text)).encode()).hexdigest()[:32]


def qr_code(address: str) -> str:
    """Return a QR code as SVG, readable with up to 15 % of it damaged (level M)."""
    code = segno.make_qr(address, error="m", mask=_MASK, boost_error=False)
    svg: str = code.svg_inline(border=_QUIET_ZONE, dark=_INK, light="white", omitsize=True)
    return svg


def _compiler(name: str) -> typst.Compiler:
    """Return this thread's compiler for a template, made at first use: threads cannot share one."""
    compilers: dict[str, typst.Compiler] = vars(_of_thread).setdefault("compilers", {})
    if name not in compilers:
        folder = TEMPLATES / name
        compilers[name] = typst.Compiler(
            folder / "certificate.typ", root=folder, font_paths=[folder], ignore_system_fonts=True
        )
    return compilers[name]
