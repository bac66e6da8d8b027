"""The practice log alone in a page: marked by hand, counted, taken along and brought back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from cstools.widgets.part import held
from cstools.widgets.practice_log import practice_log

from .conftest import BarePage
from .test_gallery import EVERYTHING

Opens = Callable[..., BarePage]
THURSDAY = "2026-11-26T10:00:00"


@pytest.fixture
def show(bare_page: Opens, page: Page) -> Callable[..., Page]:
    def open_log(practice: str = "", today: str = THURSDAY, **options: Any) -> Page:
        page.clock.set_fixed_time(today)
        part = practice_log(practice)
        return bare_page(part._esm, part._css, held(part), **options).page

    return open_log


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def day(page: Page, name: str) -> Locator:
    return page.locator(f".cs-day[aria-label^='{name}:']")


def count(page: Page) -> Locator:
    return page.locator(".cs-sum")


def told(page: Page) -> Locator:
    return page.locator(".cs-told")


def test_a_day_is_done_then_not_done_then_blank(show: Callable[..., Page]) -> None:
    page = show()
    monday = day(page, "Monday 23 November")
    announced = page.locator("[role=status]").last
    expect(count(page)).to_have_text("No day is marked yet.")
    monday.click()
    expect(announced).to_have_text("Monday 23 November: done. 1 of 1 day.")
    monday.click()
    expect(announced).to_have_text("Monday 23 November: not done. 0 of 1 day.")
    day(page, "Tuesday 24 November").click()
    expect(count(page)).to_have_text("Done on 1 of 2 days.")
    monday.click()
    expect(monday).to_have_attribute("aria-label", "Monday 23 November: no mark")
    expect(count(page)).to_have_text("Done on 1 of 1 day.")
    assert page.evaluate("fakeModel.saved") == []


def test_no_word_speaks_of_a_streak_or_a_failure(show: Callable[..., Page]) -> None:
    page = show()
    for name in ("Monday 23", "Wednesday 25"):
        day(page, f"{name} November").click()
    day(page, "Tuesday 24 November").dblclick()  # not done
    page.get_by_text("About missed days").click()
    words = page.locator(".cs-practice").inner_text().lower()
    assert "a missed day is only a missed day." in words
    found = [word for word in ("streak", "fail", "in a row", "broke", "%") if word in words]
    assert found == []


def test_tomorrow_waits_and_last_week_can_be_marked(show: Callable[..., Page]) -> None:
    page = show()
    expect(day(page, "Friday 27 November")).to_be_disabled()
    expect(button(page, "Later")).to_be_disabled()
    button(page, "Earlier").click()
    expect(page.locator(".cs-when")).to_have_text("16 to 22 November 2026")
    day(page, "Sunday 22 November").click()
    button(page, "Month").click()
    expect(page.locator(".cs-when")).to_have_text("November 2026")
    expect(day(page, "Sunday 22 November")).to_have_attribute(
        "aria-label", "Sunday 22 November: done"
    )
    expect(page.locator(".cs-day")).to_have_count(30)
    columns = page.locator(".cs-day").first.evaluate("d => getComputedStyle(d).gridColumnStart")
    assert columns == "7"  # the first of November was a Sunday


def test_the_arrow_keys_walk_from_day_to_day(show: Callable[..., Page]) -> None:
    page = show()
    day(page, "Thursday 26 November").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Space")
    expect(day(page, "Wednesday 25 November")).to_have_class("cs-day cs-day-done")
    page.keyboard.press("Home")
    expect(day(page, "Monday 23 November")).to_be_focused()
    page.keyboard.press("End")
    expect(day(page, "Thursday 26 November")).to_be_focused()
    page.keyboard.press("ArrowRight")  # tomorrow is not there yet
    expect(day(page, "Thursday 26 November")).to_be_focused()
    assert page.locator(".cs-day[tabindex='0']").count() == 1


def test_days_can_be_counted_by_hand_alone(show: Callable[..., Page]) -> None:
    page = show()
    for _ in range(2):
        button(page, "One more: done").click()
    button(page, "One more: out of").click()
    expect(count(page)).to_have_text("Done on 2 of 3 days.")
    day(page, "Monday 23 November").click()
    expect(count(page)).to_have_text("Done on 3 of 4 days.")
    button(page, "One less: done").click()
    expect(count(page)).to_have_text("Done on 2 of 4 days.")


def test_a_count_is_taken_along_and_brought_back(show: Callable[..., Page], tmp_path: Path) -> None:
    page = show()
    page.get_by_label("My practice").fill("three breaths before class")
    day(page, "Monday 23 November").click()
    day(page, "Tuesday 24 November").dblclick()
    with page.expect_download() as waiting:
        button(page, "Download").click()
    assert waiting.value.suggested_filename == "practice-log.txt"  # the name tells nothing
    waiting.value.save_as(tmp_path / "log.txt")
    line = (tmp_path / "log.txt").read_text("utf-8")
    assert line == "three breaths before class: 1 of 2 days\n"
    page.get_by_label("My practice").fill("")
    page.get_by_label("A line from another day").fill(line)
    page.get_by_label("A line from another day").press("Enter")
    expect(told(page)).to_contain_text("Brought back: 1 of 2 days.")
    expect(page.get_by_label("My practice")).to_have_value("three breaths before class")
    expect(day(page, "Monday 23 November")).to_have_attribute(
        "aria-label", "Monday 23 November: no mark"
    )
    button(page, "Undo").click()
    expect(page.get_by_label("My practice")).to_have_value("")
    expect(day(page, "Monday 23 November")).to_have_attribute(
        "aria-label", "Monday 23 November: done"
    )


def test_a_line_that_says_no_count_changes_nothing(show: Callable[..., Page]) -> None:
    page = show()
    day(page, "Monday 23 November").click()
    page.get_by_label("A line from another day").fill("9 of 4 days")
    button(page, "Use this line").click()
    expect(told(page)).to_contain_text("9 of 4 cannot be: more days done than days.")
    expect(page.get_by_label("A line from another day")).to_have_value("9 of 4 days")
    expect(count(page)).to_have_text("Done on 1 of 1 day.")


def test_clearing_asks_once_more(show: Callable[..., Page]) -> None:
    page = show("tea")
    page.get_by_label("My practice").fill("green tea")
    day(page, "Monday 23 November").click()
    button(page, "Clear").click()
    expect(button(page, "Keep")).to_be_focused()
    button(page, "Keep").press("Enter")
    expect(count(page)).to_have_text("Done on 1 of 1 day.")
    button(page, "Clear").press("Enter")
    button(page, "Clear all").click()
    expect(count(page)).to_have_text("No day is marked yet.")
    expect(page.get_by_label("My practice")).to_have_value("tea")
    expect(button(page, "Clear")).to_be_focused()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_marked_month_can_be_used_by_everybody_on_a_phone(
    show: Callable[..., Page], picture: Callable[[Page, str], None], dark: bool
) -> None:
    page = show("three breaths before class", width=390, dark=dark)
    button(page, "Month").click()
    for date in (2, 3, 5, 9, 10, 11, 16, 18):
        page.locator(".cs-day").nth(date).click()
    for date in (4, 12, 17):
        page.locator(".cs-day").nth(date).dblclick()
    page.get_by_text("About missed days").click()
    button(page, "Clear").click()
    picture(page, f"practice-log-month-390-{'dark' if dark else 'light'}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    found = Axe().run(page, context=".cs-widget", options=EVERYTHING)
    assert [violation["id"] for violation in found.response["violations"]] == []
