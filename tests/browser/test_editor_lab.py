"""The map editor in JupyterLab: what is drawn is in the map, what the map is told is drawn."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from .lab import Lab, open_notebook

MAP = """\
from cstools import CausalLoopDiagram

d = CausalLoopDiagram("stress -> sleep: -", name="Nights")
d.edit()"""
SECOND = "d.edit()"
ASK = "print(d.loops())"
RUN = """n => { const notebook = jupyterapp.shell.currentWidget.content;
  notebook.activeCellIndex = n; jupyterapp.commands.execute('notebook:run-cell'); }"""


def test_what_is_drawn_is_in_the_map_and_what_python_says_is_drawn(
    page: Page, lab: Lab, picture: Callable[[Page, str], None]
) -> None:
    cells = [MAP, SECOND, ASK, "d.link('sleep', 'mood', '+')\nNone"]
    with open_notebook(page, lab, lab.write("editor.ipynb", cells)) as notebook:
        page.evaluate(RUN, 0)
        page.locator(".cs-editor").wait_for()
        page.evaluate(RUN, 1)
        editors = page.locator(".cs-editor")
        expect(editors).to_have_count(2)
        first, second = editors.nth(0), editors.nth(1)
        first.locator(".cs-word[data-word='sleep']").focus()
        page.keyboard.press("l")
        page.keyboard.type("stress")
        page.keyboard.press("Enter")
        first.get_by_text("− opposite", exact=True).click()
        expect(second.locator(".cs-tie")).to_have_count(2)  # an editor of its own, the same map
        page.evaluate(RUN, 2)
        expect(page.locator(".jp-OutputArea-output pre")).to_have_text(
            "R1 (reinforcing): stress → sleep → stress\n"
        )
        page.evaluate(RUN, 3)
        for editor in (first, second):
            expect(editor.locator(".cs-word[data-word='mood']")).to_be_visible()
        first.locator(".cs-word[data-word='mood']").focus()
        page.keyboard.press("Delete")  # in a notebook, d d or x would take the cell
        expect(second.locator(".cs-word[data-word='mood']")).to_have_count(0)
        first.get_by_role("button", name="Tidy up").click()
        expect(first.get_by_text("Python looks for a good layout")).to_have_count(0)
        expect(first.get_by_role("button", name="Undo")).to_be_enabled()
        picture(page, "lab-editor-1280-light")
        assert notebook.complaints == []


def test_after_a_restart_a_new_run_is_live(page: Page, lab: Lab) -> None:
    name = lab.write("restart.ipynb", [MAP, "print(d.variables)"])
    with open_notebook(page, lab, name) as notebook:
        notebook.run_all()
        kernel = "jupyterapp.shell.currentWidget.sessionContext.session.kernel"
        line = page.locator(".cs-unfollowed")
        expect(line).to_be_hidden()
        page.evaluate(f"() => {kernel}.restart()")
        expect(line).to_have_text(
            "Python no longer follows what you do here. Run the cell again, or download the map "
            "(below: “The map as text”)."
        )
        notebook.run_all()
        expect(line).to_be_hidden()
        word = page.locator(".cs-word[data-word='sleep']")
        expect(word).to_have_count(1)
        word.press("F2")
        page.keyboard.type("rest")
        page.keyboard.press("Enter")
        expect(page.locator(".cs-word[data-word='rest']")).to_be_visible()
        page.evaluate(RUN, 1)
        expect(page.locator(".jp-OutputArea-output pre")).to_have_text("('stress', 'rest')\n")
        assert notebook.errors() == []
