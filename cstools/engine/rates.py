"""How fast every state of a program changes, at any state one likes: a run of no steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cstools.engine.many_runs import run_many
from cstools.engine.program import Clock, Program, in_order
from cstools.equations.functions import FUNCTIONS
from cstools.equations.tree import Apply, Name, Tree, names, walk
from cstools.on_demand import numpy as np

_WATCHING = frozenset(name for name, row in FUNCTIONS.items() if row.watches)


@dataclass(frozen=True, eq=False)
class Rates:
    """The rates of change of a program as a function of its states, at one instant.

    Attributes
    ----------
    program : Program
        Takes the states as further parameters, and computes their rates as equations.
    parameters : mapping
        Key → number: what does not move.
    states : tuple of str
        The keys of the states, those that delays and smooths keep for themselves included.
    clock : Clock
        Of a run of no steps at that instant.
    """

    program: Program
    parameters: Mapping[str, float]
    states: tuple[str, ...]
    clock: Clock

    def __call__(self, points: np.ndarray) -> np.ndarray:
        """Return the rates ``(states, points)`` at some points ``(states, points)``."""
        count = points.shape[1]
        given = {key: np.full(count, value) for key, value in self.parameters.items()}
        given |= dict(zip(self.states, points, strict=True))
        keys = [_rate(key) for key in self.states]
        found = run_many(self.program, self.clock, given, keys)
        return np.array([found[key][:, 0] for key in keys]).reshape(points.shape)


def rates_of(program: Program, clock: Clock, parameters: Mapping[str, float], at: float) -> Rates:
    """Return a program's rates as a function of its states, at rest.

    What a fixed delay lets out, and what was a step before, is what it is now: so it would be
    if nothing moved. What an equation keeps from the start of a run stays as the run had it.

    Raises
    ------
    ModelError
        When values go round in a circle of such memories, with no stock in it.
    """
    begin = start_of(program, clock, parameters)
    kept = [one for one in program.kept if one.key in names(one.following)]
    now = {one.key: one.following for one in program.kept if one not in kept}
    now |= {pipe.key: pipe.input for pipe in program.pipelines}
    now |= {equation.key: equation.tree for equation in program.each_step}
    states = tuple(state.key for state in program.states)
    ordered = in_order(now | {_rate(s.key): s.rate for s in program.states}, {})
    remembered = tuple(one.key for one in kept)
    resting = Program(
        (*program.parameters, *states, *remembered), program.fixed, (), ordered, (), program.tables
    )
    own = {key: parameters[key] for key in program.parameters}
    own |= {key: begin[key] for key in remembered}
    return Rates(resting, own, states, Clock(at, at, clock.dt))


def start_of(program: Program, clock: Clock, parameters: Mapping[str, float]) -> dict[str, float]:
    """Return the first value of every state, and of all that is kept, by key."""
    first = Program(program.parameters, program.fixed, (), program.at_start, (), program.tables)
    keys = [equation.key for equation in program.at_start]
    one = {key: np.array([parameters[key]]) for key in program.parameters}
    found = run_many(first, Clock(clock.start, clock.start, clock.dt), one, keys)
    return {key: float(values[0, 0]) for key, values in found.items()}


def watches_the_clock(program: Program) -> bool:
    """Say whether anything changes with time alone, not only with the states."""
    return any(_mentions_time(tree) for tree in _trees(program))


def draws_lots(program: Program) -> bool:
    """Say whether anything is drawn at random."""
    drawn = (n for tree in _trees(program) for n in walk(tree) if isinstance(n, Apply))
    return any(node.function == "noise" for node in drawn)


def _mentions_time(tree: Tree) -> bool:
    return any(
        node.function in _WATCHING if isinstance(node, Apply) else node == Name("time")
        for node in walk(tree)
        if isinstance(node, (Apply, Name))
    )


def _trees(program: Program) -> list[Tree]:
    listed = [equation.tree for equation in program.each_step]
    listed += [state.rate for state in program.states]
    listed += [one.following for one in program.kept]
    return listed + [pipe.input for pipe in program.pipelines]


def _rate(state: str) -> str:
    """Return the key of a state's rate; its space keeps it apart from every name."""
    return f"{state} rate"
