"""A coordinator at a desk: two centres, of which one is theirs, a published course, people."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

import pytest
from flask import Flask

from lms.accounts.models import Person
from lms.catalogue.published import PublishedCourse
from lms.centres.models import Centre, StateBody
from lms.clock import local_date, utcnow
from lms.enrolments.models import Cohort
from lms.permissions import Role
from tests.learning.versions import publish_course
from tests.make import Make
from tests.signing import Browser, browser_of

TODAY = local_date(utcnow())
IN_A_MONTH = TODAY + timedelta(days=30)


@dataclass
class Desk:
    """Everything around one coordinator."""

    app: Flask
    make: Make
    course: PublishedCourse
    here: Centre
    there: Centre
    body: StateBody

    @cached_property
    def coordinator(self) -> Person:
        """Return the coordinator of the centre."""
        return self.make.staff(Role.COORDINATOR, centre_id=self.here.id)

    @cached_property
    def browser(self) -> Browser:
        """Return the coordinator's browser."""
        return browser_of(self.app, self.coordinator)

    def cohort(self, centre: Centre | None = None, **facts: object) -> Cohort:
        """Return a cohort that is due in a month."""
        return self.make.cohort(centre or self.here, self.course.course_id, **({"due_on": IN_A_MONTH} | facts))

    def learner(self, last_name: str = "Ахметов", first_name: str = "Дәурен", **facts: object) -> Person:
        """Return a learner of the centre."""
        facts = {"centre": self.here, "state_body": self.body} | facts
        return self.make.learner(last_name=last_name, first_name=first_name, **facts)


@pytest.fixture
def desk(context: Flask, make: Make) -> Desk:
    """Return a coordinator's desk."""
    return Desk(context, make, publish_course(), make.centre(), make.centre(), make.state_body())
