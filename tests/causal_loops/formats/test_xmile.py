"""The view of an XMILE file: as other programs write it, ours back again, damaged ones refused."""

from __future__ import annotations

import warnings

import pytest
from hypothesis import given

from cstools import CstoolsError, read_diagram
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

POND = """<?xml version="1.0" encoding="utf-8"?>
<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">
 <header><name>Pond</name></header>
 <model>
  <variables>
   <stock name="Fish"><eqn>9</eqn><inflow>hatching</inflow><outflow>catch</outflow></stock>
   <flow name="hatching"/><flow name="catch"/><aux name="Wish\\nto fish"/>
  </variables>
  <views><view>
   <stock x="100" y="50.5" name="Fish"/><flow x="10" y="50" name="hatching"/>
   <aux x="200" y="200" name="Wish\\nto fish"/>
   <alias uid="7" x="0" y="0"><of>Fish</of></alias>
   <connector uid="8" polarity="+" angle="45"><from>wish_to_fish</from><to>catch</to></connector>
   <connector uid="9" polarity="o" delay_mark="true"><from><alias uid="7"/></from>
    <to>"Wish to fish"</to></connector>
   <connector uid="10" polarity="none"><from>Fish</from><to>hatching</to></connector>
  </view></views>
 </model>
</xmile>
"""


def read(tmp_path, text):
    """Read a text; return the map and what was told."""
    path = tmp_path / "pond.xmile"
    path.write_text(text, encoding="utf-8")
    return read_and_told(path)


def test_connectors_and_flows_of_a_view_are_links(tmp_path):
    pond, told = read(tmp_path, POND)
    assert bare_links(pond) == [
        ("Wish to fish", "catch", "+", False),
        ("Fish", "Wish to fish", "-", True),
        ("Fish", "hatching", "?", False),
        ("hatching", "Fish", "+", False),
        ("catch", "Fish", "-", False),
    ]
    assert pond.positions == {
        "Fish": (100, 50.5),
        "hatching": (10, 50),
        "Wish to fish": (200, 200),
    }
    assert (pond.name, told) == ("Pond", [])


def test_a_map_with_everything_comes_back_as_it_was(tmp_path):
    back, told = again(rework(), tmp_path / "rework.xmile")
    assert back.links == rework().links
    assert [back[name] for name in back.variables] == [rework()[n] for n in rework().variables]
    assert back.positions == PLACES
    assert titles(back) == titles(rework())
    assert (back.name, told) == ("rework", [])


@given(changes=hurts)
@cases(0.5)
def test_a_damaged_view_is_read_or_refused(changes, tmp_path_factory):
    read_or_refused(damaged(POND.encode(), changes), tmp_path_factory.getbasetemp() / "hurt.xmile")


def test_views_of_the_shared_models_are_maps(test_models):
    links = 0
    for path in sorted((test_models / "samples").rglob("*.xmile")):
        if b"<view" in path.read_bytes():
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                links += len(read_diagram(path).links)
    assert links > 20


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<model/>", "this is XML, but not XMILE: it begins with <model>"),
        (
            "<xmile><model/></xmile>",
            "this XMILE file has no view, and so no map; draw its model, and save it",
        ),
        (
            "<xmile><model><views><view><connector><from>a</from></connector></view></views>"
            "</model></xmile>",
            "connector 1: it has nothing at its end <to>, so that it leads nowhere",
        ),
        (
            '<!DOCTYPE x [<!ENTITY a "a">]><xmile>&a;</xmile>',
            "it defines or fetches entities, as no map needs to; it is not opened",
        ),
    ],
)
def test_a_view_that_is_no_map_is_told(tmp_path, text, told):
    with pytest.raises(CstoolsError) as found:
        read(tmp_path, text)
    assert str(found.value) == f"'pond.xmile': {told}"
