"""Half a year in the life of sixty learners: every act through the same actions that people use, in order of time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random

from lms.accounts.models import Person
from lms.catalogue.published import PublishedCourse, PublishedUnit
from lms.database import db
from lms.demo.answering import answer_to
from lms.enrolments import actions as enrolments
from lms.enrolments.models import Cohort
from lms.enrolments.queries import get_enrolled
from lms.learning.actions import finish_lesson
from lms.ledger.actions import seal
from lms.quizzes import actions as quizzes
from lms.quizzes.steps import Given

SEAL_EVERY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a learner: how far they go, how well they know it, and what the coordinator does."""

    units: int | None  # how many units they do before they stop; None: all of them
    ability: float  # how often an answer is right
    is_extended: bool = False
    is_withdrawn: bool = False


# Of every twenty learners of a cohort; the later ones are rarer.
FATES = (
    *[Fate(units=None, ability=0.95)] * 7,
    *[Fate(units=None, ability=0.82)] * 4,
    Fate(units=None, ability=0.45),
    Fate(units=None, ability=0.72, is_extended=True),
    Fate(units=0, ability=0.9),
    Fate(units=0, ability=0.9),
    Fate(units=4, ability=0.9),
    Fate(units=11, ability=0.9),
    Fate(units=7, ability=0.9, is_extended=True),
    Fate(units=16, ability=0.9),
    Fate(units=2, ability=0.9, is_withdrawn=True),
)

Event = Callable[[datetime], None]


class History:
    """A calendar of acts; whatever an act leads to is put into it in turn."""

    def __init__(self, course: PublishedCourse, *, chance: Random, until: datetime) -> None:
        self.course, self.chance, self.until = course, chance, until
        self._calendar: list[tuple[datetime, int, Event]] = []
        self._order = count()

    def at(self, moment: datetime, event: Event) -> None:
        """Put an act into the calendar; what lies after the present never happens."""
        if moment < self.until:
            heappush(self._calendar, (moment, next(self._order), event))

    def play(self) -> Iterator[datetime]:
        """Do every act in order of time, each in a transaction of its own, and seal the ledger week by week."""
        sealed_at: datetime | None = None
        while self._calendar:
            moment, _, event = heappop(self._calendar)
            sealed_at = sealed_at or moment
            if moment - sealed_at > SEAL_EVERY:
                seal(db.session(), now=moment)
                sealed_at = moment
            event(moment)
            db.session.commit()
            yield moment

    def enrol(self, person: Person, cohort: Cohort, fate: Fate, moment: datetime, coordinator: Person) -> None:
        """Enrol a learner and plan what comes of it."""
        enrolment = enrolments.enrol(
            person, self.course.course_id, cohort=cohort, due_on=cohort.due_on, by=coordinator, now=moment
        )
        learner = Learner(self, person, enrolment.id, fate)
        first = moment + timedelta(days=self.chance.uniform(0.5, 12), hours=self.chance.uniform(-2, 6))
        self.at(first, lambda now: learner.go_on(0, now))
        if fate.is_extended and cohort.due_on:
            self.at(
                moment + timedelta(days=25), lambda now: self._extend(enrolment.id, cohort.due_on, coordinator, now)
            )
        if fate.is_withdrawn:
            self.at(moment + timedelta(days=16), lambda now: self._withdraw(enrolment.id, coordinator, now))

    def _extend(self, enrolment_id: int, due_on: date | None, coordinator: Person, now: datetime) -> None:
        if due_on and get_enrolled(enrolment_id).is_open:
            later = due_on + timedelta(days=14)
            enrolments.extend(enrolment_id, later, reason="Больничный лист", by=coordinator, now=now)

    def _withdraw(self, enrolment_id: int, coordinator: Person, now: datetime) -> None:
        if get_enrolled(enrolment_id).is_open:
            enrolments.withdraw(enrolment_id, reason="Перевод в другой орган", by=coordinator, now=now)


class Learner:
    """One learner on the way through the course."""

    def __init__(self, history: History, person: Person, enrolment_id: int, fate: Fate) -> None:
        self.history, self.person, self.enrolment_id, self.fate = history, person, enrolment_id, fate

    def go_on(self, place: int, now: datetime) -> None:
        """Do the next unit, and plan the one after it, unless this learner has stopped or was taken out."""
        units = self.history.course.units
        stops = len(units) if self.fate.units is None else self.fate.units
        enrolled = get_enrolled(self.enrolment_id)
        if place >= min(stops, len(units)) or not enrolled.is_open:
            return
        unit = units[place]
        if unit.kind == "lesson":
            finish_lesson(enrolled, unit, language=self.person.language, opening=None, by=self.person, now=now)
            is_done = True
        else:
            try:
                is_done = self._take(unit, now)
            except quizzes.QuizShut:
                return  # every attempt is used up: the learner waits for the centre
        chance = self.history.chance
        pause = timedelta(days=chance.choice((0, 0, 0, 1, 1, 2, 3)), minutes=chance.uniform(12, 50))
        if not is_done:
            pause = timedelta(hours=chance.uniform(2, 30))
        self.history.at(_working_hours(now + pause), lambda later: self.go_on(place + is_done, later))

    def _take(self, unit: PublishedUnit, now: datetime) -> bool:
        """Take a quiz from beginning to end; say whether it is passed. Raises QuizShut when no attempt is left."""
        history = self.history
        attempt = quizzes.begin_attempt(
            self.enrolment_id,
            history.course,
            unit,
            language=self.person.language,
            by=self.person,
            now=now,
            random=history.chance,
        )
        sitting = quizzes.sitting_of(attempt)
        for number, question in enumerate(sitting.questions(attempt.language)):
            now += timedelta(seconds=history.chance.uniform(12, 75))
            answer = answer_to(question, ability=self.fate.ability, chance=history.chance)
            key = f"demo-{attempt.id}-{number}"
            quizzes.save_answer(attempt, question.id, Given(answer), key, now=now)
        return quizzes.submit(attempt.id, by=self.person, now=now + timedelta(seconds=20)).is_passed


def _working_hours(moment: datetime) -> datetime:
    """Move a moment of the night to the next morning; UTC+5 all over the country."""
    hour = (moment.hour + 5) % 24
    return moment if 8 <= hour < 21 else moment + timedelta(hours=(8 - hour) % 24 + 1)
