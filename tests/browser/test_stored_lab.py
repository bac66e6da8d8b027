"""A notebook as it is handed on: pictures before anything runs, one live part for each after."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from .lab import Lab, open_notebook
from .test_explorer_lab import turn

ROOT = Path(__file__).parents[2]
BATH = ROOT / "notebooks" / "0-tools" / "01-bathtub.ipynb"
SEEN = """() => [...document.querySelectorAll('.jp-Notebook .cs-still img')]
  .map(image => [image.complete && image.naturalWidth > 300, image.alt.length > 20])"""
RUN = "() => { jupyterapp.commands.execute('notebook:run-cell') }"
CHOOSE = "nth => { jupyterapp.shell.currentWidget.content.activeCellIndex = nth }"


def test_pictures_stand_in_a_notebook_nobody_has_run_and_give_way_to_one_live_part(
    page: Page, lab: Lab, picture: Callable[[Page, str], None]
) -> None:
    with open_notebook(page, lab, lab.copy(BATH, ROOT)) as notebook:
        for theme, light in (("Light", "true"), ("Dark", "false")):
            turn(page, theme, light)
            assert page.evaluate(SEEN) == [[True, True]] * 2  # a sketch and the explorer
            private = page.get_by_text("A check-in. What you enter stays in this page")
            expect(private).to_be_visible()
            notebook.show_all()
            picture(page, f"lab-stored-1280-{theme.lower()}")
        for nth in (1, 6):  # set up, then the sketch alone
            page.evaluate(CHOOSE, nth)
            page.evaluate(RUN)
        expect(page.locator(".jp-Notebook .cs-sketch")).to_have_count(1)
        cell = page.locator(".jp-Notebook .jp-Cell").nth(6)
        expect(cell.locator(".jp-OutputArea-child")).to_have_count(2)
        expect(cell.locator(".cs-still")).to_be_hidden()
        assert notebook.complaints == []
