"""A browser for tests: it opens pages and sends forms, and holds every page it opens to the rules for pages."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextvars import Context
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from lms.languages import LANGUAGES

CSRF = "browser-of-the-tests"
CONTROLS = ("input", "select", "textarea")
UNLABELLED = ("hidden", "submit", "button", "image")
INLINE = ("a", "abbr", "b", "code", "del", "em", "ins", "mark", "small", "span", "strong", "sub", "sup", "time")
POINTERS = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "list")


class Page:
    """One page as it was answered: its address, its text, its elements."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.path = response.request.path
        self.html = response.get_data(as_text=True)
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        self.document: Element = parser.parse(self.html)
        self.parse_errors = [(line, code) for (line, _), code, _ in parser.errors]
        self.parents = {child: parent for parent in self.document.iter() for child in parent}

    @property
    def text(self) -> str:
        """Return what a person reads in the main part, with single plain spaces."""
        main = self.document.find(".//main")
        return _words(self.document if main is None else main)

    @property
    def title(self) -> str:
        """Return the title of the window."""
        return _words(self.one("title"))

    @property
    def heading(self) -> str:
        """Return the one heading of the first level."""
        return _words(self.one("h1"))

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Return the elements of a kind that carry these attributes (`class_` stands for class, `_` for `-`)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [e for e in self.document.iter(tag) if all(e.get(name) == value for name, value in wanted.items())]

    def one(self, tag: str, **attributes: str) -> Element:
        """Return the only such element."""
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{self.path}: {len(found)} elements {tag} {attributes}"
        return found[0]

    def links(self) -> dict[str, str]:
        """Return the address of each link by its words; of links with the same words the first."""
        return {_words(a): a.get("href", "") for a in reversed(self.all("a"))}

    def fields(self, action: str | None = None) -> dict[str, str]:
        """Return what a form of the page holds as it stands: of the main part, or with this action."""
        scope = self.document.find(".//main") if action is None else self.document
        forms = [f for f in scope.iter("form") if action in (None, f.get("action"))] if scope is not None else []
        posting = [form for form in forms if form.get("method") == "post"] or forms
        assert posting, f"{self.path}: no form {action or ''}"
        return dict(pair for control in posting[0].iter() if (pair := _value(control)))


