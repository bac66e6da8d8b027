"""Kumu's JSON: elements, the connections between them, and loops of connections.

A blueprint has the fields of an element on itself (``docs.kumu.io/guides/import/blueprints``). A
project that was exported has them under ``attributes``, joins elements by ``_id``, calls a
connection's type ``connection type``, and keeps places under ``maps``, as an export in
palemoky/atlas and programs that read other exports have it. Both are read. That ``reversed`` turns
a connection round, that an exported loop lists the ids of its connections, and that y grows
downwards are *unverified*.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from math import prod
from typing import Any

from cstools.causal_loops.formats.json_text import json_in, json_or_none, printed, rows
from cstools.causal_loops.formats.said import (
    MapSaid,
    Reading,
    is_yes,
    place_in,
    sign_in,
    text_in,
)
from cstools.causal_loops.parts import Link
from cstools.errors import FileError, brief

Rows = Iterable[tuple[str, dict[str, Any]]]
_SIGNS = {"+": 1, "-": -1, "−": -1, "–": -1, "?": 0}
_SIGN_FIELDS = ("polarity", "connection type", "type")
_DELAY_FIELDS = ("delayed", "delay")
_ID = re.compile(r"elem-\w+")
_NO_MAP = (
    "this JSON holds no map: one of Kumu has 'elements' and 'connections', one of LOOPY 'nodes' "
    "and 'edges', and SD-JSON has 'relationships'"
)


def recognises(text: str) -> bool:
    """Say whether a JSON text is Kumu's."""
    data = json_or_none(text)
    return isinstance(data, dict) and ("elements" in data or "connections" in data)


def read(text: str) -> MapSaid:
    """Return the map in a Kumu blueprint or project.

    A connection's polarity is the product of the signs at its two ends: ``+-`` is negative and
    ``--`` positive. A mutual connection is two links. One without direction says nothing of
    cause and effect: it is left out, and told.

    Raises
    ------
    FileError
        When it is no JSON, no map, or an entry of it makes no sense; the entry is named.
    """
    data = json_in(text)
    if not isinstance(data, dict) or not ("elements" in data or "connections" in data):
        raise FileError(_NO_MAP)
    return said_by(
        [(where, _fields(row)) for where, row in rows(data, "elements", "element")],
        [(where, _fields(row)) for where, row in rows(data, "connections", "connection")],
        [(where, _fields(row)) for where, row in rows(data, "loops", "loop")],
        [(where, place) for _, row in rows(data, "maps", "map") for where, place in _on(row)],
        data.get("name", ""),
    )


def said_by(
    elements: Rows, connections: Rows, loops: Rows, placed: Rows = (), name: Any = ""
) -> MapSaid:
    """Return the map in rows of Kumu's fields, from JSON or from a workbook."""
    reading, elements_by_id, met = Reading(), dict[str, str](), set[str]()
    for where, row in elements:
        at = _place(row)
        found = reading.variable(row.get("label"), where, row.get("lens", ""), at)
        if found in met:
            reading.note(f"{where}: '{brief(found)}' is there already, and they are made one")
        met.add(found)
        for identity in _ids(row):
            if elements_by_id.setdefault(identity, found) != found:
                raise FileError(
                    f"{where}: the id '{brief(identity)}' is that of "
                    f"'{brief(elements_by_id[identity])}' already"
                )
    joined: dict[str, tuple[str, str]] = {}
    for where, row in connections:
        ends = [_element(row.get(end), elements_by_id, met, where) for end in ("from", "to")]
        pair = _connect(reading, row, ends, where)
        joined |= dict.fromkeys(_ids(row), pair) if pair else {}
    for where, row in loops:
        _name_loop(reading, row, where, joined)
    for where, row in placed:
        one = elements_by_id.get(str(row.get("element", "")))
        if one is not None:
            reading.variable(one, where, at=_place(row))
    return reading.said(name)


def _element(end: Any, elements_by_id: dict[str, str], labels: set[str], where: str) -> Any:
    """Return the name of the element at an end, which is told by its id or by its label."""
    if isinstance(end, (str, int)) and str(end) in elements_by_id:
        return elements_by_id[str(end)]
    if elements_by_id and isinstance(end, str) and _ID.fullmatch(end) and end not in labels:
        raise FileError(f"{where}: it joins the element '{brief(end)}', and there is none")
    return end


