"""LOOPY: version 1, a list of lists, in a file or an address; version 2 in its three forms.

A node is ``[id, x, y, init, label, hue]``, an edge ``[from, to, arc, strength, rotation]``. In an
address labels are encoded twice and in a file once, because a browser takes one round off when it
saves; version 2's readable JSON does not encode them. For version 2's bits see
:mod:`cstools.causal_loops.formats.loopy_compact`. All this is as the programs do it: ``Model.js``
and ``Loopy.js`` in ncase/loopy, ``persist.js`` in 1000i100/loopy.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, unquote

from cstools.causal_loops.formats import loopy_compact
from cstools.causal_loops.formats.json_text import json_in, json_or_none, printed, rows
from cstools.causal_loops.formats.placing import all_places
from cstools.causal_loops.formats.said import MapSaid, Reading, place_in, shortened, text_in
from cstools.errors import FileError, brief

_NODE = ("id", "x", "y", "init", "label", "hue")
_EDGE = ("from", "to", "arc", "strength", "rotation", "signBehavior")
_ENCODED = re.compile(r"%([0-9A-Fa-f]{2})")
_BEHIND = re.compile(r"[?&#](?P<name>data|url)=(?P<value>[^&#]*)")
_VALENCE = {0: 1, 1: -1, 2: 1, 3: 1}  # preserved, inverted, only negative, only positive
_STRENGTH = {"+": 1, "-": -1, "?": 0}  # LOOPY itself shows a strength of 0 as ?
_ARC, _ADVANCED = 60, 1
_SITE = "https://ncase.me/loopy/v1.1/"
_QUOTE, _QUOTE_ENCODED = '"', "%22"
_LABEL, _HUES = _NODE.index("label"), 6
_PLAIN = re.compile(r"(?<!%)(?<!%.)[0-9A-Za-z]")
_TEXT_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


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
    does to a signal, and ``?`` where that is no sign. Labels that stand free on the page are
    told, and so is an arrow drawn several times, as LOOPY shows a strong link.

    Raises
    ------
    FileError
        When it is no JSON or no LOOPY, or an arrow joins a node that is not there.
    """
    if _QUOTE not in text and _QUOTE_ENCODED in text:  # what stood behind data= in an address
        text = unquote(text)
    data = json_in(text)
    return _said(data, rounds=0 if isinstance(data, dict) else None)


def read_bytes(data: bytes) -> MapSaid:
    """Return the map of a file that LOOPY 2 saved, which is no text."""
    return _said(loopy_compact.from_bytes(data), rounds=0)


def is_compact(data: bytes) -> bool:
    """Say whether the bytes of a ``.loopy`` file are those of LOOPY 2, and no text."""
    return data.lstrip()[:1] not in (b"[", b"{") and not data.startswith(_TEXT_MARKS)


def read_address(address: str) -> MapSaid:
    """Return the map in an address that LOOPY of either version made.

    Raises
    ------
    FileError
        When the address holds no map, or not a whole one.
    """
    behind = _BEHIND.search(address)
    if behind is not None and behind["name"] == "url":
        raise FileError(
            "this address of LOOPY only says where the map lies; save that file, and read it"
        )
    data = behind["value"] if behind is not None else _after_mark(address)
    if not data:
        raise FileError("this address holds no map; in LOOPY, 'save as link' makes one that does")
    once = unquote(data.replace("+", " "))
    if once[0] not in "[{":
        return _said(loopy_compact.from_address(once), rounds=0)
    rounds = 1 if data[0] in "[{" else None
    if rounds is None and json_or_none(once) is None:  # who sent it on encoded all of it again
        once, rounds = unquote(once), 1
    found = json_in(once)
    return _said(found, rounds=0 if isinstance(found, dict) else rounds)


def _after_mark(address: str) -> str:
    _, *rest = re.split(r"[?#]", address, maxsplit=1)
    return "".join(rest)


