"""The sketch alone in a page: drawn with the mouse, moved with keys, typed."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cstools.widgets.assets import script, style
from cstools.widgets.part import held
from cstools.widgets.sketch import sketch as sketch_of

from .conftest import BarePage

Opens = Callable[..., BarePage]
TIMES = [0.0, 4.0, 8.0, 12.0, 16.0]


@pytest.fixture
def sketch(bare_page: Opens) -> Callable[..., BarePage]:
    def show(points: tuple[tuple[float, float], ...] = (), **options: Any) -> BarePage:
        page = {"label": "water in the tub", "units": "litre", "timeUnits": "minute"}
        page |= {"start": 0, "stop": 16, "low": 0, "high": 300, "times": TIMES}  # type: ignore[dict-item]
        state = {"payload": page, "points": [list(point) for point in points]}
        return bare_page(script("sketch/sketch.js"), style("sketch/sketch.css"), state, **options)

    return show


def knob(page: Page, minute: int) -> Any:
    name = f"water in the tub (litre) at minute {minute}"
    return page.get_by_role("slider", name=name, exact=True)


def told(widget: BarePage, points: list[list[float]]) -> None:
    """Wait until the kernel was told these points, and no others."""
    same = "points => JSON.stringify(fakeModel.get('points')) === JSON.stringify(points)"
    widget.page.wait_for_function(same, arg=points)
    widget.page.wait_for_function("() => fakeModel.saved.length > 0")


def centre(page: Page, minute: int) -> tuple[float, float]:
    box = knob(page, minute).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_nothing_is_drawn_before_a_learner_draws(sketch: Opens) -> None:
    widget = sketch()
    expect(widget.page.get_by_role("status")).to_have_text("No points drawn yet.")
    assert knob(widget.page, 8).get_attribute("aria-valuetext") == "not drawn yet"
    assert widget.saved() == []


def test_one_stroke_draws_every_point_it_crosses(
    sketch: Opens, picture: Callable[[Page, str], Any]
) -> None:
    widget = sketch()
    page = widget.page
    start, end = centre(page, 0), centre(page, 16)
    page.mouse.move(start[0], start[1] - 150)
    page.mouse.down()
    page.mouse.move(end[0], end[1] - 20, steps=3)  # so quick that it jumps over points
    page.mouse.up()
    expect(page.get_by_role("status")).to_have_text("5 of 5 points drawn.")
    values = [float(knob(page, int(t)).get_attribute("aria-valuenow")) for t in TIMES]
    assert values == sorted(values, reverse=True)
    told(widget, [[time, value] for time, value in zip(TIMES, values, strict=True)])
    picture(page, "sketch-1280-light")


@pytest.mark.parametrize(
    ("key", "value"),
    [("ArrowUp", 155), ("ArrowDown", 145), ("PageUp", 175), ("Home", 0), ("End", 300)],
)
def test_the_keys_move_a_point(sketch: Opens, key: str, value: float) -> None:
    widget = sketch(points=((8.0, 150.0),))
    knob(widget.page, 8).press(key)
    told(widget, [[8, value]])


def test_delete_takes_a_point_away_and_clear_takes_all(sketch: Opens) -> None:
    widget = sketch(points=((0.0, 10.0), (8.0, 150.0)))
    knob(widget.page, 8).press("Delete")
    told(widget, [[0, 10]])
    widget.page.get_by_role("button", name="Clear").click()
    told(widget, [])


def test_the_last_stroke_can_be_undone_and_a_clear_as_well(sketch: Opens) -> None:
    widget = sketch(points=((0.0, 10.0), (8.0, 150.0)))
    page = widget.page
    undo = page.get_by_role("button", name="Undo the last stroke")
    expect(undo).to_be_hidden()  # nothing was done yet
    for _ in range(3):  # presses that follow each other on one point are one stroke
        knob(page, 8).press("ArrowUp")
    told(widget, [[0, 10], [8, 165]])
    start, end = centre(page, 0), centre(page, 16)
    page.mouse.move(start[0], start[1] - 100)
    page.mouse.down()
    page.mouse.move(end[0], end[1] - 20, steps=3)
    page.mouse.up()
    expect(page.get_by_role("status")).to_have_text("5 of 5 points drawn.")
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_role("status")).to_have_text("No points drawn yet.")
    undo.click()
    expect(page.get_by_role("status")).to_have_text("5 of 5 points drawn.")
    knob(page, 8).press("Control+z")
    told(widget, [[0, 10], [8, 165]])
    knob(page, 8).press("Control+z")
    told(widget, [[0, 10], [8, 150]])
    expect(undo).to_be_hidden()


def test_the_points_are_given_as_a_table_to_who_asks(sketch: Opens, tmp_path: Path) -> None:
    page = sketch(points=((0.0, 10.0), (8.0, 150.5))).page
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download these points").click()
    assert waiting.value.suggested_filename == "sketch-water-in-the-tub.csv"
    waiting.value.save_as(tmp_path / "points.csv")
    table = (tmp_path / "points.csv").read_bytes().decode()
    assert table == "time (minute),water in the tub (litre)\r\n0,10\r\n8,150.5\r\n"


_LABELS = """() => [...document.querySelectorAll('.cs-paper text')]
    .filter(text => text.getAttribute('text-anchor') === 'middle' && text.textContent !== 'year')
    .map(text => text.getBoundingClientRect()).map(box => [box.left, box.right])"""


def test_on_a_phone_no_time_on_the_axis_touches_the_next(bare_page: Opens) -> None:
    made = sketch_of("fish", start=1990, stop=2030, time_units="year", count=21)
    page = bare_page(made._esm, made._css, held(made), width=390).page
    boxes = page.evaluate(_LABELS)
    assert 4 < len(boxes) < 12
    assert all(one[1] + 3 < two[0] for one, two in pairwise(boxes))


def test_points_can_be_typed(sketch: Opens) -> None:
    widget = sketch()
    widget.page.get_by_text("Type the points instead").click()
    box = widget.page.get_by_label("water in the tub (litre) at minute 12, typed")
    box.fill("90")
    box.press("Enter")
    told(widget, [[12, 90]])
    box.fill("126.3")  # as it was typed, and not near it
    box.press("Enter")
    told(widget, [[12, 126.3]])
    box.fill("999")
    box.press("Enter")
    told(widget, [[12, 300]])
    expect(widget.page.get_by_text("The grid goes from 0 to 300: 999 became 300.")).to_be_visible()
    expect(box).to_have_value("300")


def test_points_set_in_python_are_drawn(sketch: Opens) -> None:
    widget = sketch()
    widget.answer(points=[[4, 200]])
    assert knob(widget.page, 4).get_attribute("aria-valuetext") == "200 litre"


def test_a_sketch_fits_a_phone(sketch: Opens, picture: Callable[[Page, str], Any]) -> None:
    page = sketch(points=((0.0, 10.0), (8.0, 150.0)), width=390, dark=True).page
    picture(page, "sketch-390-dark")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_kernel_knows_the_sketch_before_a_button_is_pressed(sketch: Opens) -> None:
    # One script, so that no time passes between leaving the sketch and looking.
    last_key_then_away = """() => {
        const knob = document.querySelector('.cs-knob');
        knob.focus();
        knob.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', bubbles: true }));
        const before = fakeModel.saved.length;
        knob.blur();
        return [before, fakeModel.saved.length, fakeModel.get('points').length]; }"""
    assert sketch().page.evaluate(last_key_then_away) == [0, 1, 1]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_what_is_given_at_the_start_stays_while_the_rest_is_drawn(
    bare_page: Opens, picture: Callable[[Page, str], Any], dark: bool, width: int
) -> None:
    pad = sketch_of(
        "water", stop=16, high=300, units="litre", time_units="minute", count=5, begins=100
    )
    widget = bare_page(pad._esm, pad._css, held(pad), dark=dark, width=width)
    page = widget.page
    expect(page.get_by_text("It begins at 100 litre: draw on from there.")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("No points drawn yet.")
    first = page.get_by_role("slider", name="water (litre) at minute 0", exact=True)
    expect(first).to_have_attribute("aria-valuetext", "100 litre, given")
    first.press("Home")
    knobs = [knob.bounding_box() for knob in page.locator(".cs-knob").all()]
    x, y = knobs[0]["x"] + knobs[0]["width"] / 2, knobs[0]["y"] + knobs[0]["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(knobs[-1]["x"] + 8, y - 60, steps=9)
    page.mouse.up()
    expect(page.get_by_role("status")).to_have_text("4 of 4 points drawn.")
    picture(page, f"sketch-begins-{width}-{'dark' if dark else 'light'}")
    page.get_by_role("button", name="Clear").click()
    told(widget, [[0, 100]])


_RINGS = """() => [...document.querySelectorAll('.cs-knob')]
    .map(ring => ring.getBoundingClientRect()).map(box => [box.left, box.right, box.bottom])"""
_NUMBERS_TOP = """() => Math.min(...[...document.querySelectorAll('.cs-paper text')]
    .filter(text => text.getAttribute('text-anchor') === 'middle')
    .map(text => text.getBoundingClientRect().top))"""


@pytest.mark.parametrize("count", [7, 21])
def test_on_a_phone_empty_rings_touch_neither_each_other_nor_the_numbers(
    bare_page: Opens, count: int
) -> None:
    made = sketch_of("fish", start=1990, stop=2030, time_units="year", count=count)
    page = bare_page(made._esm, made._css, held(made), width=390).page
    rings = page.evaluate(_RINGS)
    assert all(one[1] + 2 < two[0] for one, two in pairwise(rings))
    assert max(ring[2] for ring in rings) + 2 < page.evaluate(_NUMBERS_TOP)
