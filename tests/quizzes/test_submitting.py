"""Handing in: marked once by the version the attempt began on, and what follows from passing."""

import json
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from sqlalchemy import select

from lms.certificates.models import Certificate
from lms.clock import utcnow
from lms.database import db
from lms.enrolments import actions as enrolments
from lms.enrolments.queries import get_enrolled
from lms.learning.actions import finish_unit
from lms.learning.queries import list_progress
from lms.ledger.actor import SYSTEM
from lms.ledger.queries import list_entries
from lms.questions.questions import Option
from lms.quizzes.actions import Unconfirmed, submit
from lms.quizzes.models import Grade
from lms.quizzes.queries import find_grade, list_steps, tries_to_pass
from lms.quizzes.steps import digest
from tests.quizzes.publishing import LESSON, QUIZ, Academy
from tests.quizzes.samples import RIGHT, every_kind, matching, single, statement

pytestmark = pytest.mark.every_database


def grades() -> list[Grade]:
    return list(db.session.scalars(select(Grade)))


def test_right_answers_pass_and_complete_the_course(academy: Academy) -> None:
    academy.publish(every_kind())
    enrolment = academy.enrol()

    attempt = academy.take(enrolment, RIGHT)

    grade = find_grade(attempt.id)
    assert grade is not None
    assert (grade.points, grade.points_over, grade.out_of, grade.is_passed) == (8, 1, 8, True)
    completion = get_enrolled(enrolment.id).completion
    assert completion is not None
    assert (completion.score, completion.attempts, completion.language) == (10_000, 1, "en")
    assert db.session.scalars(select(Certificate)).one().completion_id == completion.id


def test_an_ungraded_quiz_is_finished_by_its_pass_mark_all_the_same(academy: Academy) -> None:
    academy.publish([single()], is_graded=False)
    enrolment = academy.enrol()

    academy.take(enrolment, {"deadline": "0"})

    assert list_progress(enrolment.id)[QUIZ].finished_at is not None


def test_wrong_answers_leave_the_unit_open(academy: Academy) -> None:
    academy.publish([single()])
    enrolment = academy.enrol()

    attempt = academy.take(enrolment, {"deadline": "1"})

    grade = find_grade(attempt.id)
    assert grade is not None
    assert Fraction(grade.points, grade.out_of) == Fraction(1, 4)
    assert not grade.is_passed
    assert list_progress(enrolment.id) == {}
    assert get_enrolled(enrolment.id).completion is None


def test_handing_in_twice_gives_one_grade(academy: Academy) -> None:
    academy.publish([single()])
    attempt = academy.take(academy.enrol(), {"deadline": "0"})
    first = grades()[0].id

    assert submit(attempt.id, by=SYSTEM, now=utcnow()).id == first
    assert len(grades()) == 1


def test_a_corrected_key_does_not_reach_back_to_attempts_on_the_version_before(academy: Academy) -> None:
    academy.publish([single()])
    attempt = academy.begin(academy.enrol())
    academy.answer(attempt, {"deadline": "0"})
    other_key = (Option("Within one month", Fraction(0)), Option("Within fifteen days", Fraction(1)))
    academy.publish([single(options=other_key)])

    academy.submit(attempt)

    assert grades()[0].is_passed


def test_an_attempt_at_a_quiz_that_is_gone_is_still_marked(academy: Academy) -> None:
    academy.publish([single("old")])
    enrolment = academy.enrol()
    attempt = academy.begin(enrolment)
    academy.publish([single("new")], since=2)

    academy.answer(attempt, {"old": "0"})
    academy.submit(attempt)

    assert grades()[0].is_passed
    assert get_enrolled(enrolment.id).completion is None, "the present version asks for the quiz to be done again"


def test_whoever_was_withdrawn_meanwhile_gets_a_grade_and_no_certificate(academy: Academy) -> None:
    academy.publish([single()])
    enrolment = academy.enrol()
    attempt = academy.begin(enrolment)
    academy.answer(attempt, {"deadline": "0"})
    enrolments.withdraw(enrolment.id, reason="left", by=SYSTEM, now=utcnow())

    academy.submit(attempt)

    assert grades()[0].is_passed
    assert db.session.scalars(select(Certificate)).all() == []


def test_the_ledger_names_the_attempt_and_keeps_the_digest_of_its_steps(academy: Academy) -> None:
    academy.publish([single()])
    person = academy.learner()
    attempt = academy.take(academy.enrol(person), {"deadline": "1"})

    entry = list_entries(f"attempt:{attempt.id}")[-1]

    assert (entry.kind, entry.person) == ("attempt submitted", person.pseudonym)
    facts = json.loads(entry.facts or "")
    assert facts == {
        "is_passed": False,
        "out_of": "1",
        "points": "1/4",
        "quiz": QUIZ,
        "steps": digest(list_steps(attempt.id)),
    }


