"""The loop player in JupyterLab: told on a stage, asked by a kernel."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from .lab import Lab, open_notebook

REWORK = '''\
from cstools import CausalLoopDiagram

rework = CausalLoopDiagram("""
    schedule pressure -> overtime: +
    overtime          -> work done: +
    work done         -> work remaining: -
    work remaining    -> schedule pressure: +
    overtime          -> tiredness: + delayed     # weeks later
    tiredness         -> mistakes: +
    mistakes          -> work remaining: +
""", name="Rework")
player = rework.play("R1")
player'''


def test_a_loop_is_told_in_jupyterlab_and_the_kernel_answers_a_press(
    page: Page, lab: Lab, picture: Callable[[Page, str], None]
) -> None:
    with open_notebook(page, lab, lab.write("player.ipynb", [REWORK])) as notebook:
        notebook.run_all()
        assert notebook.errors() == []
        map_ = page.locator(".cs-player-map")
        expect(map_).to_be_visible()
        map_.press("ArrowRight")  # not to the next cell
        said = page.locator(".cs-player-said")
        expect(said).to_have_text("More schedule pressure → more overtime.")
        map_.press("2")
        map_.press("End")
        expect(said).to_contain_text("reinforcing.")
        picture(page, "lab-player-1280-light")
        page.get_by_role("button", name="Push a variable").click()
        page.get_by_role("combobox", name="Push", exact=True).select_option("mistakes")
        page.get_by_role("button", name="fewer mistakes").click()
        expect(said).to_contain_text("Step 0. Lower: mistakes;")
        assert notebook.complaints == []