def _fields(row: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of an entry by their names in small letters, exported ones among them."""
    inner = row.get("attributes")
    both = {**(inner if isinstance(inner, dict) else {}), **row}
    return {str(name).strip().lower(): value for name, value in both.items()}


def _ids(row: dict[str, Any]) -> list[str]:
    ids = (row.get(field) for field in ("_id", "id"))
    return [str(identity) for identity in ids if isinstance(identity, (str, int))]


def _on(map_: dict[str, Any]) -> Rows:
    return ((where, _fields(row)) for where, row in rows(map_, "elements", "place of element"))


def _place(row: dict[str, Any]) -> tuple[float, float] | None:
    position = row.get("position")
    found = position if isinstance(position, dict) else row
    return place_in(found.get("x"), found.get("y"))


def _connect(
    reading: Reading, row: dict[str, Any], ends: Sequence[Any], where: str
) -> tuple[str, str] | None:
    """Add a connection, once or both ways; return its ends as they are called on the map."""
    direction = text_in(row.get("direction")).lower()
    cause, effect = (reading.variable(end, where) for end in ends)
    if is_yes(row.get("reversed")):
        cause, effect = effect, cause
        reading.note(f"{where}: it is reversed, and read as '{brief(cause)}' → '{brief(effect)}'")
    if direction == "undirected":
        reading.note(f"{where}: it has no direction, so that it is no cause, and is left out")
        return None
    sign = _sign(reading, row, where)
    delayed = any(is_yes(row.get(field)) for field in _DELAY_FIELDS) or _tagged(row)
    why = row.get("description") or row.get("reason") or "", row.get("source") or ""
    reading.link(cause, effect, sign, where, delayed, *why)
    if direction == "mutual":
        reading.link(effect, cause, sign, where, delayed, *why)
    return cause, effect


def _sign(reading: Reading, row: dict[str, Any], where: str) -> str:
    said = next((row[field] for field in _SIGN_FIELDS if row.get(field) not in (None, "")), None)
    word = said.replace(" ", "") if isinstance(said, str) else ""
    if word and all(letter in _SIGNS for letter in word):
        return {1: "+", -1: "-", 0: "?"}[prod(_SIGNS[letter] for letter in word)]
    try:
        return sign_in(said, where)
    except FileError:
        reading.note(f"{where}: the type '{brief(said)}' is no sign, and is taken as ?")
        return "?"


def _tagged(row: dict[str, Any]) -> bool:
    tags = row.get("tags")
    words = tags.split("|") if isinstance(tags, str) else tags if isinstance(tags, list) else []
    return any(word.strip().lower() in _DELAY_FIELDS for word in words if isinstance(word, str))


def _name_loop(
    reading: Reading,
    row: dict[str, Any],
    where: str,
    joined: dict[str, tuple[str, str]],
) -> None:
    said = row.get("connections") or []
    listed = said.split("|") if isinstance(said, str) else said if isinstance(said, list) else []
    pairs = [joined.get(str(identity).strip()) for identity in listed]
    variables = _round([pair for pair in pairs if pair is not None])
    if None in pairs or not variables:
        title = brief(row.get("label", ""))
        reading.note(f"{where}: '{title}' does not close a loop of connections, and is left out")
    else:
        reading.title(row.get("label"), variables, where)


def _round(pairs: list[tuple[str, str]]) -> list[str]:
    """Return the variables of a loop in order, from its links in any order; else nothing."""
    following = dict(pairs)
    if not pairs or len(following) < len(pairs):
        return []
    way = [pairs[0][0]]
    while (onward := following.get(way[-1])) is not None and onward not in way:
        way.append(onward)
    return way if onward == way[0] and len(way) == len(pairs) else []


# --- writing ------------------------------------------------------------------------------------


def write(said: MapSaid) -> str:
    """Return a Kumu blueprint; reasons are descriptions, lens and source fields of your own."""
    names = {variable.name for variable in said.variables}
    mark = ""
    while any(f"elem-{mark}{i}" in names for i in range(1, len(names) + 1)):
        mark += "x"  # an end is told by an id or a label, and must not be taken for another's
    number = {v.name: f"elem-{mark}{i}" for i, v in enumerate(said.variables, start=1)}
    called = {(x.cause, x.effect): f"conn-{i}" for i, x in enumerate(said.links, start=1)}
    data: dict[str, Any] = {"name": said.name} if said.name else {}
    data["elements"] = [
        {"_id": number[v.name], "label": v.name, **({"lens": v.lens} if v.lens else {})}
        for v in said.variables
    ]
    data["connections"] = [
        {"_id": f"conn-{i}", **_connection(link)} for i, link in enumerate(said.links, start=1)
    ]
    if said.titles:
        data["loops"] = [
            {"label": x.title, "connections": [called[pair] for pair in _pairs(x.variables)]}
            for x in said.titles
        ]
    if said.places:
        placed = [
            {"element": number[name], "position": {"x": x, "y": y}}
            for name, (x, y) in said.places.items()
        ]
        data["maps"] = [{"name": said.name or "map", "elements": placed}]
    return printed(data)


def _connection(link: Link) -> dict[str, Any]:
    ends = {"from": link.cause, "to": link.effect, "direction": "directed", "type": link.polarity}
    more = {"delayed": link.delayed, "description": link.reason, "source": link.source}
    return {**ends, **{name: value for name, value in more.items() if value}}


def _pairs(variables: Sequence[str]) -> list[tuple[str, str]]:
    return list(zip(variables, [*variables[1:], variables[0]], strict=True))
