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
    return slopes_by_rules(tree, sign_of, slope_of_lookup).get(variable, "0")


def slopes_by_rules(
    tree: Tree, sign_of: Mapping[str, str], slope_of_lookup: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return the sign of :func:`by_rules` for every variable that an equation names, at once."""
    if not isinstance(tree, Apply):
        return {tree.key: "+"} if isinstance(tree, Name) else {}
    found = []
    for position, argument in enumerate(tree.arguments):
        inner = slopes_by_rules(argument, sign_of, slope_of_lookup)
        if inner:
            found.append((inner, _direction(tree, position, sign_of, slope_of_lookup or {})))
    # The terms of a long sum are added to the many that came before, so that it is gone through
    # once, not once for each term.
    found.sort(key=lambda one: (one[1] == "+", len(one[0])), reverse=True)
    result = found.pop(0)[0] if found and found[0][1] == "+" else {}
    for inner, outer in found:
        for variable, slope in inner.items():
            result[variable] = plus([result.get(variable, "0"), times(slope, outer)])
    return result


def _direction(
    tree: Apply, position: int, sign_of: Mapping[str, str], slope_of_lookup: Mapping[str, str]
) -> str:
    """Return the direction of what a function or a lookup gives with one of its arguments."""
    if tree.function in FUNCTIONS:
        return _outer(tree, position, sign_of)
    return slope_of_lookup.get(tree.function, "?") if position == 0 else "0"


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
        case "max":  # never below the 0 of max(0, x); as for abs, "+" allows for zero
            return "+" if {"+", "0"} & {*signs} else plus(signs)
        case "min":
            return "-" if {"-", "0"} & {*signs} else plus(signs)
        case "if":
            return plus(signs[1:])
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
