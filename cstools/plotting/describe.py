"""Series of numbers become a sentence: what rises, what falls, when it turns, where it ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from cstools.languages import spoken
from cstools.on_demand import numpy as np
from cstools.plotting.behaviour import Behaviour, recognise
from cstools.plotting.turns import Turn as Turn
from cstools.plotting.turns import scaled_to_one, stands_still
from cstools.plotting.turns import turns as turns
from cstools.plotting.words import amount as amount
from cstools.plotting.words import moment as moment
from cstools.plotting.words import number as number
from cstools.plotting.words import span, verb_spoken

# How a series without turns goes.
_STEADILY, _FASTER, _SLOWER = "steadily", "faster", "slower"
_IN_AN_S, _IN_A_SLANTED_S = "S", "slanted S"
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
    return spoken("{name} {does}", name=label, does=story.told())


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
            return spoken("{has} no values", has=self.verb("have"))
        if not np.isfinite(self.values).all():
            return self.broken()
        if still := self.standing_still():
            return still
        bends = turns(self.time, self.values)
        if len(bends) >= 3:
            return self.swings(bends)
        return self.with_turns(bends) if bends else self.one_way()

    def verb(self, word: str) -> str:
        return verb_spoken(self.label, word)

    def going(self, upwards: bool) -> str:
        return self.verb("rise" if upwards else "fall")

    def moment(self, time: float) -> str:
        return moment(float(time), self.time_units)

    def said(self, value: float, units: str = "") -> str:
        """Return an amount; what is next to nothing beside the rest is said so."""
        largest = float(np.abs(self.values).max())
        nothing = max(min(0.001, 1e-4 * largest), 1e-12 * largest)  # small, or mere rounding
        if 0 < abs(value) < nothing:
            return spoken("almost {amount}", amount=amount(0, units))
        return amount(value, units)

    def standing_still(self) -> str:
        """Return the sentence of a series that does not move as far as its numbers show."""
        low, high, last = self.values.min(), self.values.max(), float(self.values[-1])
        words = {"stays": self.verb("stay"), "amount": amount(last, self.units)}
        if stands_still(self.values):
            return spoken("{stays} at {amount}", **words)
        return spoken("{stays} near {amount}", **words) if number(low) == number(high) else ""

    def one_way(self) -> str:
        """Tell of a series that only rises, or only falls."""
        first, last = float(self.values[0]), float(self.values[-1])
        there = _arrival(self.values) + 1
        stays = spoken(", and {stays} there", stays=self.verb("stay"))
        words = {"first": self.said(first), "last": self.said(last, self.units)}
        words["stays"] = stays if there < len(self.values) else ""
        if at := _jump(self.values):
            leap = self.verb("jump" if last > first else "drop")
            words |= {"jumps": leap, "when": self.moment(self.time[at])}
            return spoken("{jumps} from {first} to {last} at {when}{stays}", **words)
        words |= {"rises": self.going(last > first), "how": self.manner(there)}
        words["when"] = self.moment(self.time[there - 1])
        return spoken("{rises} from {first} to {last} by {when}{how}{stays}", **words)

    def manner(self, there: int) -> str:
        """Say how a series without turns goes, up to the row where it is there."""
        manner = _manner(self.time[:there], self.values[:there])
        found = self.behaviour
        in_an_s = manner in (_IN_AN_S, _IN_A_SLANTED_S) and found.mode == "S-shaped"
        if in_an_s and found.inflection is not None:
            when = self.moment(found.inflection)
            if manner == _IN_AN_S:
                return spoken(
                    ", in an S: slowly at first, fastest at {when}, then levelling off", when=when
                )
            return spoken(
                ", in an S: slowly at first, fastest at {when}, then more slowly again", when=when
            )
        return _in_words(manner) + (self.pace(found) if manner in (_FASTER, _SLOWER) else "")

    def pace(self, found: Behaviour) -> str:
        """Say in what time it doubles or halves, or where it is going when it is not there yet."""
        whole = float(self.time[-1] - self.time[0])
        first, last = float(self.values[0]), float(self.values[-1])
        if found.doubling and last > first > 0 and found.doubling < whole:
            return spoken(", doubling every {span}", span=span(found.doubling, self.time_units))
        if found.halving and last > 0 and found.halving < whole:
            return spoken(", halving every {span}", span=span(found.halving, self.time_units))
        if found.goal is None or found.misfit > _EXACT:
            return ""
        gone, left = abs(last / 2 - first / 2), abs(found.goal / 2 - last / 2)
        onward = spoken(", on the way to {goal}", goal=self.said(found.goal))
        return onward if 0.05 * gone < left < gone else ""

    def with_turns(self, bends: Sequence[Turn]) -> str:
        """Tell of a series that turns once or twice; its units are said once."""
        first, last = float(self.values[0]), float(self.values[-1])
        told: list[str] = []
        for bend in bends:
            words = {"rises": self.going(bend.peak), "first": self.said(first)}
            words["value"] = self.said(bend.value, "" if told else self.units)
            told.append(_bend(bend.peak, not told, words | {"when": self.moment(bend.at)}))
        there = _arrival(self.values)
        words = {"rises": self.going(not bends[-1].peak), "last": self.said(last)}
        words["when"] = self.moment(self.time[there])
        back = spoken("then {rises} back to {last} by {when}", **words)
        onward = spoken("then {rises} to {last} by {when}", **words)
        onward = back if number(first) == number(last) else onward
        return ", ".join([*told, onward, *self.ending(there)])

    def ending(self, there: int) -> list[str]:
        """Say what a series does where it ends: it settles there, or stays, or neither."""
        if self.behaviour.mode == "overshoot":
            settles = self.verb("settle")
            return [
                spoken("and {settles} there, after going past it (an overshoot)", settles=settles)
            ]
        stays = spoken("and {stays} there", stays=self.verb("stay"))
        return [stays] if there + 1 < len(self.values) else []

    def swings(self, bends: Sequence[Turn]) -> str:
        """Tell of a series that turns more often: between what, how far apart, growing or not."""
        low, high, last = self.values.min(), self.values.max(), float(self.values[-1])
        uneven, how = self.pattern(bends)
        words = {
            "swings": self.verb("swing"), "low": self.said(low), "how": how,
            "high": self.said(high, self.units), "ends": self.verb("end"), "last": self.said(last),
        }  # fmt: skip
        if uneven:
            return spoken(
                "{swings} unevenly between {low} and {high}, with {how}, and {ends} at {last}",
                **words,
            )
        return spoken(
            "{swings} between {low} and {high}, with {how}, and {ends} at {last}", **words
        )

    def pattern(self, bends: Sequence[Turn]) -> tuple[bool, str]:
        """Say whether the swings come unevenly, and how many there are and how far apart."""
        same, peaks = _alike(bends)
        ways = _ways(same)
        words = {"count": len(same), "trend": self.trend(bends)}
        if max(ways) <= _UNEVEN * min(ways):
            words["span"] = self.mean(ways)
            if peaks:
                return False, spoken("{count} peaks about {span} apart{trend}", **words)
            return False, spoken("{count} valleys about {span} apart{trend}", **words)
        large, tall = _alike(turns(self.time, self.values, _LARGE))
        wide = _ways(large)
        if len(wide) > 1 and len(large) < len(same) and max(wide) <= _UNEVEN * min(wide):
            return False, _large_and_small(tall, len(large), self.mean(wide))
        words |= {"short": number(min(ways)), "long": span(max(ways), self.time_units)}
        if peaks:
            return True, spoken("{count} peaks {short} to {long} apart{trend}", **words)
        return True, spoken("{count} valleys {short} to {long} apart{trend}", **words)

    def mean(self, ways: Sequence[float]) -> str:
        return span(sum(ways) / len(ways), self.time_units)

    def trend(self, bends: Sequence[Turn]) -> str:
        """Say whether the swings grow or die down, where all of them bear it out."""
        sizes = [abs(one.value / 2 - two.value / 2) for one, two in pairwise(bends)]
        regular = self.behaviour.trend if self.behaviour.mode == "oscillation" else ""
        if sizes[-1] < 0.7 * sizes[0]:
            falling = all(two < one for one, two in pairwise(sizes))
            dying = spoken(", the swings dying down") if regular == "damped" else ""
            return spoken(", each swing smaller than the last") if falling else dying
        if sizes[-1] > 1.4 * sizes[0]:
            rising = all(two > one for one, two in pairwise(sizes))
            growing = spoken(", the swings growing") if regular == "growing" else ""
            return spoken(", each swing larger than the last") if rising else growing
        even = len(sizes) > 2 and max(sizes) < 1.1 * min(sizes)
        return spoken(", all of much the same size") if even else ""

    def broken(self) -> str:
        """Tell when a series stops being a number, and what it was before."""
        row = int(np.argmin(np.isfinite(self.values)))
        endless = not np.isnan(self.values[row])
        if row == 0 and endless:
            return spoken("{is} infinite from the start", **{"is": self.verb("be")})
        if row == 0:
            return spoken("{is} not a number from the start", **{"is": self.verb("be")})
        words = {"when": self.moment(self.time[row])}
        words["last"] = amount(float(self.values[row - 1]), self.units)
        if endless:
            becomes = self.verb("become")
            return spoken(
                "{becomes} infinite at {when}; the last value was {last}", becomes=becomes, **words
            )
        stops = self.verb("stop")
        return spoken(
            "{stops} being a number at {when}; the last value was {last}", stops=stops, **words
        )


def _bend(peak: bool, first: bool, words: Mapping[str, str]) -> str:
    """Tell of one turn; of the first, where the series came from as well."""
    if first and peak:
        return spoken("{rises} from {first} to a peak of {value} at {when}", **words)
    if first:
        return spoken("{rises} from {first} to a low of {value} at {when}", **words)
    if peak:
        return spoken("{rises} to a peak of {value} at {when}", **words)
    return spoken("{rises} to a low of {value} at {when}", **words)


def _large_and_small(peaks: bool, count: int, span: str) -> str:
    if peaks:
        return spoken(
            "{count} large peaks about {span} apart and smaller ones as well",
            count=count, span=span,
        )  # fmt: skip
    return spoken(
        "{count} large valleys about {span} apart and smaller ones as well",
        count=count, span=span,
    )  # fmt: skip


def _in_words(manner: str) -> str:
    return {
        "": "",
        _STEADILY: spoken(", steadily"),
        _FASTER: spoken(", ever faster"),
        _SLOWER: spoken(", ever more slowly"),
        _IN_AN_S: spoken(", slowly at first, then fast, then levelling off"),
        _IN_A_SLANTED_S: spoken(", slowly at first, then fast, then more slowly again"),
    }[manner]


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
        return _STEADILY
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


def _alike(bends: Sequence[Turn]) -> tuple[list[Turn], bool]:
    """Return the peaks among some turns or the valleys, whichever are more: whether peaks."""
    peaks = [bend for bend in bends if bend.peak]
    valleys = [bend for bend in bends if not bend.peak]
    return (peaks, True) if len(peaks) >= len(valleys) else (valleys, False)


def _ways(same: Sequence[Turn]) -> list[float]:
    """Return the times from each of some turns to the next."""
    return [two.at - one.at for one, two in pairwise(same)]
