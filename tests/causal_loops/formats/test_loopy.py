"""LOOPY of both versions: what the programs write is read, ours comes back, damaged is refused."""

from __future__ import annotations

import base64
import json
import lzma
import warnings
from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstools import CausalLoopDiagram, CstoolsError, read_diagram
from tests.causal_loops.formats.maps import (
    PLACES,
    again,
    bare_links,
    damaged,
    diagrams,
    hurts,
    read_and_told,
    read_or_refused,
    rework,
)
from tests.fuzz.lessons import cases, lesson

FILE = (
    '[[[1,403,223,1,"rabbits%20(all)",4],[2,405,382,1,"foxes",5],[7,1,2,0,"%3F",0]],'
    '[[2,1,89,-1,0],[1,2,94,1,0],[1,7,94,0,0]],[[609,311,"a%20note"]],2]'
)
# What the code of LOOPY 2 (persist.js of 1000i100/loopy, run by Node) made of two maps: two nodes,
# three arrows and a note, as bits; five nodes and seven arrows in its advanced mode, compressed.
BITS = "CEmSMiEAQBmBXDwDAA8AMAxeAB42GAQAAAAAAAAEEHJhYmJpdHNgZsO8Y2hzZSAmIGNvYGBgYGEgbm90ZWA."
COMPRESSED = (
    "6K1V9A3k/GpgFDCg8MlP_Atfc8_0JdWgtBVgeV0-Dxw_gmA3UnP5Uxoli6UdCn3RLVfOfnnNnMJgDCRBeskhEKxzRs1mvFiefl"
    "c84DULYRE3RSu3F9sEryBgQzgd--_IS0AA."
)
BROKEN = "this is no map of LOOPY, or not a whole one; copy all of its address, or save it again"
SITE = "https://1000i100.github.io/loopy/2/?"


def read(tmp_path, data, name="map.json"):
    """Read data as JSON; return the map and what was told."""
    path = tmp_path / name
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return read_and_told(path)


def refused(address):
    """Return the lesson that an address ends in."""
    with pytest.raises(CstoolsError) as found:
        read_diagram(address)
    return str(found.value)


# --- files ----------------------------------------------------------------------------------------


def test_nodes_arrows_and_signs_of_loopy_are_read_and_the_rest_is_told(tmp_path):
    foxes, told = read(tmp_path, FILE, "foxes.loopy")
    assert bare_links(foxes) == [
        ("foxes", "rabbits (all)", "-", False),
        ("rabbits (all)", "foxes", "+", False),
        ("rabbits (all)", "node 7", "?", False),
    ]
    assert foxes.positions["foxes"] == (405, 382)
    assert told == [
        "'foxes.loopy': the node 7 with the label '?' is read as 'node 7'; "
        "text that stands free on the page (1) is left out"
    ]


def test_a_label_encoded_twice_is_read_as_it_was_meant(tmp_path):
    twice = '[[[1,0,0,0,"caf%25C3%25A9%2520life",0]],[],[],1]'
    diagram, _ = read(tmp_path, twice)
    assert diagram.variables == ("café life",)


def test_the_data_of_an_address_kept_in_a_file_are_read(tmp_path):
    kept = "[[[1,0,0,1,%22wild%2520rabbits%22,4]],[],[],1%5D"
    assert read(tmp_path, kept, "kept.loopy")[0].variables == ("wild rabbits",)


def test_an_address_that_loopy_made_is_read():
    plain = '[[[1,403,223,1,"wild%2520rabbits",4],[2,405,382,1,"foxes",5]],[[2,1,89,-1,0]],[],2]'
    for data in (plain, quote(plain, safe="")):
        diagram = read_diagram(f"https://ncase.me/loopy/v1.1/?data={data}&embed=1")
        assert bare_links(diagram) == [("foxes", "wild rabbits", "-", False)]


def test_a_letter_that_unicode_writes_as_a_sign_is_a_name(tmp_path):
    account = CausalLoopDiagram().variable("\u2100")  # the sign "account of", an a and a c
    back, told = again(account, tmp_path / "map.loopy")
    assert back.variables == ("\u2100",)
    assert told == []


def test_two_nodes_of_one_label_stay_two(tmp_path):
    nodes = '[[[1,0,0,0,"rain",0],[2,9,9,0,"Rain",0]],[[1,2,0,1,0]],[],2]'
    rain, told = read(tmp_path, nodes)
    assert bare_links(rain) == [("rain", "Rain (2)", "+", False)]
    assert told == ["'map.json': the node 2 with the label 'Rain' is read as 'Rain (2)'"]


