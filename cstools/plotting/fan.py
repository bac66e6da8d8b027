"""A fan: how far many runs spread, as bands between quantiles over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from cstools.errors import DataError
from cstools.plotting import describe, line_ends, panels, style
from cstools.plotting.picture import Picture
from cstools.plotting.words import amount, moment, number

Quantiles = Mapping[float, np.ndarray]


def fan(
    time: np.ndarray,
    quantiles: Quantiles,
    curve: panels.Series,
    time_units: str = "",
    title: str = "",
    lines: Sequence[panels.Series] = (),
) -> Picture:
    """Return the picture of how far the runs of an ensemble spread over time.

    Parameters
    ----------
    time : array (times,)
    quantiles
        Share → values ``(times,)``: ``{0.05: …, 0.25: …, 0.75: …, 0.95: …}``. Shares come in
        pairs about the middle, such as 0.05 and 0.95; a band lies between the two. 0.5 may be
        among them, and is not drawn again.
    curve
        The middle: what the variable is called, its units, and its median over time.
    lines
        Curves drawn over the fan, such as what was measured, or one run.

    Raises
    ------
    DataError
        When a share is not between 0 and 1, stands alone, or has not as many values as times.

    Notes
    -----
    How it can mislead: quantiles are taken at each time by itself, so no edge of a band, and not
    the median either, needs to be a run. Where all runs swing, each in its own time, the median
    lies almost level. And a fan shows the spread of the inputs that were varied, not all that is
    uncertain.
    """
    pairs = _pairs(time, quantiles)
    page, panel = style.figure()
    tints = [_tint(n, len(pairs)) for n in range(len(pairs))]
    for (low, high), tint in zip(pairs, tints, strict=True):
        panel.fill_between(time, quantiles[low], quantiles[high], color=tint, lw=0)
        for edge in (low, high):
            panel.plot(time, quantiles[edge], color=style.PALETTE[0], lw=0.7, alpha=0.7)
    tops = panel.lines[1 : 2 * len(pairs) : 2]
    median = panels.Series("median", curve.values)
    drawn = [_line(panel, time, line, n) for n, line in enumerate([median, *lines])]
    panels.finish(panel, time)
    panel.set_ylabel(panels.named(curve.label, curve.units), color=style.QUIET)
    panel.set_xlabel(time_units or "time", color=style.QUIET)
    panels.entitle(page, title)
    names = [*_names(pairs), *(str(line.get_label()) for line in drawn)]
    if not line_ends.write(page, panel, [*tops, *drawn], names):
        panels.legend(page, panel, [*(Patch(color=tint) for tint in tints), *drawn], names)
    told = sentence(time, quantiles, curve, time_units)
    return Picture(page, " ".join([told, *_told(time, lines, time_units)]))


def sentence(
    time: np.ndarray, quantiles: Quantiles, curve: panels.Series, time_units: str = ""
) -> str:
    """Return what a fan shows: its middle, how far it spreads at the end, where it is widest."""
    pairs = _pairs(time, quantiles)
    median = f"the median of {curve.label}"
    told = [describe.series(median, time, curve.values, time_units, curve.units)]
    if pairs and all(np.isfinite(quantiles[q][-1]) for pair in pairs for q in pair):
        told += _spread(np.asarray(time, float), quantiles, pairs, curve.units, time_units)
    return describe.together(told)


def _spread(
    time: np.ndarray,
    quantiles: Quantiles,
    pairs: Sequence[tuple[float, float]],
    units: str,
    time_units: str,
) -> list[str]:
    """Say between what most runs lie at the end, and where they lie furthest apart."""

    def between(pair: tuple[float, float], row: int) -> str:
        low, high = (float(quantiles[share][row]) for share in pair)
        return f"between {number(low)} and {amount(high, units)}"

    *outer, inner = pairs
    told = f"{_share(*inner)} of the runs lie {between(inner, -1)}"
    within = ", ".join([told, *(f"{_share(*pair)} {between(pair, -1)}" for pair in outer[::-1])])
    at_the_end = f"at {moment(float(time[-1]), time_units)}, {within}"
    low, high = (np.asarray(quantiles[share], float) for share in pairs[0])
    width = high / 2 - low / 2
    widest = int(np.nanargmax(width))
    if width[widest] <= 1.25 * width[-1]:
        return [at_the_end]
    where = f"the fan is widest at {moment(float(time[widest]), time_units)}"
    return [at_the_end, f"{where}, with {_share(*pairs[0])} {between(pairs[0], widest)}"]


def _told(time: np.ndarray, lines: Sequence[panels.Series], time_units: str) -> list[str]:
    return [panels.sentence(time, lines, time_units)] if lines else []


def _pairs(time: np.ndarray, quantiles: Quantiles) -> list[tuple[float, float]]:
    """Return the shares that a band lies between, the widest band first."""
    for share, values in quantiles.items():
        if not 0 < share < 1:
            raise DataError(f"a quantile is a share between 0 and 1, not {share:g}")
        if np.shape(values) != np.shape(time):
            raise DataError(
                f"the quantile {share:g} needs one value for each of the {len(time)} times; "
                f"it has {np.size(values)}"
            )
    lows = sorted(share for share in quantiles if share < 0.5)
    highs = sorted((share for share in quantiles if share > 0.5), reverse=True)
    for share in (*lows, *highs):
        if not any(abs(share + other - 1) < 1e-9 for other in quantiles):
            raise DataError(
                f"a band lies between two quantiles; give {1 - share:g} beside {share:g}"
            )
    return list(zip(lows, highs, strict=True))


def _share(low: float, high: float) -> str:
    share = f"{number(round(100 * (high - low), 6))}%"
    return "half" if share == "50%" else share


def _names(pairs: Sequence[tuple[float, float]]) -> list[str]:
    return [f"{_share(low, high)} of runs" for low, high in pairs]


def _tint(position: int, count: int) -> tuple[float, float, float]:
    """Return a tint of the first colour, pale for the widest band and deeper towards the middle."""
    depth = 0.16 + 0.30 * position / max(count - 1, 1)
    red, green, blue = (1 - depth * (1 - part) for part in to_rgb(style.PALETTE[0]))
    return red, green, blue


def _line(panel: Axes, time: np.ndarray, curve: panels.Series, position: int) -> Line2D:
    look = style.series(position)
    (line,) = panel.plot(
        time, curve.values, label=curve.label, color=look.color, linestyle=look.linestyle, lw=2.2
    )
    return line
