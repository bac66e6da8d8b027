"""Series of numbers become a sentence: what rises, what falls, when it turns, where it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from cstools.on_demand import numpy as np
from cstools.plotting.behaviour import Behaviour, recognise
from cstools.plotting.turns import Turn as Turn
from cstools.plotting.turns import scaled_to_one, stands_still
from cstools.plotting.turns import turns as turns
from cstools.plotting.words import amount as amount
from cstools.plotting.words import moment as moment
from cstools.plotting.words import number as number
from cstools.plotting.words import span, verb

_FASTER, _SLOWER = ", ever faster", ", ever more slowly"
_LEVELLING, _SLOWING = "then levelling off", "then more slowly again"
_IN_AN_S = f", slowly at first, then fast, {_LEVELLING}"
_IN_A_SLANTED_S = f", slowly at first, then fast, {_SLOWING}"
# Less steep than this share of its mean slope, a curve is level to the eye. The steepest place is
# no measure: of a curve that leaps, it is the leap.
_LEVEL = 0.15
# A goal is told before a series is there only where the curve leaves no doubt of it.
_EXACT = 0.003
# Of a series that also wiggles, a large swing goes this share of the range back.
_LARGE = 0.25
# Peaks as far apart as this many times each other come at no pace of their own.
_UNEVEN = 1.5


def series(
    label: str, time: np.ndarray, values: np.ndarray, time_units: str = "", units: str = ""
) -> str:
    """Return the sentence, without its full stop, that says how one series behaves.

    Notes
    -----
    It speaks of what stands out at the scale of this one run. A slow drift in a series that also
    swings widely goes unsaid.
    """
    story = _Story(label, np.asarray(time, float), np.asarray(values, float), time_units, units)
    return f"{label} {story.told()}"


def together(sentences: Sequence[str]) -> str:
    """Return several sentences as one text."""
    return ". ".join(map(_capital, sentences)) + "."


def _capital(sentence: str) -> str:
    """Begin a sentence with a capital, unless its first word carries its own: ``pH falls``."""
    return sentence if sentence[1:2].isupper() else sentence[:1].upper() + sentence[1:]


@dataclass(frozen=True)
class _Story:
    """One series and how its numbers, times and verbs are said."""

    label: str
    time: np.ndarray
    values: np.ndarray
    time_units: str
    units: str

    @cached_property
    def behaviour(self) -> Behaviour:
        return recognise(self.time, self.values)

    def told(self) -> str:
        """Return what comes after the label."""
        if not len(self.values):
            return f"{self.verb('have')} no values"
        if not np.isfinite(self.values).all():
            return self.broken()
        if still := self.standing_still():
            return still
        bends = turns(self.time, self.values)
        if len(bends) >= 3:
            return self.swings(bends)
        return self.with_turns(bends) if bends else self.one_way()

    def verb(self, word: str) -> str:
        return verb(self.label, word)

    def going(self, upwards: bool) -> str:
        return self.verb("rise" if upwards else "fall")

    def moment(self, time: float) -> str:
        return moment(float(time), self.time_units)

    def said(self, value: float, units: str = "") -> str:
        """Return an amount; what is next to nothing beside the rest is said so."""
        largest = float(np.abs(self.values).max())
        nothing = max(min(0.001, 1e-4 * largest), 1e-12 * largest)  # small, or mere rounding
        return f"almost {amount(0, units)}" if 0 < abs(value) < nothing else amount(value, units)

    def standing_still(self) -> str:
        """Return the sentence of a series that does not move as far as its numbers show."""
        low, high, last = self.values.min(), self.values.max(), float(self.values[-1])
        if stands_still(self.values):
            return f"{self.verb('stay')} at {amount(last, self.units)}"
        if number(low) == number(high):
            return f"{self.verb('stay')} near {amount(last, self.units)}"
        return ""

    def one_way(self) -> str:
        """Tell of a series that only rises, or only falls."""
        first, last = float(self.values[0]), float(self.values[-1])
        there = _arrival(self.values) + 1
        still = f", and {self.verb('stay')} there" if there < len(self.values) else ""
        ends = f"from {self.said(first)} to {self.said(last, self.units)}"
        if at := _jump(self.values):
            leap = self.verb("jump" if last > first else "drop")
            return f"{leap} {ends} at {self.moment(self.time[at])}{still}"
        manner = self.manner(there)
        by = self.moment(self.time[there - 1])
        return f"{self.going(last > first)} {ends} by {by}{manner}{still}"

    def manner(self, there: int) -> str:
        """Say how a series without turns goes, up to the row where it is there."""
        manner = _manner(self.time[:there], self.values[:there])
        found = self.behaviour
        in_an_s = manner in (_IN_AN_S, _IN_A_SLANTED_S) and found.mode == "S-shaped"
        if in_an_s and found.inflection is not None:
            fastest = f"fastest at {self.moment(found.inflection)}"
            ending = _LEVELLING if manner == _IN_AN_S else _SLOWING
            return f", in an S: slowly at first, {fastest}, {ending}"
        return manner + (self.pace(found) if manner in (_FASTER, _SLOWER) else "")

    def pace(self, found: Behaviour) -> str:
        """Say in what time it doubles or halves, or where it is going when it is not there yet."""
        whole = float(self.time[-1] - self.time[0])
        first, last = float(self.values[0]), float(self.values[-1])
        if found.doubling and last > first > 0 and found.doubling < whole:
            return f", doubling every {span(found.doubling, self.time_units)}"
        if found.halving and last > 0 and found.halving < whole:
            return f", halving every {span(found.halving, self.time_units)}"
        if found.goal is None or found.misfit > _EXACT:
            return ""
        gone, left = abs(last / 2 - first / 2), abs(found.goal / 2 - last / 2)
        return f", on the way to {self.said(found.goal)}" if 0.05 * gone < left < gone else ""

    def with_turns(self, bends: Sequence[Turn]) -> str:
        """Tell of a series that turns once or twice; its units are said once."""
        first, last = float(self.values[0]), float(self.values[-1])
        told: list[str] = []
        for bend in bends:
            height = "a peak" if bend.peak else "a low"
            start = "" if told else f" from {self.said(first)}"
            value = self.said(bend.value, "" if told else self.units)
            at = self.moment(bend.at)
            told.append(f"{self.going(bend.peak)}{start} to {height} of {value} at {at}")
        back = " back" if number(first) == number(last) else ""
        there = _arrival(self.values)
        by = self.moment(self.time[there])
        onward = f"then {self.going(not bends[-1].peak)}{back} to {self.said(last)} by {by}"
        return ", ".join([*told, onward, *self.ending(there)])

    def ending(self, there: int) -> list[str]:
        """Say what a series does where it ends: it settles there, or stays, or neither."""
        if self.behaviour.mode == "overshoot":
            return [f"and {self.verb('settle')} there, after going past it (an overshoot)"]
        return [f"and {self.verb('stay')} there"] if there + 1 < len(self.values) else []

    def swings(self, bends: Sequence[Turn]) -> str:
        """Tell of a series that turns more often: between what, how far apart, growing or not."""
        low, high, last = self.values.min(), self.values.max(), float(self.values[-1])
        unevenly, how = self.pattern(bends)
        return (
            f"{self.verb('swing')}{unevenly} between {self.said(low)} and "
            f"{self.said(high, self.units)}, with {how}, and {self.verb('end')} at "
            f"{self.said(last)}"
        )

    def pattern(self, bends: Sequence[Turn]) -> tuple[str, str]:
        """Say whether the swings come unevenly, and how many there are and how far apart."""
        same, called = _alike(bends)
        ways = _ways(same)
        if max(ways) <= _UNEVEN * min(ways):
            return "", f"{len(same)} {called} {self.about(ways)}{self.trend(bends)}"
        large, called_large = _alike(turns(self.time, self.values, _LARGE))
        wide = _ways(large)
        if len(wide) > 1 and len(large) < len(same) and max(wide) <= _UNEVEN * min(wide):
            count = f"{len(large)} large {called_large} {self.about(wide)}"
            return "", f"{count} and smaller ones as well"
        between = f"{number(min(ways))} to {span(max(ways), self.time_units)}"
        return " unevenly", f"{len(same)} {called} {between} apart{self.trend(bends)}"

    def about(self, ways: Sequence[float]) -> str:
        return f"about {span(sum(ways) / len(ways), self.time_units)} apart"

    def trend(self, bends: Sequence[Turn]) -> str:
        """Say whether the swings grow or die down, where all of them bear it out."""
        sizes = [abs(one.value / 2 - two.value / 2) for one, two in pairwise(bends)]
        regular = self.behaviour.trend if self.behaviour.mode == "oscillation" else ""
        if sizes[-1] < 0.7 * sizes[0]:
            falling = all(two < one for one, two in pairwise(sizes))
            dying = ", the swings dying down" if regular == "damped" else ""
            return ", each swing smaller than the last" if falling else dying
        if sizes[-1] > 1.4 * sizes[0]:
            rising = all(two > one for one, two in pairwise(sizes))
            growing = ", the swings growing" if regular == "growing" else ""
            return ", each swing larger than the last" if rising else growing
        even = len(sizes) > 2 and max(sizes) < 1.1 * min(sizes)
        return ", all of much the same size" if even else ""

    def broken(self) -> str:
        """Tell when a series stops being a number, and what it was before."""
        row = int(np.argmin(np.isfinite(self.values)))
        endless = not np.isnan(self.values[row])
        if row == 0:
            return f"{self.verb('be')} {'infinite' if endless else 'not a number'} from the start"
        become = f"{self.verb('become')} infinite"
        what = become if endless else f"{self.verb('stop')} being a number"
        last = amount(float(self.values[row - 1]), self.units)
        return f"{what} at {self.moment(self.time[row])}; the last value was {last}"


def _arrival(values: np.ndarray) -> int:
    """Return the row from which a series has its last value.

    One that creeps up to it arrives at the end: the digits run out before the distance does.
    """
    row = int(np.flatnonzero(values != values[-1])[-1]) + 1
    scaled = scaled_to_one(values)
    crept = abs(scaled[row] - scaled[row - 1]) < 1e-6 * np.ptp(scaled)
    return len(values) - 1 if crept else row


def _jump(values: np.ndarray) -> int:
    """Return the row at which a series makes nearly all of its way at once; 0 for none."""
    scaled = scaled_to_one(values)
    steps = np.abs(np.diff(scaled))
    at = int(steps.argmax())
    return at + 1 if len(steps) >= 10 and steps[at] > 0.9 * np.ptp(scaled) else 0


def _manner(time: np.ndarray, values: np.ndarray) -> str:
    """Say how a series without turns goes: steadily, ever faster, ever more slowly, or in an S.

    An S that is still climbing at its end is not said to level off.
    """
    if len(values) < 5:
        return ""
    slope = np.abs(np.gradient(scaled_to_one(values), time))
    end = max(1, len(slope) // 20)
    early, late = float(slope[:end].mean()), float(slope[-end:].mean())
    fastest = float(slope.max())
    if min(early, late) > 0.9 * fastest:
        return ", steadily"
    # A curve that is steepest at its very beginning is no S, however soon it bends.
    if max(early, late) < 0.6 * fastest and end <= int(slope.argmax()) < len(slope) - end:
        mean = float(np.ptp(scaled_to_one(values))) / float(time[-1] - time[0])
        return _IN_AN_S if late < _LEVEL * mean else _IN_A_SLANTED_S
    quarters = [float(part.mean()) for part in np.array_split(slope, 4)]
    if late < 0.25 * fastest and _each_less(quarters, fastest):
        return _SLOWER
    return _FASTER if early < 0.6 * late and _each_less(quarters[::-1], fastest) else ""


def _each_less(slopes: Sequence[float], fastest: float) -> bool:
    """Say whether each slope is less than the one before; of two that are nothing, either is."""
    return all(two < 0.99 * one or two < 1e-6 * fastest for one, two in pairwise(slopes))


def _alike(bends: Sequence[Turn]) -> tuple[list[Turn], str]:
    """Return the peaks among some turns or the valleys, whichever are more, and their name."""
    peaks = [bend for bend in bends if bend.peak]
    valleys = [bend for bend in bends if not bend.peak]
    return (peaks, "peaks") if len(peaks) >= len(valleys) else (valleys, "valleys")


def _ways(same: Sequence[Turn]) -> list[float]:
    """Return the times from each of some turns to the next."""
    return [two.at - one.at for one, two in pairwise(same)]
