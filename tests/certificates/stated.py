"""What a certificate may state, for tests that need no database."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from lms.certificates.payload import Payload

ISSUED_AT = datetime(2026, 11, 22, 9, 31, 5, 123_456, tzinfo=UTC)
NUMBER = "7K3M-9QTD-2XW8"
TITLES = {
    "kk": "Экологиялық ақпаратқа қол жеткізу: сұрау салумен жұмыс",
    "ru": "Доступ к экологической информации: работа с запросом",
    "en": "Access to environmental information: answering a request",
}
CENTRES = {
    "kk": "Астана қаласы бойынша мемлекеттік қызметшілерді қайта даярлау және біліктілігін арттыру өңірлік орталығы",
    "ru": "Региональный центр переподготовки и повышения квалификации государственных служащих по городу Астане",
    "en": "Regional Centre for Retraining and Professional Development of Civil Servants of Astana",
}
LONGEST_NAME = "Құлмағамбет-Бекмұхамедова Зүлфия-Гүлнұр Мұхаметқалиқызы-Әжі"

_FACTS = Payload(
    number=NUMBER,
    holder="Нұрсұлтанқызы Әйгерім",
    language="kk",
    course="access",
    titles=TITLES,
    version=3,
    digest="9f1c" * 16,
    hours=12,
    started_on=date(2026, 11, 2),
    completed_on=date(2026, 11, 22),
    score=8550,
    centres=CENTRES,
    signatory="орталық директоры Г. Б. Қожахметова",
    issued_at=ISSUED_AT,
    issued_on=date(2026, 11, 22),
    expires_on=date(2029, 11, 22),
    site="Ашық орта",
    address=f"https://oqu.example/verify/{NUMBER}",
)


def stated(**changes: Any) -> Payload:
    """Return the facts of a certificate in Kazakh, or others."""
    return replace(_FACTS, **changes)
