"""Issuing certificates: once per completion, in its transaction, by nothing else."""

import hashlib
from datetime import datetime

from flask import current_app

from lms.accounts.models import Person
from lms.catalogue.published import PublishedCourse
from lms.catalogue.queries import get_version
from lms.centres.queries import get_centre
from lms.certificates import number
from lms.certificates.models import Certificate
from lms.certificates.payload import Payload
from lms.certificates.queries import find_original
from lms.certificates.rendering import TEMPLATE
from lms.certificates.state import last_valid_day
from lms.clock import local_date
from lms.config import Config
from lms.database import db
from lms.enrolments.models import Completion, Enrolment
from lms.languages import LANGUAGES, in_language
from lms.ledger.actions import record
from lms.ledger.actor import Actor


def issue(completion: Completion, *, by: Actor, now: datetime) -> Certificate:
    """Issue the certificate of a completion; one that has its certificate already gets no other.

    The caller holds the lock of the enrolment. Nothing is rendered here: the document is made from the payload when
    somebody asks for it, and comes out the same each time.
    """
    if (issued := find_original(completion.id)) is not None:
        return issued
    enrolment = db.session.get_one(Enrolment, completion.enrolment_id)
    person = db.session.get_one(Person, enrolment.person_id)
    payload = _payload(completion, enrolment, person, now)
    text = payload.to_json()
    # The ledger's subject is published with proofs, and who knows a number may read the certificate: hence no number.
    known = record(
        "certificate issued",
        f"completion:{completion.id}",
        person=person.pseudonym,
        by=by.pseudonym,
        facts={"number": payload.number, "payload": hashlib.sha256(text.encode()).hexdigest(), "template": TEMPLATE},
        now=now,
    )
    certificate = Certificate(
        number=payload.number,
        completion_id=completion.id,
        payload=text,
        template=TEMPLATE,
        issued_at=payload.issued_at,
        expires_on=payload.expires_on,
        recorded_at=known,
    )
    db.session.add(certificate)
    db.session.flush()
    return certificate


def _payload(completion: Completion, enrolment: Enrolment, person: Person, now: datetime) -> Payload:
    """Gather what the certificate states, as it is at this moment."""
    course = _course(completion)
    centre = get_centre(completion.centre_id)
    config: Config = current_app.config["LMS"]
    drawn, today = number.draw(), local_date(now)
    return Payload(
        number=drawn,
        holder=person.full_name,
        language=completion.language,
        course=course.slug,
        titles={code: in_language(course.titles, code) for code in LANGUAGES},
        version=course.number,
        digest=course.digest,
        hours=completion.hours,
        started_on=local_date(enrolment.started_at) if enrolment.started_at else completion.enrolled_on,
        completed_on=completion.completed_on,
        score=completion.score,
        centres={code: centre.name(code) for code in LANGUAGES},
        signatory=centre.signatory,
        issued_at=now,
        issued_on=today,
        expires_on=last_valid_day(today, course.valid_for),
        site=config.site_name,
        address=f"{config.public_url}/verify/{drawn}",
    )


def _course(completion: Completion) -> PublishedCourse:
    if completion.version_id is None:
        raise ValueError("A completion from outside names no version, and gets no certificate of ours.")
    return get_version(completion.version_id)
