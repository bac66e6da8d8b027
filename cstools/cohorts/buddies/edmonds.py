"""As many pairs as there can be among thousands, and who necessarily stays over.

Edmonds' search for an alternating path through blossoms [Galil1986]_, on a table of who may be
paired with whom. Rows are searched as a whole, so a dense table of 4,000 takes seconds.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

FREE = -1


@dataclass(frozen=True)
class Leftovers:
    """What the last, vain searches say (the theorem of Gallai and Edmonds).

    ``outer`` groups the people of whom any one may be left over: in each group everybody but one
    finds a partner inside. ``inner`` are their possible partners outside. A largest matching
    leaves over as many as there are groups more than inner people.
    """

    outer: tuple[tuple[int, ...], ...]
    inner: tuple[int, ...]

    @property
    def hopeless(self) -> int:
        """How many stay without anybody, trios or not.

        A group of one finds a partner, or two, only among the inner people, and each of those,
        in a pair or a trio, serves one group: who make a trio may all be paired with each other.
        """
        return max(0, sum(len(group) == 1 for group in self.outer) - len(self.inner))


def largest(
    possible: np.ndarray, partner: np.ndarray | None = None
) -> tuple[np.ndarray, Leftovers]:
    """Return each one's partner in a largest matching (-1 for none), and what is left over.

    ``possible`` is ``(people, people)``, symmetric. ``partner`` may bring a matching to begin with.
    """
    found = np.full(len(possible), FREE) if partner is None else partner.copy()
    _greedy(possible, found)
    asleep = np.zeros(len(possible), dtype=bool)  # trees of vain searches: no path is in them
    outer: list[tuple[int, ...]] = []
    inner: list[int] = []
    for root in range(len(possible)):
        if found[root] != FREE:
            continue
        search = _Search(possible, found, asleep, root)
        if search.succeeds():
            continue
        groups: dict[int, list[int]] = {}
        for person in np.flatnonzero(search.outer):
            groups.setdefault(int(search.base[person]), []).append(int(person))
        outer += [tuple(group) for group in groups.values()]
        inner += [int(k) for k in np.flatnonzero((search.parent != FREE) & ~search.outer)]
        asleep |= search.outer | (search.parent != FREE)
    return found, Leftovers(tuple(outer), tuple(inner))


def _greedy(possible: np.ndarray, found: np.ndarray) -> None:
    """Pair whoever can be paired at once, those with the fewest candidates first."""
    for person in np.argsort(possible.sum(axis=1), kind="stable"):
        if found[person] == FREE:
            others = np.flatnonzero(possible[person] & (found == FREE))
            if len(others):
                found[person], found[others[0]] = others[0], person


class _Search:
    """One search from one free person, in a table of possible pairs.

    1. Everybody an even number of steps away is *outer*, and their candidates are looked at.
    2. A candidate not yet seen becomes *inner*, and that one's partner outer; a free one ends it.
    3. Two outer people who may be a pair close an odd circle: its people become one *base*.
    """

    def __init__(
        self, possible: np.ndarray, partner: np.ndarray, asleep: np.ndarray, root: int
    ) -> None:
        count = len(possible)
        self.possible, self.partner, self.root = possible, partner, root
        self.awake = ~asleep
        self.parent = np.full(count, FREE)
        self.base = np.arange(count)
        self.outer = np.zeros(count, dtype=bool)
        self.outer[root] = True
        self.queue = deque([root])

    def succeeds(self) -> bool:
        """Turn the pairs along a path round, if there is one, and say whether there was."""
        while self.queue:
            person = self.queue.popleft()
            while True:
                other = self._candidate(person)
                if other is None:
                    break
                if self.outer[other]:
                    self._contract(person, other)
                elif self._reach(person, other):
                    self._turn_round(other)
                    return True
        return False

    def _candidate(self, person: int) -> int | None:
        """Return somebody new, or an outer one of another base; a free one before all others."""
        new = ~self.outer & (self.parent == FREE)
        worth = self.possible[person] & self.awake & (self.base != self.base[person])
        worth &= new | self.outer
        free = worth & new & (self.partner == FREE)
        for choice in (free, worth):
            found = int(choice.argmax())
            if choice[found]:
                return found
        return None

    def _reach(self, person: int, other: int) -> bool:
        self.parent[other] = person
        if self.partner[other] == FREE:
            return True
        after = int(self.partner[other])
        self.outer[after] = True
        self.queue.append(after)
        return False

    def _contract(self, one: int, other: int) -> None:
        meeting = self._meeting(one, other)
        bases: set[int] = set()
        self._mark(one, meeting, other, bases)
        self._mark(other, meeting, one, bases)
        inside = np.isin(self.base, list(bases))
        self.base[inside] = meeting
        self.queue.extend(int(k) for k in np.flatnonzero(inside & ~self.outer))
        self.outer |= inside

    def _meeting(self, one: int, other: int) -> int:
        """Return the base at which the ways of two outer people to the root meet."""
        passed = set()
        while True:
            one = int(self.base[one])
            passed.add(one)
            if one == self.root or self.partner[one] == FREE:
                break
            one = int(self.parent[self.partner[one]])
        while True:
            other = int(self.base[other])
            if other in passed:
                return other
            other = int(self.parent[self.partner[other]])

    def _mark(self, person: int, meeting: int, child: int, bases: set[int]) -> None:
        """Note the bases on the way to the meeting, and turn the way so that it can be walked."""
        while self.base[person] != meeting:
            partner = int(self.partner[person])
            bases.update((int(self.base[person]), int(self.base[partner])))
            self.parent[person] = child
            child = partner
            person = int(self.parent[partner])

    def _turn_round(self, end: int) -> None:
        while end != FREE:
            before = int(self.parent[end])
            following = int(self.partner[before])
            self.partner[end], self.partner[before] = before, end
            end = following