def test_a_missing_confirmation_holds_the_hand_in_until_the_time_is_over(academy: Academy) -> None:
    academy.publish([statement(), single()], time_limit=30)
    enrolment, now = academy.enrol(), utcnow()
    attempt = academy.begin(enrolment, now=now)
    academy.answer(attempt, {"deadline": "0"}, now=now)

    with pytest.raises(Unconfirmed, match="Question 1"):
        academy.submit(attempt, now=now)
    db.session.rollback()
    academy.submit(attempt, now=now + timedelta(minutes=30))
    assert not grades()[0].is_passed


def test_an_attempt_never_ends_before_it_began_whatever_the_clock_says(academy: Academy) -> None:
    academy.publish([single()])
    now = utcnow()
    attempt = academy.begin(academy.enrol(), now=now)
    academy.answer(attempt, {"deadline": "0"}, now=now + timedelta(minutes=5))

    academy.submit(attempt, now=now - timedelta(hours=2))

    assert attempt.submitted_at == now + timedelta(minutes=5)


def test_the_tries_until_the_first_pass_are_counted(academy: Academy) -> None:
    quiz = academy.publish([single()], required=[QUIZ, LESSON])
    enrolment = academy.enrol()
    assert tries_to_pass(enrolment.id, quiz) is None

    for answer in ("1", "0", "0"):
        academy.take(enrolment, {"deadline": answer})
    assert tries_to_pass(enrolment.id, quiz) == 2

    finish_unit(enrolment.id, LESSON, language="en", by=SYSTEM, now=utcnow())
    completion = get_enrolled(enrolment.id).completion
    assert completion is not None
    assert completion.attempts == 2


def test_tries_count_from_the_version_that_last_asked_for_the_quiz(academy: Academy) -> None:
    academy.publish([single()], required=[QUIZ, LESSON])
    enrolment = academy.enrol()
    for answer in ("1", "1", "0"):
        academy.take(enrolment, {"deadline": answer})

    quiz = academy.publish([single()], required=[QUIZ, LESSON], since=2)
    assert tries_to_pass(enrolment.id, quiz) is None, "a pass that counts no more is none"
    for answer in ("1", "0"):
        academy.take(enrolment, {"deadline": answer})

    assert tries_to_pass(enrolment.id, quiz) == 2


def test_marks_of_many_denominators_are_kept_exactly(academy: Academy) -> None:
    """Sevenths beside ten-millionths of forty-two points need more than the 32 bits of a plain integer."""
    stems = tuple(f"Stem {n}" for n in range(7))
    part = (Option("Right", Fraction(1)), Option("A third", Fraction(3_333_333, 10_000_000)))
    academy.publish(
        [
            replace(matching(), stems=stems, definitions=stems, key=tuple(range(7))),
            single("third", options=part),
            *(single(f"q{n}") for n in range(40)),
        ]
    )
    right = {f"q{n}": "0" for n in range(40)}

    attempt = academy.take(academy.enrol(), {"pillars": ["0", *[""] * 6], "third": "1", **right})

    grade = find_grade(attempt.id)
    assert grade is not None
    assert grade.out_of > 2**31
    points = Fraction(1, 7) + Fraction(3_333_333, 10_000_000) + 40
    assert (Fraction(grade.points, grade.points_over), Fraction(grade.out_of, grade.points_over)) == (points, 42)


def test_marks_that_fit_nowhere_exactly_are_kept_as_nearly_as_they_fit(academy: Academy) -> None:
    primes = (7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59)
    texts = [tuple(f"Stem {n}" for n in range(prime)) for prime in primes]
    academy.publish(
        [
            replace(matching(f"m{len(stems)}"), stems=stems, definitions=stems, key=tuple(range(len(stems))))
            for stems in texts
        ]
    )
    answers = {f"m{prime}": ["0", *[""] * (prime - 1)] for prime in primes}

    attempt = academy.take(academy.enrol(), answers)

    grade, exact = find_grade(attempt.id), sum(Fraction(1, prime) for prime in primes)
    assert grade is not None
    assert exact.denominator > 2**63
    assert 0 < exact - Fraction(grade.points, grade.points_over) < Fraction(1, 10**12)
    assert Fraction(grade.out_of, grade.points_over) == len(primes)
    facts = json.loads(list_entries(f"attempt:{attempt.id}")[-1].facts or "")
    assert Fraction(facts["points"]) == exact, "the ledger keeps what was earned to the last digit"
