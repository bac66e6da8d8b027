"""The loop player on a bare page: told, played, pressed, and left alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from cstools import CausalLoopDiagram
from cstools.widgets.loop_player import LoopPlayer
from cstools.widgets.part import held

from .conftest import COARSE, PATIENCE, BarePage

REWORK = """
    schedule pressure -> overtime: +
    overtime          -> work done: +
    work done         -> work remaining: -
    work remaining    -> schedule pressure: +
    overtime          -> tiredness: + delayed     # weeks later
    tiredness         -> mistakes: +
    mistakes          -> work remaining: +
"""
Open = Callable[..., BarePage]


@pytest.fixture(scope="module")
def rework() -> CausalLoopDiagram:
    return CausalLoopDiagram(REWORK, name="Rework")


@pytest.fixture
def opened(bare_page: Open) -> Callable[[LoopPlayer], BarePage]:
    return lambda player: bare_page(player._esm, player._css, held(player))


def said(page: Page) -> Locator:
    return page.locator(".cs-player-said")


def told(page: Page) -> list[str]:
    return page.locator(".cs-player-story li").all_inner_texts()


def badge(page: Page, variable: str) -> Locator:
    return page.locator(f'[data-badge="{variable}"]')


def test_a_long_name_of_a_loop_does_not_make_the_page_wider(bare_page: Open) -> None:
    map_ = CausalLoopDiagram(REWORK, name="Rework")
    map_.name_loop(["schedule pressure", "overtime", "work done", "work remaining"], "a name " * 12)
    player = map_.play("B1")
    page = bare_page(player._esm, player._css, held(player), width=390).page
    expect(said(page)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_loop_is_told_link_by_link(
    rework: CausalLoopDiagram, opened: Callable[[LoopPlayer], BarePage]
) -> None:
    page = opened(rework.play("R1", begin="overtime")).page
    expect(said(page)).to_have_text("It begins with more overtime.")
    onward = page.get_by_role("button", name="Next")
    onward.click()
    expect(said(page)).to_have_text("More overtime → more tiredness, after a while.")
    expect(page.locator(".cs-player-beside")).to_have_text("On the map: Weeks later.")
    expect(page.locator("[aria-current=step]")).to_have_text("▲more tiredness, after a while")
    lit = page.locator("[data-from].cs-now")
    expect(lit).to_have_count(1)
    expect(lit).to_have_attribute("data-to", "tiredness")
    for _ in range(4):
        onward.click()
    expect(said(page)).to_have_text(
        "More schedule pressure → even more overtime. So overtime rises further: reinforcing."
    )
    expect(onward).to_have_attribute("aria-disabled", "true")
    onward.press("Enter")  # there is nothing more
    expect(page.locator(".cs-player")).to_have_attribute("data-step", "5")


def test_what_goes_down_has_its_arrow_down(
    rework: CausalLoopDiagram, opened: Callable[[LoopPlayer], BarePage]
) -> None:
    page = opened(rework.play("B1", begin="work done")).page
    page.locator(".cs-player-map").press("End")
    expect(badge(page, "work_remaining")).to_have_attribute("data-way", "down")
    expect(badge(page, "schedule_pressure")).to_have_attribute("data-way", "down")
    expect(badge(page, "work_done")).to_have_attribute("data-way", "down")
    expect(said(page)).to_have_text(
        "Less overtime → less work done. So work done is held back: balancing."
    )
    page.get_by_role("button", name="less work done", exact=False).first.click()
    page.locator(".cs-player-map").press("End")
    expect(said(page)).to_have_text(
        "More overtime → more work done. So work done is lifted again: balancing."
    )


def test_the_page_tells_every_loop_as_python_does(
    rework: CausalLoopDiagram, opened: Callable[[LoopPlayer], BarePage]
) -> None:
    bare = opened(rework.play())
    for loop in rework.loops():
        for begin in loop.variables:
            for up in (True, False):
                bare.answer(loop=loop.name, begin=begin, up=up)
                steps = [text.strip("▲▼?\n") for text in told(bare.page)]
                line = rework.story(loop.name, begin, up).describe()
                assert line.startswith(f"{loop.name} (")
                assert f": {' → '.join(steps)}. " in line


def test_a_link_without_a_sign_ends_what_can_be_told(
    opened: Callable[[LoopPlayer], BarePage],
) -> None:
    map_ = CausalLoopDiagram("praise -> effort: +\neffort -> results: ?\nresults -> praise: +")
    page = opened(map_.play()).page
    onward = page.get_by_role("button", name="Next")
    onward.click()
    onward.click()
    expect(said(page)).to_have_text(
        "More effort → more or less results. This link has no sign yet, so from here on it cannot "
        "be told."
    )
    expect(badge(page, "results")).to_have_attribute("data-way", "?")
    onward.click()
    expect(page.locator(".cs-player-beside")).to_have_text(
        "A link on the way has no sign yet, so the story cannot say how it comes back."
    )


def test_everything_is_done_with_the_keys(
    rework: CausalLoopDiagram, opened: Callable[[LoopPlayer], BarePage]
) -> None:
    bare = opened(rework.play())
    player, map_ = bare.page.locator(".cs-player"), bare.page.locator(".cs-player-map")
    map_.press("ArrowRight")
    map_.press("ArrowRight")
    expect(player).to_have_attribute("data-step", "2")
    map_.press("ArrowLeft")
    expect(player).to_have_attribute("data-step", "1")
    map_.press("End")
    expect(player).to_have_attribute("data-step", "4")
    map_.press("Home")
    expect(player).to_have_attribute("data-step", "0")
    map_.press("2")
    expect(bare.page.locator(".cs-player-heading")).to_have_text(
        "R1 (reinforcing: it feeds itself)"
    )
    map_.press(" ")
    expect(bare.page.get_by_role("button", name="Pause")).to_be_visible()
    map_.press(" ")
    expect(bare.page.get_by_role("button", name="Play")).to_be_visible()
    choice = bare.page.get_by_label("Begin at")
    choice.focus()
    choice.press("ArrowDown")  # the list's own key, not a step of the story
    expect(player).to_have_attribute("data-step", "0")
    assert bare.saved()[-1]["begin"] == "overtime"


def test_it_plays_at_the_pace_chosen_and_waits_longer_for_a_delay(
    page: Page, rework: CausalLoopDiagram, opened: Callable[[LoopPlayer], BarePage]
) -> None:
    page.clock.install()
    opened(rework.play("R1", begin="schedule pressure"))
    player = page.locator(".cs-player")
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 60)
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(2900)
    expect(player).to_have_attribute("data-step", "0")
    expect(page.locator(".cs-player-dot")).to_have_attribute("visibility", "visible")
    page.clock.run_for(200)
    expect(player).to_have_attribute("data-step", "1")
    page.clock.run_for(8000)  # tiredness comes after a while: three times as long
    expect(player).to_have_attribute("data-step", "1")
    page.clock.run_for(1500)
    expect(player).to_have_attribute("data-step", "2")
    page.get_by_label("Pace").select_option("brisk")
    page.clock.run_for(12_000)
    expect(player).to_have_attribute("data-step", "5")
    expect(page.get_by_role("button", name="Again")).to_be_visible()
    expect(page.locator(".cs-player-dot")).to_have_attribute("visibility", "hidden")


def test_nothing_travels_for_who_asked_for_stillness(
    page: Page, rework: CausalLoopDiagram, opened: Callable[[LoopPlayer], BarePage]
) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.clock.install()
    opened(rework.play("R1"))
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 60)
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(1500)
    expect(page.locator(".cs-player-dot")).to_have_attribute("visibility", "hidden")
    page.clock.run_for(2000)
    expect(page.locator(".cs-player")).to_have_attribute("data-step", "1")


def test_whoever_takes_a_step_by_hand_stops_the_playing(
    page: Page, rework: CausalLoopDiagram, opened: Callable[[LoopPlayer], BarePage]
) -> None:
    page.clock.install()
    opened(rework.play("R1"))
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 60)
    page.get_by_role("button", name="Play").click()
    page.get_by_role("button", name="Next").click()
    page.clock.run_for(20_000)
    expect(page.locator(".cs-player")).to_have_attribute("data-step", "1")


def test_a_click_on_the_map_chooses_the_loop_and_the_beginning(
    rework: CausalLoopDiagram, opened: Callable[[LoopPlayer], BarePage]
) -> None:
    page = opened(rework.play("B1")).page
    page.locator('[data-loop="R1"] text').first.click()
    expect(page.locator(".cs-player-heading")).to_have_text("R1 (reinforcing: it feeds itself)")
    page.locator('[data-variable="mistakes"] text').click()
    expect(said(page)).to_have_text("It begins with more mistakes.")


def test_a_finger_taps_its_way_through(rework: CausalLoopDiagram, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    player = rework.play("R1")
    page.set_content("<main id=here></main>")
    page.add_style_tag(content=player._css)
    page.evaluate(
        """async ([script, state]) => {
          const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
          const model = { get: (k) => state[k], set: (k, v) => { state[k] = v; },
            on() {}, off() {}, save_changes() {} };
          const widget = (await import(address)).default;
          widget.render({ model, el: document.getElementById("here") });
        }""",
        [player._esm, held(player)],
    )
    page.get_by_role("button", name="Next").tap()
    expect(page.locator(".cs-player")).to_have_attribute("data-step", "1")
    page.locator(".cs-player-story button").nth(3).tap()
    expect(page.locator(".cs-player")).to_have_attribute("data-step", "3")
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, select')].filter((b) => b.offsetParent)
          .filter((b) => b.offsetHeight < 32 || b.offsetWidth < 32).map((b) => b.outerHTML)"""
    )
    assert small == []
    context.close()


