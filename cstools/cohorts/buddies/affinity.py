"""How well every two people of a large pool fit, all at once: the rules and the score as tables.

The same answers as :func:`~cstools.cohorts.buddies.buddies.broken_rule` and
:func:`~cstools.cohorts.buddies.buddies.score`, for eight million pairs in seconds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cstools.cohorts.basics.hours import QUARTERS, _hour_starts
from cstools.cohorts.buddies.buddies import (
    _MOST_HOURS,
    _MOST_LANGUAGES,
    _NEAR_CLOCKS,
    _SAME_ROLE,
    REASONS,
    Buddy,
    Pair,
)

_WORDS = QUARTERS // 32


@dataclass(frozen=True)
class Affinity:
    """Every two of a pool.

    Parameters
    ----------
    codes
        The people, as they were given: the order of all rows and columns.
    reason
        ``(people, people)``: 0 where two may be a pair, else the place of the reason in
        :data:`~cstools.cohorts.buddies.buddies.REASONS`, counted from 1; on the diagonal 255.
    worth
        ``(people, people)``: the score, of two who break a rule as well.
    """

    codes: tuple[str, ...]
    reason: np.ndarray
    worth: np.ndarray

    @property
    def possible(self) -> np.ndarray:
        """Which two may be a pair: ``(people, people)``, true or false."""
        free: np.ndarray = self.reason == 0
        return free

    def among(self, codes: Sequence[str]) -> Affinity:
        """Return the tables of these people alone, in this order."""
        place = {code: row for row, code in enumerate(self.codes)}
        rows = np.array([place[code] for code in codes], dtype=int)
        both = np.ix_(rows, rows)
        return Affinity(tuple(codes), self.reason[both], self.worth[both])

    def without(self, apart: Mapping[Pair, str]) -> Affinity:
        """Return the tables with more pairs that are not to be, each with its reason."""
        place = {code: row for row, code in enumerate(self.codes)}
        reason = self.reason.copy()
        for (one, other), name in apart.items():
            if one in place and other in place and not reason[place[one], place[other]]:
                number = 1 + REASONS.index(name)
                reason[place[one], place[other]] = reason[place[other], place[one]] = number
        return Affinity(self.codes, reason, self.worth)

    def candidates(self, code: str) -> frozenset[str]:
        """Return the codes of all who may be a pair with somebody."""
        row = self.reason[self.codes.index(code)]
        return frozenset(self.codes[k] for k in np.flatnonzero(row == 0))

    def counted(self) -> dict[str, dict[str, int]]:
        """Return how many candidates each reason takes from each person; "" counts who is left."""
        names = ("", *REASONS)
        counts = [(self.reason == k).sum(axis=1) for k in range(len(names))]
        return {
            code: {name: int(counts[k][row]) for k, name in enumerate(names)}
            for row, code in enumerate(self.codes)
        }


def affinity(people: Sequence[Buddy], apart: Mapping[Pair, str] | None = None) -> Affinity:
    """Return the reasons against and the score of every two people, in the order given."""
    ordered = list(people)
    hours, shares = _hours(ordered)
    spoken = _common_languages(ordered)
    reason = np.zeros(hours.shape, dtype=np.uint8)
    for place, holds in ((3, shares), (2, spoken > 0), (1, _differ([p.site for p in ordered]))):
        reason[~holds] = place
    np.fill_diagonal(reason, 255)
    worth = 10 * np.minimum(hours, _MOST_HOURS).astype(np.int16)
    worth += np.minimum(spoken, _MOST_LANGUAGES)
    worth += _SAME_ROLE * ~_differ([p.role for p in ordered])
    worth += _near(np.array([p.clock for p in ordered]))
    return Affinity(tuple(p.code for p in ordered), reason, worth).without(apart or {})


def _differ(words: Sequence[str]) -> np.ndarray:
    _, numbers = np.unique(np.array(words), return_inverse=True)
    differ: np.ndarray = numbers[:, None] != numbers[None, :]
    return differ


def _common_languages(people: Sequence[Buddy]) -> np.ndarray:
    known = sorted({word for person in people for word in person.languages})
    speaks = np.array([[w in p.languages for w in known] for p in people], dtype=np.float32)
    return (speaks @ speaks.T).round().astype(np.int16)


def _near(clocks: np.ndarray) -> np.ndarray:
    apart = np.abs(clocks[:, None] - clocks[None, :]) % 1440
    apart = np.minimum(apart, 1440 - apart)
    near = np.zeros(apart.shape, dtype=np.int16)
    for limit in _NEAR_CLOCKS:
        near += apart <= limit
    return near


def _hours(people: Sequence[Buddy]) -> tuple[np.ndarray, np.ndarray]:
    """Return the hours in common in the leanest week, and whether every week has one.

    People whose weeks are alike in the same places (their clocks change on the same days) make one
    block; for two blocks each combination of different weeks is looked at once.
    """
    starts = np.array([[_words(_hour_starts(bits)) for bits in p.weeks] for p in people])
    profiles: dict[tuple[int, ...], list[int]] = {}
    for row, person in enumerate(people):
        profiles.setdefault(tuple(person.weeks.index(w) for w in person.weeks), []).append(row)
    hours = np.zeros((len(people), len(people)), dtype=np.int16)
    for mine, rows in profiles.items():
        for theirs, columns in profiles.items():
            weeks = sorted(set(zip(mine, theirs, strict=True)))
            here, there = (list(side) for side in zip(*weeks, strict=True))
            others = starts[np.ix_(columns, there)]
            for row in rows:
                behind = bisect_right(columns, row)  # each two once; the other half mirrors it
                hours[row, columns[behind:]] = _leanest(starts[row, here] & others[behind:])
    hours |= hours.T
    return hours // 4, hours > 0


def _words(bits: int) -> np.ndarray:
    """Return a week as 21 words of 32 bits: a turned week needs no odd ends then."""
    return np.frombuffer(bits.to_bytes(_WORDS * 4, "little"), dtype=np.uint32)


def _leanest(starts: np.ndarray) -> np.ndarray:
    """Return the common quarters in whole hours of the leanest week: ``(people, weeks, words)``."""
    before = np.roll(starts, 1, axis=2)  # Sunday night meets Monday
    whole = starts.copy()
    for quarters in (1, 2, 3):
        whole |= (starts << np.uint32(quarters)) | (before >> np.uint32(32 - quarters))
    leanest: np.ndarray = _ones(whole).sum(axis=2, dtype=np.int16).min(axis=1)
    return leanest


def _ones(words: np.ndarray) -> np.ndarray:
    """Return how many bits of each word of 32 are set; NumPy counts them itself from 2.0 on."""
    if hasattr(np, "bitwise_count"):
        counted: np.ndarray = np.bitwise_count(words)
        return counted
    pairs = words - ((words >> np.uint32(1)) & np.uint32(0x55555555))
    fours = (pairs & np.uint32(0x33333333)) + ((pairs >> np.uint32(2)) & np.uint32(0x33333333))
    eights = (fours + (fours >> np.uint32(4))) & np.uint32(0x0F0F0F0F)
    ones: np.ndarray = (eights * np.uint32(0x01010101)) >> np.uint32(24)
    return ones
