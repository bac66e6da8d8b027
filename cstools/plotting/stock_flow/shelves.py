"""Groups of stocks set side by side in shelves, near those that they have much to do with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, permutations

from cstools.plotting.stock_flow.grid import Cell
from cstools.plotting.stock_flow.parts import Structure

_SHAPE = 1.5  # width over height of a good page
_MOST_TO_TRY_ALL = 5
_ROUNDS = 6

Block = tuple[complex, complex]  # the upper left and the lower right corner
Ties = Mapping[tuple[int, int], float]


def ties_of(
    groups: Sequence[dict[int, Cell]], structure: Structure
) -> dict[tuple[int, int], float]:
    """Return how strongly each two groups are tied by links, directly or through a factor."""
    home = {structure.stocks[i].key: g for g, cells in enumerate(groups) for i in cells}
    for flow in structure.flows:
        end = flow.out_of if flow.out_of is not None else flow.into
        home[flow.key] = home.get(end or "", 0)
    near: dict[str, set[int]] = {factor.key: set() for factor in structure.factors}
    ties: dict[tuple[int, int], float] = {}
    for cause, effect, *_ in structure.influences:
        ends = [home.get(cause), home.get(effect)]
        if ends[0] is not None and ends[1] is not None:
            near[f"{cause} > {effect}"] = {ends[0], ends[1]}
        elif cause in near and ends[1] is not None:
            near[cause].add(ends[1])
        elif effect in near and ends[0] is not None:
            near[effect].add(ends[0])
    for met in near.values():
        for a in met:
            for b in met:
                if a < b:
                    ties[a, b] = ties.get((a, b), 0.0) + 1.0
    return ties


def shelved(
    blocks: Sequence[Block], fixed: Sequence[bool], ties: Ties, gap: float
) -> list[complex]:
    """Return the shift of each block that sets the blocks in shelves.

    Blocks that are ``fixed`` stay where they are, and the others go below them. ``ties`` says how
    strongly blocks pull at each other, by their numbers, the lower first.
    """
    shifts = [0j] * len(blocks)
    loose = [i for i in range(len(blocks)) if not fixed[i]]
    if not loose:
        return shifts
    below = [high for (_, high), stays in zip(blocks, fixed, strict=True) if stays]
    left = [low for (low, _), stays in zip(blocks, fixed, strict=True) if stays]
    corner = complex(
        min((low.real for low in left), default=0.0),
        max((high.imag + gap for high in below), default=0.0),
    )
    sizes = {i: blocks[i][1] - blocks[i][0] for i in loose}
    order, wide = _best(loose, sizes, ties, gap)
    for i, place in _packed(order, sizes, wide, gap).items():
        shifts[i] = corner + place - blocks[i][0]
    return shifts


def _best(
    loose: Sequence[int], sizes: Mapping[int, complex], ties: Ties, gap: float
) -> tuple[list[int], float]:
    """Return the order of the blocks and the width of the page that are best."""
    widest = max(size.real for size in sizes.values())
    widths = sorted({round(widest * share, 3) for share in (1, 1.5, 2.1, 3.2, 4.3)})
    if len(loose) <= _MOST_TO_TRY_ALL:
        choices = [(list(p), w) for p in permutations(loose) for w in widths]
        return min(choices, key=lambda c: _cost(c[0], sizes, ties, gap, c[1]))
    order = list(loose)
    cost, wide = min((_cost(order, sizes, ties, gap, w), w) for w in widths)
    for _ in range(_ROUNDS if len(loose) < 40 else 0):
        before = cost
        for a, b in combinations(range(len(order)), 2):
            swapped = list(order)
            swapped[a], swapped[b] = swapped[b], swapped[a]
            found = _cost(swapped, sizes, ties, gap, wide)
            if found < cost:
                order, cost = swapped, found
        if cost == before:
            break
    return order, wide


def _cost(
    order: Sequence[int], sizes: Mapping[int, complex], ties: Ties, gap: float, wide: float
) -> float:
    places = _packed(order, sizes, wide, gap)
    middles = {i: places[i] + sizes[i] / 2 for i in order}
    far = sum(
        tie * (abs((middles[a] - middles[b]).real) + abs((middles[a] - middles[b]).imag))
        for (a, b), tie in ties.items()
        if a in middles and b in middles
    )
    right = max(places[i].real + sizes[i].real for i in order)
    bottom = max(places[i].imag + sizes[i].imag for i in order)
    shape = max(right / bottom / _SHAPE, _SHAPE * bottom / right)
    return round(far / (1 + sum(ties.values())) + 0.25 * (right + bottom) + 60 * shape, 6)


def _packed(
    order: Sequence[int], sizes: Mapping[int, complex], wide: float, gap: float
) -> dict[int, complex]:
    """Return the upper left corners of blocks set in rows, each row centred on the page."""
    rows: list[list[int]] = [[]]
    reach = 0.0
    for i in order:
        if rows[-1] and reach + sizes[i].real > wide + 1:
            rows.append([])
            reach = 0.0
        rows[-1].append(i)
        reach += sizes[i].real + gap
    places: dict[int, complex] = {}
    y = 0.0
    for row in rows:
        x = (wide - sum(sizes[i].real for i in row) - gap * (len(row) - 1)) / 2
        high = max(sizes[i].imag for i in row)
        for i in row:
            places[i] = complex(x, y + (high - sizes[i].imag) / 2)
            x += sizes[i].real + gap
        y += high + gap
    return places
