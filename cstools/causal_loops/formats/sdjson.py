"""SD-JSON, in which the sd-ai project exchanges maps: variables and relationships with reasons.

A relationship has ``from``, ``to``, ``polarity`` (``+``, ``-`` or empty), ``reasoning`` and
``polarityReasoning``; a variable of a module may be the ghost of another (``crossLevelGhostOf``).
This is the schema in the README of UB-IAD/sd-ai as it was in August 2026.
"""

from __future__ import annotations

from typing import Any

from cstools.causal_loops.formats.json_text import json_in, json_or_none, printed, rows
from cstools.causal_loops.formats.said import (
    MapSaid,
    Reading,
    is_yes,
    name_in,
    sign_in,
    text_in,
)
from cstools.causal_loops.parts import Link
from cstools.errors import FileError
from cstools.names import key


def recognises(text: str) -> bool:
    """Say whether a JSON text is SD-JSON."""
    return "relationships" in _model(json_or_none(text))


def read(text: str) -> MapSaid:
    """Return the map of the relationships; equations, where there are any, are left alone.

    A link's reason is the ``reasoning``, followed by the ``polarityReasoning`` where that says
    something else. A ghost is the variable that it stands for.

    Raises
    ------
    FileError
        When it is no JSON, has no relationships, or one of them makes no sense.
    """
    model, reading = _model(json_in(text)), Reading()
    if "relationships" not in model:
        raise FileError("SD-JSON has a list of 'relationships', and here is none")
    ghosts: dict[str, str] = {}
    for where, row in rows(model, "variables", "variable"):
        name = row.get("name")
        if original := text_in(row.get("crossLevelGhostOf")):
            ghosts[key(name_in(name, where))] = name = original
        reading.variable(name, where, row.get("lens", ""))
    for where, row in rows(model, "relationships", "relationship"):
        cause, effect = (ghosts.get(key(str(row.get(e))), row.get(e)) for e in ("from", "to"))
        reading.link(
            cause,
            effect,
            sign_in(row.get("polarity"), where),
            where,
            is_yes(row.get("delayed")),
            _reason(row),
        )
    return reading.said(model.get("name") or model.get("title") or "")


def write(said: MapSaid) -> str:
    """Return SD-JSON; a delay and a lens are fields of our own, which others pass over."""
    variables = [
        {"name": v.name, "type": "variable", **({"lens": v.lens} if v.lens else {})}
        for v in said.variables
    ]
    model = {"variables": variables, "relationships": [_relationship(x) for x in said.links]}
    return printed({**({"name": said.name} if said.name else {}), **model})


def _model(data: Any) -> dict[str, Any]:
    inner = data.get("model", data) if isinstance(data, dict) else {}
    return inner if isinstance(inner, dict) else {}


def _reason(row: dict[str, Any]) -> str:
    parts = [text_in(row.get("reasoning")), text_in(row.get("polarityReasoning"))]
    return "; ".join(dict.fromkeys(part for part in parts if part))


def _relationship(link: Link) -> dict[str, Any]:
    source = f"[source: {link.source}]" if link.source else ""
    why = " ".join(part for part in (link.reason, source) if part)
    sign = "" if link.polarity == "?" else link.polarity
    ends = {"from": link.cause, "to": link.effect, "polarity": sign}
    return {
        **ends,
        **({"reasoning": why} if why else {}),
        **({"delayed": True} if link.delayed else {}),
    }
