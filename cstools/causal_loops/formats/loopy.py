"""LOOPY: version 1, a list of lists, in a file or an address; version 2 as readable JSON.

A node is ``[id, x, y, init, label, hue]``, an edge ``[from, to, arc, strength, rotation]``. In an
address labels are encoded twice, in a file once or twice; which it is shows in the labels
together. Version 2's compact address is compressed, and is not read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, unquote

from cstools.causal_loops.formats.json_text import json_in, json_or_none, printed, rows
from cstools.causal_loops.formats.placing import all_places
from cstools.causal_loops.formats.said import MapSaid, Reading, place_in, shortened, text_in
from cstools.errors import FileError, brief

_NODE = ("id", "x", "y", "init", "label", "hue")
_EDGE = ("from", "to", "arc", "strength", "rotation")
_ENCODED = re.compile(r"%([0-9A-Fa-f]{2})")
_VALENCE = {0: 1, 1: -1, 2: 1, 3: 1}  # preserved, inverted, only negative, only positive
_STRENGTH = {"+": 1, "-": -1, "?": 0}
_ARC, _ADVANCED = 60, 1


def recognises(text: str) -> bool:
    """Say whether a JSON text is LOOPY's."""
    data = json_or_none(text)
    listed = isinstance(data, list) and len(data) > 1
    return listed or (isinstance(data, dict) and {"nodes", "edges"} <= data.keys())


def recognises_readable(text: str) -> bool:
    """Say whether a JSON text is in the readable form of version 2."""
    return recognises(text) and isinstance(json_or_none(text), dict)


def read(text: str) -> MapSaid:
    """Return the map of a LOOPY file of either version.

    The sign of an edge is that of its strength; in version 2's advanced mode it is what the edge
    does to a signal, and ``?`` where that is no sign. Labels that stand free on the page are told.

    Raises
    ------
    FileError
        When it is no JSON or no LOOPY, or an arrow joins a node that is not there.
    """
    nodes, edges, free, advanced = _parts(json_in(text))
    reading, numbers = Reading(), dict[str, str]()
    twice = _is_twice([text_in(row.get("label")) for _, row in nodes])
    for where, row in nodes:
        number = _number(row.get("id"), where)
        name = reading.separate(_decoded(row.get("label"), twice), number)
        at = place_in(row.get("x"), row.get("y"))
        numbers[number] = reading.variable(name, where, at=at)
    for where, row in edges:
        ends = [_number(row.get(end), where) for end in ("from", "to")]
        for end in ends:
            if end not in numbers:
                raise FileError(f"{where}: it joins the node {brief(end)}, and there is none")
        cause, effect = (numbers[end] for end in ends)
        reading.link(cause, effect, _sign(row, advanced), where)
    if free:
        reading.note(f"text that stands free on the page ({free}) is left out")
    return reading.said()


def read_address(address: str) -> MapSaid:
    """Return the map in an address that LOOPY made, with all of it behind ``data=``."""
    data = address.partition("data=")[2].partition("&")[0]
    data = data if data[:1] in "[{" else unquote(data)
    if data[:1] not in ("[", "{"):
        raise FileError(
            "this address of LOOPY holds the map compressed; "
            "open it in LOOPY, save it to a file there, and read the file"
        )
    return read(data if json_or_none(data) is not None else unquote(data))


def _parts(data: Any) -> tuple[list[Any], list[Any], int, bool]:
    if isinstance(data, list) and len(data) > 1:
        data = {
            "nodes": [_row(node, _NODE) for node in _list(data[0])],
            "edges": [_row(edge, _EDGE) for edge in _list(data[1])],
            "labels": data[2] if len(data) > 2 else [],
        }
    if not isinstance(data, dict) or not {"nodes", "edges"} <= data.keys():
        raise FileError("a map of LOOPY has nodes and edges, and here they are not")
    settings = data.get("globals")
    advanced = isinstance(settings, dict) and settings.get("loopyMode") == _ADVANCED
    free = data.get("labels")
    return (
        list(rows(data, "nodes", "node")),
        list(rows(data, "edges", "arrow")),
        len(free) if isinstance(free, list) else 0,
        advanced,
    )


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise FileError("a map of LOOPY is a list of nodes and a list of edges; this is not")
    return value


def _row(values: Any, fields: Sequence[str]) -> Any:
    return dict(zip(fields, values, strict=False)) if isinstance(values, list) else values


def _number(value: Any, where: str) -> str:
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        return shortened(value) if isinstance(value, int) else value
    raise FileError(f"{where}: a node is known by a number, and here is none")


def _sign(row: dict[str, Any], advanced: bool) -> str:
    strength = row.get("strength", 1)
    if advanced:
        valence = row.get("signBehavior", 0)
        strength = _VALENCE.get(valence, 0) if isinstance(valence, int) else 0
    if not isinstance(strength, (int, float)):
        return "?"
    return "+" if strength > 0 else "-" if strength < 0 else "?"


def _is_twice(labels: list[str]) -> bool:
    """Say whether labels are encoded twice: then every sign of encoding is itself encoded."""
    codes = [code for label in labels for code in _ENCODED.findall(label)]
    once = [unquote(label) for label in labels]
    return {*codes} == {"25"} and any(_ENCODED.search(label) for label in once)


def _decoded(label: Any, twice: bool) -> str:
    once = unquote(text_in(label))
    return " ".join((unquote(once) if twice else once).split())


# --- writing ------------------------------------------------------------------------------------


def write(said: MapSaid) -> str:
    """Return a file of version 1; a link of unknown sign has the strength 0, shown as ``?``."""
    nodes, edges = _written(said)
    return json.dumps([nodes, edges, [], len(nodes)], separators=(",", ":")) + "\n"


def write_readable(said: MapSaid) -> str:
    """Return the readable form of version 2."""
    nodes, edges = _written(said)
    return printed(
        {
            "globals": {"loopyMode": 0},
            "nodes": [dict(zip(_NODE, node, strict=True)) for node in nodes],
            "edges": [dict(zip(_EDGE, edge, strict=True)) for edge in edges],
            "labels": [],
        }
    )


def _written(said: MapSaid) -> tuple[list[list[Any]], list[list[Any]]]:
    names, places = [variable.name for variable in said.variables], all_places(said)
    labels = [quote(name, safe="") for name in names]
    if _is_twice(labels):  # a single round could not be told from two
        labels = [quote(label, safe="") for label in labels]
    number = {name: i for i, name in enumerate(names, start=1)}
    nodes = [
        [number[name], *map(round, places[name]), 0.5, label, (number[name] - 1) % 6]
        for name, label in zip(names, labels, strict=True)
    ]
    edges = [
        [number[x.cause], number[x.effect], _ARC, _STRENGTH[x.polarity], 0] for x in said.links
    ]
    return nodes, edges
