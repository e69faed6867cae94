"""A learner at the screen: whatever somebody taking a course does, by the fields and buttons of the pages alone.

Nothing here depends on the language of the page. Right answers are read from the published questions in the database.
"""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page

from lms.catalogue.published import PublishedCourse
from lms.catalogue.queries import list_published
from lms.database import db
from lms.demo.answering import right_answer
from lms.learning import checks
from lms.questions.asking import Order, part_field
from lms.questions.questions import Cloze, Matching, MultipleChoice, Ordering, Question, SingleChoice, Statement
from lms.quizzes.actions import sitting_of
from lms.quizzes.models import Attempt
from tests.make import PASSWORD
from tests.walk.site import Site


def sign_in(page: Page, login: str, password: str = PASSWORD) -> None:
    """Fill in the form of the present page that signs somebody in."""
    page.fill("[name=login]", login)
    page.fill("[name=password]", password)
    page.click("form[action$='/sign-in'] button")


def fill_in(form: Locator, question: Question, order: Order) -> None:
    """Answer a question rightly; `order` tells by place as shown which option stands there, as written."""
    answer = right_answer(question)
    match question:
        case SingleChoice():
            form.locator(f"[name=answer][value='{order.index(int(str(answer)))}']").check()
        case MultipleChoice():
            for index in answer:
                form.locator(f"[name=answer][value='{order.index(int(index))}']").check()
        case Matching() | Ordering():
            for part, index in enumerate(answer):
                form.locator(f"[name={part_field(part)}]").select_option(str(order.index(int(index))))
        case Cloze():
            for part, text in enumerate(answer):
                _put(form.locator(f"[name={part_field(part)}]"), text)
        case Statement():
            form.locator("[name=answer]").check()
        case _:
            _put(form.locator("[name=answer]"), str(answer))


def _put(field: Locator, text: str) -> None:
    if field.evaluate("field => field.tagName") == "SELECT":
        field.select_option(text)
    else:
        field.fill(text)


@dataclass(frozen=True, slots=True)
class Learner:
    """Somebody who has the only course of the demonstration before them."""

    site: Site
    page: Page
    language: str

    def course(self) -> PublishedCourse:
        """Return the course as it is published."""
        with self.site.database():
            return list_published()[0]

    def open(self, path: str) -> None:
        """Open an address of the site."""
        self.page.goto(self.site.address + path)

    def finish_lesson(self) -> None:
        """Press the button at the end of a lesson."""
        self.page.click("form[action$='/done'] button")

    def answer_check(self, unit_id: str, check_id: str) -> None:
        """Answer a self-check of the present lesson rightly and have it marked."""
        unit = self.course().unit(unit_id)
        asked = checks.ask(unit, unit.page(self.language))[check_id]
        form = self.page.locator(f"form[action*='/checks/{check_id}']")
        fill_in(form, asked.question, asked.order)
        form.locator("button").click()

    def begin(self) -> int:
        """Begin an attempt, or go on with it, and return its id."""
        self.page.click("form[action$='/attempts'] button")
        return int(self.page.url.split("/attempts/")[1].split("/")[0])

    def answer(self, attempt_id: int, number: int) -> None:
        """Answer the question on the screen rightly, without leaving it."""
        with self.site.database():
            attempt = db.session.get_one(Attempt, attempt_id)
            question, order = sitting_of(attempt).ask(number, self.language)
        fill_in(self.page.locator("#question"), question, order)

    def press(self, where: str) -> None:
        """Save the answer on the screen and go to the next question, back, to the check, or to a number."""
        self.page.locator(f"button[name=go][value='{where}']").first.click()

    def take_quiz(self) -> int:
        """Begin the quiz on the screen, answer every question rightly and hand in; return the attempt's id."""
        attempt_id = self.begin()
        self.page.wait_for_load_state("domcontentloaded")  # the questions are counted once all of the page is there
        for number in range(1, self.page.locator(".answers button").count() + 1):
            self.answer(attempt_id, number)
            self.press("next")
        self.hand_in()
        return attempt_id

    def hand_in(self) -> None:
        """Hand in from the page that checks the answers."""
        self.page.click("main form[action$='/submit']:not([hidden]) button")
