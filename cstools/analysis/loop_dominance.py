"""Which loops rule when: shares of a run's behaviour, and the periods in which they stay the same.

Workers on plain arrays ``(times, loops)``; :mod:`cstools.analysis.loop_scores` gives them names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cstools.on_demand import numpy as np

# Published as the least certainty with which a polarity is told as if it never changed.
_SURE = 0.99


@dataclass(frozen=True)
class Period:
    """A stretch of a run in which the same loops dominate.

    Attributes
    ----------
    start, stop : float
        A period stops at the time when others take over, which is the start of the next.
    loops : tuple of str
        Their names, the strongest of the period first; none while nothing changes.
    share : float
        How much of the behaviour of their stocks they explain together, the mean over the period:
        a number from 0 to 1.
    """

    start: float
    stop: float
    loops: tuple[str, ...]
    share: float


def relative(
    raw: np.ndarray, groups: Sequence[int], others: np.ndarray | None = None
) -> np.ndarray:
    """Return the share of each loop in all that loops did to the stocks of its component.

    Parameters
    ----------
    raw : array (times, loops)
        Loop scores.
    groups
        Of each loop, the number of its component.
    others : array (times, components)
        What is to be counted besides, without signs: loops that are not told.

    Returns
    -------
    array (times, loops)
        From -1 to 1, below 0 for what is balancing; without the sign, the shares of a component
        add up to 1, or to 0 while none of its loops acts.
    """
    shares = np.zeros(raw.shape)
    for group in set(groups):
        own = [n for n, other in enumerate(groups) if other == group]
        total = np.abs(raw[:, own]).sum(axis=1, keepdims=True)
        if others is not None:
            total += others[:, [group]]
        shares[:, own] = np.divide(raw[:, own], total, out=shares[:, own], where=total > 0)
    return shares


def dominant(shares: np.ndarray) -> tuple[int, ...]:
    """Return the loops that dominate at one time, the strongest first.

    1. The reinforcing loops together, or the balancing ones, explain at least half.
    2. Of these, the strongest are taken until they explain more than half (or all of it, where the
       two sides are equal).

    Loops that pull against each other are never taken together: what they do is not done together.

    Parameters
    ----------
    shares : array (loops,)
        Of one component, signed.
    """
    rising, falling = shares[shares > 0].sum(), -shares[shares < 0].sum()
    if not rising + falling > 0:
        return ()
    side = shares if rising >= falling else -shares
    chosen: list[int] = []
    for loop in np.argsort(-side, kind="stable"):
        if sum(side[chosen]) > 0.5 or side[loop] <= 0:
            break
        chosen.append(int(loop))
    return tuple(chosen)


def periods(
    time: np.ndarray, shares: np.ndarray, names: Sequence[str], start: int = 1
) -> tuple[Period, ...]:
    """Return the stretches of a run through which the same loops dominate.

    Parameters
    ----------
    time : array (times,)
    shares : array (times, loops)
        Of one component.
    names
        Of the loops.
    start
        The first row with scores; the first period begins with the run all the same, as that row
        tells about the step that ended there.
    """
    if len(time) <= start:
        return ()
    sets = [frozenset(dominant(row)) for row in shares[start:]]
    begins = [n for n, loops in enumerate(sets) if n == 0 or loops != sets[n - 1]]
    found = []
    for place, (begin, end) in enumerate(zip(begins, [*begins[1:], len(sets)], strict=True)):
        rows = np.abs(shares[start + begin : start + end])
        mean = rows.mean(axis=0)
        ruling = sorted(sets[begin], key=lambda loop: (-mean[loop], loop))
        first = time[0] if place == 0 else time[start + begin]
        last = time[-1] if end == len(sets) else time[start + end]
        share = float(mean[ruling].sum())
        found.append(Period(float(first), float(last), tuple(names[n] for n in ruling), share))
    return tuple(found)


def mean_shares(shares: np.ndarray) -> np.ndarray:
    """Return the mean share of each loop, without its sign, from when it first acts.

    What comes before a loop's first action is not counted [SchoenbergEberlein2020]_. The means of
    loops that begin at different times do not add up to 1.
    """
    size = np.abs(shares)
    acting = np.maximum.accumulate(size > 0, axis=0)
    return np.asarray(size.sum(axis=0) / np.maximum(acting.sum(axis=0), 1))


def polarity(scores: np.ndarray) -> str:
    """Return ``"+"`` or ``"-"`` where a score is of one sign through a run, else ``"?"``.

    A sign that has less than half a percent of the weight does not count: within rounding of a
    rest, signs come and go. A score that is always 0 is ``"?"`` as well.

    Parameters
    ----------
    scores : array (times,)
        Shares, so that no single time outweighs the others.
    """
    rising, falling = scores[scores > 0].sum(), -scores[scores < 0].sum()
    total = rising + falling
    if not total > 0 or abs(rising - falling) / total <= _SURE:
        return "?"
    return "+" if rising > falling else "-"
