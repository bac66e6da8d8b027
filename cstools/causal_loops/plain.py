"""A map as plain values, as a page holds it while somebody edits it, and back.

The values: ``name``; ``variables``, each with ``name``, ``lens`` and where it is pinned ``x``,
``y`` (where ``pinned`` is said and not true, the place is only how it is seen); ``links``, each
with ``cause``, ``effect``, ``sign``, ``delayed``, ``reason`` and ``source``; ``titles``, each
with ``title`` and ``variables``. A title stays while its loop is open, because the link that is
missing may come back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.causal_loops.parts import checked_name
from cstools.errors import ModelError, brief
from cstools.names import key

Plain = dict[str, Any]
_LINK_WORDS = ("reason", "source")


def to_plain(map_: CausalLoopDiagram) -> Plain:
    """Return all that a map says, as values that JSON has."""
    places = map_.positions
    return {
        "name": map_.name,
        "variables": [
            {"name": v.name, "lens": v.lens, **_place(places.get(v.name))}
            for v in map_._variables.values()
        ],
        "links": [
            {
                "cause": link.cause,
                "effect": link.effect,
                "sign": link.polarity,
                "delayed": link.delayed,
                "reason": link.reason,
                "source": link.source,
            }
            for link in map_.links
        ],
        "titles": [
            {"title": title, "variables": [map_[name].name for name in keys]}
            for keys, title in map_._titles.items()
        ],
    }


def from_plain(plain: Mapping[str, Any]) -> CausalLoopDiagram:
    """Return a new map that says what these values say.

    Raises
    ------
    ModelError
        When a name is none, two variables or two links are the same one, or the values are not
        those of a map.
    """
    try:
        map_ = CausalLoopDiagram(name=plain["name"])
        for variable in plain["variables"]:
            _put(map_, variable)
        for link in plain["links"]:
            _link(map_, link)
        for title in plain["titles"]:
            _title(map_, title)
    except (KeyError, TypeError, AttributeError) as error:
        if isinstance(error, ModelError):
            raise
        raise ModelError(f"these are not the values of a map: {error!r}") from None
    return map_


def merged(base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Plain:
    """Return what two people make of a map together who both began with ``base``.

    What one of them changed is changed, what either took away is away; where both changed the
    same thing, ``mine`` holds. Nothing that only one of them touched is lost.
    """
    result: Plain = {"name": mine["name"] if mine["name"] != base["name"] else theirs["name"]}
    for kind, identity in _IDENTITIES.items():
        sides = ({identity(part): part for part in side[kind]} for side in (base, mine, theirs))
        result[kind] = list(_three(*sides).values())
    known = {key(variable["name"]) for variable in result["variables"]}
    for name in _named(result):
        if key(name) not in known:  # one took away what the other linked: the link keeps it
            known.add(key(name))
            result["variables"].append({"name": name, "lens": ""})
    return result


def _three(base: Plain, mine: Plain, theirs: Plain) -> Plain:
    gone = {part for part in base if part not in mine}
    result = {part: value for part, value in theirs.items() if part not in gone}
    return result | {part: value for part, value in mine.items() if value != base.get(part)}


def _loop_identity(title: Mapping[str, Any]) -> Any:
    keys = [key(name) for name in title["variables"]]
    first = keys.index(min(keys)) if keys else 0
    return tuple(keys[first:] + keys[:first])


_IDENTITIES: dict[str, Callable[[Mapping[str, Any]], Any]] = {
    "variables": lambda variable: key(variable["name"]),
    "links": lambda link: (key(link["cause"]), key(link["effect"]), link["sign"]),
    "titles": _loop_identity,
}


def _named(plain: Mapping[str, Any]) -> Iterable[str]:
    return (link[end] for link in plain["links"] for end in ("cause", "effect"))


def _place(place: tuple[float, float] | None) -> Plain:
    return {} if place is None else {"x": place[0], "y": place[1]}


def _put(map_: CausalLoopDiagram, variable: Mapping[str, Any]) -> None:
    name = checked_name(variable["name"])
    if key(name) in map_._variables:
        raise ModelError(f"there are two variables '{brief(name)}'; one name is one variable")
    map_.variable(name, variable.get("lens", ""))
    if variable.get("pinned", "x" in variable):
        map_.place(name, variable["x"], variable["y"])


def _link(map_: CausalLoopDiagram, link: Mapping[str, Any]) -> None:
    cause, effect = map_[link["cause"]].name, map_[link["effect"]].name
    before = len(map_.links)
    words = {word: link.get(word, "") for word in _LINK_WORDS}
    map_.link(cause, effect, link["sign"], link.get("delayed", False), **words)
    if len(map_.links) == before:
        raise ModelError(
            f"there are two links '{brief(cause)}' → '{brief(effect)}' with the sign "
            f"{link['sign']}; a second path has another sign"
        )


def _title(map_: CausalLoopDiagram, title: Mapping[str, Any]) -> None:
    """Keep the name of a loop, also while the loop is open."""
    identity = _loop_identity(title)
    if identity and all(part in map_._variables for part in identity):
        map_._titles[identity] = checked_name(title["title"])
