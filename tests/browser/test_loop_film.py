"""A lit map moves with time: in a bare page, and in the JupyterLab where it is shown."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from cstools import StockFlow

from .lab import Lab, open_notebook

RACE = """\
from cstools import StockFlow

race = StockFlow("Arms race", stop=50, dt=0.125, time_units="year")
for own, other, first in (("ours", "theirs", 10), ("theirs", "ours", 0)):
    race.stock(own, first)
    race.auxiliary(f"wanted by {own}", f"1.2 * {other}")
    race.flow(f"building {own}", f"(wanted by {own} - {own}) / 5", into=own)
race.run().loop_scores().film(moments=41)"""


def test_the_slider_lights_the_links_and_says_which_loops_dominate(page: Page) -> None:
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    words: dict[str, StockFlow] = {}
    exec(RACE.rpartition("\n")[0], words)
    film = words["race"].run().loop_scores().film(moments=41)
    page.set_content(film._repr_mimebundle_()["text/html"])
    move_through(page)
    assert broken == []


def test_the_slider_moves_in_jupyterlab(page: Page, lab: Lab) -> None:
    with open_notebook(page, lab, lab.write("film.ipynb", [RACE])) as notebook:
        notebook.run_all()
        move_through(page)


def move_through(page: Page) -> None:
    slider, said = page.get_by_role("slider", name="time"), page.locator("figcaption")
    expect(said).to_contain_text("dominate")
    first = said.inner_text()
    link = page.locator('g[data-from="wanted_by_ours"][data-to="building_ours"]')
    expect(link).to_have_class("cs-lit-6")  # 59% of what moves it, and at the end 6/11
    slider.focus()
    slider.press("End")
    expect(page.locator("output")).to_have_text("Year 50")
    expect(said).to_have_text("At year 50 R1 (78%) dominates.")
    expect(page.locator('g[data-loop="R1"]')).to_contain_text("78%")
    expect(link).to_have_class("cs-lit-5")
    slider.press("Home")
    expect(said).to_have_text(first)
