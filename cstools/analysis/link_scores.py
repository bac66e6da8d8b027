"""How much of a variable's change each of its causes brought about, step by step of a run.

For a link x → z, where z = f(x, y, …) [SchoenbergDavidsenEberlein2020]_:

1. what x alone would have changed is Δx z = f(x now, all else as a step ago) − (z a step ago);
2. the score is |Δx z / Δz|, with the sign of Δx z / Δx: ``+`` where z went the way of x;
3. it is 0 where x or z did not change.

By the third rule a run at rest has no scores. A run on a computer comes close to its rest and then
trembles in the last digits for ever, and scores are differences over differences: they would make
much of it. So :attr:`LinkScores.still` says where a variable is at rest, for those who compare
loops. This rule is not published, it is ours: a variable rests in a step in which it changes by
less than a billionth of its largest change so far, or by less than rounding can be told from. So
far, and not in the whole run, or growth would count as rest beside what becomes of it.

A stock is explained by its net flow, so that the score of a flow is |Δflow / Δ(net flow)|, ``+``
into the stock and ``-`` out of it. By this rule [SchoenbergHaywardEberlein2023]_ it does not
matter whether a model writes one net flow or several.

Tools choose differently in some things; these are the choices here:

- The time, and each number that is drawn, is one of the causes that are held as a step ago.
- The score at a time belongs to the step that *ends* there; at the start of a run there is none.
  Other programs' series can be one step earlier or later, and are otherwise the same.
- What an equation remembers by itself (the stocks inside a delay or a smooth) is not shown: a link
  through it has, at each time, the score of the strongest way through it, and loops that stay
  inside are left out [SchoenbergEberlein2020]_. A way passes each flow of a delay once. Where an
  equation uses a cause both as it is and through a delay or a smooth, as in ``x - smooth1(x, 5)``,
  this is one link as well, and it can change its sign as the stronger way does: to see two loops,
  give the smooth a name of its own, as an auxiliary.
- What waits in a pipeline or for the next step (``delay``, ``previous``) is explained by what goes
  in, at the time when it goes in. The effect is told earlier than it comes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeAlias

from cstools.engine.integrate import EULER, Method
from cstools.engine.many_runs import evaluator
from cstools.engine.memory import is_stage, owner
from cstools.engine.program import Clock, Equation, Program
from cstools.engine.single import run_once
from cstools.equations.tree import Apply, Name, Number, Tree, names, walk
from cstools.equations.tree import replace as changed
from cstools.on_demand import numpy as np

Columns = Mapping[str, Any]
Ways: TypeAlias = "dict[str, np.ndarray]"
"""Key of a cause → the score of its link, ``(times,)``."""

_CLOCK = ("time", "dt", "starttime", "stoptime")
# A change that is this share of the largest so far, or of the value itself, is none.
_REST, _ROUNDING = 1e-9, 1e-14


@dataclass(frozen=True, eq=False)
class LinkScores:
    """The scores of links, by keys.

    Attributes
    ----------
    pairs : tuple of (cause, effect)
    scores : array (times, links)
        Without units. How it can mislead: scores of links into different variables cannot be
        compared, and a score has no upper limit: where causes pull against each other, each of
        them can be far larger than what came of it.
    late : tuple of bool
        Whether a link works through a delay, a smooth or a memory, and in no other way.
    still : mapping
        Key of a variable → where it is at rest, ``(times,)`` of bool.
    """

    pairs: tuple[tuple[str, str], ...]
    scores: np.ndarray
    late: tuple[bool, ...]
    still: Mapping[str, np.ndarray]


@dataclass(frozen=True, eq=False)
class Formula:
    """What explains a variable's change, ready to be computed at many times at once.

    Attributes
    ----------
    tree : Tree
    uses : tuple of str
        What ``compute`` takes, one array for each.
    way_in : Formula or None
        By which part alone causes act on it, where that is not the whole. What leaves a stage of a
        delay is the way out of it: a cause that acts there is met on that way, not on this one.
    """

    tree: Tree
    uses: tuple[str, ...]
    compute: Callable[..., np.ndarray]
    way_in: Formula | None = None

    @property
    def acting(self) -> Formula:
        """The part by which causes act."""
        return self.way_in or self


@dataclass(frozen=True, eq=False)
class Steps:
    """The values of every variable at the end and at the beginning of some steps.

    Attributes
    ----------
    now, before : mapping
        Key → array ``(times,)``.
    """

    now: Columns
    before: Columns

    def value(self, formula: Formula, now: Collection[str] = ()) -> np.ndarray:
        """Return a formula's values, some variables as they are now, the others as before."""
        return formula.compute(
            *((self.now if name in now else self.before)[name] for name in formula.uses)
        )


