"""The course with no server and no network: ``make lite-check`` opens it in a real browser.

This file is not found by ``make test``: it fetches what the site is made of, builds the site and
waits for Python to start in the page, which together takes minutes. What it covers there is every
import (tests/test_without_numpy.py) and how the site is put together (test_build.py).
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

from tests.browser.lab import FLAGS
from tests.lite.build import build

ARTIFACTS = Path(__file__).parents[2] / "test-artifacts"
STARTS = 180_000  # milliseconds, in which Python starts in the page; on a quiet machine 15,000
PATIENCE = 30_000

CELLS = (
    "from cstools import CausalLoopDiagram, facets\n"
    "from cstools.learning import load_set\n"
    "pond = CausalLoopDiagram('''\n"
    "    fish -> new fish: +\n    new fish -> fish: +\n"
    "    fish -> catch: +\n    catch -> fish: -\n''')\n"
    "pond.edit()",
    "explorer = facets.world.shared_pond().explore()\nexplorer",
    "load_set('01-bathtub')['after four minutes']",
    "load_set('01-bathtub')['fullest']",
    "load_set('01-bathtub')['sketch']",
    "load_set('30-shared-pond')['loops']",
)
# What is asked at the end, of the same Python.
ASKED = (
    "print(len(pond.links), [loop.name for loop in pond.loops()])\n"
    "print(explorer.values['price'])\n"
    "import sys\n"
    "print(sorted({'numpy', 'scipy', 'pandas', 'pysd', 'matplotlib'} & {*sys.modules}))"
)
_READY = """() => { const panel = window.jupyterapp?.shell?.currentWidget;
  return panel?.context?.isReady && panel.sessionContext?.isReady
    && panel.sessionContext.session?.kernel?.status === 'idle'; }"""
_DONE = """count => { const panel = jupyterapp.shell.currentWidget;
  const cells = panel.content.model.sharedModel.cells.filter(c => c.cell_type === 'code');
  const failed = cells.some(c => (c.outputs || []).some(o => o.output_type === 'error'));
  return failed || (cells.length === count && cells.every(c => c.execution_count !== null)
    && panel.sessionContext.session.kernel.status === 'idle'); }"""
_ERRORS = """() => jupyterapp.shell.currentWidget.content.model.sharedModel.cells
  .flatMap(c => c.outputs || []).filter(o => o.output_type === 'error')
  .map(o => `${o.ename}: ${o.evalue}`)"""
_ASK = """source => { const { content } = jupyterapp.shell.currentWidget;
  content.model.sharedModel.addCell({ cell_type: 'code', source });
  content.activeCellIndex = content.widgets.length - 1;
  content.deselectAll();
  jupyterapp.commands.execute('notebook:run-cell'); }"""
_LAST = """() => jupyterapp.shell.currentWidget.content.model.sharedModel.cells.at(-1).outputs
  .map(o => [].concat(o.text || '').join('')).join('')"""


class Quiet(SimpleHTTPRequestHandler):
    """Hands out files and says nothing about it."""

    def log_message(self, *words: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return where the site is, built alone and with one page of the test's own."""
    folder = tmp_path_factory.mktemp("lite")
    page = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    page.metadata["kernelspec"] = {"name": "python", "display_name": "Python (Pyodide)"}
    (folder / "pages").mkdir()
    nbformat.write(page, folder / "pages" / "offline.ipynb")
    site = build(folder / "site", alone=True, extra=folder / "pages")
    _draw_every_cell(site / "jupyter-lite.json")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def _draw_every_cell(settings: Path) -> None:
    """Let the site draw cells outside the window as well: what is not drawn cannot be pressed."""
    said = json.loads(settings.read_text("utf-8"))
    tracker = {"@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"}}
    said["jupyter-config-data"].setdefault("settingsOverrides", {}).update(tracker)
    settings.write_text(json.dumps(said), "utf-8")


@pytest.fixture(scope="module")
def asked_for() -> list[str]:
    """Return the list into which every address goes that the page asks for."""
    return []


