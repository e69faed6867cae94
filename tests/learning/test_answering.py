"""Every kind of question, answered by a form alone: what is shown, what is sent, what is told."""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from tests.browser import Page
from tests.learning.versions import publish_course
from tests.signing import Browser

PATH = "/courses/requests/request/clock"
QUESTIONS = """---
title: The clock
---

```check
## Which? {#single}

- ( ) Wait
  > Too late.
- (x) Answer
- ( ) Refuse
```

```check
## Which ones? {#multiple}

- [x] Data
- [x] Reasons
- [ ] Silence
```

```check
## In which city? {#text}

- = Aarhus*
```

```check
## In how many days? {#number unit="working days"}

- = 2.5
```

```check
## Match {#matching}

- Information => Articles 4–5
- Justice => Article 9
- => Article 15
```

```check
## In which order? {#ordering type=ordering}

1. Adopted
2. Ratified
3. In force
```

```check
## Complete {#cloze}

Up to [[2; two]] months where the [[(x) complexity; ( ) cost]] asks for it.
```
"""
RIGHT: Mapping[str, Mapping[str, str | list[str]]] = {
    "single": {"answer": "Answer"},
    "multiple": {"answer": ["Data", "Reasons"]},
    "text": {"answer": "=AARHUS, Denmark"},
    "number": {"answer": "=2,5 working days"},
    "matching": {"answer-0": "Articles 4–5", "answer-1": "Article 9"},
    "ordering": {"answer-0": "Adopted", "answer-1": "Ratified", "answer-2": "In force"},
    "cloze": {"answer-0": "=two", "answer-1": "complexity"},
}
WRONG: Mapping[str, tuple[Mapping[str, str | list[str]], str, str]] = {
    "single": ({"answer": "Wait"}, "Not right", "This is right, and was not chosen"),
    "multiple": ({"answer": ["Data"]}, "Partly right", "This is right, and was not chosen"),
    "text": ({"answer": "=Riga"}, "Not right", "Right: Aarhus…"),
    "number": ({"answer": "=3"}, "Not right", "Right: 2.5 working days"),
    "matching": ({"answer-0": "Article 9", "answer-1": "Article 9"}, "Partly right", "Right: Articles 4–5"),
    "ordering": ({"answer-0": "Ratified"}, "Not right", "Right: Adopted"),
    "cloze": ({"answer-0": "=two"}, "Partly right", "Right: complexity"),
}


@pytest.fixture
def visitor(context: Flask) -> Browser:
    """Return the browser of a visitor, before a lesson with a self-check of every kind."""
    publish_course({"01-request/01-clock.en.md": QUESTIONS})
    return Browser(context)


def fill(page: Page, check: str, answers: Mapping[str, str | list[str]]) -> dict[str, str | list[str]]:
    """Return what a browser sends when somebody picks these texts; `=` stands before what is typed."""
    offered = dict(_offered(page.one("form", id=f"check-{check}")))
    return {
        name: text[1:]
        if isinstance(text, str) and text.startswith("=")
        else [offered[name, one] for one in ([text] if isinstance(text, str) else text)]
        for name, text in answers.items()
    }


def _offered(form: Element) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield the name of each field with each text that can be picked in it, and the value that is sent for it."""
    for label in form.iter("label"):
        for control in label.iter("input"):
            yield (control.get("name", ""), _words(label)), control.get("value", "")
    for select in form.iter("select"):
        for option in select.iter("option"):
            yield (select.get("name", ""), _words(option)), option.get("value", "")


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


@pytest.mark.parametrize("check", RIGHT)
def test_a_right_answer_is_told_to_be_right(visitor: Browser, check: str) -> None:
    page = visitor.open(PATH)
    told = visitor.send(f"{PATH}/checks/{check}", fill(page, check, RIGHT[check]))

    words = _words(told.one("form", id=f"check-{check}"))
    assert "Answer again" in words
    assert "Right" in words
    assert "Not right" not in words


@pytest.mark.parametrize("check", WRONG)
def test_a_wrong_answer_is_told_with_the_right_one(visitor: Browser, check: str) -> None:
    answers, verdict, right = WRONG[check]
    page = visitor.open(PATH)
    told = visitor.send(f"{PATH}/checks/{check}", fill(page, check, answers))

    words = _words(told.one("form", id=f"check-{check}"))
    assert verdict in words
    assert right in words


@pytest.mark.parametrize("check", RIGHT)
def test_no_page_gives_the_key_away_before_the_answer(visitor: Browser, check: str) -> None:
    first, second = visitor.open(PATH), visitor.open(f"{PATH}?lang=ru")
    places = [list(_offered(page.one("form", id=f"check-{check}"))) for page in (first, second)]

    assert [value for _, value in places[0]] == [value for _, value in places[1]], "one order for all languages"
    assert "data-state" not in first.html.split('class="check')[1]
    assert "Aarhus" not in first.text


def test_an_item_put_at_two_places_is_asked_for_again(visitor: Browser) -> None:
    page = visitor.open(PATH)
    fields = fill(page, "ordering", {"answer-0": "Adopted", "answer-1": "Adopted"})

    assert "each item can stand at one place only" in visitor.send(f"{PATH}/checks/ordering", fields).text
