"""The best pairs among thousands: as many as there can be, and a score with a proven bound.

1. The largest number of pairs is exact (:mod:`cstools.cohorts.buddies.edmonds`). 2. Everybody is
assigned one other person, each once, for the largest score of all (scipy's exact assignment):
twice the score of any pairs is no more than that, so half of it is an upper bound. 3. The
assignment falls into circles; an even circle is pairs already. 4. Who is over in odd ones is paired
along alternating paths, first through pairs that cost nothing against the bound, then through
pairs that cost one point, two, and so on. 5. A better choice, if there is one, has no pair that
lacks more to the bound than the whole choice does; where few such pairs are left, networkx finds
the best among them. So the score is the best there is and this is known, or the difference to the
bound is.
"""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
import numpy as np

from cstools.cohorts.buddies.edmonds import FREE, Leftovers, largest

_FIRST = 1_000_000  # what placing somebody whom nothing else can place weighs against scores
_NEVER = -1e12
_MOST_FOR_EDMONDS = 12_000  # pairs; networkx settles them exactly within seconds


@dataclass(frozen=True)
class Heaviest:
    """Each one's partner (-1 for none), the most that any choice could score more, who is over."""

    partner: np.ndarray
    short: int
    leftovers: Leftovers


def heaviest(possible: np.ndarray, worth: np.ndarray) -> Heaviest:
    """Return the largest matching, and of those one whose score is the best or nearly.

    Among the largest ones those come first that place people whom no trio could place either.
    ``possible`` and ``worth`` are ``(people, people)``; scores are whole numbers.
    """
    from scipy.optimize import linear_sum_assignment

    partner, leftovers = largest(possible)
    over = int((partner == FREE).sum())
    weights = _weights(possible, worth, leftovers, over)
    assigned = linear_sum_assignment(weights, maximize=True)[1]
    slack = _slack(weights, assigned)
    found = _pairs_of_circles(weights, assigned)
    allowed = weights > _NEVER / 2
    limit = 0
    while (found == FREE).any():
        found, _ = largest(allowed & (slack <= limit), found)
        limit = max(1, 2 * limit)
    short = _short(weights, assigned, found)
    few = allowed & (slack <= 2 * short + 1)  # a choice as good has no others: exact, not pruned
    if short and few.sum() <= 2 * _MOST_FOR_EDMONDS:
        found, short = _perfect(few, slack), 0
    count = len(possible)
    return Heaviest(np.where(found[:count] < count, found[:count], FREE), short, leftovers)


def _short(weights: np.ndarray, assigned: np.ndarray, found: np.ndarray) -> int:
    rows = np.arange(len(assigned))
    upper = int(weights[rows, assigned].sum()) // 2
    return upper - int(weights[rows, found].sum()) // 2


def _perfect(few: np.ndarray, slack: np.ndarray) -> np.ndarray:
    """Return the pairs for all that lack least to their bounds, by networkx: the largest score."""
    graph = nx.Graph()
    for one, other in zip(*(side.tolist() for side in np.nonzero(np.triu(few))), strict=True):
        graph.add_edge(one, other, weight=-int(slack[one, other]))
    found = np.full(len(few), FREE)
    for one, other in nx.max_weight_matching(graph, maxcardinality=True):
        found[one], found[other] = other, one
    return found


def _weights(
    possible: np.ndarray, worth: np.ndarray, leftovers: Leftovers, over: int
) -> np.ndarray:
    """Return the scores, with an empty place for each of those who are over: then all are paired.

    Only whoever may be over at all may take an empty place.
    """
    count = len(possible)
    weights = np.full((count + over, count + over), _NEVER)
    first = np.zeros(count)
    outer = [person for group in leftovers.outer for person in group]
    first[[group[0] for group in leftovers.outer if len(group) == 1]] = _FIRST
    scores = worth + first[:, None] + first[None, :]
    weights[:count, :count] = np.where(possible, scores, _NEVER)
    weights[count:, outer] = 0
    weights[outer, count:] = 0
    return weights


def _slack(weights: np.ndarray, assigned: np.ndarray) -> np.ndarray:
    """Return what each pair lacks to its bound, in half points: never below 0, exact.

    The prices are the longest ways in the table of gains, which has no circle with a gain.
    """
    rows = np.arange(len(assigned))
    gains = weights - weights[rows, assigned][:, None]
    price = np.zeros(len(assigned))
    changed = rows
    while len(changed):
        offers = (gains[changed] + price[assigned[changed]][:, None]).max(axis=0)
        better = offers > price
        price[better] = offers[better]
        changed = np.flatnonzero(better[assigned])
    both = weights[rows, assigned] - price[assigned] + price
    slack: np.ndarray = both[:, None] + both[None, :] - 2 * weights
    return slack


def _pairs_of_circles(weights: np.ndarray, assigned: np.ndarray) -> np.ndarray:
    """Return the pairs of each circle, the better of the two ways round; an odd one leaves one."""
    found = np.full(len(assigned), FREE)
    seen = np.zeros(len(assigned), dtype=bool)
    for start in range(len(assigned)):
        circle = []
        while not seen[start]:
            seen[start] = True
            circle.append(start)
            start = int(assigned[start])
        if len(circle) < 2:
            continue
        for one, other in _better_way(weights, circle):
            found[one], found[other] = other, one
    return found


def _better_way(weights: np.ndarray, circle: list[int]) -> list[tuple[int, int]]:
    """Return every second step of a circle; in an odd one, leaving out where it costs least."""
    steps = list(zip(circle, [*circle[1:], circle[0]], strict=True))
    worth = [float(weights[step]) for step in steps]
    size = len(steps)
    if size % 2 == 0:
        begin = 0 if sum(worth[::2]) >= sum(worth[1::2]) else 1
        return steps[begin::2]
    ways = [[steps[(begin + k) % size] for k in range(0, size - 1, 2)] for begin in range(size)]
    return max(ways, key=lambda way: sum(float(weights[step]) for step in way))
