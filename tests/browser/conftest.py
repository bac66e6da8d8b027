"""A real Chromium, a bare page for one widget, and one JupyterLab for the whole test session."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from .lab import FLAGS, Lab, running_lab

ARTIFACTS = Path(__file__).parents[2] / "test-artifacts"


PATIENCE = 20_000  # milliseconds: a busy machine is slow, and waiting ends as soon as it can
expect.set_options(timeout=PATIENCE)


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


@pytest.fixture(scope="session")
def lab_context(browser: Browser) -> Iterator[BrowserContext]:
    """What all pages of JupyterLab share: its scripts, several megabytes, are fetched once."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A fresh page that shares nothing with the one before; waits end when they can.

    Pages of JupyterLab share a context: the server forgets the layout of the one before.
    """
    if "lab" in request.fixturenames:
        page = request.getfixturevalue("lab_context").new_page()
        yield page
        page.close()
        return
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture
def picture() -> Callable[[Page, str], Path]:
    """Keep what the page shows, for people to look at after the run."""

    def keep(page: Page, name: str) -> Path:
        ARTIFACTS.mkdir(exist_ok=True)
        path = ARTIFACTS / f"{name}.png"
        page.screenshot(path=path, full_page=True)
        return path

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


BARE = """<!doctype html><html lang="en"><head><title>One widget</title><meta charset="utf-8">
<style>body {{ margin: 0; padding: 8px; background: {paper}; }} {style}</style></head>
<body {theme}><main id="here"></main><script type="module">
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
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def open_widget(
        script: str, style: str, state: dict[str, Any], width: int = 1280, dark: bool = False
    ) -> BarePage:
        theme = f'data-jp-theme-light="{"false" if dark else "true"}"'
        jupyter = "--jp-layout-color0: #111111" if dark else "--jp-layout-color0: white"
        html = BARE.format(
            paper="#111111" if dark else "white",
            style=f":root {{ {jupyter} }} {style}",
            theme=theme,
            state=json.dumps(state),
        )
        page.set_viewport_size({"width": width, "height": 900})
        page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
        page.route("http://bare.test/", lambda r: r.fulfill(body=html, content_type="text/html"))
        page.route(
            "http://bare.test/widget.js",
            lambda r: r.fulfill(body=script, content_type="text/javascript"),
        )
        page.goto("http://bare.test/")
        page.wait_for_function("window.ready === true")
        return BarePage(page, complaints)

    yield open_widget
    assert complaints == []


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[Lab]:
    """One JupyterLab for all tests: its own settings, a free port, no news."""
    with running_lab(tmp_path_factory.mktemp("lab")) as running:
        yield running
