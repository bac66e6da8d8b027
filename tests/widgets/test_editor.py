"""The map and its page follow each other; nothing that either says is lost."""

from __future__ import annotations

import asyncio
import copy
import pickle
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from cstools import CausalLoopDiagram
from cstools.causal_loops.plain import from_plain, merged, to_plain
from cstools.errors import MissingPartError, ModelError
from cstools.names import key
from cstools.widgets.editor import LiveEditor, edit
from cstools.widgets.editor.places import beside

STRESS = """
stress -> sleep: - delayed  # worry keeps one awake [source: Lyneis 2007]
sleep -> stress: -
stress -> sleep: +
sleep -> sleep: +
self: stress
loop rest: stress, sleep
"""


@pytest.fixture(autouse=True)
def no_notebook() -> Iterator[None]:
    """Hide the loop that the driver of the browser tests keeps running in this thread."""
    loop = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(loop)


@pytest.fixture
def stress() -> CausalLoopDiagram:
    return CausalLoopDiagram(STRESS, name="Nights").place("sleep", 300.125, 40)


def page_says(part: LiveEditor, **changes: Any) -> None:
    """Set the map as the page would: what it knows, with something changed."""
    part.map = copy.deepcopy(dict(part.map)) | changes | {"edit": part.heard + 1}


def more(part: LiveEditor, kind: str, one: Mapping[str, Any]) -> list[Any]:
    return [*copy.deepcopy(part.map[kind]), dict(one)]


def link(cause: str, effect: str, sign: str = "+") -> dict[str, Any]:
    words = {"delayed": False, "reason": "", "source": "", "bow": 1}
    return {"cause": cause, "effect": effect, "sign": sign, **words}


def variable(name: str, x: float = 0, y: float = 0, pinned: bool = True) -> dict[str, Any]:
    return {"name": name, "lens": "", "x": x, "y": y, "pinned": pinned}


def test_the_map_itself_is_edited(stress: CausalLoopDiagram) -> None:
    part = stress.edit()
    assert part.diagram is stress
    variables = more(part, "variables", variable("mood", 10, 20))
    page_says(part, variables=variables, links=more(part, "links", link("sleep", "mood")))
    assert stress.variables == ("stress", "sleep", "mood")
    assert str(stress.links[-1]) == "sleep → mood (+)"
    assert stress.positions["mood"] == (10, 20)
    assert part.heard == 1


def test_what_is_not_touched_survives_an_edit_in_the_page(stress: CausalLoopDiagram) -> None:
    text, places = stress.to_text(), stress.positions
    part = stress.edit()
    variables = more(part, "variables", variable("mood", pinned=False))
    page_says(part, variables=variables)
    page_says(part, variables=part.map["variables"][:-1])
    assert stress.to_text() == text
    assert stress.positions == places
    assert stress.name == "Nights"


def test_a_title_survives_while_its_loop_is_open(stress: CausalLoopDiagram) -> None:
    part = stress.edit()
    whole = part.map["links"]
    page_says(part, links=[one for one in whole if one["cause"] == "stress"])
    assert "rest" not in stress.to_text()
    page_says(part, links=whole)
    assert stress.loops()["rest"].variables == ("stress", "sleep")


def test_an_edit_in_python_shows_in_the_page(stress: CausalLoopDiagram) -> None:
    part = stress.edit()
    revision = part.map["revision"]
    stress.link("sleep", "mood", "+").place("mood", 5, 6)
    shown = {one["name"]: one for one in part.map["variables"]}
    assert (shown["mood"]["x"], shown["mood"]["y"], shown["mood"]["pinned"]) == (5, 6, True)
    assert part.map["links"][-1]["effect"] == "mood"
    assert part.map["revision"] > revision


def test_words_that_stand_do_not_move_when_another_comes(stress: CausalLoopDiagram) -> None:
    part = stress.edit()
    before = {one["name"]: (one["x"], one["y"]) for one in part.map["variables"]}
    for name in ("mood", "mistakes", "work"):
        stress.link("stress", name, "+")
    after = {one["name"]: (one["x"], one["y"]) for one in part.map["variables"]}
    assert {name: after[name] for name in before} == before
    assert len(set(after.values())) == 5
    apart = [abs(complex(*after["mood"]) - complex(*after[name])) for name in before]
    assert min(apart) > 40


