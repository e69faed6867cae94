"""Commands of certificates."""

from typing import NoReturn

import click
from flask.cli import AppGroup

from lms.certificates.number import Misprint, find_misprint, normalise
from lms.certificates.queries import Issued, find_certificate
from lms.certificates.state import Standing
from lms.clock import local_date, utcnow
from lms.web.numbers import percent

certificates = AppGroup("certificates", help="Check certificates.")

REFUSALS = {
    Misprint.LENGTH: "A number has twelve signs.",
    Misprint.SIGN: "It holds a sign that no number has.",
    Misprint.CHECK: "Its check sign does not fit: a sign is mistyped.",
}


@certificates.command("verify")
@click.argument("number")
def verify_command(number: str) -> None:
    """Print what the certificate with NUMBER states and whether it is valid; exit with 1 if it is not.

    Example: lms certificates verify 7K3M-9QTD-2XW8
    """
    number = normalise(number)
    if misprint := find_misprint(number):
        _refuse(f"{number} is not the number of a certificate. {REFUSALS[misprint]}")
    if (issued := find_certificate(number)) is None:
        _refuse(f"There is no certificate {number}.")
    standing = issued.standing(local_date(utcnow()))
    for name, value in _facts(issued, standing).items():
        click.echo(f"{name + ':':14}{value}")
    if not standing.is_valid:
        raise SystemExit(1)


def _refuse(reason: str) -> NoReturn:
    click.echo(reason, err=True)
    raise SystemExit(1)


def _facts(issued: Issued, standing: Standing) -> dict[str, object]:
    payload = issued.payload
    facts = {
        "number": payload.number,
        "state": f"{standing.state} ({standing.since})" if standing.since else standing.state,
        "replaced by": issued.successor,
        "holder": payload.holder,
        "course": payload.titles[payload.language],
        "version": f"{payload.version} (sha-256 {payload.digest})",
        "hours": payload.hours,
        "studied": f"{payload.started_on} to {payload.completed_on}",
        "score": None if payload.score is None else percent(payload.score, "en"),
        "centre": payload.centres[payload.language],
        "signed by": payload.signatory,
        "issued on": payload.issued_on,
        "valid until": payload.expires_on or "no end",
        "address": payload.address,
    }
    return {name: value for name, value in facts.items() if value not in (None, "")}
