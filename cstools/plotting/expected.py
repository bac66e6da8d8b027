"""What somebody expected of one variable over time: a grid with a few points, or an empty one."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill

import numpy as np

from cstools.languages import unit_spoken
from cstools.plotting import style
from cstools.plotting.panels import finish, named
from cstools.plotting.picture import Picture

_AXIS = 26  # letters in a line beside the panel


def expected(
    label: str,
    points: Sequence[Sequence[float]],
    grid: tuple[float, float, float, float],
    units: str,
    time_units: str,
    sentence: str,
) -> Picture:
    """Return the picture of a sketch; without points it is a grid to print and draw on.

    Parameters
    ----------
    points
        ``(time, value)``, in the order of time.
    grid
        First and last time, lowest and highest value.
    """
    page, panel = style.figure(height=3.0)
    start, stop, low, high = grid
    panel.set_ylim(low, high)
    panel.set_xlabel(unit_spoken(time_units or "time"), color=style.QUIET)
    panel.set_ylabel(fill(named(label, units), _AXIS), color=style.QUIET)
    if points:
        times, values = zip(*points, strict=True)
        panel.plot(times, values, "o-", color=style.PALETTE[1], markersize=6, clip_on=False)
    finish(panel, np.array([start, stop]))
    return Picture(page, sentence)
