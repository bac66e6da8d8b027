"""A program becomes instructions for the register machine.

Every variable has a register, and so has every number and whatever an equation computes on its
way. What depends on parameters alone is moved out of the steps, also where it is only part of an
equation.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from itertools import accumulate

from cstools.engine.instructions import (
    DT,
    START,
    STOP,
    TIME,
    Assembled,
    Code,
    Instructions,
    whole_numbers,
)
from cstools.engine.integrate import Method
from cstools.engine.lines import lookups
from cstools.engine.memory import Pipeline
from cstools.engine.program import Equation, Program
from cstools.engine.trimmed import trimmed
from cstools.equations.functions import FUNCTIONS
from cstools.equations.tree import Apply, Name, Number, Tree
from cstools.errors import ModelError
from cstools.on_demand import numpy as np

# Function → its code.
OPERATIONS = {
    "+": Code.ADD,
    "-": Code.SUBTRACT,
    "*": Code.MULTIPLY,
    "/": Code.DIVIDE,
    "^": Code.POWER,
    "mod": Code.MODULO,
    "modulo": Code.REMAINDER,
    "neg": Code.NEGATE,
    "=": Code.EQUAL,
    "<>": Code.NOT_EQUAL,
    "<": Code.LESS,
    "<=": Code.LESS_EQUAL,
    "and": Code.BOTH,
    "or": Code.EITHER,
    "not": Code.NOT,
    "if": Code.CHOICE,
    "abs": Code.ABSOLUTE,
    "exp": Code.EXP,
    "ln": Code.LN,
    "log10": Code.LOG10,
    "log": Code.LOGARITHM,
    "sqrt": Code.SQRT,
    "sin": Code.SIN,
    "cos": Code.COS,
    "tan": Code.TAN,
    "sinh": Code.SINH,
    "cosh": Code.COSH,
    "tanh": Code.TANH,
    "arcsin": Code.ARCSIN,
    "arccos": Code.ARCCOS,
    "arctan": Code.ARCTAN,
    "int": Code.FLOOR,
    "integer": Code.TRUNCATE,
    "safediv": Code.SAFEDIV,
    "xidz": Code.XIDZ,
    "quantum": Code.QUANTUM,
    "poisson_from": Code.POISSON,
    "noise": Code.NOISE,
    "step": Code.STEP,
    "ramp": Code.RAMP,
    "pulse": Code.PULSE,
    "during": Code.DURING,
    "pulse_train": Code.TRAIN,
}
# What an equation means where it leaves the last argument out.
_UNSAID = {"log": 10.0, "safediv": 0.0, "xidz": 0.0, "ramp": math.inf, "pulse": 0.0}

Block = list[tuple[int, ...]]


def assemble(program: Program, keys: Sequence[str], method: Method) -> Assembled:
    """Return the instructions that compute some variables of a program, and nothing else.

    Raises
    ------
    ModelError
        When an equation calls a function that the machine does not know.
    """
    return _Assembler(trimmed(program, keys)).assembled(keys, method)


class _Assembler:
    """Hands out registers, and writes the instructions block by block.

    A register that an equation borrows on its way is given back as soon as it has been read. No
    instruction writes a register that it reads: over many runs that is what makes it fast.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self.values = [0.0, 0.0, 0.0, 0.0]
        self.places = {"time": TIME, "dt": DT, "starttime": START, "stoptime": STOP}
        self.tables = {key: number for number, key in enumerate(program.tables)}
        self.lists: list[int] = []
        self.numbers: dict[str, int] = {}
        self.known: dict[tuple[int, ...], int] = {}
        self.free: list[int] = []
        self.borrowed: set[int] = set()
        self.once: Block = []
        self.block = self.once
        hidden = [kept.key for kept in program.kept]
        for pipe in program.pipelines:
            hidden += [pipe.key, f"{pipe.key} first", f"{pipe.key} wait"]
        # What only a first value needs has no column of its own.
        hidden += [equation.key for equation in program.at_start]
        for key in dict.fromkeys((*program.parameters, *program.columns, *hidden)):
            self.places[key] = self.place()
        self.places["pi"] = self.place(math.pi)
        fixed = (*program.parameters, *(equation.key for equation in program.fixed))
        words = (*fixed, "dt", "starttime", "stoptime", "pi")
        self.steady = {self.places[key] for key in words}  # the same all through a run

    # --- registers ----------------------------------------------------------------------------

    def place(self, value: float = 0.0) -> int:
        """Return a new register."""
        self.values.append(value)
        return len(self.values) - 1

    def number(self, value: float) -> int:
        """Return the register of a number."""
        if repr(value) not in self.numbers:
            self.numbers[repr(value)] = self.place(value)
            self.steady.add(len(self.values) - 1)
        return self.numbers[repr(value)]

    def borrow(self) -> int:
        """Return a register for a moment."""
        out = self.free.pop() if self.free else self.place()
        self.borrowed.add(out)
        return out

    def give_back(self, places: Iterable[int]) -> None:
        """Let registers be used for something else, where they were borrowed."""
        for place in self.borrowed.intersection(places):
            self.borrowed.discard(place)
            self.free.append(place)

    def keep(self, place: int) -> int:
        """Never give a register back."""
        self.borrowed.discard(place)
        return place

    # --- instructions -------------------------------------------------------------------------

    def write(
        self,
        code: Code,
        places: Sequence[int],
        into: int | None = None,
        watches: bool = False,
        row: tuple[int, ...] = (),
    ) -> int:
        """Write one instruction; return where its result is.

        ``row`` is what stands in the instruction where that is not just the places that it reads.
        """
        row = (*(row or places), 0, 0, 0, 0)[:4]
        if not watches and self.steady.issuperset(places) and self.block is not self.once:
            known = (int(code), *row)
            if known not in self.known:
                self.known[known] = self.place()
                self.steady.add(self.known[known])
                self.once.append((code, self.known[known], *row))
            return self.moved(self.known[known], into)
        out = self.borrow() if into is None else into
        self.block.append((code, out, *row))
        self.give_back(places)
        return out

    def moved(self, place: int, into: int | None) -> int:
        """Return where a value is, moved if it is wanted elsewhere."""
        if into is None:
            return place
        self.block.append((Code.MOVE, into, place, 0, 0, 0))
        self.give_back((place,))
        return into

    def tree(self, tree: Tree, into: int | None = None) -> int:
        """Write what computes a tree; return where its value is."""
        if isinstance(tree, Number):
            return self.moved(self.number(tree.value), into)
        if isinstance(tree, Name):
            return self.moved(self.places[tree.key], into)
        assert isinstance(tree, Apply)  # a flat tree holds nothing else
        if tree.function in self.tables:
            x, number = self.tree(tree.arguments[0]), self.tables[tree.function]
            return self.write(Code.LOOKUP, (x,), into, row=(x, 0, number))
        if tree.function == "neg" and isinstance(tree.arguments[0], Number):
            return self.moved(self.number(-tree.arguments[0].value), into)
        places = [self.tree(argument) for argument in tree.arguments]
        if tree.function in _WRITERS:
            return _WRITERS[tree.function](self, places, into)
        row = FUNCTIONS[tree.function]
        if tree.function not in OPERATIONS:
            raise ModelError(
                f"the fast engine cannot compute '{row.name}' yet ({row.doc.partition(':')[0]}); "
                "engine='cstools' can"
            )
        if len(places) < row.most:
            places.append(self.number(_UNSAID[tree.function]))
        return self.write(OPERATIONS[tree.function], places, into, row.watches)

    def fold(self, code: Code, places: Sequence[int], into: int | None) -> int:
        """Write what combines values two by two, from the left."""
        if len(places) == 1:
            return self.moved(places[0], into)
        so_far = reduce(lambda one, other: self.write(code, (one, other)), places[:-1])
        return self.write(code, (so_far, places[-1]), into)

    # --- the whole ----------------------------------------------------------------------------

    def equations(self, block: Block, equations: Iterable[Equation]) -> Block:
        """Write equations, each into the register of its variable."""
        self.block = block
        for equation in equations:
            self.tree(equation.tree, self.places[equation.key])
        return block

    def assembled(self, keys: Sequence[str], method: Method) -> Assembled:
        """Return everything that computes the wanted variables."""
        program, pipes = self.program, self.program.pipelines
        # What is kept from the start for good is never written again.
        kept = [one for one in program.kept if one.following != Name(one.key)]
        self.equations(self.once, program.fixed)
        start = self.equations([], program.at_start)
        inner = self.equations([], program.each_step)
        own = {self.places[state.key] for state in program.states}
        rates = [self.lasting(state.rate, own) for state in program.states]
        outer: Block = []
        self.block = outer
        following = [self.tree(one.following, self.place()) for one in kept]
        inputs = [self.keep(self.tree(pipe.input)) for pipe in pipes]
        blocks = (self.once, start, inner, outer)
        moving = [key for key in keys if self.places[key] not in self.steady]
        columns = (*moving, *(key for key in keys if self.places[key] in self.steady))
        at = self.places.__getitem__
        instructions = Instructions(
            code=whole_numbers([row for block in blocks for row in block], 6),
            marks=np.array([*list(accumulate(map(len, blocks)))[1:], len(moving)], dtype=np.uint64),
            lists=whole_numbers(self.lists),
            **lookups(list(program.tables.values())),
            states=whole_numbers(zip((at(s.key) for s in program.states), rates, strict=True), 2),
            kept=whole_numbers(zip((at(one.key) for one in kept), following, strict=True), 2),
            pipes=whole_numbers(zip(*self.ends_of(pipes), inputs, strict=True), 4),
            columns=whole_numbers(map(at, columns)),
            shares=np.array(method.places),
            weights=np.array(method.weights),
        )
        return Assembled(
            instructions,
            registers=np.array(self.values),
            keys=columns,
        )

    def ends_of(self, pipes: Sequence[Pipeline]) -> Iterator[list[int]]:
        """Yield where the pipelines' outputs, first values and durations are."""
        for word in ("", " first", " wait"):
            yield [self.places[pipe.key + word] for pipe in pipes]

    def lasting(self, tree: Tree, overwritten: set[int]) -> int:
        """Write a rate of change; return where it stays until the states have moved."""
        place = self.tree(tree)
        return self.moved(place, self.place()) if place in overwritten else self.keep(place)


