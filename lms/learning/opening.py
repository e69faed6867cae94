"""When a lesson was opened, carried in the form that finishes it: nothing is written by reading (pure)."""

from dataclasses import dataclass
from datetime import UTC, datetime

from itsdangerous import BadData, URLSafeSerializer

LONGEST_SECONDS = 24 * 60 * 60  # a page left open overnight says nothing more


@dataclass(frozen=True, slots=True)
class Opening:
    """Which lesson of which version was opened, and when, to the second."""

    unit: str
    version_number: int
    at: datetime

    def seconds(self, now: datetime) -> int:
        """Return how long the page has been open, at most a day: a signal for review, never a gate."""
        return min(max(int((now - self.at).total_seconds()), 0), LONGEST_SECONDS)


def sign(opening: Opening, secret: str) -> str:
    """Return an opening as text that cannot be made up."""
    return str(_serializer(secret).dumps([opening.unit, opening.version_number, int(opening.at.timestamp())]))


def read(text: str, secret: str) -> Opening | None:
    """Return the opening that was signed; None if the text is not one of ours."""
    try:
        unit, version_number, seconds = _serializer(secret).loads(text)
    except BadData:
        return None
    return Opening(unit, version_number, datetime.fromtimestamp(seconds, UTC))


def _serializer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="lesson opened")
