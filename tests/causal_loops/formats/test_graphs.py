"""GraphML and DOT: files of other programs, ours back again, damaged ones refused."""

from __future__ import annotations

import networkx
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

YED = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
 <key for="node" id="d6" yfiles.type="nodegraphics"/>
 <key for="edge" id="d10" yfiles.type="edgegraphics"/>
 <graph edgedefault="directed" id="G">
  <node id="n0"><data key="d6"><y:ShapeNode><y:Geometry height="30" width="60" x="10" y="20"/>
   <y:NodeLabel>trust</y:NodeLabel></y:ShapeNode></data></node>
  <node id="n1"><data key="d6"><y:ShapeNode><y:NodeLabel>talk</y:NodeLabel></y:ShapeNode>
   </data></node>
  <node id="n2"><data key="d6"><y:ShapeNode><y:NodeLabel>talk</y:NodeLabel></y:ShapeNode>
   </data></node>
  <edge id="e0" source="n0" target="n1"><data key="d10"><y:ArcEdge>
   <y:EdgeLabel>-<y:LabelModel/></y:EdgeLabel></y:ArcEdge></data></edge>
  <edge id="e1" source="n1" target="n0"/>
  <edge id="e2" source="n1" target="n2" directed="false"/>
 </graph>
</graphml>
"""
DOT = r"""// drawn by hand
strict digraph "Harvest \"map\"" {
  rankdir = LR; edge [headlabel="+"];
  subgraph cluster_a { rain; sun [label="hours of\nsun", pos="10,-20!"] }
  rain:e -> grass -> cows;   /* two
  links */
  cows -> {grass rain} [headlabel="-", label="||"]
  sun -- rain
  3.5 -> grass [headlabel=feeds]
}
"""


def read(tmp_path, text, name):
    """Read a text; return the map and what was told."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_and_told(path)


def test_a_graph_of_yed_has_its_labels_signs_and_places(tmp_path):
    village, told = read(tmp_path, YED, "village.graphml")
    assert bare_links(village) == [("trust", "talk", "-", False), ("talk", "trust", "?", False)]
    assert village.positions == {"trust": (40, 35)}
    assert told == [
        "'village.graphml': the node n2 with the label 'talk' is read as 'talk (2)'; "
        "edge 3: it has no direction, so that it is no cause, and is left out"
    ]


def test_networkx_and_this_package_read_each_others_graphml(tmp_path):
    path = rework().write(tmp_path / "rework.graphml")
    theirs = networkx.read_graphml(path, force_multigraph=True)
    label = networkx.get_node_attributes(theirs, "label")
    links = [
        (label[a], label[b], data["polarity"], bool(data.get("delayed")))
        for a, b, data in theirs.edges(data=True)
    ]
    assert sorted(links) == sorted(bare_links(rework()))
    own = networkx.MultiDiGraph()
    own.add_edge("rain", "grass", polarity="+", delayed=True)
    own.add_edge("grass", "rain", weight=-0.5)
    networkx.write_graphml(own, tmp_path / "own.graphml")
    assert bare_links(read_diagram(tmp_path / "own.graphml")) == [
        ("rain", "grass", "+", True),
        ("grass", "rain", "-", False),
    ]


def test_links_chains_groups_and_defaults_of_dot_are_read(tmp_path):
    farm, told = read(tmp_path, DOT, "farm.gv")
    assert farm.name == 'Harvest "map'  # a name ends without its quotation mark
    assert bare_links(farm) == [
        ("rain", "grass", "+", False),
        ("grass", "cows", "+", False),
        ("cows", "grass", "-", True),
        ("cows", "rain", "-", True),
        ("3.5", "grass", "?", False),
    ]
    assert farm.positions == {"hours of sun": (10, 20)}
    assert told == [
        "'farm.gv': line 8: it has no direction, so that it is no cause, and is left out; "
        "line 9: 'feeds' is no sign, and is taken as ?"
    ]


@pytest.mark.parametrize("file", ["rework.graphml", "rework.dot"])
def test_a_map_with_everything_comes_back_as_it_was(tmp_path, file):
    back, told = again(rework(), tmp_path / file)
    assert back.links == rework().links
    assert [back[name] for name in back.variables] == [rework()[n] for n in rework().variables]
    assert back.positions == PLACES
    assert titles(back) == titles(rework())
    assert (back.name, told) == ("rework", [])


@pytest.mark.parametrize(("file", "content"), [("hurt.graphml", YED), ("hurt.dot", DOT)])
@given(changes=hurts)
@cases(0.4)
def test_a_damaged_graph_is_read_or_refused(file, content, changes, tmp_path_factory):
    data = damaged(content.encode(), changes)
    read_or_refused(data, tmp_path_factory.getbasetemp() / file)


@pytest.mark.parametrize(
    ("file", "content", "told"),
    [
        (
            "m.graphml",
            '<!DOCTYPE x [<!ENTITY a "aa">]><graphml>&a;</graphml>',
            "it defines or fetches entities, as no map needs to; it is not opened",
        ),
        ("m.graphml", "<graphml>" * 200, "it nests 100 elements and more; it is not opened"),
        (
            "m.graphml",
            "<graphml>\n<graph",
            "this is not XML from line 2, column 1 on; was the file saved whole?",
        ),
        ("m.graphml", "<svg/>", "this is XML, but not GraphML: it begins with <svg>"),
        ("m.graphml", "<graphml/>", "this GraphML has no graph in it"),
        (
            "m.graphml",
            '<graphml><graph><edge source="a" target="b"/></graph></graphml>',
            "edge 1: it joins the node 'a', and there is none",
        ),
        (
            "m.graphml",
            '<graphml><graph><node id="a"/><node id="a"/></graph></graphml>',
            "node 2: the id 'a' is that of 'a' already",
        ),
        (
            "m.dot",
            "digraph {\n x -> " + " -> ".join(["{" + " a" * 400 + "}"] * 2) + " }",
            "line 2: there are more than 100000 links, which is no map",
        ),
        ("m.dot", "graph of y = x", "a DOT file begins with 'digraph name {', and this does not"),
        (
            "m.dot",
            "digraph {\n a -> ",
            "this DOT file ends before its last '}'; was it saved whole?",
        ),
        ("m.dot", "digraph {\n a -> = b }", "line 2: '=' is not DOT here"),
        ("m.dot", "digraph {\n\n a $ b }", "line 3: '$' is not DOT here"),
    ],
)
def test_a_graph_that_is_none_is_told_with_the_place(tmp_path, file, content, told):
    with pytest.raises(CstoolsError) as found:
        read(tmp_path, content, file)
    assert str(found.value) == f"'{file}': {told}"
