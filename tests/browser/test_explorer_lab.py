"""The explorer in JupyterLab, as a learner meets it: run all, drag, look."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from cstools.widgets.explorer.state import text_of

from .lab import HIDE_FILES, Lab, open_notebook

BATH = """\
from cstools import StockFlow
from cstools.widgets.sketch import sketch

bath = StockFlow("A bath", stop=16, dt=0.125, time_units="minute")
bath.stock("water in the tub", 40, units="litre", between=(0, 100))
bath.flow("tap", "opening", into="water in the tub", units="litre/minute")
bath.flow("drain", "water in the tub / emptying time", out_of="water in the tub",
          units="litre/minute", doc="The fuller the tub, the faster it drains.")
bath.constant("opening", 12, units="litre/minute", between=(0, 30))
bath.constant("emptying time", 8, units="minute", between=(2, 20))
"""


def test_a_drag_in_jupyterlab_moves_the_curve_and_then_the_sentence(
    page: Page, lab: Lab, picture: Callable[[Page, str], None]
) -> None:
    cells = [BATH, "live = bath.explore('water in the tub', 'drain')\nlive"]
    with open_notebook(page, lab, lab.write("explorer.ipynb", cells)) as notebook:
        notebook.run_all()
        assert notebook.errors() == []
        explorer = page.locator(".cs-explorer")
        expect(explorer).to_be_visible()
        before = explorer.get_attribute("data-last")
        sentence = page.locator(".cs-sentence").inner_text()
        slider = page.get_by_role("slider", name="opening (litre/minute)", exact=True)
        slider.scroll_into_view_if_needed()
        box = slider.bounding_box()
        assert box is not None
        middle = box["y"] + box["height"] / 2
        page.mouse.move(box["x"] + 10 + (box["width"] - 20) * 0.4, middle)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * 0.8, middle, steps=8)
        assert explorer.get_attribute("data-last") != before  # while the button is still down
        page.mouse.up()
        expect(page.locator(".cs-sentence")).not_to_have_text(sentence)
        expect(page.locator(".cs-sentence:not(.cs-stale)")).to_contain_text("Water in the tub")
        picture(page, "lab-explorer-1280-light")
        assert notebook.complaints == []


SKETCHED = """\
mine = sketch("water in the tub", stop=16, high=200, units="litre", time_units="minute")
mine"""


def test_what_is_drawn_on_a_sketch_lies_over_the_curve_with_no_cell_run_again(
    page: Page, lab: Lab, picture: Callable[[Page, str], None]
) -> None:
    cells = [BATH, SKETCHED, "bath.explore(sketch=mine)"]
    with open_notebook(page, lab, lab.write("sketch.ipynb", cells)) as notebook:
        notebook.run_all()
        assert notebook.errors() == []
        overlay = page.get_by_text("your sketch", exact=True)
        expect(page.locator(".cs-plot canvas")).to_be_visible()
        expect(overlay).to_be_hidden()
        for _ in range(3):
            page.locator(".cs-knob").nth(2).press("PageUp")
        expect(overlay).to_be_visible()
        turn(page, "Dark", "false")
        notebook.show_all()
        picture(page, "lab-sketch-1280-dark")
        turn(page, "Light", "true")  # the server remembers it for the next test
        assert notebook.complaints == []


def turn(page: Page, theme: str, light: str) -> None:
    change = "name => { jupyterapp.commands.execute('apputils:change-theme', { theme: name }) }"
    page.evaluate(change, f"JupyterLab {theme}")
    page.wait_for_function("told => document.body.dataset.jpThemeLight === told", arg=light)


HEARD = """\
from ipywidgets import HTML

live = bath.explore()
heard = HTML()
live.observe(lambda _: setattr(heard, "value", "kept: " + ", ".join(live.scenarios)), "scenarios")
live"""


def test_a_link_opens_its_settings_and_what_is_kept_reaches_python(
    page: Page, lab: Lab, picture: Callable[[Page, str], None]
) -> None:
    state = text_of({"cstools": 1, "model": "A bath", "values": {"opening": 3}})
    name = lab.write("linked.ipynb", [BATH, HEARD, "heard"])
    with open_notebook(page, lab, name, f"#explore={state}") as notebook:
        notebook.run_all()
        assert notebook.errors() == []
        slider = page.get_by_role("slider", name="opening (litre/minute)", exact=True)
        expect(slider).to_have_value("3")
        expect(page.get_by_text("The saved settings are open.")).to_be_visible()
        # The kernel drew the pictures, scored the loops and wrote the sentence of these settings.
        expect(page.locator(".cs-map-stocks svg")).to_be_visible()
        expect(page.locator(".cs-map-loops svg")).to_be_visible()
        sentence = page.locator(".cs-sentence:not(.cs-stale)")
        expect(sentence).to_contain_text(
            "Water in the tub falls from 40 to 26.1 litre by minute"
        )  # 24 + 16 × (63/64)^128
        page.get_by_role("slider", name="Moment in the run").press("End")
        expect(page.locator(".cs-ruling")).to_contain_text("At minute 16 B1 (100%) dominates.")
        page.get_by_label("Name of a new scenario").fill("Nearly shut")
        page.get_by_role("button", name="Keep", exact=True).click()
        expect(page.get_by_text("kept: Nearly shut")).to_be_visible()
        notebook.show_all()
        picture(page, "lab-explorer-linked-1280-light")
        assert notebook.complaints == []


def test_on_a_phone_the_curves_stay_in_sight_in_a_notebook(
    page: Page, lab: Lab, picture: Callable[[Page, str], None]
) -> None:
    cells = ["from cstools import facets", "facets.world.shared_pond().explore()"]
    with open_notebook(page, lab, lab.write("phone.ipynb", cells)) as notebook:
        notebook.run_all()
        page.evaluate(HIDE_FILES)
        page.set_viewport_size({"width": 390, "height": 844})
        slider = page.get_by_role("slider", name="boats follow (boats/coin)", exact=True)
        slider.focus()
        expect(page.locator(".cs-explorer.cs-stuck")).to_be_visible()
        [plot, used, toolbar] = [
            box.evaluate("(e) => e.getBoundingClientRect().toJSON()")
            for box in (
                page.locator(".cs-plot canvas"),
                slider,
                page.locator(".jp-NotebookPanel-toolbar"),
            )
        ]
        assert plot["y"] >= toolbar["y"] + toolbar["height"] - 1  # all of it can be seen
        assert plot["y"] + plot["height"] <= used["y"]
        picture(page, "lab-explorer-390-stuck")
        assert notebook.complaints == []
