"""The presenter on a bare page: a clicker, a sketch, a curve that grows, keys, the notes window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from cstools import StockFlow, facets
from cstools.widgets.part import held
from cstools.widgets.presenter import Presentation
from cstools.widgets.presenter.steps import Discuss, Loops, Predict, Reveal, Tell

from .conftest import COARSE, PATIENCE, BarePage

Open = Callable[..., BarePage]


@cache
def bath() -> StockFlow:
    model = StockFlow("A bath", stop=16, dt=0.125, time_units="minute")
    model.stock("water", 40, units="litre", between=(0, 100))
    model.flow("tap", "opening", into="water", units="litre/minute")
    model.flow("drain", "water / emptying time", out_of="water", units="litre/minute")
    model.constant("opening", 12, units="litre/minute", between=(0, 30))
    model.constant("emptying time", 8, units="minute", between=(2, 20))
    return model


def presented(slowly: bool = False) -> Presentation:
    stage: Presentation = bath().present(
        steps=[
            Tell("Ana runs a bath.", title="A bath", minutes=2, notes="Secret: bring a bowl."),
            Predict("What will the water do?"),
            Reveal("water", slowly=slowly),
            Loops(),
            Discuss(["What holds it back?", "And at home?"]),
        ],
        scenarios={"tap shut": {"opening": 0}, "slow drain": {"emptying time": 16}},
        notes="Secret: say that it is made up.",
    )
    return stage


@pytest.fixture
def opened(bare_page: Open) -> Callable[..., BarePage]:
    def open_(stage: Presentation | None = None, **options: int) -> BarePage:
        shown = stage or presented()
        return bare_page(shown._esm, shown._css, held(shown), **options)

    return open_


def stage_of(page: Page) -> Locator:
    return page.locator(".cs-presenter")


def at(page: Page, step: int, beat: int = 0) -> None:
    expect(stage_of(page)).to_have_attribute("data-step", str(step))
    expect(stage_of(page)).to_have_attribute("data-beat", str(beat))


def present_it(page: Page) -> None:
    page.get_by_role("button", name="Present", exact=True).click()
    expect(page.locator("dialog.cs-presenter-dialog")).to_be_visible()


def test_a_clicker_goes_through_the_whole_presentation(opened: Callable[..., BarePage]) -> None:
    page = opened().page
    present_it(page)
    places = [(1, 0), (2, 0), (3, 0), (3, 1), (4, 0), (4, 1), (5, 0), (5, 1), (5, 2), (5, 2)]
    for step, beat in places:
        at(page, step, beat)
        page.keyboard.press("PageDown")
    for step, beat in reversed(places[:-2]):
        page.keyboard.press("PageUp")
        at(page, step, beat)
    for key, place in (("End", 5), ("Home", 1), (" ", 2), ("ArrowLeft", 1), ("ArrowRight", 2)):
        page.keyboard.press(key)
        at(page, place)


def test_the_stage_fills_the_window_and_escape_leaves_it(opened: Callable[..., BarePage]) -> None:
    page = opened().page
    page.evaluate("delete Element.prototype.requestFullscreen")  # as where it is not allowed
    present_it(page)
    box = stage_of(page).bounding_box()
    assert box == {"x": 0, "y": 0, "width": 1280, "height": 900}
    page.keyboard.press("PageDown")
    page.keyboard.press("l")
    page.keyboard.press("Escape")
    expect(page.get_by_role("group", name="Steps", exact=True)).to_be_hidden()
    expect(page.locator("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator("#here > .cs-presenter")).to_be_visible()
    expect(page.get_by_role("button", name="Present", exact=True)).to_be_focused()
    at(page, 2)


def test_where_the_browser_allows_it_the_stage_fills_the_screen(
    opened: Callable[..., BarePage],
) -> None:
    page = opened().page
    present_it(page)
    page.wait_for_function("document.fullscreenElement?.classList.contains('cs-presenter')")
    page.evaluate("document.exitFullscreen()")  # what a browser does at Escape
    expect(page.locator("dialog")).to_have_count(0)


def test_type_is_large_on_the_stage(opened: Callable[..., BarePage]) -> None:
    page = opened().page
    present_it(page)
    page.keyboard.press("PageDown")
    for part in (".cs-stage-question", ".cs-stage-title"):
        size = page.locator(part).evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
        assert size >= 24
    # A number on the grid, as it stands on the screen: a line of 12 px, so many times larger.
    height = page.locator(".cs-paper text").last.evaluate("e => e.getBoundingClientRect().height")
    assert height >= 18


def test_what_is_drawn_lies_under_the_run_and_python_hears_of_it(
    opened: Callable[..., BarePage],
) -> None:
    bare = opened()
    page = bare.page
    present_it(page)
    page.keyboard.press("PageDown")
    box = page.locator(".cs-paper").bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 140, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 30, middle, steps=6)
    page.mouse.up()
    expect(page.get_by_text("9 of 9 points drawn.")).to_be_visible()
    page.wait_for_function("Object.keys(window.fakeModel.saved.at(-1)?.sketches || {}).length")
    points = bare.saved()[-1]["sketches"]["water"]
    assert [time for time, _ in points] == [0, 2, 4, 6, 8, 10, 12, 14, 16]
    assert len({value for _, value in points}) == 1  # a level line, wherever the grid is
    page.keyboard.press("PageDown")  # a point of the sketch has the focus
    at(page, 3)
    expect(page.get_by_text("what you drew")).to_be_visible()


def test_the_run_is_hidden_until_it_is_revealed(opened: Callable[..., BarePage]) -> None:
    page = opened().page
    page.keyboard.press("Tab")
    for step in (1, 2):
        at(page, step)
        expect(page.locator(".cs-stage-canvas")).to_have_count(0)
        expect(page.get_by_text("Water rises")).to_have_count(0)
        page.locator(".cs-stage").press("1")
        expect(page.locator(".cs-stage-note")).to_contain_text("where a run is shown")
        page.locator(".cs-stage").press("ArrowRight")
    at(page, 3)
    expect(page.locator(".cs-stage-canvas")).to_be_visible()
    expect(page.locator(".cs-stage-sentence")).to_be_hidden()
    page.locator(".cs-stage").press("ArrowRight")
    expect(page.locator(".cs-stage-sentence")).to_contain_text("Water rises from 40")


def test_a_curve_grows_and_next_brings_it_to_its_end(opened: Callable[..., BarePage]) -> None:
    page = opened(presented(slowly=True)).page
    stage = page.locator(".cs-stage")
    stage.press("ArrowRight")
    stage.press("ArrowRight")
    expect(page.locator(".cs-presenter.cs-drawing")).to_be_visible()
    assert float(stage_of(page).get_attribute("data-drawn") or 1) < 1
    stage.press("ArrowRight")
    at(page, 3, 1)
    expect(stage_of(page)).to_have_attribute("data-drawn", "1.00")
    stage.press("r")
    at(page, 3, 0)
    expect(page.locator(".cs-presenter.cs-drawing")).to_be_visible()


def test_whoever_wants_little_movement_sees_the_curve_at_once(
    opened: Callable[..., BarePage], page: Page
) -> None:
    page.emulate_media(reduced_motion="reduce")
    opened(presented(slowly=True))
    for _ in range(2):
        page.locator(".cs-stage").press("ArrowRight")
    at(page, 3)
    expect(stage_of(page)).to_have_attribute("data-drawn", "1.00")
    expect(page.locator(".cs-presenter.cs-drawing")).to_have_count(0)


def test_a_digit_draws_a_scenario_in_the_page(opened: Callable[..., BarePage]) -> None:
    bare = opened()
    page = bare.page
    bare.answer(step=3)
    stage = page.locator(".cs-stage")
    for key, ends in (("1", bath().run({"opening": 0})), ("2", bath().run({"emptying time": 16}))):
        stage.press(key)
        expect(
            page.locator(f".cs-stage-scenarios button:has(kbd:text('{key}'))")
        ).to_have_attribute("aria-pressed", "true")
        shown = page.evaluate("JSON.parse(document.querySelector('.cs-presenter').dataset.last)")
        # The same arithmetic in the same order, so only the last bits may differ.
        assert shown["water"] == pytest.approx(float(ends["water"][-1]), rel=1e-12)
        expect(page.locator(".cs-stage-sentence")).to_have_text(ends.describe("water"))
        name = "tap shut" if key == "1" else "slow drain"
        expect(page.locator(".cs-stage > [aria-live]")).to_have_text(
            f"Scenario: {name}. {ends.describe('water')}"
        )
    stage.press("0")
    expect(page.locator(".cs-stage-sentence")).to_have_text(bath().run().describe("water"))
    expect(page.locator(".cs-stage > [aria-live]")).to_contain_text("Scenario: as it is. Water")
    stage.press("7")
    expect(page.locator(".cs-stage-note")).to_have_text("There is no scenario 7; there are 2.")


def test_sliders_come_when_they_are_asked_for(opened: Callable[..., BarePage]) -> None:
    bare = opened()
    page = bare.page
    bare.answer(step=3)
    slider = page.get_by_role("slider", name="opening (litre/minute)", exact=True)
    expect(slider).to_be_hidden()
    page.locator(".cs-stage").press("s")
    slider.focus()
    page.keyboard.press("Home")
    page.wait_for_function("window.fakeModel.saved.at(-1)?.values.opening === 0")
    slider.press("ArrowUp")  # the slider's own key, not a step
    at(page, 3)
    page.keyboard.press("PageDown")  # a clicker's, wherever the focus is
    at(page, 3, 1)
    expect(page.locator(".cs-stage-sentence")).to_contain_text("In short: Water goes from 40")
    page.keyboard.press("PageDown")
    at(page, 4)
    page.keyboard.press("PageDown")  # the slider that had the focus is gone
    at(page, 4, 1)


def test_on_a_phone_the_sliders_stand_below_the_sentence(opened: Callable[..., BarePage]) -> None:
    bare = opened(width=390)
    page = bare.page
    bare.answer(step=3, beat=1)
    present_it(page)
    page.keyboard.press("s")
    boxes = [
        page.locator(part).bounding_box()
        for part in (".cs-stage-key", ".cs-stage-canvas", ".cs-stage-sentence", ".cs-stage-desk",
                     ".cs-stage-scenarios")
    ]  # fmt: skip
    for above, below in pairwise(boxes):
        assert above
        assert below
        assert above["y"] + above["height"] <= below["y"] + 1
    assert boxes[1]
    assert boxes[1]["height"] > 200
    last = page.get_by_role("slider", name="emptying time (minute)", exact=True)
    last.scroll_into_view_if_needed()


def test_the_stage_can_be_dark(opened: Callable[..., BarePage]) -> None:
    bare = opened()
    page = bare.page
    page.locator(".cs-stage").press("b")
    dark = page.get_by_role("button", name="The stage is dark: press any key")
    expect(dark).to_be_visible()
    assert bare.saved()[-1]["black"] is True
    page.keyboard.press("PageDown")  # light again, and no step is lost
    expect(dark).to_be_hidden()
    at(page, 1)
    for key in ("x", "Enter", " ", "ArrowRight"):  # any key
        page.get_by_role("button", name="Black out").click()
        expect(dark.locator("span")).to_have_text("press any key")
        page.keyboard.press(key)
        expect(dark).to_be_hidden()
        at(page, 1)


def test_the_steps_can_be_chosen_from_a_list(opened: Callable[..., BarePage]) -> None:
    page = opened().page
    page.locator(".cs-stage").press("l")
    expect(page.get_by_role("button", name="1. A bath")).to_be_focused()
    page.get_by_role("button", name="4. The loops").click()
    at(page, 4)
    page.get_by_role("button", name="Help", exact=True).click()
    expect(page.get_by_role("group", name="Help")).to_contain_text("draw a scenario")


def test_loops_and_questions_come_one_by_one(opened: Callable[..., BarePage]) -> None:
    bare = opened()
    page = bare.page
    bare.answer(step=4)
    expect(page.locator(".cs-stage-question")).to_have_text("B1 (balancing)")
    expect(page.locator(".cs-stage-map [data-variable]")).to_have_count(2)
    expect(page.locator(".cs-stage-counter")).to_have_text("4 / 5 · loop 1 of 1")
    page.locator(".cs-stage").press("ArrowRight")
    expect(page.locator(".cs-stage-map [data-variable]")).to_have_count(3)
    expect(page.locator(".cs-stage > [aria-live]")).to_have_text(
        "The whole map. The last link is in none of these loops: tap → water (+)."
    )
    page.locator(".cs-stage").press("ArrowRight")
    expect(page.get_by_text("What holds it back?").first).to_be_visible()
    expect(page.locator("li", has_text="And at home?")).to_be_hidden()
    page.locator(".cs-stage").press("ArrowRight")
    expect(page.locator("li", has_text="And at home?")).to_be_visible()


def with_questions() -> Presentation:
    steps = [Reveal("fish"), Loops(), Discuss(["Who is to blame?"])]
    stage: Presentation = facets.world.shared_pond().present(steps)
    return stage


def test_a_map_is_large_while_it_is_small_and_its_loops_can_be_skipped(
    opened: Callable[..., BarePage],
) -> None:
    for width in (1280, 390):
        bare = opened(with_questions(), width=width)
        page = bare.page
        bare.answer(step=2)
        expect(page.locator(".cs-stage-counter")).to_have_text("2 / 3 · loop 1 of 7")
        # Two words and two links: nothing is kept free for the other loops.
        place = page.locator(".cs-stage-map .cs-map-place")
        room, drawn = place.bounding_box(), page.locator(".cs-stage-map svg").bounding_box()
        assert room
        assert drawn
        assert drawn["width"] > 0.5 * room["width"]
        expect(page.get_by_text("There is more of this picture")).to_be_hidden()
        page.locator(".cs-stage").press("ArrowRight")
        expect(page.locator(".cs-stage-counter")).to_have_text("2 / 3 · loop 2 of 7")
        page.get_by_role("button", name="Skip the other loops").click()
        at(page, 3)
        page.locator(".cs-stage").press("ArrowLeft")
        at(page, 2, 6)
        expect(page.get_by_role("button", name="Skip the other loops")).to_be_hidden()
        bare.answer(step=2, beat=1)
        page.locator(".cs-stage").press("Shift+ArrowRight")
        at(page, 3)


def test_a_question_about_the_map_stands_beside_it(opened: Callable[..., BarePage]) -> None:
    steps = [Tell("A tub."), Discuss("Whose name?", title="And now?", map=True)]
    page = opened(bath().present(steps=steps)).page
    page.locator(".cs-stage").press("ArrowRight")
    expect(page.locator(".cs-stage-map [data-variable]").first).to_be_visible()
    expect(page.locator(".cs-stage-canvas")).to_have_count(0)
    expect(page.locator(".cs-stage > [aria-live]")).to_have_text(
        "Step 2 of 2: And now? Whose name?"
    )
    page.locator(".cs-stage").press("ArrowRight")
    expect(page.locator(".cs-stage-sentence")).to_contain_text("Water rises from 40")


def test_notes_are_in_a_window_of_their_own_and_keep_in_step(
    opened: Callable[..., BarePage], picture: Callable[[Page, str], None]
) -> None:
    page = opened().page
    expect(page.get_by_text("Secret")).to_have_count(0)
    with page.expect_popup() as asked:
        page.locator(".cs-stage").press("n")
    notes = asked.value
    expect(notes.get_by_text("Secret: bring a bowl.")).to_be_visible()
    expect(notes.get_by_text("Secret: say that it is made up.")).to_be_visible()
    notes.get_by_role("button", name="Next").click()
    at(page, 2)
    expect(notes.locator(".cs-notes-where")).to_have_text("2 of 5: Predict")
    notes.keyboard.press("PageDown")
    at(page, 3)
    page.locator(".cs-stage").press("End")
    expect(notes.locator(".cs-notes-where")).to_have_text("5 of 5: Discuss")
    notes.get_by_role("button", name="Start the clock").click()
    expect(notes.locator(".cs-notes-time")).to_contain_text("This step 0:01")
    notes.get_by_role("button", name="Set it to zero").click()
    expect(notes.get_by_role("button", name="Start the clock")).to_be_visible()
    picture(notes, "presenter-notes-window")
    with notes.expect_event("close"):
        page.evaluate("window.close_widget()")


def test_where_no_window_may_open_it_is_said(opened: Callable[..., BarePage]) -> None:
    page = opened().page
    page.evaluate("window.open = () => null")
    page.get_by_role("button", name="Notes").click()
    expect(page.locator(".cs-stage-note")).to_contain_text("The browser has not opened a window")


def test_a_page_without_notes_has_no_door_to_them(
    opened: Callable[..., BarePage],
) -> None:
    stage = presented()
    bare = [one | {"notes": "", "how": ""} for one in stage.payload["presented"]]
    stage.payload = stage.payload | {"presented": bare, "notes": ""}
    page = opened(stage).page
    expect(page.get_by_role("button", name="Help", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Notes")).to_have_count(0)
    page.locator(".cs-stage").press("n")
    expect(page.locator(".cs-stage-note")).to_have_text("There are no notes in this page.")


def pond() -> Presentation:
    stage: Presentation = facets.world.shared_pond().present([Reveal(("fish", "fleet")), Loops()])
    return stage


def test_a_long_sentence_is_one_line_and_the_rest_behind_more(
    opened: Callable[..., BarePage],
) -> None:
    bare = opened(pond())
    page = bare.page
    page.locator(".cs-stage").press("ArrowRight")
    line, whole = page.locator(".cs-stage-sentence"), page.locator(".cs-stage-whole")
    short = (
        "Fish: from 1,000 down to 347, at the end 400 tonnes. "
        "Fleet: from 5 up to 71.6, at the end 60 boats."
    )
    expect(line).to_have_text(short)
    expect(page.locator(".cs-stage > [aria-live]")).to_have_text(short)
    expect(whole).to_be_hidden()
    page.get_by_role("button", name="More", exact=True).click()
    expect(whole).to_contain_text("and settles there, after going past it (an overshoot)")
    page.locator(".cs-stage").press("m")
    expect(whole).to_be_hidden()


def test_on_a_phone_a_map_that_does_not_fit_says_so_and_is_seen_whole(
    opened: Callable[..., BarePage],
) -> None:
    bare = opened(pond(), width=390)
    page = bare.page
    bare.answer(step=2, beat=6)
    place = page.locator(".cs-stage-map .cs-map-place")
    expect(page.get_by_text("There is more of this picture")).to_be_visible()
    assert place.evaluate("(e) => e.scrollWidth > e.clientWidth")
    place.press("ArrowRight")  # the map's own key, not a step
    at(page, 2, 6)
    page.get_by_role("button", name="See all of it").click()
    assert place.evaluate("(e) => e.scrollWidth <= e.clientWidth")


def test_on_a_touch_screen_the_help_names_what_to_tap(
    opened: Callable[..., BarePage], page: Page
) -> None:
    page.add_init_script(COARSE)
    opened()
    page.get_by_role("button", name="Help", exact=True).click()
    expect(page.get_by_role("group", name="Help")).to_contain_text("tap it to go on")
    expect(page.get_by_role("group", name="Help")).not_to_contain_text("Page Down")


def test_two_views_keep_in_step(opened: Callable[..., BarePage]) -> None:
    page = opened().page
    page.evaluate(
        """() => import("/widget.js").then(({ default: widget }) => {
          const el = document.body.appendChild(document.createElement("div"));
          widget.render({ model: window.fakeModel, el }); })"""
    )
    views = page.locator(".cs-presenter")
    expect(views).to_have_count(2)
    views.nth(1).get_by_role("button", name="Next").click()
    for view in (views.nth(0), views.nth(1)):
        expect(view).to_have_attribute("data-step", "2")


@pytest.fixture
def alone(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A presentation saved to a file and opened from the disk, with no server."""
    path = presented().save(tmp_path / "bath.html")
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(path.as_uri())
    yield page
    context.close()
    assert complaints == []


def test_a_saved_page_presents_without_a_kernel(alone: Page) -> None:
    with alone.expect_popup() as asked:
        alone.get_by_role("button", name="Notes").click()
    present_it(alone)
    for _ in range(3):
        alone.keyboard.press("PageDown")
    expect(alone.locator(".cs-stage-sentence")).to_contain_text("Water rises from 40")
    expect(asked.value.locator(".cs-notes-where")).to_have_text("3 of 5: Reveal")
    alone.keyboard.press("1")
    expect(alone.locator(".cs-stage-sentence")).to_contain_text("Water falls from 40")
