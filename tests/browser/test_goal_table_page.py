"""The table of goals alone in a page: chosen and scored by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cstools.facets.world.goal_interactions import youth_parliament
from cstools.widgets.goal_table import goal_table
from cstools.widgets.part import held

from .conftest import BarePage


@pytest.fixture
def show(bare_page: Callable[..., BarePage]) -> Callable[..., Page]:
    def open_table(*first: Any, **options: Any) -> Page:
        part = goal_table(*first)
        return bare_page(part._esm, part._css, held(part), **options).page

    return open_table


def choose(page: Page, title: str) -> None:
    page.get_by_role("button", name=title).click()


def sums(page: Page) -> list[str]:
    return page.locator("td.cs-total, tr.cs-total td").all_inner_texts()


def test_goals_are_chosen_and_scored_and_added_up(show: Callable[..., Page]) -> None:
    page = show()
    choose(page, "4 Quality education")
    expect(page.locator("table")).to_have_count(0)
    choose(page, "13 Climate action")
    said = page.locator("[role=status]").last
    expect(said).to_have_text("Climate action chosen. 2 of at most 6 chosen.")
    page.get_by_label("Quality education on Climate action").select_option("+2")
    expect(said).to_have_text("Quality education on Climate action: +2.")
    page.get_by_label("Climate action on Quality education").select_option("−1")
    assert sums(page)[:2] == ["+2", "−1"]
    assert page.evaluate("fakeModel.get('scores')") == {"4,13": 2, "13,4": -1}


def test_a_goal_left_out_takes_its_scores_out_of_the_sums_and_brings_them_back(
    show: Callable[..., Page],
) -> None:
    page = show(youth_parliament())
    page.get_by_text("Choose your goals").click()
    assert sums(page)[:4] == ["+3", "0", "+3", "0"]
    choose(page, "13 Climate action")
    assert sums(page)[:3] == ["+2", "+2", "+1"]
    choose(page, "13 Climate action")
    assert sums(page)[:4] == ["+3", "0", "+3", "0"]


def test_a_seventh_goal_waits(show: Callable[..., Page]) -> None:
    page = show([1, 2, 3, 4, 5, 6])
    page.get_by_text("Choose your goals").click()
    page.get_by_role("button", name="7 Affordable and clean energy").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[role=status]").last).to_have_text(
        "6 goals are chosen already; leave one out first."
    )
    assert page.evaluate("fakeModel.get('goals')") == [1, 2, 3, 4, 5, 6]


def test_scores_set_to_nothing_come_back(show: Callable[..., Page]) -> None:
    page = show(youth_parliament())
    page.get_by_role("button", name="Set all scores to 0").click()
    assert sums(page)[:4] == ["0", "0", "0", "0"]
    page.get_by_role("button", name="Undo").click()
    assert sums(page)[:4] == ["+3", "0", "+3", "0"]


def test_it_is_done_by_keyboard_alone(show: Callable[..., Page]) -> None:
    page = show([4, 13])
    cell = page.get_by_label("Quality education on Climate action")
    cell.focus()
    page.keyboard.press("ArrowUp")  # the scale stands from +3 down to −3
    expect(cell).to_have_value("1")
    expect(cell).to_be_focused()


def test_words_and_map_are_paler_until_they_belong_to_the_table(show: Callable[..., Page]) -> None:
    page = show(youth_parliament())
    follows = page.locator(".cs-follows")
    expect(follows.locator(".cs-said")).to_contain_text("The map has 6 loops")
    expect(follows.locator("svg")).to_have_count(1)
    page.get_by_label("Climate action on Quality education").select_option("+1")
    expect(follows).to_have_attribute("aria-busy", "true")  # nobody in this page draws it anew
    page.get_by_label("Climate action on Quality education").select_option("0")
    expect(follows).to_have_attribute("aria-busy", "false")


def test_python_is_told_once_when_the_hand_rests(show: Callable[..., Page]) -> None:
    page = show([4, 13])
    for score in ("+1", "+2", "+3"):
        page.get_by_label("Quality education on Climate action").select_option(score)
    page.wait_for_function("fakeModel.saved.length > 0")
    assert page.evaluate("fakeModel.saved.length") == 1
