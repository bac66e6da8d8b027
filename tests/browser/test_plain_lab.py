"""Without anywidget: pictures drawn by the kernel come out whole, however one clicks about.

JupyterLab can run widget callbacks in a second thread of the kernel. Drawing with pyplot there
left half of the pictures blank, partial or out of date; this package draws on figures of its
own, and the tests' JupyterLab has that second thread switched on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from .lab import Lab, open_notebook
from .test_explorer_lab import BATH

WITHOUT = "import sys\nsys.modules['anywidget'] = None"
NAMES = ("water in the tub", "drain")
ROUNDS = 3  # six pictures: without care, half of them came out blank or stale


def pull(page: Page, handle: Locator, by: float) -> None:
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by, y, steps=6)
    page.mouse.up()


def sentence(model: Any, opening: str, name: str) -> str:
    run = model.run({"opening": float(opening)})
    return str(run.describe(name))


def test_no_picture_is_blank_partial_or_stale_after_drags_in_two_explorers(
    page: Page, lab: Lab, picture: Callable[[Page, str], None]
) -> None:
    made: dict[str, Any] = {}
    exec(BATH, made)  # the same lines as in the notebook's cell
    cells = [WITHOUT, BATH, *(f"bath.explore('{name}')" for name in NAMES)]
    with open_notebook(page, lab, lab.write("plain.ipynb", cells)) as notebook:
        for turn in range(ROUNDS):
            notebook.run_all()
            assert notebook.errors() == []
            explorers = page.locator(".jp-OutputArea-output .widget-vbox")
            expect(explorers).to_have_count(len(NAMES))
            for i, name in enumerate(NAMES):
                box = explorers.nth(i)
                slider = box.locator(".widget-slider").nth(1)  # opening
                before = slider.locator(".widget-readout").inner_text()
                pull(page, slider.locator(".noUi-handle"), 40 + 25 * turn)
                expect(slider.locator(".widget-readout")).not_to_have_text(before)
                opening = slider.locator(".widget-readout").inner_text()
                drawing = box.locator("figure svg")
                told = sentence(made["bath"], opening, name)
                expect(box.locator("figcaption")).to_contain_text(told)
                expect(drawing.locator("#line2d_1")).to_be_attached()
                assert len(drawing.screenshot()) > 8000  # a blank picture packs to far less
        picture(page, "lab-plain-1280-light")
        assert notebook.complaints == []