def test_both_sides_may_edit_in_the_same_moment(stress: CausalLoopDiagram) -> None:
    part = stress.edit()
    old = copy.deepcopy(dict(part.map))
    stress.link("sleep", "mood", "+")  # the page has not heard of this yet …
    stress.unlink("sleep", "sleep")
    variables = [*old["variables"], variable("trust", 7, 8)]
    part.map = old | {"variables": variables, "edit": 1}  # … when it says this
    assert stress.variables == ("stress", "sleep", "mood", "trust")
    assert [str(x) for x in stress.links] == [
        "stress → sleep (−)",
        "sleep → stress (−)",
        "stress → sleep (+)",
        "sleep → mood (+)",
    ]
    assert [one["name"] for one in part.map["variables"]] == [*stress.variables]
    assert part.heard == 1


def test_an_edit_from_long_ago_adds_to_the_map_and_takes_nothing_away(
    stress: CausalLoopDiagram,
) -> None:
    part = stress.edit()
    old = copy.deepcopy(dict(part.map))
    for i in range(60):
        stress.link("sleep", f"mood {i}", "+")
    part.map = old | {"variables": [*old["variables"], variable("trust")], "edit": 1}
    assert len(stress.variables) == 63
    assert len(stress.links) == 64


def test_a_link_keeps_the_variable_that_the_other_side_took_away() -> None:
    base = to_plain(CausalLoopDiagram("a -> b: +"))
    mine = to_plain(CausalLoopDiagram("variables: a"))
    theirs = to_plain(CausalLoopDiagram("a -> b: +\nb -> c: -"))
    assert from_plain(merged(base, mine, theirs)).to_text() == "variables: a, c, b\nb -> c: -"


def test_a_map_that_cannot_be_is_refused_and_the_page_gets_the_old_one(
    stress: CausalLoopDiagram,
) -> None:
    part = stress.edit()
    text = stress.to_text()
    page_says(part, variables=more(part, "variables", variable("Straße")))
    page_says(part, variables=more(part, "variables", variable("STRASSE")))
    assert part.refused == "there are two variables 'STRASSE'; one name is one variable"
    assert [one["name"] for one in part.map["variables"]] == ["stress", "sleep", "Straße"]
    page_says(part, links=more(part, "links", link("sleep", "stress", "-")))
    assert part.refused == (
        "there are two links 'sleep' → 'stress' with the sign -; a second path has another sign"
    )
    page_says(part, variables=part.map["variables"][:2])
    assert (part.refused, stress.to_text()) == ("", text)


@pytest.mark.parametrize(
    "broken", [{"variables": None}, {"links": [{}]}, {"titles": [{"title": 3}]}, {"name": None}]
)
def test_values_of_no_map_are_refused(stress: CausalLoopDiagram, broken: dict[str, Any]) -> None:
    part = stress.edit()
    text = stress.to_text()
    page_says(part, **broken)
    assert part.refused
    assert stress.to_text() == text


def test_a_source_in_a_reason_is_taken_out_of_it_and_the_page_is_told(
    stress: CausalLoopDiagram,
) -> None:
    part = stress.edit()
    links = copy.deepcopy(part.map["links"])
    links[1] |= {"reason": "rest heals [source: Lyneis 2007]"}
    page_says(part, links=links)
    assert (stress.links[1].reason, stress.links[1].source) == ("rest heals", "Lyneis 2007")
    assert part.map["links"][1]["source"] == "Lyneis 2007"


def test_a_new_layout_forgets_the_pins_when_it_is_taken(stress: CausalLoopDiagram) -> None:
    part = stress.edit()
    part.asked = {"what": "layout", "number": "1"}
    answer = part.arranged
    assert answer["number"] == "1"
    assert {*answer["places"]} == {"stress", "sleep"}
    assert stress.positions  # nothing has happened to the map so far
    places = answer["places"]
    variables = [
        one | {"x": places[one["name"]][0], "y": places[one["name"]][1], "pinned": False}
        for one in part.map["variables"]
    ]
    page_says(part, variables=variables)
    assert stress.positions == {}
    assert [(one["x"], one["y"]) for one in part.map["variables"]] == [*map(tuple, places.values())]


