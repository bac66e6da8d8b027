"""Where the words stand, for formats that need it: pinned places, or those of a picture."""

from __future__ import annotations

from math import cos, pi, sin

from cstools.causal_loops.formats.said import MapSaid, Place
from cstools.causal_loops.loops import find_loops, steps
from cstools.causal_loops.parts import Loop
from cstools.names import key

# A map of more variables or links takes the layout many seconds; it goes on a circle.
_MOST_DRAWN, _MOST_LINKS = 60, 600
_MARGIN = 60
_APART = 90
STEPS, MOST = 20_000, 2_000


def all_places(said: MapSaid) -> dict[str, Place]:
    """Return a place for every variable, by name: its own, or one beside those that have one.

    Notes
    -----
    A map read back from such a file is pinned to the places that it was given here.
    """
    places = {name: said.places[name] for name in _names(said) if name in said.places}
    left = [name for name in _names(said) if name not in places]
    if not left:
        return places
    small = len(said.variables) <= _MOST_DRAWN and len(said.links) <= _MOST_LINKS
    drawn = _drawn(said) if small else _circle(_names(said))
    right = max((x for x, _ in places.values()), default=0) + _MARGIN
    top = min((y for _, y in places.values()), default=_MARGIN)
    first_x = min(drawn[name][0] for name in left)
    first_y = min(drawn[name][1] for name in left)
    for name in left:
        x, y = drawn[name]
        places[name] = round(x - first_x + right), round(y - first_y + top)
    return places


def placed_from_file(said: MapSaid) -> dict[str, complex]:
    """Return the places that a file gives its variables, as pins for a drawing, by key.

    :func:`cstools.read_diagram` pins a map to these places already, so that ``map_.svg()`` shows
    a map of Vensim, Kumu or LOOPY where its author put it. These pins are for whoever draws what
    was read without that map: ``draw(labels, edges, loops, placed_from_file(said))``. A variable
    without a place has no pin; it is arranged around the others.
    """
    from cstools.causal_loops.picture import pins_at

    return pins_at(said.places)


def loops_of(said: MapSaid) -> list[Loop]:
    """Return the loops of a map, shortest first, as many as are found in a fixed effort."""
    keys = tuple(key(name) for name in _names(said))
    return list(find_loops(keys, said.links, {}, steps(STEPS), None, MOST))


def middle(loop: Loop, places: dict[str, Place]) -> Place:
    """Return the mean of the places of a loop's variables."""
    found = [places[name] for name in loop.variables]
    return sum(x for x, _ in found) / len(found), sum(y for _, y in found) / len(found)


def turns_clockwise(loop: Loop, places: dict[str, Place]) -> bool | None:
    """Say whether a loop runs clockwise on the page; ``None`` where its words form no area."""
    found = [places[name] for name in loop.variables]
    area = sum(
        x * y_next - x_next * y
        for (x, y), (x_next, y_next) in zip(found, [*found[1:], found[0]], strict=True)
    )
    return None if abs(area) < 1 else area > 0  # y grows downwards, so a positive area is clockwise


def _names(said: MapSaid) -> list[str]:
    return [variable.name for variable in said.variables]


def _drawn(said: MapSaid) -> dict[str, Place]:
    from cstools.causal_loops.picture import drawing_of

    loops = find_loops(tuple(map(key, _names(said))), said.links, {}, steps(STEPS), None, MOST)
    drawing = drawing_of(_names(said), said.links, loops)
    at = {word.key: (word.at.real, word.at.imag) for word in drawing.words}
    return {name: at[key(name)] for name in _names(said)}


def _circle(names: list[str]) -> dict[str, Place]:
    radius = _APART * len(names) / (2 * pi)
    turn = 2 * pi / len(names)
    return {name: (radius * sin(i * turn), -radius * cos(i * turn)) for i, name in enumerate(names)}
