"""Little shifts of a finished layout that may take what lies upon something else off it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cstools.on_demand import numpy as np
from cstools.plotting.arcs import Points, Reals
from cstools.plotting.drawing_flaws import Flaw
from cstools.plotting.drawing_parts import Drawing
from cstools.plotting.layout_plan import Ground, Plan
from cstools.plotting.layout_score import faults

_LOOKED_AT = 4  # flaws, the deepest first
_FINISHED = 8  # shifts that are worth a drawing
_REACHES = (10.0, 20.0, 36.0, 56.0)
_DIRECTIONS = 8
_BOWS = (1.0, 0.7, 0.45, 1.3, 1.7, 0.2, -0.6, -1.0)
_AGAINST_CUSTOM = 6.0

Change = tuple[Points, Reals]


def shifts(
    plan: Plan,
    places: Points,
    stretch: Reals,
    drawing: Drawing,
    found: Sequence[Flaw],
    held: frozenset[int],
) -> list[Change]:
    """Return the layouts near this one that suffer least, each with one word or bow changed.

    Only what has to do with the deepest flaws changes, and no word that is ``held``. A flaw gets
    its share of the layouts, so that one that is hard to mend does not keep the others waiting.
    """
    worst = sorted(found, key=lambda flaw: -flaw.depth)[:_LOOKED_AT]
    ground = plan.ground(places, stretch, fine=True)
    share = max(1, _FINISHED // max(len(worst), 1))
    chosen: list[Change] = []
    for flaw in worst:
        links, words = _concerned(plan, drawing, flaw)
        ways = [_moves(plan, places, stretch, word, ground) for word in sorted(words - held)]
        ways += [_bows(plan, places, stretch, link, ground) for link in sorted(links)]
        chosen += _ranked(ways)[:share]
    return chosen


def _ranked(ways: Sequence[Iterator[tuple[float, Change]]]) -> list[Change]:
    """Return the best of each word and bow first, then the second best: neighbours are alike."""
    ranked = [
        (place, cost, change)
        for way in ways
        for place, (cost, change) in enumerate(sorted(way, key=lambda one: one[0]))
    ]
    return [change for _, _, change in sorted(ranked, key=lambda one: one[:2])]


def _concerned(plan: Plan, drawing: Drawing, flaw: Flaw) -> tuple[set[int], set[int]]:
    """Return the links and words that have to do with a flaw."""
    number = {word.key: i for i, word in enumerate(drawing.words)}
    links: set[int] = set()
    words: set[int] = set()
    for kind, place in ((flaw.what, flaw.one), (flaw.on, flaw.other)):
        if kind == "word":
            words.add(place)
        elif kind in ("mark", "title"):
            words |= {number[key] for key in drawing.marks[place].loop.words}
        elif place < len(plan.cause):
            links.add(place)
        else:  # a link to itself goes with its word
            words.add(number[drawing.wires[place].edge.cause])
    words |= {int(end) for link in links for end in (plan.cause[link], plan.effect[link])}
    ends = zip(plan.cause.tolist(), plan.effect.tolist(), strict=True)
    if "mark" in (flaw.what, flaw.on) or "title" in (flaw.what, flaw.on):
        links |= {i for i, pair in enumerate(ends) if words.issuperset(pair)}
    return links, words


def _moves(
    plan: Plan, places: Points, stretch: Reals, word: int, ground: Ground
) -> Iterator[tuple[float, Change]]:
    turn = np.exp(2j * np.pi * np.arange(_DIRECTIONS) / _DIRECTIONS)
    steps = np.concatenate([[0j], *(reach * turn for reach in _REACHES)])
    layouts = np.repeat(places[None], len(steps), axis=0)
    layouts[:, word] += steps
    costs = faults(plan, layouts, stretch[None], plan.around[word], ground).total
    for layout, cost in zip(layouts[1:], costs[1:] - costs[0], strict=True):
        yield float(cost), (layout, stretch)


def _bows(
    plan: Plan, places: Points, stretch: Reals, link: int, ground: Ground
) -> Iterator[tuple[float, Change]]:
    bows = np.repeat(stretch[None], 1 + len(_BOWS), axis=0)
    bows[1:, link] = _BOWS
    layouts = np.repeat(places[None], len(bows), axis=0)
    costs = faults(plan, layouts, bows, plan.along[link], ground).total
    costs = costs + np.where(bows[:, link] < 0, _AGAINST_CUSTOM, np.abs(bows[:, link] - 1))
    for bow, cost in zip(bows[1:], costs[1:] - costs[0], strict=True):
        if bow[link] != stretch[link]:
            yield float(cost), (places, bow)
