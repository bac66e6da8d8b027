"""A board keeps what is written on it, whatever it is, and gives it back the same."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstools import CausalLoopDiagram, StockFlow
from cstools.errors import DataError, FileError, UnknownNameError
from cstools.learning import reference
from cstools.plotting import diagrams
from cstools.widgets.canvas import Canvas, iceberg, ladder, mandala, read_board
from cstools.widgets.canvas.boards import BOARDS
from cstools.widgets.sketch import sketch
from tests.widgets.javascript import in_node

DOORS = {"iceberg": iceberg, "ladder": ladder, "mandala": mandala}


@pytest.fixture
def late() -> Canvas:
    board = iceberg("Late again")
    board.add("events", "Three pupils came late on Monday.")
    board.add("patterns", "More each week since the bus was cut.", "Worst in the rain.")
    return board.add("mental models", "Whoever wants to be on time is.")


@pytest.fixture
def buses() -> CausalLoopDiagram:
    map_ = CausalLoopDiagram("lateness -> scolding: +\nscolding -> wish to come: - delayed", "Bus")
    return map_.link("wish to come", "lateness", "-", reason="seen in May").place("lateness", 3, 4)


def whole(late: Canvas, bath: StockFlow, buses: CausalLoopDiagram) -> Canvas:
    drawn = sketch("late pupils", stop=12, high=9, units="pupil", time_units="week")
    drawn.points = [[0, 1], [4, 5]]
    late.put("patterns", drawn).put("structures", buses).put("structures", bath)
    return late.put("events", bath.run().plot("water"))


# Notes


@pytest.mark.parametrize("kind", BOARDS)
def test_a_new_board_is_empty_and_says_so(kind: str) -> None:
    board = DOORS[kind]()
    assert board.kind == kind
    assert board.notes == {layer: [] for layer in board.layers}
    assert repr(board) == f"{BOARDS[kind].title}: nothing is written yet."


def test_the_sentence_counts_what_is_there(late: Canvas) -> None:
    assert repr(late) == (
        "Iceberg “Late again”: 4 notes (events 1, patterns over time 2, mental models 1)."
    )


def test_notes_are_lists_of_texts_by_layer(late: Canvas) -> None:
    assert late.notes["patterns"] == ["More each week since the bus was cut.", "Worst in the rain."]
    late.notes = {"Patterns over time": ["Only this."]}
    assert late.notes == {
        "events": [],
        "patterns": ["Only this."],
        "structures": [],
        "mental_models": [],
    }


def test_a_note_cannot_be_lost_by_writing_it_into_the_list(late: Canvas) -> None:
    with pytest.raises(DataError) as lesson:
        late.notes["events"].append("A bus was late.")
    assert str(lesson.value) == (
        "this list is a copy of what is on the board: write a note with "
        'board.add("layer", "text"), or set all of them with board.notes = {…}'
    )


def test_a_topic_is_a_text() -> None:
    with pytest.raises(DataError) as lesson:
        iceberg(3)  # type: ignore[arg-type]
    assert str(lesson.value) == "iceberg, topic: a text in quotation marks is needed; this is 3"


def test_a_layer_that_is_not_there_gets_the_nearest(late: Canvas) -> None:
    with pytest.raises(UnknownNameError) as lesson:
        late.add("structure", "A timetable")
    assert str(lesson.value) == (
        "iceberg 'Late again': nothing is called 'structure'; did you mean 'structures'?"
    )


@pytest.mark.parametrize(
    ("notes", "words"),
    [
        (
            ["a"],
            "iceberg 'Late again': notes are written by layer, "
            '{"events": ["a text"]}; this is [\'a\']',
        ),
        (
            {"events": 3},
            "iceberg 'Late again', Events: the notes are a list of texts; this is 3",
        ),
        (
            {"events": [3]},
            "iceberg 'Late again', Events: a text in quotation marks is needed; this is 3",
        ),
    ],
)
def test_what_is_no_note_is_refused_in_words(late: Canvas, notes: Any, words: str) -> None:
    before = dict(late.notes)
    with pytest.raises(DataError) as lesson:
        late.notes = notes
    assert str(lesson.value) == words
    assert late.notes == before


def test_the_page_may_write_as_python_does(late: Canvas) -> None:
    late.set_state({"notes": {**late.notes, "structures": ["One bus for two villages."]}})
    assert late.notes["structures"] == ["One bus for two villages."]


@given(texts=st.lists(st.text(), max_size=4), kind=st.sampled_from(sorted(BOARDS)))
def test_any_text_comes_back_from_a_file_as_it_was_kept(texts: list[str], kind: str) -> None:
    board = DOORS[kind]("A topic")
    layer = board.layers[1]
    board.add(layer, *texts)
    again = Canvas.from_dict(json.loads(json.dumps(board.to_dict())))
    assert again.notes == board.notes
    assert all(len(text.strip()) > 0 for text in board.notes[layer])
    json.dumps(board.to_dict()).encode()


def test_two_hundred_notes_are_all_there() -> None:
    board = mandala("Many").add("practice", *(f"Note {n}" for n in range(200)))
    assert repr(board) == "Mandala for systems change “Many”: 200 notes (practice 200)."
    assert board.still().count("<li") == 200


# What lies on a layer


def test_a_layer_holds_a_sketch_a_map_a_model_and_a_picture(
    late: Canvas, bath: StockFlow, buses: CausalLoopDiagram
) -> None:
    board = whole(late, bath, buses)
    assert repr(board).endswith(", a sketch, a map, a model and a picture.")
    assert board.on("structures") == (buses, bath)
    assert [thing["layer"] for thing in board.things] == [
        "patterns",
        "structures",
        "structures",
        "events",
    ]


def test_a_sketch_on_a_board_and_the_sketch_itself_stay_in_step(late: Canvas) -> None:
    drawn = sketch("late pupils", stop=4, high=9, count=3)
    late.put("patterns", drawn)
    [key] = late.drawn
    drawn.points = [[0, 2]]
    assert late.drawn == {key: [[0, 2]]}
    late.set_state({"drawn": {key: [[0, 2], [4, 8]]}})
    assert drawn.points == [[0, 2], [4, 8]]
    assert late.to_dict()["things"][0]["source"]["points"] == [[0, 2], [4, 8]]


def test_a_map_on_a_board_is_drawn_again_when_it_changes(
    late: Canvas, buses: CausalLoopDiagram
) -> None:
    late.put("structures", buses)
    before = late.things[0]["picture"]

    async def cell() -> None:
        for n in range(3):
            buses.link(f"cause {n}", "lateness", "+")
        assert late.things[0]["picture"] == before  # once, when the cell has ended
        await asyncio.sleep(0)

    with ThreadPoolExecutor(1) as other:  # Playwright's own loop may be running in this thread
        other.submit(lambda: asyncio.run(cell())).result()
    assert late.things[0]["picture"] != before
    assert late.things[0]["sentence"] == buses.describe()


def test_a_map_that_changed_outside_a_notebook_is_new_in_the_file(
    late: Canvas, buses: CausalLoopDiagram
) -> None:
    late.put("structures", buses)
    buses.link("rain", "lateness", "+")
    assert late.to_dict()["things"][0]["sentence"] == buses.describe()


def test_a_map_in_an_editor_is_followed_and_kept_as_a_map(
    late: Canvas, buses: CausalLoopDiagram
) -> None:
    editor = buses.edit()
    late.put("structures", editor)
    assert late.on("structures") == (editor,)
    buses.link("rain", "lateness", "+")
    [thing] = late.to_dict()["things"]
    assert (thing["form"], thing["name"]) == ("map", "Bus")
    assert thing["sentence"] == buses.describe()
    [again] = Canvas.from_dict(late.to_dict()).on("structures")
    assert again.to_text() == buses.to_text()


def test_an_empty_map_may_lie_on_a_board(late: Canvas) -> None:
    empty = CausalLoopDiagram(name="Not begun")
    assert Canvas.from_dict(late.put("structures", empty).to_dict()).on("structures")


def test_a_thing_put_on_again_moves_and_is_there_once(
    late: Canvas, buses: CausalLoopDiagram
) -> None:
    late.put("events", buses).put("structures", buses)
    assert late.on("events") == ()
    assert late.on("structures") == (buses,)
    late.take_off(buses)
    assert late.things == []
    with pytest.raises(DataError) as lesson:
        late.take_off(buses)
    assert str(lesson.value).startswith("iceberg 'Late again': ")
    assert str(lesson.value).endswith(" is not on the board")


def test_what_shows_no_picture_is_refused(late: Canvas) -> None:
    with pytest.raises(DataError) as lesson:
        late.put("events", 7)
    assert str(lesson.value) == (
        "iceberg 'Late again': a layer holds a sketch, a causal loop diagram, a model or a "
        "picture such as run.plot(); this is 7"
    )


# Kept and opened again


def test_a_board_read_twice_is_the_same(
    late: Canvas, bath: StockFlow, buses: CausalLoopDiagram, tmp_path: Path
) -> None:
    path = whole(late, bath, buses).write(tmp_path / "late.json")
    boards = [read_board(path), read_board(path)]
    assert boards[0].to_dict() == boards[1].to_dict() == late.to_dict()
    assert boards[0].write(tmp_path / "again.json").read_bytes() == path.read_bytes()
    [map_, model] = boards[0].on("structures")
    assert (map_.to_text(), map_.name, map_.positions) == (
        buses.to_text(),
        "Bus",
        buses.positions,
    )
    assert model.run()["water"][-1] == bath.run()["water"][-1]
    [drawn] = boards[0].on("patterns")
    assert drawn.points == [[0, 1], [4, 5]]
    assert drawn.payload == late.on("patterns")[0].payload


def test_a_board_says_its_kind_and_version(late: Canvas) -> None:
    kept = late.to_dict()
    assert list(kept) == ["kind", "version", "topic", "notes", "things"]
    assert (kept["kind"], kept["version"], kept["topic"]) == ("iceberg", 1, "Late again")


def test_a_board_is_opened_without_drawing_its_maps_again(
    late: Canvas, buses: CausalLoopDiagram, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = late.put("structures", buses).to_dict()
    monkeypatch.setattr(diagrams, "drawing_svg", lambda *_: pytest.fail("drawn again"))
    board = Canvas.from_dict(kept)
    assert board.things[0]["picture"] == kept["things"][0]["picture"]


def test_a_map_that_was_kept_without_its_picture_is_drawn(
    late: Canvas, buses: CausalLoopDiagram
) -> None:
    kept = late.put("structures", buses).to_dict()
    picture = kept["things"][0].pop("picture")
    assert Canvas.from_dict(kept).things[0]["picture"] == picture


def test_a_board_that_the_page_opened_has_its_things_in_python(
    late: Canvas, bath: StockFlow, buses: CausalLoopDiagram
) -> None:
    rows = whole(late, bath, buses).to_dict()["things"]
    other = iceberg()
    other.set_state({"things": [{**row, "key": f"m-{n}"} for n, row in enumerate(rows)]})
    assert [type(held).__name__ for held in other.on("structures")] == [
        "CausalLoopDiagram",
        "StockFlow",
    ]
    other.put("events", CausalLoopDiagram("a -> b: +"))
    assert len({thing["key"] for thing in other.things}) == 5


def test_a_board_is_written_as_json_and_saved_as_a_page(late: Canvas, tmp_path: Path) -> None:
    with pytest.raises(FileError) as lesson:
        late.write(tmp_path / "late.txt")
    assert str(lesson.value) == "'late.txt': a board is written as .json, and saved as .html"
    with pytest.raises(FileError) as lesson:
        late.save(tmp_path / "late.json")
    assert str(lesson.value) == "'late.json': a page is saved as .html"


NO_BOARD = (
    "this is no board: a board says its kind, 'iceberg', 'ladder' or 'mandala', "
    "and keeps its notes by layer"
)
BOARD = {"kind": "iceberg", "version": 1, "topic": "x", "notes": {}, "things": []}
BOMB = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aa">]><xmile>&a;</xmile>'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "'it.json' is empty"),
        (
            '{"kind": "iceberg", "no',
            "'it.json' is no board from line 1, column 21 on; was the file saved whole?",
        ),
        ("[" * 100_000, "'it.json' nests deeper, or has longer numbers, than a board"),
        ("[]", f"'it.json': {NO_BOARD}"),
        ('{"kind": ["iceberg"]}', f"'it.json': {NO_BOARD}"),
    ],
)
def test_a_file_that_is_no_board_is_told_in_a_sentence(
    tmp_path: Path, content: Any, words: str
) -> None:
    path = tmp_path / "it.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    with pytest.raises(FileError) as lesson:
        read_board(path)
    assert str(lesson.value) == words


NEWER = (
    "It was written by a newer cstools (version 2 of boards; this one knows 1). "
    "What is known here is read; to see the rest, update cstools."
)
SEEN = "data:image/png;base64,AAAA"
MAP = {"form": "map", "layer": "events", "source": {"name": "x"}}


@pytest.mark.parametrize(
    ("change", "notes", "unread"),
    [
        ({"version": 2, "colour": "blue"}, {}, [NEWER]),
        (
            {"version": "new"},
            {},
            [
                'Which version it is of is not clear ("new"). What could be understood is read.',
            ],
        ),
        ({"notes": {"events": "only one"}}, {"events": ["only one"]}, []),
        ({"notes": {"Mental models": [7, ["a"], None]}}, {"mental_models": ["7", "a"]}, []),
        (
            {"notes": {"feelings": ["sad", "cross"], "events": ["Monday"]}},
            {"events": ["sad", "cross", "Monday"]},
            ["A layer “feelings” is not known here: what it holds stands on “Events”."],
        ),
        (
            {"notes": {"events": [{"text": "blue", "ink": 1}, {"picture": "of a whole class"}]}},
            {"events": ["blue"]},
            [
                '“Events”: this is no text, and is left out: {"picture":"of a whole class"}',
            ],
        ),
        (
            {"notes": ["a", "b"]},
            {"events": ["a", "b"]},
            ["Its notes are not sorted by layer: all of them stand on “Events”."],
        ),
        ({"topic": True}, {}, ["The topic: this is no text, and is left out: true"]),
        (
            {"things": {"a": 1}},
            {},
            ['Its sketches, maps and models are not in a list, and are left out: {"a":1}'],
        ),
        (
            {"things": [{"form": "script"}, {"form": "picture", "picture": "https://x"}]},
            {},
            [
                "Thing 1 beside the notes is left out: it is no sketch, map, model or picture.",
                "Thing 2 beside the notes is left out: its picture is no image.",
            ],
        ),
        (
            {"things": [{"form": "picture", "name": "Bus", "layer": "sky", "picture": SEEN}]},
            {},
            ["The picture “Bus” lies on a layer that is not known here: it is put on “Events”."],
        ),
    ],
)
def test_what_can_be_read_of_a_board_is_read_and_the_rest_is_told(
    tmp_path: Path, change: Any, notes: dict[str, list[str]], unread: list[str]
) -> None:
    data = {**BOARD, **change}
    board = Canvas.from_dict(data)
    assert {layer: texts for layer, texts in board.notes.items() if texts} == notes
    assert board.unread == unread
    frame = BOARDS["iceberg"].frame()
    said = in_node(
        tmp_path, "canvas/open.js", "boardInText", "boardInText(...given)", frame, json.dumps(data)
    )
    assert {layer: texts for layer, texts in said["board"]["notes"].items() if texts} == notes
    assert said["board"]["topic"] == board.topic
    assert [thing["layer"] for thing in said["board"]["things"]] == [
        thing["layer"] for thing in board.things
    ]
    assert said["unread"] == unread  # the page reads as Python does


@pytest.mark.parametrize(
    ("thing", "unread"),
    [
        (
            {**MAP, "name": "Bus"},
            "The map “Bus” is left out: these are not the values of a map: KeyError('variables').",
        ),
        (
            {**MAP, "name": "Bus", "picture": SEEN},
            "The map “Bus” is there as a picture only: these are not the values of a map: "
            "KeyError('variables').",
        ),
        (
            {"form": "sketch", "layer": "events", "source": {"low": "x"}},
            "Thing 1 beside the notes is left out: what it is made from is not written as a board "
            "writes it.",
        ),
    ],
)
def test_a_thing_that_cannot_be_made_again_is_told(thing: Any, unread: str) -> None:
    board = Canvas.from_dict({**BOARD, "things": [thing]})
    assert board.unread == [unread]
    assert [kept["form"] for kept in board.things] == ["picture"] * ("picture" in thing)
    assert board.on("events") == ()


def test_what_was_not_read_is_told_wherever_the_board_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "it.json"
    path.write_text(json.dumps({**BOARD, "version": 2, "notes": {"events": ["Monday."]}}))
    with pytest.warns(UserWarning, match="could not all be read") as warned:
        board = read_board(path)
    assert [str(one.message) for one in warned] == [f"'it.json' could not all be read. {NEWER}"]
    assert warned[0].filename == __file__
    assert (
        repr(board) == f"Iceberg “x”: 1 note (events 1). Not all of its file could be read: {NEWER}"
    )
    assert NEWER in board.still()
    board.set_state({"unread": []})  # somebody has read it in the page
    assert repr(board) == "Iceberg “x”: 1 note (events 1)."


def test_a_board_that_nests_far_too_deep_is_refused() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(FileError) as lesson:
        Canvas.from_dict({**BOARD, "notes": {"events": deep}})
    assert str(lesson.value) == "this nests deeper than a board"


def test_a_model_that_would_fetch_or_unfold_is_not_opened() -> None:
    thing = {"form": "model", "layer": "events", "source": {"xmile": BOMB}}
    board = Canvas.from_dict({**BOARD, "things": [thing]})
    assert board.things == []
    assert board.unread[0].startswith("Thing 1 beside the notes is left out: 'model.xmile'")


def test_a_file_that_is_not_there_or_no_text_is_told(tmp_path: Path) -> None:
    absent = tmp_path / "none.json"
    with pytest.raises(FileError) as lesson:
        read_board(absent)
    assert str(lesson.value) == (
        f"'{absent}': there is no such file; is the name spelt as it is on the disk?"
    )
    (tmp_path / "it.json").write_bytes(b"\xff\xfe\x00\xd8")
    with pytest.raises(FileError) as lesson:
        read_board(tmp_path / "it.json")
    assert str(lesson.value) == "'it.json' is no text, and so no board"


# Where nothing is live


def test_the_still_form_holds_every_note_as_text(
    late: Canvas, bath: StockFlow, buses: CausalLoopDiagram
) -> None:
    still = whole(late, bath, buses).still()
    for texts in late.notes.values():
        for text in texts:
            assert text in still
    assert "<script" not in still
    assert still.count("<img ") == 3  # the map, the model, the run; each with its sentence
    assert 'alt="Causal loop diagram “Bus”' in still
    assert "Sketch of late pupils: 1 pupil at week 0, 5 pupil at week 4" in still


def test_nothing_that_is_written_becomes_a_tag(tmp_path: Path) -> None:
    evil = '</script><img src=x onerror="alert(1)">'
    board = ladder(evil).add("data", evil).put("data", CausalLoopDiagram("a -> b: +", name=evil))
    page = board.save(tmp_path / "it.html").read_text("utf-8")
    assert "<img src=x" not in page
    assert "</script><img" not in page


def test_a_picture_from_a_file_that_is_no_image_is_not_shown() -> None:
    board = iceberg()
    evil = {"form": "picture", "layer": "events", "key": "e", "name": "", "sentence": "Seen."}
    board.set_state({"things": [{**evil, "picture": 'data:text/html;base64,AA"><script>'}]})
    assert "<script" not in board.still()
    assert "<img" not in board.still()


# The boards themselves


@pytest.mark.parametrize("board", BOARDS.values(), ids=BOARDS)
def test_every_layer_asks_a_question_and_gives_an_example(board: Any) -> None:
    assert len({layer.key for layer in board.layers}) == len(board.layers)
    for layer in board.layers:
        assert layer.question.endswith(("?", ".")), layer
        assert layer.example.endswith("."), layer
        assert layer.back == "" or layer.back.endswith("?"), layer


def test_the_ladder_is_argyris_and_the_reference_is_listed() -> None:
    assert reference("Argyris1990").year == 1990
    assert "Argyris (1990)" in BOARDS["ladder"].source
