"""What was expected beside what the model does, in a sentence: features, not values.

Four features count: which way it goes, when it turns, whether it settles, how high it ends. A
sketch says no more than that, and nobody is asked to guess numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from cstools.errors import DataError
from cstools.learning.kinds.sketch import Features, features, level_at
from cstools.on_demand import numpy as np
from cstools.plotting.words import amount, moment

Points = list[tuple[float, float]]

#: What to ask next: where the two are not alike, and where they are.
PARTING = (
    "What next: where does your curve part from the run first, and what in the model does that? "
    "Look at what comes in there and what goes out."
)
NEXT = "What next: change one number of the model, and sketch again before you run it."

_TURNS_THERE, _ENDS_THERE = "It turns about when you drew it.", "It ends about where you drew it."
_THE_SAME = (_TURNS_THERE, _ENDS_THERE)

_FEWEST = 3
#: Beside a curve that is much taller, or on a much taller grid, a ripple is level.
_OF_THE_TALLER, _OF_THE_GRID = 1 / 20, 1 / 40
#: A curve has settled when its last quarter moves by no more than a twelfth of its height.
_LAST, _SETTLED = 1 / 4, 1 / 12
#: Turns and ends are the same within what a hand can draw.
_NEAR_IN_TIME, _NEAR_IN_LEVEL = 1 / 10, 1 / 6


def compared(
    grid: Mapping[str, Any], points: Sequence[Sequence[float]], time: np.ndarray, values: np.ndarray
) -> str:
    """Return the sentences that compare a sketch with the run of a model.

    Parameters
    ----------
    grid
        What the sketch is drawn on: label, units, bounds.
    time, values : array (times,)
        What the model does. Only the stretch of time that the sketch covers is looked at.

    Raises
    ------
    DataError
        When there are too few points, or the run has no numbers where the sketch has some.
    """
    label, drawn = grid["label"], [(float(t), float(v)) for t, v in points]
    if len(drawn) < _FEWEST:
        raise DataError(
            f"sketch of '{label}': a shape needs at least {_FEWEST} points, and this has "
            f"{len(drawn) or 'none'} so far; draw a few more, then compare again"
        )
    model = _stretch(time, values, drawn[0][0], drawn[-1][0])
    if len(model) < _FEWEST:
        raise DataError(
            f"sketch of '{label}': it goes from {moment(drawn[0][0], grid['timeUnits'])} to "
            f"{moment(drawn[-1][0], grid['timeUnits'])}, and the run has no numbers there"
        )
    taller = max(_height(drawn), _height(model))
    least = max(taller * _OF_THE_TALLER, (grid["high"] - grid["low"]) * _OF_THE_GRID)
    shown, found = features(drawn, least), features(model, least)
    settled = _settles(drawn) or not shown.directions, _settles(model) or not found.directions
    units = grid["timeUnits"]
    if shown.directions != found.directions:
        return _another_way(shown, found, settled, units)
    said = [_same_way(shown, all(settled), units)]
    said += _turning(shown, found, drawn, units)
    said += _settling(*settled)
    said += _ending(shown, found, max(taller * _NEAR_IN_LEVEL, least), grid)
    alike = all(sentence in _THE_SAME for sentence in said[1:])
    return " ".join([*said, NEXT if alike else PARTING])


def _stretch(time: np.ndarray, values: np.ndarray, start: float, stop: float) -> Points:
    """Return the points of a run from ``start`` to ``stop``, without those that are no numbers."""
    kept = (time >= start) & (time <= stop) & np.isfinite(values)
    return list(zip(time[kept].tolist(), values[kept].tolist(), strict=True))


def _another_way(shown: Features, found: Features, settled: tuple[bool, bool], units: str) -> str:
    expected = _told(shown, settled[0], units, "infinitive")
    does = _told(found, settled[1], units, "present")
    return f"You expected it to {expected}; the model {does}. {PARTING}"


def _same_way(shown: Features, settled: bool, units: str) -> str:
    expected = _told(shown, settled, units, "infinitive")
    return f"You expected it to {expected}, and that is what it does."


def _turning(shown: Features, found: Features, drawn: Points, units: str) -> list[str]:
    """Say where a turn comes earlier or later than it was drawn."""
    span = drawn[-1][0] - drawn[0][0]
    gap = max(later - earlier for (earlier, _), (later, _) in pairwise(drawn))
    near = max(span * _NEAR_IN_TIME, gap)  # a turn can be drawn only where there is a point
    for mine, its in zip(shown.turns, found.turns, strict=True):
        if abs(mine - its) > near:
            when = "later" if its > mine else "earlier"
            return [f"It turns {when} than you drew: at {moment(its, units)}."]
    return [_TURNS_THERE] if shown.turns else []


def _settling(mine: bool, its: bool) -> list[str]:
    """Say where one of the two levels off and the other does not."""
    if mine == its:
        return []
    if its:
        return ["Towards the end the model levels off; your sketch goes on."]
    return ["Towards the end your sketch levels off; the model goes on."]


def _ending(shown: Features, found: Features, near: float, grid: Mapping[str, Any]) -> list[str]:
    off = found.end - shown.end
    if abs(off) <= near:
        return [_ENDS_THERE]
    where = "higher" if off > 0 else "lower"
    return [f"It ends {where} than you drew: at {amount(found.end, grid['units'])}."]


def _height(points: Points) -> float:
    levels = [level for _, level in points]
    return max(levels) - min(levels)


def _settles(points: Points) -> bool:
    start, stop = points[0][0], points[-1][0]
    before = stop - (stop - start) * _LAST
    late = [level_at(points, before), *(level for time, level in points if time >= before)]
    return max(late) - min(late) <= _height(points) * _SETTLED


def _told(shown: Features, settled: bool, units: str, form: str) -> str:
    """Say what a curve does: ``peaks at week 8 and falls``, ``rises and levels off``."""
    s, es = ("s", "es") if form == "present" else ("", "")
    upwards = [way == "up" for way in shown.directions]
    if not upwards:
        return f"stay{s} level"
    if len(upwards) == 1:
        way = "rise" if upwards[0] else "fall"
        return f"{way}{s} and level{s} off" if settled else f"keep{s} {way.rstrip('e')}ing"
    turn = moment(shown.turns[0], units)
    if len(upwards) == 2:
        reach = f"peak{s}" if upwards[0] else f"reach{es} a low"
        return f"{reach} at {turn} and {'rise' if upwards[1] else 'fall'}{s}"
    first = f"first at a {'peak' if upwards[0] else 'low'} at {turn}"
    return f"go{es} up and down, turning {len(shown.turns)} times, {first}"
