"""Which loops a run has: all of them, or the strongest where they are too many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from cstools.analysis.loop_dominance import relative
from cstools.analysis.strongest_path import Path, Search, strongest_loops
from cstools.causal_loops.loops import Circuits, clock
from cstools.on_demand import numpy as np

Pairs = Sequence[tuple[int, int]]

# So many loops are counted one by one, and weighed at so many times, before the strongest are told.
_MOST_COUNTED, _MOST_TRIED, _AT_ONCE = 20_000, 200, 1000
# A thousand of these can still be added up.
_LARGEST = 1e300


@dataclass(frozen=True, eq=False)
class Found:
    """Loops, as nodes in order from the smallest; the shortest first, then by their nodes.

    Attributes
    ----------
    paths : tuple
    groups : tuple of int
        Of each loop, the number of its component: loops that share variables, directly or through
        other loops, so that from each variable there is a way to each other and back.
    others : array (times, components) or None
        What the loops that were found and are not told come to together, without signs.
    note : str
        What is missing and why; empty when nothing is.
    """

    paths: tuple[Path, ...]
    groups: tuple[int, ...]
    others: np.ndarray | None = None
    note: str = ""


def find(
    pairs: Pairs, scores: np.ndarray, starts: Sequence[int], seconds: float, most: int
) -> Found:
    """Return every loop, or where that takes too long or gives too many, the strongest.

    Parameters
    ----------
    pairs
        The links, as pairs of nodes from 0.
    scores : array (times, links)
    starts
        The nodes that are stocks or remember: every loop holds one.
    seconds
        How long to look for all of them, and then again for the strongest.
    most
        How many loops are told at most.
    """
    nodes = 1 + max((max(pair) for pair in pairs), default=-1)
    group = components(pairs, nodes)
    inside = [n for n, (cause, effect) in enumerate(pairs) if group[cause] == group[effect]]
    tied = [pairs[number] for number in inside]
    successors: list[list[int]] = [[] for _ in range(nodes)]
    for cause, effect in tied:
        successors[cause].append(effect)
    circuits = Circuits(successors, None, clock(seconds))
    paths = list(islice(circuits, max(most, _MOST_COUNTED) + 1))
    complete, note = circuits.complete, ""
    if not complete:
        search = strongest_loops(tied, scores[:, inside], starts, clock(seconds), _MOST_COUNTED)
        note = _looked(search, circuits.reached, len(scores))
        paths = list(dict.fromkeys([*paths, *search.found]))
    if len(paths) > most or not complete:
        note += _of_all(len(paths), most, complete)
    met = list(dict.fromkeys(group[path[0]] for path in paths))
    groups = [met.index(group[path[0]]) for path in paths]
    told = list(range(len(paths)))
    if len(paths) > most:
        told = _strongest(paths, groups, pairs, scores, most)
    others = np.zeros((len(scores), len(met)))
    rest = sorted({*range(len(paths))} - {*told})
    for few in (rest[n : n + _AT_ONCE] for n in range(0, len(rest), _AT_ONCE)):
        size = np.abs(products([paths[n] for n in few], pairs, scores))
        np.add.at(others.T, [groups[n] for n in few], size.T)
    told.sort(key=lambda n: (len(paths[n]), paths[n]))
    return Found(tuple(paths[n] for n in told), tuple(groups[n] for n in told), others, note)


def _looked(search: Search, reached: int, rows: int) -> str:
    looked = max(search.instants - 1, 0)  # the start of a run has no scores
    short = f"those of up to {reached} links and " if reached else ""
    return (
        f"There are too many loops to look at each: {short}those that were met by following the "
        f"strongest links, at {looked:,} of {rows - 1:,} times, are counted here, and a strong "
        "one can be missing. "
    )


def _of_all(count: int, most: int, complete: bool) -> str:
    of = f"{count:,} loops" if complete else f"{count:,} loops that were found"
    if count <= most:
        return f"Shares are of the {of}."
    these = f"These are the {most:,} strongest" if most > 1 else "This is the strongest"
    return f"{these} of {of}; shares are of all of these."


def _strongest(
    paths: Sequence[Path], groups: Sequence[int], pairs: Pairs, scores: np.ndarray, most: int
) -> list[int]:
    """Return which loops have the largest share in their component at any time, of some tried."""
    tried = scores[np.unique(np.linspace(0, len(scores) - 1, _MOST_TRIED).astype(int))]
    peaks = np.abs(relative(products(paths, pairs, tried), groups)).max(axis=0)
    return [int(n) for n in np.argsort(-peaks, kind="stable")[:most]]


def products(paths: Sequence[Path], pairs: Pairs, scores: np.ndarray) -> np.ndarray:
    """Return the score of each loop over time: those of its links, multiplied; (times, loops)."""
    column = {pair: number for number, pair in enumerate(pairs)}
    columns = [[column[pair] for pair in zip(p, (*p[1:], p[0]), strict=True)] for p in paths]
    result = np.zeros((len(scores), len(paths)))
    with np.errstate(all="ignore"):
        for length in {*map(len, paths)}:
            own = [n for n, path in enumerate(paths) if len(path) == length]
            links = np.array([columns[n] for n in own])
            product = np.ones((len(scores), len(own)))
            for place in range(length):
                product *= scores[:, links[:, place]]
            result[:, own] = product
    return np.asarray(np.nan_to_num(result, nan=0.0, posinf=_LARGEST, neginf=-_LARGEST))


def components(pairs: Pairs, nodes: int) -> list[int]:
    """Return for each node the number of its component: from each of it, each can be reached.

    Two walks after Kosaraju: the first notes in which order nodes are done with, the second goes
    through that order from its end, against the direction of the links.
    """
    after: list[list[int]] = [[] for _ in range(nodes)]
    before: list[list[int]] = [[] for _ in range(nodes)]
    for cause, effect in pairs:
        after[cause].append(effect)
        before[effect].append(cause)
    done: dict[int, None] = {}
    for node in range(nodes):
        _walk(node, after, {}, done)
    group: dict[int, int] = {}
    for number, node in enumerate(reversed(done)):
        reached: dict[int, None] = {}
        _walk(node, before, group, reached)
        group |= dict.fromkeys(reached, number)
    return [group[node] for node in range(nodes)]


def _walk(
    node: int, links: Sequence[Sequence[int]], taken: dict[int, int], done: dict[int, None]
) -> None:
    """Walk depth first from a node; add each that is done with to ``done``, in that order."""
    seen = {node}
    path = [] if node in taken or node in done else [(node, iter(links[node]))]
    while path:
        here, ahead = path[-1]
        following = next((n for n in ahead if not (n in seen or n in done or n in taken)), None)
        if following is None:
            done[here] = None
            path.pop()
        else:
            seen.add(following)
            path.append((following, iter(links[following])))
