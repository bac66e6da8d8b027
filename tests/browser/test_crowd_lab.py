"""A crowd in JupyterLab: changed in the page, known to the kernel, and drawn beforehand."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from .lab import Lab, open_notebook

BEGIN = """\
from cstools import facets, sketch

drawn = sketch("hands up", stop=100, high=100, units="people", time_units="round")
hall = facets.others.thresholds().watch(drawn)
hall"""
DRAW = "drawn.points = [[0, 0], *drawn.points[1:], [100, 60]]"
ASK = 'print(hall.crowd.joined, "joined;", hall.values[:3], len(hall.sketched), "points")'

RUN_LAST = """() => { const notebook = jupyterapp.shell.currentWidget.content;
  notebook.activeCellIndex = 2; jupyterapp.commands.execute('notebook:run-cell'); }"""


def test_what_is_changed_in_the_page_is_known_in_python(
    page: Page, lab: Lab, picture: Callable[[Page, str], None]
) -> None:
    with open_notebook(page, lab, lab.write("crowd.ipynb", [BEGIN, DRAW, ASK])) as notebook:
        notebook.run_all()
        assert notebook.errors() == []
        expect(page.locator(".jp-OutputArea-output pre").last).to_have_text(
            "100 joined; [0, 1, 2] 2 points"
        )
        crowd = page.locator(".cs-crowd")
        crowd.locator('[data-person="2"]').click()
        crowd.get_by_role("slider", name="Person 2 waits for (people)").press("ArrowRight")
        expect(crowd.locator(".cs-player-beside")).to_contain_text("It stops at 1 of 100.")
        expect(crowd.get_by_text("The dots are what you drew.")).to_be_visible()
        picture(page, "lab-crowd-1280-light")
        # It is read out when the slider rests, and that is when Python is told.
        rested = crowd.locator(".cs-unseen[role=status]").last
        expect(rested).to_contain_text("It stops at 1 of 100.")
        page.evaluate(RUN_LAST)
        expect(page.locator(".jp-OutputArea-output pre").last).to_have_text(
            "1 joined; [0, 2, 2] 2 points"
        )
        assert notebook.complaints == []