def test_notes_follow_the_map() -> None:
    part = edit(CausalLoopDiagram())
    assert part.notes == {"notes": [], "remark": ""}
    page_says(part, variables=[variable("reduce costs")])
    assert part.notes["notes"][0]["about"] == ["reduce costs"]


def test_many_edits_in_one_cell_are_told_a_few_times() -> None:
    async def cell() -> list[int]:
        map_ = CausalLoopDiagram("a -> b: +")
        part = map_.edit()
        told: list[int] = []
        part.observe(lambda change: told.append(len(change["new"]["links"])), "map")
        for i in range(100):
            map_.link("a", f"v{i}", "+")
        await asyncio.sleep(0)  # the cell ends, the notebook rests
        return told

    told = asyncio.run(cell())
    assert told[-1] == 101
    assert len(told) < 20


def test_a_closed_page_hears_no_more(stress: CausalLoopDiagram) -> None:
    part = stress.edit()
    part.close()
    stress.link("sleep", "mood", "+")
    assert len(part.map["variables"]) == 2


def test_a_copy_of_a_map_is_heard_by_nobody(stress: CausalLoopDiagram) -> None:
    part = stress.edit()
    for other in (copy.deepcopy(stress), pickle.loads(pickle.dumps(stress))):
        assert other.to_text() == stress.to_text()
        other.link("sleep", "mood", "+")
    assert len(part.map["variables"]) == 2


def test_a_map_tells_whoever_listens_that_it_changed(stress: CausalLoopDiagram) -> None:
    heard: list[int] = []
    stop = stress.on_change(lambda: heard.append(len(stress.links)))
    stress.link("sleep", "mood", "+")
    stress.variable("trust")
    stress.place("trust", 1, 2)
    stress.unlink("sleep", "mood")
    stress.name_loop(["sleep"], "naps")
    stop()
    stress.variable("hope")
    assert heard == [5, 5, 5, 4, 4]


def test_the_still_picture_stands_as_the_editor_does(stress: CausalLoopDiagram) -> None:
    part = stress.edit()
    page_says(part, variables=[one | {"x": 50 * i} for i, one in enumerate(part.map["variables"])])
    assert "<svg" in part.still()
    assert part.sentence() == stress.describe() == repr(part)
    assert part.sentence() in part.still().replace("&#x27;", "'").replace("&quot;", '"')
    assert "<script" not in part.still()


def test_an_editor_can_be_saved_as_a_page_of_its_own(
    stress: CausalLoopDiagram, tmp_path: Path
) -> None:
    page = stress.edit().save(tmp_path / "map.html").read_text("utf-8")
    assert re.findall(r'(?:src|href)="(?!#)[^"]*"|https?://(?!www\.w3\.org/)\S*', page) == []
    assert "<title>Nights</title>" in page


def test_places_for_new_words_are_free_ones() -> None:
    map_ = CausalLoopDiagram("\n".join(f"hub -> v{i}: +" for i in range(12)))
    places = beside(map_, {key("hub"): (0, 0)})
    assert len(places) == 13
    spots = [complex(*at) for at in places.values()]
    assert min(abs(a - b) for i, a in enumerate(spots) for b in spots[:i]) > 50


def test_only_a_map_can_be_edited() -> None:
    with pytest.raises(ModelError) as lesson:
        edit("stress -> sleep: -")  # type: ignore[arg-type]
    assert str(lesson.value) == "edit(…) needs a causal loop diagram; this is str"


def test_without_anywidget_a_sentence_says_what_is_missing(
    stress: CausalLoopDiagram, without_anywidget: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.delitem(sys.modules, "cstools.widgets.editor", raising=False)
    with pytest.raises(MissingPartError) as lesson:
        stress.edit()
    assert str(lesson.value) == (
        "'anywidget' is not installed, and widgets needs it; "
        "to see what is missing and how to install it: cstools check"
    )
