"""The map of a model: who acts on whom, with the sign that the equations give each link."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeGuard

from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.engine.many_runs import evaluator
from cstools.equations import polarity
from cstools.equations.function import Function
from cstools.equations.functions import FUNCTIONS
from cstools.equations.tree import Apply, Number, Tree, replace, walk
from cstools.equations.tree import names as names_in
from cstools.names import key
from cstools.on_demand import numpy as np
from cstools.stock_flow import lowering
from cstools.stock_flow.lowering import Known, resolved
from cstools.stock_flow.parts import AnyPart, Auxiliary, Constant, Flow, Lookup

if TYPE_CHECKING:
    from cstools.stock_flow.model import StockFlow

# Along a run this many instants, evenly spread, are tried where the rules of signs cannot tell.
_TRIALS = 60
# So many times that many numbers are held at once, a few tens of megabytes.
_AT_ONCE = 50_000


@dataclass(frozen=True)
class SignedLink:
    """One link of the map, by keys: cause, effect, ``"+"``, ``"-"`` or ``"?"``, and delay."""

    cause: str
    effect: str
    sign: str
    delayed: bool = False


def causal_loops(model: StockFlow, constants: bool = False) -> CausalLoopDiagram:
    """Return the causal loop diagram of a model; constants are left out unless asked for.

    An array is one variable of the diagram; where its elements differ in sign, it is ``?``.
    """
    diagram = CausalLoopDiagram(name=model.name)
    parts = model.scalars
    shown: dict[tuple[str, str], list[SignedLink]] = {}
    for link in signed_links(model):
        if constants or not isinstance(parts[link.cause], Constant):
            ends = parts[link.cause].base, parts[link.effect].base
            if ends[0] != ends[1]:  # between the elements of one array no loop of its own is drawn
                shown.setdefault(ends, []).append(link)
    for (cause, effect), links in shown.items():
        delayed = all(link.delayed for link in links)
        diagram.link(cause, effect, _together(link.sign for link in links), delayed)
    return diagram


def _together(signs: Iterable[str]) -> str:
    """Return the sign that all elements of an array agree on."""
    seen = {*signs}
    return seen.pop() if len(seen) == 1 else "?"


def signed_links(model: StockFlow) -> tuple[SignedLink, ...]:
    """Return every link of a model with its sign.

    1. A flow raises the stock it enters (``+``) and lowers the one it leaves (``-``).
    2. A link into a flow or an auxiliary has the sign of its equation's slope, by the rules of
       signs, given which variables never change sign along the model's own run. A constant that
       is 0 and has a slider counts with the sign of the slider's range.
    3. Where the rules cannot tell, both neighbours of every value along the run are tried. A
       slope that changes its sign on the way is ``?``.

    A link whose slope is zero all along the run, such as one inside a branch never taken, is
    ``?`` as well: the run says nothing about it.
    """
    return tuple(_links(model))


def _links(model: StockFlow) -> Iterator[SignedLink]:
    parts = model.scalars
    run = model.run()
    moving = {k: run.values[k] for k in run.values}
    sign_of = {k: _lasting_sign(values) for k, values in moving.items()}
    sign_of |= {part.key: _lasting_sign(np.array(part.between)) for part in _waiting(parts)}
    slopes = {k: _slope(p) for k, p in parts.items() if isinstance(p, Lookup)}
    clock = {"dt": model.dt, "starttime": model.start, "stoptime": model.stop}
    points = {k: _thinned(v) for k, v in {**moving, "time": run.time}.items()}
    points |= {k: np.asarray(v) for k, v in clock.items()}
    known = Known.of(parts)
    for part in parts.values():
        if isinstance(part, Flow):
            yield from _ends(part)
        if isinstance(part, (Flow, Auxiliary)):
            tree = resolved(part, parts, known)
            ruled = polarity.slopes_by_rules(tree, sign_of, slopes)
            causes = [cause for cause in dict.fromkeys(names_in(tree)) if cause in parts]
            untold = [c for c in causes if ruled.get(c) not in ("+", "-")]
            tried = {} if _remembers(tree) else _by_trial(tree, untold, points, parts)
            straight = _straight(tree)
            for cause in causes:
                sign = tried.get(cause, ruled.get(cause, "0")).replace("0", "?")
                yield SignedLink(cause, part.key, sign, cause not in straight)


def _ends(flow: Flow) -> Iterator[SignedLink]:
    if flow.into is not None:
        yield SignedLink(flow.key, key(flow.into), "+")
    if flow.out_of is not None:
        yield SignedLink(flow.key, key(flow.out_of), "-")


def _remembers(tree: Tree) -> bool:
    """Say whether an equation draws or remembers, so that an instant says nothing about it."""
    return any(_row(node).watches and _row(node).keeps for node in walk(tree) if _is_known(node))


def _straight(tree: Tree) -> frozenset[str]:
    """Return the variables that work in some way other than through a delay or a smooth."""
    return frozenset(names_in(replace(tree, lambda node: Number(0.0) if _is_late(node) else node)))


def _is_known(node: Tree) -> TypeGuard[Apply]:
    return isinstance(node, Apply) and node.function in FUNCTIONS


def _row(node: Apply) -> Function:
    return FUNCTIONS[node.function]


def _is_late(node: Tree) -> bool:
    return _is_known(node) and node.function.startswith(("delay", "smooth"))


def _by_trial(
    tree: Tree,
    causes: Sequence[str],
    points: Mapping[str, np.ndarray],
    parts: Mapping[str, AnyPart],
) -> dict[str, str]:
    """Return the sign of each cause's slope at every tried instant; ``?`` where they differ.

    The equation is compiled once, and computed for many causes at a time: their instants are laid
    end to end, and in each stretch one of them is moved.
    """
    if not causes:
        return {}
    # Some functions look at the clock without naming it.
    clock = ("time", "dt", "starttime", "stoptime")
    own = {name: points[name] for name in (*names_in(tree), *clock) if name in points}
    called = {n.function.partition(" ")[0] for n in walk(tree) if isinstance(n, Apply)}
    tables = lowering.tables({k: parts[k] for k in called if k in parts}, [tree])
    compute = evaluator(tree, tuple(own), tables)
    instants, together = len(points["time"]), max(1, _AT_ONCE // len(own))
    signs: dict[str, str] = {}
    for few in (causes[n : n + together] for n in range(0, len(causes), together)):
        laid = {k: np.tile(np.broadcast_to(v, instants), len(few)) for k, v in own.items()}
        high, low = (compute(*_moved(laid, few, way).values()) for way in (1e-4, -1e-4))
        for place, cause in enumerate(few):
            stretch = slice(place * instants, (place + 1) * instants)
            signs[cause] = _sign_of_change(high[stretch], low[stretch])
    return signs


def _moved(laid: Mapping[str, np.ndarray], few: Sequence[str], way: float) -> dict[str, np.ndarray]:
    """Return the values with each cause moved a little in its own stretch."""
    moved = dict(laid)
    for place, cause in enumerate(few):
        values = np.reshape(laid[cause].copy(), (len(few), -1))
        with np.errstate(invalid="ignore"):  # a run that breaks on its way ends in infinities
            values[place] += way * np.maximum(np.abs(values[place]), 1e-6)
        moved[cause] = values.ravel()
    return moved


def _sign_of_change(high: np.ndarray, low: np.ndarray) -> str:
    # Rounding alone can tilt the difference of two equal results.
    noise = 1e-11 * np.maximum(np.abs(high), np.abs(low))
    with np.errstate(invalid="ignore"):  # what is infinite both times tells nothing
        change = np.where(np.abs(high - low) > noise, high - low, 0.0)
    sign = polarity.plus(
        "+" if c > 0 else "-" if c < 0 else "0" for c in change[np.isfinite(change)]
    )
    return "?" if sign == "0" else sign


def _lasting_sign(values: np.ndarray) -> str:
    """Return the sign that a series never leaves; an exact zero now and then does not count."""
    if not np.isfinite(values).all():
        return "?"
    low, high = float(values.min()), float(values.max())
    return "+" if low >= 0 and high > 0 else "-" if high <= 0 and low < 0 else "?"


def _waiting(parts: Mapping[str, AnyPart]) -> Iterator[Constant]:
    """Yield the constants that are 0 and have a slider: their arrows wait for a first move."""
    for part in parts.values():
        if isinstance(part, Constant) and part.value == 0 and part.between is not None:
            yield part


def _slope(lookup: Lookup) -> str:
    steps = np.diff([y for _, y in lookup.points])
    return polarity.plus("+" if step > 0 else "-" if step < 0 else "0" for step in steps)


def _thinned(values: np.ndarray) -> np.ndarray:
    rows = np.unique(np.linspace(0, len(values) - 1, _TRIALS).astype(int))
    thinned: np.ndarray = values[rows]
    return thinned
