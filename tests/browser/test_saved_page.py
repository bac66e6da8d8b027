"""A saved page, opened from the disk by a browser that reaches nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cstools import CausalLoopDiagram, StockFlow, read_diagram


@pytest.fixture
def saved(tmp_path: Path) -> str:
    bath = StockFlow("A bath", stop=16, dt=0.125, time_units="minute")
    bath.stock("water", 40, units="litre")
    bath.flow("tap", "opening", into="water", units="litre/minute")
    bath.constant("opening", 12, units="litre/minute", between=(0, 30))
    return bath.explore().save(tmp_path / "bath.html").as_uri()


def test_a_saved_explorer_keeps_its_sliders(page: Page, saved: str) -> None:
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.goto(saved)
    explorer = page.locator(".cs-explorer")
    expect(explorer).to_have_attribute("data-last", '{"water":232}')  # 40 + 16 minutes of 12
    page.get_by_role("slider", name="opening (litre/minute)").press("Home")
    expect(explorer).to_have_attribute("data-last", '{"water":40}')
    assert (asked, complaints) == ([saved], [])


def test_a_saved_editor_draws_on_and_gives_the_map_out(page: Page, tmp_path: Path) -> None:
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    map_ = CausalLoopDiagram("stress -> sleep: -\nsleep -> stress: -", name="Nights")
    page.goto(map_.edit().save(tmp_path / "map.html").as_uri())
    page.locator(".cs-word[data-word='sleep']").focus()
    page.keyboard.press("l")
    page.keyboard.type("mood")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Tidy up").click()
    page.get_by_text("The map as text").click()
    for kind in ("text", "JSON"):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=f"Download {kind}").click()
        file = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(file)
        assert read_diagram(file).variables == ("stress", "sleep", "mood")
    assert {path.name for path in tmp_path.glob("nights.*")} == {"nights.txt", "nights.json"}
    assert complaints == []


def test_a_saved_editor_asks_before_it_is_left_with_edits_that_no_file_has(
    page: Page, tmp_path: Path
) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    map_ = CausalLoopDiagram("stress -> sleep: -\nsleep -> stress: -", name="Nights")
    page.goto(map_.edit().save(tmp_path / "map.html").as_uri())
    sleep = page.locator(".cs-word[data-word='sleep']")
    sleep.click()  # looked at, and nothing changed
    page.reload()
    assert asked == []
    sleep.click()
    page.keyboard.press("Delete")
    page.reload()
    assert asked == ["beforeunload"]
    sleep.click()
    page.keyboard.press("Delete")
    page.get_by_text("The map as text").click()
    with page.expect_download():
        page.get_by_role("button", name="Download text").click()
    page.reload()
    assert asked == ["beforeunload"]


def test_a_link_into_a_saved_page_opens_it_where_somebody_else_stood(
    page: Page, saved: str
) -> None:
    page.goto(saved)
    page.get_by_role("slider", name="opening (litre/minute)").press("Home")
    page.get_by_label("Name of a new scenario").fill("Tap shut")
    page.get_by_role("button", name="Keep", exact=True).click()
    page.get_by_text("Save, share, open").click()
    page.get_by_role("button", name="Copy a link to these settings").click()
    address = page.get_by_label("What was copied").input_value()
    assert address.startswith(f"{saved}#explore=")
    page.goto("about:blank")
    page.goto(address)
    expect(page.locator(".cs-explorer")).to_have_attribute("data-last", '{"water":40}')
    expect(page.get_by_label("Name of scenario A")).to_have_value("Tap shut")


def test_a_saved_explorer_lights_the_loops_of_its_start(page: Page, tmp_path: Path) -> None:
    bath = StockFlow("A bath", stop=16, dt=0.125, time_units="minute")
    bath.stock("water", 40, units="litre", between=(0, 100))
    bath.flow("drain", "water / 8", out_of="water", units="litre/minute")
    page.goto(bath.explore().save(tmp_path / "bath.html").as_uri())
    page.get_by_role("slider", name="Moment in the run").press("End")
    expect(page.locator(".cs-ruling")).to_have_text(
        "At minute 16 B1 (100%) dominates. B1: water → drain → water."
    )
    page.get_by_role("slider", name="water at the start (litre)").press("Home")
    expect(page.locator(".cs-ruling")).to_contain_text("Of the starting settings: At minute 16")
    expect(page.locator(".cs-sentence")).to_have_text(
        "In short, at these settings: Water goes from 0 to 0 litre by minute 16."
    )
