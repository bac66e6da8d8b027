"""What moves a result: bars from the middle outwards, and shares with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import fill
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator, PercentFormatter

from cstools.plotting import style
from cstools.plotting.picture import Picture
from cstools.plotting.words import number

_LOW, _HIGH = style.PALETTE[0], style.PALETTE[1]
# A bar's two ends are told apart by colour and by hatching.
_ENDS: tuple[dict[str, Any], ...] = (
    {"facecolor": _LOW, "edgecolor": "white"},
    {"facecolor": _HIGH, "edgecolor": "white", "hatch": "////"},
)
_TITLE, _NAME = 62, 24  # letters in a line


@dataclass(frozen=True)
class Bar:
    """One input and what a result comes to at its low and its high end.

    Attributes
    ----------
    low, high : float
        The input's ends.
    at_low, at_high : float
        The result there.
    units : str
        Of the input.
    """

    label: str
    low: float
    high: float
    at_low: float
    at_high: float
    units: str = ""

    @property
    def reach(self) -> float:
        """How far apart the two results are."""
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True)
class Estimate:
    """A share from 0 to 1 and its interval, drawn as a mark on a line."""

    value: float
    low: float
    high: float


def tornado(bars: Sequence[Bar], middle: float, axis: str, title: str, sentence: str) -> Picture:
    """Return the picture of what each input alone does to a result, the widest bar on top.

    Parameters
    ----------
    middle
        The result when every input is as it is.
    axis
        What the result is, with its units.
    """
    page, panel = _page(len(bars), title)
    least = 0.004 * max((bar.reach for bar in bars), default=0.0)
    for place, bar in enumerate(reversed(bars)):
        _draw_bar(panel, place, bar, middle, least or float("inf"))
    line = panel.axvline(middle, color=style.INK, lw=1.2, label="as the model has it")
    panel.margins(x=0.16)  # room for the inputs' values beside the bars
    _names(panel, [bar.label for bar in reversed(bars)])
    panel.set_xlabel(fill(axis, _TITLE), color=style.QUIET)
    panel.xaxis.set_major_locator(MaxNLocator(6))
    panel.xaxis.set_major_formatter(FuncFormatter(lambda x, _: number(x).replace("-", "−")))
    said = ("input at its low end", "at its high end")
    ends = [Patch(**look, label=word) for look, word in zip(_ENDS, said, strict=True)]
    _legend(panel, [*ends, line])
    return Picture(page, sentence)


def shares(
    labels: Sequence[str],
    alone: Sequence[Estimate],
    together: Sequence[Estimate],
    title: str,
    sentence: str,
) -> Picture:
    """Return the picture of how much of a variation each input accounts for.

    Parameters
    ----------
    alone, together
        Each input's share by itself, and with what it does together with others.
    """
    page, panel = _page(len(labels), title)
    pairs = list(zip(alone, together, strict=True))[::-1]
    key = []
    looks = (
        ("alone", "o", _LOW, 0.14),
        ("with what it does together with others", "D", _HIGH, -0.14),
    )
    for which, (said, mark, colour, shift) in enumerate(looks):
        places = [place + shift for place in range(len(pairs))]
        each = [pair[which] for pair in pairs]
        panel.hlines(places, [e.low for e in each], [e.high for e in each], color=colour, lw=1.6)
        drawn = panel.plot([e.value for e in each], places, mark, color=colour, ms=6.5, label=said)
        key += drawn
    panel.axvline(0, color=style.QUIET, lw=0.8)
    _names(panel, list(labels)[::-1])
    panel.set_xlim(left=min(-0.03, *(pair[0].low for pair in pairs)))
    panel.set_xlim(right=max(1.0, *(pair[1].high for pair in pairs)))
    panel.xaxis.set_major_formatter(PercentFormatter(1.0))
    panel.set_xlabel("share of the variation", color=style.QUIET)
    _legend(panel, key)
    return Picture(page, sentence)


def _page(count: int, title: str) -> tuple[Figure, Axes]:
    page, panel = style.figure(7.0, 1.7 + 0.5 * count)
    page.suptitle(
        fill(title, _TITLE), x=0.01, ha="left", fontsize=12, color=style.INK, fontweight="bold"
    )
    panel.grid(visible=False, axis="y")
    panel.spines["left"].set_visible(False)
    return page, panel


def _draw_bar(panel: Axes, place: int, bar: Bar, middle: float, least: float) -> None:
    """Draw both ends of a bar; on the same side of the middle, one below the other."""
    away = [result - middle for result in (bar.at_low, bar.at_high)]
    if max(map(abs, away)) < least:
        told = f"{number(bar.low)} to {number(bar.high)}: no difference"
        _note(panel, told, middle, place, right=True)
        return
    same_side = away[0] * away[1] > 0 and min(map(abs, away)) >= least
    height, shift = (0.3, 0.16) if same_side else (0.6, 0.0)
    for end, (value, place_of_end) in enumerate(
        ((bar.low, place + shift), (bar.high, place - shift))
    ):
        # An end that makes no difference is named on the side that the other leaves free.
        right = away[end] > 0 if abs(away[end]) >= least else away[1 - end] < 0
        panel.barh(place_of_end, away[end], height, left=middle, **_ENDS[end])
        _note(panel, number(value), middle + away[end], place_of_end, right)


def _note(panel: Axes, words: str, x: float, y: float, right: bool) -> None:
    panel.annotate(
        words.replace("-", "−"), (x, y), xytext=(4 if right else -4, 0),
        textcoords="offset points", ha="left" if right else "right", va="center",
        fontsize=9, color=style.QUIET,
    )  # fmt: skip


def _names(panel: Axes, labels: Sequence[str]) -> None:
    panel.set_yticks(range(len(labels)), [fill(label, _NAME) for label in labels])
    panel.tick_params(axis="y", length=0, labelsize=10, labelcolor=style.INK)
    panel.set_ylim(-0.6, len(labels) - 0.4)


def _legend(panel: Axes, key: Sequence[object]) -> None:
    panel.legend(
        handles=list(key), loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, frameon=False,
        fontsize=9.5, borderaxespad=0.2, labelcolor=style.INK,
    )  # fmt: skip