def test_two_views_of_one_player_stay_in_step(
    rework: CausalLoopDiagram, opened: Callable[[LoopPlayer], BarePage]
) -> None:
    page = opened(rework.play("R1")).page
    page.evaluate(
        """async () => {
          const second = document.createElement("div");
          document.body.append(second);
          (await import("/widget.js")).default.render({ model: window.fakeModel, el: second });
        }"""
    )
    page.get_by_role("button", name="Next").first.click()
    for place in (0, 1):
        expect(page.locator(".cs-player").nth(place)).to_have_attribute("data-step", "1")
        expect(said(page).nth(place)).to_contain_text("More schedule pressure → more overtime.")
    page.evaluate("() => window.close_widget()")
    expect(page.locator(".cs-player")).to_have_count(1)


def test_a_motion_is_shown_step_by_step_on_the_map_and_in_a_table(
    rework: CausalLoopDiagram, opened: Callable[[LoopPlayer], BarePage]
) -> None:
    page = opened(rework.play("B1", begin="overtime")).page
    page.get_by_role("button", name="Push a variable").click()
    expect(page.get_by_role("combobox", name="Push", exact=True)).to_have_value("overtime")
    map_ = page.locator(".cs-player-map")
    expect(said(page)).to_contain_text("Step 0. Higher: overtime; as before:")
    map_.press("ArrowRight")
    expect(said(page)).to_contain_text("Step 1. Higher: overtime, work done, tiredness;")
    map_.press("ArrowRight")
    # Fewer left to do by what was done, more mistakes: step 2 of one pulse.
    row = page.get_by_role("row", name="work remaining")
    expect(row.get_by_role("cell")).to_have_text(["lower", "−1", "↕ now higher, now lower"])
    expect(badge(page, "work_remaining")).to_have_attribute("data-way", "down")
    page.get_by_label("Work it out as").select_option("press")
    expect(page.get_by_role("button", name="Next")).to_be_hidden()
    expect(page.get_by_role("row", name="tiredness")).to_contain_text("↑ sure")
    page.get_by_role("button", name="Compare five ways").click()
    expect(badge(page, "work_remaining")).to_have_attribute("data-way", "≠")
    expect(page.get_by_role("row", name="work remaining")).to_contain_text("they disagree")


