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
from cstools.languages import spoken
from cstools.learning.kinds.sketch import Features, features, level_at
from cstools.on_demand import numpy as np
from cstools.plotting.words import amount, moment
from cstools.widgets.sketch.phrases import phrase

Points = list[tuple[float, float]]

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
    words = {
        "expected": _told(shown, settled[0], grid, False, mine),
        "does": _told(found, settled[1], grid, True, its),
    }
    other = spoken("You expected it to {expected}; the model {does}.", **words)
    if shown.directions != found.directions:
        return f"{other} {_parting()}"
    turn, ending = _turning(shown, found, drawn, units), _ending(shown, found, end, grid)
    if settled[0] != settled[1] and len(shown.directions) > 1:
        said = [_at_first(settled[1], words), *turn, *ending]
    elif settled[0] != settled[1] or bool(mine) != bool(its):
        said = [other, *turn, *ending]
    elif turn not in ([], [_turns_there()]):
        late = spoken("You expected it to {expected}. So it does, at another time.", **words)
        said = [late, *turn, *ending]
    else:
        same = spoken("You expected it to {expected}, and that is what it does.", **words)
        said = [same, *turn, *ending]
        if all(sentence in (_turns_there(), _ends_there()) for sentence in said[1:]):
            return " ".join([*said, _next()])
    return " ".join([*said, _parting()])


def _parting() -> str:
    """Return what to ask next where the two are not alike."""
    return spoken(
        "What next: where does your curve part from the run first, and what in the model does "
        "that? Look at what comes in there and what goes out."
    )


def _next() -> str:
    """Return what to do next where they are alike."""
    return spoken("What next: change one number of the model, and sketch again before you run it.")


def _turns_there() -> str:
    return spoken("It turns about when you drew it.")


def _ends_there() -> str:
    return spoken("It ends about where you drew it.")


def _at_first(model: bool, words: Mapping[str, str]) -> str:
    """Say that the two part towards the end, where one of them, the ``model``, levels off."""
    if model:
        return spoken(
            "You expected it to {expected}. So it does at first; towards the end the model levels "
            "off, and your sketch goes on.",
            **words,
        )
    return spoken(
        "You expected it to {expected}. So it does at first; towards the end your sketch levels "
        "off, and the model goes on.",
        **words,
    )


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
            when = moment(its, units)
            if its > mine:
                return [spoken("It turns later than you drew: at {when}.", when=when)]
            return [spoken("It turns earlier than you drew: at {when}.", when=when)]
    return [_turns_there()] if shown.turns else []


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
        return [_ends_there()]
    end = amount(found.end, grid["units"])
    if off > 0:
        return [spoken("It ends higher than you drew: at {end}.", end=end)]
    return [spoken("It ends lower than you drew: at {end}.", end=end)]


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
    present: bool,
    past: tuple[float, float] | None,
) -> str:
    """Say what a curve does: ``peaks at week 8 and falls``, ``rises and levels off``."""
    if not shown.directions:
        return phrase("level", present)
    ending = ", settled" if settled else ""
    first = shown.directions[0]
    if past:
        words = {"most": amount(past[1], grid["units"]), "when": moment(past[0], grid["timeUnits"])}
        return phrase(f"{first}, past{ending}", present, **words)
    if len(shown.directions) == 1:
        return phrase(first + ending, present)
    turn = moment(shown.turns[0], grid["timeUnits"])
    if len(shown.directions) == 2:
        return phrase(" and ".join(shown.directions), present, when=turn)
    return phrase(f"turns, {first} first", present, count=len(shown.turns), when=turn)
