"""Vensim's functions that the language has by another name, in another order, or not at all.

What is not here means the same by the same name; the table of functions has it.
"""

from __future__ import annotations

from collections.abc import Callable

from cstools.equations.tree import Apply, Number, Tree
from cstools.errors import FileError

Arguments = tuple[Tree, ...]


class UnsuitedError(FileError):
    """Arguments that a function cannot take here; the message says what it takes."""


def _renamed(name: str, order: str = "") -> Callable[[Arguments], Tree]:
    """Return the rule of a function that has another name, or its arguments in another order."""

    def rule(arguments: Arguments) -> Tree:
        if order and len(arguments) != len(order):
            raise UnsuitedError(f"takes {len(order)} arguments, not {len(arguments)}")
        taken = tuple(arguments[int(place)] for place in order) if order else arguments
        return Apply(name, taken)

    return rule


def _only(argument: Arguments) -> Tree:
    if len(argument) != 1:
        raise UnsuitedError(f"takes 1 argument, not {len(argument)}")
    return argument[0]


def _unit_interval(arguments: Arguments) -> Tree:
    return Apply("uniform", (Number(0.0), Number(1.0)))


def _held(draw: str, given: int) -> Callable[[Arguments], Tree]:
    """Return the rule of a draw that is shifted, stretched, and held between two numbers."""

    def rule(arguments: Arguments) -> Tree:
        if not given + 4 <= len(arguments) <= given + 5:
            raise UnsuitedError(f"takes {given + 5} arguments, not {len(arguments)}")
        low, high, *rest = arguments
        mean: Tree = rest[0] if given else Number(1.0)
        shift, stretch = rest[given : given + 2]
        drawn = Apply("+", (shift, Apply("*", (stretch, Apply(draw, (mean,))))))
        return Apply("max", (low, Apply("min", (high, drawn))))

    return rule


def _time_value(arguments: Arguments) -> Tree:
    """Return ``GET TIME VALUE`` for the time of the run; what asks a calendar is refused."""
    from cstools.equations.tree import Name

    match arguments:
        case (Number(0.0), offset, Number(0.0)):
            return Apply("+", (Name("time"), offset))
    raise UnsuitedError(
        "asks what date it is, which cannot be told here; only GET TIME VALUE(0, offset, 0) can"
    )


def _no_equation(arguments: Arguments) -> Tree:
    raise UnsuitedError("stands where an equation is still to be written; write it in Vensim first")


RULES: dict[str, Callable[[Arguments], Tree]] = {
    "game": _only,
    "power": _renamed("^", "01"),
    "delay_n": _renamed("delay_n", "0132"),
    "smooth_n": _renamed("smoothn", "0132"),
    "random_0_1": _unit_interval,
    "random_exponential": _held("exponential", 0),
    "random_poisson": _held("poisson", 1),
    "get_time_value": _time_value,
    "a_function_of": _no_equation,
    "vmin": _renamed("min", "0"),
    "vmax": _renamed("max", "0"),
    "lookup_backward": _renamed("lookup_step", "01"),
}
