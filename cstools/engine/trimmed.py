"""What a run needs when only some of its variables are wanted: the rest is not computed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from cstools.engine.program import Program
from cstools.equations.tree import Tree, names


def trimmed(program: Program, keys: Iterable[str]) -> Program:
    """Return a program without the states and equations that no wanted variable depends on.

    What stays the same through a run stays whole: it is computed once only.
    """
    needs: dict[str, Tree] = {equation.key: equation.tree for equation in program.each_step}
    needs |= {state.key: state.rate for state in program.states}
    needs |= {kept.key: kept.following for kept in program.kept}
    needs |= {pipe.key: pipe.input for pipe in program.pipelines}
    wanted = _reached(keys, needs)
    states = tuple(state for state in program.states if state.key in wanted)
    kept = tuple(kept for kept in program.kept if kept.key in wanted)
    pipes = tuple(pipe for pipe in program.pipelines if pipe.key in wanted)
    begin = [*(state.key for state in states), *(one.key for one in kept)]
    begin += [pipe.key + word for pipe in pipes for word in ("", " wait")]
    first = _reached(begin, {equation.key: equation.tree for equation in program.at_start})
    return replace(
        program,
        at_start=tuple(equation for equation in program.at_start if equation.key in first),
        each_step=tuple(equation for equation in program.each_step if equation.key in wanted),
        states=states,
        kept=kept,
        pipelines=pipes,
    )


def _reached(keys: Iterable[str], needs: Mapping[str, Tree]) -> set[str]:
    """Return the keys that some need, directly or not, themselves included."""
    found: set[str] = set()
    pending = list(keys)
    while pending:
        key = pending.pop()
        if key not in found:
            found.add(key)
            pending.extend(names(needs[key]) if key in needs else ())
    return found
