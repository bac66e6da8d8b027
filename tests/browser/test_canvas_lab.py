"""A board in JupyterLab: written on in two places, from the page and from Python."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from .lab import Lab, open_notebook

BOARD = """\
from cstools import CausalLoopDiagram
from cstools.widgets.canvas import iceberg
from cstools.widgets.sketch import sketch

map_ = CausalLoopDiagram("lateness -> scolding: +\\nscolding -> lateness: +", "The bus")
drawn = sketch("late pupils", stop=4, high=9, count=3)
board = iceberg("Late again").add("events", "Monday: three late.")
board.put("patterns", drawn).put("structures", map_)"""

_ASK = """async (code) => {
  const { kernel } = jupyterapp.shell.currentWidget.sessionContext.session;
  const asked = { code: "", user_expressions: { it: code }, store_history: false };
  const { content } = await kernel.requestExecute(asked).done;
  return content.user_expressions.it.data["text/plain"]; }"""


def test_two_views_and_the_kernel_hold_the_same_board(
    page: Page, lab: Lab, picture: Callable[[Page, str], None]
) -> None:
    cells = [BOARD, "board"]
    with open_notebook(page, lab, lab.write("canvas.ipynb", cells)) as notebook:
        notebook.run_all()
        assert notebook.errors() == []
        first, second = (page.locator(".cs-canvas").nth(n) for n in range(2))
        first.get_by_role("button", name="Add a note: Mental models").click()
        page.keyboard.type("add a note by typing dd, z and Ctrl")  # letters that JupyterLab uses
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
        written = page.locator(".cs-note-card", has_text="by typing dd, z")
        expect(written).to_have_count(2)
        written.nth(1).press("Alt+ArrowUp")
        expect(first.get_by_role("region", name="Structures")).to_contain_text("by typing dd")
        first.get_by_role("slider", name="late pupils at time 2", exact=True).press("End")
        moved = second.get_by_role("slider", name="late pupils at time 2", exact=True)
        expect(moved).to_have_attribute("aria-valuenow", "9")
        assert page.evaluate(_ASK, "board.notes['structures'], drawn.points") == (
            "(['add a note by typing dd, z and Ctrl'], [[2.0, 9.0]])"
        )
        page.evaluate(_ASK, "board.add('events', 'Said in Python.'), map_.link('rain', 'lateness')")
        expect(page.locator(".cs-note-card", has_text="Said in Python.")).to_have_count(2)
        expect(first.locator("figcaption")).to_contain_text("3 variables")
        notebook.show_all()
        picture(page, "lab-canvas-1280-light")
        assert notebook.complaints == []


def test_what_is_drawn_on_a_board_is_in_python_and_in_the_other_view(page: Page, lab: Lab) -> None:
    with open_notebook(page, lab, lab.write("canvas-map.ipynb", [BOARD, "board"])) as notebook:
        notebook.run_all()
        first, second = (page.locator(".cs-canvas").nth(n) for n in range(2))
        first.get_by_role("button", name="Draw on the map The bus").click()
        desk = page.get_by_role("dialog", name="Draw the map The bus")
        for name in ("rain", "traffic", "sleep"):
            desk.locator(".cs-word[data-word='lateness']").focus()
            page.keyboard.press("l")
            page.keyboard.type(name)
            page.keyboard.press("Enter")
            page.keyboard.press("-")
        expect(desk.locator(".cs-tie")).to_have_count(5)
        expect(second.locator("figcaption")).to_contain_text("5 variables, 5 links")
        expect(desk.locator(".cs-tie")).to_have_count(5)  # the answers took nothing off
        desk.get_by_role("button", name="Done").click()
        assert page.evaluate(_ASK, "map_.variables, board.on('structures')[0] is map_") == (
            "(('lateness', 'scolding', 'rain', 'traffic', 'sleep'), True)"
        )
        first.get_by_role("button", name="Time and units").click()
        first.get_by_role("group", name="Time").get_by_label("to").fill("8")
        first.get_by_role("button", name="Use these").click()
        expect(second.get_by_role("slider", name="late pupils at time 8")).to_have_count(1)
        assert page.evaluate(_ASK, "drawn.grid()['stop']") == "8.0"
        assert notebook.complaints == []


def test_after_a_restart_the_same_cells_give_a_fresh_board(page: Page, lab: Lab) -> None:
    with open_notebook(page, lab, lab.write("canvas-again.ipynb", [BOARD])) as notebook:
        notebook.run_all()
        page.get_by_role("button", name="Add a note: Events").click()
        page.keyboard.type("Gone after the restart.")
        page.keyboard.press("Enter")
        expect(page.locator(".cs-note-card")).to_have_count(2)
        restart = "() => jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
        page.evaluate(restart)
        notebook.run_all()
        assert notebook.errors() == []
        expect(page.locator(".cs-canvas")).to_have_count(1)
        expect(page.locator(".cs-note-card")).to_have_text(["Monday: three late."])
        page.get_by_role("button", name="Add a note: Events").click()
        page.keyboard.type("Alive.")
        page.keyboard.press("Enter")
        expect(page.locator(".cs-note-card")).to_have_count(2)
        assert page.evaluate(_ASK, "board.notes['events']") == "['Monday: three late.', 'Alive.']"
        assert notebook.complaints == []
