"""The units of an equation, reckoned from the units of what stands in it.

Units that nobody said are unknowns, which equations settle as far as they can: where births are
``rate * population`` in ``people/year``, the rate is in ``1/year``. Two units agree when what is
unknown in them can be chosen so that they do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache

from cstools.equations.functions import FUNCTIONS
from cstools.equations.tree import Apply, Name, Number, Tree
from cstools.equations.unit_text import parse
from cstools.equations.units import PLAIN, Units, unit

_CLOCK = ("time", "dt", "starttime", "stoptime")
_HIGHEST = 99

# ``None`` stands for what fits anywhere: an equation of numbers alone.
Measured = Units | None


@dataclass(frozen=True)
class Clash:
    """Two things in an equation that do not fit together.

    Attributes
    ----------
    node : Apply
        The function or operator that wants them to fit.
    position : int
        Which of its arguments does not.
    found, wanted : Units
        What that argument is measured in, and what it would have to be.
    beside : int or None
        The argument that wants it so, where it is one.
    """

    node: Apply
    position: int
    found: Units
    wanted: Units
    beside: int | None = None


@dataclass(frozen=True)
class BareNumber:
    """A number without units that is added to something that has some."""

    node: Apply
    number: int
    other: Units


@dataclass
class Reckoner:
    """Reckons units, and remembers what the unknown ones have turned out to be.

    Attributes
    ----------
    units : mapping
        Key of a variable or lookup → its units; ``None`` fits anywhere.
    time : Units
        What the model's time is measured in.
    settled : dict
        Key of an unknown → what it has to be; it may name other unknowns.
    clashes, bare : list
        What does not fit, and the bare numbers, in the order in which they were met.
    """

    units: Mapping[str, Measured]
    time: Units
    settled: dict[str, Units] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)
    bare: list[BareNumber] = field(default_factory=list)
    fresh: int = 0

    # --- unknowns -------------------------------------------------------------------------------

    def resolved(self, units: Units) -> Units:
        """Return units with the unknowns that are settled put in."""
        while any(name in self.settled for name, _ in units.powers):
            known = Units(tuple(p for p in units.powers if p[0] not in self.settled))
            for name, power in units.powers:
                if name in self.settled:
                    known *= self.settled[name] ** power
            units = known
        return units

    def agree(self, one: Measured, other: Measured) -> bool:
        """Say whether two units can be the same, and settle an unknown so that they are."""
        if one is None or other is None or one == other:
            return True
        ratio = self.resolved(one / other)
        if ratio.plain:
            return True
        open_ones = [(name, power) for name, power in ratio.powers if is_unknown(name)]
        if not open_ones:
            return False
        name, power = open_ones[-1]
        self.settled[name] = (ratio / unit(name) ** power) ** (-1 / power)
        return True

    def anything(self) -> Units:
        """Return a new unknown that belongs to no variable."""
        self.fresh += 1
        return unknown(f" {self.fresh}")

    # --- equations ------------------------------------------------------------------------------

    def of(self, tree: Tree) -> Measured:
        """Return the units that an equation comes out in; ``None`` for numbers alone.

        What does not fit together is noted, and fits anything from there on.
        """
        if isinstance(tree, Name):
            return self.time if tree.key in _CLOCK else self.units.get(tree.key)
        if not isinstance(tree, Apply):
            return None
        given = [self.of(argument) for argument in tree.arguments]
        row = FUNCTIONS.get(tree.function)
        if row is None:  # a lookup, perhaps called in a mode of its own
            return self.units.get(tree.function.partition(" ")[0])
        if row.units == "power":
            return self._power(tree, *given)
        if row.units == "product":
            return self._product(given)
        return self._by_rule(tree, rule(row.units), given) if row.units else self.anything()

    def _by_rule(self, node: Apply, asked: Rule, given: list[Measured]) -> Measured:
        """Return the units of a function's result, its arguments held against its rule."""
        letters: dict[str, Units] = {"time": self.time}
        first: dict[str, int] = {}
        for position, found in enumerate(given):
            pattern = asked.takes[min(position, len(asked.takes) - 1)]
            if pattern is None or found is None:
                continue
            if (letter := single(pattern)) and letter not in letters:
                letters[letter], first[letter] = found, position
            elif all(name in letters for name, _ in pattern.powers):
                wanted = filled(pattern, letters)
                if not self.agree(found, wanted):
                    return self._clash(node, position, found, wanted, first.get(single(pattern)))
        if node.function in ("+", "-"):
            self._note_bare_numbers(node, given)
        return _result(asked.gives, letters)

    def _note_bare_numbers(self, node: Apply, given: list[Measured]) -> None:
        for position, found in enumerate(given):
            other = given[1 - position]
            if found is None and other is not None and not _is_zero(node.arguments[position]):
                self.bare.append(BareNumber(node, position, other))

    def _power(self, node: Apply, base: Measured, exponent: Measured) -> Measured:
        if not self.agree(exponent, PLAIN):
            return self._clash(node, 1, exponent or PLAIN, PLAIN)
        if base is None:
            return None
        base = self.resolved(base)
        times = number(node.arguments[1])
        if times is not None and abs(times) <= _HIGHEST:
            return self._within_reason(base ** Fraction(times).limit_denominator(1000))
        if not self.agree(base, PLAIN):  # the units of x ^ y would change with y
            return self._clash(node, 0, base, PLAIN)
        return PLAIN

    def _product(self, given: list[Measured]) -> Measured:
        known = [units for units in given if units is not None]
        result = PLAIN
        for units in known:
            result *= units
        return result if known else None

    def _within_reason(self, units: Units) -> Units:
        high = any(abs(power) > _HIGHEST for _, power in units.powers)
        return self.anything() if high else units

    def _clash(
        self, node: Apply, position: int, found: Units, wanted: Units, beside: int | None = None
    ) -> Units:
        clash = Clash(node, position, self.resolved(found), self.resolved(wanted), beside)
        self.clashes.append(clash)
        return self.anything()


