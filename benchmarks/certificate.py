"""One certificate as PDF, warm: what it costs beyond the bare typst compile of its template, which is the limit."""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from statistics import median

import typst

from lms.certificates.number import draw
from lms.certificates.payload import Payload
from lms.certificates.rendering import TEMPLATE, TEMPLATES, qr_code, render

ROUNDS = 300
MOST = 1.5  # times the bare compile
CENTRE = "Астана қаласы бойынша мемлекеттік қызметшілерді қайта даярлау және біліктілігін арттыру өңірлік орталығы"
COURSE = "Экологиялық ақпаратқа қол жеткізу: сұрау салумен жұмыс"
FACTS = Payload(
    number="",
    holder="Нұрсұлтанқызы Әйгерім",
    language="kk",
    course="access",
    titles=dict.fromkeys(("kk", "ru", "en"), COURSE),
    version=3,
    digest="0" * 64,
    hours=12,
    started_on=date(2026, 11, 2),
    completed_on=date(2026, 11, 22),
    score=8550,
    centres=dict.fromkeys(("kk", "ru", "en"), CENTRE),
    signatory="орталық директоры Г. Б. Қожахметова",
    issued_at=datetime(2026, 11, 22, 9, 31, tzinfo=UTC),
    issued_on=date(2026, 11, 22),
    expires_on=date(2029, 11, 22),
    site="Ашық орта",
    address="",
)


def another() -> str:
    """Return what one more certificate states; typst remembers what it has set, so no two may be alike."""
    number = draw()
    holder = f"{FACTS.holder} {number[:4]}"
    return replace(FACTS, number=number, holder=holder, address=f"https://oqu.example/verify/{number}").to_json()


def bare() -> Callable[[str], object]:
    """Return the same compile with everything made ready: one QR code for all, nothing read or checked."""
    folder = TEMPLATES / TEMPLATE.partition("/")[0]
    compiler = typst.Compiler(folder / "certificate.typ", root=folder, font_paths=[folder], ignore_system_fonts=True)
    qr = qr_code("https://oqu.example/verify/7K3M-9QTD-2XW8")
    moment = int(FACTS.issued_at.timestamp())
    return lambda text: compiler.compile(
        format="pdf", sys_inputs={"data": text, "qr": qr}, pdf_standards=["a-2a", "ua-1"], timestamp=moment
    )


def milliseconds(make: Callable[[str], object]) -> float:
    """Return how long one more certificate takes."""
    text = another()
    began = time.perf_counter()
    make(text)
    return (time.perf_counter() - began) * 1000


def main() -> int:
    """Measure both in turn, print both, and fail if ours costs too much more."""
    compile_bare = bare()

    def ours(text: str) -> bytes:
        return render(text, TEMPLATE)

    pairs = [(milliseconds(ours), milliseconds(compile_bare)) for _ in range(ROUNDS + 20)][20:]
    one, limit = (median(times) for times in zip(*pairs, strict=True))
    print(f"certificate: {one:.1f} ms, bare typst {limit:.1f} ms, ratio {one / limit:.2f} (at most {MOST})")
    return int(one > MOST * limit)


if __name__ == "__main__":
    sys.exit(main())
