"""One slip between two, meeting by meeting: whether it goes to and fro, or dies away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cstools.on_demand import numpy as np
from cstools.plotting import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from cstools.plotting.picture import Picture

_SEEN = 0.005  # a chance that is said as 0 %


@dataclass(frozen=True, repr=False)
class Rounds:
    """How likely each of two is to keep, at each meeting.

    Attributes
    ----------
    one, other : str
        Their rules.
    keeps : tuple of tuple of float
        For each of the two, its chance at each meeting.
    slip_at : int
        The meeting, counted from 1, at which the first keeps without meaning to.
    """

    one: str
    other: str
    keeps: tuple[tuple[float, ...], tuple[float, ...]]
    slip_at: int

    def describe(self) -> str:
        """Return in a sentence what the slip led to."""
        met = f"“{self.one}” meets “{self.other}”. The first slips at meeting {self.slip_at}."
        after = [list(row[self.slip_at :]) for row in self.keeps]
        total = sum(map(sum, after)) + self.keeps[1][self.slip_at - 1]
        return f"{met} {self._afterwards(after)} {self._count(total)}"

    def _afterwards(self, after: list[list[float]]) -> str:
        last = len(self.keeps[0])
        if not after[0] or max(map(max, after)) < _SEEN:
            return "Afterwards both share again."
        together = [min(pair) for pair in zip(*after, strict=True)]
        chances = [max(pair) for pair in zip(*after, strict=True)]
        if min(chances) > 1 - _SEEN and max(together) < _SEEN:
            return f"From then on they keep in turns, one at every meeting, up to the last, {last}."
        if min(together[1:] or together) > 1 - _SEEN:
            return f"Soon both keep, at every meeting up to the last, {last}."
        return (
            f"At the next meeting somebody keeps with a chance of {_percent(after[1][0])}, at "
            f"the last, {last}, with one of {_percent(chances[-1])}."
        )

    def _count(self, total: float) -> str:
        kept = f"{total:.1f}".removesuffix(".0")
        return f"Beside the slip, something is kept {kept} times{_on_average(total)}."

    def plot(self) -> Picture:
        """Return the picture: a row for each, a bar for each meeting."""
        from matplotlib.figure import Figure

        from cstools.plotting.picture import Picture

        page = Figure(figsize=(7.0, 3.0), facecolor=style.PAPER, layout="constrained")
        panels = page.subplots(2, 1, sharex=True)
        for place, (panel, name) in enumerate(zip(panels, (self.one, self.other), strict=True)):
            self._draw(style.dress(panel), place, name)
        panels[1].set_xlabel("meeting", color=style.QUIET)
        page.supylabel("chance to keep", color=style.QUIET, fontsize=10)
        return Picture(page, self.describe())

    def _draw(self, panel: Axes, place: int, name: str) -> None:
        meetings = np.arange(1, len(self.keeps[0]) + 1)
        colour, hatch = style.PALETTE[place], ("", "////")[place]
        panel.bar(
            meetings, self.keeps[place], width=0.72, color=colour, hatch=hatch, edgecolor="white"
        )
        panel.set_ylim(0, 1.25)
        panel.set_yticks([0, 1], ["0", "1"])
        panel.set_xticks(meetings[:: 1 + len(meetings) // 25])
        which = ("the one", "the other")[place]
        panel.set_title(f"{which}: {name}", loc="left", fontsize=10, color=style.INK)
        if place == 0:
            panel.text(
                self.slip_at, 1.03, "slip", ha="center", va="bottom", fontsize=9, color=style.INK
            )

    def __repr__(self) -> str:
        return self.describe()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return self.plot()._repr_mimebundle_()


def rounds_of(
    names: tuple[str, str], start: np.ndarray, chain: np.ndarray, meetings: int, slip_at: int
) -> Rounds:
    """Return the chances at each meeting, exactly, when the first keeps at one without meaning to.

    Worked out forwards through the four outcomes: both share, only the one, only the other, nobody.

    Parameters
    ----------
    start : array (4,)
        The chances of the outcomes of the first meeting.
    chain : array (4, 4)
        Those of the next one, by the last.
    """
    now, keeps = start, list[tuple[float, float]]()
    for meeting in range(1, meetings + 1):
        now = now if meeting == 1 else now @ chain
        if meeting == slip_at:
            now = np.array([0, 0, now[0] + now[2], now[1] + now[3]])
        keeps.append((float(now[2] + now[3]), float(now[1] + now[3])))
    mine, theirs = zip(*keeps, strict=True)
    return Rounds(*names, (mine, theirs), slip_at)


def _percent(chance: float) -> str:
    return f"{100 * chance:.0f} %"


def _on_average(total: float) -> str:
    return "" if total == round(total) else " on average"
