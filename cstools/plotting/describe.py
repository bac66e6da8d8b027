"""Series of numbers become a sentence: what rises, what falls, when it turns, where it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

# A wiggle smaller than this share of the whole range is not worth a word.
_NOTICEABLE = 0.02


@dataclass(frozen=True)
class Turn:
    """A place where a series stops rising or falling."""

    at: float
    value: float
    peak: bool


def number(value: float) -> str:
    """Return a number as one says it: three digits, thousands marked, millions in words."""
    size = abs(value)
    for floor, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if size >= floor:
            return f"{value / floor:.3g} {word}"
    if size >= 1000:
        return f"{value:,.0f}"
    if 0 < size < 0.001:
        return f"{value:.2g}"
    rounded = float(f"{value:.3g}")
    return f"{rounded:.0f}" if rounded == int(rounded) else f"{rounded:.3g}"


def amount(value: float, units: str = "") -> str:
    """Return a number with its units."""
    return f"{number(value)} {units}".strip()


def moment(time: float, units: str = "") -> str:
    """Return a time as one says it: ``week 40``."""
    return f"{units or 'time'} {number(time)}"


def turns(time: np.ndarray, values: np.ndarray, noticeable: float = _NOTICEABLE) -> list[Turn]:
    """Return the peaks and valleys of a series that stand out from it.

    A turn counts when the series goes at least ``noticeable`` of its whole range the other way
    afterwards; the two ends do not count.
    """
    threshold = noticeable * float(np.ptp(values))
    found: list[Turn] = []
    extreme, direction = 0, 0
    for i in range(1, len(values)):
        step = values[i] - values[extreme]
        if direction * step > 0 or (direction == 0 and abs(step) > threshold):
            extreme, direction = i, direction or (1 if step > 0 else -1)
        elif direction and -direction * step > threshold:
            found.append(Turn(float(time[extreme]), float(values[extreme]), direction > 0))
            extreme, direction = i, -direction
    return found


def series(
    label: str, time: np.ndarray, values: np.ndarray, time_units: str = "", units: str = ""
) -> str:
    """Return the sentence, without its full stop, that says how one series behaves.

    Notes
    -----
    It speaks of what stands out at the scale of this one run. A slow drift in a series that also
    swings widely goes unsaid.
    """
    good = np.isfinite(values)
    if not good.all():
        return _broken(label, time, values, good, time_units, units)
    first, last = float(values[0]), float(values[-1])
    if np.ptp(values) <= 1e-6 * max(abs(first), abs(last), 1e-12):
        return f"{label} stays at {amount(first, units)}"
    bends = turns(time, values)
    end = moment(float(time[-1]), time_units)
    if len(bends) >= 3:
        return _swings(label, time, values, bends, time_units, units)
    if not bends and number(first) == number(last):
        return f"{label} stays near {amount(last, units)}"
    if not bends:
        verb = "rises" if last > first else "falls"
        there = int(np.argmax(values == last)) + 1
        told = f"{label} {verb} from {number(first)} to {amount(last, units)}"
        told += f" by {moment(float(time[there - 1]), time_units)}"
        still = ", and stays there" if there < len(values) else ""
        return told + _manner(time[:there], values[:there]) + still
    return f"{label} " + _with_turns(first, last, bends, end, time_units, units)


def together(sentences: Sequence[str]) -> str:
    """Return several sentences as one text."""
    return ". ".join(s[:1].upper() + s[1:] for s in sentences) + "."


def _with_turns(
    first: float, last: float, bends: Sequence[Turn], end: str, time_units: str, units: str
) -> str:
    told, before = [], first
    for bend in bends:
        verb = "rises" if bend.peak else "falls"
        start = f" from {number(before)}" if before is first else ""
        at = moment(bend.at, time_units)
        told.append(f"{verb}{start} to {amount(bend.value, units)} at {at}")
        before = bend.value
    verb = "rises" if last > before else "falls"
    told.append(f"{verb} to {amount(last, units)} by {end}")
    return ", then ".join(told)


def _manner(time: np.ndarray, values: np.ndarray) -> str:
    """Say how a series without turns goes: steadily, ever faster, ever more slowly, or in an S."""
    slope = np.abs(np.gradient(values, time))
    end = max(1, len(slope) // 20)
    early, late = float(slope[:end].mean()), float(slope[-end:].mean())
    fastest = float(slope.max())
    if min(early, late) > 0.9 * fastest:
        return ", steadily"
    # A curve that is steepest at its very beginning is no S, however soon it bends.
    if max(early, late) < 0.6 * fastest and end <= int(slope.argmax()) < len(slope) - end:
        return ", slowly at first, then fast, then levelling off"
    if late < 0.25 * fastest:
        return ", ever more slowly"
    return ", ever faster" if early < 0.6 * late else ""


def _swings(
    label: str,
    time: np.ndarray,
    values: np.ndarray,
    bends: Sequence[Turn],
    time_units: str,
    units: str,
) -> str:
    peaks = [bend for bend in bends if bend.peak]
    valleys = [bend for bend in bends if not bend.peak]
    low, high = number(float(values.min())), amount(float(values.max()), units)
    same, called = (peaks, "peak") if len(peaks) >= len(valleys) else (valleys, "valley")
    text = f"{label} swings between {low} and {high}, with {_count(len(same), called)}"
    if len(same) > 1:
        period = (same[-1].at - same[0].at) / (len(same) - 1)
        text += f" about {_span(period, time_units)} apart"
    text += _trend_of_swings(bends)
    return f"{text}, and ends at {amount(float(values[-1]), units)}"


def _span(time: float, units: str) -> str:
    """Return a length of time as one says it: ``8 minutes``."""
    several = units and number(time) != "1" and not units.endswith("s")
    return f"{number(time)} {units or 'units of time'}" + ("s" if several else "")


def _trend_of_swings(bends: Sequence[Turn]) -> str:
    sizes = [abs(a.value - b.value) for a, b in pairwise(bends)]
    if sizes[-1] < 0.7 * sizes[0]:
        return ", each swing smaller than the last"
    return ", each swing larger than the last" if sizes[-1] > 1.4 * sizes[0] else ""


def _count(how_many: int, thing: str) -> str:
    return f"{how_many} {thing}" + ("" if how_many == 1 else "s")


def _broken(
    label: str,
    time: np.ndarray,
    values: np.ndarray,
    good: np.ndarray,
    time_units: str,
    units: str,
) -> str:
    row = int(np.argmin(good))
    at = moment(float(time[row]), time_units)
    before = f"; it was {amount(float(values[row - 1]), units)} before" if row else ""
    return f"{label} stops being a number at {at}{before}"
