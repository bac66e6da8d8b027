"""Which loops of a run matter when, as plain values for a page: links that are lit, and words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cstools.analysis.link_scores import step_gap
from cstools.analysis.lit import lights, marked
from cstools.analysis.loop_scores import loop_scores
from cstools.analysis.scored import ScoredLoops
from cstools.analysis.tables import percent
from cstools.engine.integrate import method_named
from cstools.errors import CstoolsError
from cstools.names import key
from cstools.on_demand import numpy as np
from cstools.plotting.lit_diagram import glow

if TYPE_CHECKING:
    from cstools.analysis.loop_scores import LoopScores
    from cstools.causal_loops.parts import Loop
    from cstools.stock_flow.run import Recipe, Run

# At most at so many moments of a run the page can light the map.
_MOST_MOMENTS = 101
# Beyond so many numbers the scores take longer than somebody who moves a slider wants to wait.
_MOST_NUMBERS = 2_000_000
_SECONDS, _MOST_LOOPS = 0.5, 300
# Steps of another method than Euler's may differ by this share from what Euler's would do. With
# the teaching models, shares of loops were then within a few hundredths of those of Euler's
# method with a step so short that its curves were the same.
_MOST_GAP = 0.1
_DIGITS = "0123456789a"


def lit_loops(run: Run, values: Mapping[str, float], rows: int, names: Sequence[Loop]) -> Any:
    """Return what a page needs to light the loops of a run as time moves; or why it cannot.

    Parameters
    ----------
    values
        What the sliders said for this run.
    rows
        How many times the page itself saves, evenly spread over the run.
    names
        The loops of the map that is shown: the same loop is called the same.

    Returns
    -------
    dict
        ``values``, ``note`` (why there are no scores, or empty), ``sentence``, and for each moment
        of ``rows`` (of the page): ``said``, ``ruling`` (names), and one digit of ``links``' levels,
        one share of each of the strongest ``loops``, and of all ``others``; ``ways`` by name.
    """
    empty: dict[str, Any] = {"values": dict(values), "note": "", "sentence": "", "rows": []}
    numbers = len(run.time) * len(run.values)
    if numbers > _MOST_NUMBERS:
        return empty | {
            "note": f"This run holds {numbers:,} numbers, and its loops are not scored while "
            "sliders move; model.run().loop_scores() in a cell takes its time over it."
        }
    if run.arrays:
        return empty | {
            "note": "This model has arrays: its loops act in each element apart, while the map "
            "shows an array once, so they are not lit; model.run().loop_scores() tells them."
        }
    try:
        gap = _gap(run.recipe)
        if run.recipe and gap > _MOST_GAP:
            return empty | {"note": _steps_too_long(run.recipe, gap)}
        scores = loop_scores(run, _SECONDS, _MOST_LOOPS, own_steps=True)
    except CstoolsError as error:
        return empty | {"note": f"{error}."}
    if not len(scores.loops):
        return empty | {"note": scores.describe()}
    lit = _of(_renamed(scores, names), rows)
    return empty | lit | {"sentence": f"{lit['sentence']} {_along(run.recipe, gap)}".strip()}


def _gap(recipe: Recipe | None) -> float:
    """Return how far the steps of a run are from those of Euler's method, which scores are for."""
    if recipe is None or recipe.method == "euler":
        return 0.0
    method = method_named(recipe.method)
    return step_gap(recipe.program, recipe.clock, recipe.parameters, recipe.seed, method)


def _along(recipe: Recipe | None, gap: float) -> str:
    """Say on what the scores stand where the run was not made by Euler's method."""
    if recipe is None or recipe.method == "euler":
        return ""
    return (
        f"The model runs by the method {recipe.method}, and the shares of loops are defined for "
        "Euler's method. They hold here because the steps are so short that both methods take "
        f"each of them nearly the same way (within {percent(max(gap, 0.01))})."
    )


def _steps_too_long(recipe: Recipe, gap: float) -> str:
    """Say why a run that was not made by Euler's method has no scores, and what helps."""
    shorter = ""
    if np.isfinite(gap):  # the gap shrinks as the step does
        power = np.floor(np.log2(recipe.clock.dt * _MOST_GAP / gap))
        shorter = f", such as dt={2.0**power:g}"
    return (
        "The loops of this run are not lit: the shares of loops are defined for Euler's method, "
        f"the model runs by the method {recipe.method}, and its steps are too long for both to do "
        f"the same. Give the model a shorter step{shorter}, and the loops are lit here."
    )


def _of(scores: LoopScores, rows: int) -> dict[str, Any]:
    page = moments(rows)
    own = [round(row * (len(scores.time) - 1) / max(1, rows - 1)) for row in page]
    shown = lights(scores, own)
    ends = list(shown[0].links)
    strongest = marked(scores, own)
    return {
        "sentence": scores.describe(),
        "rows": page,
        "said": [light.said for light in shown],
        "ruling": [[n.name for n in scores.dominant(float(scores.time[r]))][:3] for r in own],
        "links": [
            [*pair, "".join(_DIGITS[glow(light.links[pair])[0]] for light in shown)]
            for pair in ends
        ],
        "loops": [
            {
                "name": scores.loops[n].name,
                "polarity": scores.loops[n].polarity,
                "shares": [round(100 * float(scores.relative[r, n])) for r in own],
            }
            for n in strongest
        ],
        "others": _others(scores, own, strongest),
        "ways": {
            loop.name: " → ".join((*loop.variables, loop.variables[0]))
            for loop in _told(scores, own)
        },
    }


def _others(scores: LoopScores, own: Sequence[int], strongest: Sequence[int]) -> list[list[int]]:
    """Return what the loops that are not told each have together: reinforcing, balancing."""
    rest = np.delete(scores.relative[list(own)], strongest, axis=1)
    sides = (np.maximum(rest, 0).sum(axis=1), np.maximum(-rest, 0).sum(axis=1))
    return [[round(100 * float(share)) for share in side] for side in sides]


def _told(scores: LoopScores, own: Sequence[int]) -> Iterable[Loop]:
    """Return every loop that a moment's words name, and the strongest, each once."""
    ruling = {loop.name: loop for r in own for loop in scores.dominant(float(scores.time[r]))[:3]}
    return (ruling | {scores.loops[n].name: scores.loops[n] for n in marked(scores, own)}).values()


def moments(rows: int) -> list[int]:
    """Return the rows of a page at which its time cursor stops, evenly spread.

    The end of the first step comes first: at the start itself nothing has happened yet.
    """
    last = rows - 1
    first = min(1, last)
    step = (last - first) / (_MOST_MOMENTS - 1)
    return sorted({round(first + number * step) for number in range(_MOST_MOMENTS)})


def _renamed(scores: LoopScores, names: Sequence[Loop]) -> LoopScores:
    """Return the scores with the names that the loops have on the map.

    A run gives its loops names by what they were in it, and a loop that changes its side would
    change its name under the reader's eyes. One that the map does not have is told by its way.
    """
    called = {_cycle(loop): loop.name for loop in names}
    if not called:
        return scores
    loops = [
        replace(loop, name=called.get(_cycle(loop), " → ".join(loop.variables)))
        for loop in scores.loops
    ]
    return replace(scores, loops=ScoredLoops(loops, scores.loops.note))


def _cycle(loop: Loop) -> tuple[str, ...]:
    around = tuple(map(key, loop.variables))
    first = around.index(min(around))
    return around[first:] + around[:first]
