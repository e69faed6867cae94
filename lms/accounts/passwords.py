"""Passwords: hashed with argon2id, made readable when a centre hands them out."""

import secrets
from typing import NewType

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError
from flask_babel import gettext as _

from lms.errors import DomainError

# OWASP's second choice (19 MiB, two passes): 25 ms on a small machine, so that a hall of people can sign in at once.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1, type=Type.ID)
_NOBODY = _hasher.hash(secrets.token_hex(16))

LEAST_LENGTH = 10
MOST_LENGTH = 200  # argon2 would hash any length, which would be a cheap way to keep the server busy

# Without letters and digits that look alike on paper.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


PasswordHash = NewType("PasswordHash", str)


class PasswordTooShort(DomainError):
    """The password has fewer characters than the least."""


def hash_password(password: str) -> PasswordHash:
    """Return the argon2id hash of a password, with its parameters; it takes long, so call it outside transactions.

    Raises PasswordTooShort.
    """
    if len(password) < LEAST_LENGTH:
        raise PasswordTooShort(_("The password needs at least %(n)s characters.", n=LEAST_LENGTH))
    return PasswordHash(_hasher.hash(password))


def verify_password(password: str, hashed: str | None) -> bool:
    """Say whether a password fits; takes as long when there is no account to compare with."""
    try:
        return _hasher.verify(hashed or _NOBODY, password[:MOST_LENGTH]) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False


def make_password() -> str:
    """Return a password of 12 letters and digits in three groups, to be printed and typed: about 59 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