def _said(data: Any, rounds: int | None) -> MapSaid:
    """Return a map; its labels are so often encoded, or, where that is not known, as they look."""
    nodes, edges, free, advanced = _parts(data)
    reading, numbers = Reading(), dict[str, str]()
    if rounds is None:
        rounds = 1 + _is_twice([text_in(row.get("label")) for _, row in nodes])
    for where, row in nodes:
        number = _number(row.get("id"), where)
        if number in numbers:
            raise FileError(
                f"{where}: the number {brief(number)} is that of '{brief(numbers[number])}' already"
            )
        name = reading.separate(_decoded(row.get("label"), rounds), number)
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
    for link, count in Counter(reading.links).items():
        if count > 1:
            reading.note(f"the {count} arrows of '{link}', a strong link in LOOPY, are one link")
    return reading.said()


def _parts(data: Any) -> tuple[list[Any], list[Any], int, bool]:
    if isinstance(data, list) and len(data) > 1:
        state = data[3] if len(data) > 3 and isinstance(data[3], list) else []
        data = {
            "nodes": [_row(node, _NODE) for node in _list(data[0])],
            "edges": [_row(edge, _EDGE) for edge in _list(data[1])],
            "labels": data[2] if len(data) > 2 else [],
            "globals": {"loopyMode": state[1] if len(state) > 1 else 0},
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
    if isinstance(value, float) and value.is_integer():
        value = int(value)
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


def _decoded(label: Any, rounds: int) -> str:
    text = text_in(label)
    for _ in range(rounds):
        text = unquote(text)
    return " ".join(text.split())


# --- writing ------------------------------------------------------------------------------------


def write(said: MapSaid) -> str:
    """Return a file of version 1; a link of unknown sign has the strength 0, shown as ``?``.

    Places are rounded to whole numbers; a variable without one gets that of the picture.
    """
    nodes, edges = _written(said)
    for node, label in zip(nodes, _encoded([node[_LABEL] for node in nodes]), strict=True):
        node[_LABEL] = label
    return json.dumps([nodes, edges, [], len(nodes)], separators=(",", ":")) + "\n"


def address(said: MapSaid) -> str:
    """Return the address that opens the map in LOOPY, which version 2 understands as well.

    How it can mislead: everybody who has the address has the map; and an address of more than
    some thousands of letters is cut by some programs that send it on.
    """
    nodes, edges = _written(said)
    for node in nodes:
        node[_LABEL] = _encoded_once(_encoded_once(node[_LABEL]))
    data = json.dumps([nodes, edges, [], len(nodes)], separators=(",", ":"))
    return f"{_SITE}?data={data[:-1].replace(_QUOTE, _QUOTE_ENCODED)}%5D"


def write_readable(said: MapSaid) -> str:
    """Return the readable form of version 2."""
    nodes, edges = _written(said)
    return printed(
        {
            "globals": {"loopyMode": 0},
            "nodes": [dict(zip(_NODE, node, strict=True)) for node in nodes],
            "edges": [dict(zip(_EDGE, edge, strict=False)) for edge in edges],
            "labels": [],
        }
    )


def _written(said: MapSaid) -> tuple[list[list[Any]], list[list[Any]]]:
    names, places = [variable.name for variable in said.variables], all_places(said)
    number = {name: i for i, name in enumerate(names, start=1)}
    nodes = [
        [number[name], *map(round, places[name]), 0.5, name, (number[name] - 1) % _HUES]
        for name in names
    ]
    edges = [
        [number[x.cause], number[x.effect], _ARC, _STRENGTH[x.polarity], 0] for x in said.links
    ]
    return nodes, edges


def _encoded(names: list[str]) -> list[str]:
    """Return names encoded once, and so that they do not look as if it were twice."""
    labels = [_encoded_once(name) for name in names]
    if _is_twice(labels):
        # One letter is encoded that need not be: a second round leaves no code but %25. Every
        # name has a letter or a digit, and here no others than those of ASCII.
        labels[0] = _PLAIN.sub(lambda letter: f"%{ord(letter[0]):02X}", labels[0], count=1)
    return labels


def _encoded_once(name: str) -> str:
    return quote(name, safe="")
