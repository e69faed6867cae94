"""What enrolling somebody in a cohort would do, told before it is done (pure)."""

import re
from enum import StrEnum

MOST_LOGINS = 500


class Outlook(StrEnum):
    """What would happen to one person."""

    NEW = "new"  # enrolled
    JOINS = "joins"  # already takes the course on their own: put into the cohort
    AGAIN = "again"  # has completed the course: would take it once more
    HERE = "here"  # already in this cohort: stays
    ELSEWHERE = "elsewhere"  # in another cohort of the course: stays there
    SUSPENDED = "suspended"  # the account is closed: cannot learn


CHANGES = frozenset({Outlook.NEW, Outlook.JOINS, Outlook.AGAIN})
# Taking a completed course again is rarely meant, so it must be ticked.
TICKED = frozenset({Outlook.NEW, Outlook.JOINS})


def foresee(*, is_suspended: bool, is_open: bool, is_completed: bool, cohort_id: int | None, into: int) -> Outlook:
    """Return what would happen to a person, by their latest enrolment in the course; `into` is the cohort."""
    if is_suspended:
        return Outlook.SUSPENDED
    if is_open:
        if cohort_id is None:
            return Outlook.JOINS
        return Outlook.HERE if cohort_id == into else Outlook.ELSEWHERE
    return Outlook.AGAIN if is_completed else Outlook.NEW


def split_logins(text: str) -> list[str]:
    """Return the logins of a pasted text, in small letters, each once: one a line, or between commas or blanks."""
    return list(dict.fromkeys(re.findall(r"[^\s,;]+", text.lower())))
