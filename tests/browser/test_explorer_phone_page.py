"""The explorer on a phone: curves stay in sight, wide pictures say so, and nothing is empty."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from cstools import StockFlow
from cstools.widgets.assets import script, style
from cstools.widgets.explorer import explore
from cstools.widgets.part import held

from .conftest import BarePage
from .gallery.explorer import pond
from .samples import sir_payload, state

Opens = Callable[..., BarePage]


@pytest.fixture
def phone(bare_page: Opens) -> Callable[..., BarePage]:
    """A model with six sliders on a narrow page, or on one of another size."""

    def show(width: int = 390, height: int = 700, around: str = "") -> BarePage:
        part = pond()
        widget = bare_page(part._esm, part._css + around, held(part), width=width)
        widget.page.set_viewport_size({"width": width, "height": height})
        return widget

    return show


def in_sight(page: Page) -> Any:
    """How much of the curves is in the window, and where the slider that is used stands."""
    return page.evaluate(
        """() => { const box = (e) => e.getBoundingClientRect();
        const plot = box(document.querySelector('.cs-plot canvas'));
        const used = box(document.activeElement);
        return { top: plot.top, bottom: plot.bottom, height: plot.height,
                 used: [used.top, used.bottom], window: innerHeight }; }"""
    )


@pytest.mark.parametrize(("width", "height"), [(390, 700), (844, 340), (667, 300)])
def test_while_a_slider_is_moved_its_curve_is_in_sight_and_does_not_cover_it(
    phone: Opens, width: int, height: int
) -> None:
    page = phone(width, height).page
    for name in ("fish at the start (tonnes)", "price (coins/tonne)", "boats follow (boats/coin)"):
        page.get_by_role("slider", name=name, exact=True).focus()
        before = page.locator(".cs-explorer").get_attribute("data-last")
        page.keyboard.press("End" if "fish" not in name else "Home")
        expect(page.locator(".cs-explorer")).not_to_have_attribute("data-last", str(before))
        seen = in_sight(page)
        assert seen["top"] >= -1
        assert min(seen["bottom"], seen["window"]) - seen["top"] > 100
        beside = width > 700
        assert beside or seen["used"][0] >= seen["bottom"]
        assert seen["used"][1] <= seen["window"]


def test_a_plot_that_sticks_is_low_and_gets_its_height_back(phone: Opens) -> None:
    page = phone().page
    full = in_sight(page)["height"]
    page.evaluate("window.scrollTo(0, 700)")
    page.wait_for_function("document.querySelector('.cs-explorer').matches('.cs-stuck')")
    low = in_sight(page)
    assert low["top"] == pytest.approx(0, abs=1)
    assert 0.3 * 700 < low["height"] < 0.46 * 700 < full
    page.set_viewport_size({"width": 390, "height": 480})
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.wait_for_function(
        "document.querySelector('.cs-plot canvas').getBoundingClientRect().bottom < 0"
    )  # it is gone with its controls
    page.set_viewport_size({"width": 390, "height": 700})
    page.evaluate("window.scrollTo(0, 0)")
    page.wait_for_function("!document.querySelector('.cs-explorer').matches('.cs-stuck')")
    assert in_sight(page)["height"] == full


def test_where_all_is_in_the_window_nothing_sticks(bare_page: Opens) -> None:
    model = state(sir_payload(), ["susceptible"])
    page = bare_page(
        script("explorer/explorer.js"),
        style("explorer/explorer.css", "shared/map_view.css", "explorer/parts.css"),
        model,
    ).page
    expect(page.locator(".cs-explorer")).not_to_have_class("cs-sticks")


def test_the_plot_sticks_to_what_is_scrolled_as_in_jupyterlab(phone: Opens) -> None:
    around = """
      body { height: 100vh; margin: 0; padding: 40px 0 0 !important; overflow: hidden; }
      main { height: 600px; overflow: auto; }"""
    page = phone(around=around).page
    page.get_by_role("slider", name="boats follow (boats/coin)", exact=True).focus()
    page.wait_for_function("document.querySelector('.cs-explorer').matches('.cs-stuck')")
    seen = in_sight(page)
    assert seen["top"] == pytest.approx(40, abs=1)
    assert seen["used"][0] >= seen["bottom"]


def test_a_picture_wider_than_the_page_says_so_and_can_be_seen_whole(phone: Opens) -> None:
    page = phone().page
    map_ = page.locator(".cs-map-loops")
    told = map_.get_by_role("status")
    expect(told).to_have_text(
        "There is more of this picture: scroll it sideways, or click it and press the arrow keys."
    )
    view, place = map_.locator(".cs-map-view"), map_.locator(".cs-map-place")
    expect(view).to_have_class("cs-map-view cs-more-right")
    place.focus()
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    expect(view).to_have_class("cs-map-view cs-more-left")
    map_.get_by_role("button", name="See all of it").click()
    expect(told).to_have_text("The whole picture, in small letters.")
    expect(view).to_have_class("cs-map-view")
    assert place.evaluate("e => e.scrollWidth <= e.clientWidth")
    map_.get_by_role("button", name="Larger").click()
    expect(view).to_have_class("cs-map-view cs-more-right")


def test_where_fingers_are_used_words_name_gestures(browser: Browser) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 700}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    part = pond()
    page.set_content('<meta name="viewport" content="width=device-width"><main id="here"></main>')
    page.add_style_tag(content=part._css)
    page.evaluate(
        """async ([source, state]) => {
        const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
        const model = { get: (n) => state[n], set() {}, on() {}, off() {}, save_changes() {} };
        const el = document.getElementById('here');
        (await import(url)).default.render({ model, el }); }""",
        [part._esm, held(part)],
    )
    told = page.locator(".cs-map-loops").get_by_role("status")
    expect(told).to_have_text("There is more of this picture: swipe it sideways.")
    context.close()


# --- nothing to see --------------------------------------------------------------------------


def test_with_nothing_ticked_a_sentence_stands_for_the_curves_and_the_files(
    bare_page: Opens,
) -> None:
    model = state(sir_payload(), ["susceptible"])
    page = bare_page(
        script("explorer/explorer.js"),
        style("explorer/explorer.css", "shared/map_view.css", "explorer/parts.css"),
        model,
    ).page
    tick = page.get_by_role("checkbox", name="susceptible", exact=True)
    tick.uncheck()
    expect(page.locator(".cs-nothing")).to_have_text(
        "Nothing is ticked, so nothing is drawn: tick a name above, and its curve comes back."
    )
    expect(page.locator(".cs-plot canvas")).not_to_be_in_viewport()
    page.get_by_text("Table", exact=True).click()
    expect(page.locator(".cs-fold .cs-note").first).to_have_text(
        "Nothing is ticked, so the table is empty: tick a name above the plot."
    )
    page.get_by_text("Save, share, open").click()
    page.get_by_role("button", name="The numbers, for a spreadsheet (CSV)").click()
    expect(page.locator(".cs-told")).to_contain_text(
        "Nothing is ticked, so there is nothing to save: tick a name above the plot first."
    )
    tick.check()
    expect(page.locator(".cs-plot canvas")).to_be_in_viewport()


def test_a_model_in_which_nothing_changes_says_so(bare_page: Opens) -> None:
    model = StockFlow("Only numbers", stop=10, time_units="day")
    model.constant("size", 3, between=(0, 5))
    part = explore(model).complete()
    page = bare_page(part._esm, part._css, held(part)).page
    expect(page.locator(".cs-nothing")).to_have_text(
        "Nothing in this model changes while it runs, so there is no curve to draw. Give it a "
        "stock and a flow: model.stock(…), model.flow(…)."
    )


def test_values_at_the_end_of_all_numbers_are_drawn(bare_page: Opens) -> None:
    model = StockFlow("Far out", stop=4, time_units="day")
    model.stock("up", 1e308, between=(-1e308, 1e308))
    model.stock("down", -1.6e308)
    part = explore(model).complete()
    page = bare_page(part._esm, part._css, held(part)).page
    expect(page.locator(".cs-explorer")).to_have_attribute(
        "data-last", '{"up":1e+308,"down":-1.6e+308}'
    )
    box = page.get_by_label("up at the start, typed")
    box.fill("5e307")
    box.press("Enter")
    expect(page.locator(".cs-explorer")).to_have_attribute(
        "data-last", '{"up":5e+307,"down":-1.6e+308}'
    )


def test_a_number_beyond_a_slider_stops_at_its_end_and_says_so(bare_page: Opens) -> None:
    model = state(sir_payload(), ["susceptible"])
    page = bare_page(
        script("explorer/explorer.js"),
        style("explorer/explorer.css", "shared/map_view.css", "explorer/parts.css"),
        model,
    ).page
    box = page.get_by_label("infectivity, typed")
    box.fill("7")
    box.press("Enter")
    told = page.locator(".cs-slider[data-key='infectivity'] .cs-ended")
    expect(told).to_have_text("7 lies beyond this slider, which ends at 1.")
    assert box.input_value() == "1"
    page.get_by_role("slider", name="infectivity", exact=True).press("Home")
    expect(told).to_be_empty()
