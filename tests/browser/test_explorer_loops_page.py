"""The loops of the explorer, lit by their scores as the time cursor moves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cstools.widgets.assets import script, style

from .conftest import BarePage
from .samples import LIT, sir_payload, state

Opens = Callable[..., BarePage]


@pytest.fixture
def explorer(bare_page: Opens) -> Callable[..., BarePage]:
    def show(**more: Any) -> BarePage:
        held = state(sir_payload(), ["susceptible", "infectious"], **more)
        return bare_page(
            script("explorer/explorer.js"),
            style("explorer/explorer.css", "shared/map_view.css", "explorer/parts.css"),
            held,
        )

    return show


def link(page: Page, ends: str) -> Any:
    cause, effect = ends.split(" -> ")
    return page.locator(f".cs-map-loops [data-from='{cause}'][data-to='{effect}']")


def opacity(page: Page, ends: str) -> str:
    return str(link(page, ends).evaluate("g => g.style.opacity"))


def test_where_no_loops_are_told_nothing_of_them_is_shown(bare_page: Opens) -> None:
    held = state(sir_payload(loops=False), ["susceptible"])
    parts = ("explorer/explorer.css", "shared/map_view.css", "explorer/parts.css")
    page = bare_page(script("explorer/explorer.js"), style(*parts), held).page
    expect(page.locator(".cs-sentence")).not_to_be_empty()
    for hidden in (".cs-strip", ".cs-ruling", ".cs-meaning", ".cs-tabs", ".cs-map-loops"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator(".cs-map-stocks")).to_be_visible()


def test_before_a_moment_is_chosen_the_words_are_about_the_whole_run(explorer: Opens) -> None:
    page = explorer().page
    expect(page.locator(".cs-ruling")).to_have_text("One loop pulls each way.")
    assert opacity(page, "susceptible -> infection rate") == ""


def test_the_time_slider_lights_the_links_and_says_which_loop_rules(explorer: Opens) -> None:
    page = explorer().page
    slider = page.get_by_role("slider", name="Moment in the run")
    slider.press("End")
    expect(page.locator(".cs-ruling")).to_have_text(
        "At moment 100 B1 dominates. B1: susceptible → infection rate → susceptible."
    )
    assert slider.get_attribute("aria-valuetext") == "day 30"
    assert opacity(page, "susceptible -> infection rate") == "1"
    assert opacity(page, "infection rate -> infectious") == "0.3"
    share = page.locator(".cs-map-loops [data-loop='B1'] text").nth(1)
    expect(share).to_have_text("70%")
    slider.press("Home")
    expect(page.locator(".cs-ruling")).to_contain_text("At moment 0 R1 dominates.")
    assert opacity(page, "susceptible -> infection rate") == "0.3"
    expect(share).to_have_text("20%")
    page.get_by_role("button", name="Whole run").click()
    expect(page.locator(".cs-ruling")).to_have_text("One loop pulls each way.")
    expect(share).to_have_text("")


def test_the_pointer_moves_the_cursor_and_a_click_keeps_it(explorer: Opens) -> None:
    page = explorer().page
    plot = page.locator(".cs-plot canvas")
    box = plot.bounding_box()
    assert box is not None
    plot.hover(position={"x": box["width"] - 16, "y": 120})
    expect(page.locator(".cs-ruling")).to_contain_text("At moment 100")
    page.mouse.move(2, 2)
    expect(page.locator(".cs-ruling")).to_have_text("One loop pulls each way.")
    plot.click(position={"x": box["width"] - 16, "y": 120})
    page.mouse.move(2, 2)
    expect(page.locator(".cs-ruling")).to_contain_text("At moment 100")
    assert page.get_by_role("slider", name="Moment in the run").input_value() == "100"


def test_play_goes_through_the_run_and_stops_at_its_end(page: Page, explorer: Opens) -> None:
    page.clock.install(time=0)
    explorer()
    page.clock.pause_at(60_000)
    page.get_by_role("button", name="Play").click()
    words = page.locator(".cs-ruling")
    assert words.get_attribute("aria-live") == "off"  # a voice could not keep up
    page.clock.run_for(3_000)
    middle = int(page.get_by_role("slider", name="Moment in the run").input_value())
    assert 20 <= middle <= 40
    page.clock.run_for(9_000)
    expect(page.get_by_role("slider", name="Moment in the run")).to_have_value("100")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    assert words.get_attribute("aria-live") == "polite"


def test_who_wants_stillness_goes_on_step_by_step(page: Page, explorer: Opens) -> None:
    page.emulate_media(reduced_motion="reduce")
    explorer()
    button = page.get_by_role("button", name="Next")
    button.click()
    button.click()
    assert page.get_by_role("slider", name="Moment in the run").input_value() == "10"


def test_scores_of_other_settings_are_never_shown_as_these(explorer: Opens) -> None:
    widget = explorer()
    page = widget.page
    page.get_by_role("slider", name="Moment in the run").press("End")
    page.get_by_role("slider", name="infectivity", exact=True).press("End")
    expect(page.locator(".cs-ruling")).to_have_text(
        "The loops of these settings are being scored …"
    )
    assert opacity(page, "susceptible -> infection rate") == ""
    values = LIT["values"] | {"infectivity": 1.0}
    said = ["R1 alone."] * 101
    widget.answer(lit=LIT | {"values": values, "said": said, "ruling": [[]] * 101})
    expect(page.locator(".cs-ruling")).to_have_text("R1 alone.")


def test_a_page_alone_says_that_its_scores_are_of_the_start(explorer: Opens) -> None:
    page = explorer(alone=True).page
    page.get_by_role("slider", name="infectivity", exact=True).press("End")
    expect(page.locator(".cs-ruling")).to_have_text(
        "Of the starting settings: One loop pulls each way."
    )


def test_a_run_without_scores_says_why(explorer: Opens) -> None:
    note = "Loop scores are defined for Euler's method."
    page = explorer(start_lit=LIT | {"note": note, "rows": [], "loops": []}).page
    page.get_by_role("slider", name="Moment in the run").press("End")
    expect(page.locator(".cs-ruling")).to_have_text(note)
    expect(page.locator(".cs-strip")).to_be_hidden()


def test_pictures_that_are_not_there_yet_are_asked_for_once(explorer: Opens) -> None:
    widget = explorer(pictures={}, start_lit={})
    expect(widget.page.locator(".cs-map-loops")).to_have_text("The picture is being drawn …")
    assert [told["wanted"]["what"] for told in widget.saved()] == ["pictures"]


def test_the_strip_of_the_starting_settings_says_so(explorer: Opens) -> None:
    page = explorer(alone=True).page
    strip = page.locator(".cs-strip")
    expect(strip).not_to_contain_text("starting settings")
    page.get_by_role("slider", name="infectivity", exact=True).press("End")
    expect(strip).to_contain_text("of the starting settings")
    expect(strip.locator("canvas")).to_have_css("opacity", "0.4")


def test_a_loop_that_changes_sides_in_a_run_is_grey_and_the_words_say_so(explorer: Opens) -> None:
    changing = [{"name": "B1", "polarity": "U", "shares": [50] * 101}]
    page = explorer(start_lit=LIT | {"loops": changing}).page
    expect(page.locator(".cs-map-loops [data-loop='B1'].cs-unsure")).to_have_count(1)
    expect(page.locator(".cs-meaning")).to_contain_text(
        "Grey: in this run it does now the one, now the other, or nobody can tell."
    )


def test_where_every_loop_keeps_its_side_nothing_is_grey(explorer: Opens) -> None:
    page = explorer().page
    expect(page.locator(".cs-meaning")).to_contain_text("a loop that holds itself back.")
    expect(page.locator(".cs-meaning")).not_to_contain_text("Grey")
    expect(page.locator(".cs-unsure")).to_have_count(0)