def test_what_another_way_takes_for_granted_is_always_in_sight(
    rework: CausalLoopDiagram, opened: Callable[[LoopPlayer], BarePage]
) -> None:
    player = rework.play()
    bare = opened(player)
    label = bare.page.get_by_role("note")
    for way in player.payload["ways"]:
        bare.answer(way=way["name"])
        expect(label).to_be_visible()
        expect(label).to_contain_text(way["is_not"])
        expect(label).to_contain_text("A map cannot say what will happen")


def test_a_way_is_named_plainly_and_in_the_words_of_the_field(
    rework: CausalLoopDiagram, opened: Callable[[LoopPlayer], BarePage]
) -> None:
    bare = opened(rework.play())
    bare.answer(way="press")
    page = bare.page
    chosen = page.get_by_label("Work it out as").locator("option:checked")
    expect(chosen).to_have_text("A push that lasts")
    expect(
        page.get_by_text("The field calls it: press prediction, or loop analysis.")
    ).to_be_visible()
    expect(page.locator(".cs-player-asked")).to_contain_text("You push a little and for good.")
    page.get_by_text("In the field’s own words").click()
    expect(page.get_by_role("note")).to_contain_text("Press prediction takes for granted")


def test_on_a_touch_screen_the_help_names_gestures(
    page: Page, rework: CausalLoopDiagram, opened: Callable[[LoopPlayer], BarePage]
) -> None:
    page.add_init_script(COARSE)
    opened(rework.play())
    help_ = page.locator(".cs-player > .cs-note").last
    expect(help_).to_contain_text("Tap a line of the story to go there.")
    expect(help_).not_to_contain_text("Keys")


