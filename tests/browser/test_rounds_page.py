"""A game alone in a page: decided, hidden, undone, kept, and told at the end."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from cstools.widgets.part import held
from cstools.widgets.rounds.live import LiveRounds

from .conftest import PATIENCE, BarePage
from .gallery.rounds import PLAYED, bread, pond

Opens = Callable[..., BarePage]


@pytest.fixture
def play(bare_page: Opens) -> Callable[..., BarePage]:
    def open_game(game: LiveRounds, **options: Any) -> BarePage:
        return bare_page(game._esm, game._css, held(game), **options)

    return open_game


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def slider(page: Page, name: str) -> Locator:
    return page.get_by_role("slider", name=name, exact=True)


def where(page: Page) -> Locator:
    return page.locator(".cs-where")


def value(page: Page, name: str) -> Locator:
    return page.locator(".cs-value").filter(has_text=name).locator("dd")


def answer(page: Page, orders: int) -> None:
    """Take the page, decide, and let it go."""
    page.get_by_role("button", name="show me what I see").click()
    box = page.get_by_role("spinbutton")
    box.fill(str(orders))
    box.press("Enter")
    page.locator(".cs-deciding .cs-main").click()


def test_a_game_is_played_with_the_keyboard_alone(play: Opens) -> None:
    opened = play(pond())
    page = opened.page
    expect(where(page)).to_have_text("Season 1 of 10: year 0 to 1")
    slider(page, "Days of boat 1 (days/year)").focus()
    page.keyboard.press("ArrowRight")  # from 20 to 21
    for _ in range(3):
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
    for _ in range(12):
        if page.evaluate("document.activeElement.classList.contains('cs-main')"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(where(page)).to_have_text("Season 2 of 10: year 1 to 2")
    expect(slider(page, "Days of boat 1 (days/year)")).to_be_focused()
    assert slider(page, "Days of boat 1 (days/year)").input_value() == "21"
    assert opened.saved()[-1]["game"] == [[21, 20, 20, 20]]


def test_what_may_be_seen_is_what_python_runs(play: Opens) -> None:
    page = play(pond()).page
    button(page, "Decide, and run the season").click()
    run = pond(game={f"Boat {boat}": [20] for boat in (1, 2, 3, 4)}).run()
    expect(value(page, "Fish")).to_contain_text(f"{run['fish'][-1]:.0f} tonnes")
    expect(value(page, "Fish")).to_contain_text(f"+{run['fish'][-1] - 500:.1f} in the last season")
    expect(value(page, "Earned by all")).to_contain_text(f"{run['earned by all'][-1]:,.0f} coins")


def test_nothing_of_a_player_is_on_the_page_while_it_is_passed_on(play: Opens) -> None:
    page = play(bread()).page
    expect(page.locator(".cs-rounds")).not_to_contain_text("loaves")
    answer(page, 7)
    expect(page.locator(".cs-pass-to")).to_have_text("Pass it on to Bakery")
    expect(page.locator(".cs-rounds")).not_to_contain_text("loaves")
    page.get_by_text("Keep this game, open another").click()
    expect(button(page, "The numbers, for a spreadsheet (CSV)")).to_be_hidden()
    page.get_by_role("button", name="show me what I see").click()
    expect(value(page, "Bread in the bakery")).to_contain_text("12 loaves")
    expect(value(page, "Asked of the bakery")).to_have_text("not known yet")
    expect(page.locator(".cs-rounds")).not_to_contain_text("kitchen")
    assert page.get_by_role("slider").count() == 1


def test_a_round_runs_when_everybody_has_decided(play: Opens) -> None:
    opened = play(bread())
    answer(opened.page, 7)
    assert opened.saved()[-1]["pending"] == [7]
    answer(opened.page, 3.4)  # whole loaves only
    expect(where(opened.page)).to_have_text("Week 2 of 20")
    assert opened.saved()[-1] | {"game": [[7, 3]], "pending": []} == opened.saved()[-1]


def test_the_last_round_can_be_undone_and_a_half_decided_one(play: Opens) -> None:
    opened = play(bread(game={"Kitchen": [4, 9], "Bakery": [4, 5]}))
    page = opened.page
    answer(page, 6)
    button(page, "Undo this week").click()
    expect(page.locator(".cs-told")).to_contain_text("Week 3 is open again.")
    expect(page.locator(".cs-pass-to")).to_have_text("Pass it on to Kitchen")
    button(page, "Undo the last week").click()
    expect(where(page)).to_have_text("Week 2 of 20")
    assert opened.saved()[-1]["game"] == [[4, 4]]


def test_a_game_that_begins_again_can_come_back(play: Opens) -> None:
    opened = play(pond(game={player: days[:4] for player, days in PLAYED.items()}))
    page = opened.page
    before = page.evaluate("fakeModel.get('game')")
    button(page, "Begin again").click()
    expect(where(page)).to_have_text("Season 1 of 10: year 0 to 1")
    button(page, "Undo").click()
    expect(where(page)).to_have_text("Season 5 of 10: year 4 to 5")
    assert page.evaluate("fakeModel.get('game')") == before


def test_whoever_is_not_ticked_is_left_to_the_rule(play: Opens) -> None:
    opened = play(bread())
    page = opened.page
    page.get_by_role("checkbox", name="Bakery").uncheck()
    expect(page.get_by_role("checkbox", name="Bakery (its rule decides)")).to_be_focused()
    button(page, "Decide, and run the week").click()  # alone, nothing is passed on
    expect(where(page)).to_have_text("Week 2 of 20")
    assert opened.saved()[-1]["game"] == [[4, None]]
    expect(page.get_by_role("checkbox")).to_have_count(0)  # who plays is settled


def test_nobody_ticked_is_told(play: Opens) -> None:
    page = play(bread()).page
    page.get_by_role("checkbox", name="Bakery").uncheck()
    page.get_by_role("checkbox", name="Kitchen").uncheck()
    expect(page.locator(".cs-stage")).to_contain_text("Tick at least one who decides by hand.")
    expect(page.locator(".cs-main")).to_have_count(0)


def test_the_end_is_told_as_python_tells_it(play: Opens) -> None:
    game = pond(game={player: days[:9] for player, days in PLAYED.items()})
    page = play(game).page
    button(page, "Decide, and run the season").click()
    game.game = page.evaluate("fakeModel.get('game')")
    said = page.locator(".cs-sentence")
    expect(said).to_be_focused()
    # Of the scores the sentence has the first one, and the table all of them.
    decided = "Boat 1: 20 to 50 days/year, 36.5 on average."
    first = repr(game).split(" Earned by boat 1 ends")[0].split("are played. ")[1]
    expect(said).to_contain_text(first)
    expect(said).to_contain_text(decided)
    expect(said).not_to_contain_text("Earned by boat 2")
    assert decided in repr(game)
    expect(where(page)).to_have_text("All 10 seasons are played.")
    row = page.locator(".cs-scores tr").filter(has_text="Earned by boat 2").locator("td")
    ends = [game.run(), *game.worlds().values()]
    expect(row).to_have_text([f"{run['earned by boat 2'][-1]:,.0f}" for run in ends])


def test_the_words_neither_praise_nor_blame(play: Opens) -> None:
    page = play(pond(game=PLAYED)).page
    words = page.locator(".cs-rounds").inner_text().lower()
    judging = ("well done", "great", "best", "worst", "win", "won", "lost", "lose", "fail", "!")
    assert [word for word in judging if word in words.split()] == []


def test_a_game_is_kept_and_opened_again(play: Opens, tmp_path: Path) -> None:
    page = play(bread()).page
    answer(page, 7)
    answer(page, 3)
    page.get_by_text("Keep this game, open another").click()
    with page.expect_download() as waiting:
        button(page, "This game, to open again (JSON)").click()
    assert waiting.value.suggested_filename == "bread-for-the-school.json"
    waiting.value.save_as(tmp_path / "game.json")
    saved = (tmp_path / "game.json").read_text("utf-8")
    assert bread(game=saved).played == {"Kitchen": [7], "Bakery": [3]}
    button(page, "Begin again").click()
    page.get_by_label("Open a saved game").set_input_files(tmp_path / "game.json")
    expect(page.locator(".cs-told")).to_contain_text("The game is open: 1 of 20 weeks are played.")
    expect(where(page)).to_have_text("Week 2 of 20")


def test_a_file_that_is_no_game_changes_nothing(play: Opens, tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text('{"decisions": {"Cook": [1]}}')
    page = play(bread(game={"Kitchen": [5]})).page
    page.get_by_text("Keep this game, open another").click()
    page.get_by_label("Open a saved game").set_input_files(tmp_path / "other.json")
    expect(page.locator(".cs-told")).to_contain_text("This game does not fit")
    expect(where(page)).to_have_text("Week 2 of 20")


def test_all_numbers_can_be_taken_along_at_the_end(play: Opens, tmp_path: Path) -> None:
    page = play(pond(game=PLAYED)).page
    page.get_by_text("Keep this game, open another").click()
    with page.expect_download() as waiting:
        button(page, "The numbers, for a spreadsheet (CSV)").click()
    waiting.value.save_as(tmp_path / "pond.csv")
    rows = (tmp_path / "pond.csv").read_text("utf-8").splitlines()
    assert len(rows) == 1 + 161
    assert rows[0].startswith("time (year),earned by all (coins)")
    last = float(rows[-1].split(",")[1])
    assert last == float(pond(game=PLAYED).run()["earned by all"][-1])


def test_two_views_stay_in_step(play: Opens) -> None:
    opened = play(pond())
    opened.answer(game=[[20, 20, 20, 20], [30, 30, 30, 30]])
    expect(where(opened.page)).to_have_text("Season 3 of 10: year 2 to 3")
    assert slider(opened.page, "Days of boat 3 (days/year)").input_value() == "30"


def test_the_table_holds_a_row_for_every_round(play: Opens) -> None:
    page = play(bread(game={"Kitchen": [4, 9], "Bakery": [None, None]})).page
    page.get_by_text("Table", exact=True).click()
    rows = page.locator(".cs-fold tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.last).to_have_text("2174")  # week 2, seventeen loaves, four asked for


def test_a_saved_game_is_played_on_without_a_kernel(page: Page, tmp_path: Path) -> None:
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.goto(bread(played_by_hand=["Kitchen"]).save(tmp_path / "line.html").as_uri())
    for _ in range(3):
        button(page, "Decide, and run the week").click()
    expect(where(page)).to_have_text("Week 4 of 20")
    with page.expect_download() as waiting:
        page.get_by_text("Keep this game, open another").click()
        button(page, "This game, to open again (JSON)").click()
    saved = json.loads(Path(waiting.value.path()).read_text("utf-8"))
    assert saved["decisions"] == {"Kitchen": [4, 4, 4], "Bakery": [None, None, None]}
    assert complaints == []


def test_a_finger_plays_on_a_phone(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 700}, has_touch=True, is_mobile=True
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(bread().save(tmp_path / "line.html").as_uri())
    for player in ("Kitchen", "Bakery"):
        page.get_by_role("button", name=f"I am {player}: show me what I see").tap()
        page.get_by_role("slider").tap()  # in the middle of 0 to 40
        page.locator(".cs-deciding .cs-main").tap()
    expect(where(page)).to_have_text("Week 2 of 20")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="I am Kitchen: show me what I see").tap()
    assert abs(float(page.get_by_role("slider").input_value()) - 20) <= 1
    context.close()
