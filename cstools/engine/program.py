"""A program: everything a run needs, as one flat list of equations in the order they need."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from cstools.engine.memory import Kept, Memory, Pipeline, remember, running, starting
from cstools.equations.functions import FUNCTIONS
from cstools.equations.tree import Apply, Name, Number, Tree, names, walk
from cstools.errors import ModelError, brief

CLOCK_NAMES = frozenset({"time", "dt", "starttime", "stoptime", "pi"})
_WATCHING = frozenset(name for name, row in FUNCTIONS.items() if row.watches)


@dataclass(frozen=True)
class Table:
    """The points of a lookup, by rising x, and how it goes between and beyond them.

    Attributes
    ----------
    mode : str
        ``"interpolate"``: straight lines between the points, level beyond them. ``"extrapolate"``:
        the first and the last line go on. ``"step"``: each point holds until the next.
        ``"forward"``: each point holds from the one before.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    mode: str = "interpolate"


@dataclass(frozen=True)
class Equation:
    """One variable and what it is computed from."""

    key: str
    tree: Tree


@dataclass(frozen=True)
class State:
    """A variable that is carried from one step to the next, and its rate of change."""

    key: str
    rate: Tree


@dataclass(frozen=True, eq=False)
class Program:
    """A model made flat: parameters, tables, equations in order, states.

    Attributes
    ----------
    parameters : tuple of str
        Keys of the numbers that a run may set, in the order in which it takes them.
    fixed : tuple of Equation
        What depends on parameters alone: computed once.
    at_start : tuple of Equation
        The first values of the states, and what those need, in order.
    each_step : tuple of Equation
        What is computed anew at every step, in order.
    states : tuple of State
        What is carried on, each with its rate of change.
    tables : mapping
        Key → :class:`Table`.
    kept, pipelines : tuple
        What the equations remember beside their states; see :mod:`cstools.engine.memory`.
    """

    parameters: tuple[str, ...]
    fixed: tuple[Equation, ...]
    at_start: tuple[Equation, ...]
    each_step: tuple[Equation, ...]
    states: tuple[State, ...]
    tables: Mapping[str, Table]
    kept: tuple[Kept, ...] = ()
    pipelines: tuple[Pipeline, ...] = ()

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The keys of everything that has a value at each step, states first."""
        return (
            *(state.key for state in self.states),
            *(equation.key for equation in self.each_step),
            *(equation.key for equation in self.fixed),
            *self.parameters,
        )


@dataclass(frozen=True)
class Clock:
    """When a run starts and stops, how long a step is, and how often it is saved.

    Attributes
    ----------
    start, stop, dt : float
        In the model's units of time.
    every : int
        Every how many steps a row is saved; the first row is the start.

    Notes
    -----
    A run takes whole steps: where ``dt`` does not divide the span, it ends at the last step
    before ``stop``.
    """

    start: float
    stop: float
    dt: float
    every: int = 1

    @property
    def steps(self) -> int:
        """How many whole steps fit between start and stop."""
        # A quotient such as 0.3 / 0.1 falls just short of the whole number that is meant.
        return int((self.stop - self.start) / self.dt * (1 + 1e-12) + 1e-9)

    @property
    def rows(self) -> int:
        """How many rows a run saves."""
        return self.steps // self.every + 1


def build(
    parameters: Iterable[str],
    equations: Mapping[str, Tree],
    states: Mapping[str, tuple[Tree, Tree]],
    tables: Mapping[str, Table],
    spelling: Mapping[str, str],
) -> Program:
    """Return the program of some equations, put in order.

    Parameters
    ----------
    equations
        Key → tree, in any order.
    states
        Key → (first value, rate of change).
    spelling
        Key → name as people write it, for errors.

    Raises
    ------
    ModelError
        When variables need each other in the same instant; the message shows the circle.
    """
    memory = Memory()
    given = frozenset(parameters)
    rates = {k: rate for k, (_, rate) in states.items()}
    begins = {f"{k} begins": first for k, (first, _) in states.items()}
    told = remember({**equations, **rates, **begins}, memory)
    equations = {key: told[key] for key in equations}
    states = {k: (told[f"{k} begins"], told[k]) for k in states} | memory.states
    fixed_keys = _fixed(equations, given)
    fixed = {key: tree for key, tree in equations.items() if key in fixed_keys}
    moving = {key: tree for key, tree in equations.items() if key not in fixed_keys}
    first = {key: begin for key, (begin, _) in states.items()}
    first |= {kept.key: kept.first for kept in memory.kept}
    first |= {f"{pipe.key} first": pipe.first for pipe in memory.pipelines}
    first |= {f"{pipe.key} wait": pipe.duration for pipe in memory.pipelines}
    first |= {pipe.key: Name(f"{pipe.key} first") for pipe in memory.pipelines}
    at_start = {key: starting(tree) for key, tree in {**moving, **first}.items()}
    needed = _needed(first, at_start)
    return Program(
        tuple(parameters),
        in_order({key: running(tree) for key, tree in fixed.items()}, spelling),
        in_order({key: at_start[key] for key in needed}, spelling),
        in_order({key: running(tree) for key, tree in moving.items()}, spelling),
        tuple(State(key, running(rate)) for key, (_, rate) in states.items()),
        dict(tables),
        tuple(replace(kept, following=running(kept.following)) for kept in memory.kept),
        tuple(replace(pipe, input=running(pipe.input)) for pipe in memory.pipelines),
    )


def in_order(equations: Mapping[str, Tree], spelling: Mapping[str, str]) -> tuple[Equation, ...]:
    """Return the equations so that each comes after those it needs, else in the order given."""
    done: dict[str, Equation] = {}
    for first in equations:
        # A stack of its own, as a long chain must not exhaust Python's: key → what it still needs.
        path = {} if first in done else {first: _needs(first, equations)}
        while path:
            key = next(reversed(path))
            waiting = next((name for name in path[key] if name not in done), None)
            if waiting is None:
                done[key] = Equation(key, equations[key])
                del path[key]
            elif waiting in path:
                keys = list(path)
                raise _circle([*keys[keys.index(waiting) :], waiting], spelling)
            else:
                path[waiting] = _needs(waiting, equations)
    return tuple(done.values())


def _needs(key: str, equations: Mapping[str, Tree]) -> Iterator[str]:
    """Yield the other equations that one needs."""
    return (name for name in names(equations[key]) if name in equations)


# Of a longer circle, its beginning and its end tell where to look.
_LONGEST_CIRCLE = 8


def _circle(keys: list[str], spelling: Mapping[str, str]) -> ModelError:
    told = [brief(spelling.get(key, key)) for key in reversed(keys)]
    if len(told) > _LONGEST_CIRCLE:
        told[5:-2] = [f"({len(told) - 7} more)"]
    circle = " → ".join(told)
    return ModelError(
        f"{circle} need each other in the same instant; a feedback loop must pass through a stock"
    )


def _fixed(equations: Mapping[str, Tree], given: frozenset[str]) -> frozenset[str]:
    """Return the keys of the equations that no run of time can change."""
    constant = given | equations.keys() | (CLOCK_NAMES - {"time"})
    users: dict[str, list[str]] = {}
    for key, tree in equations.items():
        for name in names(tree):
            users.setdefault(name, []).append(key)
    pending = [key for key, tree in equations.items() if not _still(tree, constant)]
    moving: set[str] = set()
    while pending:  # whatever is computed from something that moves, moves
        key = pending.pop()
        if key not in moving:
            moving.add(key)
            pending.extend(users.get(key, ()))
    return frozenset(equations.keys() - moving)


def _still(tree: Tree, constant: frozenset[str]) -> bool:
    """Say whether a tree names only constants and calls nothing that watches the clock."""
    watches = any(isinstance(n, Apply) and n.function in _WATCHING for n in walk(tree))
    return not watches and all(name in constant for name in names(tree))


def _needed(wanted: Iterable[str], equations: Mapping[str, Tree]) -> list[str]:
    """Return the keys that the wanted ones need, directly or not, themselves included."""
    found: dict[str, None] = {}
    pending = list(wanted)
    while pending:
        key = pending.pop()
        if key not in found and key in equations:
            found[key] = None
            pending.extend(names(equations[key]))
    return [key for key in equations if key in found]


def constant_value(tree: Tree) -> float | None:
    """Return the number that a tree is, or ``None`` when it is an expression."""
    if isinstance(tree, Number):
        return tree.value
    if isinstance(tree, Apply) and tree.function == "neg" and isinstance(tree.arguments[0], Number):
        return -tree.arguments[0].value
    return None


def unknown_names(tree: Tree, known: Collection[str]) -> list[Name]:
    """Return the names in a tree that are neither known nor the clock's."""
    named = [node for node in walk(tree) if isinstance(node, Name)]
    return [node for node in named if node.key not in known and node.key not in CLOCK_NAMES]
