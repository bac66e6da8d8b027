"""Names written where their lines end, as long as each finds room beside its own."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.lines import Line2D

from cstools.plotting import style

Place = tuple[float, float]

_SIZE = 9.5
_WIDEST = 24  # letters in a line
_MOST_LINES = 3
# Points from the end of a line to its name, to a name that was moved, and how far that may be.
_GAP, _WIDE_GAP, _FURTHEST = 6.0, 13.0, 15.0
_ROOM = 0.985
_NEAREST = 4.0  # points between two ends, for an eye to tell which name is whose


def write(page: Figure, panel: Axes, lines: Sequence[Line2D], names: Sequence[str]) -> bool:
    """Write names at the ends of lines; say whether there was room for all of them.

    A name stands level with the end of its line or a little off it, with a stroke that leads to
    it. Where the lines end too close together, or before the end of the panel, nothing is written.
    """
    texts = [fill(name, _WIDEST) for name in names]
    ends = [_end(panel, line) for line in lines]
    found = [end for end in ends if end is not None]
    if len(found) < len(ends) or max(text.count("\n") for text in texts) >= _MOST_LINES:
        return False
    layout = page.get_layout_engine()
    if layout is not None:
        layout.execute(page)  # where things will stand
    heights = np.array([_SIZE * 1.3 * (1 + text.count("\n")) for text in texts])
    moved = _moved(page, panel, found, heights)
    if moved is None:
        return False
    far = bool(np.abs(moved).max() > 0.25 * _SIZE)
    if isinstance(layout, ConstrainedLayoutEngine):
        # Letters are a few per cent wider or narrower in every format.
        layout.set(rect=(0, 0, _ROOM, 1))
    for line, text, end, shift in zip(lines, texts, found, moved, strict=True):
        _name(panel, line, text, end, (_WIDE_GAP if far else _GAP, float(shift)), far)
    return True


def _moved(
    page: Figure, panel: Axes, ends: Sequence[Place], heights: np.ndarray
) -> np.ndarray | None:
    """Return how far each name must be moved from its end, in points, unless there is no room."""
    scale = 72 / page.dpi
    box = panel.get_window_extent()
    wanted = np.array([panel.transData.transform(end)[1] for end in ends]) * scale
    places = spread(wanted, heights)
    low, high = box.y0 * scale - heights / 2, box.y1 * scale + heights / 2
    outside = (places < low).any() or (places > high).any()
    too_near = np.diff(np.sort(wanted)).min(initial=np.inf) < _NEAREST
    too_far = np.abs(places - wanted).max() > _FURTHEST
    return None if outside or too_near or too_far else places - wanted


def spread(wanted: np.ndarray, heights: np.ndarray) -> np.ndarray:
    """Return places ``(names,)`` near those wanted, at which texts of some heights do not touch.

    Neighbours that would touch are joined to a block, which stands where its members wanted to on
    average; blocks that touch are joined in turn.
    """
    order = np.argsort(wanted, kind="stable")
    blocks: list[list[int]] = []
    for name in order:
        blocks.append([int(name)])
        while len(blocks) > 1 and _touch(blocks[-2], blocks[-1], wanted, heights):
            last = blocks.pop()
            blocks[-1] += last
    places = np.empty(len(wanted))
    for block in blocks:
        places[block] = _stacked(block, wanted, heights)
    return places


def _stacked(block: Sequence[int], wanted: np.ndarray, heights: np.ndarray) -> np.ndarray:
    """Return the middles of the texts of a block, one on top of the other."""
    tall = heights[list(block)]
    middles = np.cumsum(tall) - tall / 2
    stacked: np.ndarray = middles + float((wanted[list(block)] - middles).mean())
    return stacked


def _touch(
    lower: Sequence[int], upper: Sequence[int], wanted: np.ndarray, heights: np.ndarray
) -> bool:
    top = _stacked(lower, wanted, heights)[-1] + heights[lower[-1]] / 2
    bottom = _stacked(upper, wanted, heights)[0] - heights[upper[0]] / 2
    return bool(top > bottom)


def _end(panel: Axes, line: Line2D) -> Place | None:
    """Return where a line ends, unless that is well before the end of the panel."""
    x, y = (np.asarray(values, float) for values in line.get_data())
    there = np.flatnonzero(np.isfinite(y))
    left, right = panel.get_xlim()
    if not len(there) or x[there[-1]] < right - 0.04 * (right - left):
        return None
    return float(x[there[-1]]), float(y[there[-1]])


def _name(panel: Axes, line: Line2D, text: str, end: Place, offset: Place, far: bool) -> None:
    stroke = {"arrowstyle": "-", "color": line.get_color(), "lw": 0.9, "shrinkA": 0, "shrinkB": 1}
    panel.annotate(
        text, end, xytext=offset, textcoords="offset points",
        va="center", ha="left", fontsize=_SIZE, color=style.INK, linespacing=1.15,
        annotation_clip=False, parse_math=False, arrowprops=stroke if far else None,
    )  # fmt: skip
