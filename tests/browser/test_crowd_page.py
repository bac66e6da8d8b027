"""A crowd on a bare page: stepped through, played, looked at, changed and put back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from cstools.facets.others import listening, thresholds
from cstools.widgets.part import held

from .conftest import PATIENCE, BarePage

Open = Callable[..., BarePage]


@pytest.fixture
def opened(bare_page: Open) -> Callable[..., BarePage]:
    def open_crowd(people: Any, **options: Any) -> BarePage:
        part = people.watch()
        return bare_page(part._esm, part._css, held(part), **options)

    return open_crowd


def said(page: Page) -> Locator:
    return page.locator(".cs-player-said")


def outlook(page: Page) -> Locator:
    return page.locator(".cs-player-beside")


def announced(page: Page) -> Locator:
    return page.locator(".cs-unseen[role=status]").last


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def test_each_step_lets_one_more_join_and_says_so(opened: Callable[..., BarePage]) -> None:
    bare = opened(thresholds())
    page = bare.page
    expect(said(page)).to_have_text("At first nobody has joined.")
    button(page, "Next").click()
    button(page, "Next").click()
    expect(said(page)).to_have_text("After 2 rounds 2 of 100 have joined.")
    expect(announced(page)).to_have_text("After 2 rounds 2 of 100 have joined.")
    expect(page.locator(".cs-joined[data-person]")).to_have_count(2)
    expect(page.locator(".cs-joined-now[data-person]")).to_have_attribute("data-person", "2")
    assert bare.saved()[-1]["round"] == 2


def test_the_keys_go_from_round_to_round(opened: Callable[..., BarePage]) -> None:
    page = opened(listening("row")).page
    root = page.locator(".cs-crowd")
    button(page, "Next").press("End")
    expect(root).to_have_attribute("data-round", "30")
    button(page, "Next").press("ArrowLeft")
    expect(root).to_have_attribute("data-round", "29")
    button(page, "Next").press("Home")
    expect(root).to_have_attribute("data-round", "0")
    page.get_by_role("slider", name="Round").press("ArrowRight")
    expect(root).to_have_attribute("data-round", "1")
    expect(said(page)).to_have_text("After 1 round the opinions lie between 2.5 and 7.5.")


def test_a_threshold_changed_by_hand_stops_the_whole_crowd(opened: Callable[..., BarePage]) -> None:
    bare = opened(thresholds())
    page = bare.page
    page.locator('[data-person="2"]').click()
    expect(page.get_by_label("Person to look at")).to_have_value("2")
    page.get_by_role("slider", name="Person 2 waits for (people)").press("ArrowRight")
    expect(outlook(page)).to_have_text(
        "It stops at 1 of 100. The next one waits until 2 have joined."
    )
    expect(page.locator(".cs-crowd-told")).to_have_text(
        "Sees everybody. Never joins, as things are."
    )
    page.wait_for_function("fakeModel.saved.length && fakeModel.saved.at(-1).values[1] === 2")
    expect(announced(page)).to_contain_text("It stops at 1 of 100.")
    button(page, "Put everybody back").click()
    expect(outlook(page)).to_have_text("In the end all 100 join.")
    button(page, "Undo").click()
    expect(outlook(page)).to_contain_text("It stops at 1 of 100.")


def test_a_person_shows_whom_they_hear_and_how_much_they_count(
    opened: Callable[..., BarePage],
) -> None:
    page = opened(listening("star", 5, first=[10, 0, 0, 2, 2])).page
    page.get_by_label("Person to look at").select_option("person 1")
    expect(page.locator(".cs-crowd-heard")).to_have_count(4)
    expect(page.locator(".cs-crowd-on")).to_have_count(4)
    expect(page.locator(".cs-crowd-told")).to_have_text(
        "Hears persons 2, 3, 4 and 5. Now: 10. Counts for 50 % in the end."
    )
    page.get_by_role("spinbutton").fill("0")
    page.get_by_role("spinbutton").press("Enter")
    expect(outlook(page)).to_contain_text("If they go on, all come to 0.5.")
    for _ in range(6):
        button(page, "Next person").click()
    expect(page.get_by_label("Person to look at")).to_have_value("5")
    page.locator('[data-person="5"]').click()  # once more in the picture: nobody
    expect(page.get_by_label("Person to look at")).to_have_value("0")


def test_an_opinion_fills_its_circle(opened: Callable[..., BarePage]) -> None:
    page = opened(listening("row", first=[0, 5, 10])).page
    heights = [
        page.locator(f'[data-person="{person}"] .cs-crowd-fill').evaluate("f => f.getBBox().height")
        for person in (1, 2, 3)
    ]
    whole = page.locator('[data-person="3"] .cs-crowd-ring').evaluate("f => f.getBBox().height")
    assert heights == pytest.approx([0, whole / 2, whole], abs=0.1)  # coordinates have two decimals


def test_it_plays_to_the_end_and_stops_there(opened: Callable[..., BarePage]) -> None:
    bare = opened(thresholds("village", begin=[1, 2]))
    page = bare.page
    page.get_by_label("Pace").select_option("quick")
    button(page, "Play").click()
    expect(page.locator(".cs-crowd")).to_have_attribute("data-round", "2")
    expect(button(page, "Again")).to_be_visible()
    expect(announced(page)).to_contain_text(
        "After 2 rounds 6 of 24 have joined. It stops at 6 of 24."
    )
    assert [saved["round"] for saved in bare.saved()] == [2]  # where it came to rest, and no more


def test_the_end_is_not_told_before_it_has_been_seen(opened: Callable[..., BarePage]) -> None:
    page = opened(listening("row", rounds=2)).page
    asked = "What comes next? Press Play, or Next for a single round."
    expect(outlook(page)).to_have_text(asked)
    button(page, "Next").click()
    expect(outlook(page)).to_have_text(asked)
    expect(page.get_by_text("The dashed line is what all come to.")).to_have_count(0)
    button(page, "Next").click()
    expect(outlook(page)).to_contain_text("If they go on, all come to 5.")
    button(page, "Start").click()  # seen once, it stays told
    expect(outlook(page)).to_contain_text("If they go on, all come to 5.")
    expect(page.get_by_text("The dashed line is what all come to.")).to_be_visible()


def test_python_and_a_second_view_are_followed(opened: Callable[..., BarePage]) -> None:
    bare = opened(listening("row"))
    bare.answer(values=[10, 10, 10], round=3, chosen=2)
    expect(said(bare.page)).to_have_text("After 3 rounds all opinions are at about 10.")
    expect(bare.page.get_by_role("spinbutton")).to_have_value("10")


def test_on_a_saved_page_it_can_be_changed_without_motion_or_kernel(
    browser: Browser, tmp_path: Path
) -> None:
    file = listening("bridge").watch().save(tmp_path / "bridge.html")
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 390, "height": 844})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(file.as_uri())
    fill = page.locator('[data-person="6"] .cs-crowd-fill')
    before = fill.get_attribute("d")
    button(page, "Next").click()
    # no motion: the next picture is there when the click is over
    assert fill.get_attribute("d") != before
    now = fill.get_attribute("d")
    page.evaluate("() => new Promise(requestAnimationFrame)")
    assert fill.get_attribute("d") == now
    page.locator('[data-person="1"]').click()
    page.get_by_role("slider", name="Person 1 begins with").press("End")
    expect(outlook(page)).to_contain_text("If they go on, all come to 5.8")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert complaints == []
    context.close()
