"""A saved page, opened from the disk by a browser that reaches nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cstools import StockFlow


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
