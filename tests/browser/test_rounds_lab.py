"""A game in JupyterLab: played in the page, and read by the next cell."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from .lab import Lab, open_notebook

GAME = """\
from cstools import facets

families = facets.world.shared_pond_boats(2)
game = families.play_rounds(
    {"North shore": "days of boat 1", "South shore": "days of boat 2"},
    every=1, rounds=3, called="season", sees=["fish"], score="earned by all",
)
game"""


def test_a_game_is_played_in_jupyterlab_and_the_kernel_has_the_decisions(
    page: Page, lab: Lab, picture: Callable[[Page, str], None]
) -> None:
    with open_notebook(page, lab, lab.write("game.ipynb", [GAME])) as notebook:
        notebook.run_all()
        assert notebook.errors() == []
        slider = page.get_by_role("slider")
        for season in (1, 2, 3):
            for _ in range(2):
                page.get_by_role("button", name="show me what I see").click()
                slider.press("ArrowRight")  # not to the next cell
                if season == 2:
                    picture(page, "lab-rounds-1280-light")
                page.locator(".cs-deciding .cs-main").click()
        expect(page.locator(".cs-where")).to_have_text("All 3 seasons are played.")
        expect(page.locator(".cs-sentence")).to_contain_text("North shore: 21 to 23 days/year")
        page.evaluate("jupyterapp.commands.execute('notebook:insert-cell-below')")
        page.keyboard.press("Enter")
        page.keyboard.type("print(game.played, len(game.run().time))")
        page.keyboard.press("Shift+Enter")
        told = "{'North shore': [21.0, 22.0, 23.0], 'South shore': [21.0, 22.0, 23.0]} 49"
        expect(page.get_by_text(told)).to_be_visible()
        assert notebook.complaints == []
