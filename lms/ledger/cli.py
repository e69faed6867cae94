"""Commands of the ledger."""

import click
from flask.cli import AppGroup

from lms.ledger.jobs import seal_waiting

ledger = AppGroup("ledger", help="Seal and inspect the ledger.")


@ledger.command("seal")
def seal_command() -> None:
    """Seal the entries that wait under a new tree head.

    Example: lms ledger seal
    """
    click.echo(f"Sealed: {seal_waiting()} new tree head(s).")
