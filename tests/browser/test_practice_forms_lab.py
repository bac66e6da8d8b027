"""A map becomes a model, and a letter is written, in JupyterLab and without code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from .lab import Lab, open_notebook

SMALL_MAP = """
from cstools import CausalLoopDiagram
from cstools.widgets.map_to_model import map_to_model
mine = CausalLoopDiagram("children -> talk: +\\ntalk -> children: +", "The reading hour")
mine.edit()
"""


def test_one_ticks_what_lasts_and_the_sliders_come(
    page: Page, lab: Lab, picture: Callable[[Page, str], None]
) -> None:
    name = lab.write("map-to-model.ipynb", [SMALL_MAP, "map_to_model(mine)"])
    with open_notebook(page, lab, name) as notebook:
        notebook.run_all()
        assert notebook.errors() == []
        button = page.get_by_role("button", name="Make the model")
        button.click()
        expect(page.get_by_role("status").filter(has_text="Nothing is ticked")).to_be_visible()
        page.get_by_role("checkbox", name="children", exact=True).check()
        expect(page.get_by_role("status").filter(has_text="can be made")).to_be_visible()
        button.click()
        expect(page.get_by_role("slider", name="talk on children").first).to_be_visible()
        expect(page.get_by_text("the model has the same: children → talk")).to_be_visible()
        notebook.show_all()
        picture(page, "lab-map-to-model-1280-light")
        assert notebook.complaints == []


def test_a_letter_is_made_and_taken_along(
    page: Page, lab: Lab, picture: Callable[[Page, str], None]
) -> None:
    cell = "from cstools.widgets.review_letter import review_letter\nreview_letter()"
    with open_notebook(page, lab, lab.write("letter.ipynb", [cell])) as notebook:
        notebook.run_all()
        assert notebook.errors() == []
        page.get_by_label("Dear").fill("Ana")
        page.get_by_role("textbox", name="What stayed with me").fill("The map on page 2.")
        page.keyboard.press("Tab")
        page.get_by_role("button", name="Make the letter").click()
        expect(page.get_by_text("Read it once more")).to_be_visible()
        picture(page, "lab-review-letter-1280-light")
        with page.expect_download() as taken:
            page.get_by_role("link", name="Take the letter along").click()
        letter = Path(taken.value.path()).read_text("utf-8")
        assert letter == "Dear Ana,\n\nWhat stayed with me:\nThe map on page 2.\n"
        assert notebook.complaints == []
