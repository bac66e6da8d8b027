"""Many hats at once: how each one's share went, and where all of them ended."""

from __future__ import annotations

from textwrap import fill

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cstools.plotting import style
from cstools.plotting.picture import Picture
from cstools.plotting.words import number

#: How many histories are drawn: more than these are one grey cloud.
_DRAWN, _BINS = 40, 10


def picture(histories: np.ndarray, of: str) -> Picture:
    """Return the picture of hats, (hats, draws + 1): shares over the draws, ends as bars."""
    page = Figure(figsize=(7.0, 3.6), facecolor=style.PAPER, layout="constrained")
    over_time, ends = page.subplots(1, 2, sharey=True, width_ratios=(3, 1))
    _draw_histories(style.dress(over_time), histories[:_DRAWN])
    _draw_ends(style.dress(ends), histories)
    return Picture(page, sentence(histories, of))


def sentence(histories: np.ndarray, of: str) -> str:
    """Return what the hats did: where they end, and how much of it was settled early."""
    ends, draws = histories[:, -1], histories.shape[1] - 1
    below, middle, above = (
        float(np.mean((ends >= low) & (ends < high)))
        for low, high in ((0, 0.2), (0.4, 0.6), (0.8, 1.1))
    )
    early = max(1, draws // 10)
    moved = np.median(np.abs(ends - histories[:, early]))
    return (
        f"{number(len(ends))} hats after {number(draws)} draws: {of} has less than a "
        f"fifth of the cards in {_percent(below)} of the hats, between two and three fifths in "
        f"{_percent(middle)}, four fifths or more in {_percent(above)}. After the first "
        f"{early} draws half of the hats moved by less than {number(round(float(moved), 2))}."
    )


def _draw_histories(panel: Axes, histories: np.ndarray) -> None:
    draws = np.arange(histories.shape[1])
    for history in histories[3:]:
        panel.plot(draws, history, color=style.QUIET, lw=0.8, alpha=0.35)
    for place, history in enumerate(histories[:3]):
        look = style.series(place)
        panel.plot(draws, history, color=look.color, linestyle=look.linestyle, lw=2)
    panel.set_ylim(0, 1)
    panel.set_xlim(0, draws[-1])
    panel.set_xlabel("draw", color=style.QUIET)
    panel.set_ylabel("share of the cards", color=style.QUIET)
    title = f"{len(histories)} hats, three of them in colour"
    panel.set_title(title, loc="left", fontsize=10, color=style.INK)


def _draw_ends(panel: Axes, histories: np.ndarray) -> None:
    counts, edges = np.histogram(histories[:, -1], bins=_BINS, range=(0, 1))
    middles = (edges[1:] + edges[:-1]) / 2
    panel.barh(middles, counts, height=0.085, color=style.PALETTE[0], edgecolor="white")
    panel.set_xlabel("hats", color=style.QUIET)
    title = fill(f"where all {number(len(histories))} end", 18)
    panel.set_title(title, loc="left", fontsize=10, color=style.INK)


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
