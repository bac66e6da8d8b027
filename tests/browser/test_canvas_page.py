"""A board alone in a page: written on, moved about, undone, kept and opened, by keys and mouse."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from cstools import CausalLoopDiagram
from cstools.widgets.canvas import Canvas, iceberg, ladder, mandala, read_board
from cstools.widgets.part import held
from cstools.widgets.sketch import sketch

from .conftest import BarePage
from .test_gallery import EVERYTHING

Opens = Callable[..., BarePage]


@pytest.fixture
def show(bare_page: Opens) -> Callable[..., BarePage]:
    def open_board(board: Canvas, **options: Any) -> BarePage:
        return bare_page(board._esm, board._css, held(board), **options)

    return open_board


def late() -> Canvas:
    board = iceberg("Late again").add("events", "Monday: three late.", "Tuesday: five late.")
    return board.add("structures", "One bus for two villages.")


def notes(widget: BarePage) -> dict[str, list[str]]:
    """Return the notes as the kernel knows them."""
    return widget.page.evaluate("fakeModel.get('notes')")  # type: ignore[no-any-return]


def layer(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def note(page: Page, text: str) -> Locator:
    return page.locator(".cs-note-card", has_text=text)


def said(page: Page) -> Locator:
    return page.locator("[role=status]").last


# Writing


def test_notes_are_written_one_after_another_with_enter(show: Opens) -> None:
    widget = show(iceberg())
    page = widget.page
    page.get_by_role("button", name="Add a note: Patterns over time").click()
    page.keyboard.type("More each week.")
    page.keyboard.press("Enter")
    page.keyboard.type("Worst in ")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("the rain.")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert notes(widget)["patterns"] == ["More each week.", "Worst in \nthe rain."]
    expect(page.get_by_role("button", name="Add a note: Patterns over time")).to_be_focused()
    assert len(widget.saved()) == 2


def test_enter_edits_a_note_and_an_emptied_one_can_be_had_again(show: Opens) -> None:
    widget = show(late())
    page = widget.page
    note(page, "Monday").press("Enter")
    box = page.get_by_role("textbox", name="Note in Events")
    box.fill("Monday: two late.")
    box.press("Enter")
    assert notes(widget)["events"][0] == "Monday: two late."
    expect(note(page, "Monday: two late.")).to_be_focused()
    page.keyboard.press("Enter")
    box.fill("  ")
    box.press("Enter")
    assert notes(widget)["events"] == ["Tuesday: five late."]
    page.keyboard.press("Control+z")
    assert notes(widget)["events"] == ["Monday: two late.", "Tuesday: five late."]


def test_what_is_typed_is_kept_when_somebody_clicks_elsewhere(show: Opens) -> None:
    widget = show(late())
    page = widget.page
    note(page, "Monday").dblclick()
    page.keyboard.type(" By bus.")
    page.get_by_role("button", name="Add a note: Mental models").click()
    expect(page.get_by_role("textbox", name="New note in Mental models")).to_be_focused()
    assert notes(widget)["events"][0] == "Monday: three late. By bus."


def test_what_is_typed_is_in_the_file_and_can_be_undone(show: Opens, tmp_path: Path) -> None:
    page = show(late()).page
    page.get_by_role("button", name="Add a note: Events").click()
    page.keyboard.type("Wednesday: nobody.")
    assert read_board(kept(page, tmp_path)).notes["events"][2] == "Wednesday: nobody."
    page.get_by_role("button", name="Add a note: Events").click()
    page.keyboard.type("Thursday")
    page.get_by_role("button", name="Add a note: Structures").click()
    page.keyboard.type("Friday")
    page.get_by_role("button", name="Undo").click()
    expect(note(page, "Friday")).to_have_count(0)
    expect(note(page, "Thursday")).to_be_visible()


def test_escape_leaves_a_note_as_it_was_and_redo_brings_what_was_typed(show: Opens) -> None:
    widget = show(late())
    page = widget.page
    note(page, "Monday").press("Enter")
    page.keyboard.type(" And more.")
    page.keyboard.press("Escape")
    expect(note(page, "Monday: three late.")).to_be_focused()
    expect(said(page)).to_have_text("Left as it was. Redo brings back what you typed.")
    assert notes(widget)["events"][0] == "Monday: three late."
    page.get_by_role("button", name="Redo").click()
    assert notes(widget)["events"][0] == "Monday: three late. And more."


def test_while_a_word_is_being_composed_enter_belongs_to_it(show: Opens) -> None:
    page = show(iceberg()).page
    page.get_by_role("button", name="Add a note: Events").click()
    box = page.get_by_role("textbox", name="New note in Events")
    box.fill("遅刻")
    composing = "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true})"
    box.evaluate(f"box => box.dispatchEvent({composing})")
    expect(box).to_be_focused()


def test_a_note_in_another_direction_reads_in_it_and_tags_stay_text(show: Opens) -> None:
    page = show(iceberg().add("events", "تأخر ثلاثة تلاميذ.", "<b>bold</b>")).page
    arabic = note(page, "تأخر")
    assert arabic.evaluate("card => getComputedStyle(card).direction") == "rtl"
    expect(note(page, "<b>bold</b>")).to_be_visible()
    assert page.locator(".cs-note-card b").count() == 0


# Moving


def test_alt_and_arrows_move_a_note_through_the_board(show: Opens) -> None:
    widget = show(late())
    page = widget.page
    note(page, "Monday").press("Alt+ArrowRight")
    assert notes(widget)["events"] == ["Tuesday: five late.", "Monday: three late."]
    expect(said(page)).to_have_text("Moved to Events, note 2 of 2.")
    for _ in range(2):
        page.keyboard.press("Alt+ArrowDown")
    expect(said(page)).to_have_text("Moved to Structures, note 2 of 2.")
    expect(note(page, "Monday")).to_be_focused()
    page.keyboard.press("Alt+ArrowLeft")
    assert notes(widget)["structures"] == ["Monday: three late.", "One bus for two villages."]
    page.keyboard.press("Alt+ArrowLeft")
    expect(said(page)).to_have_text("It cannot go further that way.")
    for _ in range(3):
        page.keyboard.press("Control+z")
    expect(said(page)).to_have_text("Undone: Moved to Patterns over time, note 1 of 1.")
    page.keyboard.press("Control+y")
    page.keyboard.press("Control+Shift+z")
    assert notes(widget)["structures"] == ["One bus for two villages.", "Monday: three late."]


def test_on_the_ladder_up_is_the_next_rung(show: Opens) -> None:
    widget = show(ladder().add("data", "Rain."))
    note(widget.page, "Rain.").press("Alt+ArrowUp")
    assert notes(widget)["selected"] == ["Rain."]


def test_the_arrows_go_from_note_to_note_and_tab_to_the_next_layer(show: Opens) -> None:
    page = show(late()).page
    note(page, "Monday").focus()
    page.keyboard.press("ArrowRight")
    expect(note(page, "Tuesday")).to_be_focused()
    page.keyboard.press("Home")
    expect(note(page, "Monday")).to_be_focused()
    drawings = "Add a sketch over time: Patterns", "Add a map of what acts on what: Patterns"
    ways = "Add a note: Events", "Add a drawing: Events", "Add a note: Patterns", *drawings
    for name in ways:
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name=name)).to_be_focused()
    page.keyboard.press("Tab")
    expect(note(page, "One bus")).to_be_focused()


def test_a_touched_note_shows_its_buttons_and_they_move_it(show: Opens) -> None:
    widget = show(late(), width=390)
    page = widget.page
    note(page, "Monday").click()
    page.get_by_role("button", name="Move to the layer below").click()
    assert notes(widget)["patterns"] == ["Monday: three late."]
    below = page.get_by_role("button", name="Move to the layer below")
    expect(below).to_be_focused()
    below.click()
    assert notes(widget)["structures"] == ["One bus for two villages.", "Monday: three late."]
    page.get_by_role("button", name="Delete the note").click()
    assert notes(widget)["structures"] == ["One bus for two villages."]
    expect(note(page, "One bus")).to_be_focused()


def test_the_buttons_of_a_note_are_large_enough_and_on_the_page(
    show: Opens, picture: Callable[[Page, str], None]
) -> None:
    page = show(late(), width=390).page
    note(page, "Tuesday").click()
    tools = page.get_by_role("group", name="This note")
    for button in tools.get_by_role("button").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 32
        assert box["x"] + box["width"] <= 390
    picture(page, "iceberg-note-tools-390-light")


def centre(target: Locator) -> tuple[float, float]:
    box = target.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_note_is_dragged_to_another_layer(show: Opens) -> None:
    widget = show(late())
    page = widget.page
    page.mouse.move(*centre(note(page, "Monday")))
    page.mouse.down()
    x, y = centre(note(page, "One bus"))
    page.mouse.move(x - 60, y, steps=6)
    expect(page.locator(".cs-drop")).to_be_visible()
    page.mouse.up()
    assert notes(widget)["structures"] == ["Monday: three late.", "One bus for two villages."]
    assert notes(widget)["events"] == ["Tuesday: five late."]
    expect(note(page, "Monday")).to_be_focused()
    expect(page.get_by_role("group", name="This note")).to_have_count(0)


def test_escape_ends_a_drag_and_nothing_has_moved(show: Opens) -> None:
    widget = show(late())
    page = widget.page
    page.mouse.move(*centre(note(page, "Monday")))
    page.mouse.down()
    page.mouse.move(*centre(note(page, "One bus")), steps=4)
    page.keyboard.press("Escape")
    page.mouse.up()
    assert widget.saved() == []
    expect(page.locator(".cs-drop")).to_have_count(0)


# Two views, and Python


def test_a_change_from_python_shows_and_can_be_undone(show: Opens) -> None:
    widget = show(late())
    page = widget.page
    widget.answer(notes={**notes(widget), "events": ["Only this."]}, topic="Buses")
    expect(note(page, "Only this.")).to_be_visible()
    expect(page.get_by_role("region", name="Iceberg: Buses")).to_be_visible()
    for _ in range(2):  # Python set two things
        page.get_by_role("button", name="Undo").click()
    expect(note(page, "Monday")).to_be_visible()


def test_writing_goes_on_while_notes_come_from_elsewhere(show: Opens) -> None:
    widget = show(late())
    page = widget.page
    note(page, "Tuesday").press("Enter")
    page.keyboard.type(" In the")
    widget.answer(notes={**notes(widget), "events": ["New.", "Newer.", "Tuesday: five late."]})
    page.keyboard.type(" rain.")
    page.keyboard.press("Enter")
    assert notes(widget)["events"] == ["New.", "Newer.", "Tuesday: five late. In the rain."]


def test_a_note_that_went_away_while_it_was_written_on_is_not_lost(show: Opens) -> None:
    widget = show(late())
    page = widget.page
    note(page, "Tuesday").press("Enter")
    page.keyboard.type(" In the rain.")
    widget.answer(notes={**notes(widget), "events": ["Other."]})
    page.keyboard.press("Enter")
    assert notes(widget)["events"] == ["Other.", "Tuesday: five late. In the rain."]


# Things


def test_a_sketch_is_drawn_on_the_board(show: Opens) -> None:
    board = late().put("patterns", sketch("late pupils", stop=4, high=9, count=3))
    widget = show(board)
    page = widget.page
    page.get_by_role("slider", name="late pupils at time 2", exact=True).press("End")
    [key] = board.drawn
    page.wait_for_function(f"() => JSON.stringify(fakeModel.get('drawn')['{key}']) === '[[2,9]]'")
    widget.answer(drawn={key: [[0, 1], [2, 9]]})
    first = page.get_by_role("slider", name="late pupils at time 0", exact=True)
    expect(first).to_have_attribute("aria-valuenow", "1")
    page.get_by_role("button", name="Take the sketch late pupils off the board").click()
    expect(first).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(first).to_have_attribute("aria-valuenow", "1")


def faults(page: Page, place: str) -> list[Any]:
    """Return what axe-core finds wrong in a place."""
    found = Axe().run(page, context=place, options=EVERYTHING).response
    return [
        (fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found["violations"]
    ]


def begin_sketch(page: Page, name: str, **fields: str) -> None:
    page.get_by_role("button", name="Add a sketch over time: Patterns over time").click()
    page.keyboard.type(name)
    for field, value in fields.items():
        group, label = field.split("_")
        spot = page.get_by_role("group", name=group).get_by_label(label)
        spot.fill(value)
    page.keyboard.press("Enter")


def heard(board: Canvas, widget: BarePage) -> None:
    """Let Python hear what the page said, and the page what Python says to that."""
    for name in ("notes", "things", "drawn"):
        board.set_state({name: widget.page.evaluate(f"fakeModel.get('{name}')")})
    widget.answer(things=board.things, drawn=board.drawn)


def test_a_sketch_is_begun_in_the_page_and_python_holds_it(show: Opens) -> None:
    board = iceberg("Late again")
    widget = show(board)
    page = widget.page
    begin_sketch(page, "pupils who come late")
    first = page.get_by_role("slider", name="pupils who come late at week 0", exact=True)
    expect(first).to_be_focused()
    first.press("Home")
    page.wait_for_function("() => Object.keys(fakeModel.get('drawn')).length === 1")
    heard(board, widget)
    [drawn] = board.on("patterns")
    assert (drawn.label, drawn.points) == ("pupils who come late", [[0, 0]])
    assert "Sketch of pupils who come late: 0 at week 0" in board.still()


def test_a_sketch_says_its_span_of_time_and_its_units(
    show: Opens, picture: Callable[[Page, str], None]
) -> None:
    board = iceberg("Late again")
    widget = show(board)
    page = widget.page
    begin_sketch(page, "late", Time_from="2020", Time_to="2020")
    trouble = page.get_by_text("Time goes from an earlier moment to a later one")
    expect(trouble).to_be_visible()
    page.get_by_role("group", name="Time").get_by_label("to").fill("2025")
    page.get_by_role("group", name="Time").get_by_label("counted in").fill("year")
    page.get_by_role("group", name="How much").get_by_label("counted in").fill("pupils")
    picture(page, "iceberg-asks-sketch-1280-light")
    page.get_by_role("button", name="Draw it").click()
    page.get_by_role("slider", name="late (pupils) at year 2020", exact=True).press("Home")
    page.get_by_role("slider", name="late (pupils) at year 2025", exact=True).press("End")
    page.wait_for_function("() => Object.values(fakeModel.get('drawn'))[0]?.length === 2")
    heard(board, widget)
    [drawn] = board.on("patterns")
    assert drawn.points == [[2020, 0], [2025, 10]]
    page.get_by_role("button", name="Time and units").click()
    page.get_by_role("group", name="How much").get_by_label("to").fill("50")
    page.get_by_role("group", name="Time").get_by_label("to").fill("2030")
    page.get_by_role("button", name="Use these").click()
    expect(page.get_by_role("button", name="Time and units")).to_be_focused()
    last = page.get_by_role("slider", name="late (pupils) at year 2030", exact=True)
    expect(last).to_have_attribute("aria-valuenow", "50")
    heard(board, widget)
    assert board.on("patterns") == (drawn,)  # still the same sketch
    assert drawn.points[-1] == [2030, 50]
    assert drawn.payload["stop"] == 2030


def test_a_map_is_drawn_on_the_board_and_python_holds_it(
    show: Opens, picture: Callable[[Page, str], None]
) -> None:
    board = iceberg("Late again")
    widget = show(board)
    page = widget.page
    page.get_by_role("button", name="Add a map of what acts on what: Structures").click()
    page.keyboard.type("The bus")
    page.keyboard.press("Enter")
    desk = page.get_by_role("dialog", name="Draw the map The bus")
    desk.get_by_role("button", name="+ Variable").click()
    page.keyboard.type("lateness")
    page.keyboard.press("Enter")
    heard(board, widget)
    page.keyboard.press("l")
    page.keyboard.type("scolding")
    page.keyboard.press("Enter")
    page.keyboard.press("+")
    page.keyboard.press("Escape")  # lets the link go, not the desk
    expect(desk).to_be_visible()
    desk.get_by_role("button", name="Done").click()
    opener = page.get_by_role("button", name="Draw on the map The bus")
    expect(opener).to_be_focused()
    expect(page.get_by_role("button", name="Open larger: Map: The bus")).to_be_visible()
    heard(board, widget)
    [map_] = board.on("structures")
    assert map_.to_text() == "lateness -> scolding: +"
    assert set(map_.positions) == {"lateness", "scolding"}  # as they were drawn
    caption = layer(page, "Structures").locator("figcaption")
    expect(caption).to_have_text(map_.describe())
    shown = layer(page, "Structures").get_by_role("button", name="Open larger").locator("img")
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    picture(page, "iceberg-drawn-map-1280-light")
    map_.link("scolding", "lateness", "+")
    board.still()  # outside a notebook the map is drawn when it is asked for
    widget.answer(things=board.things)
    opener.click()
    expect(desk.locator(".cs-tie")).to_have_count(2)
    for _ in range(2):  # the way back is still there: Python's link, then the sign
        desk.get_by_role("button", name="Undo").click()
    desk.get_by_role("button", name="Done").click()
    heard(board, widget)
    assert map_.to_text() == "lateness -> scolding: ?"
    assert board.on("structures") == (map_,)
    page.get_by_role("button", name="Take the map The bus off the board").click()
    page.get_by_role("button", name="Undo").click()
    expect(opener).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_desk_and_the_form_can_be_used_by_everybody(
    show: Opens, picture: Callable[[Page, str], None], dark: bool, width: int
) -> None:
    map_ = CausalLoopDiagram("lateness -> scolding: +\nscolding -> lateness: +", "The bus")
    page = show(late().put("structures", map_), width=width, dark=dark).page
    theme = "dark" if dark else "light"
    page.get_by_role("button", name="Add a sketch over time: Patterns over time").click()
    page.get_by_role("button", name="Add a drawing: Events").click()
    picture(page, f"iceberg-form-{width}-{theme}")
    assert faults(page, ".cs-canvas") == []
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Draw on the map The bus").click()
    page.locator(".cs-map-desk .cs-word").first.click()
    picture(page, f"iceberg-desk-{width}-{theme}")
    assert faults(page, ".cs-map-desk") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_answer_that_comes_late_takes_nothing_off_the_map(show: Opens) -> None:
    map_ = CausalLoopDiagram("lateness -> scolding: +", "The bus")
    board = late().put("structures", map_)
    widget = show(board)
    page = widget.page
    page.get_by_role("button", name="Draw on the map The bus").click()
    desk = page.get_by_role("dialog", name="Draw the map The bus")
    word = desk.locator(".cs-word[data-word='lateness']")
    said = []
    for name in ("rain", "traffic"):
        word.focus()
        page.keyboard.press("l")
        page.keyboard.type(name)
        page.keyboard.press("Enter")
        said.append(page.evaluate("fakeModel.get('things')"))
    board.set_state({"things": said[0]})
    widget.answer(things=board.things)  # to the first of the two
    expect(desk.locator(".cs-tie")).to_have_count(3)
    board.set_state({"things": said[1]})
    widget.answer(things=board.things)
    expect(desk.locator(".cs-tie")).to_have_count(3)
    desk.get_by_role("button", name="Done").click()
    assert map_.variables == ("lateness", "scolding", "rain", "traffic")


def test_every_layer_of_every_board_takes_a_drawing(show: Opens) -> None:
    for board in (iceberg(), ladder(), mandala()):
        page = show(board).page
        for key in board.layers:
            place = page.locator(f".cs-layer[data-layer={key}]")
            more = place.get_by_role("button", name="Add a drawing")
            if more.count():
                more.click()
                expect(place.get_by_text(f'board.put("{key}", model)')).to_be_visible()
            expect(place.get_by_role("button", name="Add a map")).to_be_visible()
            expect(place.get_by_role("button", name="Add a sketch over time")).to_be_visible()


def test_a_map_is_opened_larger_and_escape_closes_it(
    show: Opens, picture: Callable[[Page, str], None]
) -> None:
    map_ = CausalLoopDiagram("lateness -> scolding: +\nscolding -> lateness: +", "The bus")
    page = show(late().put("structures", map_)).page
    larger = page.get_by_role("button", name="Open larger: Map: The bus")
    larger.press("Enter")
    dialog = page.get_by_role("dialog", name="Map: The bus")
    shown = dialog.get_by_role("img", name=map_.describe())
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.naturalWidth") > 0
    picture(page, "iceberg-larger-1280-light")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(larger).to_be_focused()


def test_a_map_that_is_drawn_anew_is_no_step_of_undo(show: Opens) -> None:
    map_ = CausalLoopDiagram("a -> b: +", "M")
    board = late().put("structures", map_)
    widget = show(board)
    map_.link("b", "c", "-")
    board.still()  # outside a notebook the map is drawn when it is asked for
    widget.answer(things=board.things)
    page = widget.page
    expect(layer(page, "Structures").locator("figcaption")).to_have_text(map_.describe())
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
    page.get_by_role("button", name="Take the map M off the board").click()
    page.get_by_role("button", name="Undo").click()
    expect(layer(page, "Structures").locator("figcaption")).to_have_text(map_.describe())


# Keeping


def kept(page: Page, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Keep as a file").click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def test_what_the_page_keeps_is_what_python_writes(show: Opens, tmp_path: Path) -> None:
    board = late().put("structures", CausalLoopDiagram("a -> b: +", "M"))
    board.put("patterns", sketch("late", stop=4, high=9, points=[(0, 1), (2, 3)]))
    path = kept(show(board).page, tmp_path)
    assert path.name == "iceberg-late-again.json"
    assert read_board(path).to_dict() == board.to_dict()


def test_a_kept_board_is_opened_and_that_can_be_undone(show: Opens, tmp_path: Path) -> None:
    path = late().put("structures", CausalLoopDiagram("a -> b: +", "M")).write(tmp_path / "b.json")
    widget = show(iceberg("Another").add("events", "Here before."))
    page = widget.page
    page.locator("input[type=file]").set_input_files(path)
    expect(note(page, "Monday")).to_be_visible()
    expect(page.get_by_role("button", name="Open larger: Map: M")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(note(page, "Here before.")).to_be_visible()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "This file is no board, or was not saved whole. Nothing was changed."),
        ("[1]", "This file is no board. Nothing was changed."),
        (
            {"kind": "ladder", "version": 1, "notes": {}},
            "This file holds another kind of board (ladder), and this is the iceberg. "
            "Nothing was changed.",
        ),
    ],
)
def test_a_file_that_is_no_board_changes_nothing(
    show: Opens, tmp_path: Path, content: Any, words: str
) -> None:
    path = tmp_path / "it.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    widget = show(late())
    widget.page.locator("input[type=file]").set_input_files(path)
    expect(widget.page.get_by_role("alert")).to_have_text(words)
    assert widget.saved() == []


def test_a_hostile_file_shows_nothing_that_could_run(show: Opens, tmp_path: Path) -> None:
    evil = '<img src=x onerror="window.hit=1">'
    things = [
        {"form": "picture", "layer": "events", "picture": "javascript:window.hit=1", "name": evil},
        {"form": "map", "layer": "events", "picture": 'data:image/svg+xml;base64,AA" onload="x'},
        {"form": "sketch", "layer": "events", "source": {"times": "no", "label": evil}},
        {"form": "sketch", "layer": "nowhere"},
        None,
    ]
    board = {"kind": "iceberg", "version": 1, "topic": evil, "things": things}
    path = tmp_path / "it.json"
    path.write_text(json.dumps({**board, "notes": {"events": [evil, 7, None]}}))
    page = show(iceberg()).page
    page.locator("input[type=file]").set_input_files(path)
    expect(note(page, evil)).to_be_visible()
    expect(page.get_by_role("alert").get_by_role("listitem")).to_have_count(5)  # of the things
    expect(page.locator(".cs-thing")).to_have_count(0)
    assert page.evaluate("window.hit") is None


def test_what_could_not_be_read_of_a_file_is_told_until_it_was_seen(
    show: Opens, tmp_path: Path, picture: Callable[[Page, str], None]
) -> None:
    board = {"kind": "iceberg", "version": 2, "topic": "Late", "things": [{"form": "film"}]}
    board["notes"] = {"events": "Monday: three late.", "feelings": ["Cross.", "Tired."]}
    path = tmp_path / "it.json"
    path.write_text(json.dumps(board))
    for width, dark in ((1280, False), (390, True)):
        widget = show(iceberg(), width=width, dark=dark)
        page = widget.page
        page.locator("input[type=file]").set_input_files(path)
        told = page.get_by_role("alert").filter(has_text="The file itself is unchanged: keep it.")
        expect(told.get_by_role("listitem")).to_have_count(3)
        expect(told).to_contain_text("A layer “feelings” is not known here")
        assert notes(widget)["events"] == ["Monday: three late.", "Cross.", "Tired."]
        picture(page, f"iceberg-unread-{width}-{'dark' if dark else 'light'}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        note(page, "Cross.").press("Alt+ArrowDown")
        expect(told).to_be_visible()
        page.get_by_role("button", name="I have read this").click()
        expect(told).to_be_hidden()
        assert page.evaluate("fakeModel.get('unread')") == []


def test_a_saved_board_asks_before_it_is_left_with_notes_that_no_file_has(
    page: Page, tmp_path: Path
) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    address = late().save(tmp_path / "late.html").as_uri()
    page.goto(address)
    note(page, "Monday").click()  # looked at, and nothing changed
    page.reload()
    assert asked == []
    page.get_by_role("button", name="Add a note: Mental models").click()
    page.keyboard.type("Half a thou")
    page.reload()
    assert asked == ["beforeunload"]
    page.get_by_role("button", name="Add a note: Mental models").click()
    page.keyboard.type("A whole thought.")
    page.keyboard.press("Enter")
    kept(page, tmp_path)
    page.reload()
    assert asked == ["beforeunload"]


def test_a_map_that_is_drawn_on_a_saved_board_is_in_the_file(page: Page, tmp_path: Path) -> None:
    page.goto(late().save(tmp_path / "late.html").as_uri())
    page.get_by_role("button", name="Add a drawing: Mental models").click()
    page.get_by_role("button", name="Add a map of what acts on what: Mental models").click()
    page.keyboard.type("What we believe")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="+ Variable").click()
    page.keyboard.type("<b>strictness</b>")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Done").click()
    board = read_board(kept(page, tmp_path))
    [map_] = board.on("mental models")
    assert map_.variables == ("<b>strictness</b>",)
    assert board.things[0]["sentence"].startswith("Causal loop diagram “What we believe”: 1 var")
    assert board.things[0]["picture"]


def test_in_a_notebook_nobody_is_asked_before_leaving(show: Opens) -> None:
    widget = show(late())
    page = widget.page
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    note(page, "Monday").press("Delete")
    page.reload()
    assert asked == []


def test_a_saved_page_is_written_on_without_a_kernel_and_keeps_what_was_written(
    browser: Browser, tmp_path: Path
) -> None:
    file = late().save(tmp_path / "late.html").as_uri()
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.goto(file)
    page.get_by_role("button", name="Add a note: Mental models").click()
    page.keyboard.type("Whoever wants to come is on time.")
    page.keyboard.press("Enter")
    path = kept(page, tmp_path)
    assert read_board(path).notes["mental_models"] == ["Whoever wants to come is on time."]
    assert [address for address in asked if not address.startswith("blob:")] == [file]
    assert complaints == []
    context.close()


def test_a_finger_writes_moves_and_deletes(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(has_touch=True, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(late().save(tmp_path / "late.html").as_uri())
    page.get_by_role("button", name="Add a note: Mental models").tap()
    page.keyboard.type("They could try harder.")
    note(page, "Monday").tap()  # what was typed is kept
    page.get_by_role("button", name="Move to the layer below").tap()
    expect(layer(page, "Patterns over time")).to_contain_text("Monday: three late.")
    note(page, "They could try").tap()
    page.get_by_role("button", name="Delete the note").tap()
    expect(page.locator(".cs-note-card")).to_have_count(3)
    page.get_by_role("button", name="Undo").tap()
    expect(layer(page, "Mental models")).to_contain_text("They could try harder.")
    context.close()


# The boards


def test_the_ladder_asks_other_things_on_the_way_back_down(
    show: Opens, picture: Callable[[Page, str], None]
) -> None:
    page = show(ladder("At the window").add("selected", "He looked away.")).page
    rung = layer(page, "What I noticed")
    expect(rung).to_contain_text("Which part of all that did I take in?")
    page.get_by_role("button", name="Walking back down").click()
    expect(rung).to_contain_text("What did I leave out?")
    expect(said(page)).to_have_text("Walking back down: what did I leave out?")
    picture(page, "ladder-down-1280-light")


def test_the_mandala_grows_a_petal_for_each_note(show: Opens) -> None:
    page = show(mandala().add("practice", "One.", "Two.").add("research", *("x",) * 90)).page
    assert page.locator("path.cs-petal.cs-quarter-1:not(.cs-awaited)").count() == 2
    assert page.locator("path.cs-petal.cs-quarter-2:not(.cs-awaited)").count() == 90


def test_the_topic_is_edited_in_the_page(show: Opens) -> None:
    widget = show(iceberg())
    page = widget.page
    page.get_by_role("button", name="Say what it is about").click()
    page.keyboard.type("Homework")
    page.keyboard.press("Enter")
    assert page.evaluate("fakeModel.get('topic')") == "Homework"
    expect(page.get_by_role("button", name="Edit topic")).to_be_focused()


def test_with_two_hundred_notes_one_is_moved_like_any_other(show: Opens) -> None:
    widget = show(iceberg().add("patterns", *(f"Note {n}." for n in range(200))))
    page = widget.page
    expect(page.locator(".cs-note-card")).to_have_count(200)
    note(page, "Note 150.").press("Alt+ArrowUp")
    assert notes(widget)["events"] == ["Note 150."]
    expect(note(page, "Note 150.")).to_be_focused()


def test_closing_a_view_leaves_no_trace(show: Opens) -> None:
    page = show(late().put("patterns", sketch("late", stop=4, high=9))).page
    page.evaluate("window.close_widget()")
    assert page.locator("#here > *").count() == 0
    left = "Object.values(fakeModel.listeners).reduce((sum, calls) => sum + calls.size, 0)"
    assert page.evaluate(left) == 0


# The keyboard after undo, a model, the lowest rung


def test_undo_keeps_the_keyboard_on_the_board(show: Opens) -> None:
    page = show(late()).page
    note(page, "One bus").focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(note(page, "One bus")).to_be_focused()
    page.keyboard.press("Control+z")
    expect(layer(page, "Structures").locator(".cs-note-card")).to_be_focused()
    page.get_by_role("button", name="Redo").press("Enter")  # and is disabled by that
    assert page.evaluate("document.activeElement.matches('.cs-canvas *')")


@pytest.mark.parametrize(("board", "at"), [("iceberg", "structures"), ("ladder", "actions")])
def test_the_help_says_how_a_model_gets_there(show: Opens, board: str, at: str) -> None:
    page = show(Canvas(board)).page
    page.get_by_text("How to use this board").click()
    expect(page.get_by_text(f'write in a cell: board.put("{at}", model).')).to_be_visible()
    expect(page.get_by_text(f"as in board = {board}()")).to_be_visible()


def test_on_a_phone_the_lowest_rung_is_one_press_away(show: Opens) -> None:
    page = show(ladder("Late again"), width=390).page
    page.get_by_role("button", name="Start at the bottom").click()
    expect(
        layer(page, "All there was to see and hear").locator(".cs-layer-title")
    ).to_be_in_viewport()
