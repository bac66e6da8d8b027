"""What the page of a loop player is told of a map: its picture, its words and its loops."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from cstools.causal_loops.loops import Loops
from cstools.causal_loops.motion.signals import story
from cstools.causal_loops.motion.signed import quantity
from cstools.causal_loops.parts import Link, Loop
from cstools.names import key
from cstools.on_demand import numpy as np
from cstools.plotting.drawing_parts import (
    LETTER,
    LINE,
    MARK_REACH,
    Drawing,
    Mark,
    Wire,
    Word,
    title_box,
)
from cstools.plotting.layout_score import SIGN_RADIUS
from cstools.plotting.lettering import width
from cstools.plotting.words import verb

MOST_OFFERED = 60
BADGE = 11.0  # radius of the disc beside a word that says whether it goes up or down
_AROUND = (-1 - 1j, 1 - 1j, -1 + 1j, 1 + 1j, -1 + 0j, 1 + 0j, 0 - 1j, 0 + 1j)


def loops_to_offer(loops: Loops, on_map: Sequence[Loop], asked: Loop | None) -> list[Loop]:
    """Return the loops to choose from: those marked on the map, then the shortest others.

    The one that was asked for is among them, wherever it stands.
    """
    chosen = {loop.name: loop for loop in on_map}
    if asked is not None:
        chosen.setdefault(asked.name, asked)
    for loop in loops[: MOST_OFFERED + len(chosen)]:
        if len(chosen) >= MOST_OFFERED:
            break
        chosen.setdefault(loop.name, loop)
    return list(chosen.values())


def loops_note(offered: int, loops: Loops) -> str:
    """Return which loops are not among those to choose from; empty when all are."""
    if not loops and loops.complete:
        return (
            "There is no loop on this map, so there is no story to tell: nothing comes back to "
            "where it began. A variable can be pushed all the same."
        )
    if len(loops) == offered and loops.complete:
        return ""
    more = "" if loops.complete else "more than "
    return (
        f"{offered} of {more}{len(loops):,} loops can be chosen here: those marked on the map, "
        "then the shortest. Another one is told by its name in a cell: .play(loop='R100')."
    )


def variables_told(variables: Sequence[str], places: Mapping[str, complex]) -> list[dict[str, Any]]:
    """Return for each variable how it is said, and where its badge stands on the map."""
    badges = {word: [at.real, at.imag] for word, at in places.items()}
    return [
        {
            "key": key(name),
            "label": name,
            "more": quantity(name, True),
            "less": quantity(name, False),
            "either": quantity(name, None),
            "rise": verb(name, "rise"),
            "fall": verb(name, "fall"),
            "be": verb(name, "be"),
            "badge": badges[key(name)],
        }
        for name in variables
    ]


def loop_told(loop: Loop, on_map: bool) -> dict[str, Any]:
    """Return a loop as the page tells it, from its first variable on."""
    return {
        "name": loop.name,
        "kind": loop.polarity,
        "title": loop.title,
        "variables": list(loop.variables),
        "links": [_link_told(link) for link in loop.links],
        "moral": story(loop).moral,
        "marked": on_map,
    }


def _link_told(link: Link) -> dict[str, Any]:
    return {"sign": link.polarity, "delayed": link.delayed, "reason": link.reason}


def with_room_for_badges(drawing: Drawing, places: Mapping[str, complex]) -> Drawing:
    """Return the drawing on a page on which the disc beside each word is whole."""
    edge = (BADGE + 2) * (1 + 1j)
    corners = [at - edge for at in places.values()]
    far = [corner + 2 * edge for corner in corners] + [drawing.corner + drawing.size]
    near = [*corners, drawing.corner]
    corner = complex(min(c.real for c in near), min(c.imag for c in near))
    end = complex(max(c.real for c in far), max(c.imag for c in far))
    return replace(drawing, corner=corner, size=end - corner)


def badge_places(drawing: Drawing) -> dict[str, complex]:
    """Return where beside each word a disc covers least of the rest, by key.

    Each of eight places around a word is measured against the links, signs, loop marks, other
    words and discs already placed; the first of those that are about equally free is taken.
    """
    points = np.array([point for wire in drawing.wires for point in _along(wire)] or [np.inf])
    discs = [(mark.at, MARK_REACH) for mark in drawing.marks]
    discs += [(wire.sign_at, SIGN_RADIUS) for wire in drawing.wires]
    halves = [_half(word) for word in drawing.words]
    boxes = [(word.at, half) for word, half in zip(drawing.words, halves, strict=True)]
    boxes += [_title(mark) for mark in drawing.marks if mark.loop.title]
    middles, sizes = (np.array(column) for column in zip(*boxes, strict=True))
    taken: list[complex] = []
    for own, (word, half) in enumerate(zip(drawing.words, halves, strict=True)):
        places = np.array([word.at + _away(half, step) for step in _AROUND])
        beside = _beside(places[:, None], middles, sizes)
        beside[:, own] = np.inf
        covered = [*discs, *((at, BADGE) for at in taken)]
        room = np.minimum(_nearest(places, points), beside.min(axis=1)).clip(max=2 * BADGE)
        if covered:
            at, reach = (np.array(column) for column in zip(*covered, strict=True))
            room = np.minimum(room, (np.abs(places[:, None] - at) - reach).min(axis=1))
        # A place that is freer by less than a few pixels is not worth leaving the corner for.
        best = max(range(len(places)), key=lambda i: (min(room[i], BADGE + 5) // 3, -i))
        taken.append(complex(places[best]))
    return {
        word.key: complex(round(at.real, 1), round(at.imag, 1))
        for word, at in zip(drawing.words, taken, strict=True)
    }


def _away(half: complex, step: complex) -> complex:
    """Return how far from the middle of a word a disc stands that touches its box."""
    corner = step.real and step.imag
    across = half.real + (8 if corner else BADGE + 2)
    down = half.imag + (8 if corner else BADGE)
    return complex(step.real * across, step.imag * down)


def _along(wire: Wire) -> list[complex]:
    """Return points along a link, its sign and its head among them."""
    first, last = (complex(np.log(end - wire.centre)).imag for end in (wire.start, wire.stop))
    turn = 2 * np.pi
    sweep = (last - first) % turn if wire.clockwise else -((first - last) % turn)
    spokes = wire.radius * np.exp(1j * (first + sweep * np.linspace(0, 1, 40)))
    return [*(wire.centre + spokes), wire.sign_at, *wire.head]


def _half(word: Word) -> complex:
    wide = max(width(line) for line in word.lines) * LETTER
    return complex(wide / 2, LINE * len(word.lines) / 2)


def _title(mark: Mark) -> tuple[complex, complex]:
    below, half = title_box(mark.loop.title)
    return mark.at + below, half


def _nearest(places: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Return how far each place is from the nearest of some points."""
    return np.asarray(np.abs(places[:, None] - points).min(axis=1))


def _beside(places: np.ndarray, middles: np.ndarray, halves: np.ndarray) -> np.ndarray:
    """Return how far each place is from each box, ``(places, boxes)``."""
    apart = places - middles
    across, down = np.abs(apart.real) - halves.real, np.abs(apart.imag) - halves.imag
    return np.asarray(np.hypot(across.clip(min=0), down.clip(min=0)))
