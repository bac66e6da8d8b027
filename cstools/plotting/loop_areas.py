"""The shares of loops over time as stacked areas: reinforcing above zero, balancing below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import fill

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter

from cstools.plotting import panels, style
from cstools.plotting.picture import Picture

# Of more loops than this, the weakest are drawn together; of more parts, the smallest not at all.
_MOST_AREAS, _MOST_PANELS = 8, 3
_OTHERS = "others"
_HATCH = "////"
_COLOURS = {"R": style.REINFORCING, "B": style.BALANCING, "U": style.QUIET}
# The shares of the panel's height and width that a name needs to stand inside its area.
_ROOM, _WIDTH = 0.065, 0.035
# The share of the height that the name of a side needs.
_SIDE = 0.33
_LETTER = 8.0
# A letter's share of the width of the strip.
_STRIP_LETTER = 0.012
_FEW_PERIODS = 15


@dataclass(frozen=True)
class Areas:
    """The loops of one component.

    Attributes
    ----------
    names, polarities : tuple of str
        ``"R"``, ``"B"`` or ``"U"``, of each loop.
    shares : array (times, loops)
        Signed, from -1 to 1.
    periods : tuple of (start, stop, names)
        Which loops dominate when.
    title : str
        What the component is called, where there are several.
    """

    names: tuple[str, ...]
    polarities: tuple[str, ...]
    shares: np.ndarray
    periods: tuple[tuple[float, float, tuple[str, ...]], ...] = ()
    title: str = ""


@dataclass(frozen=True)
class _Area:
    name: str
    share: np.ndarray
    colour: str
    hatch: str


def loop_areas(
    time: np.ndarray,
    parts: Sequence[Areas],
    time_units: str = "",
    title: str = "",
    sentence: str = "",
) -> Picture:
    """Return the picture of which loops explain how much of a run, and which of them dominate.

    Parameters
    ----------
    time : array (times,)
    parts
        One panel for each; of many, those with the most loops. A loop that is alone has a panel
        only where all are: its area is always full.

    Notes
    -----
    How it can mislead: the areas always fill the whole height while anything changes at all. They
    say what share a loop has, not how much is going on.
    """
    shared = [part for part in parts if len(part.names) > 1] or list(parts)
    chosen = sorted(shared, key=lambda part: -len(part.names))[:_MOST_PANELS]
    height = 0.9 + 2.9 * max(len(chosen), 1)
    page = Figure(figsize=(7.0, height), facecolor=style.PAPER, layout="constrained")
    heights = [1.0, 0.11] * max(len(chosen), 1)
    axes = page.subplots(len(heights), 1, sharex=True, height_ratios=heights, squeeze=False)[:, 0]
    for number, part in enumerate(chosen):
        panel, strip = style.dress(axes[2 * number]), axes[2 * number + 1]
        _draw_areas(panel, time, part)
        _draw_strip(strip, part)
    for blank in axes if not chosen else []:
        blank.set_axis_off()
    axes[-1].set_xlabel(time_units or "time", color=style.QUIET)
    panels.entitle(page, title)
    return Picture(page, sentence)


def _draw_areas(panel: Axes, time: np.ndarray, part: Areas) -> None:
    # The step that ends at a time is drawn at that time; the start has none.
    when, areas = time[1:], _areas(part)
    above, below = np.zeros(len(when)), np.zeros(len(when))
    places = []
    for area in areas:
        for edge, share in ((above, np.maximum(area.share, 0)), (below, np.minimum(area.share, 0))):
            if not share.any():
                continue
            panel.fill_between(
                when, edge, edge + share, facecolor=area.colour, edgecolor=style.PAPER,
                hatch=area.hatch, linewidth=0.8,
            )  # fmt: skip
            lower, upper = np.minimum(edge, edge + share), np.maximum(edge, edge + share)
            places.append((area, lower, upper))
            edge += share
    panel.axhline(0, color=style.INK, lw=1)
    panel.set_ylim(-1.0, 1.0)
    _zoom(panel, above, below)
    panel.grid(visible=False)
    panel.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{abs(value) * 100:.0f}%"))
    _name_sides(panel)
    _name_areas(panel, when, places)
    if part.title:
        panel.set_title(part.title, loc="left", fontsize=10, color=style.INK)
    margin = 0.01 * float(time[-1] - time[0]) or 0.5
    panel.set_xlim(time[0] - margin, time[-1] + margin)
    panel.tick_params(labelbottom=False)


def _zoom(panel: Axes, above: np.ndarray, below: np.ndarray) -> None:
    high, low = float(above.max(initial=0.0)), float(below.min(initial=0.0))
    panel.set_ylim(low - 0.03, max(high, 0.05 if low else 1.0) + 0.03)


def _name_sides(panel: Axes) -> None:
    """Write beside each side of the zero line what it holds, where there is room for the word."""
    low, high = panel.get_ylim()
    for word, start, stop in (("reinforcing", 0.0, high), ("balancing", low, 0.0)):
        if (stop - start) > _SIDE * (high - low):
            panel.text(
                -0.105, (start + stop) / 2, word, transform=panel.get_yaxis_transform(),
                rotation=90, ha="center", va="center", color=style.QUIET, fontsize=10,
            )  # fmt: skip


def _areas(part: Areas) -> list[_Area]:
    """Return the areas, the strongest next to the zero line, and the weak ones together."""
    mean = np.abs(part.shares[1:]).mean(axis=0) if len(part.shares) > 1 else np.zeros(0)
    order = [n for n in np.argsort(-mean, kind="stable").tolist() if mean[n] > 0]
    drawn, rest = order[:_MOST_AREAS], order[_MOST_AREAS:]
    if len(rest) == 1:
        drawn, rest = order, []
    counts = {"R": 0, "B": 0, "U": 0}
    areas = []
    for n in drawn:
        kind = part.polarities[n]
        colour = _tint(_COLOURS[kind], counts[kind])
        areas.append(_Area(part.names[n], part.shares[1:, n], colour, ""))
        counts[kind] += 1
    for sign, kind in ((1, "R"), (-1, "B")):
        share = sign * np.maximum(sign * part.shares[1:, rest], 0).sum(axis=1)
        if share.any():
            areas.append(_Area(_OTHERS, share, _tint(_COLOURS[kind], 9), _HATCH))
    return areas


def _tint(colour: str, place: int) -> str:
    """Return a lighter shade for each further loop of a kind."""
    white = 1 - 0.82 * 0.72**place
    red, green, blue = (white + (1 - white) * part for part in to_rgb(colour))
    return to_hex((red, green, blue))


def _name_areas(
    panel: Axes, when: np.ndarray, places: Sequence[tuple[_Area, np.ndarray, np.ndarray]]
) -> None:
    """Write the name of each loop inside its area where there is most room; else above them all."""
    low, high = panel.get_ylim()
    beside = []
    for area, lower, upper in places:
        at = _roomiest(lower, upper, _ROOM * (high - low))
        if at is None:
            beside.append(area)
            continue
        panel.text(
            when[at[0]], at[1], area.name, ha="center", va="center", fontsize=9.5,
            fontweight="bold", color=_ink_on(area.colour), family=style.SANS,
        )  # fmt: skip
    if beside:
        names = ", ".join(dict.fromkeys(area.name for area in beside))
        panel.annotate(
            fill(f"too thin to name: {names}", 70), (1, 1), xycoords="axes fraction",
            xytext=(0, 3), textcoords="offset points", ha="right", va="bottom",
            fontsize=_LETTER, color=style.QUIET,
        )  # fmt: skip


def _roomiest(lower: np.ndarray, upper: np.ndarray, room: float) -> tuple[int, float] | None:
    """Return the place and height where a name has most room; of several, next to the middle."""
    half = max(1, round(_WIDTH * len(lower) / 2))
    if len(lower) <= 2 * half:
        return None
    window = np.lib.stride_tricks.sliding_window_view
    floor = window(lower, 2 * half + 1).max(axis=1)
    ceiling = window(upper, 2 * half + 1).min(axis=1)
    size = ceiling - floor
    best = np.flatnonzero(size >= 0.98 * size.max())
    place = int(best[np.abs(best - len(size) / 2).argmin()])
    if size[place] < room:
        return None
    return place + half, float(floor[place] + ceiling[place]) / 2


def _ink_on(colour: str) -> str:
    red, green, blue = to_rgb(colour)
    return style.PAPER if 0.3 * red + 0.59 * green + 0.11 * blue < 0.5 else style.INK


def _draw_strip(strip: Axes, part: Areas) -> None:
    """Draw which loops dominate, as a strip of blocks with their names."""
    strip.set_yticks([])
    strip.set_ylim(0, 1)
    strip.tick_params(colors=style.QUIET, labelsize=9)
    for spine in strip.spines.values():
        spine.set_visible(False)
    kind = dict(zip(part.names, part.polarities, strict=True))
    span = max((stop for _, stop, _ in part.periods), default=1.0) - min(
        (start for start, _, _ in part.periods), default=0.0
    )
    edge = 1.5 if len(part.periods) <= _FEW_PERIODS else 0.3
    for start, stop, names in part.periods:
        if not names:
            continue
        colour = _tint(_COLOURS[kind[names[0]]], 2)
        strip.add_patch(
            Rectangle((start, 0), stop - start, 1, facecolor=colour, edgecolor=style.PAPER, lw=edge)
        )
        full, short = " + ".join(names[:6]), f"{names[0]} + …" if len(names) > 1 else ""
        room = (stop - start) / (_STRIP_LETTER * span)
        said = next((text for text in (full, short) if len(text) < room), "")
        if said:
            strip.text(
                (start + stop) / 2, 0.46, said, ha="center", va="center", fontsize=_LETTER,
                color=_ink_on(colour), family=style.SANS,
            )  # fmt: skip
    strip.set_ylabel("dominant", rotation=0, ha="right", va="center", color=style.QUIET, fontsize=9)
