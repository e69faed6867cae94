"""Answers as they are kept: the last one counts, and the ledger has a digest of all of them."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from lms.quizzes.steps import Given, Step, digest, latest, print_of, read_given, write_given

AT = datetime(2026, 11, 22, 9, 2, tzinfo=UTC)
answers = st.one_of(st.text(), st.lists(st.text()))


def step(question: str, answer: str, key: str = "k") -> Step:
    return Step(key, question, write_given(Given(answer)), AT)


@given(answers, st.booleans())
def test_an_answer_is_kept_as_it_was_given(answer: str | list[str], is_flagged: bool) -> None:
    kept = Given(answer, is_flagged)

    assert read_given(write_given(kept)) == kept


def test_the_last_answer_to_each_question_counts() -> None:
    steps = [step("a", "1"), step("b", "1"), step("a", "2"), step("a", "")]

    assert latest(steps) == {"a": Given(""), "b": Given("1")}


def printed(given: Given, *, attempt_id: int = 1, question_id: str = "a", secret: str = "ours") -> str:
    return print_of(write_given(given), attempt_id=attempt_id, question_id=question_id, secret=secret)


def test_a_form_remembers_what_it_showed_and_tells_a_flag_from_none() -> None:
    assert printed(Given("1")) == printed(Given("1"))
    assert printed(Given("1")) != printed(Given("1", is_flagged=True))


def test_what_a_form_remembers_means_nothing_elsewhere_and_nothing_without_the_secret() -> None:
    here = printed(Given(["1", "0"]))

    assert here != printed(Given(["1", "0"]), attempt_id=2)
    assert here != printed(Given(["1", "0"]), question_id="b")
    assert here != printed(Given(["1", "0"]), secret="another")


def test_the_digest_is_over_every_step_in_its_order_and_not_over_the_zone_of_a_clock() -> None:
    first, second = step("a", "1"), step("a", "2")

    assert digest([first, second]) != digest([second, first])
    almaty = first.saved_at.astimezone(timezone(timedelta(hours=5)))
    assert digest([first]) == digest([Step(first.save_key, first.question, first.value, almaty)])
