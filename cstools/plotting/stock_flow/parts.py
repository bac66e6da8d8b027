"""What a stock-flow diagram is made of, before and after it has a place on the page.

Places are complex numbers, ``x + y·1j``, in pixels at full size, x to the right and y down.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from cstools.plotting.drawing_parts import Wire

LETTER, LINE = 14.0, 17.0
SMALL_LETTER, SMALL_LINE = 13.0, 16.0  # the names of flows and constants
PIPE = 3.5  # half the width of a pipe
VALVE = 11 + 11j  # half the room that a valve takes
CLOUD = 19 + 13j  # half the size of a cloud
STACK = 5.0  # how far the second box of an array stands behind the first
GLYPH = 17.0  # room for the mark of a lookup before its name


class StockBox(NamedTuple):
    """A stock as it is said: its key, the words shown, and whether it stands for an array."""

    key: str
    words: str
    many: bool = False


class FlowPipe(NamedTuple):
    """A flow as it is said; an end that is ``None`` is the outside world."""

    key: str
    words: str
    out_of: str | None = None
    into: str | None = None
    many: bool = False


class Factor(NamedTuple):
    """What is neither stock nor flow; ``kind`` is ``auxiliary``, ``constant`` or ``lookup``.

    A ``ghost`` is the name of something that stands elsewhere on the page, said again where a link
    from it would have to run through other things; ``of`` is the key of what it stands for.
    """

    key: str
    words: str
    kind: str = "auxiliary"
    many: bool = False
    of: str = ""


class Influence(NamedTuple):
    """A cause and what it acts on, by their keys.

    ``sign`` is ``+``, ``-`` or ``?``, or empty where none is shown; ``first`` says that the cause
    only sets the first value of a stock.
    """

    cause: str
    effect: str
    sign: str = ""
    delayed: bool = False
    first: bool = False


@dataclass(frozen=True)
class Structure:
    """A model as a diagram shows it, without places."""

    stocks: tuple[StockBox, ...] = ()
    flows: tuple[FlowPipe, ...] = ()
    factors: tuple[Factor, ...] = ()
    influences: tuple[Influence, ...] = ()

    def words(self) -> dict[str, str]:
        """Return the words shown for each key; ghosts have none of their own."""
        found = {stock.key: stock.words for stock in self.stocks}
        found |= {flow.key: flow.words for flow in self.flows}
        return found | {factor.key: factor.words for factor in self.factors if not factor.of}


@dataclass(frozen=True)
class DrawnStock:
    """A box: its middle, half its size, and the lines of the name in it."""

    stock: StockBox
    lines: tuple[str, ...]
    at: complex
    half: complex


@dataclass(frozen=True)
class DrawnPipe:
    """A flow on the page.

    Attributes
    ----------
    path : tuple of complex
        The corners of the pipe's middle line, from where it leaves to the tip of its arrowhead;
        every stretch is level or upright.
    valve, along : complex
        Where the valve stands, and the direction of the pipe there, of length 1.
    lines, name_at, name_half
        The flow's name: its lines, its middle, half its size.
    clouds : tuple of complex
        The middles of the clouds at its ends: none, one or two.
    above : bool
        Whether the name belongs above a level pipe, and not below it as is usual.
    """

    flow: FlowPipe
    path: tuple[complex, ...]
    valve: complex
    along: complex
    lines: tuple[str, ...]
    name_at: complex
    name_half: complex
    clouds: tuple[complex, ...]
    above: bool = False


@dataclass(frozen=True)
class DrawnFactor:
    """A name without a box: its lines, its middle, half its size."""

    factor: Factor
    lines: tuple[str, ...]
    at: complex
    half: complex


@dataclass(frozen=True)
class Drawing:
    """Everything on the page, and the page's upper left corner and size."""

    stocks: tuple[DrawnStock, ...]
    pipes: tuple[DrawnPipe, ...]
    factors: tuple[DrawnFactor, ...]
    wires: tuple[tuple[Influence, Wire], ...]
    corner: complex
    size: complex
