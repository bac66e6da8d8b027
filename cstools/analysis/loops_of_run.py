"""The links and loops of a run get their names, their signs and their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cstools.analysis import loop_dominance
from cstools.analysis.link_scores import LinkScores
from cstools.analysis.scored import ScoredLinks
from cstools.causal_loops.parts import Link, Loop, polarity_of
from cstools.engine.memory import owner
from cstools.engine.program import Program
from cstools.equations import polarity
from cstools.equations.tree import names as names_in
from cstools.names import key
from cstools.on_demand import numpy as np
from cstools.stock_flow import lowering
from cstools.stock_flow.parts import AnyPart, Auxiliary, Flow, Stock
from cstools.stock_flow.run import Run

_KINDS = {"+": "R", "-": "B"}


def as_said(scored: LinkScores, run: Run) -> LinkScores:
    """Return the links that the equations say, and of those that hold flows back, the active.

    A stock that cannot go below zero acts on its outflows only where it comes to that.
    """
    said = {
        k: {*names_in(part.tree)}
        for k, part in run.parts.items()
        if isinstance(part, (Flow, Auxiliary)) and part.tree
    }
    kept = [
        n
        for n, (cause, effect) in enumerate(scored.pairs)
        if cause in said.get(effect, {cause}) or scored.scores[:, n].any()
    ]
    late = tuple(scored.late[n] for n in kept)
    pairs = tuple(scored.pairs[n] for n in kept)
    return LinkScores(pairs, scored.scores[:, kept], late, scored.still)


def quietened(
    raw: np.ndarray, ways: Sequence[Sequence[str]], groups: Sequence[int], scored: LinkScores
) -> tuple[np.ndarray, LinkScores]:
    """Return scores of loops and of links, 0 where all that their component's loops pass rests.

    Parameters
    ----------
    raw : array (times, loops)
    ways
        The keys of each loop's variables.
    groups
        Of each loop, the number of its component.
    """
    loops, links = raw.copy(), scored.scores.copy()
    for group in set(groups):
        own = [n for n, other in enumerate(groups) if other == group]
        inside = {name for n in own for name in ways[n]}
        rows = np.logical_and.reduce([scored.still[name] for name in inside])
        between = [n for n, ends in enumerate(scored.pairs) if inside.issuperset(ends)]
        loops[np.ix_(rows, own)] = 0.0
        links[np.ix_(rows, between)] = 0.0
    return loops, replace(scored, scores=links)


def remembering(program: Program) -> tuple[str, ...]:
    """Return what carries something on to the next step: stocks, and what holds a delay."""
    keys = [state.key for state in program.states]
    keys += [kept.key for kept in program.kept] + [pipe.key for pipe in program.pipelines]
    return tuple(dict.fromkeys(map(owner, keys)))


def named_links(scored: LinkScores, program: Program, run: Run) -> ScoredLinks:
    """Return the links by the names that the author gave, each with the sign that it had.

    A link that never acted has the sign that its equation gives it, if it does.
    """
    plain = ScoredLinks(
        tuple(
            Link(_spelled(cause, run), _spelled(effect, run), "?", late)
            for (cause, effect), late in zip(scored.pairs, scored.late, strict=True)
        ),
        scored.scores,
    )
    rates = {state.key: state.rate for state in program.states}
    lasting = {k: _lasting(values) for k, values in run.values.items()}
    links = []
    for number, ((cause, effect), link) in enumerate(zip(scored.pairs, plain.links, strict=True)):
        column = plain.relative[:, number]
        part = run.parts[effect]
        sign = loop_dominance.polarity(column)
        if not column.any():
            tree = rates[effect] if isinstance(part, Stock) else lowering.resolved(part, run.parts)
            found = polarity.by_rules(tree, cause, lasting)
            sign = found if found in _KINDS else "?"
        links.append(Link(link.cause, link.effect, sign, link.delayed))
    return ScoredLinks(tuple(links), scored.scores)


def _lasting(values: np.ndarray) -> str:
    """Return the sign that a series never leaves, ``"?"`` if there is none."""
    low, high = float(values.min()), float(values.max())
    return "+" if low >= 0 < high else "-" if low < 0 >= high else "?"


def named_loops(
    ways: Sequence[Sequence[str]], links: Sequence[Link], shares: np.ndarray, run: Run
) -> list[Loop]:
    """Return the loops as they are told: from their first stock on, numbered in their order.

    Parameters
    ----------
    ways
        The keys of each loop's variables, in order.
    shares : array (times, loops)
    """
    between = {(key(link.cause), key(link.effect)): link for link in links}
    order = {k: place for place, k in enumerate(run.parts)}
    counts = {"R": 0, "B": 0, "U": 0}
    loops = []
    for column, way in zip(shares.T, ways, strict=True):
        turned = _from_first_stock(way, order, run.parts)
        around = tuple(between[pair] for pair in zip(turned, (*turned[1:], turned[0]), strict=True))
        kind = _kind(column, around)
        counts[kind] += 1
        variables = tuple(link.cause for link in around)
        loops.append(Loop(f"{kind}{counts[kind]}", kind, variables, around))
    return loops


def _kind(shares: np.ndarray, links: Sequence[Link]) -> str:
    if shares.any():
        return _KINDS.get(loop_dominance.polarity(shares), "U")
    return polarity_of(link.polarity for link in links).replace("?", "U")


def _from_first_stock(
    way: Sequence[str], order: Mapping[str, int], parts: Mapping[str, AnyPart]
) -> list[str]:
    first = min(way, key=lambda k: (not isinstance(parts[k], Stock), order[k]))
    place = way.index(first)
    return [*way[place:], *way[:place]]


def _spelled(variable: str, run: Run) -> str:
    return run.parts[variable].name
