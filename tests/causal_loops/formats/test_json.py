"""Kumu and SD-JSON: files as those programs write them, ours back again, damaged JSON refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstools import CausalLoopDiagram, CstoolsError
from tests.causal_loops.formats.maps import (
    PLACES,
    again,
    bare_links,
    damaged,
    hurts,
    read_and_told,
    read_or_refused,
    rework,
    titles,
)
from tests.fuzz.lessons import cases

BLUEPRINT = {
    "elements": [{"label": "Trust", "type": "Feeling"}, {"label": "Talk", "lens": "others"}],
    "connections": [
        {"_id": "c1", "from": "Trust", "to": "talk", "direction": "directed", "type": "+"},
        {"_id": "c2", "from": "Talk", "to": "Trust", "type": "--", "delayed": "yes"},
        {"from": "Trust", "to": "Rumour", "type": "+-", "description": "it dries up"},
        {"from": "Talk", "to": "Rumour", "direction": "mutual", "type": "-"},
        {"from": "Talk", "to": "Rumour", "type": "feeds", "tags": ["Delayed"]},
    ],
    "loops": [{"label": "Opening up", "connections": ["c2", "c1"]}],
}
PROJECT = {
    "name": "Village",
    "elements": [
        {"_id": "elem-a", "attributes": {"label": "Rain"}},
        {"_id": "elem-b", "attributes": {"label": "Grass"}},
    ],
    "connections": [
        {
            "_id": "conn-1",
            "from": "elem-a",
            "to": "elem-b",
            "direction": "directed",
            "attributes": {"type": "+", "Delayed": True},
        }
    ],
    "maps": [{"elements": [{"element": "elem-b", "position": {"x": 10, "y": -20.5}}]}],
}
LOOPY = (
    '[[[1,403,223,1,"rabbits%20(all)",4],[2,405,382,1,"foxes",5],[7,1,2,0,"%3F",0]],'
    '[[2,1,89,-1,0],[1,2,94,1,0],[1,7,94,0,0]],[[609,311,"a%20note"]],2]'
)
SD_JSON = {
    "model": {
        "variables": [{"name": "births", "type": "flow", "equation": "population*rate"}],
        "relationships": [
            {
                "from": "births",
                "to": "population",
                "polarity": "+",
                "reasoning": "a birth adds one",
                "polarityReasoning": "more births, more people",
            },
            {"from": "deaths", "to": "population", "polarity": "-"},
            {"from": "war", "to": "births", "polarity": "?"},
        ],
    }
}
FILES = {"kumu": BLUEPRINT, "project": PROJECT, "loopy": json.loads(LOOPY), "sd": SD_JSON}


def read(tmp_path, data, name="map.json"):
    """Read data as JSON; return the map and what was told."""
    path = tmp_path / name
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return read_and_told(path)


# --- Kumu -----------------------------------------------------------------------------------------


def test_the_sign_of_a_kumu_connection_is_the_product_of_its_two_ends(tmp_path):
    village, told = read(tmp_path, BLUEPRINT)
    assert bare_links(village) == [
        ("Trust", "Talk", "+", False),
        ("Talk", "Trust", "+", True),
        ("Trust", "Rumour", "-", False),
        ("Talk", "Rumour", "-", False),
        ("Rumour", "Talk", "-", False),
        ("Talk", "Rumour", "?", True),
    ]
    assert told == ["'map.json': connection 5: the type 'feeds' is no sign, and is taken as ?"]
    assert village["Talk"].lens == "others"
    assert village.links[2].reason == "it dries up"
    assert titles(village) == {frozenset({"Trust", "Talk"}): "Opening up"}


def test_a_kumu_project_is_read_by_its_own_numbers(tmp_path):
    village, told = read(tmp_path, PROJECT)
    assert village.name == "Village"
    assert bare_links(village) == [("Rain", "Grass", "+", True)]
    assert village.positions == {"Grass": (10, -20.5)}
    assert told == []


def test_a_kumu_export_has_the_sign_in_its_connection_type_and_turns_what_is_reversed(tmp_path):
    data = {
        "elements": [
            {"_id": "elem-a", "attributes": {"label": "Rain", "element type": "+"}},
            {"_id": "elem-b", "attributes": {"label": "Grass"}},
        ],
        "connections": [
            {
                "_id": "conn-1",
                "direction": "directed",
                "delayed": True,
                "reversed": reversed_,
                "attributes": {"label": "[4]", "connection type": "+-"},
                "from": "elem-a",
                "to": "elem-b",
            }
            for reversed_ in (False, True)
        ],
        "maps": [{"elements": [{"element": "elem-a", "position": None}]}],
    }
    village, told = read(tmp_path, data)
    assert bare_links(village) == [("Rain", "Grass", "-", True), ("Grass", "Rain", "-", True)]
    assert told == ["'map.json': connection 2: it is reversed, and read as 'Grass' → 'Rain'"]


def test_a_connection_without_direction_is_told(tmp_path):
    data = {"connections": [{"from": "a", "to": "b", "direction": "undirected", "type": "+"}]}
    village, told = read(tmp_path, data)
    assert village.variables == ("a", "b")
    assert village.links == ()
    assert told == [
        "'map.json': connection 1: it has no direction, so that it is no cause, and is left out"
    ]


def test_a_kumu_loop_that_does_not_close_is_told(tmp_path):
    data = {
        "connections": [{"_id": "c1", "from": "a", "to": "b"}],
        "loops": [{"label": "round", "connections": ["c1"]}],
    }
    _, told = read(tmp_path, data)
    assert told == [
        "'map.json': loop 1: 'round' does not close a loop of connections, and is left out"
    ]


def test_two_kumu_elements_of_one_name_are_one_variable_and_it_is_told(tmp_path):
    _, told = read(tmp_path, {"elements": [{"label": "Rain fall"}, {"label": "rain_fall"}]})
    assert told == ["'map.json': element 2: 'Rain fall' is there already, and they are made one"]


def test_a_map_comes_back_from_kumu_as_it_was(tmp_path):
    back, told = again(rework(), tmp_path / "map.json", "kumu")
    assert back.links == rework().links
    assert [back[name] for name in back.variables] == [rework()[n] for n in rework().variables]
    assert back.positions == PLACES
    assert titles(back) == titles(rework())
    assert (back.name, told) == ("rework", [])


# --- SD-JSON --------------------------------------------------------------------------------------


def test_relationships_of_sd_json_are_links_with_their_reasons(tmp_path):
    people, told = read(tmp_path, SD_JSON)
    assert bare_links(people) == [
        ("births", "population", "+", False),
        ("deaths", "population", "-", False),
        ("war", "births", "?", False),
    ]
    assert people.links[0].reason == "a birth adds one; more births, more people"
    assert told == []


def test_a_map_with_everything_comes_back_from_sd_json(tmp_path):
    back, told = again(rework(), tmp_path / "map.json", "sd-json")
    assert back.links == rework().links
    assert back["mistakes"].lens == "self"
    assert told == [
        "'map.json': SD-JSON has no room for its 2 loop names; "
        "SD-JSON has no room for its 6 pinned places"
    ]


# --- bad files ------------------------------------------------------------------------------------


def test_a_ghost_of_sd_json_is_the_variable_that_it_stands_for(tmp_path):
    data = {
        "variables": [
            {"name": "Lynx.Hares", "crossLevelGhostOf": "Hares.population"},
            {"name": "Lynx.births"},
        ],
        "relationships": [
            {"from": "Lynx.Hares", "to": "Lynx.births", "polarity": "+"},
            {"from": "Lynx.births", "to": "Hares.population", "polarity": ""},
        ],
    }
    hares, told = read(tmp_path, data)
    assert bare_links(hares) == [
        ("Hares.population", "Lynx.births", "+", False),
        ("Lynx.births", "Hares.population", "?", False),
    ]
    assert hares.variables == ("Hares.population", "Lynx.births")
    assert told == []


def test_an_unknown_sign_is_empty_in_sd_json_as_its_schema_has_it(tmp_path):
    path = CausalLoopDiagram("a -> b: ?").write(tmp_path / "map.json", format="sd-json")
    (link,) = json.loads(path.read_text(encoding="utf-8"))["relationships"]
    assert link == {"from": "a", "to": "b", "polarity": ""}


@pytest.mark.parametrize("file", FILES)
@given(changes=hurts)
@cases(0.3)
def test_damaged_json_is_read_or_refused(file, changes, tmp_path_factory):
    data = json.dumps(FILES[file]).encode()
    read_or_refused(damaged(data, changes), tmp_path_factory.getbasetemp() / "hurt.json")


_anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(
    list_=st.sampled_from(
        ["elements", "connections", "loops", "maps", "nodes", "edges", "globals"]
    ),
    field=st.sampled_from(["label", "from", "to", "type", "_id", "attributes", "tags", "x", "id"]),
    value=_anything,
)
@cases(0.5)
def test_a_field_of_another_type_is_read_or_refused(list_, field, value, tmp_path_factory):
    row = {"label": "a", "from": "a", "to": "a", "id": 1, field: value}
    base = {"nodes": [], "edges": []} if list_ in ("nodes", "edges", "globals") else {}
    for data in ({"elements": [], **base, list_: [row]}, {"elements": [], **base, list_: value}):
        content = json.dumps(data).encode()
        read_or_refused(content, tmp_path_factory.getbasetemp() / "typed.json")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            '{"elements": [}',
            "this is not JSON from line 1, column 15 on; was the file saved whole?",
        ),
        (
            "[" * 100_000,
            "this JSON nests deeper than any map does; it is not opened",
        ),
        (
            '{"x": 1}',
            "this JSON holds no map: one of Kumu has 'elements' and 'connections', one of LOOPY "
            "'nodes' and 'edges', and SD-JSON has 'relationships'",
        ),
        ('{"elements": {"a": 1}}', "'elements' is not a list, as it is in a map"),
        ('{"elements": [3]}', 'element 1: it is not written as {"name": value, …}'),
        (
            '{"elements": [{"type": "x"}]}',
            "element 1: a name is missing; each variable has one, and it is a text",
        ),
        (
            '{"connections": [{"from": "a"}]}',
            "connection 1: a name is missing; each variable has one, and it is a text",
        ),
        (
            '[[[1,0,0,0,"a",0]],[[1,9,0,1,0]],[],1]',
            "arrow 1: it joins the node 9, and there is none",
        ),
        (
            '[[[1,0,0,0,"a",0],[1,9,9,0,"b",0]],[],[],1]',
            "node 2: the number 1 is that of 'a' already",
        ),
        (
            '[[[[1],0,0,0,"a",0]],[],[],1]',
            "node 1: a node is known by a number, and here is none",
        ),
        (
            '{"elements": [{"_id": "e1", "label": "a"}, {"_id": "e1", "label": "b"}]}',
            "element 2: the id 'e1' is that of 'a' already",
        ),
        (
            '{"elements": [{"_id": "elem-1", "label": "a"}], '
            '"connections": [{"from": "elem-1", "to": "elem-9"}]}',
            "connection 1: it joins the element 'elem-9', and there is none",
        ),
        ("[[], 3]", "a map of LOOPY is a list of nodes and a list of edges; this is not"),
        (
            '{"relationships": [{"from": "a", "to": "b", "polarity": "up"}]}',
            "relationship 1: 'up' is not a sign; a sign is + (both move the same way), - (they "
            "move opposite ways) or ? (it cannot be said)",
        ),
    ],
)
def test_json_that_is_no_map_is_told_with_the_place(tmp_path, content, told):
    with pytest.raises(CstoolsError) as found:
        read(tmp_path, content)
    assert str(found.value) == f"'map.json': {told}"


def test_json_is_written_only_when_the_format_is_said(tmp_path):
    with pytest.raises(CstoolsError) as found:
        rework().write(tmp_path / "map.json")
    assert str(found.value) == (
        "'map.json' may hold a map in several formats; say format='kumu' or format='loopy' or "
        "format='sd-json'"
    )


def test_a_format_that_is_not_known_is_told_with_the_nearest(tmp_path):
    with pytest.raises(CstoolsError) as found:
        rework().write(tmp_path / "map.json", format="cumu")
    assert str(found.value) == "'cumu' is no format of maps; did you mean 'kumu'?"


def test_a_format_is_written_with_its_own_ending(tmp_path):
    with pytest.raises(CstoolsError) as found:
        rework().write(tmp_path / "map.mdl", format="kumu")
    assert str(found.value) == "'map.mdl': Kumu is written as .json or .xlsx"