# --- the rules in the table ---------------------------------------------------------------------


@dataclass(frozen=True)
class Rule:
    """What a function's arguments are measured in, and its result.

    Letters, and ``time``, stand for units; ``None`` fits anything.
    """

    takes: tuple[Measured, ...]
    gives: Measured


@cache
def rule(text: str) -> Rule:
    """Return a rule of the table of functions: ``"a, time: a/time"``."""
    takes, gives = text.split(":")
    return Rule(tuple(_pattern(each) for each in takes.split(",")), _pattern(gives))


def _pattern(text: str) -> Measured:
    return None if text.strip() == "any" else parse(text, where="rule")


def filled(pattern: Units, letters: Mapping[str, Units]) -> Units:
    """Return a pattern with units in the place of its letters; a letter unsaid is a number."""
    if letter := single(pattern):
        return letters.get(letter, PLAIN)
    result = PLAIN
    for name, power in pattern.powers:
        result *= letters.get(name, PLAIN) ** power
    return result


def single(pattern: Units) -> str:
    """Return the letter of which a pattern consists, or an empty string."""
    return pattern.powers[0][0] if len(pattern.powers) == 1 and pattern.powers[0][1] == 1 else ""


def _result(pattern: Measured, letters: Mapping[str, Units]) -> Measured:
    if pattern is None:
        return None
    asked = {name for name, _ in pattern.powers} - {"time"}
    # Numbers alone stay what fits anywhere: pulse(5, 2) may be any rate.
    return filled(pattern, letters) if not asked or asked & letters.keys() else None


# --- helpers ------------------------------------------------------------------------------------


def unknown(variable: str) -> Units:
    """Return the units, not known yet, of a variable by its key."""
    return unit(f"?{variable}")


def is_unknown(name: str) -> bool:
    """Say whether a unit's key stands for units not known yet."""
    return name.startswith("?")


def number(tree: Tree) -> float | None:
    """Return the value of a tree of plain numbers, ``None`` of any other: ``1 / 2`` is 0.5."""
    if isinstance(tree, Number):
        return tree.value
    if not isinstance(tree, Apply) or tree.function not in ("neg", "/"):
        return None
    values = [number(argument) for argument in tree.arguments]
    if None in values or (tree.function == "/" and not values[1]):
        return None
    return -values[0] if tree.function == "neg" else values[0] / values[1]  # type: ignore[operator]


def _is_zero(tree: Tree) -> bool:
    return number(tree) == 0
