"""The explorer alone in a page: no kernel, so everything it does here it does by itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cstools import StockFlow
from cstools.widgets.assets import script, style
from cstools.widgets.explorer import explore
from cstools.widgets.part import held

from .conftest import BarePage
from .samples import sir_payload, state

Opens = Callable[..., BarePage]


@pytest.fixture
def explorer(bare_page: Opens) -> Callable[..., BarePage]:
    def show(shown: tuple[str, ...] = ("susceptible", "infectious"), **options: Any) -> BarePage:
        changes = options.pop("changes", {})
        more = options.pop("more", {})
        return bare_page(
            script("explorer/explorer.js"),
            style("explorer/explorer.css", "shared/map_view.css", "explorer/parts.css"),
            state(sir_payload(**changes), list(shown), **more),
            **options,
        )

    return show


def last(page: Page) -> dict[str, float]:
    """The values at the end of the curves that are drawn now."""
    return json.loads(page.locator(".cs-explorer").get_attribute("data-last") or "{}")  # type: ignore[no-any-return]


def drawn(page: Page) -> str:
    """The picture itself, pixel by pixel."""
    return str(page.locator(".cs-plot canvas").evaluate("c => c.toDataURL()"))


def drag(page: Page, name: str, share: float) -> None:
    """Take the slider's knob with the mouse and move it to a share of its range."""
    slider = page.get_by_role("slider", name=name, exact=True)
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box is not None
    value, low, high = (float(slider.evaluate(f"s => s.{n}")) for n in ("value", "min", "max"))
    knob = box["x"] + 10 + (box["width"] - 20) * (value - low) / (high - low)
    y = box["y"] + box["height"] / 2
    page.mouse.move(knob, y)
    page.mouse.down()
    page.mouse.move(box["x"] + 10 + (box["width"] - 20) * share, y, steps=5)
    page.mouse.up()


def test_dragging_a_slider_redraws_the_curve(explorer: Opens) -> None:
    page = explorer().page
    before, ends = drawn(page), last(page)
    drag(page, "illness duration (day)", 0.9)
    assert drawn(page) != before
    assert last(page)["susceptible"] < 0.5 * ends["susceptible"]  # longer illness, fewer spared


def test_the_curve_is_redrawn_while_the_knob_still_moves(explorer: Opens) -> None:
    page = explorer().page
    slider = page.get_by_role("slider", name="infectivity", exact=True)
    box = slider.bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    pictures = set()
    page.mouse.move(box["x"] + box["width"] * 0.25 + 5, y)
    page.mouse.down()
    for share in (0.3, 0.4, 0.5, 0.6):
        page.mouse.move(box["x"] + box["width"] * share, y)
        pictures.add(drawn(page))
    page.mouse.up()
    assert len(pictures) == 4


def test_the_kernel_is_told_once_after_a_drag(page: Page, explorer: Opens) -> None:
    page.clock.install(time=0)
    widget = explorer()
    page.clock.pause_at(60_000)
    drag(page, "illness duration (day)", 0.9)
    assert widget.saved() == []
    page.clock.run_for(200)
    told = widget.saved()
    assert len(told) == 1
    value = float(page.get_by_role("slider", name="illness duration (day)").input_value())
    assert told[0]["values"] == {"contacts": 6.0, "infectivity": 0.25, "duration": value}


def test_reset_puts_back_one_slider_and_reset_all_puts_back_every_one(explorer: Opens) -> None:
    page = explorer().page
    start = drawn(page)
    page.get_by_label("infectivity, typed").fill("0.5")
    page.get_by_label("infectivity, typed").press("Enter")
    page.get_by_label("illness duration (day), typed").fill("4")
    page.get_by_label("illness duration (day), typed").press("Enter")
    page.get_by_role("button", name="Reset infectivity to 0.25").click()
    assert page.get_by_role("slider", name="infectivity", exact=True).input_value() == "0.25"
    assert page.get_by_role("slider", name="illness duration (day)").input_value() == "4"
    page.get_by_role("button", name="Reset all").click()
    assert page.get_by_role("slider", name="illness duration (day)").input_value() == "2"
    expect(page.get_by_role("button", name="Reset all")).to_be_hidden()
    page.mouse.move(2, 2)
    assert drawn(page) == start