@pytest.fixture(scope="module")
def page(address: str, asked_for: list[str], chromium: str) -> Iterator[Page]:
    """Return the notebook, run from top to bottom by the Python in the page."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        context = browser.new_context(viewport={"width": 1280, "height": 4200})
        context.set_default_timeout(PATIENCE)
        context.on("request", lambda request: asked_for.append(request.url))
        opened = context.new_page()
        open_page(opened, address, "offline.ipynb")
        opened.evaluate("() => { jupyterapp.commands.execute('notebook:run-all-cells') }")
        opened.wait_for_function(_DONE, arg=len(CELLS), timeout=STARTS)
        yield opened
        browser.close()


def open_page(page: Page, address: str, name: str) -> None:
    """Open a notebook of the site and wait for its kernel.

    At the first visit the site sets up the helper through which the kernel reads files, and loads
    itself once more.
    """
    page.goto(f"{address}/lab/index.html")
    page.wait_for_function("() => navigator.serviceWorker.controller", timeout=STARTS)
    page.wait_for_load_state("networkidle")
    page.wait_for_function("() => window.jupyterapp?.restored", timeout=STARTS)
    page.evaluate("() => window.jupyterapp.restored")
    page.evaluate("() => { jupyterapp.commands.execute('application:toggle-left-area') }")
    page.evaluate("p => { jupyterapp.commands.execute('docmanager:open', { path: p }) }", name)
    page.wait_for_function(_READY, timeout=STARTS)


def ask(page: Page, source: str, cells: int) -> str:
    """Run one more cell at the end and return what it prints."""
    page.evaluate(_ASK, source)
    page.wait_for_function(_DONE, arg=cells, timeout=PATIENCE)
    return str(page.evaluate(_LAST))


def answer(question: Locator, says: str) -> None:
    question.get_by_role("button", name="Check", exact=True).click()
    expect(question.get_by_role("status").last).to_contain_text(says, timeout=PATIENCE)


def test_a_map_a_model_and_four_kinds_of_exercise_work_without_any_network(
    page: Page, address: str, asked_for: list[str]
) -> None:
    assert page.evaluate(_ERRORS) == []

    editor = page.locator(".cs-editor")
    expect(editor).to_contain_text("2 loops: 1 reinforcing, 1 balancing")
    editor.locator(".cs-word[data-word='catch']").focus()
    page.keyboard.press("l")
    page.keyboard.type("bread")
    page.keyboard.press("Enter")
    expect(editor.locator(".cs-word[data-word='bread']")).to_be_visible()
    editor.get_by_role("button", name="Tidy up").click()
    expect(editor.get_by_text("Python looks for a good layout")).to_have_count(0)

    price = page.get_by_role("spinbutton", name="price").first
    price.fill("200")
    price.press("Enter")
    explorer = page.locator(".cs-widget", has=page.get_by_role("spinbutton", name="price")).first
    expect(explorer.get_by_role("status").first).to_contain_text("In short, at these settings:")

    water, fullest, sketch, loops = (page.locator(".cs-question").nth(n) for n in range(4))
    answer(water, "Not attempted.")
    water.get_by_label("Your answer (litres):").fill("75")
    answer(water, "75 is what the tap gives in one minute.")
    water.get_by_label("Your answer (litres):").fill("200 litres")
    answer(water, "Correct.")

    fullest.get_by_label("b. At minute four").check()
    answer(fullest, "Correct.")

    sketch.get_by_text("Type the points instead").click()
    for box, level in enumerate((100, 150, 200, 150, 100, 150, 200, 150, 100)):
        sketch.locator("input[type=number]").nth(box).fill(str(level))
        sketch.locator("input[type=number]").nth(box).press("Tab")
    answer(sketch, "Steps in the flow become slopes in the water.")

    loops.locator("textarea").fill("catch -> fish: +")
    answer(loops, "What does a catch do to the fish that are left?")

    ARTIFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTIFACTS / "lite-offline.png", full_page=True)

    assert ask(page, ASKED, len(CELLS) + 1) == "5 ['B1', 'R1']\n200.0\n[]\n"
    elsewhere = [url for url in asked_for if not url.startswith((address, "data:", "blob:"))]
    assert elsewhere == []
    assert any(url.endswith("/static/pyodide/pyodide.asm.wasm") for url in asked_for)
