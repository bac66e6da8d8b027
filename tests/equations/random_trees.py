"""Any tree that the parser can make, drawn at random, and a plain reckoning of its value."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Mapping

from hypothesis import strategies as st

from cstools.equations.functions import CLOCK, FUNCTIONS
from cstools.equations.tree import Apply, Name, Number, Tree
from cstools.names import key

PLAIN_NAMES = ("a", "b", "room_temperature")
LOOKUPS = ("effect_of_crowding", "3rd_effect")

# Two words of XMILE that stand for values, and the keys by which trees hold them.
CLOCK_KEYS = sorted(set(CLOCK.values()))
any_name = (
    st.text(min_size=1, max_size=12)
    .map(key)
    .filter(lambda k: k and k not in CLOCK and k not in CLOCK_KEYS)
)
any_number = st.floats(allow_nan=False, allow_infinity=False).map(Number)
small_number = st.sampled_from([0.0, 1.0, -1.0, 2.0, 0.5, -3.0, 7.0]).map(Number)


# What the reference evaluator below can do; the others are tested by examples, and those that
# remember or that arrays are flattened away from, with the engine and the model.


def negated(tree: Tree) -> Tree:
    """Return the tree of a minus before another, as the parser reads it."""
    return Number(-tree.value) if isinstance(tree, Number) else Apply("neg", (tree,))


def trees(
    leaves: st.SearchStrategy[Tree], without: tuple[str, ...] = (), leaves_at_most: int = 12
) -> st.SearchStrategy[Tree]:
    """Draw trees over every row of the table of functions."""
    rows = [row for row in BY_HAND if row.name not in ("neg", *without)]

    def grown(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
        applied = [
            st.tuples(st.just(row.name), st.tuples(*[inner] * min(row.most, row.fewest + 1)))
            for row in rows
        ]
        return st.one_of(*[a.map(lambda pair: Apply(*pair)) for a in applied], inner.map(negated))

    return st.recursive(leaves, grown, max_leaves=leaves_at_most)


class NoValueError(Exception):
    """Somewhere on the way there is a division by zero, an overflow or a root of a negative."""


Reckoning = Callable[..., float]

_PLAIN: dict[str, Reckoning] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "^": math.pow,
    "mod": lambda a, b: a % b,
    "modulo": math.fmod,
    "neg": lambda a: -a,
    "=": lambda a, b: float(a == b),
    "<>": lambda a, b: float(a != b),
    "<": lambda a, b: float(a < b),
    "<=": lambda a, b: float(a <= b),
    ">": lambda a, b: float(a > b),
    ">=": lambda a, b: float(a >= b),
    "and": lambda a, b: float(a != 0 and b != 0),
    "or": lambda a, b: float(a != 0 or b != 0),
    "not": lambda a: float(a == 0),
    "abs": abs,
    "exp": math.exp,
    "ln": math.log,
    "log10": math.log10,
    "sqrt": math.sqrt,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "arcsin": math.asin,
    "arccos": math.acos,
    "arctan": math.atan,
    "sinh": math.sinh,
    "cosh": math.cosh,
    "tanh": math.tanh,
    "int": lambda a: float(math.floor(a)),
    "integer": lambda a: float(math.trunc(a)),
    "min": min,
    "max": max,
    "sum": lambda *values: math.fsum(values),
    "prod": lambda *values: math.prod(values),
    "mean": lambda *values: statistics.fmean(values),
    "stddev": lambda *values: statistics.pstdev(values),
    "choose": lambda at, *values: values[int(at) - 1] if 1 <= at < len(values) + 1 else 0.0,
}


BY_HAND = [FUNCTIONS[name] for name in (*_PLAIN, "if", "step")]


def value(tree: Tree, values: Mapping[str, float]) -> float:
    """Return what a tree comes to, worked out node by node.

    ``values`` holds the names and the clock's ``time`` and ``dt``.
    """
    try:
        result = _value(tree, values)
    except (ArithmeticError, ValueError) as error:
        raise NoValueError from error
    if not math.isfinite(result):
        raise NoValueError
    return result


def _value(tree: Tree, values: Mapping[str, float]) -> float:
    if isinstance(tree, Number):
        return tree.value
    if isinstance(tree, Name):
        return values[tree.key]
    first, *others = [value(argument, values) for argument in tree.arguments]
    match tree.function:
        case "if":
            return others[0] if first != 0 else others[1]
        case "step":
            return first if values["time"] + values["dt"] / 2 > others[0] else 0.0
    return _PLAIN[tree.function](first, *others)