def test_the_start_stays_as_a_faint_line_while_something_is_moved(explorer: Opens) -> None:
    page = explorer().page
    faint = page.get_by_text("at the start", exact=True)
    expect(faint).to_be_hidden()
    drag(page, "infectivity", 0.6)
    expect(faint).to_be_visible()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("ArrowRight", 0.26),
        ("ArrowUp", 0.26),
        ("ArrowLeft", 0.24),
        ("PageUp", 0.35),
        ("Home", 0.0),
        ("End", 1.0),
    ],
)
def test_the_keys_move_a_slider(explorer: Opens, key: str, value: float) -> None:
    page = explorer().page
    page.get_by_role("slider", name="infectivity", exact=True).press(key)
    assert page.get_by_label("infectivity, typed").input_value() == f"{value:g}"


def test_keys_pressed_in_the_widget_do_not_reach_the_notebook(explorer: Opens) -> None:
    page = explorer().page
    page.evaluate(
        "() => { window.heard = [];"
        "document.addEventListener('keydown', e => window.heard.push(e.key)) }"
    )
    slider = page.get_by_role("slider", name="infectivity", exact=True)
    for key in ("ArrowRight", "d", "a", "Control+z"):
        slider.press(key)
    assert page.evaluate("window.heard") == []
    slider.press("Escape")
    assert page.evaluate("window.heard") == ["Escape"]


def test_typing_a_value_out_of_range_stops_at_the_end_of_the_range(explorer: Opens) -> None:
    page = explorer().page
    box = page.get_by_label("infectivity, typed")
    box.fill("7")
    box.press("Enter")
    assert box.input_value() == "1"
    box.fill("")
    box.press("Enter")
    assert box.input_value() == "1"


def test_a_ticked_variable_joins_the_plot_on_an_axis_of_its_own_units(explorer: Opens) -> None:
    page = explorer().page
    height = page.locator(".cs-plot canvas").bounding_box()
    page.get_by_role("checkbox", name="infection rate").check()
    assert set(last(page)) == {"susceptible", "infectious", "infection"}
    taller = page.locator(".cs-plot canvas").bounding_box()
    assert height is not None
    assert taller is not None
    assert taller["height"] > height["height"]
    page.get_by_role("checkbox", name="susceptible").uncheck()
    assert set(last(page)) == {"infectious", "infection"}


def test_a_kernel_that_answers_gives_the_sentence(explorer: Opens) -> None:
    widget = explorer()
    sentence = widget.page.locator(".cs-sentence")
    widget.page.get_by_role("slider", name="infectivity", exact=True).press("End")
    widget.page.wait_for_function("window.fakeModel.saved.length > 0")
    values = widget.saved()[-1]["values"]
    widget.answer(answer={"values": values, "sentence": "Now it spreads faster."})
    expect(sentence).to_have_text("Now it spreads faster.")
    assert sentence.get_attribute("aria-live") == "polite"
    expect(widget.page.get_by_role("img", name="Now it spreads faster.")).to_be_visible()


def test_a_kernel_that_is_gone_leaves_a_short_sentence_about_these_settings(
    explorer: Opens,
) -> None:
    page = explorer(("susceptible",)).page
    page.get_by_role("slider", name="infectivity", exact=True).press("Home")
    expect(page.locator(".cs-sentence")).to_have_text("…", timeout=2500)  # the old one is gone
    expect(page.locator(".cs-sentence")).to_have_text(
        "Python does not answer (run the cell again to wake it), so this page reckons a short "
        "sentence. In short, at these settings: Susceptible goes from 990 to 990 people by day 30."
    )


def test_a_kernel_that_is_known_to_be_gone_is_not_waited_for(explorer: Opens) -> None:
    page = explorer(("susceptible",)).page
    page.evaluate("() => window.fakeModel.listeners.comm_live_update.forEach((call) => call())")
    page.get_by_role("slider", name="infectivity", exact=True).press("Home")
    expect(page.locator(".cs-sentence")).to_contain_text("Python does not answer", timeout=2000)


def test_values_set_in_python_move_the_sliders_and_the_curves(explorer: Opens) -> None:
    widget = explorer()
    before = last(widget.page)
    widget.answer(values={"contacts": 6.0, "infectivity": 0.9, "duration": 2.0, "total": 1000.0})
    slider = widget.page.get_by_role("slider", name="infectivity", exact=True)
    assert slider.input_value() == "0.9"
    assert last(widget.page) != before


def test_a_sketch_lies_over_the_curve_and_follows_the_hand(explorer: Opens) -> None:
    widget = explorer()
    plain = drawn(widget.page)
    widget.answer(sketch={"key": "infectious", "points": [[0, 0], [15, 600], [30, 100]]})
    expect(widget.page.get_by_text("your sketch", exact=True)).to_be_visible()
    assert drawn(widget.page) != plain


