"""How far away a place on a page may be."""

from __future__ import annotations

from cstools.errors import ModelError, brief

FARTHEST = 1e6


def check_place(name: str, x: float, y: float) -> None:
    """Raise a lesson when something is pinned farther away than any page reaches.

    Raises
    ------
    ModelError
        Beyond a million pixels, or where one of the two is no number.
    """
    if not max(abs(x), abs(y)) <= FARTHEST or x != x or y != y:
        raise ModelError(
            f"'{brief(name)}' is pinned at {x:g}, {y:g}, which no page holds; a place is at most "
            f"{FARTHEST:,.0f} pixels from 0, 0"
        )
