"""A notebook as a page without code, by Voilà: its parts are live there as in JupyterLab."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Page, expect

from .every_part import BEGIN
from .lab import free_port, surroundings, wait_for

LOCAL = ("http://127.0.0.1", "blob:", "data:")
SYMBOLS = re.compile(r"https://[^/]+/.*(fontawesome|font-awesome)")
CELLS = [BEGIN, "pond.explore()", "nights.edit()", "print(nights.variables)"]


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A Voilà of the test's own, with one notebook."""
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(book, tmp_path / "shown.ipynb")
    address = f"http://127.0.0.1:{free_port()}"
    command = [
        *(sys.executable, "-m", "voila", "shown.ipynb", "--no-browser"),
        *("--Voila.ip=127.0.0.1", f"--port={address.rsplit(':', 1)[1]}"),
    ]
    log = tmp_path / "log.txt"
    with log.open("w") as told:
        server = subprocess.Popen(
            command, env=surroundings(tmp_path), stdout=told, stderr=told, cwd=tmp_path
        )
        try:
            wait_for(f"{address}/voila/static/", server, log)
            yield address
        finally:
            server.terminate()
            server.wait(15)


def test_the_explorer_and_the_editor_are_live_in_voila(page: Page, address: str) -> None:
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    # Voilà's own page asks for a font of symbols; nothing else may go outside.
    page.route(SYMBOLS, lambda route: route.fulfill(body=""))
    outside: list[str] = []
    page.on("request", lambda r: None if r.url.startswith(LOCAL) else outside.append(r.url))
    page.goto(address, timeout=120_000)
    explorer = page.locator(".cs-explorer")
    expect(explorer).to_be_visible(timeout=180_000)
    for still in page.locator(".cs-still").all():
        expect(still).to_be_hidden()
    before = explorer.get_attribute("data-last")
    page.get_by_role("slider", name="price").first.press("End")
    expect(explorer).not_to_have_attribute("data-last", str(before))  # the page moved it
    sentence = page.locator(".cs-sentence:not(.cs-stale)")
    expect(sentence.first).to_be_visible()  # and the kernel answered
    page.set_viewport_size({"width": 390, "height": 700})  # a phone: the curves stay in sight
    last = page.get_by_role("slider", name="boats follow").first
    last.focus()
    expect(page.locator(".cs-explorer.cs-stuck")).to_be_visible()
    plot, used = page.locator(".cs-plot canvas").bounding_box(), last.bounding_box()
    assert plot is not None
    assert used is not None
    assert 0 <= plot["y"] + 1 < plot["y"] + plot["height"] <= used["y"]
    page.set_viewport_size({"width": 1280, "height": 900})
    page.locator(".cs-word[data-word='sleep']").focus()
    page.keyboard.press("F2")
    page.keyboard.type("rest")
    page.keyboard.press("Enter")
    expect(page.locator(".cs-word[data-word='rest']")).to_be_visible()
    assert [url for url in outside if not SYMBOLS.match(url)] == []
    assert complaints == []
