"""Which stocks stand beside which: chains of stocks in rows, on a grid.

The longest chain of flows becomes the first row; every other stock takes the free cell from which
its flows reach their other ends most directly. Stocks that no flow joins stand on grids of their
own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

Cell = tuple[int, int]  # column, row; rows count downwards
Pair = tuple[int, int]  # the numbers of the stocks that a flow leaves and enters

_LONGEST_ROW = 6
_STEPS = 4000  # of the search for the longest chain; long enough for any map a person can read


def grids(count: int, pairs: Sequence[Pair]) -> list[dict[int, Cell]]:
    """Return the cells of stocks ``0 … count - 1``: one grid for each group that flows join.

    ``pairs`` are the flows from a stock to another; the largest group comes first.
    """
    between = [pair for pair in pairs if pair[0] != pair[1]]
    return [_grid(members, between) for members in _groups(count, between)]


def _groups(count: int, pairs: Sequence[Pair]) -> list[list[int]]:
    home = list(range(count))
    for a, b in pairs:
        home = [home[a] if place == home[b] else place for place in home]
    groups: dict[int, list[int]] = {}
    for stock, place in enumerate(home):
        groups.setdefault(place, []).append(stock)
    return sorted(groups.values(), key=lambda members: (-len(members), members[0]))


def _grid(members: Sequence[int], pairs: Sequence[Pair]) -> dict[int, Cell]:
    own = [pair for pair in pairs if pair[0] in set(members)]
    cells = _in_rows(_longest_chain(members, own))
    while len(cells) < len(members):
        stock = _next(members, own, cells)
        choices = list(_free_cells(cells))
        cells[stock] = min(choices, key=lambda cell: (_cost(stock, cell, own, cells), cell))
    return cells


def _longest_chain(members: Sequence[int], pairs: Sequence[Pair]) -> list[int]:
    """Return the longest way along flows that meets no stock twice, or a long one."""
    following: dict[int, list[int]] = {stock: [] for stock in members}
    for a, b in pairs:
        if b not in following[a]:
            following[a].append(b)
    entered = {b for _, b in pairs}
    best: list[int] = []
    steps = _STEPS
    for first in sorted(members, key=lambda stock: (stock in entered, members.index(stock))):
        pending = [[first]]
        while pending and steps:
            steps -= 1
            chain = pending.pop()
            if len(chain) > len(best):
                best = chain
            onward = (stock for stock in following[chain[-1]] if stock not in chain)
            pending.extend([*chain, stock] for stock in reversed(list(onward)))
    return best or [members[0]]


def _in_rows(chain: Sequence[int]) -> dict[int, Cell]:
    """Return a chain in one row, or a very long one to and fro like a furrow."""
    rows = -(-len(chain) // _LONGEST_ROW)
    wide = -(-len(chain) // rows)
    cells: dict[int, Cell] = {}
    for i, stock in enumerate(chain):
        row, step = divmod(i, wide)
        cells[stock] = (step if row % 2 == 0 else wide - 1 - step, row)
    return cells


def _next(members: Sequence[int], pairs: Sequence[Pair], cells: dict[int, Cell]) -> int:
    """Return the stock, of those without a place, with most flows to stocks that have one."""
    waiting = [stock for stock in members if stock not in cells]
    joined = {
        stock: sum((a == stock and b in cells) or (b == stock and a in cells) for a, b in pairs)
        for stock in waiting
    }
    return max(waiting, key=lambda stock: joined[stock])


def _free_cells(cells: dict[int, Cell]) -> Iterator[Cell]:
    taken = set(cells.values())
    columns, rows = zip(*taken, strict=True)
    for row in range(min(rows) - 1, max(rows) + 2):
        for column in range(min(columns) - 1, max(columns) + 2):
            if (column, row) not in taken:
                yield column, row


def _cost(stock: int, cell: Cell, pairs: Sequence[Pair], cells: dict[int, Cell]) -> float:
    """Return how roundabout the flows of a stock would be from a cell."""
    taken = set(cells.values())
    cost = 0.0
    for a, b in pairs:
        if a == stock and b in cells:
            cost += _way(cell, cells[b], taken)
        elif b == stock and a in cells:
            cost += _way(cells[a], cell, taken)
        elif a in cells and b in cells:
            cost += 6.0 * (cell in _straight_between(cells[a], cells[b]))
    columns, rows = zip(*taken, cell, strict=True)
    wide, high = max(columns) - min(columns), max(rows) - min(rows)
    return float(cost + 0.3 * max(wide, 1.5 * high) + 0.02 * abs(cell[1]))


def _way(start: Cell, stop: Cell, taken: set[Cell]) -> float:
    right, down = stop[0] - start[0], stop[1] - start[1]
    blocked = any(cell in taken for cell in _straight_between(start, stop))
    if not blocked and down == 0:
        return abs(right) - 1 + 1.2 * (right < 0)
    if not blocked and right == 0:
        return 0.6 + abs(down) - 1 + 0.3 * (down < 0)
    corners = ((stop[0], start[1]), (start[0], stop[1]))
    bent = 4.0 if all(corner in taken for corner in corners) else 1.6
    return bent + 0.8 * (abs(right) + abs(down)) + 3.0 * blocked


def _straight_between(start: Cell, stop: Cell) -> list[Cell]:
    if start[1] == stop[1]:
        low, high = sorted((start[0], stop[0]))
        return [(column, start[1]) for column in range(low + 1, high)]
    if start[0] == stop[0]:
        low, high = sorted((start[1], stop[1]))
        return [(start[0], row) for row in range(low + 1, high)]
    return []
