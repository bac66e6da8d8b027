"""Where the names without boxes stand, and how the links run: near what they act on, in the clear.

Steps: every factor in turn, those with most ties to what has a place first, takes the best of
many places round its neighbours; then each is moved in ever smaller steps, a worse place being
taken now and then (simulated annealing); names of flows change sides where that helps; last, every
link takes the bow that suits it best. All chance comes from a fixed seed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

import numpy as np

from cstools.plotting.arcs import Points, Reals, bowed
from cstools.plotting.stock_flow.board import (
    SAMPLES,
    Board,
    Indices,
    covers,
    link_costs,
    running_through,
    word_costs,
)
from cstools.plotting.stock_flow.parts import CLOUD, PIPE, VALVE, Structure
from cstools.plotting.stock_flow.pipes import extent, stretches
from cstools.plotting.stock_flow.skeleton import Skeleton, renamed

_SEED = 20
_WORD_GAP, _BOX_GAP = 4 + 3j, 3 + 3j
_RINGS = (64.0, 100.0, 140.0, 200.0)
_NEAR_RINGS = (46.0, 62.0, 84.0, 112.0, 150.0, 200.0)
_FAR_RINGS = (48.0, 80.0, 120.0, 170.0, 230.0, 300.0, 390.0, 500.0)
_DIRECTIONS = 16
_SHORTLIST = 20
_BULGES = np.array([0.2, -0.2, 0.42, -0.42, 0.03])
_ALL_BULGES = np.array([0.2, 0.12, 0.3, 0.42, 0.55, 0.7, 0.9, 0.03])
_ALL_BULGES = np.concatenate([_ALL_BULGES, -_ALL_BULGES])
_FINE = 64  # points on a link, at which it is looked for in boxes once its ends stay
# How far a name may move, and how much worse a picture may get on the way to a better one.
_ROUNDS = ((90, 3.0), (70, 2.0), (50, 1.0), (36, 0.4))
_LAST_ROUNDS = ((40, 0.5), (24, 0.0), (14, 0.0))
_WORDS_SHARE = 12.0  # a page of so many times the area of what is on it is not crowded
# From so many factors on there are fewer rounds, and then none, to stay in time.
_LARGE, _VERY_LARGE = 60, 150


def placed(
    structure: Structure,
    bones: Skeleton,
    halves: Sequence[complex],
    positions: Mapping[str, complex],
) -> Board:
    """Return the board with every factor in its place and every link on its way.

    ``halves`` are half the sizes of the factors; where ``positions`` gives a place, they keep it.
    """
    board = _board(structure, bones, halves)
    first = len(board.at) - len(halves)
    random = Random(_SEED)
    linked = {*board.cause.tolist(), *board.effect.tolist()}
    free = []
    for node, factor in enumerate(structure.factors, first):
        if factor.key in positions:
            board.put(node, positions[factor.key], np.empty(0, dtype=np.intp), np.empty(0))
        elif node in linked:
            free.append(node)
    _bow_all(board, np.flatnonzero(board.there[board.cause] & board.there[board.effect]))
    inner = [node for node in free if not _is_leaf(board, node)]
    few, many = len(free) <= _LARGE, len(free) > _VERY_LARGE
    # Names with one neighbour only find room beside it once the others stand.
    for nodes, rounds in ((inner, _ROUNDS), (free, _LAST_ROUNDS)):
        _set_down(board, [node for node in nodes if not board.there[node]])
        for reach, heat in rounds if few else () if many else rounds[-1:]:
            for node in random.sample(nodes, len(nodes)):
                _move(board, node, reach, heat, random)
            _turn_names(board, bones)
    for _ in range(2 if few else 1):
        _bow_all(board, np.arange(len(board.cause)))
        _turn_names(board, bones)
        if not many:
            _flip_names(board, bones)
        if few:
            _rescue(board, free)
    _unstack(board, free)
    _set_apart(board, np.flatnonzero(~board.there).tolist())
    return board


def haunted(board: Board, links: Indices, halves: Sequence[complex], free: Sequence[int]) -> Board:
    """Return a board on which ghosts, of half sizes ``halves``, are the causes of some links.

    Of the rest only ``free`` nodes move, and only where a link still runs through something.
    """
    ghosts = np.arange(len(board.at), len(board.at) + len(links))
    cause = board.cause.copy()
    cause[links] = ghosts
    board = replace(
        board,
        at=np.concatenate([board.at, np.zeros(len(links))]),
        half=np.concatenate([board.half, np.array(halves)]),
        gap=np.concatenate([board.gap, np.full(len(links), _WORD_GAP)]),
        there=np.concatenate([board.there, np.zeros(len(links), dtype=bool)]),
        cause=cause,
    )
    random = Random(_SEED)
    _set_down(board, ghosts.tolist())
    for reach, heat in _LAST_ROUNDS if len(board.at) < _VERY_LARGE else ():
        for ghost in ghosts.tolist():
            _move(board, ghost, reach, heat, random)
    _bow_all(board, np.union1d(links, running_through(board)))
    _rescue(board, [*free, *ghosts.tolist()])
    _unstack(board, [*free, *ghosts.tolist()])
    return board


def _board(structure: Structure, bones: Skeleton, halves: Sequence[complex]) -> Board:
    stocks, pipes = bones.stocks, bones.pipes
    clouds = [cloud for pipe in pipes for cloud in pipe.clouds]
    at = [s.at for s in stocks] + [p.valve for p in pipes] + [p.name_at for p in pipes] + clouds
    half = [s.half for s in stocks] + [VALVE] * len(pipes) + [p.name_half for p in pipes]
    half += [CLOUD] * len(clouds)
    gap = [_BOX_GAP] * len(stocks) + [1 + 1j] * len(pipes)
    gap += [_WORD_GAP] * (len(at) + len(halves) - len(gap))
    keys = [s.stock.key for s in stocks] + [p.flow.key for p in pipes]
    number = {key: i for i, key in enumerate(keys)}
    number |= {factor.key: i for i, factor in enumerate(structure.factors, len(at))}
    links = structure.influences
    cause = np.array([number[link.cause] for link in links], dtype=np.intp)
    effect = np.array([number[link.effect] for link in links], dtype=np.intp)
    parts = [part for pipe in pipes for part in stretches(pipe.path)]
    ends = np.array(parts, dtype=complex).reshape(-1, 2)
    across = ends[:, 1] - ends[:, 0]
    thick = PIPE + 2
    low, high = _page(np.array(at, dtype=complex), [*half, *halves])
    nowhere = np.zeros(len(cause), dtype=complex)
    return Board(
        np.array([*at, *[0j] * len(halves)], dtype=complex),
        np.array([*half, *halves], dtype=complex),
        np.array(gap, dtype=complex),
        np.arange(len(at) + len(halves)) < len(at),
        cause,
        effect,
        np.full(len(cause), 0.2),
        ends.mean(axis=1) if len(ends) else np.empty(0, dtype=complex),
        np.abs(across.real) / 2 + thick + 1j * (np.abs(across.imag) / 2 + thick),
        bowed(ends[:, 0], ends[:, 1], np.zeros(len(ends))),
        len(stocks),
        len(pipes),
        low,
        high,
        bowed(nowhere, nowhere + 1, np.full(len(cause), 0.2)),
        np.zeros((len(cause), SAMPLES), dtype=complex),
    )


def _page(at: Points, halves: Sequence[complex]) -> tuple[complex, complex]:
    """Return the corners of the page round stocks and pipes, with room for all the names."""
    low, high = extent([*at.tolist()]) if len(at) else (0j, 0j)
    low, high = low - (60 + 90j), high + (60 + 90j)
    size = high - low
    words = sum(4 * half.real * half.imag for half in halves)
    more = max(np.sqrt(_WORDS_SHARE * words / (size.real * size.imag)) - 1, 0.0) / 2 * size
    return low - more, high + more


def _is_leaf(board: Board, node: int) -> bool:
    mine = (board.cause == node) | (board.effect == node)
    return len({*board.cause[mine].tolist(), *board.effect[mine].tolist()}) <= 2


def _set_down(board: Board, free: Sequence[int]) -> None:
    """Give every factor a first place."""
    waiting = list(free)
    while waiting:
        ties = [len(board.links_of(node)) for node in waiting]
        node = waiting.pop(int(np.argmax(ties)))
        links = board.links_of(node)
        places = _round_about(board, node, links)
        cost = word_costs(board, node, places) + _pull(board, node, links, places)
        places = places[np.argsort(cost.round(6), kind="stable")[:_SHORTLIST]]
        _settle(board, node, links, places, np.zeros(len(places)), _BULGES)


def _round_about(
    board: Board, node: int, links: Indices, reaches: Sequence[float] = _RINGS
) -> Points:
    """Return places round the neighbours of a node, and in their midst."""
    others = board.neighbours(node, links)
    turn = np.exp(2j * np.pi * np.arange(_DIRECTIONS) / _DIRECTIONS)
    turn = 1.25 * turn.real + 1j * turn.imag
    middles = list(dict.fromkeys([*others[:6], *others[-1:]]))
    # A node that is tied only to nodes without a place yet begins a picture of its own.
    centres = [*board.at[middles], board.at[others].mean()] if len(others) else [_below(board)]
    rings = [centre + reach * turn for centre in centres for reach in reaches]
    return np.concatenate([*rings, np.array(centres[-1:])])


def _below(board: Board) -> complex:
    bottom = board.at[board.there].imag.max() + 80 if board.there.any() else 0.0
    return complex((board.low.real + board.high.real) / 2, bottom)


def _set_apart(board: Board, nodes: Sequence[int]) -> None:
    """Set nodes without links in rows below everything else."""
    if not nodes:
        return
    there = board.there
    edges = [board.at[there] - board.half[there], board.at[there] + board.half[there]]
    points = np.concatenate([*edges, board.points.ravel()])
    left, right, y = (
        (points.real.min(), max(points.real.max(), points.real.min() + 400), points.imag.max() + 30)
        if len(points)
        else (0.0, 600.0, 0.0)
    )
    x, row = left, 0.0
    for node in nodes:
        half = board.half[node]
        if x > left and x + 2 * half.real > right:
            x, y, row = left, y + row + 12, 0.0
        board.at[node], board.there[node] = complex(x + half.real, y + half.imag), True
        x, row = x + 2 * half.real + 26, max(row, 2 * half.imag)


def _pull(board: Board, node: int, links: Indices, places: Points) -> Reals:
    others = board.neighbours(node, links)
    if not len(others):
        return np.zeros(len(places))
    far = np.abs(places[:, None] - board.at[others])
    return np.asarray(0.015 * np.maximum(far - 90, 0).sum(axis=1))


def _move(board: Board, node: int, reach: float, heat: float, random: Random) -> None:
    """Move a node a little, or to another side of a neighbour, where the picture is better."""
    links = board.links_of(node)
    places = np.concatenate([board.at[node : node + 1], _nearby(board, node, links, reach, random)])
    words = word_costs(board, node, places) + _pull(board, node, links, places)
    # A place upon something else is not worth a look at its links.
    keep = np.argsort(words[1:].round(6), kind="stable")[: _SHORTLIST // 2] + 1
    keep = np.concatenate([[0], keep[words[keep] < words[0] + 25]])
    luck = np.array([-np.log(-np.log(random.uniform(1e-12, 1 - 1e-12))) for _ in keep])
    _settle(board, node, links, places[keep], heat * luck, _BULGES)


def _nearby(board: Board, node: int, links: Indices, reach: float, random: Random) -> Points:
    turn = np.exp(2j * np.pi * (np.arange(10) + random.random()) / 10)
    near = board.at[node] + reach * (1.3 * turn.real + 1j * turn.imag)
    if reach < 30 or not len(links):
        return np.asarray(near)
    others = board.neighbours(node, links)
    centre = board.at[random.choice(others.tolist())]
    turn = np.exp(2j * np.pi * (np.arange(12) + random.random()) / 12)
    aside = np.array([random.uniform(56, 150) for _ in turn])
    return np.concatenate([near, centre + aside * (1.25 * turn.real + 1j * turn.imag)])


def _settle(
    board: Board,
    node: int,
    links: Indices,
    places: Points,
    luck: Reals,
    bulges: Reals,
    samples: int = SAMPLES,
) -> None:
    """Put a node at the best of some places, and give its links the bows that are best there."""
    cost = word_costs(board, node, places) - luck
    if not len(links):
        board.put(node, complex(places[int(np.argmin(cost.round(6)))]), links, np.empty(0))
        return
    found = link_costs(board, links, node, places, bulges, samples)
    best = int(np.argmin((cost + found.min(axis=-1).sum(axis=-1)).round(6)))
    bows = bulges[np.argmin(found[best].round(6), axis=-1)]
    board.put(node, complex(places[best]), links, bows)


def _bow_all(board: Board, links: Indices) -> None:
    """Give each link in turn the bow with which the picture is best."""
    for link in links:
        one = np.array([link])
        found = link_costs(board, one, -1, np.zeros(1, dtype=complex), _ALL_BULGES, _FINE)[0, 0]
        board.bow(one, _ALL_BULGES[[int(np.argmin(found.round(6)))]])


def _flip_names(board: Board, bones: Skeleton) -> None:
    """Give names of flows the other side where links then run clear that did not."""
    first, count = len(bones.stocks), len(bones.pipes)
    bad = running_through(board)
    ends = {*board.cause[bad].tolist(), *board.effect[bad].tolist()}
    for valve, pipe in enumerate(bones.pipes, first):
        if valve not in ends:
            continue
        name, links, before = valve + count, board.links_of(valve), len(running_through(board))
        place, bows = board.at[name], board.bulge[links]
        board.at[name] = 2 * pipe.valve - place
        _bow_all(board, links)
        if covers(board, name) or len(running_through(board)) >= before:
            board.at[name] = place
            board.bow(links, bows)


def _rescue(board: Board, free: Sequence[int]) -> None:
    """Give another place to the ends of links that run through something whichever way they bow."""
    bad = running_through(board)
    ends = {*board.cause[bad].tolist(), *board.effect[bad].tolist()}
    for node in free:
        if node in ends:
            _search(board, node, _NEAR_RINGS, 3 * _SHORTLIST)


def _unstack(board: Board, free: Sequence[int]) -> None:
    """Give another place to names that still cover something."""
    for node in free:
        if covers(board, node):
            _search(board, node, _FAR_RINGS, _SHORTLIST)


def _search(board: Board, node: int, rings: Sequence[float], shortlist: int) -> None:
    links = board.links_of(node)
    places = _round_about(board, node, links, rings)
    places = np.concatenate([board.at[node : node + 1], places])
    words = word_costs(board, node, places) + _pull(board, node, links, places)
    keep = np.argsort(words[1:].round(6), kind="stable")[:shortlist] + 1
    keep = np.concatenate([[0], keep])
    _settle(board, node, links, places[keep], np.zeros(len(keep)), _BULGES, 2 * SAMPLES)
    _bow_all(board, links)


def _turn_names(board: Board, bones: Skeleton) -> None:
    """Move each flow's name to the other side of its valve where it stands better there."""
    first = len(bones.stocks) + len(bones.pipes)
    for name, pipe in enumerate(bones.pipes, first):
        choices = np.array([renamed(pipe, side).name_at for side in (0, 1)])
        cost = word_costs(board, name, choices) + np.array([0.0, 1.5])
        best = choices[int(np.argmin(cost.round(6)))]
        if best != board.at[name]:
            board.at[name] = best
            _bow_all(board, board.links_of(name - len(bones.pipes)))