@pytest.mark.parametrize(
    ("settings", "edge", "sign"),
    [
        ({"loopyMode": 0}, {"strength": -1, "signBehavior": 0}, "-"),
        ({"loopyMode": 1}, {"strength": 1, "signBehavior": 1}, "-"),
        ({"loopyMode": 1}, {"strength": -1, "signBehavior": 0}, "+"),
        ({"loopyMode": 1}, {"strength": 1, "signBehavior": 5}, "?"),
    ],
)
def test_version_2_of_loopy_has_its_sign_where_its_mode_says(tmp_path, settings, edge, sign):
    nodes = [{"id": i, "x": 9 * i, "y": 0, "label": label} for i, label in enumerate(["a", "b"])]
    data = {"globals": settings, "nodes": nodes, "edges": [{"from": 0, "to": 1, **edge}]}
    diagram, told = read(tmp_path, data)
    assert bare_links(diagram) == [("a", "b", sign, False)]
    assert told == []


@pytest.mark.parametrize(("file", "format"), [("m.loopy", None), ("m.json", "loopy2")])
def test_a_map_comes_back_from_loopy_and_what_it_cannot_say_is_told(tmp_path, file, format):
    back, told = again(rework(), tmp_path / file, format)
    assert [x[:3] for x in bare_links(back)] == [x[:3] for x in bare_links(rework())]
    assert back.variables == rework().variables
    assert back.positions == PLACES
    assert told == [
        f"'{file}': LOOPY has no room for its delay mark; LOOPY has no room for its 2 reasons; "
        "LOOPY has no room for its source; and 2 more like these"
    ]


def test_an_arrow_drawn_twice_is_one_link_and_it_is_told(tmp_path):
    strong = '[[[1,0,0,0,"rain",0],[2,9,9,0,"grass",0]],[[1,2,9,1,0],[1,2,40,1,0]],[],2]'
    rain, told = read(tmp_path, strong)
    assert bare_links(rain) == [("rain", "grass", "+", False)]
    assert told == [
        "'map.json': the 2 arrows of 'rain → grass (+)', a strong link in LOOPY, are one link"
    ]


def test_the_readable_form_of_version_2_does_not_encode_its_labels(tmp_path):
    diagram = (
        CausalLoopDiagram("50%20 off -> größe: +").place("50%20 off", 1, 2).place("größe", 3, 4)
    )
    path = diagram.write(tmp_path / "map.json", format="loopy2")
    data = json.loads(path.read_text(encoding="utf-8"))
    assert [node["label"] for node in data["nodes"]] == ["50%20 off", "größe"]
    assert read_diagram(path).variables == diagram.variables


def test_a_name_that_looks_encoded_is_written_so_that_loopy_shows_it(tmp_path):
    diagram = CausalLoopDiagram().variable("%41").place("%41", 0, 0)
    path = diagram.write(tmp_path / "map.loopy")
    (node,) = json.loads(path.read_text(encoding="utf-8"))[0]
    assert unquote(node[4]) == "%41"  # LOOPY takes one round off
    assert read_diagram(path).variables == ("%41",)


# --- addresses ------------------------------------------------------------------------------------


def test_the_address_of_a_map_is_as_loopy_writes_it():
    farm = CausalLoopDiagram("rain & sun -> grass: +\ngrass -> rain & sun: ?")
    farm.place("rain & sun", 100, 80).place("grass", 300, 60.4)
    assert farm.loopy_address() == (
        "https://ncase.me/loopy/v1.1/?data=[[[1,100,80,0.5,%22rain%2520%2526%2520sun%22,0],"
        "[2,300,60,0.5,%22grass%22,1]],[[1,2,60,1,0],[2,1,60,0,0]],[],2%5D"
    )


def test_an_address_tells_what_loopy_has_no_room_for():
    with pytest.warns(UserWarning, match="no room") as told:
        rework().loopy_address()
    assert told[0].filename == __file__
    assert str(told[0].message) == (
        "'LOOPY': LOOPY has no room for its delay mark; LOOPY has no room for its 2 reasons; "
        "LOOPY has no room for its source; and 2 more like these"
    )