# --- functions that are several instructions ------------------------------------------------------

Writer = Callable[[_Assembler, list[int], int | None], int]


def _folded(code: Code) -> Writer:
    return lambda machine, places, into: machine.fold(code, places, into)


def _turned(code: Code) -> Writer:
    return lambda machine, places, into: machine.write(code, places[::-1], into)


def _mean(machine: _Assembler, places: list[int], into: int | None) -> int:
    whole = machine.fold(Code.ADD, places, None)
    return machine.write(Code.DIVIDE, (whole, machine.number(float(len(places)))), into)


def _stddev(machine: _Assembler, places: list[int], into: int | None) -> int:
    values = [machine.keep(place) for place in places]
    middle = machine.keep(_mean(machine, values, None))
    away = [machine.keep(machine.write(Code.SUBTRACT, (value, middle))) for value in values]
    squares = [machine.write(Code.MULTIPLY, (one, one)) for one in away]
    return machine.write(Code.SQRT, (_mean(machine, squares, None),), into)


def _choose(machine: _Assembler, places: list[int], into: int | None) -> int:
    position, *values = places
    begin = len(machine.lists)
    machine.lists += values
    return machine.write(Code.CHOOSE, places, into, row=(position, 0, begin, len(values)))


_WRITERS: dict[str, Writer] = {
    ">": _turned(Code.LESS),
    ">=": _turned(Code.LESS_EQUAL),
    "min": _folded(Code.LEAST),
    "max": _folded(Code.GREATEST),
    "sum": _folded(Code.ADD),
    "prod": _folded(Code.MULTIPLY),
    "mean": _mean,
    "stddev": _stddev,
    "choose": _choose,
}