def test_a_map_wider_than_a_phone_says_so(bare_page: Open) -> None:
    names = [f"a long name, number {place}" for place in range(14)]
    map_ = CausalLoopDiagram()
    for place, name in enumerate(names):
        map_.link(name, names[(place + 1) % 14], "+")
    player = map_.play()
    page = bare_page(player._esm, player._css, held(player), width=390).page
    place = page.locator(".cs-player-map .cs-map-place")
    expect(page.get_by_text("There is more of this picture")).to_be_visible()
    before = place.evaluate("(e) => e.scrollLeft")
    place.press("ArrowRight")  # the map's own key, not a step
    page.wait_for_function(
        "before => document.querySelector('.cs-map-place').scrollLeft !== before", arg=before
    )
    expect(page.locator(".cs-player")).to_have_attribute("data-step", "0")
    page.get_by_role("button", name="See all of it").click()
    assert place.evaluate("(e) => e.scrollWidth <= e.clientWidth")


def test_the_kernel_is_asked_about_another_variable(
    rework: CausalLoopDiagram, opened: Callable[[LoopPlayer], BarePage]
) -> None:
    player = rework.play()
    bare = opened(player)
    bare.page.get_by_role("button", name="Push a variable").click()
    bare.page.get_by_role("combobox", name="Push", exact=True).select_option("mistakes")
    bare.page.get_by_role("button", name="fewer mistakes").click()
    asked = bare.saved()[-1]
    assert (asked["pressed"], asked["pressed_up"]) == ("mistakes", False)
    expect(said(bare.page)).to_have_text("Asking what fewer mistakes sets going …")
    player.way, player.pressed, player.pressed_up = "one pulse", "mistakes", False
    bare.answer(answer=player.answer)
    expect(said(bare.page)).to_contain_text("Step 0. Lower: mistakes;")


def test_an_answer_that_does_not_come_is_said(
    page: Page, rework: CausalLoopDiagram, opened: Callable[[LoopPlayer], BarePage]
) -> None:
    page.clock.install()
    player = rework.play()
    player.way = "press"
    opened(player)
    page.get_by_role("combobox", name="Push", exact=True).select_option("mistakes")
    page.clock.run_for(9000)
    expect(page.locator(".cs-player-choices .cs-note")).to_have_text(
        "No answer yet. A large map takes its time; if the kernel is not running, run the cell "
        "again."
    )


