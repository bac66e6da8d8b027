"""The last touch to a large layout: links are led around words that they run through.

The search for a layout moves words while all links have their usual bows; when the bows are
chosen, a link may still run through a word, or a pair of words stand so close that there is no
room for the mark between. Here a word, one of the link's ends, or the bow gives way, whatever
spoils the picture least.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cstools.on_demand import numpy as np
from cstools.plotting.arcs import Points, Reals
from cstools.plotting.layout_plan import Ground, Plan
from cstools.plotting.layout_score import Faults, depths, faults

_ROUNDS = 4
_MOST_PAIRS = 12  # in a round, the worst first: a hopeless map must not take for ever
_REACHES = (16.0, 32.0, 56.0, 88.0)
_DIRECTIONS = 12
_BOWS = (1.0, 0.55, 0.2, -0.3, 1.5, -0.9, 2.1, -1.6, 2.8, -2.4)
_AGAINST_CUSTOM = 4.0
# To read the words matters more here than all else, to have room for heads and marks comes next.
_GRAVE, _SHORT = 90.0, 40.0
_SHARE_OF_SHORTEST = 0.75  # a link below this share of the length that it should have is short

Change = tuple[float, Points, Reals]


def mended(plan: Plan, places: Points, stretch: Reals, free: Sequence[int]) -> tuple[Points, Reals]:
    """Return a layout with fewer links through words or too short, and fewer words that overlap.

    Only the words in ``free`` may move. A layout without such faults comes back as it is.
    """
    best = _cost(faults(plan, places[None], stretch[None]))[0]
    for _ in range(_ROUNDS):
        before = best
        for link, words in _troubled(plan, places, stretch)[:_MOST_PAIRS]:
            movable = sorted(words & set(free))
            changes = sorted(_changes(plan, places, stretch, link, movable), key=_gain)
            for _, moved, bowed in changes:
                cost = _cost(faults(plan, moved[None], bowed[None]))[0]
                if cost < best:
                    places, stretch, best = moved, bowed, cost
                    break
        if best == before:
            break
    return places, stretch


def _troubled(plan: Plan, places: Points, stretch: Reals) -> list[tuple[int, set[int]]]:
    """Return links in trouble with the words concerned: the deepest in words first, then short."""
    depth = depths(plan, places[None], stretch[None])[0]
    order = np.argsort(-depth, kind="stable")[: np.count_nonzero(depth)]
    link, word = plan.whole.strangers
    found = [(int(link[i]), {int(word[i])}) for i in order]
    length = plan.arcs(places[None], stretch[None]).length[0]
    short = np.flatnonzero(length < _SHARE_OF_SHORTEST * plan.shortest)
    found += [(int(one), set()) for one in short]
    return [(one, words | {int(plan.cause[one]), int(plan.effect[one])}) for one, words in found]


def _changes(
    plan: Plan, places: Points, stretch: Reals, link: int, words: Sequence[int]
) -> Iterator[Change]:
    """Yield the best move of each of some words and the best bow, with what it costs."""
    ground = plan.ground(places, stretch, fine=True)
    for word in words:
        yield _best_move(plan, places, stretch, word, ground)
    yield _best_bow(plan, places, stretch, link, ground)


def _best_move(plan: Plan, places: Points, stretch: Reals, word: int, ground: Ground) -> Change:
    turn = np.exp(2j * np.pi * np.arange(_DIRECTIONS) / _DIRECTIONS)
    steps = np.concatenate([[0j], *(reach * turn for reach in _REACHES)])
    layouts = np.repeat(places[None], len(steps), axis=0)
    layouts[:, word] += steps
    bows = np.repeat(stretch[None], len(steps), axis=0)
    costs = _cost(faults(plan, layouts, bows, plan.around[word], ground))
    pick = int(np.argmin(costs))
    return float(costs[pick] - costs[0]), layouts[pick], stretch


def _best_bow(plan: Plan, places: Points, stretch: Reals, link: int, ground: Ground) -> Change:
    bows = np.repeat(stretch[None], 1 + len(_BOWS), axis=0)
    bows[1:, link] = _BOWS
    layouts = np.repeat(places[None], len(bows), axis=0)
    costs = _cost(faults(plan, layouts, bows, plan.along[link], ground))
    costs += np.where(bows[:, link] < 0, _AGAINST_CUSTOM, np.abs(bows[:, link] - 1))
    pick = int(np.argmin(costs))
    return float(costs[pick] - costs[0]), places, bows[pick]


def _cost(found: Faults) -> Reals:
    grave = found.links_through_words + found.words_overlapping
    return found.total + (_GRAVE * grave + _SHORT * found.short_links).round(6)


def _gain(change: Change) -> float:
    return change[0]
