"""A Vensim expression, in PySD's structures, becomes a tree of the package's own language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np

from cstools.equations.functions import function_named
from cstools.equations.tree import Apply, Indexed, Name, Number, Tree, depths
from cstools.errors import EquationError, FileError
from cstools.names import key
from cstools.stock_flow.quiet_pysd import abstract_expressions as pysd_tree
from cstools.stock_flow.vensim.data import NOT_AVAILABLE
from cstools.stock_flow.vensim.draft import Draft
from cstools.stock_flow.vensim.functions import RULES, UnsuitedError
from cstools.stock_flow.vensim.macros import inlined

if TYPE_CHECKING:
    from cstools.stock_flow.vensim.pieces import Pieces

# Vensim's own words for the clock; every other word may be a variable's name there.
CONTROLS = {
    "time": "time",
    "time_step": "dt",
    "initial_time": "starttime",
    "final_time": "stoptime",
}
TOO_DEEP = "too much stands inside one another, or in one sum; give parts of it names of their own"
_DEEPEST = 140  # as deep as the language itself reads, less what the reader puts around
_OPERATORS = {":and:": "and", ":or:": "or", "negative": "neg", ":not:": "not"}


class Expressions:
    """Reads the expressions of one part, and adds what they need beside themselves.

    Parameters
    ----------
    owner
        The part that is being read: its name is in every error, its subscripts on every part that
        is made for it.
    pieces
        The model in the making.
    names
        Key → the tree that a name means here, in a macro; elsewhere a name is itself.
    """

    def __init__(
        self, owner: Draft, pieces: Pieces, names: Mapping[str, Tree] | None = None
    ) -> None:
        self.owner, self.pieces, self.names = owner, pieces, names

    def tree(self, ast: Any) -> Tree:
        """Return one of PySD's structures as a tree; what has no tree is an error naming it."""
        if isinstance(ast, (int, float)):
            if np.isinf(ast):
                raise self.error("a number in it is larger than a computer can hold")
            return Number(NOT_AVAILABLE if np.isnan(ast) else float(ast))
        reader = _READERS.get(type(ast))
        if reader is None:
            what = "a table of numbers" if isinstance(ast, np.ndarray) else "a text"
            raise self.error(f"{what} stands where one value is wanted")
        return reader(self, ast)

    def whole(self, ast: Any) -> Tree:
        """Return the tree of a whole right side; one that nobody could follow is an error."""
        tree = self.tree(ast)
        if any(depth > _DEEPEST for _, depth in depths(tree)):
            raise self.error(TOO_DEEP)
        return tree

    def error(self, problem: str) -> FileError:
        """Return the error for the part that is being read."""
        return FileError(f"'{self.owner.name}': {problem}")

    def _reference(self, ast: Any) -> Tree:
        name = key(ast.reference)
        if ast.subscripts is not None:
            return Indexed(self._plain(name).key, self._subscripts(ast.subscripts.subscripts))
        if self._is_subscript(name):
            return self._position(name)
        if self.names is not None:
            return self._in_macro(name)
        return Name(CONTROLS.get(name, name))

    def _is_subscript(self, name: str) -> bool:
        """Say whether a name is an element or a range, which count as numbers."""
        known = name in self.pieces.ranges.names or self.pieces.ranges.is_range(name)
        return known and name not in self.pieces.variables and name not in (self.names or ())

    def _position(self, name: str) -> Tree:
        """Return the place of an element among all of its kind.

        A range that is a part of a larger one counts as the larger one does, so it gets an array
        of these numbers.
        """
        ranges = self.pieces.ranges
        places = ranges.positions(name)
        if not ranges.is_range(name):
            return Number(float(places[0]))
        if places == list(range(1, len(places) + 1)):
            return Name(name)
        word = ranges.dimensions[name].name
        table = self.pieces.place_table(word, places)
        return Indexed(table.key, (Name(name),))

    def _plain(self, name: str) -> Name:
        """Return the name that a name means here."""
        found = Name(name) if self.names is None else self._in_macro(name)
        if not isinstance(found, Name):
            raise self.error(f"'{name}' takes no subscripts in a macro")
        return found

    def _in_macro(self, name: str) -> Tree:
        """Return what a name means in a macro; ``name$`` means the model's own."""
        assert self.names is not None
        if name in self.names:
            return self.names[name]
        outer = name.removesuffix("$")
        if outer in CONTROLS:
            return Name(CONTROLS[outer])
        if name.endswith("$") and outer in self.pieces.variables:
            return Name(outer)
        raise self.error(f"nothing in the macro is called '{name}'")

    def _subscripts(self, said: list[str]) -> tuple[Tree, ...]:
        return tuple(map(self._subscript, said))

    def _subscript(self, word: str) -> Tree:
        plain = word.rstrip("! ")
        name = key(self.pieces.ranges.known(plain, self.owner.name))
        return Name(f"{name}!" if word.endswith("!") else name)

    def _operation(self, ast: Any) -> Tree:
        signs = [_OPERATORS.get(sign.casefold(), sign) for sign in ast.operators]
        arguments = [self.tree(argument) for argument in ast.arguments]
        if len(arguments) == 1:
            return Apply(signs[0], (arguments[0],))
        pairs = zip(signs, arguments[1:], strict=True)
        return reduce(lambda left, pair: Apply(pair[0], (left, pair[1])), pairs, arguments[0])

    def _call(self, ast: Any) -> Tree:
        called = key(ast.function.reference)
        if called in ("elmcount", "lookup_invert", "tabbed_array", "integ"):
            return _SPECIAL[called](self, ast)
        arguments = tuple(self.tree(argument) for argument in ast.arguments)
        if called in self.pieces.macros:
            return inlined(self.pieces.macros[called], arguments, self)
        if ast.function.subscripts is not None:
            return Apply("lookup", (self._reference(ast.function), *arguments))
        if called in self.pieces.variables or (self.names is not None and called in self.names):
            return Apply(self._plain(called).key, arguments)
        return self._function(called, arguments)

    def _function(self, called: str, arguments: tuple[Tree, ...]) -> Tree:
        word = called.upper().replace("_", " ")
        try:
            if called in RULES:
                return RULES[called](arguments)
            return Apply(function_named(called, dialect="vensim"), arguments)
        except UnsuitedError as error:
            raise self.error(f"{word} {error}") from None
        except EquationError:
            raise self.error(
                f"uses the function {word}, which cannot be run here yet; PySD may be able to: "
                "run the file with pysd.read_vensim"
            ) from None

    def _count(self, ast: Any) -> Tree:
        """Return ``ELMCOUNT(range)``."""
        match ast.arguments:
            case (pysd_tree.ReferenceStructure(reference=word),) if self.pieces.ranges.is_range(
                word
            ):
                return Number(float(len(self.pieces.ranges.elements(word))))
        raise self.error("ELMCOUNT takes the name of a subscript range")

    def _inline_lookup(self, ast: Any) -> Tree:
        argument = self.tree(ast.argument)
        table = self._made("lookup", "lookup", points=points(ast.lookups))
        return Apply(table.key, (argument,))

    def _inverse(self, ast: Any) -> Tree:
        """Return ``LOOKUP INVERT(lookup, y)``: a lookup of the same points, turned over."""
        match ast.arguments:
            case (pysd_tree.ReferenceStructure(reference=word, subscripts=None), at):
                found = self.pieces.points_of(key(word))
                turned = sorted((y, x) for x, y in found)
                if len({y for y, _ in turned}) == len(turned) > 1 and turned in (
                    [(y, x) for x, y in found], [(y, x) for x, y in reversed(found)]
                ):  # fmt: skip
                    table = self._made("lookup", "inverse", points=turned)
                    return Apply(table.key, (self.tree(at),))
        raise self.error("LOOKUP INVERT takes a lookup that only rises or only falls")

    def _not_alone(self, ast: Any) -> Tree:
        word = key(ast.function.reference).upper().replace("_", " ")
        raise self.error(f"{word} stands alone on the right side, and here it stands within more")

    def _made(self, kind: str, word: str, **about: Any) -> Draft:
        """Add a part for what the owner's equation needs and does not name."""
        name = self.pieces.drafts.free_name(f"{self.owner.base} {word}")
        return self.pieces.drafts.add(Draft(kind, name, **about))


def points(lookup: Any) -> list[tuple[float, float]]:
    """Return the points of a lookup, by rising x; a single one holds for every x."""
    found = sorted(zip(map(float, lookup.x), map(float, lookup.y), strict=True))
    return found if len(found) > 1 else [*found, (found[0][0] + 1, found[0][1])]


_SPECIAL: dict[str, Callable[[Expressions, Any], Tree]] = {
    "elmcount": Expressions._count,
    "lookup_invert": Expressions._inverse,
    "tabbed_array": Expressions._not_alone,
    "integ": Expressions._not_alone,
}
_READERS: dict[type, Callable[[Expressions, Any], Tree]] = {
    pysd_tree.ReferenceStructure: Expressions._reference,
    pysd_tree.ArithmeticStructure: Expressions._operation,
    pysd_tree.LogicStructure: Expressions._operation,
    pysd_tree.CallStructure: Expressions._call,
    pysd_tree.InlineLookupsStructure: Expressions._inline_lookup,
}
