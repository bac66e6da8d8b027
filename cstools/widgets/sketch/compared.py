"""What was expected beside what the model does, in a sentence: features, not values.

Five features count: which way it goes, when it turns, whether it settles, whether it goes past
its end and comes back, how high it ends. A sketch says no more than that, and nobody is asked to
guess numbers. It is said that the model does what was expected only where it does so to the end.
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
_SETTLES_THERE = "towards the end the model levels off, and your sketch goes on"
_SETTLES_HERE = "towards the end your sketch levels off, and the model goes on"
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
    its = _past(model, found, least)
    mine = _past(drawn, shown, least if its else 2 * least)  # a hand wobbles
    units, end = grid["timeUnits"], max(taller * _NEAR_IN_LEVEL, least)
    expected = _told(shown, settled[0], grid, "infinitive", mine)
    does = _told(found, settled[1], grid, "present", its)
    if shown.directions != found.directions:
        return f"You expected it to {expected}; the model {does}. {PARTING}"
    turn, ending = _turning(shown, found, drawn, units), _ending(shown, found, end, grid)
    if settled[0] != settled[1] and len(shown.directions) > 1:
        late = _SETTLES_THERE if settled[1] else _SETTLES_HERE
        said = [f"You expected it to {expected}. So it does at first; {late}.", *turn, *ending]
    elif settled[0] != settled[1] or bool(mine) != bool(its):
        said = [f"You expected it to {expected}; the model {does}.", *turn, *ending]
    elif turn not in ([], [_TURNS_THERE]):
        said = [f"You expected it to {expected}. So it does, at another time.", *turn, *ending]
    else:
        said = [f"You expected it to {expected}, and that is what it does.", *turn, *ending]
        if all(sentence in _THE_SAME for sentence in said[1:]):
            return " ".join([*said, NEXT])
    return " ".join([*said, PARTING])


def _stretch(time: np.ndarray, values: np.ndarray, start: float, stop: float) -> Points:
    """Return the points of a run from ``start`` to ``stop``, without those that are no numbers."""
    kept = (time >= start) & (time <= stop) & np.isfinite(values)
    return list(zip(time[kept].tolist(), values[kept].tolist(), strict=True))


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


def _past(points: Points, shown: Features, least: float) -> tuple[float, float] | None:
    """Return where a curve that goes one way went past its end and came back, or nothing."""
    if len(shown.directions) != 1:
        return None
    farthest = max if shown.directions[0] == "up" else min
    time, level = farthest(points, key=lambda point: point[1])
    return (time, level) if abs(level - shown.end) > least else None


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


def _told(
    shown: Features,
    settled: bool,
    grid: Mapping[str, Any],
    form: str,
    past: tuple[float, float] | None,
) -> str:
    """Say what a curve does: ``peaks at week 8 and falls``, ``rises and levels off``."""
    s, es = ("s", "es") if form == "present" else ("", "")
    units = grid["timeUnits"]
    upwards = [way == "up" for way in shown.directions]
    if not upwards:
        return f"stay{s} level"
    if past:
        return _told_past(upwards[0], settled, past, grid, s)
    if len(upwards) == 1:
        way = "rise" if upwards[0] else "fall"
        return f"{way}{s} and level{s} off" if settled else f"keep{s} {way.rstrip('e')}ing"
    turn = moment(shown.turns[0], units)
    if len(upwards) == 2:
        reach = f"peak{s}" if upwards[0] else f"reach{es} a low"
        return f"{reach} at {turn} and {'rise' if upwards[1] else 'fall'}{s}"
    first = f"first at a {'peak' if upwards[0] else 'low'} at {turn}"
    return f"go{es} up and down, turning {len(shown.turns)} times, {first}"


def _told_past(
    upward: bool, settled: bool, past: tuple[float, float], grid: Mapping[str, Any], s: str
) -> str:
    """Say that a curve goes past its end: ``falls to 347 at year 21, then comes back up …``."""
    way, back = ("rise", "down") if upward else ("fall", "up")
    where = f"{amount(past[1], grid['units'])} at {moment(past[0], grid['timeUnits'])}"
    end = f"come{s} back {back} and level{s} off" if settled else f"come{s} back {back} a little"
    return f"{way}{s} to {where}, then {end}"
