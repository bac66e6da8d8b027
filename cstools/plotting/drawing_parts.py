"""What is on the page of a causal loop diagram: words, wires and marks, as plain values.

Places are complex numbers, ``x + y·1j``, in pixels at full size, x to the right and y down.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from cstools.on_demand import numpy as np
from cstools.plotting.arcs import Points, Reals
from cstools.plotting.lettering import width

LETTER, LINE = 15.0, 18.0
TITLE_LETTER = 12.0
MARK_RADIUS = 15.0
MARK_REACH = MARK_RADIUS + 2.5  # with its line and most of its head


class SignedEdge(NamedTuple):
    """A link as plain values: keys of cause and effect, ``+``, ``-`` or ``?``, and a delay."""

    cause: str
    effect: str
    sign: str = "?"
    delayed: bool = False


class LoopMark(NamedTuple):
    """A loop to be marked: its name, R, B or ?, the keys of its words in order, and a title."""

    name: str
    polarity: str
    words: tuple[str, ...]
    title: str = ""


@dataclass(frozen=True)
class Word:
    """A variable's name in its lines, centred at a place."""

    key: str
    lines: tuple[str, ...]
    at: complex


@dataclass(frozen=True)
class Wire:
    """A link: an arc of a circle, its head, the place of its sign, the strokes of its delay."""

    edge: SignedEdge
    centre: complex
    radius: float
    start: complex
    stop: complex  # where the line ends, under the head
    clockwise: bool
    large: bool  # more than half a circle
    head: tuple[complex, complex, complex]  # the tip first
    sign_at: complex
    delay: tuple[tuple[complex, complex], ...]  # the ends of each stroke


@dataclass(frozen=True)
class Mark:
    """R1 or B1 with an arrow that turns the loop's way; a link to itself is its own arrow."""

    loop: LoopMark
    at: complex
    clockwise: bool
    ringed: bool

    @property
    def letter(self) -> float:
        """The size of the letters that keeps the name within the arrow."""
        return 13.0 if len(self.loop.name) < 3 else 11.0

    def ring(self) -> tuple[complex, complex, tuple[complex, complex, complex]]:
        """Return the first and last point of the arrow round the name, and its head."""
        turn = 1 if self.clockwise else -1
        first, last = (-1j * np.exp(1j * turn * np.radians(angle)) for angle in (38.0, 322.0))
        ahead = turn * 1j * last
        tip = self.at + MARK_RADIUS * last
        head = (tip + 6.5 * ahead, tip + 3.8 * last, tip - 3.8 * last)
        return complex(self.at + MARK_RADIUS * first), complex(tip), head


@dataclass(frozen=True)
class Boxes:
    """The words as boxes: centres and half sizes, ``(words,)`` each."""

    centre: Points
    half: Points

    def clearance(self, points: Points) -> Reals:
        """Return how far points are from the nearest box; 0 inside one."""
        if not len(self.centre):
            return np.full(points.shape, np.inf)
        return np.asarray(beyond(points[..., None] - self.centre, self.half).min(axis=-1).clip(0))


@dataclass(frozen=True)
class Drawing:
    """Everything that is on the page, and the page's upper left corner and size.

    ``clear`` says that every word can be read: none overlaps another, no link runs through one.
    """

    words: tuple[Word, ...]
    wires: tuple[Wire, ...]
    marks: tuple[Mark, ...]
    corner: complex
    size: complex
    score: float
    clear: bool


def title_box(title: str) -> tuple[complex, complex]:
    """Return how far the middle of a title is from that of its mark, and half its size."""
    half = complex(width(title) * TITLE_LETTER / 2, TITLE_LETTER / 2)
    return 1j * (MARK_RADIUS + 0.68 * TITLE_LETTER + 2), half


def beyond(apart: Points, half: Points) -> Reals:
    """Return how far beyond a box of half size ``half`` something is; below 0 inside."""
    over_x, over_y = np.abs(apart.real) - half.real, np.abs(apart.imag) - half.imag
    outside = np.hypot(np.maximum(over_x, 0), np.maximum(over_y, 0))
    return np.asarray(np.where(outside > 0, outside, np.maximum(over_x, over_y)))
