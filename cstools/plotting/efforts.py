"""What the same effort does at each place: a mark and its interval, a row for each place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import fill

from matplotlib.ticker import FuncFormatter, MaxNLocator

from cstools.plotting import style
from cstools.plotting.bars import Estimate
from cstools.plotting.picture import Picture
from cstools.plotting.words import number

_TITLE, _NAME = 62, 34


@dataclass(frozen=True)
class Effort:
    """A row: what the place is called, what is done there, and the effect, if it has a number."""

    label: str
    does: str
    effect: Estimate | None


def efforts(rows: Sequence[Effort], axis: str, title: str, sentence: str) -> Picture:
    """Return the picture, the first row on top; a row without a number says so."""
    page, panel = style.figure(7.4, 1.6 + 0.48 * len(rows))
    page.suptitle(
        fill(title, _TITLE), x=0.01, ha="left", fontsize=12, color=style.INK, fontweight="bold"
    )
    panel.grid(visible=False, axis="y")
    panel.spines["left"].set_visible(False)
    panel.axvline(0, color=style.INK, lw=1.0)
    heights = [float(height) for height in range(len(rows))][::-1]
    for height, row in zip(heights, rows, strict=True):
        if row.effect is None:
            panel.text(0, height, "  not computed", va="center", fontsize=9.5, color=style.QUIET)
            continue
        panel.hlines(height, row.effect.low, row.effect.high, color=style.PALETTE[0], lw=2.2)
        panel.plot(row.effect.value, height, "o", color=style.PALETTE[1], ms=8, mec="white")
    panel.plot([], [], "o", color=style.PALETTE[1], ms=8, mec="white", label="as the model is")
    panel.plot([], [], color=style.PALETTE[0], lw=2.2, label="nine draws of ten")
    panel.set_yticks(heights, [f"{row.label}\n{fill(row.does, _NAME)}" for row in rows])
    panel.tick_params(axis="y", length=0, labelsize=9.5, labelcolor=style.INK)
    panel.set_ylim(-0.6, len(rows) - 0.4)
    panel.margins(x=0.06)
    panel.set_xlabel(fill(axis, _TITLE), color=style.QUIET)
    panel.xaxis.set_major_locator(MaxNLocator(6))
    panel.xaxis.set_major_formatter(FuncFormatter(lambda x, _: number(x).replace("-", "−")))
    panel.legend(
        loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, frameon=False, fontsize=9.5,
        borderaxespad=0.2, labelcolor=style.INK,
    )  # fmt: skip
    return Picture(page, sentence)
