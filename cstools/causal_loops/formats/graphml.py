"""GraphML, which yEd, Gephi, Cytoscape and networkx share: a graph with named data on its parts.

The data written here are called ``label``, ``x``, ``y``, ``lens``, ``polarity``, ``delayed``,
``reason`` and ``source``. Labels and places that yEd keeps in its own elements are read as well.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

from cstools.causal_loops.formats.json_text import json_or_none
from cstools.causal_loops.formats.said import MapSaid, Place, Reading, is_yes, place_in, sign_in
from cstools.causal_loops.formats.xml_text import (
    added,
    attribute,
    inside,
    printed,
    root_of,
    tag_of,
    text_of,
)
from cstools.errors import FileError, brief

_SIGN_DATA = ("polarity", "sign", "type", "weight", "label", "edgelabel")
_NODE_DATA = (("label", "string"), ("x", "double"), ("y", "double"), ("lens", "string"))
_EDGE_DATA = (
    ("polarity", "string"),
    ("delayed", "boolean"),
    ("reason", "string"),
    ("source", "string"),
)
_GRAPH_DATA = (("name", "string"), ("loops", "string"))
_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"


def recognises(text: str) -> bool:
    """Say whether a text begins as GraphML."""
    return "<graphml" in text[:2_000]


def read(text: str) -> MapSaid:
    """Return the map in a GraphML file.

    The sign is the first of the data polarity, sign, type, weight and label; a number gives its
    own. An undirected edge is no cause; it is left out, and told.

    Raises
    ------
    FileError
        When it is no XML, no GraphML, or an edge joins a node that is not there.
    """
    root = root_of(text, "graphml", "GraphML")
    names = {x.get("id", ""): x.get("attr.name", "").lower() for x in inside(root, "key")}
    graph = next(iter(inside(root, "graph")), None)
    if graph is None:
        raise FileError("this GraphML has no graph in it")
    reading, nodes = Reading(), dict[str, str]()
    for number, node in enumerate(_all(graph, "node"), start=1):
        data, identity = _data(node, names), node.get("id", "")
        spelt = data.get("label") or data.get("name") or data.get("nodelabel") or identity
        if identity in nodes:
            raise FileError(
                f"node {number}: the id '{brief(identity)}' is that of "
                f"'{brief(nodes[identity])}' already"
            )
        name = reading.separate(spelt, identity or str(number))
        reading.variable(name, f"node {number}", data.get("lens", ""), _place(data))
        nodes[identity] = name
    directed = graph.get("edgedefault") != "undirected"
    for number, edge in enumerate(_all(graph, "edge"), start=1):
        _add_edge(reading, edge, _data(edge, names), nodes, f"edge {number}", directed)
    data = _data(graph, names)
    add_titles(reading, data.get("loops", ""))
    return reading.said(data.get("name", ""))


def _all(graph: ET.Element, tag: str) -> list[ET.Element]:
    return [element for element in graph.iter() if tag_of(element) == tag]


def _data(element: ET.Element, names: Mapping[str, str]) -> dict[str, str]:
    """Return the data of a part by name, and what yEd says of it."""
    found: dict[str, str] = {}
    for data in inside(element, "data"):
        found[names.get(data.get("key", "")) or data.get("key", "").lower()] = text_of(data)
        for part in data.iter():
            if tag_of(part) in ("NodeLabel", "EdgeLabel"):
                found.setdefault(tag_of(part).lower(), text_of(part))
            elif tag_of(part) == "Geometry":
                found |= _middle(part)
    return found


def _middle(box: ET.Element) -> dict[str, str]:
    corner = place_in(attribute(box, "x"), attribute(box, "y"))
    size = place_in(attribute(box, "width") or 0, attribute(box, "height") or 0)
    if corner is None or size is None:
        return {}
    return {"x": str(corner[0] + size[0] / 2), "y": str(corner[1] + size[1] / 2)}


def _place(data: Mapping[str, str]) -> Place | None:
    return place_in(data.get("x"), data.get("y"))


def _add_edge(
    reading: Reading,
    edge: ET.Element,
    data: Mapping[str, str],
    nodes: Mapping[str, str],
    where: str,
    directed: bool,
) -> None:
    ends = [edge.get(end, "") for end in ("source", "target")]
    for end in ends:
        if end not in nodes:
            raise FileError(f"{where}: it joins the node '{brief(end)}', and there is none")
    said = edge.get("directed")
    if not (directed if said is None else said == "true"):
        reading.note(f"{where}: it has no direction, so that it is no cause, and is left out")
        return
    sign = sign_or_unknown(reading, [data.get(name, "") for name in _SIGN_DATA], where)
    cause, effect = (nodes[end] for end in ends)
    why = data.get("reason", ""), data.get("source", "")
    reading.link(cause, effect, sign, where, is_yes(data.get("delayed")), *why)


def sign_or_unknown(reading: Reading, said: list[str], where: str) -> str:
    """Return the sign that the first of some texts is; where there are some and none is, tell."""
    given = [word for word in said if word]
    for word in given:
        try:
            return sign_in(word, where)
        except FileError:
            continue
    if given:
        reading.note(f"{where}: '{brief(given[0])}' is no sign, and is taken as ?")
    return "?"


def add_titles(reading: Reading, said: str) -> None:
    """Add the names of loops that :func:`titles_as_text` wrote."""
    listed = json_or_none(said) if said else []
    for number, row in enumerate(listed if isinstance(listed, list) else [], start=1):
        title, variables = row if isinstance(row, list) and len(row) == 2 else ("", [])
        if isinstance(variables, list) and variables:
            reading.title(title, variables, f"loop {number}")


def titles_as_text(said: MapSaid) -> str:
    """Return the names of loops as text that reads back: JSON, ``[["name", ["a", "b"]]]``."""
    rows: list[Any] = [[x.title, list(x.variables)] for x in said.titles]
    return json.dumps(rows, ensure_ascii=False) if rows else ""


# --- writing ------------------------------------------------------------------------------------


def write(said: MapSaid) -> str:
    """Return GraphML of plain data, which every program of the kind reads."""
    root = ET.Element("graphml", {"xmlns": _NAMESPACE})
    for part, fields in (("node", _NODE_DATA), ("edge", _EDGE_DATA), ("graph", _GRAPH_DATA)):
        for name, kind in fields:
            more = {"for": part, "attr.name": name, "attr.type": kind}
            added(root, "key", id=f"{part}-{name}", **more)
    graph = added(root, "graph", edgedefault="directed")
    _write_data(graph, "graph", name=said.name, loops=titles_as_text(said))
    number = {variable.name: f"n{i}" for i, variable in enumerate(said.variables)}
    for variable in said.variables:
        x, y = said.places.get(variable.name, ("", ""))
        node = added(graph, "node", id=number[variable.name])
        more = {"label": variable.name, "x": str(x), "y": str(y), "lens": variable.lens}
        _write_data(node, "node", **more)
    for link in said.links:
        edge = added(graph, "edge", source=number[link.cause], target=number[link.effect])
        delayed = "true" if link.delayed else ""
        more = {"polarity": link.polarity, "delayed": delayed, "reason": link.reason}
        _write_data(edge, "edge", **more, source=link.source)
    return printed(root)


def _write_data(parent: ET.Element, part: str, **values: str) -> None:
    for name, value in values.items():
        if value:
            added(parent, "data", value, key=f"{part}-{name}")
