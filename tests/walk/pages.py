"""Every page of the site that somebody can open by its address, with an example of each thing that an address names.

The addresses come from the application itself: a page that is added is visited without being named here, and one whose
address names something new fails until an example is given.
"""

import urllib.request
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from flask import url_for
from sqlalchemy import select

from lms.accounts.models import Grant, Person
from lms.accounts.queries import find_by_login, list_centres_of
from lms.catalogue.published import PublishedCourse
from lms.catalogue.queries import list_published
from lms.centres.models import StateBody
from lms.certificates.models import Certificate
from lms.clock import utcnow
from lms.database import db
from lms.enrolments.models import Completion, Enrolment, EnrolmentTerm
from lms.enrolments.queries import find_enrolled
from lms.learning.queries import list_progress
from lms.permissions import Permission
from lms.quizzes.actions import begin_attempt, sitting_of
from lms.quizzes.models import Attempt
from lms.web.access import access_of
from tests.walk.site import Site

VISITOR = ""
READERS = {  # who opens the pages that ask for a permission, by login
    None: "learner",
    Permission.TAKE_COURSES: "learner",
    Permission.MANAGE_COHORTS: "coordinator",
    Permission.AUTHOR_COURSES: "trainer",
    Permission.READ_FIGURES: "official",
    Permission.ADMINISTER: "administrator",
}
NO_PAGES = {  # files, signs of life, and addresses that only lead on to a page
    "catalogue.media",
    "certificates.document",
    "learning.check_place",
    "quizzes.attempt",
    "reports.download",
    "web.favicon",
    "web.healthz",
    "web.readyz",
    "web.robots",
    "web.static_file",
}
VISITED_WITH_ARGUMENTS = {"components.components", "desk.extend", "desk.withdraw"}


class Visit(NamedTuple):
    """A page, and the login of who opens it; empty for somebody without an account."""

    login: str
    path: str


def list_visits(site: Site) -> list[Visit]:
    """Return every page once for whoever may open it, and again the pages that look different in different states."""
    with site.database() as make:
        newcomer, graduate = str(make.person().login_name), _graduate()
        course = list_published()[0]
        attempts = _begin_quizzes(course)
        examples = _examples(course, attempts[0])
        shown = [f"/attempts/{attempt_id}/{number}" for attempt_id, number in _one_of_each_kind(attempts)]
        taken = [f"/attempts/{attempt_id}/result" for attempt_id in _submitted("learner", graduate)]
        who, cohort_id = _open_member()
    lessons = [f"/courses/{course.slug}/{unit.id}" for unit in (*course.units[:3], *course.units[-2:])]
    cohort = f"/centre/cohorts/{cohort_id}"
    examples["reports"] = {"number": _download(site)}
    return [
        *_by_rules(site, examples),
        *(Visit("learner", path) for path in ("/", f"/courses/{course.slug}", *lessons, *shown, taken[0])),
        *(Visit(graduate, path) for path in ("/my", "/my/certificates", lessons[0], lessons[-1], taken[1])),
        *(Visit(newcomer, path) for path in ("/my", "/my/certificates", lessons[0])),
        *(Visit("coordinator", f"{cohort}/{act}?who={who}") for act in ("extend", "withdraw")),
        *(Visit("coordinator", f"{cohort}?show={group}") for group in ("help", "done")),
        *(Visit("official", f"/reports?by={by}") for by in ("state_body", "month")),
        Visit("official", "/reports?as_of=2000-01-01"),
        Visit("trainer", f"/studio/{course.slug}/questions?version=1"),
        *(Visit(VISITOR, path) for path in ("/courses?q=zzz", "/verify/0000-0000-0000", "/nowhere")),
    ]


def _by_rules(site: Site, examples: Mapping[str, Mapping[str, object]]) -> Iterator[Visit]:
    """Yield a page of each rule of the application that leads to one."""
    for rule in site.app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in NO_PAGES | VISITED_WITH_ARGUMENTS:
            continue
        access = access_of(site.app, rule.endpoint)
        assert access is not None, f"{rule.endpoint} does not say who may open it"
        known = {**examples[""], **examples.get(rule.endpoint.partition(".")[0], {})}
        assert rule.arguments <= known.keys(), f"no example for {sorted(rule.arguments - known.keys())} of {rule}"
        with site.app.test_request_context():
            path = url_for(rule.endpoint, **{name: known[name] for name in rule.arguments})
        yield Visit(READERS[access.permission] if access.needs_sign_in else VISITOR, path)


