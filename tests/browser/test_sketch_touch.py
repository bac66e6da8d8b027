"""The sketch under a finger: a stroke draws and does not scroll the page; a tap sets one point."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from cstools.widgets.part import held
from cstools.widgets.sketch import sketch

from .conftest import PATIENCE, BarePage


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone."""
    context = browser.new_context(
        viewport={"width": 390, "height": 700}, has_touch=True, is_mobile=True
    )
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(bare_page: Callable[..., BarePage]) -> Page:
    made = sketch("water", stop=16, high=300, units="litre", time_units="minute", count=5)
    return bare_page(made._esm, made._css, held(made), width=390).page


def paper(page: Page) -> tuple[float, float, float, float]:
    box = page.locator(".cs-paper").bounding_box()
    assert box is not None
    return box["x"], box["y"], box["width"], box["height"]


def levels(page: Page) -> list[str | None]:
    knobs = page.get_by_role("slider").all()
    return [knob.get_attribute("aria-valuetext") for knob in knobs]


def test_a_finger_draws_across_the_grid(phone: Page) -> None:
    x, y, width, height = paper(phone)
    hand = phone.context.new_cdp_session(phone)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        places = [{"x": at, "y": up} for at, up in points]
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})

    touch("touchStart", (x + 66, y + 40))
    for share in (0.3, 0.5, 0.7, 0.95):  # down, as a scroll would go
        touch("touchMove", (x + width * share, y + 40 + share * (height - 100)))
    touch("touchEnd")
    expect(phone.get_by_role("status")).to_have_text("5 of 5 points drawn.")
    drawn = [float(str(level).split()[0]) for level in levels(phone)]
    assert drawn == sorted(drawn, reverse=True)
    assert phone.evaluate("window.scrollY") == 0


def test_a_tap_sets_the_nearest_point_and_a_finger_finds_the_knobs(phone: Page) -> None:
    x, y, width, height = paper(phone)
    phone.touchscreen.tap(x + width / 2, y + height / 2)
    expect(phone.get_by_role("status")).to_have_text("1 of 5 points drawn.")
    assert [text != "not drawn yet" for text in levels(phone)] == [False, False, True, False, False]
    for button in ("Undo the last stroke", "Clear"):
        box = phone.get_by_role("button", name=button).bounding_box()
        assert box is not None
        assert box["height"] >= 32
    sizes = [knob.bounding_box() for knob in phone.locator(".cs-knob").all()]
    assert all(size is not None and size["width"] >= 24 for size in sizes)
    phone.get_by_role("button", name="Undo the last stroke").tap()
    expect(phone.get_by_role("status")).to_have_text("No points drawn yet.")


def test_a_finger_beside_the_grid_draws_nothing(phone: Page) -> None:
    x, y, width, height = paper(phone)
    for spot in ((x + 12, y + height / 2), (x + width / 2, y + height - 8)):  # numbers of the axes
        phone.touchscreen.tap(*spot)
    expect(phone.get_by_role("status")).to_have_text("No points drawn yet.")
    above = phone.evaluate(
        "([x, y]) => document.elementFromPoint(x, y).classList[0]", [x + 12, y + 99]
    )
    assert above == "cs-paper"  # there a finger scrolls the page