def link_scores(
    program: Program,
    clock: Clock,
    parameters: Mapping[str, float],
    seed: int = 0,
    method: Method = EULER,
) -> LinkScores:
    """Return the score of every link of a run, at every saved time.

    Links begin and end at what changes during a run: states and what is computed at every step.

    The scores are published for Euler's method. For another one, ``now`` and ``before`` are the
    ends of that method's own steps; what Euler's would score along the same curve is the same as
    far as it would take the same steps, which :func:`step_gap` measures.
    """
    formulas = _formulas(program)
    steps = _steps(program, clock, parameters, seed, method)
    into = {key: _ways_into(key, formulas, steps) for key in formulas if key == owner(key)}
    pairs = tuple((cause, effect) for effect, ways in into.items() for cause in ways)
    scores = np.zeros((clock.rows, len(pairs)))
    for number, score in enumerate(score for ways in into.values() for score in ways.values()):
        scores[1:, number] = score
    late = tuple(cause not in formulas[effect].uses for cause, effect in pairs)
    ends = dict.fromkeys(key for pair in pairs for key in pair)
    still = {key: at_rest(steps.now[key], steps.before[key]) for key in ends}
    return LinkScores(pairs, scores, late, still)


def at_rest(now: np.ndarray, before: np.ndarray) -> np.ndarray:
    """Return whether a variable is at rest, ``(times,)``; at the start of a run it is not.

    ``now`` and ``before`` are its values at the end and at the beginning of each step.
    """
    with np.errstate(invalid="ignore"):  # what runs away to infinity is not at rest there
        moved = np.abs(now - before)
    largest = np.maximum.accumulate(moved)
    size = np.maximum(np.abs(now), np.abs(before))
    still = moved <= np.maximum(_REST * largest, _ROUNDING * size)
    return np.concatenate([[False], still & np.isfinite(moved)])


def step_gap(
    program: Program,
    clock: Clock,
    parameters: Mapping[str, float],
    seed: int = 0,
    method: Method = EULER,
) -> float:
    """Return how far a run's steps are from those that Euler's method would take along its curve.

    Of each state, the largest difference between what a step changed and what the rates at its
    beginning would have changed, over the largest change in any step; of the states, the largest.
    It is next to 0 for Euler's method itself, shrinks with ``dt``, and is infinite for a run that
    stops being a number.
    """
    formulas = _formulas(program)
    steps = _steps(program, replace(clock, every=1), parameters, seed, method)
    gap = 0.0
    with np.errstate(all="ignore"):
        for state in program.states:
            moved = steps.now[state.key] - steps.before[state.key]
            apart = np.abs(moved - clock.dt * steps.value(formulas[state.key])).max(initial=0)
            most = np.abs(moved).max(initial=0)
            share = float(apart / most) if most else 0.0
            gap = max(gap, share if np.isfinite(apart) and np.isfinite(most) else np.inf)
    return gap


def explanations(program: Program) -> dict[str, Tree]:
    """Return what each variable's change is explained by: its equation, or what goes into it.

    Of a state this is its rate of change; of what waits in a pipeline or for the next step, what
    it will be. The hidden ones are those whose key is not its own :func:`owner`.
    """
    trees = {state.key: state.rate for state in program.states}
    trees |= {kept.key: kept.following for kept in program.kept}
    trees |= {pipe.key: pipe.input for pipe in program.pipelines}
    trees |= {equation.key: equation.tree for equation in program.each_step}
    return {key: _draws_named(tree) for key, tree in trees.items()}


@lru_cache(maxsize=16)
def _formulas(program: Program) -> dict[str, Formula]:
    made = {key: _formula(tree, program) for key, tree in explanations(program).items()}
    for key, formula in made.items():
        entering = _entering(key, formula.tree)
        if entering is not None:
            made[key] = replace(formula, way_in=_formula(entering, program))
    return made


def _entering(key: str, rate: Tree) -> Tree | None:
    """Return what flows into a stage of a delay, of which the rate is what enters less what leaves.

    To come into a stage through what leaves it, and to leave it, is to pass the same flow twice:
    no way on a loop, were the delay written out in stocks and flows.
    """
    if is_stage(key) and isinstance(rate, Apply) and rate.function == "-":
        return rate.arguments[0]
    return None


def _formula(tree: Tree, program: Program) -> Formula:
    called = {node.function for node in walk(tree) if isinstance(node, Apply)}
    tables = {key: table for key, table in program.tables.items() if key in called}
    uses = tuple(dict.fromkeys([*names(tree), *_CLOCK]))
    uses = tuple(name for name in uses if name != "pi")
    return Formula(tree, uses, evaluator(tree, uses, tables))


# --- the run, with everything that an equation remembers --------------------------------------


