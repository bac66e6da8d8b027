"""A real Chromium, a bare page for one widget, and one JupyterLab for the whole test session."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Route,
    expect,
    sync_playwright,
)

from .lab import FLAGS, Lab, running_lab

ARTIFACTS = Path(__file__).parents[2] / "test-artifacts"
PICTURES = bool(os.environ.get("PICTURES"))

SIZE = {"width": 1280, "height": 900}
ADDRESS = "http://bare.test/"  # nobody is asked for it
PATIENCE = 20_000  # milliseconds: a busy machine is slow, and waiting ends as soon as it can
expect.set_options(timeout=PATIENCE)
# anywidget complains of a part that is not there after two seconds of the clock.
UNHURRIED = """const soon = AbortSignal.timeout;
  AbortSignal.timeout = milliseconds => soon.call(AbortSignal, 20 * milliseconds);"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One Chromium for the whole session."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield running
        running.close()


# What lasts on a page, or in all that it shares, and cannot be taken back: a page that was asked
# for one of these is not lent again.
LASTING = {
    *("add_init_script", "add_script_tag", "add_style_tag", "clock", "close", "context"),
    *("emulate_media", "expect_popup", "expose_binding", "expose_function", "on", "once", "route"),
}
BROKEN = pytest.StashKey[bool]()
# True when something is left on a page that the next would see.
_LEFT = """() => {
  try { localStorage.clear(); sessionStorage.clear(); } catch { return true; }
  window.name = "";
  return Boolean(document.fullscreenElement); }"""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """Remember that a test failed: nobody knows how it left its page."""
    report = yield
    if report.failed:
        item.stash[BROKEN] = True
    return report


class LentPage(Page):
    """A page that notices what lasts."""

    marked = False

    def __getattribute__(self, name: str) -> Any:
        if name in LASTING:
            self.marked = True
        return super().__getattribute__(name)


class Lender:
    """One page for test after test: a new one, with all that it shares, costs as much as many."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.context: BrowserContext | None = None
        self.page: LentPage | None = None

    def lend(self) -> LentPage:
        """Return the page that is there, or a new one that shares nothing with any other."""
        if self.page is None:
            self.context = self.browser.new_context(viewport=dict(SIZE))
            self.context.set_default_timeout(PATIENCE)
            self.context.add_init_script(UNHURRIED)
            page = self.context.new_page()
            page.__class__ = LentPage
            self.page = page
        elif self.page.viewport_size != SIZE:
            self.page.set_viewport_size(dict(SIZE))
        return self.page

    def take_back(self, keep: bool) -> None:
        """Have the page back; what is not to be kept is closed with its cookies and its memory."""
        if self.page is None or (keep and not self.page.marked):
            return
        self.context.close()
        self.page = self.context = None


@pytest.fixture(scope="session")
def lab_pages(browser: Browser) -> Iterator[Lender]:
    """JupyterLab is opened once, and shows the notebook of one test after the other."""
    lender = Lender(browser)
    yield lender
    lender.take_back(keep=False)


@pytest.fixture(scope="session")
def bare_pages(browser: Browser) -> Iterator[Lender]:
    """Pages without JupyterLab."""
    lender = Lender(browser)
    yield lender
    lender.take_back(keep=False)


@pytest.fixture
def page(request: pytest.FixtureRequest) -> Iterator[LentPage]:
    """A page on which nothing is left of the test before; waits end when they can.

    A page of JupyterLab still shows its last notebook, which ``open_notebook`` takes away.
    """
    names = request.fixturenames
    lender = request.getfixturevalue("lab_pages" if "lab" in names else "bare_pages")
    page = lender.lend()
    if "lab" not in names:
        page.mouse.move(0, 0)
        if "bare_page" not in names and page.url != "about:blank":
            page.goto("about:blank")
    yield page
    if BROKEN in request.node.stash:
        name = re.sub(r"[^\w-]+", "-", request.node.name)
        with suppress(Error):
            page.screenshot(path=ARTIFACTS / f"failed-{name}.png")
    fine = BROKEN not in request.node.stash and not page.marked
    if fine and "lab" not in names and page.url.startswith(ADDRESS):
        fine = not page.evaluate(_LEFT)
    lender.take_back(keep=fine)


@pytest.fixture
def picture() -> Callable[[Page, str], None]:
    """Keep what the page shows, for people to look at after the run, if they ask for pictures.

    Drawing and packing them takes longer than many a test: ``PICTURES=1`` asks for them.
    """

    def keep(page: Page, name: str) -> None:
        if PICTURES:
            page.screenshot(path=ARTIFACTS / f"{name}.png", full_page=True)

    return keep


@dataclass
class BarePage:
    """A page with nothing on it but one widget, and what the browser complained about."""

    page: Page
    complaints: list[str]

    def saved(self) -> list[dict[str, Any]]:
        """Return what the widget sent to its kernel, oldest first."""
        return self.page.evaluate("window.fakeModel.saved")  # type: ignore[no-any-return]

    def answer(self, **state: Any) -> None:
        """Set the model's state from outside, as a kernel or a second view would."""
        self.page.evaluate("(s) => window.fakeModel.receive(s)", state)


