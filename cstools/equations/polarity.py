"""The sign of a link, read off an equation.

Does the result rise when this variable rises?

The rules are a person's: a sum keeps the sign, a minus flips it, a product takes the sign of the
other factor. What they cannot tell is ``"?"``; whoever knows the values that the variables take
can try numbers instead, and say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cstools.equations.functions import FUNCTIONS
from cstools.equations.tree import Apply, Name, Number, Tree

_FLIPPED = {"+": "-", "-": "+", "0": "0", "?": "?"}


def by_rules(
    tree: Tree,
    variable: str,
    sign_of: Mapping[str, str],
    slope_of_lookup: Mapping[str, str] | None = None,
) -> str:
    """Return the sign of the change in an equation's result per change in a variable.

    Parameters
    ----------
    tree, variable
        The equation, and the key of the variable that moves.
    sign_of
        ``"+"``, ``"-"`` or ``"0"`` for the variables known never to have another sign; the rest
        count as ``"?"``.
    slope_of_lookup
        ``"+"``, ``"-"`` or ``"?"`` for each lookup.

    Returns
    -------
    str
        ``"+"`` (never falls), ``"-"`` (never rises), ``"0"`` (does not depend) or ``"?"``.

    Notes
    -----
    ``"+"`` says *never falls*, not *always rises*: ``max(0, x)`` is ``"+"`` in ``x``.
    """
    if not isinstance(tree, Apply):
        return "+" if isinstance(tree, Name) and tree.key == variable else "0"
    slopes = [by_rules(a, variable, sign_of, slope_of_lookup) for a in tree.arguments]
    if tree.function not in FUNCTIONS:
        return times(slopes[0], (slope_of_lookup or {}).get(tree.function, "?"))
    outer = [_outer(tree, position, sign_of) for position in range(len(slopes))]
    return plus(times(inner, slope) for inner, slope in zip(slopes, outer, strict=True))


def times(one: str, other: str) -> str:
    """Return the sign of a product of two signs."""
    if "0" in (one, other):
        return "0"
    if "?" in (one, other):
        return "?"
    return "+" if one == other else "-"


def plus(signs: Iterable[str]) -> str:
    """Return the sign of a sum: what all agree on, ``"?"`` where they do not."""
    seen = set(signs) - {"0"}
    if not seen:
        return "0"
    return seen.pop() if len(seen) == 1 else "?"


def sign(tree: Tree, sign_of: Mapping[str, str]) -> str:
    """Return the sign that a tree's value always has, or ``"?"``."""
    if isinstance(tree, Number):
        return "0" if tree.value == 0 else "+" if tree.value > 0 else "-"
    if isinstance(tree, Name):
        # Not the time: a run may begin before its zero.
        return sign_of.get(tree.key, "+" if tree.key in ("dt", "pi") else "?")
    if not isinstance(tree, Apply):
        return "?"
    signs = [sign(argument, sign_of) for argument in tree.arguments]
    match tree.function:
        case "+":
            return plus(signs)
        case "-":
            return plus([signs[0], _FLIPPED[signs[1]]])
        case "neg":
            return _FLIPPED[signs[0]]
        case "*" | "/":
            return times(*signs)
        case "exp" | "sqrt" | "abs":
            return "+"
        case "^":
            return signs[0] if signs[0] == "+" else "?"
        case "max":
            return "+" if "+" in signs else plus(signs)
        case "min" | "if":
            return plus(signs[tree.function == "if" :])
    return "?"


def _outer(tree: Apply, position: int, sign_of: Mapping[str, str]) -> str:
    """Return the direction of a function's result with one of its arguments."""
    match tree.function:
        case "*":
            return sign(tree.arguments[1 - position], sign_of)
        case "/" if position == 0:
            return sign(tree.arguments[1], sign_of)
        case "/":
            above, below = (sign(argument, sign_of) for argument in tree.arguments)
            # Where the divisor passes through zero, the result leaps to its other side.
            return _FLIPPED[above] if below in ("+", "-") else "?"
        case "^":
            return _outer_of_power(tree, position, sign_of)
    return FUNCTIONS[tree.function].slope(position)


def _outer_of_power(tree: Apply, position: int, sign_of: Mapping[str, str]) -> str:
    base, exponent = tree.arguments
    if position == 1:
        return "?"
    if isinstance(exponent, Number) and exponent.value > 0 and exponent.value % 2 == 1:
        return "+"
    return sign(exponent, sign_of) if sign(base, sign_of) == "+" else "?"
