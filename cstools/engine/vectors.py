"""The words of functions whose result is an array, one element at a time.

Arrays are flattened before they run, so each word takes the position of the element that is
wanted, and then all the numbers that it depends on. The same steps stand in Python and in
JavaScript; many runs at once are taken one by one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from cstools.on_demand import numpy as np

_HALVINGS = 2000  # more than any float64 interval has; the search ends by itself
_CLOSE = 1e-12  # of a request: what is left below it is rounding


def order_at(position: float, direction: float, *values: float) -> float:
    """Return which value, counted from 0, stands at a position, from 1, when all are sorted."""
    return float(_sorted(direction, values)[_place(position, values)])


def rank_at(position: float, direction: float, *values: float) -> float:
    """Return the rank, from 1, of the value at a position, from 1, among all."""
    return float(_sorted(direction, values).index(_place(position, values)) + 1)


def _place(position: float, values: Sequence[Any]) -> int:
    """Return a position, from 1, as a place in a list; where there is none it is an error."""
    if not 1 <= position < len(values) + 1:
        raise ValueError(f"there is no position {position} among {len(values)}")
    return int(position) - 1


def _sorted(direction: float, values: Sequence[float]) -> list[int]:
    places = sorted(range(len(values)), key=lambda place: values[place])
    return places if direction > 0 else places[::-1]


def vector_selected(action: float, missing: float, *numbers: float) -> float:
    """Return what the chosen of some values come to; ``missing`` where none is.

    ``numbers`` are as many weights as there are values, and then the values: those with a weight
    other than 0 are chosen. ``action`` is Vensim's number: 0 sum, 1 product, 2 least, 3 most and 4
    mean of weight times value; 5 product of value to the power of its weight; 6 to 10 as 0 to 4,
    without the weights. Another action gives NaN.
    """
    count = len(numbers) // 2
    pairs = [p for p in zip(numbers[:count], numbers[count:], strict=True) if p[0] != 0]
    if not pairs:
        return missing
    if action == 5:
        return math.prod(math.pow(value, weight) for weight, value in pairs)
    weighted = action < 5
    values = [weight * value if weighted else value for weight, value in pairs]
    match int(action) if weighted else int(action) - 6:
        case 0:
            return sum(values)
        case 1:
            return math.prod(values)
        case 2:
            return min(values)
        case 3:
            return max(values)
        case 4:
            return sum(values) / len(values)
    return math.nan


def inverse_at(row: float, column: float, *values: float) -> float:
    """Return one element of a matrix's inverse, the matrix row by row; NaN where it has none.

    Gauss and Jordan's elimination, with the largest pivot of each column.
    """
    size = math.isqrt(len(values))
    rows = [[*values[i * size : (i + 1) * size], float(i == column - 1)] for i in range(size)]
    for at in range(size):
        best = max(range(at, size), key=lambda i: abs(rows[i][at]))
        rows[at], rows[best] = rows[best], rows[at]
        pivot = rows[at][at]
        if not abs(pivot) > 0:
            return math.nan
        rows[at] = [value / pivot for value in rows[at]]
        for i in range(size):
            if i != at:
                share = rows[i][at]
                pairs = zip(rows[i], rows[at], strict=True)
                rows[i] = [value - share * pivoted for value, pivoted in pairs]
    return rows[_place(row, rows)][size]


def allocated_at(position: float, available: float, *numbers: float) -> float:
    """Return what one of several gets of what there is, each by its own curve of priority.

    ``numbers`` are as many requests as there are takers, then their kinds of curve (1 rectangle,
    2 triangle, 3 normal, 4 exponential), middles, and widths. A kind that is not known gives NaN.
    Of what there is all of it is given, at the one priority at which requests come to just that.
    """
    count = len(numbers) // 4
    takers: list[tuple[float, ...]] = list(
        zip(*(numbers[k * count : (k + 1) * count] for k in range(4)), strict=True)
    )
    mine = takers[_place(position, takers)]
    if any(kind not in _REACH or not width > 0 for _, kind, _, width in takers):
        return math.nan
    if not available > 0:
        return 0.0
    if available >= sum(taker[0] for taker in takers):
        return mine[0]
    low = min(middle - _REACH[kind] * width for _, kind, middle, width in takers)
    high = max(middle + _REACH[kind] * width for _, kind, middle, width in takers)
    for _ in range(_HALVINGS):
        between = low + (high - low) / 2
        if between in (low, high):
            break
        if sum(_wanted(between, *taker) for taker in takers) > available:
            low = between
        else:
            high = between
    most, least = (sum(_wanted(end, *taker) for taker in takers) for end in (low, high))
    share = (available - least) / (most - least) if most > least else 0.0
    own = _wanted(high, *mine)
    return own + share * (_wanted(low, *mine) - own)


# How many widths from its middle a curve has come to 0, or to its whole request.
_REACH: dict[float, float] = {1.0: 0.5, 2.0: 0.5, 3.0: 38.0, 4.0: 745.0}


def _wanted(at: float, request: float, kind: float, middle: float, width: float) -> float:
    """Return what is wanted of a request at a priority: all of it far below, nothing far above."""
    away = (at - middle) / width
    if kind >= 3:
        tail = _normal_tail(abs(away)) if kind == 3 else 0.5 * math.exp(-abs(away))
        return request * (1 - tail if away < 0 else tail)
    if abs(away) >= 0.5:
        return request if away < 0 else 0.0
    if kind == 1:
        return request * (0.5 - away)
    return request * (1 - 2 * (away + 0.5) ** 2 if away < 0 else 2 * (0.5 - away) ** 2)


def _normal_tail(away: float) -> float:
    """Return how much of a normal distribution lies beyond so many standard deviations.

    Vensim's numbers come from this approximation [AbramowitzStegun1964]_ (26.2.16), which is off
    by about 0.00001; with the exact curve the shares of a model would differ from Vensim's.
    """
    t = 1 / (1 + 0.33267 * away)
    height = math.exp(-away * away / 2) / math.sqrt(2 * math.pi)
    return height * t * (0.4361836 + t * (-0.1201676 + t * 0.9372980))


def prioritised_at(position: float, width: float, available: float, *numbers: float) -> float:
    """Return what one of several gets of what there is, by Vensim's ``ALLOCATE BY PRIORITY``.

    ``numbers`` are as many requests as there are takers, and then their priorities. The first
    taker gets alone until the next one's turn has come, which is the sooner the nearer their
    priorities, and at once where they are the same; those whose turn has come share in proportion
    to their requests.
    """
    count = len(numbers) // 2
    requests, priorities = numbers[:count], numbers[count:]
    order = sorted((i for i in range(count) if requests[i] > 0), key=lambda i: -priorities[i])
    given = [0.0] * count
    turns = 0  # how many have had their turn come
    left = available
    for _ in range(4 * count):
        while turns < len(order) and (
            turns == 0
            or given[order[turns - 1]] >= _head_start(order, turns, requests, priorities, width)
        ):
            turns += 1
        taking = [i for i in order[:turns] if given[i] < requests[i]]
        if not taking or not left > 0:
            break
        total = sum(requests[i] for i in taking)
        part = min(left / total, *((requests[i] - given[i]) / requests[i] for i in taking))
        last = order[turns - 1]
        if turns < len(order) and last in taking:
            ahead = _head_start(order, turns, requests, priorities, width) - given[last]
            part = min(part, ahead / requests[last])
        for i in taking:
            given[i] += part * requests[i]
            if requests[i] - given[i] <= _CLOSE * requests[i]:
                given[i] = requests[i]
        left -= part * total
    return given[_place(position, given)]


def _head_start(
    order: Sequence[int],
    turn: int,
    requests: Sequence[float],
    priorities: Sequence[float],
    width: float,
) -> float:
    """Return how much the taker before gets until a turn has come."""
    before, own = order[turn - 1], order[turn]
    apart = (priorities[before] - priorities[own]) / width if width > 0 else 1.0
    return min(apart, 1.0) * requests[before] * (1 - _CLOSE)


def _one_by_one(word: Callable[..., float]) -> Callable[..., Any]:
    """Return a word that takes arrays ``(runs,)`` and goes through the runs."""

    def one(*row: float) -> float:
        try:
            return word(*row)
        except (ArithmeticError, ValueError, IndexError):
            return math.nan  # as NumPy has it where Python raises: the run says so itself

    def over_runs(*arguments: Any) -> Any:
        sides = np.broadcast_arrays(*arguments)
        rows = zip(*(side.ravel().tolist() for side in sides), strict=True)
        return np.array([one(*row) for row in rows]).reshape(sides[0].shape)

    return over_runs


_ALL = (vector_selected, order_at, rank_at, inverse_at, allocated_at, prioritised_at)
WORDS = tuple(word.__name__ for word in _ALL)
PYTHON: dict[str, Any] = {word.__name__: word for word in _ALL}


def numpy_words() -> dict[str, Any]:
    """Return the words for many runs at once."""
    return {word.__name__: _one_by_one(word) for word in _ALL}


JAVASCRIPT = """\
function placesSorted(direction, values) {
    const places = values.map((_, place) => place).sort((a, b) => values[a] - values[b]);
    return direction > 0 ? places : places.reverse();
}
function order_at(position, direction, ...values) {
    return placesSorted(direction, values)[position - 1];
}
function rank_at(position, direction, ...values) {
    return placesSorted(direction, values).indexOf(position - 1) + 1;
}
function vector_selected(action, missing, ...numbers) {
    const count = numbers.length / 2;
    const pairs = numbers.slice(0, count).map((weight, i) => [weight, numbers[count + i]])
        .filter(([weight]) => weight !== 0);
    if (!pairs.length) return missing;
    const product = (values) => values.reduce((made, value) => made * value, 1);
    if (action === 5) return product(pairs.map(([weight, value]) => Math.pow(value, weight)));
    const values = pairs.map(([weight, value]) => action < 5 ? weight * value : value);
    const sum = values.reduce((made, value) => made + value, 0);
    switch (Math.trunc(action) - (action < 5 ? 0 : 6)) {
        case 0: return sum;
        case 1: return product(values);
        case 2: return Math.min(...values);
        case 3: return Math.max(...values);
        case 4: return sum / values.length;
        default: return NaN;
    }
}
function inverse_at(row, column, ...values) {
    const size = Math.round(Math.sqrt(values.length));
    const rows = Array.from({ length: size }, (_, i) =>
        [...values.slice(i * size, (i + 1) * size), i === column - 1 ? 1 : 0]);
    for (let at = 0; at < size; at++) {
        let best = at;
        for (let i = at + 1; i < size; i++) {
            if (Math.abs(rows[i][at]) > Math.abs(rows[best][at])) best = i;
        }
        [rows[at], rows[best]] = [rows[best], rows[at]];
        const pivot = rows[at][at];
        if (!(Math.abs(pivot) > 0)) return NaN;
        rows[at] = rows[at].map((value) => value / pivot);
        for (let i = 0; i < size; i++) {
            if (i === at) continue;
            const share = rows[i][at];
            rows[i] = rows[i].map((value, k) => value - share * rows[at][k]);
        }
    }
    return rows[row - 1][size];
}
function normalTail(away) {
    const t = 1 / (1 + 0.33267 * away);
    const height = Math.exp(-away * away / 2) / Math.sqrt(2 * Math.PI);
    return height * t * (0.4361836 + t * (-0.1201676 + t * 0.9372980));
}
const reach = { 1: 0.5, 2: 0.5, 3: 38, 4: 745 };
function wanted(at, [request, kind, middle, width]) {
    const away = (at - middle) / width;
    if (kind >= 3) {
        const tail = kind === 3 ? normalTail(Math.abs(away)) : 0.5 * Math.exp(-Math.abs(away));
        return request * (away < 0 ? 1 - tail : tail);
    }
    if (Math.abs(away) >= 0.5) return away < 0 ? request : 0;
    if (kind === 1) return request * (0.5 - away);
    return request * (away < 0 ? 1 - 2 * (away + 0.5) ** 2 : 2 * (0.5 - away) ** 2);
}
function allocated_at(position, available, ...numbers) {
    const count = numbers.length / 4;
    const takers = Array.from({ length: count }, (_, i) =>
        [0, 1, 2, 3].map((k) => numbers[k * count + i]));
    const mine = takers[position - 1];
    if (takers.some(([, kind, , width]) => !(kind in reach) || !(width > 0))) return NaN;
    if (!(available > 0)) return 0;
    const sum = (values) => values.reduce((a, b) => a + b, 0);
    const all = (at) => sum(takers.map((taker) => wanted(at, taker)));
    if (available >= sum(takers.map((taker) => taker[0]))) return mine[0];
    let low = Math.min(...takers.map((t) => t[2] - reach[t[1]] * t[3]));
    let high = Math.max(...takers.map((t) => t[2] + reach[t[1]] * t[3]));
    for (let step = 0; step < 2000; step++) {
        const between = low + (high - low) / 2;
        if (between === low || between === high) break;
        if (all(between) > available) low = between; else high = between;
    }
    const most = all(low), least = all(high);
    const share = most > least ? (available - least) / (most - least) : 0;
    const own = wanted(high, mine);
    return own + share * (wanted(low, mine) - own);
}
function prioritised_at(position, width, available, ...numbers) {
    const count = numbers.length / 2, close = 1e-12;
    const requests = numbers.slice(0, count), priorities = numbers.slice(count);
    const order = requests.map((_, i) => i).filter((i) => requests[i] > 0)
        .sort((a, b) => priorities[b] - priorities[a]);
    const headStart = (turn) => {
        const before = order[turn - 1];
        const apart = width > 0 ? (priorities[before] - priorities[order[turn]]) / width : 1;
        return Math.min(apart, 1) * requests[before] * (1 - close);
    };
    const given = requests.map(() => 0);
    let turns = 0, left = available;
    for (let event = 0; event < 4 * count; event++) {
        while (turns < order.length
            && (turns === 0 || given[order[turns - 1]] >= headStart(turns))) turns += 1;
        const taking = order.slice(0, turns).filter((i) => given[i] < requests[i]);
        if (!taking.length || !(left > 0)) break;
        const sum = taking.reduce((made, i) => made + requests[i], 0);
        let part = Math.min(
            left / sum, ...taking.map((i) => (requests[i] - given[i]) / requests[i]));
        const last = order[turns - 1];
        if (turns < order.length && taking.includes(last)) {
            part = Math.min(part, (headStart(turns) - given[last]) / requests[last]);
        }
        for (const i of taking) {
            given[i] += part * requests[i];
            if (requests[i] - given[i] <= close * requests[i]) given[i] = requests[i];
        }
        left -= part * sum;
    }
    return given[position - 1];
}
"""
