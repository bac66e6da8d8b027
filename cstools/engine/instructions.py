"""What the register machine reads: a list of instructions, as plain arrays of numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, auto
from typing import NamedTuple

from cstools.on_demand import numpy as np

TIME, DT, START, STOP = range(4)  # the registers of the clock; the program's parameters follow


class Code(IntEnum):
    """The operations.

    Their numbers are compiled into the machine, which is compiled anew when its own file changes:
    a new one goes to the end, and gets its line there.
    """

    ADD = 0
    SUBTRACT = auto()
    MULTIPLY = auto()
    DIVIDE = auto()
    MOVE = auto()
    NEGATE = auto()
    LEAST = auto()
    GREATEST = auto()
    CHOICE = auto()
    LESS = auto()
    LESS_EQUAL = auto()
    EQUAL = auto()
    NOT_EQUAL = auto()
    BOTH = auto()
    EITHER = auto()
    NOT = auto()
    LOOKUP = auto()
    CHOOSE = auto()
    EXP = auto()
    LN = auto()
    LOG10 = auto()
    SQRT = auto()
    ABSOLUTE = auto()
    POWER = auto()
    MODULO = auto()
    REMAINDER = auto()
    FLOOR = auto()
    TRUNCATE = auto()
    SIN = auto()
    COS = auto()
    TAN = auto()
    SINH = auto()
    COSH = auto()
    TANH = auto()
    ARCSIN = auto()
    ARCCOS = auto()
    ARCTAN = auto()
    LOGARITHM = auto()
    SAFEDIV = auto()
    XIDZ = auto()
    QUANTUM = auto()
    NOISE = auto()
    POISSON = auto()
    STEP = auto()
    RAMP = auto()
    PULSE = auto()
    DURING = auto()
    TRAIN = auto()


class Instructions(NamedTuple):
    """A program for the machine. Places are numbers of registers, and all whole numbers uint32.

    Attributes
    ----------
    code : array (instructions, 6)
        Rows ``(code, out, a, b, c, d)``: an operation, the place that it writes and those that it
        reads. A lookup has its number at ``c``; a choice among many has at ``c`` where its values
        begin in ``lists`` and at ``d`` how many they are.
    marks : array of uint64 (4,)
        Where the instructions end that are done before the first step, at every place within a
        step, and at the beginning of a step only; and how many columns move.
    lists : array
        The places of values among which one is chosen.
    heads : array (lookups, 3)
        The first and the last line of a lookup, and where its guesses begin.
    ends : array of float64 (lookups, 3)
        The x beyond which the first line is left, the x at which the last line begins, and how
        many guesses there are per unit of x.
    lines : array of float64 (lines, 4)
        Where a line begins, and a point and the slope of it: x, y, slope. A level line has no
        origin x, so that it is level at infinity too.
    guesses : array
        For each slice of a lookup, all of one width, the line where it begins.
    states, kept : array (…, 2)
        The place of each, and of its rate of change or its next value.
    pipes : array (pipelines, 4)
        The places of what comes out, of the first value, of the duration, and of what goes in.
    columns : array
        The places of what is saved, what moves first.
    shares, weights : array of float64
        Of the method of integration: how far into a step each further stage lies, and the weight
        of every stage.
    """

    code: np.ndarray
    marks: np.ndarray
    lists: np.ndarray
    heads: np.ndarray
    ends: np.ndarray
    lines: np.ndarray
    guesses: np.ndarray
    states: np.ndarray
    kept: np.ndarray
    pipes: np.ndarray
    columns: np.ndarray
    shares: np.ndarray
    weights: np.ndarray


@dataclass(frozen=True, eq=False)
class Assembled:
    """A program that is ready to run.

    Attributes
    ----------
    instructions : Instructions
    registers : array of float64
        What the registers hold at first: the plain numbers.
    keys : tuple of str
        The keys of the columns.
    """

    instructions: Instructions
    registers: np.ndarray
    keys: tuple[str, ...]


def whole_numbers(values: Iterable[object], width: int = 0) -> np.ndarray:
    """Return an array of uint32, ``(values,)`` or ``(values, width)``."""
    found = np.array(list(values), dtype=np.uint32)
    return found.reshape(-1, width) if width else found
