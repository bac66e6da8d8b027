"""Where the words of a causal loop diagram stand.

Steps: a start in which words stand as far apart as they are links apart, from several first
guesses (:mod:`cstools.plotting.layout_starts`); then one word at a time moves to the place where
the drawn picture has the fewest faults (:mod:`cstools.plotting.layout_score`); then each link
takes the bow that suits it best; the best picture is kept. Words that are pinned never move. All
guesses come from a fixed seed: the same map is always drawn the same way. How much of this is done
depends on the size of the map (:mod:`cstools.plotting.layout_effort`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from cstools.on_demand import numpy as np
from cstools.plotting.arcs import Points, Reals
from cstools.plotting.layout_effort import effort_for
from cstools.plotting.layout_mending import mended
from cstools.plotting.layout_plan import Plan
from cstools.plotting.layout_score import faults
from cstools.plotting.layout_search import Search
from cstools.plotting.layout_starts import spread, starts_of

_SEED = 20
_DIRECTIONS = 7
_SWAPS, _FAR_ENOUGH_TO_SWAP = 3, 50
_SHORTEST_LINK, _SHORTEST_PAIR = 72.0, 104.0  # a pair needs room for a mark between
_BULGE_OUTSIDE_LOOPS = 0.1
_STRETCHES = (1.0, 0.55, 1.5, -0.9, 2.1, -1.6)
_BETWEEN_COMPONENTS = 44.0


@dataclass(frozen=True)
class Layout:
    """The centres of the words ``(words,)`` and the bow of each link as a factor ``(links,)``."""

    plan: Plan
    places: Points
    stretch: Reals
    score: float
    clear: bool  # no word overlaps another, and no link runs through one


def layout(
    half: Points,
    links: Sequence[tuple[int, int]],
    choice: int = 0,
    titles: Sequence[float] | None = None,
    pins: Mapping[int, complex] | None = None,
) -> Layout:
    """Return a layout of words of half sizes ``half`` and links between them.

    ``links`` are pairs of word numbers; links from a word to itself must be left out. ``choice``
    0 begins with the most promising start, 1 with the next, and so on. ``titles`` says for each
    link how wide the title is that stands between it and the link straight back, or 0. ``pins``
    are the places of words that stand just there, by their numbers. Words that nothing joins are
    laid out apart and packed beside each other; all that hang on a pin are laid out together.
    """
    pins = pins or {}
    titles = [0.0] * len(links) if titles is None else titles
    whole = plan_of(half, links, titles)
    places, stretch = np.zeros_like(half), np.ones(len(links))
    parts = _components(len(half), links, pins)
    boxes = []
    for members in parts:
        inside = [i for i, (cause, _) in enumerate(links) if cause in set(members)]
        number = {word: i for i, word in enumerate(members)}
        own = [(number[links[i][0]], number[links[i][1]]) for i in inside]
        part = plan_of(half[members], own, [titles[i] for i in inside])
        held = {number[word]: pins[word] for word in members if word in pins}
        places[members], stretch[inside] = _arranged(part, choice, held)
        boxes.append(_extent(part, places[members], stretch[inside]))
    shifts = _packed(boxes)
    stays = shifts[0] if pins else 0j
    for members, shift in zip(parts, shifts, strict=True):
        places[members] += shift - stays
    found = faults(whole, places[None], stretch[None])
    clear = not (found.words_overlapping[0] or found.links_through_words[0])
    return Layout(whole, places, stretch, float(found.total[0]), bool(clear))


def plan_of(
    half: Points, links: Sequence[tuple[int, int]], titles: Sequence[float] | None = None
) -> Plan:
    """Return what every layout of these words and links has in common."""
    count = len(half)
    share = np.full((count, len(links)), 1 / max(count, 1))
    bulge = np.full(len(links), _BULGE_OUTSIDE_LOOPS)
    shortest = np.full(len(links), _SHORTEST_LINK)
    pair = np.zeros(len(links), dtype=bool)
    rounds: dict[tuple[int, ...], None] = {}
    following: dict[int, list[int]] = {}
    for a, b in links:
        following.setdefault(a, []).append(b)
    twins: dict[tuple[int, int], int] = {}
    for i, (a, b) in enumerate(links):
        loop = _shortest_loop(a, b, following)
        if loop:
            share[:, i] = 0
            share[list(loop), i] = 1 / len(loop)
            bulge[i] = _bulge(len(loop))
        if len(loop) == 2:
            title = titles[i] if titles else 0.0
            pair[i], shortest[i] = True, _SHORTEST_PAIR + 0.6 * title
            bulge[i] += 0.1 * bool(title)
        if len(loop) > 2:
            first = loop.index(min(loop))
            rounds[loop[first:] + loop[:first]] = None
        # A second link between the same words takes a bow of its own.
        twins[a, b] = twins.get((a, b), 0) + 1
        bulge[i] *= (1.0, 2.2, -1.0)[(twins[a, b] - 1) % 3]
    cause, effect = (np.array([link[end] for link in links], dtype=int) for end in (0, 1))
    return Plan(half, cause, effect, share, pair, bulge, shortest, tuple(rounds))


def _bulge(words: int) -> float:
    """Return the bow of a link between neighbours on a circle through all words of a loop."""
    return 0.24 if words == 2 else float(np.clip(np.tan(np.pi / 2 / words) / 2, 0.12, 0.24))


def _arranged(plan: Plan, choice: int, pins: Mapping[int, complex]) -> tuple[Points, Reals]:
    count, stretch = len(plan.half), np.ones(len(plan.cause))
    if count == 1:
        return np.array([pins.get(0, 0)], dtype=complex), stretch
    effort = effort_for(count, len(plan.cause))
    starts = starts_of(plan, Random(_SEED), pins, effort.starts)
    free = [word for word in range(count) if word not in pins]
    if not effort.rounds:
        return spread(plan, starts[choice % len(starts)], free), stretch
    scores = faults(plan, starts, _each(stretch, starts)).total
    promising = np.roll(np.argsort(scores, kind="stable"), -effort.searches * choice)
    places = _moved(plan, starts[promising[: effort.searches]], stretch, free, effort.rounds)
    stretch = _rebowed(plan, places, stretch)
    places, stretch = mended(plan, places, stretch, free)
    return _moved(plan, places[None], stretch, free, effort.last, fine=True), stretch


def _moved(
    plan: Plan,
    starts: Points,
    stretch: Reals,
    free: Sequence[int],
    rounds: Sequence[tuple[float, float]],
    fine: bool = False,
) -> Points:
    """Move one free word at a time, in ever smaller steps, to where the picture is better.

    In the first rounds a worse picture is taken now and then, the less worse the likelier
    (simulated annealing), so that the search leaves a picture that only looks best from nearby.
    Several searches go on side by side, from starts of their own ``(searches, words)``: to look
    at all their pictures at once costs hardly more than to look at those of one. Only the best of
    them is brought to its end.
    """
    random = Random(_SEED)
    search = Search.of(plan, starts, stretch, fine)
    for reach, heat in rounds:
        if heat == 0:
            search = search.best_alone(plan)
        for word in random.sample(free, len(free)):
            tried = _choices(search.places, word, free, reach, random)
            luck = heat * _luck(tried.shape[:2], random) if heat else np.zeros(tried.shape[:2])
            search = search.after(plan, word, tried, luck, 8 * heat)
    return np.asarray(search.best_alone(plan).best[0])


def _each(stretch: Reals, layouts: Points) -> Reals:
    return np.repeat(stretch[None], len(layouts), axis=0)


def _luck(shape: tuple[int, int], random: Random) -> Reals:
    """Return Gumbel numbers: with them the least of several is picked as Boltzmann would."""
    even = [random.random() for _ in range(shape[0] * shape[1])]
    return np.asarray(-np.log(-np.log(np.clip(even, 1e-12, 1 - 1e-12)))).reshape(shape)


def _choices(
    places: Points, word: int, free: Sequence[int], reach: float, random: Random
) -> Points:
    """Return each layout as it is, then with the word moved, then with two words changed about."""
    begin = np.array([random.random() for _ in places])
    turn = np.exp(2j * np.pi * (np.arange(_DIRECTIONS) + begin[:, None]) / _DIRECTIONS)
    others: list[int] = []
    if reach >= _FAR_ENOUGH_TO_SWAP and len(free) > 2:
        others = random.sample([i for i in free if i != word], min(_SWAPS, len(free) - 1))
    choices = np.repeat(places[:, None], 1 + _DIRECTIONS + len(others), axis=1)
    choices[:, 1 : 1 + _DIRECTIONS, word] += reach * (1.3 * turn.real + 1j * turn.imag)
    for swap, other in enumerate(others, start=1 + _DIRECTIONS):
        choices[:, swap, [word, other]] = places[:, [other, word]]
    return choices


def _rebowed(plan: Plan, places: Points, stretch: Reals) -> Reals:
    """Give each link in turn the bow with which the picture is best."""
    ground = plan.ground(places, stretch)
    for link in range(len(stretch)):
        choices = np.repeat(stretch[None], len(_STRETCHES), axis=0)
        choices[:, link] = _STRETCHES
        layouts = np.repeat(places[None], len(choices), axis=0)
        scores = faults(plan, layouts, choices, plan.along[link], ground).total
        # A bow against the custom must be worth it.
        scores += np.where(choices[:, link] < 0, 4.0, np.abs(choices[:, link] - 1))
        pick = int(np.argmin(scores))
        if choices[pick, link] != stretch[link]:
            ground = plan.ground(places, choices[pick])
        stretch = choices[pick]
    return stretch


def _shortest_loop(
    cause: int, effect: int, following: Mapping[int, Sequence[int]]
) -> tuple[int, ...]:
    """Return the words of the shortest loop through a link, or none."""
    came: dict[int, int] = {effect: -1}
    waiting = deque([effect])
    while waiting:
        word = waiting.popleft()
        if word == cause:
            path = []
            while word >= 0:
                path.append(word)
                word = came[word]
            return tuple(path[::-1])
        for near in following.get(word, ()):
            if near not in came:
                came[near] = word
                waiting.append(near)
    return ()


def _components(
    count: int, links: Sequence[tuple[int, int]], pins: Collection[int]
) -> list[list[int]]:
    """Return the words that hang together, all that hang on a pin first, then the largest."""
    home = list(range(count))
    pinned = sorted(pins)
    for a, b in [*links, *pairwise(pinned)]:
        home = [home[a] if place == home[b] else place for place in home]
    parts: dict[int, list[int]] = {}
    for word, place in enumerate(home):
        parts.setdefault(place, []).append(word)
    free = set(range(count)) - set(pinned)
    return sorted(parts.values(), key=lambda part: (free.issuperset(part), -len(part), part[0]))


def _extent(plan: Plan, places: Points, stretch: Reals) -> tuple[complex, complex]:
    corners = [places - plan.half, places + plan.half]
    if len(stretch):
        corners.append(plan.arcs(places, stretch).samples(9).ravel())
    points = np.concatenate(corners)
    low = complex(points.real.min(), points.imag.min())
    return low, complex(points.real.max(), points.imag.max())


def _packed(boxes: Sequence[tuple[complex, complex]]) -> list[complex]:
    """Return the shift of each box that sets them in rows, the largest first."""
    page = max(520.0, max(((high - low).real for low, high in boxes), default=0.0))
    shifts: list[complex] = []
    x = y = row = 0.0
    for low, high in boxes:
        size = high - low
        if x and x + size.real > page:
            x, y, row = 0.0, y + row + _BETWEEN_COMPONENTS, 0.0
        shifts.append(complex(x, y) - low)
        x, row = x + size.real + _BETWEEN_COMPONENTS, max(row, size.imag)
    return shifts