def _examples(course: PublishedCourse, attempt_id: int) -> dict[str, dict[str, object]]:
    """Return an example of everything that addresses name: of all features, then of one feature by its name."""
    learner, coordinator = _person("learner"), _person("coordinator")
    (centre_id,) = list_centres_of(coordinator.id)
    lesson, test = course.units[0], course.units[-1]
    return {
        "": {
            "course": course.slug,
            "module": lesson.module,
            "unit": lesson.slug,
            "attempt_id": attempt_id,
            "person_id": learner.id,
            "cohort_id": _open_member()[1],
            "centre_id": centre_id,
            "state_body_id": db.session.scalars(select(StateBody.id)).first(),
            "number": 1,
        },
        "admin": {
            "person_id": coordinator.id,
            "grant_id": db.session.scalars(select(Grant.id).where(Grant.person_id == coordinator.id)).one(),
            "role": "official",
        },
        "certificates": {"number": db.session.scalars(select(Certificate.number)).first()},
        "studio": {"module": test.module, "quiz": test.slug, "question": next(iter(test.page("ru").questions))},
    }


def _person(login: str) -> Person:
    person = find_by_login(login)
    assert person is not None
    return person


def _graduate() -> str:
    """Return the login of somebody who has completed the course."""
    query = select(Person.login_name).join(Enrolment, Enrolment.person_id == Person.id)
    return str(db.session.scalars(query.join(Completion, Completion.enrolment_id == Enrolment.id)).first())


def _begin_quizzes(course: PublishedCourse) -> list[int]:
    """Let the learner begin every quiz that may be tried without end; return the attempts under way."""
    learner, now = _person("learner"), utcnow()
    enrolled = find_enrolled(learner.id, course.course_id)
    assert enrolled is not None
    begun = [
        begin_attempt(enrolled.enrolment.id, course, unit, language="ru", by=learner, now=now)
        for unit in course.units
        if unit.settings and unit.settings.attempts is None and unit.id not in list_progress(enrolled.enrolment.id)
    ]
    db.session.commit()
    return [attempt.id for attempt in begun]


def _one_of_each_kind(attempt_ids: list[int]) -> Collection[tuple[int, int]]:
    """Return the attempt and the number of one question of every kind that is asked in them."""
    found: dict[str, tuple[int, int]] = {}
    for attempt_id in attempt_ids:
        sitting = sitting_of(db.session.get_one(Attempt, attempt_id))
        for number, question in enumerate(sitting.questions("ru"), 1):
            found.setdefault(question.kind, (attempt_id, number))
    return found.values()


def _submitted(*logins: str) -> list[int]:
    """Return the last attempt that each of some people has handed in."""
    query = select(Attempt.id).join(Enrolment, Enrolment.id == Attempt.enrolment_id)
    query = query.where(Attempt.submitted_at.is_not(None)).order_by(Attempt.id.desc())
    attempts = [db.session.scalars(query.where(Enrolment.person_id == _person(login).id)).first() for login in logins]
    return [attempt_id for attempt_id in attempts if attempt_id is not None]


def _open_member() -> tuple[int, int]:
    """Return the enrolment and the cohort of the learner, whom the coordinator may still withdraw."""
    query = select(EnrolmentTerm.enrolment_id, EnrolmentTerm.cohort_id)
    query = query.join(Enrolment, Enrolment.id == EnrolmentTerm.enrolment_id)
    row = db.session.execute(query.where(Enrolment.person_id == _person("learner").id, EnrolmentTerm.current())).one()
    return row[0], row[1]


def _download(site: Site) -> str:
    """Let the official download a file; return the number of its receipt."""
    cookie = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in site.cookies("official"))
    request = urllib.request.Request(f"{site.address}/reports/completions.csv", headers={"Cookie": cookie})
    with urllib.request.urlopen(request) as answer:
        answer.read()
        return str(answer.headers["X-Receipt"])
