"""The course of a motion: values step by step, one table for each way of reading the map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cstools.on_demand import numpy as np

if TYPE_CHECKING:
    from cstools.plotting.picture import Picture

_MOST_CURVES, _MOST_PANELS = 6, 12


def picture(
    variables: Sequence[str], values: np.ndarray, title: str, told: str, only: Sequence[int] = ()
) -> Picture:
    """Return the picture of ``values`` ``(steps, variables)``, with the sentence ``told``.

    At most six curves share a panel; of more variables, each gets a panel of its own, and of more
    than twelve only the twelve that move most, which the sentence says.
    """
    from cstools.plotting import over_time
    from cstools.plotting.picture import Picture

    chosen = list(only) or _moving_most(values)
    if len(chosen) < len(only or variables):
        told = f"{told} The picture shows the {len(chosen)} of {len(variables)} that move most."
    curves = [over_time.Series(variables[i], values[:, i]) for i in chosen]
    panels = "units" if len(curves) <= _MOST_CURVES else "each"
    drawn = over_time.plot(np.arange(len(values)), curves, "step", title, panels=panels)
    return Picture(drawn.figure, told)


def _moving_most(values: np.ndarray) -> list[int]:
    """Return the columns that are shown, in their order."""
    moved = np.abs(values - values[:1]).max(axis=0)
    most = np.argsort(-moved, kind="stable")[:_MOST_PANELS]
    return sorted(most.tolist())


def grouped(variables: Sequence[str], sides: Sequence[str], words: dict[str, str]) -> str:
    """Return which variables come out where: ``higher: a, b; lower: c``."""
    told = []
    for mark, word in words.items():
        names = [name for name, own in zip(variables, sides, strict=True) if own == mark]
        if names:
            told.append(f"{word}: {', '.join(names)}")
    return "; ".join(told)


def beginning(doubt: str, told: str) -> str:
    """Return a sentence about one way of reading the map, which says so where there are others."""
    return f"With every unknown sign read as +: {told[:1].lower()}{told[1:]}" if doubt else told