def test_a_map_without_a_loop_says_so_and_can_be_pressed(
    opened: Callable[[LoopPlayer], BarePage],
) -> None:
    page = opened(CausalLoopDiagram("rain -> river: +\nriver -> bridge use: -").play()).page
    expect(page.get_by_role("button", name="Tell a loop")).to_have_count(0)
    expect(page.get_by_text("There is no loop on this map")).to_be_visible()
    expect(said(page)).to_have_text("More rain: all ways agree on 3 of 3 variables.")


def test_words_stay_words(opened: Callable[[LoopPlayer], BarePage]) -> None:
    map_ = CausalLoopDiagram(name="<b>A map</b>")
    map_.link("<i>praise</i>", "</svg><img src=x>effort", "+", reason="<u>we saw it</u>")
    map_.link("</svg><img src=x>effort", "<i>praise</i>", "+")
    page = opened(map_.play()).page
    page.get_by_role("button", name="Next").click()
    expect(said(page)).to_have_text("More <i>praise</i> → more </svg><img src=x>effort.")
    page.get_by_role("button", name="Compare five ways").click()
    expect(page.get_by_role("row", name="<i>praise</i>").first).to_be_visible()
    expect(page.locator(".cs-player").locator("b, i:not(.cs-player-bar i), u, img")).to_have_count(
        0
    )


def test_a_saved_page_needs_nobody(page: Page, rework: CausalLoopDiagram, tmp_path: Path) -> None:
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    address = rework.play("R1").save(tmp_path / "rework.html").as_uri()
    page.goto(address)
    page.get_by_role("button", name="Next").click()
    expect(said(page)).to_have_text("More schedule pressure → more overtime.")
    page.get_by_role("button", name="Push a variable").click()
    page.get_by_role("combobox", name="Push", exact=True).select_option("mistakes")
    page.get_by_role("button", name="fewer mistakes").click()
    expect(said(page)).to_contain_text("Step 0. Lower: mistakes;")
    assert (asked, complaints) == ([address], [])


def test_a_saved_page_says_what_it_cannot_do(page: Page, tmp_path: Path) -> None:
    map_ = CausalLoopDiagram()
    for place in range(16):
        map_.link(f"thing {place}", f"thing {(place + 1) % 16}", "+")
    page.goto(map_.play().save(tmp_path / "ring.html").as_uri())
    page.get_by_role("button", name="Push a variable").click()
    expect(page.get_by_role("combobox", name="Push", exact=True).locator("option")).to_have_text(
        ["thing 0"]
    )
    expect(page.locator(".cs-player-switch").filter(has_text="thing 0").last).not_to_contain_text(
        "less"
    )
    expect(page.get_by_text("This page stands alone")).to_be_visible()


def test_of_a_large_map_the_told_loop_is_seen_closely(page: Page, tmp_path: Path) -> None:
    map_ = CausalLoopDiagram()
    for place in range(60):
        map_.link(f"stock {place}", f"flow {place}", "+")
        map_.link(f"flow {place}", f"stock {place}", "-")
        map_.link(f"stock {(place + 1) % 60}", f"flow {place}", "+")
    page.goto(map_.play().save(tmp_path / "large.html").as_uri())
    expect(page.get_by_text("nothing was pushed before it was saved")).to_be_visible()
    expect(page.get_by_role("button", name="Compare five ways")).to_have_count(0)
    for _ in range(2):
        word = page.locator(".cs-player-map [data-variable].cs-now text")
        box, room = word.bounding_box(), page.locator(".cs-player-map").bounding_box()
        assert box
        assert room
        assert box["height"] > 12  # letters that can be read
        assert room["x"] < box["x"] < room["x"] + room["width"]
        page.get_by_role("button", name="Next").click()
