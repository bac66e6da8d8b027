"""Where the words of a causal loop diagram stand.

Steps: a start in which words stand as far apart as they are links apart (the energy of Kamada and
Kawai, brought down by majorisation [GansnerKorenNorth2004]_), from several first guesses; then
one word at a time moves to the place where the drawn picture has the fewest faults
(:mod:`cstools.plotting.layout_score`); then each link takes the bow that suits it best; the best
picture is kept. All guesses come from a fixed seed: the same map is always drawn the same way.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np

from cstools.plotting.arcs import Points, Reals
from cstools.plotting.layout_score import Plan, faults

_SEED = 20
_STARTS = 14
# How far a word may move, and how much worse a picture may get on the way to a better one.
_ROUNDS = (
    *((140, 6.0), (120, 5.0), (110, 4.0), (100, 3.0), (90, 2.5), (80, 2.0), (70, 1.5)),
    *((50, 1.0), (40, 0.5), (30, 0.0), (20, 0.0), (10, 0.0)),
)
# From so many words × links on, only every third round is made, to stay in time.
_LARGE = 900
_DIRECTIONS = 10
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
) -> Layout:
    """Return a layout of words of half sizes ``half`` and links between them.

    ``links`` are pairs of word numbers; links from a word to itself must be left out. ``choice``
    0 begins with the most promising start, 1 with the next, and so on. ``titles`` says for each
    link how wide the title is that stands between it and the link straight back, or 0. Words
    that nothing joins are laid out apart and packed beside each other.
    """
    titles = [0.0] * len(links) if titles is None else titles
    whole = plan_of(half, links, titles)
    places, stretch = np.zeros_like(half), np.ones(len(links))
    parts = _components(len(half), links)
    boxes = []
    for members in parts:
        inside = [i for i, (cause, _) in enumerate(links) if cause in set(members)]
        number = {word: i for i, word in enumerate(members)}
        own = [(number[links[i][0]], number[links[i][1]]) for i in inside]
        part = plan_of(half[members], own, [titles[i] for i in inside])
        places[members], stretch[inside] = _arranged(part, choice)
        boxes.append(_extent(part, places[members], stretch[inside]))
    for members, shift in zip(parts, _packed(boxes), strict=True):
        places[members] += shift
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
    twins: dict[tuple[int, int], int] = {}
    for i, (a, b) in enumerate(links):
        loop = _shortest_loop(a, b, links)
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


def _arranged(plan: Plan, choice: int) -> tuple[Points, Reals]:
    count, stretch = len(plan.half), np.ones(len(plan.cause))
    if count == 1:
        return np.zeros(1, dtype=complex), stretch
    starts = _starts(plan, Random(_SEED))
    scores = faults(plan, starts, _each(stretch, starts)).total
    start = starts[np.argsort(scores, kind="stable")[choice % len(starts)]]
    places = _moved(plan, start, stretch)
    return places, _rebowed(plan, places, stretch)


def _starts(plan: Plan, random: Random) -> Points:
    """Return layouts ``(starts, words)`` that keep words as far apart as links do."""
    count = len(plan.half)
    distance = _distances(plan)
    weight = distance + np.eye(count)
    weight = (1 - np.eye(count)) / weight**2
    laplacian = np.diag(weight.sum(axis=1)) - weight
    inverse = np.linalg.pinv(laplacian)
    guesses = []
    for number in range(_STARTS):
        order = list(range(count))
        if number:
            random.shuffle(order)
        turn = 2 * np.pi * np.array(order) / count
        guesses.append(np.exp(1j * turn) * distance.max() / 2)
    places = np.array(guesses)
    for _ in range(60):
        far = np.maximum(np.abs(places[:, :, None] - places[:, None]), 1e-6)
        pull = weight * distance / far
        moved = pull.sum(axis=-1) * places - (pull @ places[..., None])[..., 0]
        places = moved @ inverse.T
    return np.array([_turned(plan, one) for one in places])


def _turned(plan: Plan, places: Points) -> Points:
    """Lay the longer side across the page, the first loop clockwise, the first word on top."""
    places = places - places.mean()
    # The second moment of the places points along twice the angle of their longer side.
    places = places * np.exp(-0.5j * np.angle((places**2).sum()))
    if plan.loops:
        corners = places[list(plan.loops[0])]
        if (np.conj(corners) * np.roll(corners, -1)).imag.sum() < 0:
            places = np.conj(places)
    if places[0].imag > 0:
        places = -places
    return np.asarray(1.15 * places.real + 1j * places.imag)


def _moved(plan: Plan, start: Points, stretch: Reals) -> Points:
    """Move one word at a time, in ever smaller steps, to where the picture is better.

    In the first rounds a worse picture is taken now and then, the less worse the likelier
    (simulated annealing), so that the search leaves a picture that only looks best from nearby.
    """
    random = Random(_SEED)
    places, score = start, _total(plan, start, stretch)
    best, least = places, score
    every = 1 if len(plan.half) * len(plan.cause) < _LARGE else 3
    for reach, heat in _ROUNDS[every - 1 :: every]:
        if heat == 0:
            places, score = best, least
        for word in random.sample(range(len(places)), len(places)):
            choices = _choices(places, word, reach, random)
            scores = faults(plan, choices, _each(stretch, choices), plan.around[word]).total
            pick = int(np.argmin(scores - heat * _luck(len(scores), random)))
            if pick == 0:
                continue
            # A word that moves may turn the bow of a link that is not its own: look at it all.
            whole = _total(plan, choices[pick], stretch)
            if whole < score + 8 * heat:
                places, score = choices[pick], whole
            if score < least:
                best, least = places, score
    return best


def _each(stretch: Reals, layouts: Points) -> Reals:
    return np.repeat(stretch[None], len(layouts), axis=0)


def _luck(count: int, random: Random) -> Reals:
    """Return Gumbel numbers: with them the least of several is picked as Boltzmann would."""
    return np.array([-np.log(-np.log(random.uniform(1e-12, 1 - 1e-12))) for _ in range(count)])


def _total(plan: Plan, places: Points, stretch: Reals) -> float:
    return float(faults(plan, places[None], stretch[None]).total[0])


def _choices(places: Points, word: int, reach: float, random: Random) -> Points:
    """Return the layout as it is, then with the word moved, then with two words changed about."""
    turn = np.exp(2j * np.pi * (np.arange(_DIRECTIONS) + random.random()) / _DIRECTIONS)
    choices = np.repeat(places[None], 1 + _DIRECTIONS, axis=0)
    choices[1:, word] += reach * (1.3 * turn.real + 1j * turn.imag)
    if reach < 50 or len(places) < 3:
        return choices
    others = random.sample([i for i in range(len(places)) if i != word], min(4, len(places) - 1))
    swaps = np.repeat(places[None], len(others), axis=0)
    for swap, other in zip(swaps, others, strict=True):
        swap[[word, other]] = swap[[other, word]]
    return np.concatenate([choices, swaps])


def _rebowed(plan: Plan, places: Points, stretch: Reals) -> Reals:
    """Give each link in turn the bow with which the picture is best."""
    for link in range(len(stretch)):
        choices = np.repeat(stretch[None], len(_STRETCHES), axis=0)
        choices[:, link] = _STRETCHES
        layouts = np.repeat(places[None], len(choices), axis=0)
        scores = faults(plan, layouts, choices, plan.along[link]).total
        # A bow against the custom must be worth it.
        scores += np.where(choices[:, link] < 0, 4.0, np.abs(choices[:, link] - 1))
        stretch = choices[int(np.argmin(scores))]
    return stretch


def _distances(plan: Plan) -> Reals:
    """Return how far apart words should stand: the way over links, whichever way they point."""
    count = len(plan.half)
    distance = np.full((count, count), np.inf)
    np.fill_diagonal(distance, 0)
    for a, b in zip(plan.cause, plan.effect, strict=True):
        reach = 105.0 + 0.55 * (plan.half[a] + plan.half[b]).real
        distance[a, b] = distance[b, a] = reach
    for middle in range(count):
        distance = np.minimum(distance, distance[:, middle, None] + distance[None, middle])
    return distance


def _shortest_loop(cause: int, effect: int, links: Sequence[tuple[int, int]]) -> tuple[int, ...]:
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
        for a, b in links:
            if a == word and b not in came:
                came[b] = word
                waiting.append(b)
    return ()


def _components(count: int, links: Sequence[tuple[int, int]]) -> list[list[int]]:
    home = list(range(count))
    for a, b in links:
        home = [home[a] if place == home[b] else place for place in home]
    parts: dict[int, list[int]] = {}
    for word, place in enumerate(home):
        parts.setdefault(place, []).append(word)
    return sorted(parts.values(), key=lambda part: (-len(part), part[0]))


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
