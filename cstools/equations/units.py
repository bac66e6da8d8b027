"""What quantities are measured in: ``people/day``, ``m^2``, or nothing at all.

Units are a small algebra: they multiply, divide and have powers, and two are the same or they are
not. They have no size: how many minutes an hour has is for the model to say, as a constant in
``minute/hour``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from cstools.names import label


@dataclass(frozen=True)
class Units:
    """A product of powers of units; of none, a plain number.

    Attributes
    ----------
    powers : tuple of (str, Fraction)
        The key of each unit and its power, in the order of the keys; no power is 0.
    """

    powers: tuple[tuple[str, Fraction], ...] = ()

    @staticmethod
    def of(powers: Iterable[tuple[str, Fraction | int]]) -> Units:
        """Return the product of some powers; one unit may come more than once."""
        total: dict[str, Fraction] = {}
        for name, power in powers:
            total[name] = total.get(name, Fraction(0)) + power
        return Units(tuple(sorted((name, power) for name, power in total.items() if power)))

    @property
    def plain(self) -> bool:
        """Whether this is a plain number: a share, a quotient of like things."""
        return not self.powers

    @property
    def names(self) -> tuple[str, ...]:
        """The keys of the units in it."""
        return tuple(name for name, _ in self.powers)

    def __mul__(self, other: Units) -> Units:
        if self.plain or other.plain:  # as most factors of most equations
            return self if other.plain else other
        return Units.of((*self.powers, *other.powers))

    def __truediv__(self, other: Units) -> Units:
        return self * other**-1 if self != other else PLAIN

    def __pow__(self, power: Fraction | int) -> Units:
        if power == 1 or not power:
            return self if power else PLAIN
        return Units(tuple((name, own * power) for name, own in self.powers))


PLAIN = Units()


def unit(name: str) -> Units:
    """Return one unit by its key."""
    return Units(((name, Fraction(1)),))


def written(
    units: Units, spelling: Mapping[str, tuple[str, str]] | None = None, last: str = ""
) -> str:
    """Return units as text: ``"people/km/day"``, ``"m^2"``; a plain number is ``"1"``.

    Parameters
    ----------
    spelling
        Key → how the unit is spelled above and below the line: ``("people", "person")``.
    last
        The key of the unit that comes last below the line; the time, by custom.
    """
    spelled = spelling or {}
    ordered = sorted(units.powers, key=lambda power: power[0] == last)
    above = [_power(spelled.get(n, (n, n))[0], power) for n, power in ordered if power > 0]
    below = [_power(spelled.get(n, (n, n))[1], -power) for n, power in ordered if power < 0]
    return "/".join(["*".join(above) or "1", *below])


def _power(name: str, power: Fraction) -> str:
    if power == 1:
        return label(name)
    return f"{label(name)}^{power}" if power.denominator == 1 else f"{label(name)}^({power})"
