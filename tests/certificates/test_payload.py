"""What a certificate states is written once, in one form, and read back whole."""

import json
from datetime import date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from lms.certificates.payload import Payload
from tests.certificates.stated import ISSUED_AT, stated

texts = st.text(st.characters(exclude_categories=["Cs"]))
days = st.dates(min_value=date(2000, 1, 1))
zones = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))
moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=zones)  # noqa: DTZ001


@given(
    st.builds(
        stated,
        holder=texts,
        titles=st.fixed_dictionaries({"kk": texts, "ru": texts, "en": texts}),
        hours=st.integers(1, 1_000),
        score=st.none() | st.integers(0, 10_000),
        started_on=days,
        expires_on=st.none() | days,
        issued_at=moments,
    )
)
def test_what_is_written_is_read_back(payload: Payload) -> None:
    assert Payload.from_json(payload.to_json()) == payload


def test_the_stored_text_is_canonical() -> None:
    text = stated().to_json()

    assert list(json.loads(text)) == sorted(json.loads(text))
    assert text == Payload.from_json(text).to_json()
    assert '"holder":"Нұрсұлтанқызы Әйгерім"' in text


def test_a_moment_is_stored_alike_whatever_zone_it_came_in() -> None:
    in_almaty = ISSUED_AT.astimezone(timezone(timedelta(hours=5)))

    assert stated(issued_at=in_almaty).to_json() == stated().to_json()
