"""The map editor alone in a page: drawn by mouse, finger and keys; loops found as one draws."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from cstools import CausalLoopDiagram
from cstools.causal_loops.plain import from_plain
from cstools.widgets.editor import edit
from cstools.widgets.part import held

from .conftest import BarePage
from .gallery.editor import REWORK
from .test_gallery import EVERYTHING

Opens = Callable[..., BarePage]
Picture = Callable[[Page, str], None]
TWO = "stress -> sleep: -\nsleep -> stress: -  # rest heals [source: Lyneis 2007]\nself: stress"


@pytest.fixture
def editor(bare_page: Opens) -> Opens:
    def show(text: str = "", alone: bool = False, **options: Any) -> BarePage:
        part = edit(CausalLoopDiagram(text, name=options.pop("name", "")))
        state = options.pop("state", held(part)) | ({"alone": True} if alone else {})
        return bare_page(part._esm, part._css, state, **options)

    return show


def told(widget: BarePage) -> CausalLoopDiagram:
    """The map that the page told its kernel last."""
    return from_plain(widget.page.evaluate("fakeModel.get('map')"))


def links(widget: BarePage) -> list[str]:
    return [f"{link}{' delayed' * link.delayed}" for link in told(widget).links]


def word(page: Page, name: str) -> Locator:
    return page.locator(f".cs-word[data-word='{name}']")


def centre(spot: Locator) -> tuple[float, float]:
    box = spot.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, spot: Locator, to: tuple[float, float]) -> None:
    page.mouse.move(*centre(spot))
    page.mouse.down()
    page.mouse.move(*to, steps=6)
    page.mouse.up()


def name_it(page: Page, name: str) -> None:
    box = page.get_by_label("Name of the variable")
    expect(box).to_be_focused()
    box.fill(name)
    box.press("Enter")
    expect(word(page, name)).to_be_visible()


def loops(page: Page) -> Locator:
    return page.locator(".cs-loop-button")


def test_a_map_is_drawn_by_mouse_from_an_empty_sheet(editor: Opens, picture: Picture) -> None:
    widget = editor()
    page = widget.page
    expect(page.get_by_text("Double-click or double-tap here")).to_be_visible()
    sheet = page.locator(".cs-drawing").bounding_box()
    assert sheet is not None
    for name, across in (("stress", 0.3), ("sleep", 0.7)):
        page.mouse.dblclick(sheet["x"] + sheet["width"] * across, sheet["y"] + 200)
        name_it(page, name)
    word(page, "stress").click()
    drag(page, page.locator(".cs-handle"), centre(word(page, "sleep")))
    page.get_by_text("− opposite", exact=True).click()
    page.get_by_role("button", name="Link", exact=True).first.click()  # the tool, not the panel
    expect(page.get_by_text("Press the cause, then the effect.")).to_be_visible()
    word(page, "sleep").click()
    word(page, "stress").click()
    page.get_by_role("button", name="− opposite way").click()
    expect(page.get_by_role("button", name="− opposite way")).to_be_hidden()
    page.get_by_text("it takes a while").click()
    expect(loops(page)).to_have_text(["R1 (reinforcing)stress → sleep → stress"])
    assert links(widget) == ["stress → sleep (−)", "sleep → stress (−) delayed"]
    x, y = told(widget).positions["stress"]
    drag(page, word(page, "stress"), (sheet["x"] + 100, sheet["y"] + 100))
    moved = told(widget).positions["stress"]
    assert moved[0] < x
    assert moved[1] < y
    picture(page, "editor-drawn-1280-light")


def test_a_map_is_drawn_and_mended_by_keys_alone(editor: Opens) -> None:
    widget = editor()
    page = widget.page
    page.get_by_role("button", name="+ Variable").press("Enter")
    name_it(page, "stress")
    expect(word(page, "stress")).to_be_focused()
    page.keyboard.press("n")
    name_it(page, "sleep")
    page.keyboard.press("l")
    page.keyboard.type("stress")
    page.keyboard.press("Enter")
    assert links(widget) == ["sleep → stress (?)"]
    page.keyboard.press("+")  # the sign is asked for at once
    assert links(widget) == ["sleep → stress (+)"]
    page.keyboard.press("Escape")
    expect(word(page, "sleep")).to_be_focused()
    word(page, "stress").focus()
    page.keyboard.press("l")
    page.keyboard.type("mistakes")  # is not there yet
    page.keyboard.press("Enter")
    word(page, "stress").focus()
    page.keyboard.press("]")
    expect(page.locator(".cs-tie:focus")).to_have_attribute("aria-label", "sleep → stress, plus")
    page.keyboard.press("-")
    page.keyboard.press("d")
    page.keyboard.press("r")
    assert links(widget) == ["stress → sleep (−) delayed", "stress → mistakes (?)"]
    page.keyboard.press("Delete")
    assert links(widget) == ["stress → mistakes (?)"]
    for _ in range(2):
        page.keyboard.press("Control+z")
    assert links(widget) == ["sleep → stress (−) delayed", "stress → mistakes (?)"]
    page.keyboard.press("Control+Shift+z")
    page.keyboard.press("Control+y")
    assert links(widget) == ["stress → mistakes (?)"]
    word(page, "mistakes").focus()
    before = told(widget).positions["mistakes"]
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    word(page, "stress").focus()  # what waited is told
    after = told(widget).positions["mistakes"]
    assert (after[0] - before[0], after[1] - before[1]) == pytest.approx((24, 40))
    page.keyboard.press("F2")
    page.keyboard.type("strain")
    page.keyboard.press("Enter")
    assert told(widget).variables == ("strain", "sleep", "mistakes")
    page.keyboard.press("Delete")
    assert told(widget).variables == ("sleep", "mistakes")
    assert page.locator(".cs-word:focus").count() == 1  # the keyboard is still on the paper


def test_tab_goes_from_variable_to_variable_and_out(editor: Opens) -> None:
    page = editor(TWO).page
    page.get_by_role("link", name="Skip the drawing").focus()
    seen = []
    for _ in range(3):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.dataset.word || 'out'"))
    assert seen == ["stress", "sleep", "out"]


def test_the_link_tool_asks_for_both_ends_and_a_word_pressed_twice_is_no_link(
    editor: Opens, picture: Picture
) -> None:
    widget = editor("stress -> mood: -\nsleep -> mood: +", width=390)
    page = widget.page
    tool = page.get_by_role("toolbar").get_by_role("button", name="Link")
    tool.click()
    word(page, "stress").click()
    word(page, "stress").click()
    expect(page.get_by_text("That is stress again, so no link is made.")).to_be_visible()
    assert len(links(widget)) == 2
    word(page, "sleep").click()  # the tool still waits for the effect
    assert links(widget)[2:] == ["stress → sleep (?)"]
    picture(page, "editor-asks-390-light")
    asked = page.get_by_text("When stress rises, does sleep move the same way?")
    expect(asked).to_be_visible()
    widget.answer(heard=page.evaluate("fakeModel.get('map').edit"))  # Python took it
    expect(asked).to_be_visible()
    word(page, "sleep").click()
    expect(asked).to_have_count(0)
    expect(page.get_by_role("button", name="+ same way")).to_be_hidden()
    shown = page.get_by_role("toolbar").get_by_role("button").all_text_contents()
    assert not {"+", "−", "-"} & set(shown)


def test_the_link_tool_begins_at_the_word_that_is_chosen(editor: Opens) -> None:
    widget = editor("stress -> mood: -\nsleep -> mood: +", width=390)
    page = widget.page
    word(page, "stress").click()
    page.get_by_role("toolbar").get_by_role("button", name="Link").click()
    expect(page.get_by_text("What does stress act on? Press it.")).to_be_visible()
    word(page, "sleep").click()
    assert links(widget)[2:] == ["stress → sleep (?)"]


def test_undo_and_redo_keep_the_keyboard_where_the_change_is(editor: Opens) -> None:
    page = editor(REWORK).page
    word(page, "overtime").focus()
    page.keyboard.press("l")
    page.keyboard.type("coffee")
    page.keyboard.press("Enter")  # the keyboard is at the signs of the new link
    page.keyboard.press("Control+z")
    expect(word(page, "coffee")).to_have_count(0)
    expect(word(page, "overtime")).to_be_focused()
    page.keyboard.press("Control+y")
    expect(word(page, "coffee")).to_be_focused()
    link = page.locator(".cs-tie[aria-label='schedule pressure → overtime, plus']")
    word(page, "overtime").focus()
    page.keyboard.press("]")
    expect(link).to_be_focused()
    page.keyboard.press("Delete")
    expect(link).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(link).to_be_focused()
    page.locator(".cs-details input[value='-']").first.focus()
    page.keyboard.press("Space")
    expect(link).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(link).to_be_focused()


def test_undo_on_an_empty_sheet_leaves_the_keyboard_on_the_paper(editor: Opens) -> None:
    page = editor().page
    page.get_by_role("button", name="+ Variable").press("Enter")
    name_it(page, "stress")
    page.keyboard.press("Control+z")
    expect(page.locator(".cs-drawing")).to_be_focused()
    page.keyboard.press("Control+y")
    expect(word(page, "stress")).to_be_focused()


def test_what_is_undone_is_said_without_the_advice_to_undo(editor: Opens) -> None:
    page = editor(TWO).page
    said = page.locator(".cs-unseen[role=status]")
    word(page, "sleep").focus()
    page.keyboard.press("Delete")
    expect(said).to_contain_text("sleep and its links are gone; Undo brings them back.")
    page.keyboard.press("Control+z")
    expect(said).to_have_text("Undone: sleep and its links are gone.")


def test_edits_that_python_leaves_unanswered_say_so_until_it_answers(editor: Opens) -> None:
    widget = editor(TWO)
    page = widget.page
    page.clock.install()
    line = page.locator(".cs-unfollowed")
    for name in ("tea", "rest"):  # one more edit does not wipe the line away
        word(page, "sleep").focus()
        page.keyboard.press("n")
        page.keyboard.type(name)
        page.keyboard.press("Enter")
        page.clock.run_for(5000)
        expect(line).to_contain_text("Python has not answered yet")
    widget.answer(heard=page.evaluate("fakeModel.get('map').edit"))
    expect(line).to_be_hidden()


def test_a_map_of_very_many_words_opens_where_it_can_be_read(editor: Opens) -> None:
    map_ = CausalLoopDiagram("\n".join(f"v{i} -> v{(i + 1) % 150}: +" for i in range(150)))
    for i, name in enumerate(map_.variables):
        map_.place(name, 300 * (i % 12), 200 * (i // 12))
    state = held(edit(map_))
    page = editor(state=state).page
    more = page.get_by_text("There is more of this map")
    expect(more).to_be_visible()
    page.get_by_role("button", name="Show all of it").click()
    expect(more).to_be_hidden()


def test_two_editors_on_a_page_share_no_radio_group_and_no_id(editor: Opens) -> None:
    page = editor(TWO).page
    other = edit(CausalLoopDiagram("noise -> rest: -\nrest -> noise: +"))
    page.evaluate(
        """async ([code, state]) => { // anywidget loads the code once more for every part
        const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
        const part = (await import(url)).default;
        const el = document.body.appendChild(document.createElement("div"));
        const none = () => {};
        const model = { get: (n) => state[n], set: none, save_changes: none, on: none, off: none };
        part.render({ model, el }); }""",
        [str(other._esm), held(other)],
    )
    for at in (0, 1):
        tie = page.locator(".cs-editor").nth(at)
        tie.locator(".cs-word").first.focus()
        page.keyboard.press("]")
        expect(tie.locator("input[type=radio]").first).to_be_attached()
    ids, names = page.evaluate(
        """() => [[...document.querySelectorAll("[id]")].map((one) => one.id),
        [...document.querySelectorAll(".cs-editor")].map((editor) =>
          [...editor.querySelectorAll("input[type=radio]")].map((one) => one.name))]"""
    )
    assert len(ids) == len(set(ids))
    assert names[0]
    assert names[1]
    assert not set(names[0]) & set(names[1])


def test_the_page_tidies_up_where_python_does_not_answer(editor: Opens) -> None:
    widget = editor(REWORK)
    page = widget.page
    page.clock.install()
    page.get_by_role("button", name="Tidy up").click()
    expect(page.get_by_text("Python looks for a good layout")).to_be_visible()
    page.clock.run_for(7000)
    expect(page.get_by_text("Python did not answer, so the page tidied up")).to_be_visible()
    expect(page.get_by_role("button", name="Undo")).to_be_enabled()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_map_opens_with_every_word_on_the_paper(editor: Opens, width: int) -> None:
    from benchmarks.drawing import map_of

    map_ = map_of(60, 100)
    for i, name in enumerate(map_.variables):  # pinned, so that no layout is looked for
        map_.place(name, 150 * (i % 8), 90 * (i // 8))
    for text in (REWORK, map_.to_text()):
        page = editor(text, width=width).page
        off = page.evaluate(
            """() => { const paper = document.querySelector(".cs-drawing").getBoundingClientRect();
            return [...document.querySelectorAll(".cs-word text")].filter((word) => {
              const at = word.getBoundingClientRect();
              return at.left < paper.left || at.right > paper.right
                || at.top < paper.top || at.bottom > paper.bottom; }).length; }"""
        )
        assert off == 0


def test_the_sign_that_a_loop_lacks_is_named(editor: Opens) -> None:
    page = editor("noise -> my patience: ?\nmy patience -> noise: -").page
    expect(page.get_by_text("1 loop: 1 not known yet")).to_be_visible()
    said = page.get_by_text("One sign is still missing: noise → my patience.")
    expect(said).to_be_visible()


def test_a_finger_draws_as_well(editor: Opens) -> None:
    widget = editor(TWO, width=390)
    page = widget.page
    touch = page.context.new_cdp_session(page)
    touch.send("Emulation.setTouchEmulationEnabled", {"enabled": True})

    def finger(kind: str, *points: tuple[float, float]) -> None:
        at = [{"x": x, "y": y} for x, y in points]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

    x, y = centre(word(page, "stress"))
    scale = "document.querySelector('.cs-drawing > g').transform.baseVal[0].matrix.a"
    was = told(widget).variables, page.evaluate("fakeModel.get('map').variables[0].x")
    finger("touchStart", (x, y))
    for step in range(1, 6):
        finger("touchMove", (x + 8 * step, y + 10 * step))
    finger("touchEnd")
    moved = page.evaluate("fakeModel.get('map').variables[0].x") - was[1]
    assert moved == pytest.approx(40 / page.evaluate(scale), abs=0.2)  # kept to a tenth
    sheet = page.locator(".cs-drawing").bounding_box()
    assert sheet is not None
    corner = sheet["x"] + 70, sheet["y"] + 40
    for _ in range(2):
        finger("touchStart", corner)
        finger("touchEnd")
    name_it(page, "rest")
    before = page.evaluate(scale)
    middle = sheet["y"] + 330
    finger("touchStart", (120, middle), (180, middle))
    finger("touchMove", (90, middle), (210, middle))
    finger("touchEnd")
    assert page.evaluate(scale) > 1.3 * before


def test_loops_are_told_lit_and_named(editor: Opens, picture: Picture) -> None:
    widget = editor(REWORK, name="Rework")
    page = widget.page
    loops(page).nth(1).click()
    story = page.locator(".cs-story")
    expect(story).to_contain_text("B2 (balancing): more schedule pressure → more overtime")
    expect(page.locator(".cs-tie.cs-lit")).to_have_count(4)
    picture(page, "editor-loop-1280-light")
    page.get_by_label("Its name").fill("overtime helps")
    page.get_by_label("Its name").press("Enter")
    expect(loops(page).nth(1)).to_contain_text("B2 “overtime helps” (balancing)")
    expect(page.locator(".cs-round", has_text="overtime helps")).to_have_count(1)
    assert told(widget).loops()["overtime helps"].name == "B2"
    page.locator(".cs-round[data-loop='R1']").click()
    expect(story).to_contain_text("R1 “burnout trap”")


def test_a_loop_is_named_from_the_list_at_once(editor: Opens) -> None:
    widget = editor("stress -> sleep: -\nsleep -> stress: -")
    page = widget.page
    page.get_by_role("button", name="Name loop R1").click()
    expect(page.get_by_label("Its name")).to_be_focused()
    page.keyboard.type("sleepless nights")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Rename loop R1")).to_be_visible()
    assert told(widget).loops()["sleepless nights"].name == "R1"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_help_names_fingers_where_fingers_draw_and_keys_elsewhere(
    browser: Browser, picture: Picture, tmp_path: Path, dark: bool
) -> None:
    file = edit(CausalLoopDiagram(REWORK, name="Rework")).save(tmp_path / "map.html").as_uri()
    theme: Any = "dark" if dark else "light"
    for width, fingers in ((1280, False), (390, True)):
        size: Any = {"width": width, "height": 900}
        context = browser.new_context(
            has_touch=fingers, is_mobile=fingers, viewport=size, color_scheme=theme
        )
        page = context.new_page()
        page.goto(file)
        page.get_by_role("button", name="Help").click()
        first, second = page.get_by_role("region", name="How to draw").locator("summary").all()
        hand, keys = page.get_by_text("a new variable there"), page.get_by_text("rename the var")
        shown, folded = (hand, keys) if fingers else (keys, hand)
        expect(first).to_have_text("With your fingers" if fingers else "With the keyboard")
        expect(shown).to_be_visible()
        expect(folded).to_be_hidden()
        second.click()
        expect(folded).to_be_visible()
        picture(page, f"editor-help-{width}-{theme}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        context.close()


def test_a_new_name_keeps_everything_else(editor: Opens) -> None:
    widget = editor(REWORK)
    page = widget.page
    word(page, "tiredness").dblclick()
    name_it(page, "fatigue")
    map_ = told(widget)
    assert map_.to_text() == CausalLoopDiagram(REWORK.replace("tiredness", "fatigue")).to_text()


def test_a_name_that_is_taken_is_refused_in_a_sentence(editor: Opens) -> None:
    widget = editor(TWO)
    page = widget.page
    word(page, "stress").dblclick()
    box = page.get_by_label("Name of the variable")
    box.fill("Sleep")
    box.press("Enter")
    said = page.get_by_text("“sleep” is on the map already; one name is one variable.")
    expect(said).to_be_visible()
    expect(box).to_be_focused()
    box.fill("!!!")
    box.press("Enter")
    expect(page.get_by_text("A variable's name has a letter or a digit in it.")).to_be_visible()
    box.press("Escape")
    expect(box).to_be_hidden()
    expect(word(page, "stress")).to_be_focused()
    assert widget.saved() == []


def test_parallel_links_and_links_to_itself_are_drawn(editor: Opens) -> None:
    widget = editor(TWO)
    page = widget.page
    for target in ("sleep", "sleep", "stress"):
        word(page, "stress").focus()
        page.keyboard.press("l")
        page.keyboard.type(target)
        page.keyboard.press("Enter")
    added = ["stress → sleep (+)", "stress → sleep (?)", "stress → stress (?)"]
    assert links(widget)[2:] == added
    word(page, "stress").focus()
    page.keyboard.press("l")
    page.keyboard.type("sleep")
    page.keyboard.press("Enter")
    expect(
        page.get_by_text("There is a link stress → sleep with every sign already.")
    ).to_be_visible()


def test_the_sign_is_tested_both_ways(editor: Opens, picture: Picture) -> None:
    widget = editor("births -> people: ?")
    page = widget.page
    page.locator(".cs-tie").focus()
    page.locator(".cs-tie").press("Enter")
    word(page, "births").focus()
    page.keyboard.press("]")
    page.get_by_text("Test the sign both ways").click()
    up = page.get_by_role("group", name="If births rise, people become higher")
    down = page.get_by_role("group", name="If births fall, people become lower")
    up.get_by_label("yes").check()
    down.get_by_label("no", exact=True).check()
    expect(page.locator(".cs-verdict")).to_contain_text("It holds when births rise and not when")
    down.get_by_label("yes").check()
    expect(page.locator(".cs-verdict")).to_contain_text("Both ways hold: births → people is +.")
    picture(page, "editor-test-1280-light")
    page.get_by_role("button", name="Write + on the map").click()
    assert links(widget) == ["births → people (+)"]


def test_reason_source_and_lens_are_written_down(editor: Opens) -> None:
    widget = editor(TWO)
    page = widget.page
    word(page, "sleep").focus()
    page.get_by_label("Where does it belong?").select_option("to the wider world")
    word(page, "stress").focus()
    page.keyboard.press("]")
    page.get_by_text("Reason and source").click()
    page.get_by_role("textbox", name="Because").fill("worry keeps\none awake")
    page.get_by_label("Source").fill("a friend [2024]")
    page.get_by_label("Source").press("Tab")
    link = told(widget).links[0]
    assert (link.reason, link.source) == ("worry keeps one awake", "a friend (2024)")
    assert told(widget)["sleep"].lens == "world"


def test_a_change_from_python_shows_and_can_be_undone(editor: Opens) -> None:
    widget = editor(TWO)
    page = widget.page
    other = edit(CausalLoopDiagram(TWO + "\nsleep -> mood: +"))
    widget.answer(map={**other.map, "revision": 2})
    expect(word(page, "mood")).to_be_visible()
    word(page, "mood").focus()
    page.keyboard.press("Control+z")
    expect(word(page, "mood")).to_have_count(0)
    assert told(widget).variables == ("stress", "sleep")
    assert page.evaluate("fakeModel.get('map').revision") == 2


def test_tidying_up_asks_python_and_is_undone_in_one_step(editor: Opens) -> None:
    widget = editor(TWO)
    page = widget.page
    before = page.evaluate("fakeModel.get('map').variables")
    page.get_by_role("button", name="Tidy up").click()
    expect(page.get_by_text("Python looks for a good layout…")).to_be_visible()
    number = page.evaluate("fakeModel.get('asked').number")
    places = {"stress": [10, 20], "sleep": [200, 90]}
    widget.answer(arranged={"number": number, "places": places, "bows": []})
    now = page.evaluate("fakeModel.get('map').variables.map(v => [v.x, v.y, v.pinned])")
    assert now == [[10, 20, False], [200, 90, False]]
    page.get_by_role("button", name="Undo").click()
    assert page.evaluate("fakeModel.get('map').variables") == before


def overlap(one: Any, other: Any) -> bool:
    sides = (("x", "width"), ("y", "height"))
    return all(
        one[at] < other[at] + other[long] and other[at] < one[at] + one[long] for at, long in sides
    )


def test_without_python_the_page_tidies_up_by_itself(editor: Opens) -> None:
    widget = editor(REWORK, alone=True)
    page = widget.page
    page.get_by_role("button", name="Tidy up").click()
    expect(page.get_by_role("button", name="Undo")).to_be_enabled()
    expect(page.get_by_text("These notes are about")).to_have_count(0)  # there are none
    boxes = [word(page, name).bounding_box() for name in told(widget).variables]
    pairs = [(a, b) for i, a in enumerate(boxes) for b in boxes[:i] if a and b]
    assert len(pairs) == 15
    assert not [pair for pair in pairs if overlap(*pair)]


def test_notes_are_shown_and_lead_to_what_they_are_about(editor: Opens) -> None:
    page = editor("reduce costs -> quality: -").page
    expect(page.get_by_text("To think over (")).to_be_visible()
    page.get_by_role("button", name="Show reduce costs").first.click()
    expect(word(page, "reduce costs")).to_have_attribute("aria-pressed", "true")


def test_the_map_is_told_as_text(editor: Opens) -> None:
    page = editor(REWORK).page
    page.get_by_text("The map as text").click()
    expect(page.get_by_label("The map as text")).to_have_value(CausalLoopDiagram(REWORK).to_text())
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download text").click()
    assert waiting.value.suggested_filename == "map.txt"
    assert CausalLoopDiagram(Path(waiting.value.path()).read_text("utf-8")).links


def test_the_list_does_all_that_the_drawing_does(editor: Opens, picture: Picture) -> None:
    widget = editor("")
    page = widget.page
    page.get_by_text("The map as a list").click()
    page.get_by_label("A new variable").fill("stress")
    page.get_by_role("button", name="Add the variable").click()
    page.get_by_label("From").fill("stress")
    page.get_by_label("To", exact=True).fill("sleep")
    page.get_by_role("combobox", name="Sign", exact=True).select_option("-")
    page.get_by_role("button", name="Add the link").click()
    page.get_by_label("stress → sleep takes a while").check()
    page.get_by_label("Sign of stress → sleep").select_option("+")
    assert links(widget) == ["stress → sleep (+) delayed"]
    picture(page, "editor-list-1280-light")
    page.get_by_role("button", name="Delete stress → sleep").click()
    page.get_by_role("button", name="Delete sleep").click()
    assert (told(widget).variables, links(widget)) == (("stress",), [])


def test_words_from_people_are_shown_and_not_run(editor: Opens) -> None:
    evil = "<img src=x onerror=alert(1)>"
    widget = editor(f"{evil} -> sleep: +\nsleep -> {evil}: -\nloop <b>trap</b>: sleep, {evil}")
    expect(widget.page.locator(".cs-loop-button b")).to_contain_text("<b>trap</b>")
    assert widget.page.locator(".cs-editor img").count() == 0


def test_a_drag_touches_only_what_hangs_on_the_word(editor: Opens) -> None:
    from benchmarks.drawing import map_of

    map_ = map_of(60, 100)
    for i, name in enumerate(map_.variables):  # pinned, so that no layout is looked for
        map_.place(name, 150 * (i % 8), 90 * (i // 8))
    widget = editor(map_.to_text())
    page = widget.page
    name = "matter no. 20"
    word(page, name).scroll_into_view_if_needed()
    page.evaluate(
        """() => { window.touched = new Set();
        const changed = { subtree: true, attributes: true, attributeFilter: ['d', 'transform'] };
        new MutationObserver(all => { for (const one of all) {
          const group = one.target.closest('[data-link], [data-word]');
          if (group) window.touched.add(group.dataset.link || group.dataset.word); } })
          .observe(document.querySelector('.cs-drawing'), changed); }"""
    )
    x, y = centre(word(page, name))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 10, y + 6, steps=3)
    touched = page.evaluate("[...window.touched]")
    page.mouse.up()
    own = [one for one in touched if name in one]
    assert len(own) > 2
    assert len(touched) - len(own) < 10  # a link whose bow turned to the other side


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_open_panels_can_be_used_by_everybody(
    editor: Opens, picture: Picture, dark: bool, width: int
) -> None:
    page = editor(REWORK, name="Rework", dark=dark, width=width).page
    word(page, "overtime").focus()
    page.keyboard.press("]")
    page.keyboard.press("]")
    for words in (
        "Test the sign both ways",
        "Reason and source",
        "The map as a list",
        "The map as text",
    ):
        page.get_by_text(words).click()
    page.get_by_role("button", name="Help").click()
    picture(page, f"editor-open-{width}-{'dark' if dark else 'light'}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page, context=".cs-widget", options=EVERYTHING)
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found.response["violations"]] == []
