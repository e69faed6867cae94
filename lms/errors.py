"""Errors that people can cause, each with a message written for the person who reads it."""


class DomainError(Exception):
    """A rule of the system refuses what was asked; the message says why and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFound(Exception):
    """There is nothing at this address for this person; shown as 404, without saying which."""


class Forbidden(Exception):
    """The person may not do this; shown as 403."""