def test_pointing_at_a_variable_lights_its_links(explorer: Opens) -> None:
    page = explorer().page
    page.locator("svg [data-variable='susceptible']").hover()
    lit = "els => els.map(e => `${e.dataset.from} -> ${e.dataset.to}`)"
    assert page.locator(".cs-on[data-from]").evaluate_all(lit) == [
        "susceptible -> infection rate",
        "infection rate -> susceptible",
    ]
    page.mouse.move(1, 1)
    expect(page.locator(".cs-on")).to_have_count(0)


def test_pointing_at_a_loop_lights_its_links(explorer: Opens) -> None:
    page = explorer().page
    page.locator("svg [data-loop='B1']").hover()
    lit = "els => els.map(e => `${e.dataset.from} -> ${e.dataset.to}`)"
    assert page.locator(".cs-on[data-from]").evaluate_all(lit) == [
        "susceptible -> infection rate",
        "infection rate -> susceptible",
    ]


def test_on_a_phone_the_map_stands_below_and_nothing_is_cut_off(
    explorer: Opens, picture: Callable[[Page, str], Any]
) -> None:
    page = explorer(width=390).page
    picture(page, "explorer-sample-390-light")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    plot = page.locator(".cs-plot").bounding_box()
    diagram = page.locator(".cs-map-loops").bounding_box()
    assert plot is not None
    assert diagram is not None
    assert diagram["y"] >= plot["y"] + plot["height"]
    expect(page.locator(".cs-map-stocks")).to_be_hidden()
    page.get_by_role("button", name="Stocks and flows").click()
    expect(page.locator(".cs-map-stocks")).to_be_visible()
    expect(page.locator(".cs-map-loops")).to_be_hidden()


def test_on_a_wide_page_the_sliders_stand_beside_the_plot_and_the_pictures_side_by_side(
    explorer: Opens, picture: Callable[[Page, str], Any]
) -> None:
    page = explorer().page
    drag(page, "infectivity", 0.4)
    picture(page, "explorer-sample-1280-light")
    assert beside(page, ".cs-plot", ".cs-desk")
    assert beside(page, ".cs-map-stocks", ".cs-map-loops")
    expect(page.get_by_role("group", name="Which picture")).to_be_hidden()


def beside(page: Page, left: str, right: str) -> bool:
    """Whether one thing ends where the other has not begun yet, at the same height."""
    one, other = page.locator(left).bounding_box(), page.locator(right).bounding_box()
    assert one is not None
    assert other is not None
    return bool(one["x"] + one["width"] <= other["x"] and other["y"] < one["y"] + one["height"])


def test_the_picture_is_drawn_anew_for_a_dark_page(
    explorer: Opens, picture: Callable[[Page, str], Any]
) -> None:
    page = explorer().page
    light = drawn(page)
    page.evaluate(
        "() => { document.body.dataset.jpThemeLight = 'false';"
        "document.body.style.background = '#111111';"
        "document.documentElement.style.setProperty('--jp-layout-color0', '#111111') }"
    )
    page.wait_for_function(
        "before => document.querySelector('.cs-plot canvas').toDataURL() !== before", arg=light
    )
    drag(page, "infectivity", 0.4)
    picture(page, "explorer-sample-1280-dark")


def test_a_run_that_stops_being_a_number_is_said_and_what_there_is_is_drawn(
    explorer: Opens,
) -> None:
    source = sir_payload()["source"].replace("s -= infection * dt", "s -= n > 300 ? NaN : 1")
    page = explorer(changes={"source": source}).page
    expect(page.locator(".cs-break")).to_have_text(
        "From day 15.1 on, susceptible is no number any more: with these settings the equations "
        "divide by zero, or grow beyond all bounds."
    )


def test_a_model_without_ranges_says_how_to_get_sliders(explorer: Opens) -> None:
    fixed = [p | {"slider": False} for p in sir_payload()["parameters"]]
    page = explorer(changes={"parameters": fixed}).page
    expect(page.locator(".cs-desk")).to_have_text(
        "No constant of this model has a range yet. Give one between=(low, high), and it gets a "
        "slider here."
    )


def test_a_source_that_does_not_run_leaves_the_sentence_and_a_way_on(explorer: Opens) -> None:
    page = explorer(changes={"source": "function simulate( {"}).page
    expect(page.locator(".cs-sentence")).to_have_text(sir_payload()["sentence"])
    expect(page.locator(".cs-note")).to_contain_text("model.run() in a cell still works.")


