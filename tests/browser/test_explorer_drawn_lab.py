"""A path drawn by hand in JupyterLab drives a model, and its curves follow."""

from __future__ import annotations

import json
from collections.abc import Callable

from playwright.sync_api import Page, expect

from .lab import Lab, open_notebook

AIR = """\
from cstools import facets
from cstools.widgets.sketch import sketch

air = facets.world.climate_bathtub()
path = sketch("emissions", 2025, 2125, 0, 80, "GtCO2/year", "year", begins=41.6, count=11)
display(path)
live = air.explore("concentration", "emissions", drawn={"emissions": path}, diagram=False)
live"""


def last(page: Page) -> dict[str, float]:
    """The values at the end of the curves that are drawn now."""
    told = page.locator(".cs-explorer").get_attribute("data-last")
    return json.loads(told or "{}")  # type: ignore[no-any-return]


def draw(page: Page, shares: list[tuple[float, float]]) -> None:
    """Draw across the field of the sketch, from the left and from the top, button held down."""
    box = page.locator(".cs-sketch .cs-field").bounding_box()
    assert box is not None
    spots = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in shares]
    page.mouse.move(*spots[0])
    page.mouse.down()
    for x, y in spots[1:]:
        page.mouse.move(x, y, steps=12)


def test_the_curves_follow_the_hand_and_a_path_can_be_kept_and_used_again(
    page: Page, lab: Lab, picture: Callable[[Page, str], None]
) -> None:
    with open_notebook(page, lab, lab.write("drawn.ipynb", [AIR])) as notebook:
        notebook.run_all()
        assert notebook.errors() == []
        notebook.show_all()
        explorer = page.locator(".cs-explorer")
        expect(explorer).to_be_visible()
        expect(page.locator(".cs-follows")).to_be_visible()
        own = last(page)
        draw(page, [(0.1, 0.5), (0.3, 0.98), (0.98, 0.98)])
        moved = "own => JSON.parse(document.querySelector('.cs-explorer').dataset.last)"
        page.wait_for_function(f"{moved}.concentration < own.concentration - 200", arg=own)
        page.mouse.up()  # until here the hand was still on the paper
        expect(page.locator(".cs-sentence:not(.cs-stale)")).to_contain_text("falls")
        low = last(page)
        assert low["emissions"] < 2
        page.get_by_role("button", name="Keep", exact=True).click()
        expect(page.get_by_label("Name of scenario A")).to_have_value("emissions as drawn")
        page.get_by_role("button", name="Clear", exact=True).click()
        page.wait_for_function(f"{moved}.concentration === own.concentration", arg=own)
        page.get_by_role("button", name="Use “emissions as drawn”: set the sliders to it").click()
        page.wait_for_function(f"{moved}.concentration === own.concentration", arg=low)
        expect(page.get_by_text("10 of 10 points drawn.")).to_be_visible()
        picture(page, "lab-drawn-1280")
        assert notebook.complaints == []
