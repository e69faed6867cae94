"""A real browser for tests: serves an application on this machine, opens its pages, and asks axe about them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from werkzeug.serving import make_server

from tests.needs import needs

ARGUMENTS = ["--no-sandbox", "--disable-background-networking"]
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
ASK_AXE = "rules => axe.run(document, rules).then(found => found.violations)"
NARROW, WIDE = 320, 1280
LONGEST_WAIT_MS = 30_000


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve an application at an address of its own until the end of the block."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the Chromium of the system; leave the test out where there is none."""
    path = needs("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@dataclass(frozen=True, slots=True)
class Screen:
    """What somebody reads on: a width in CSS pixels, a colour scheme, a language."""

    width: int = WIDE
    scheme: str = "light"
    language: str = "ru"

    @property
    def name(self) -> str:
        """Return what tells this screen from others in names of tests and pictures."""
        return f"{self.width}-{self.scheme}-{self.language}"

    @contextmanager
    def window(self, browser: Browser, **options: Any) -> Iterator[Page]:
        """Open a window without cookies; what its console complains about fails the test."""
        context = browser.new_context(
            viewport={"width": self.width, "height": 900}, color_scheme=self.scheme, locale=self.language, **options
        )
        context.set_default_timeout(LONGEST_WAIT_MS)
        complaints: list[str] = []
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if _is_complaint(message) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
        context.close()
        assert not complaints, "\n".join(complaints)


def faults_of(page: Page) -> list[str]:
    """Return what keeps somebody from using a page: what axe finds, and whether it has to be scrolled sideways."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(ASK_AXE, RULES)
    return [*(f"{fault['id']}: {node['html']}" for fault in found for node in fault["nodes"]), *sticking_out(page)]


def sticking_out(page: Page) -> list[str]:
    """Return a fault if the page, and not only a region of it, has to be scrolled sideways."""
    screen = page.viewport_size["width"]
    width = page.evaluate("document.documentElement.scrollWidth")
    return [f"scrolls sideways: {width} px on a screen of {screen} px"] if width > screen else []


def keep_picture(page: Page, name: str) -> None:
    """Save a picture of the whole page in the folder that LMS_TEST_PICTURES names, if it names one."""
    if folder := os.environ.get("LMS_TEST_PICTURES"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def _is_complaint(message: ConsoleMessage) -> bool:
    """Tell an error of ours from the notice that nothing, or an error status, was answered, which tests ask for."""
    return message.type == "error" and not message.text.startswith("Failed to load resource")
