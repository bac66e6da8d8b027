"""Where sites and people of the buddy network are drawn: two columns, west at the top.

1. Each site goes to one of two columns, so that as few groups as possible stay within a column
and both are about as long. 2. In a column the sites stand from west to east. 3. In a site, people
stand in the order of their buddies' heights, so that few lines cross.

The same network gives the same places.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from cstools.cohorts.buddies.network import Network

_SWEEPS = 4
_LINK_WEIGHS = 2  # rows of one column more than the other that a line across is worth


@dataclass(frozen=True)
class Heights:
    """The heights of what is drawn: a site's head, a person's row, the gap before a site."""

    head: Callable[[int], float]
    row: float
    gap: float


@dataclass(frozen=True)
class Places:
    """The column of each site, 0 or 1; the height of each site's head and of each person."""

    column: tuple[int, ...]
    heads: Mapping[int, float]
    people: Mapping[str, float]
    bottom: float


def placed(found: Network, heights: Heights, top: float) -> Places:
    """Return the places of everything, for heights of heads and rows."""
    column = columns(found, heights)
    orders = [list(site.people) for site in found.sites]
    places = _stacked(orders, column, heights, top)
    partners = _partners(found)
    for _ in range(_SWEEPS):
        orders = [_by_partners(order, partners, places.people) for order in orders]
        places = _stacked(orders, column, heights, top)
    return places


def columns(found: Network, heights: Heights) -> tuple[int, ...]:
    """Return the column of each site: moved one by one and two by two while that helps."""
    long = [
        round((heights.head(k) + heights.gap) / heights.row) + len(site.people)
        for k, site in enumerate(found.sites)
    ]
    weights: dict[int, dict[int, int]] = {k: {} for k in range(len(long))}
    for (one, other), count in found.links().items():
        weights[one][other] = weights[other][one] = count
    column = [k % 2 for k in range(len(long))]
    while best := _best_move(column, weights, long):
        for k in best:
            column[k] = 1 - column[k]
    return tuple(column)


def _best_move(
    column: Sequence[int], weights: Mapping[int, Mapping[int, int]], long: Sequence[int]
) -> tuple[int, ...]:
    """Return the one or two sites whose change of column helps most; none where nothing helps."""
    tilt = sum(rows if side else -rows for side, rows in zip(column, long, strict=True))
    within = [_within(k, column, weights[k]) for k in range(len(column))]
    best: tuple[int, tuple[int, ...]] = (0, ())
    for one in range(len(column)):
        for other in range(one, len(column)):
            if one != other and column[one] == column[other]:
                continue
            moved = (one,) if one == other else (one, other)
            turned = sum(long[k] if column[k] else -long[k] for k in moved)
            cost = sum(within[k] for k in moved)
            cost -= 2 * weights[one].get(other, 0) if one != other else 0
            change = _LINK_WEIGHS * cost + abs(tilt - 2 * turned) - abs(tilt)
            best = min(best, (change, moved))
    return best[1]


def _within(site: int, column: Sequence[int], weights: Mapping[int, int]) -> int:
    """Return how many groups more would stay within a column if this site changed its own."""
    return sum(
        -count if column[other] == column[site] else count for other, count in weights.items()
    )


def _partners(found: Network) -> dict[str, list[str]]:
    return {
        code: [other for other in tie.people if other != code]
        for tie in found.ties
        for code in tie.people
    }


def _by_partners(
    order: list[str], partners: Mapping[str, list[str]], height: Mapping[str, float]
) -> list[str]:
    """Return people in the order of their buddies' mean height; who is alone comes last."""

    def where(code: str) -> tuple[bool, float, str]:
        own = partners.get(code, [])
        mean = sum(height[other] for other in own) / len(own) if own else 0.0
        return (not own, round(mean, 3), code)

    return sorted(order, key=where)


def _stacked(
    orders: Sequence[Sequence[str]], column: Sequence[int], heights: Heights, top: float
) -> Places:
    """Return the places of sites and people, one under the other in each column."""
    at = [top, top]
    heads: dict[int, float] = {}
    people: dict[str, float] = {}
    for place, order in enumerate(orders):
        side = column[place]
        heads[place] = at[side]
        at[side] += heights.head(place)
        for code in order:
            people[code] = at[side] + heights.row / 2
            at[side] += heights.row
        at[side] += heights.gap
    shift = [(max(at) - end) / 2 for end in at]
    return Places(
        tuple(column),
        {place: y + shift[column[place]] for place, y in heads.items()},
        {
            code: people[code] + shift[column[place]]
            for place, order in enumerate(orders)
            for code in order
        },
        max(at) - heights.gap,
    )
