"""Where the words of a map stand when it is opened to be edited, and how its links bow.

The first picture in the editor is the one that the map itself shows: the package's layout, from
which each link's bow is read as a factor, as :mod:`cstools.plotting.layout` chooses it.
"""

from __future__ import annotations

import cmath
from collections.abc import Mapping, Sequence
from math import acos, inf, pi, tan

from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.causal_loops.parts import Link
from cstools.causal_loops.picture import drawn, marked
from cstools.errors import MissingPartError
from cstools.names import key
from cstools.on_demand import numpy as np
from cstools.plotting.drawing_parts import LETTER, LINE, TITLE_LETTER, Wire
from cstools.plotting.layout import plan_of
from cstools.plotting.lettering import broken, width

Place = tuple[float, float]
Bows = dict[tuple[str, str, str], float]
_RINGS, _SPOKES, _NEAR = 6, 12, 130.0


def arranged(map_: CausalLoopDiagram) -> tuple[dict[str, Place], Bows]:
    """Return where each variable stands in the map's own picture, and the bow of each link.

    Places go by the variable's key, bows by cause, effect and sign; a bow multiplies the one
    that is usual for the link, and 1 is left out.
    """
    loops = marked(map_._loops_for_a_picture())
    try:
        drawing = drawn(map_.variables, map_.links, loops, map_.positions)
    except MissingPartError:  # no numpy, no layout: each word stands beside what it is linked to
        return beside(map_, {key(name): at for name, at in map_.positions.items()}), {}
    places = {word.key: (word.at.real, word.at.imag) for word in drawing.words}
    return places, _bows(map_.variables, drawing.wires, places, loops)


def beside(map_: CausalLoopDiagram, known: Mapping[str, Place]) -> dict[str, Place]:
    """Return the places that are known, and for each other variable one near what it is linked to.

    Nothing that stands moves: a word that comes while somebody edits takes the free spot.
    """
    places = {key(name): known.get(key(name)) for name in map_.variables}
    for name in map_.variables:
        if places[key(name)] is None:
            taken = {k: complex(*at) for k, at in places.items() if at is not None}
            spot = _free_spot(_half_size(name), _middle(key(name), map_.links, taken), taken)
            places[key(name)] = (round(spot.real, 1), round(spot.imag, 1))
    return {k: at for k, at in places.items() if at is not None}


def _middle(own: str, links: Sequence[Link], taken: Mapping[str, complex]) -> complex:
    ends = [(key(link.cause), key(link.effect)) for link in links]
    near = [taken[b if a == own else a] for a, b in ends if own in (a, b) and a != b
            if (b if a == own else a) in taken]  # fmt: skip
    among = near or list(taken.values())
    return sum(among) / len(among) if among else 0j


def _free_spot(half: complex, middle: complex, taken: Mapping[str, complex]) -> complex:
    """Return the spot on rings round a middle that has room, the nearest ring first."""
    best, most = middle, -inf
    for ring in range(_RINGS) if taken else ():
        for spoke in range(_SPOKES):
            reach = _NEAR * ring
            spot = middle + reach * cmath.exp(2j * pi * (spoke / _SPOKES + 0.04 * ring))
            room = min(_room(spot - at, half) for at in taken.values())
            if room > most:
                best, most = spot, room
        if most > 30:
            break
    return best


def _room(apart: complex, half: complex) -> float:
    return max(abs(apart.real) - half.real - 60, abs(apart.imag) - half.imag - 14)


def _half_size(name: str) -> complex:
    lines = broken(name)
    return complex(max(map(width, lines)) * LETTER / 2, len(lines) * LINE / 2)


def _bows(
    variables: Sequence[str],
    wires: Sequence[Wire],
    places: Mapping[str, Place],
    loops: Sequence[object],
) -> Bows:
    wires = [wire for wire in wires if wire.edge.cause != wire.edge.effect]
    if not wires:
        return {}
    number = {key(name): i for i, name in enumerate(variables)}
    pairs = [(number[wire.edge.cause], number[wire.edge.effect]) for wire in wires]
    half = np.array([_half_size(name) for name in variables], dtype=complex)
    plan = plan_of(half, pairs, _titles(pairs, loops, number))
    at = np.array([complex(*places[key(name)]) for name in variables])
    usual = plan.sides(at) * plan.bulge
    bows: Bows = {}
    for wire, (cause, effect), one in zip(wires, pairs, usual, strict=True):
        factor = round(_bulge(wire, complex(at[cause]), complex(at[effect])) / float(one), 3)
        if abs(factor - 1) > 0.02:
            bows[wire.edge.cause, wire.edge.effect, wire.edge.sign] = factor
    return bows


def _titles(
    pairs: Sequence[tuple[int, int]], loops: Sequence[object], number: Mapping[str, int]
) -> list[float]:
    wide: dict[frozenset[int], float] = {}
    for loop in loops:
        words = getattr(loop, "variables", ())
        if len(words) == 2:
            ends = frozenset(number[key(word)] for word in words)
            title = width(getattr(loop, "title", "")) * TITLE_LETTER
            wide[ends] = max(wide.get(ends, 0.0), title)
    return [wide.get(frozenset(pair), 0.0) for pair in pairs]


def _bulge(wire: Wire, start: complex, stop: complex) -> float:
    """Return how far a drawn arc stands off its chord, in lengths of the chord; left is above 0."""
    sign = 1.0 if wire.clockwise else -1.0
    out = -1j * sign * (stop - start) / max(abs(stop - start), 1e-9)
    away = ((start + stop) / 2 - wire.centre) * out.conjugate()
    half = acos(min(max(away.real / wire.radius, -1.0), 1.0))
    return sign * tan(half / 2) / 2