@lru_cache(maxsize=16)
def _with_memory_shown(program: Program) -> Program:
    """Return a program that also saves what waits, and each number that is drawn."""
    waiting = [kept.key for kept in program.kept] + [pipe.key for pipe in program.pipelines]
    shown: dict[str, Tree] = {_shown(key): Name(key) for key in waiting}
    trees = [equation.tree for equation in program.each_step]
    trees += [state.rate for state in program.states] + [kept.following for kept in program.kept]
    for tree in (*trees, *(pipe.input for pipe in program.pipelines)):
        shown |= {_drawn(node): node for node in walk(tree) if _is_draw(node)}
    equations = tuple(Equation(key, tree) for key, tree in shown.items())
    return replace(program, each_step=(*equations, *program.each_step))


def _shown(key: str) -> str:
    return f"{key} shown"


def _is_draw(node: Tree) -> bool:
    return isinstance(node, Apply) and node.function == "noise"


def _drawn(node: Tree) -> str:
    [stream] = node.arguments if isinstance(node, Apply) else [node]
    return f"draw {stream.value:g}" if isinstance(stream, Number) else ""


def _draws_named(tree: Tree) -> Tree:
    """Return a tree in which a number that is drawn has the name under which it is saved."""
    return changed(tree, lambda node: Name(_drawn(node)) if _is_draw(node) else node)


def _steps(
    program: Program, clock: Clock, parameters: Mapping[str, float], seed: int, method: Method
) -> Steps:
    """Return the steps that end at the saved times, of which the first, the start, has none."""
    shown = _with_memory_shown(program)
    columns = run_once(shown, replace(clock, every=1), parameters, method, seed)
    for key in [*(kept.key for kept in program.kept), *(pipe.key for pipe in program.pipelines)]:
        columns[key] = columns.pop(_shown(key))
    columns["time"] = clock.start + np.arange(clock.steps + 1) * clock.dt
    ends = np.arange(1, clock.rows) * clock.every
    fixed = {"dt": clock.dt, "starttime": clock.start, "stoptime": clock.stop}
    still = {key: np.float64(value) for key, value in fixed.items()}
    return Steps(
        {key: values[ends] for key, values in columns.items()} | still,
        {key: values[ends - 1] for key, values in columns.items()} | still,
    )


# --- scores -----------------------------------------------------------------------------------


def _ways_into(key: str, formulas: Mapping[str, Formula], steps: Steps) -> Ways:
    """Return the score of the link from each visible cause of a variable, the strongest way.

    Hidden states are gone through in the order in which they feed each other, so that the
    strongest way into each is known before it is needed.
    """
    reached: dict[str, Ways] = {}
    for node in _in_order(key, formulas):
        ways: Ways = {}
        for cause, score in _scores_into(formulas[node], _causes(node, formulas), steps).items():
            if cause == owner(cause):
                _keep_stronger(ways, cause, score)
                continue
            for first, way in reached.get(cause, {}).items():  # none: the hidden state's own loop
                _keep_stronger(ways, first, way * score)
        reached[node] = ways
    return reached[key]


def _keep_stronger(ways: Ways, cause: str, score: np.ndarray) -> None:
    other = ways.get(cause)
    ways[cause] = score if other is None else np.where(np.abs(score) > np.abs(other), score, other)


def _in_order(key: str, formulas: Mapping[str, Formula]) -> list[str]:
    """Return the hidden states that a variable is computed from, each after those it needs."""
    done: dict[str, None] = {}
    path = {key: iter(_hidden(key, formulas))}
    while path:
        node = next(reversed(path))
        waiting = next((h for h in path[node] if h not in done and h not in path), None)
        if waiting is None:
            done[node] = None
            del path[node]
        else:
            path[waiting] = iter(_hidden(waiting, formulas))
    return list(done)


def _hidden(key: str, formulas: Mapping[str, Formula]) -> list[str]:
    return [cause for cause in _causes(key, formulas) if cause != owner(cause)]


def _causes(key: str, formulas: Mapping[str, Formula]) -> tuple[str, ...]:
    return tuple(name for name in formulas[key].acting.uses if name in formulas)


def _scores_into(formula: Formula, causes: Sequence[str], steps: Steps) -> Ways:
    """Return the score of each direct cause of what a formula computes."""
    if not causes:
        return {}
    before = steps.value(formula.acting)
    ways: Ways = {}
    with np.errstate(all="ignore"):  # of a run that broke, what is no number has no score
        change = steps.value(formula, formula.uses) - steps.value(formula)
        for cause in causes:
            moved = steps.now[cause] - steps.before[cause]
            acts = (moved != 0) & (change != 0)
            ways[cause] = np.zeros(len(change))
            if acts.any():
                alone = steps.value(formula.acting, (cause,)) - before
                score = np.abs(alone / change) * np.sign(alone) * np.sign(moved)
                ways[cause] = np.where(acts & np.isfinite(score), score, 0.0)
    return ways
