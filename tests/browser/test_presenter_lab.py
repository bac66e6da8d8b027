"""The presenter in JupyterLab: over the whole window, in step with its notes in another cell."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from .lab import Lab, open_notebook

BATH = """\
from cstools import StockFlow

bath = StockFlow("A bath", stop=16, dt=0.125, time_units="minute", doc="Ana runs a bath.")
bath.stock("water", 40, units="litre", between=(0, 100))
bath.flow("tap", "opening", into="water", units="litre/minute")
bath.flow("drain", "water / emptying time", out_of="water", units="litre/minute")
bath.constant("opening", 12, units="litre/minute", between=(0, 30))
bath.constant("emptying time", 8, units="minute", between=(2, 20))
stage = bath.present(notes="Bring a bowl.", scenarios={"tap shut": {"opening": 0}})
stage"""


def test_a_presentation_fills_the_window_and_its_notes_keep_in_step(
    page: Page, lab: Lab, picture: Callable[[Page, str], None]
) -> None:
    cells = [BATH, "stage.notes"]
    with open_notebook(page, lab, lab.write("presenter.ipynb", cells)) as notebook:
        notebook.run_all()
        assert notebook.errors() == []
        stage, notes = page.locator(".cs-presenter"), page.locator(".cs-notes-for-presenter")
        expect(notes.locator(".cs-notes-where")).to_have_text("1 of 5: A bath")
        stage.get_by_role("button", name="Present", exact=True).click()
        for key in ("PageDown", "ArrowRight", " "):  # none of them moves between cells
            page.keyboard.press(key)
        expect(stage).to_have_attribute("data-beat", "1")
        assert stage.bounding_box() == {"x": 0, "y": 0, "width": 1280, "height": 900}
        page.keyboard.press("s")
        page.get_by_role("slider", name="opening (litre/minute)", exact=True).press("Home")
        # These are the settings of a scenario, whose sentence the page has.
        expect(stage.locator(".cs-stage-sentence")).to_contain_text("Water falls from 40")
        page.keyboard.press("ArrowUp")
        # Nobody has written a sentence for these yet; the kernel does.
        sentence = stage.locator(".cs-stage-sentence")
        expect(sentence).to_contain_text("Water falls from 40")
        expect(sentence).not_to_contain_text("In short")
        picture(page, "lab-presenter-1280-light")
        page.evaluate("document.exitFullscreen()")  # what a browser does at Escape
        expect(page.locator("dialog.cs-presenter-dialog")).to_have_count(0)
        expect(notes.locator(".cs-notes-where")).to_have_text("3 of 5: Reveal")
        notes.get_by_role("button", name="Next").click()
        expect(stage).to_have_attribute("data-step", "4")
        assert notebook.complaints == []
