"""The pieces of a map that feed back only within themselves, and what each does to an answer.

A map falls into pieces: within one, everything acts on everything in the end; between them, the
way is one way only. The determinant is the product of those of the pieces, and so is every entry
of the adjoint, but for the pieces on the way from the pressed variable to the one that responds.
Where a balance holds, every piece's own determinant is above 0, so a piece that is not on the way
cannot change the answer, however little is known of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cstools.causal_loops.motion.integers import (
    Row,
    Stop,
    TermCount,
    adjoint_and_coefficients,
)
from cstools.on_demand import numpy as np


@dataclass(frozen=True, eq=False)
class Reckoned:
    """The adjoint of −A for a map or a part of it, and how many ways are behind each number.

    ``ways`` counts the terms of each entry, ``certain`` those without a link of unknown sign;
    ``whole_ways`` and ``whole_certain`` belong to the determinant, the last of ``coefficients``.
    All four are ``None`` when the time ran out.
    """

    adjoint: list[Row]
    coefficients: Row
    ways: list[Row] | None
    certain: list[Row] | None
    whole_ways: int | None
    whole_certain: int | None

    @property
    def determinant(self) -> int:
        """The determinant of −A, over the terms whose sign is known."""
        return self.coefficients[-1]

    @property
    def obstacle(self) -> str:
        """Why there is no balance to shift, or an empty string."""
        if self.whole_ways is None or self.whole_certain is None:
            return ""
        if not self.whole_ways:
            return "no balance"
        negative = self.whole_certain == self.whole_ways == -self.determinant
        return "never holds" if negative else ""

    def weight(self, i: int, j: int) -> float:
        """Return an entry's weight with its sign; the unknown ways all speak against it."""
        if self.ways is None or self.certain is None:
            return float("nan")
        net, ways = self.adjoint[i][j], self.ways[i][j]
        left = abs(net) - (ways - self.certain[i][j])
        return left / ways * (1 if net > 0 else -1) if left > 0 else 0.0

    def totals(self, reached: np.ndarray) -> np.ndarray:
        """Return the ways behind each entry; where nothing is reached there are none."""
        if self.ways is None:
            return np.where(reached, np.nan, 0.0)
        return np.array(self.ways, dtype=float)

    def weights(self) -> np.ndarray:
        """Return all weights, ``(variables, variables)``."""
        n = range(len(self.adjoint))
        return np.array([[self.weight(i, j) for j in n] for i in n])


def reckoned(known: np.ndarray, unknown: np.ndarray, stop: Stop) -> Reckoned:
    """Return what is exact about a matrix of signs, some of them unknown."""
    adjoint, coefficients = adjoint_and_coefficients(known.tolist())
    links = known.astype(bool)
    counts = TermCount((links | unknown).tolist(), stop)
    certain = TermCount(links.tolist(), stop) if unknown.any() else counts
    done = counts.minors is not None and certain.minors is not None
    return Reckoned(
        adjoint,
        coefficients,
        counts.minors if done else None,
        certain.minors if done else None,
        counts.whole if done else None,
        certain.whole if done else None,
    )


def reach(links: np.ndarray) -> np.ndarray:
    """Return from which column each row is reached, over any number of links or none."""
    reached = links | np.eye(len(links), dtype=bool)
    for k in range(len(links)):
        reached |= reached[:, k, None] & reached[None, k, :]
    return reached


def pieces(reached: np.ndarray) -> Iterator[np.ndarray]:
    """Yield the rows of each piece, in the order of its first."""
    together = reached & reached.T
    for i, row in enumerate(together):
        if row.argmax() == i:
            yield np.flatnonzero(row)


def cleared(
    known: np.ndarray, unknown: np.ndarray, whole: Reckoned, stop: Stop
) -> tuple[np.ndarray, str]:
    """Return the weights without what is not on the way, and the obstacle.

    Only entries that are not sure are reckoned again, and only those that a doubtful piece is
    beside; each part of the map once. When the time is over, the rest stay as they are.
    """
    reached = reach(known.astype(bool) | unknown)
    parts = list(pieces(reached))
    weights = whole.weights()
    if len(parts) == 1:
        return weights, whole.obstacle
    found = [reckoned(known[np.ix_(p, p)], unknown[np.ix_(p, p)], stop) for p in parts]
    obstacle = next(filter(None, (piece.obstacle for piece in found)), "")
    doubtful = [p for p, piece in zip(parts, found, strict=True) if _doubtful(piece)]
    result = weights.copy()
    memory: dict[bytes, Reckoned] = {}
    for i, j in np.argwhere((np.abs(weights) < 1) & reached) if not obstacle else []:
        on_the_way = reached[:, j] & reached[i]
        if all(on_the_way[piece[0]] for piece in doubtful) or stop():
            continue
        kept = np.flatnonzero(on_the_way)
        part = memory.get(kept.tobytes())
        if part is None:
            grid = np.ix_(kept, kept)
            part = memory[kept.tobytes()] = reckoned(known[grid], unknown[grid], stop)
        again = part.weight(int(np.searchsorted(kept, i)), int(np.searchsorted(kept, j)))
        result[i, j] = weights[i, j] if np.isnan(again) else again
    return result, obstacle


def _doubtful(piece: Reckoned) -> bool:
    """Say whether the terms of a piece's determinant do not all have one sign."""
    return piece.whole_ways is None or not (
        piece.whole_certain == piece.whole_ways == abs(piece.determinant)
    )
