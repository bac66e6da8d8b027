"""What every panel over time has: its time, its numbers, its legend, and the title of its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import fill

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import Formatter

from cstools.languages import unit_spoken
from cstools.plotting import describe, style

# How many letters stand in a line across the page, at the size each of them has.
_TITLE, _LEGEND = 62, 72


@dataclass(frozen=True)
class Series:
    """One curve: what it is called, its values ``(times,)`` and their units.

    Attributes
    ----------
    label : str
        Its name in the sentence, and in a legend.
    group : str
        The variable, where several curves show the same one in different runs. They share a
        panel, and where there are several variables in it, a colour.
    end : str
        What is written at the end of its line, where its panel shows one variable only; its label
        otherwise, or where this is not said.
    """

    label: str
    values: np.ndarray
    units: str = ""
    group: str = ""
    end: str = ""


def sentence(time: np.ndarray, curves: Sequence[Series], time_units: str = "") -> str:
    """Return what the curves show, a sentence for each."""
    return describe.together(
        [describe.series(c.label, time, c.values, time_units, c.units) for c in curves]
    )


def entitle(page: Figure, title: str) -> None:
    """Give a page a title: of the page, not of the axes, so that it stays clear of a legend."""
    if title:
        page.suptitle(
            fill(title, _TITLE), x=0.01, ha="left", fontsize=12, color=style.INK, fontweight="bold"
        )


def finish(panel: Axes, time: np.ndarray) -> None:
    """Show the whole time, and zero where it is near; write numbers as they are said."""
    if len(time) > 1:
        # All of it, even where a curve stops before the end.
        edge = 0.01 * (time[-1] - time[0])
        panel.set_xlim(time[0] - edge, time[-1] + edge)
    panel.yaxis.set_major_formatter(_Said())
    low, high = panel.get_ylim()
    if low > 0 and low < 0.35 * high:
        panel.set_ylim(bottom=0)


def named(name: str, units: str) -> str:
    """Return a variable with its units, which are not said twice: ``fish (tonnes)``, ``boats``."""
    said = unit_spoken(units)
    return name if not said or said.casefold() == name.casefold() else f"{name} ({said})"


def legend(page: Figure, panel: Axes, handles: Sequence[Artist], names: Sequence[str]) -> None:
    """Write a legend above a panel, and make room for it."""
    columns = _columns(names)
    panel.legend(
        handles, [fill(name, _LEGEND) for name in names],
        loc="lower left", bbox_to_anchor=(0, 1.0), ncols=columns, frameon=False,
        fontsize=9.5, borderaxespad=0.2, labelcolor=style.INK, handlelength=2.6,
    )  # fmt: skip
    lines = -(-sum(-(-len(name) // _LEGEND) for name in names) // columns)
    page.set_figheight(page.get_figheight() + 0.2 * lines)


def page_legend(page: Figure, handles: Sequence[Artist], names: Sequence[str], title: str) -> None:
    """Write one legend for all panels, headed by the title of the page."""
    columns = _columns(names)
    written = page.legend(
        handles, [fill(name, _LEGEND) for name in names], loc="outside upper left",
        ncols=columns, frameon=False, fontsize=9.5, labelcolor=style.INK, handlelength=2.6,
        title=fill(title, _TITLE), alignment="left",
        title_fontproperties={"size": 12, "weight": "bold"},
    )  # fmt: skip
    written.get_title().set_color(style.INK)
    page.set_figheight(page.get_figheight() + 0.2 * -(-len(names) // columns))


def _columns(names: Sequence[str]) -> int:
    """Return in how many columns a legend fits on the page."""
    # Two runs of two variables stand as a square: each run a column.
    most = 2 if len(names) == 4 else 3
    line_and_gap = 7  # letters' worth
    return max(1, min(most, _LEGEND // (max(map(len, names)) + line_and_gap)))


class _Said(Formatter):
    """Writes the numbers beside an axis as the sentence says them: 20 million, not 2 and 1e7."""

    def __call__(self, value: float, position: int | None = None) -> str:
        return describe.number(value).replace("-", "−")

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        """Return the texts at all ticks, with more digits where three do not tell them apart."""
        largest = max((abs(value) for value in values), default=0.0)
        clean = [0.0 if abs(value) < 1e-9 * largest else float(value) for value in values]
        said = [self(value) for value in clean]
        if 0.01 <= largest < 1000 or len(set(said)) < len(said):
            digits = max(len(f"{value:.10g}".partition(".")[2]) for value in clean)
            said = [f"{value:,.{digits}f}".replace("-", "−") for value in clean]
        return said
