"""Exact whole numbers about a matrix of signs: adjoint, coefficients, Hurwitz, counted terms.

Nothing here is rounded: a response that is zero because two paths cancel must not come out as
0.0000001. Python's integers have no largest value, so the only limit is time, and every search
asks ``stop()`` now and then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

Row = list[int]
Stop = Callable[[], bool]
_BETWEEN_LOOKS = 2048


def adjoint_and_coefficients(matrix: Sequence[Sequence[int]]) -> tuple[list[Row], Row]:
    """Return the adjoint of −A, and the coefficients of det(λI − A) from λⁿ down to 1.

    The last coefficient is the determinant of −A. The method is Faddeev's and Leverrier's:

    1. begin with M = I and c₀ = 1;
    2. for k = 1 … n: c_k = −trace(A·M)/k, which is a whole number;
    3. after the last c_k, M is the adjoint; before, M becomes A·M + c_k·I.
    """
    n = len(matrix)
    entries = [[(column, value) for column, value in enumerate(row) if value] for row in matrix]
    m = [[int(i == j) for j in range(n)] for i in range(n)]
    coefficients = [1]
    for k in range(1, n + 1):
        product = [_combined(row, m, n) for row in entries]
        coefficients.append(-sum(product[i][i] for i in range(n)) // k)
        if k < n:
            m = product
            for i in range(n):
                m[i][i] += coefficients[-1]
    return m, coefficients


def _combined(entries: Sequence[tuple[int, int]], rows: Sequence[Row], n: int) -> Row:
    """Return a sum of rows; the entries of a map are few, and mostly 1 or −1."""
    total = [0] * n
    for place, value in entries:
        total = [have + value * more for have, more in zip(total, rows[place], strict=True)]
    return total


def hurwitz_determinants(coefficients: Sequence[int]) -> list[int]:
    """Return the Hurwitz determinants 1 … n of a polynomial, highest coefficient first.

    Every root has a negative real part exactly when all of them are above 0 (and the first
    coefficient is).
    """
    n = len(coefficients) - 1
    whole = [
        [coefficients[k] if 0 <= (k := 2 * (j + 1) - (i + 1)) <= n else 0 for j in range(n)]
        for i in range(n)
    ]
    found = _leading_minors(whole)
    return found + [
        determinant([row[:size] for row in whole[:size]]) for size in range(len(found) + 1, n + 1)
    ]


def determinant(matrix: Sequence[Sequence[int]]) -> int:
    """Return a determinant by elimination without fractions (Bareiss)."""
    rows, sign, before = [list(row) for row in matrix], 1, 1
    for k in range(len(rows) - 1):
        pivot = next((i for i in range(k, len(rows)) if rows[i][k]), None)
        if pivot is None:
            return 0
        if pivot != k:
            rows[k], rows[pivot], sign = rows[pivot], rows[k], -sign
        before = _eliminate(rows, k, before)
    return sign * rows[-1][-1] if rows else 1


def _leading_minors(matrix: Sequence[Sequence[int]]) -> list[int]:
    """Return the determinants of the upper left squares, up to the first that is 0.

    Without a change of rows, these are the pivots of the elimination.
    """
    rows, before, found = [list(row) for row in matrix], 1, []
    for k in range(len(rows)):
        found.append(rows[k][k])
        if not rows[k][k]:
            break
        before = _eliminate(rows, k, before)
    return found


def _eliminate(rows: list[Row], k: int, before: int) -> int:
    """Clear a column below its pivot; the divisions leave no remainder. Return the pivot."""
    pivot = rows[k][k]
    for row in rows[k + 1 :]:
        first = row[k]
        for j in range(k + 1, len(rows)):
            row[j] = (row[j] * pivot - first * rows[k][j]) // before
    return pivot


class TermCount:
    """How many terms each entry of an adjoint, and the determinant, is the sum of.

    ``minors[i][j]`` belongs to the adjoint's entry i, j: the permanent of the matrix of ones and
    zeros without row j and column i. ``whole`` is the permanent of all of it. Both are ``None``
    when ``stop()`` said so before the count was done.

    A permanent has no short way: rows are taken one by one and, for each set of columns that the
    rows so far can fill, it is counted in how many ways. Rows come in an order that closes columns
    early, and a set that leaves two columns open for ever is dropped, as only one is left out of
    a minor. On a sparse map few sets remain; where everything acts on everything, their number
    doubles with each variable.
    """

    def __init__(self, matrix: Sequence[Sequence[bool]], stop: Stop) -> None:
        self._n = len(matrix)
        self._stop = stop
        self._looks = 0
        self._order = _order([sum(1 << j for j, on in enumerate(row) if on) for row in matrix])
        masks = [sum(1 << j for j, on in enumerate(matrix[i]) if on) for i in self._order]
        self.minors: list[Row] | None = None
        self.whole: int | None = None
        try:
            self._count(masks)
        except _OutOfTime:
            self.minors = self.whole = None

    def _count(self, masks: Sequence[int]) -> None:
        full = (1 << self._n) - 1
        before = self._fillings(masks)
        after = self._fillings(masks[::-1])[::-1]
        minors = [[0] * self._n for _ in range(self._n)]
        for position, row in enumerate(self._order):
            for filled, ways in before[position].items():
                self._look()
                open_ = full & ~filled
                for column in _bits(open_):
                    others = after[position + 1].get(open_ & ~(1 << column), 0)
                    if others:
                        minors[column][row] += ways * others
        self.minors, self.whole = minors, before[-1].get(full, 0)

    def _fillings(self, masks: Sequence[int]) -> list[dict[int, int]]:
        """Return, after each row, the sets of columns filled and in how many ways."""
        later = [0]
        for mask in reversed(masks):
            later.append(later[-1] | mask)
        levels: list[dict[int, int]] = [{0: 1}]
        full = (1 << self._n) - 1
        for row, mask in enumerate(masks):
            closed = full & ~later[self._n - row - 1]
            level: dict[int, int] = {}
            for filled, ways in levels[-1].items():
                self._look()
                for column in _bits(mask & ~filled):
                    new = filled | 1 << column
                    lost = closed & ~new
                    if not lost & (lost - 1):
                        level[new] = level.get(new, 0) + ways
            levels.append(level)
        return levels

    def _look(self) -> None:
        self._looks += 1
        if self._looks % _BETWEEN_LOOKS == 0 and self._stop():
            raise _OutOfTime


class _OutOfTime(Exception):  # noqa: N818 - it is no error: the count is given up
    pass


def _order(masks: Sequence[int]) -> list[int]:
    """Return an order of rows that keeps few columns open: begun, and met again later."""
    left, opened, order = set(range(len(masks))), 0, []
    coming = [sum(mask >> column & 1 for mask in masks) for column in range(len(masks))]

    def cost(row: int) -> tuple[int, int, int]:
        new = (masks[row] & ~opened).bit_count()
        closed = sum(coming[column] == 1 for column in _bits(masks[row]))
        return new - closed, new, row

    while left:
        row = min(left, key=cost)
        left.remove(row)
        order.append(row)
        opened |= masks[row]
        for column in _bits(masks[row]):
            coming[column] -= 1
    return order


def _bits(mask: int) -> list[int]:
    places = []
    while mask:
        lowest = mask & -mask
        places.append(lowest.bit_length() - 1)
        mask ^= lowest
    return places