class PageClient:
    """A browser with its own cookies; nothing of one request, least of all a database session, reaches the next."""

    def __init__(self, app: Flask, language: str = "en") -> None:
        self.app = app
        self.client = app.test_client()
        self.headers = {"Accept-Language": language, "Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}

    def open(self, path: str, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Page:
        """Open an address, follow redirects, and check the page."""
        return self._page(self.get(path, headers=headers, follow_redirects=True), status)

    def send(
        self,
        path: str,
        fields: Mapping[str, Any] | None = None,
        *,
        status: int = 200,
        came_from: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Page:
        """Send a form with a fresh token, follow redirects, and check the page; `came_from` is the page of the form."""
        return self._page(self.post(path, fields, came_from=came_from, headers=headers, follow_redirects=True), status)

    def get(self, path: str, *, headers: Mapping[str, str] | None = None, **options: Any) -> TestResponse:
        """Ask for an address and return the bare answer."""
        return self._request("GET", path, headers={**self.headers, **(headers or {})}, **options)

    def post(
        self,
        path: str,
        fields: Mapping[str, Any] | None = None,
        *,
        came_from: str | None = None,
        headers: Mapping[str, str] | None = None,
        **options: Any,
    ) -> TestResponse:
        """Send a form as a browser does and return the bare answer; a token given in `fields` is used as it is."""
        sent = {"Origin": "http://localhost", **self.headers, **(headers or {})}
        if came_from:
            sent["Referer"] = f"http://localhost{came_from}"
        data = {"csrf_token": self.token(), **(fields or {})}
        return self._request("POST", path, data=data, headers=sent, **options)

    def token(self) -> str:
        """Return a token that fits the present session, as any page of it would hold."""
        with self.client.session_transaction() as session:
            raw = session.setdefault("csrf_token", CSRF)
        return str(URLSafeTimedSerializer(self.app.config["SECRET_KEY"], salt="wtf-csrf-token").dumps(raw))

    def _request(self, method: str, path: str, **options: Any) -> TestResponse:
        """Send one request in a context of its own: inside the test's, it would share the test's database session."""
        answer: TestResponse = Context().run(self.client.open, path, method=method, **options)
        return answer

    def _page(self, response: TestResponse, status: int) -> Page:
        where = f"{response.request.method} {response.request.path}"
        assert response.status_code == status, f"{where}: {response.status_code}\n{response.get_data(as_text=True)}"
        assert response.mimetype == "text/html", f"{where}: {response.mimetype}"
        page = Page(response)
        assert not (faults := faults_of(page)), f"{where}:\n" + "\n".join(faults)
        return page


def faults_of(page: Page) -> list[str]:
    """Return every rule for pages that a page breaks."""
    return [
        *(f"line {line}: not well formed: {code}" for line, code in page.parse_errors),
        *_faults_of_frame(page),
        *_faults_of_ids(page),
        *_faults_of_inline_code(page),
        *_faults_of_names(page),
    ]


def _faults_of_frame(page: Page) -> list[str]:
    faults = []
    if (count := len(page.all("h1"))) != 1:
        faults.append(f"{count} headings h1")
    if not _words(page.document.find(".//title")).split(" · ")[0]:
        faults.append("no title")
    language = page.document.get("lang")
    if language not in LANGUAGES:
        faults.append(f"lang is {language!r}")
    return faults


def _faults_of_ids(page: Page) -> list[str]:
    counts = Counter(e.get("id") for e in page.document.iter() if e.get("id") is not None)
    faults = [f"id {name!r} stands {count} times" for name, count in counts.items() if count > 1]
    for element in page.document.iter():
        for attribute in POINTERS:
            missing = [name for name in (element.get(attribute) or "").split() if name not in counts]
            faults += [f"{element.tag} {attribute} points at {name!r}, which is not there" for name in missing]
        target = element.get("href", "")
        if element.tag == "a" and target.startswith("#") and target[1:] not in counts:
            faults.append(f"link to {target}, which is not there")
    return faults


def _faults_of_inline_code(page: Page) -> list[str]:
    faults = []
    for element in page.document.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "style" or (element.tag == "script" and not element.get("src")):
            faults.append(f"inline {element.tag}")
        for name, value in element.attrib.items():
            if name == "style" or str(name).startswith("on") or value.strip().lower().startswith("javascript:"):
                faults.append(f"{element.tag} {name}={value!r}: inline code")
    return faults


def _faults_of_names(page: Page) -> list[str]:
    labelled = {label.get("for") for label in page.all("label")}
    faults = []
    for element in page.document.iter():
        has_own_name = element.get("aria-label") or element.get("aria-labelledby")
        if element.tag in CONTROLS and element.get("type") not in UNLABELLED:
            if not (has_own_name or element.get("id") in labelled or _is_inside(page, element, "label")):
                faults.append(f"{element.tag} {element.get('name')!r} has no label")
        elif element.tag in ("a", "button") and not (has_own_name or _words(element)):
            faults.append(f"{element.tag} {element.attrib} says nothing")
        elif element.tag == "img" and element.get("alt") is None:
            faults.append(f"picture {element.get('src')!r} has no alt")
    return faults


def _is_inside(page: Page, element: Element, tag: str) -> bool:
    above = page.parents.get(element)
    while above is not None and above.tag != tag:
        above = page.parents.get(above)
    return above is not None


def _words(element: Element | None) -> str:
    return "" if element is None else " ".join("".join(_pieces(element)).split())


def _pieces(element: Element) -> Iterator[str]:
    """Yield the texts of an element in order; a block stands apart from what is around it."""
    edge = "" if element.tag in INLINE else " "
    yield edge + (element.text or "")
    for child in element:
        if isinstance(child.tag, str):
            yield from _pieces(child)
        yield child.tail or ""
    yield edge


def _value(control: Element) -> tuple[str, str] | None:
    """Return the name and value that a browser would send for a control; None if it sends none."""
    name = control.get("name")
    if not name or control.tag not in CONTROLS or control.get("type") in ("submit", "button", "file"):
        return None
    if control.tag == "select":
        options = list(control.iter("option"))
        chosen = next((o for o in options if o.get("selected") is not None), options[0] if options else None)
        return None if chosen is None else (name, chosen.get("value", _words(chosen)))
    if control.get("type") in ("checkbox", "radio") and control.get("checked") is None:
        return None
    return name, (control.text or "").lstrip("\n") if control.tag == "textarea" else control.get("value", "")