def test_a_closed_view_leaves_nothing_behind(explorer: Opens) -> None:
    page = explorer().page
    page.evaluate("window.close_widget()")
    expect(page.locator("#here")).to_be_empty()
    assert page.evaluate("Object.values(fakeModel.listeners).every(calls => calls.size === 0)")


def test_a_name_that_looks_like_markup_stays_a_name(bare_page: Opens) -> None:
    name = "<img src=x onerror=alert(1)>"
    model = StockFlow(f"Model {name}", stop=2)
    model.stock(name, 1, units=name, doc=name, between=(0, 2))
    model.flow("fill", "1", into=name)
    widget = explore(model)
    widget.scenarios = {name: {}}
    page = bare_page(widget._esm, widget._css, held(widget.complete())).page
    assert page.locator("img").count() == 0
    expect(page.get_by_role("checkbox", name=name, exact=True)).to_be_visible()
    assert last(page) == {name: 3.0}


def test_very_many_variables_are_searched_for(explorer: Opens) -> None:
    columns = [
        {"key": f"part {n}", "label": f"part {n}", "units": "people", "kind": "stock"}
        for n in range(300)
    ]
    source = sir_payload()["source"].replace("names = 5", "names = 300")
    widget = explorer(("part 3",), changes={"columns": columns, "source": source})
    page = widget.page
    assert page.locator("label.cs-key").count() <= 21
    page.get_by_text("299 more variables").click()
    page.get_by_label("Find a variable").fill("part 27")
    expect(page.get_by_text("13 found")).to_be_visible()  # 27, 127, 227, and 270 to 279
    page.get_by_role("checkbox", name="part 271", exact=True).check()
    assert set(last(page)) == {"part 3", "part 271"}


def test_a_model_of_one_step_is_drawn(explorer: Opens) -> None:
    page = explorer(changes={"steps": 1, "moments": [1]}, more={"start_lit": {}}).page
    assert set(last(page)) == {"susceptible", "infectious"}
    expect(page.get_by_role("slider", name="Moment in the run")).to_be_disabled()


def test_a_slider_at_the_edge_of_its_range_moves_only_inwards(explorer: Opens) -> None:
    parameters = sir_payload()["parameters"]
    parameters[1] |= {"value": 1.0}
    page = explorer(changes={"parameters": parameters}).page
    slider = page.get_by_role("slider", name="infectivity", exact=True)
    slider.press("ArrowRight")
    assert slider.input_value() == "1"
    slider.press("ArrowLeft")
    assert slider.input_value() == "0.99"


def test_without_diagrams_no_place_is_kept_for_them(explorer: Opens) -> None:
    page = explorer(changes={"diagram": False}, more={"pictures": {}}).page
    expect(page.locator(".cs-plot")).to_be_visible()
    for kind in ("loops", "stocks"):
        expect(page.locator(f".cs-map-{kind}")).to_be_hidden()


def test_a_long_name_without_spaces_does_not_widen_the_page(explorer: Opens) -> None:
    columns = [c | {"label": c["label"] + "x" * 90} for c in sir_payload()["columns"]]
    long = {"name": "N" * 120, "sentence": "s" * 200, "columns": columns}
    page = explorer(width=390, changes=long).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_growth_without_limit_leaves_room_for_the_curves(explorer: Opens) -> None:
    source = """function simulate(p) { const time = Float64Array.from({length: 101}, (_, i) => i);
      return {time, columns: [0, 1, 2, 3].map(() => time.map((t) => 10 ** (2 * t)))}; }"""
    page = explorer(changes={"source": source}).page
    expect(page.locator(".cs-plot canvas")).to_be_visible()


def test_of_many_sliders_eight_are_seen_and_the_others_tell_whether_they_were_moved(
    bare_page: Callable[..., BarePage],
) -> None:
    model = StockFlow("Many taps", stop=10, time_units="day")
    model.stock("water", 1, units="litre")
    for n in range(20):
        model.constant(f"tap {n}", 0.1, between=(0, 1), units="litre/day")
    model.flow("inflow", " + ".join(f"tap {n}" for n in range(20)), into="water")
    made = model.explore()
    page = bare_page(made._esm, made._css, held(made)).page
    seen = page.locator(".cs-slider:visible")
    expect(seen).to_have_count(8)
    page.get_by_text("12 more sliders", exact=True).click()
    expect(seen).to_have_count(20)
    page.get_by_role("slider", name="tap 19 (litre/day)", exact=True).press("End")
    page.get_by_text("12 more sliders, 1 of them moved").click()
    page.get_by_role("button", name="Reset all").click()
    expect(page.get_by_text("12 more sliders", exact=True)).to_be_visible()