@given(diagram=diagrams(), again_quoted=st.booleans())
@cases(0.4)
def test_any_map_comes_back_from_its_address(diagram, again_quoted):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        address = diagram.loopy_address()
        if not any("%" in name for name in diagram.variables) and again_quoted:
            address = address.partition("=")[0] + "=" + quote(address.partition("=")[2], safe="")
        back = read_diagram(address)
    assert sorted(back.variables) == sorted(diagram.variables)
    assert sorted(x[:3] for x in bare_links(back)) == sorted(x[:3] for x in bare_links(diagram))
    assert back.positions.items() >= diagram.positions.items()


@pytest.mark.parametrize("mark", ["?", "#", "?embed=1&data=", "?data="])
def test_the_compact_address_of_version_2_is_read(mark):
    prey, told = read_and_told(SITE[:-1] + mark + BITS)
    assert bare_links(prey) == [
        ("rabbits", "füchse & co", "+", False),
        ("füchse & co", "rabbits", "-", False),
        ("füchse & co", "füchse & co", "-", False),
    ]
    assert prey.positions == {"rabbits": (160, 32), "füchse & co": (320, 480)}
    assert told == ["'LOOPY': text that stands free on the page (1) is left out"]


def test_a_compressed_address_is_read_with_the_signs_of_the_advanced_mode():
    night, told = read_and_told(SITE + COMPRESSED)
    assert bare_links(night) == [
        ("stress", "sleep", "-", False),
        ("sleep", "mistakes at work", "-", False),
        ("mistakes at work", "stress", "+", False),
        ("mistakes at home", "stress", "?", False),
        ("sleep", "mistakes at home", "-", False),
        ("sleep", "mistakes", "-", False),
        ("mistakes", "stress", "+", False),
    ]
    assert told == []


def test_the_file_that_version_2_saves_is_read(tmp_path):
    path = tmp_path / "system_model.loopy"
    path.write_bytes(base64.b64decode(BITS.replace("_", "+").replace("-", "/").replace(".", "=")))
    prey, _ = read_and_told(path)
    assert prey.variables == ("rabbits", "füchse & co")
    assert len(prey.links) == 3


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (
            SITE + BITS[:40],
            BROKEN,
        ),
        (
            SITE + COMPRESSED[:60],
            BROKEN,
        ),
        (SITE, "this address holds no map; in LOOPY, 'save as link' makes one that does"),
        (
            SITE + "url=https://example.org/map.json",
            "this address of LOOPY only says where the map lies; save that file, and read it",
        ),
        (
            "https://example.org/map.json",
            "this is an address of the web, and no address in which LOOPY keeps a map; "
            "save the file to the disk, and read it there",
        ),
        (
            "https://ncase.me/loopy/v1.1/?data=[[[1,403,223",
            "this is not JSON from line 1, column 13 on; was the file saved whole?",
        ),
    ],
)
def test_an_address_without_a_whole_map_is_told(address, told):
    assert refused(address) == f"'LOOPY': {told}"


def test_a_backtick_in_a_name_upsets_the_compact_form_and_is_told():
    whole = base64.b64decode(BITS.replace("_", "+").replace("-", "/").replace(".", "="))
    upset = base64.b64encode(whole.replace(b"rabbits", b"r`bbits")).decode()
    assert refused(SITE + upset.replace("+", "_").replace("/", "-").replace("=", ".")) == (
        "'LOOPY': this map of LOOPY has 7 names and texts, and 8 are found: there is a backtick in "
        "one, or a piece is missing; save it in LOOPY as JSON, and read that"
    )


def test_a_compressed_bomb_is_not_opened(tmp_path):
    bomb = lzma.compress(b"\0" * 30_000_000, lzma.FORMAT_ALONE)
    (tmp_path / "bomb.loopy").write_bytes(bomb)
    with pytest.raises(CstoolsError) as found:
        read_diagram(tmp_path / "bomb.loopy")
    assert str(found.value) == (
        "'bomb.loopy': it has more than 20 MB when unpacked, which is no map"
    )


@given(changes=hurts, compressed=st.booleans())
@cases(0.5)
def test_a_damaged_compact_map_is_read_or_refused(changes, compressed, tmp_path_factory):
    text = COMPRESSED if compressed else BITS
    address = SITE + damaged(text.encode(), changes).decode("latin-1")

    def read_it():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            read_diagram(address)

    lesson(read_it)
    whole = base64.b64decode(BITS.replace("_", "+").replace("-", "/").replace(".", "="))
    path = tmp_path_factory.getbasetemp() / "hurt.loopy"
    read_or_refused(damaged(whole, changes), path)
