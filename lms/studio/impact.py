"""What publishing the files of a course would change, and whom it would concern (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lms.catalogue.changes import Change
from lms.studio.differences import Difference
from lms.studio.folders import Stored


@dataclass(frozen=True, slots=True)
class InService:
    """The version of a course that people are shown."""

    version_id: int
    number: int
    digest: str
    recorded_at: datetime
    stored: Stored


@dataclass(frozen=True, slots=True)
class Impact:
    """What publishing a folder would change, and how many people it concerns.

    `changes` is None where there is nothing to compare with; `allowed` are the kinds of change, the smallest first.
    """

    number: int  # of the version that it would be
    changes: Change | None
    allowed: Sequence[str]
    differences: Sequence[Difference]
    stale: Sequence[str]  # translations that stay as they are while their reference changes
    learners: int
    sitting: int
    completed: int
    answered: int
    certificates: int
