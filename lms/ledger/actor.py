"""Who acts: a person, or the system itself."""

from dataclasses import dataclass
from typing import Protocol


class Actor(Protocol):
    """Anybody who can stand behind an act in the ledger; never named there except by pseudonym."""

    @property
    def pseudonym(self) -> str:
        """Return the name under which the ledger knows the actor."""


@dataclass(frozen=True, slots=True)
class System:
    """The system acting by itself: commands, the worker, rules that follow from an act."""

    pseudonym: str = "system"


SYSTEM = System()
