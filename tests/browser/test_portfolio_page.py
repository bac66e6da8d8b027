"""A saved portfolio as its readers meet it: wide, narrow, light, dark, by keyboard, on paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

import cstools
from cstools import CausalLoopDiagram, facets
from cstools.learning import Portfolio

from .test_gallery import EVERYTHING


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    pond = facets.world.shared_pond()
    winter = CausalLoopDiagram("worry -> work: +\nwork -> tiredness: +\ntiredness -> worry: +")
    board = cstools.mandala("A quiet start to the day")
    for layer in board.layers:
        board.add(layer, f"A note on {layer.replace('_', ' ')}, long enough for a second line.")
    mine = Portfolio("My systems").add(board.put("practice", winter), reflection="I begin here.")
    mine.add(winter, title="Our winter").add(pond).add(pond.run(), title="What the pond does")
    mine.add("A word_that_is_far_longer_than_any_telephone_is_wide_and_has_no_gap", title="A note")
    return mine.save(tmp_path_factory.mktemp("portfolio") / "mine.html").as_uri()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_it_reads_well_wide_and_narrow_light_and_dark(
    browser: Browser,
    picture: Callable[[Page, str], None],
    address: str,
    width: int,
    scheme: str,
) -> None:
    asked: list[str] = []
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    found = Axe().run(page, options=EVERYTHING).response
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [one for one in asked if not one.startswith("data:")] == [address]
    images = page.locator("img").evaluate_all("all => all.map(one => one.naturalWidth)")
    assert len(images) == 4
    assert all(images)
    picture(page, f"portfolio-{width}-{scheme}")
    context.close()


def test_the_fields_of_a_mandala_stand_around_its_centre(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    boxes = [one.bounding_box() or {} for one in page.locator(".mandala .field").all()]
    centre, practice, research, capacity, community = boxes
    assert practice["y"] == research["y"] > centre["y"]
    assert capacity["y"] == community["y"] > practice["y"]
    assert practice["x"] == capacity["x"] < research["x"] == community["x"]
    page.close()


def test_the_contents_lead_to_each_piece_by_keyboard(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="To the first piece")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Our winter")).to_be_in_viewport()
    page.close()


def test_on_paper_all_is_dark_on_white(browser: Browser, address: str, tmp_path: Path) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(address)
    page.emulate_media(media="print", color_scheme="dark")
    colours = page.locator("body").evaluate(
        "body => [getComputedStyle(body).color, getComputedStyle(body).backgroundColor]"
    )
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    expect(page.locator(".skip")).to_be_hidden()
    printed = page.pdf(path=tmp_path / "mine.pdf", format="A4")
    assert printed.startswith(b"%PDF")
    context.close()
