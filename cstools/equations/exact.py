"""Sines and their like of whole multiples of π, exactly: ``sin(pi)`` is 0, not 1.2e-16.

``PI`` in an equation means π, and the number that stands for it falls short of it by as much as
that. Where an angle is written as a multiple of π, the result is known without rounding.
"""

from __future__ import annotations

from fractions import Fraction

from cstools.equations.tree import Apply, Name, Number, Tree

_HALF = Fraction(1, 2)


def exact(tree: Tree) -> Tree:
    """Return 0 for a sine, cosine or tangent that is nothing by the way its angle is written."""
    if not isinstance(tree, Apply) or tree.function not in ("sin", "cos", "tan"):
        return tree
    turns = _times_pi(tree.arguments[0])
    if turns is None:
        return tree
    zero = turns + _HALF if tree.function == "cos" else turns
    return Number(0.0) if zero.denominator == 1 and turns else tree


def _times_pi(tree: Tree) -> Fraction | None:
    """Return by what π is multiplied in an angle, or ``None`` where that is not written."""
    if isinstance(tree, Name) and tree.key == "pi":
        return Fraction(1)
    if not isinstance(tree, Apply):
        return None
    if tree.function == "neg":
        inside = _times_pi(tree.arguments[0])
        return None if inside is None else -inside
    if tree.function not in ("*", "/"):
        return None
    first, second = tree.arguments
    if tree.function == "*" and isinstance(first, Number):
        first, second = second, first
    turns = _times_pi(first)
    if turns is None or not isinstance(second, Number) or not second.value:
        return None
    number = Fraction(second.value)
    return turns * number if tree.function == "*" else turns / number