LIGHT = ("true", "false")  # as JupyterLab says which of its themes is on
PAPER = """
:root { --jp-layout-color0: white; }
:root:has(body[data-jp-theme-light="false"]) { --jp-layout-color0: #111111; }"""
BARE = """<!doctype html><html lang="en"><head><title>One widget</title><meta charset="utf-8">
<style>body {{ margin: 0; padding: 8px; background: var(--jp-layout-color0); }} {style}</style>
</head><body data-jp-theme-light="{light}"><main id="here"></main><script type="module">
import widget from "/widget.js";
class FakeModel {{
  constructor(state) {{ this.state = state; this.listeners = {{}}; this.saved = []; }}
  get(key) {{ return this.state[key]; }}
  set(key, value) {{ this.state[key] = value; this.fire(key); }}
  on(event, call) {{ (this.listeners[event] ||= new Set()).add(call); }}
  off(event, call) {{ this.listeners[event]?.delete(call); }}
  fire(key) {{ for (const call of this.listeners["change:" + key] || []) call(); }}
  save_changes() {{ this.saved.push(structuredClone(this.state)); }}
  receive(state) {{ for (const key in state) this.set(key, state[key]); }}
}}
window.fakeModel = new FakeModel({state});
const el = document.getElementById("here");
window.close_widget = widget.render({{ model: window.fakeModel, el }});
window.ready = true;
</script></body></html>"""


# A page that says it is touched, before any part is loaded.
COARSE = """
    const asked = window.matchMedia;
    window.matchMedia = (query) => query.includes("pointer: coarse")
      ? { matches: true, addEventListener() {}, removeEventListener() {} }
      : asked.call(window, query);
"""


@pytest.fixture
def bare_page(page: Page) -> Iterator[Callable[..., BarePage]]:
    """Open one widget on a page of its own, with a model object and no kernel."""
    complaints: list[str] = []
    served: dict[str, tuple[str, str]] = {}

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    def stumble(error: Error) -> None:
        complaints.append(str(error))

    def serve(route: Route) -> None:
        content_type, body = served.get(route.request.url, ("text/plain", ""))
        route.fulfill(body=body, content_type=content_type, status=200 if body else 204)

    def open_widget(
        script: str, style: str, state: dict[str, Any], width: int = 1280, dark: bool = False
    ) -> BarePage:
        html = BARE.format(style=f"{PAPER} {style}", light=LIGHT[dark], state=json.dumps(state))
        served[ADDRESS] = ("text/html", html)
        served[f"{ADDRESS}widget.js"] = ("text/javascript", script)
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(ADDRESS)
        page.wait_for_function("window.ready === true")
        return BarePage(page, complaints)

    # Said to the class: what is taken back in the end does not mark the page.
    Page.on(page, "console", hear)
    Page.on(page, "pageerror", stumble)
    Page.route(page, f"{ADDRESS}**", serve)
    yield open_widget
    page.remove_listener("console", hear)
    page.remove_listener("pageerror", stumble)
    page.unroute(f"{ADDRESS}**", serve)
    assert complaints == []


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[Lab]:
    """One JupyterLab for all tests: its own settings, a free port, no news."""
    with running_lab(tmp_path_factory.mktemp("lab"), warm=True) as running:
        yield running
