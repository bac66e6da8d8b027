"""Whether a map, with every link equally strong, comes back to its balance after a push."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from cstools.causal_loops.motion.integers import hurwitz_determinants

_MOST_EXACT = 60  # variables; the time grows with their fifth power and more: 0.2 s here


@dataclass(frozen=True)
class Stability:
    """The characteristic polynomial of a map whose links all have the strength 1 [Levins1974]_.

    Attributes
    ----------
    coefficients : tuple of int
        Of det(λI − A), from the highest power down; the first is 1. Coefficient k is the feedback
        at level k with its sign turned: all loops of k variables, and all products of separate
        loops that have k variables together.

    Notes
    -----
    It speaks of one set of strengths, all equal. The same map can be stable with some strengths
    and not with others; :meth:`Press.simulate` tries many.
    """

    coefficients: tuple[int, ...]

    @cached_property
    def hurwitz(self) -> tuple[int, ...]:
        """The Hurwitz determinants; the balance is stable when all of them are above 0."""
        return tuple(hurwitz_determinants(self.coefficients))

    @cached_property
    def stable(self) -> bool:
        """Whether every push dies away."""
        return all(c > 0 for c in self.coefficients) and all(d > 0 for d in self.hurwitz)

    @property
    def weak_level(self) -> int:
        """The lowest level at which feedback does not pull back; 0 where there is none."""
        return next((k for k, c in enumerate(self.coefficients) if c <= 0), 0)

    def told(self) -> str:
        """Return the result in a sentence; of a large map, only what its loops show at a glance."""
        if len(self.coefficients) - 1 > _MOST_EXACT and not self.weak_level:
            return (
                f"Of a map with more than {_MOST_EXACT} variables it is not worked out whether, "
                "with all links equally strong, it returns to its balance after a push."
            )
        if self.stable:
            return "With all links equally strong, the map returns to its balance after a push."
        beginning = "With all links equally strong, the map does not return to its balance"
        level = self.weak_level
        if not level:
            return f"{beginning}: its swings do not die down."
        runs_away = "nothing pulls it back" if not self.coefficients[level] else "it runs away"
        return f"{beginning}: {runs_away} (the feedback of {_loops_of(level)})."

    def __repr__(self) -> str:
        return self.told()


def characteristic(coefficients: Sequence[int]) -> Stability:
    """Return the stability that belongs to the coefficients of det(λI − A)."""
    return Stability(tuple(coefficients))


def _loops_of(level: int) -> str:
    if level == 1:
        return "the variables on themselves is not negative"
    return f"{level} variables is not negative"
