"""What is promised of every live part at once, in a real JupyterLab: live, restarted, reopened."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from .every_part import CELLS, WHERE
from .lab import Lab, OpenNotebook, open_notebook
from .test_explorer_lab import turn

RESTART = "() => jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
BACK = """() => { const panels = [...jupyterapp.shell.widgets('main')];
  jupyterapp.shell.activateById(panels.find(panel => panel.sessionContext).id); }"""
SECOND_VIEW = """(nth) => { jupyterapp.shell.currentWidget.content.activeCellIndex = nth;
  jupyterapp.commands.execute('notebook:create-output-view'); }"""
# ipywidgets writes this for every widget of a notebook that is opened without its kernel.
NO_MODEL = "Error: widget model not found"


def outputs(page: Page, nth: int) -> Locator:
    """Return the results of a cell, counted from 0."""
    return page.locator(".jp-Notebook .jp-Cell").nth(nth).locator(".jp-OutputArea-child")


def all_are_live(page: Page, notebook: OpenNotebook) -> None:
    assert notebook.errors() == []
    for nth, where in enumerate(WHERE, start=1):
        still, live = (outputs(page, nth).nth(n) for n in range(2))
        expect(live.locator(where).first).to_be_visible()
        expect(still).to_be_hidden()  # the live part stands for it
        expect(outputs(page, nth)).to_have_count(2)  # nothing of an older run is left


def test_every_part_is_live_after_a_run_and_after_a_restart_and_stays_for_another_day(
    page: Page, lab: Lab, picture: Callable[[Page, str], None]
) -> None:
    name = lab.write("every-part.ipynb", CELLS)
    with open_notebook(page, lab, name) as notebook:
        notebook.run_all()
        all_are_live(page, notebook)
        page.evaluate("() => jupyterapp.commands.execute('docmanager:save')")
        page.wait_for_function("() => !jupyterapp.shell.currentWidget.context.model.dirty")
        assert "widget-state" not in (lab.folder / name).read_text("utf-8")
        page.evaluate(RESTART)
        notebook.run_all()
        all_are_live(page, notebook)
        the_explorer_answers(page)
        turn(page, "Dark", "false")
        notebook.show_all()
        picture(page, "lab-every-part-1280-dark")
        turn(page, "Light", "true")
        picture(page, "lab-every-part-1280-light")
        assert notebook.complaints == []
    with open_notebook(page, lab, name, reload=True) as notebook:
        what_stays_is_seen(page)
        notebook.show_all()
        picture(page, "lab-another-day-1280-light")
        assert [text for text in notebook.complaints if not text.startswith(NO_MODEL)] == []


def the_explorer_answers(page: Page) -> None:
    price = page.get_by_role("slider", name="price").first
    before = page.locator(".cs-explorer").get_attribute("data-last")
    price.press("End")
    expect(page.locator(".cs-explorer")).not_to_have_attribute("data-last", str(before))
    expect(page.locator(".cs-explorer .cs-sentence:not(.cs-stale)")).to_be_visible()


def what_stays_is_seen(page: Page) -> None:
    missing = page.get_by_text("Error displaying widget: model not found")
    expect(missing).to_have_count(len(WHERE))  # ipywidgets has looked for all of them
    for nth in range(1, len(WHERE) + 1):
        still, live = (outputs(page, nth).nth(n) for n in range(2))
        expect(still.locator(".cs-still, p").first).to_be_visible()
        assert still.inner_text().strip()
        expect(live.locator(".jp-OutputArea-output")).to_be_hidden()


def test_two_views_of_one_part_stay_in_step(page: Page, lab: Lab) -> None:
    with open_notebook(page, lab, lab.write("two-views.ipynb", CELLS[:3])) as notebook:
        notebook.run_all()
        both_are_in_step(page)
        assert notebook.complaints == []


def both_are_in_step(page: Page) -> None:
    views = page.locator(".jp-LinkedOutputView")
    for nth, where in ((1, ".cs-explorer"), (2, ".cs-sketch")):
        page.evaluate(SECOND_VIEW, nth)
        expect(views.locator(where)).to_have_count(1)
        page.evaluate(BACK)
    first, other = (
        place.get_by_role("slider", name="price").first
        for place in (page.locator(".jp-Notebook"), views)
    )
    first.press("End")
    expect(other).to_have_value(first.input_value())
    knob = "[role=slider][aria-label='fish (tonnes) at year 40']"
    views.locator(knob).press("Home")
    expect(page.locator(".jp-Notebook").locator(knob)).to_have_attribute("aria-valuenow", "0")
    page.evaluate(BACK)
    page.wait_for_function("() => jupyterapp.shell.currentWidget?.sessionContext")
