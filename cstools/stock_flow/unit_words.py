"""What does not fit in the units of a model, in words: both sides named, and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cstools.equations.printing import plain_number, to_print
from cstools.equations.tree import Apply, Name, Number, Tree
from cstools.equations.unit_rules import BareNumber, Clash, is_unknown
from cstools.equations.units import PLAIN, Units, written
from cstools.stock_flow.parts import AnyPart, Auxiliary, Stock

Lesson = tuple[str, str]
_WIDEST = 40
_DOES = {
    "+": ("adds {0} and {1}", "added"),
    "-": ("takes {1} from {0}", "subtracted"),
    "if": ("is either {0} or {1}", "put in each other's place"),
    **dict.fromkeys(("min", "max"), ("chooses between {0} and {1}", "compared")),
    **dict.fromkeys(("=", "<>", "<", "<=", ">", ">="), ("compares {0} with {1}", "compared")),
}


@dataclass(frozen=True)
class Words:
    """How a model spells its names and its units.

    Attributes
    ----------
    names : mapping
        Key of a part → its name as spelled.
    units : mapping
        Key of a unit → how it is spelled above and below the line.
    time : Units
        What the model's time is measured in.
    """

    names: Mapping[str, str]
    units: Mapping[str, tuple[str, str]]
    time: Units

    def of(self, units: Units) -> str:
        """Return units as text: ``people/day``, or ``a plain number``."""
        return "a plain number" if units.plain else self.text(units)

    def text(self, units: Units) -> str:
        """Return units as they may be said: ``people/day``, or ``1``."""
        spelled = {n: self._spelled(n) for n in units.names}
        return written(units, spelled, self.time.names[0] if self.time.names else "")

    def comes_out(self, units: Units) -> str:
        """Return ``in people/day``, or ``as a plain number``."""
        return "as a plain number" if units.plain else f"in {self.text(units)}"

    def side(self, tree: Tree, units: Units) -> str:
        """Return a piece of an equation with its units: ``'births' (people/day)``."""
        return f"{self._named(tree)} ({self.of(units)})"

    def clash(self, clash: Clash) -> Lesson:
        """Return what does not fit in an equation, and what to do."""
        node, found = clash.node, self.side(clash.node.arguments[clash.position], clash.found)
        if node.function == "^":
            return self._power(clash, found)
        if clash.beside is not None:
            return self._unlike(clash, found)
        if clash.wanted.plain:
            problem = f"'{node.function}' takes a plain number and gets {found}"
            return problem, f"divide it by something in {self.text(clash.found)} first"
        what = "a time" if clash.wanted == self.time else "something"
        wanted = f"{what} in {self.text(clash.wanted)}"
        return f"'{node.function}' takes {wanted} there and gets {found}", f"give it {wanted}"

    def _power(self, clash: Clash, found: str) -> Lesson:
        if clash.position == 1:
            problem = f"the power in it is {found}, and a power is a plain number"
            return problem, f"divide it by something in {self.text(clash.found)} first"
        return (
            f"raises {found} to a power that is not written as a number",
            "write the number, as in x ^ 2, or divide what is raised by something like it first",
        )

    def _unlike(self, clash: Clash, found: str) -> Lesson:
        node, like = clash.node, clash.node.arguments[clash.beside or 0]
        other = f"'{node.function}' takes like things and gets {{0}} and {{1}}"
        does, done = _DOES.get(node.function, (other, "taken together"))
        problem = does.format(self.side(like, clash.wanted), found)
        missing = clash.wanted / clash.found
        if missing in (self.time, PLAIN / self.time):
            advice = (
                "an amount becomes a rate when it is divided by a time, "
                "and a rate an amount when it is multiplied by one"
            )
        else:
            one = self._named(node.arguments[clash.position])
            advice = f"check the units of both, or multiply {one} by something in " + self.text(
                missing
            )
        return problem, f"only like things can be {done}: {advice}"

    def flow(self, said: str, verb: str, stock: str, own: Units, found: Units) -> Lesson:
        """Return what is the matter with a flow in other units than its stock, and what to do."""
        wanted = own / self.time
        told = f"'{said}' is said, but what {verb} '{stock}' ({self.of(own)}) is "
        forgotten = wanted / found in (PLAIN / self.time, PLAIN / self.time**2, self.time)
        return told + self.comes_out(wanted).removeprefix("as "), (
            f"say units='{self.text(wanted)}'"
            if forgotten
            else f"multiply it by something in {self.text(wanted / found)}"
        )

    def between(self, left: str, own: Units, entered: str, other: Units) -> Lesson:
        """Return what is the matter with a flow between stocks in different units."""
        return (
            f"leaves '{left}' ({self.of(own)}) and enters '{entered}' ({self.of(other)})",
            "what leaves one stock enters the other, so give both the same units",
        )

    def stock(self, own: Units, theirs: Units) -> Lesson:
        """Return what is the matter with a stock that is in other units than all its flows."""
        rate = self.text(theirs / self.time)
        problem = f"{self.of(own)} is said, but all its flows are in {rate}"
        return problem, f"say units='{self.text(theirs)}', or change those of the flows"

    def bare(self, bare: BareNumber, other: Units) -> Lesson:
        """Return what is the matter with a number without units, and what to do."""
        sides = [self._named(argument) for argument in bare.node.arguments]
        sides[bare.number] += ", a number without units,"
        sides[1 - bare.number] += f" ({self.of(other)})"
        problem = _DOES[bare.node.function][0].format(*sides)
        return problem.removesuffix(","), (
            f"give the number a name: a constant with units='{self.text(other)}'"
        )

    def result(self, part: AnyPart, tree: Tree, found: Units, wanted: Units, said: bool) -> Lesson:
        """Return how an equation comes out in other units than it should, and what to do."""
        its = "its first value" if isinstance(part, Stock) else "its equation"
        but = "{} is said" if said else "its place in the model asks for {}"
        problem = f"{its} comes out {self.comes_out(found)}, but {but.format(self.of(wanted))}"
        advice = self._missing(tree, wanted / found)
        if said and isinstance(part, Auxiliary):
            advice += f", or say units='{self.text(found)}'"
        return problem, advice

    def _missing(self, tree: Tree, missing: Units) -> str:
        """Return what to do about an equation that lacks a factor."""
        for value, above in _numbers(tree, True):
            units = self.text(missing if above else PLAIN / missing)
            return (
                f"if {plain_number(value)} stands for something in {units}, "
                f"make it a constant with units='{units}'"
            )
        if missing == PLAIN / self.time:
            return f"divide by a time in {self.text(self.time)}"
        if missing == self.time:
            return f"multiply by a time in {self.text(self.time)}"
        return f"it lacks a factor in {self.text(missing)}"

    def _named(self, tree: Tree) -> str:
        if isinstance(tree, Name):
            return f"'{self.names.get(tree.key, tree.key)}'"
        text = to_print(tree, self.names)
        return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1].rstrip()}…"

    def _spelled(self, name: str) -> tuple[str, str]:
        if is_unknown(name):
            variable = self.names.get(name[1:])
            told = f"(units of {variable})" if variable else "(unknown units)"
            return told, told
        return self.units.get(name, (name, name))


def _numbers(tree: Tree, above: bool) -> Iterator[tuple[float, bool]]:
    """Yield the plain numbers among the factors of an equation, and which are above its line."""
    if isinstance(tree, Number) and abs(tree.value) not in (0, 1):
        yield tree.value, above
    elif isinstance(tree, Apply) and tree.function in ("*", "/"):
        yield from _numbers(tree.arguments[0], above)
        yield from _numbers(tree.arguments[1], above == (tree.function == "*"))
