"""The loops that matter in a map with too many loops to look at each: by the strongest paths.

The search is a walk along links, strongest first, that gives up where it comes to a variable by a
weaker path than before [EberleinSchoenberg2020]_. It is done for one instant at a time, as which
links are strong changes over a run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from cstools.on_demand import numpy as np

Path = tuple[int, ...]
Stop = Callable[[], bool]

_STEPS_BETWEEN_LOOKS = 256


class Search:
    """A search for strong loops, instant by instant, that keeps what it finds.

    Attributes
    ----------
    found : dict
        The loops, as nodes in order from the smallest one; in the order in which they were met.
    instants : int
        At how many instants the search came to its end.

    Notes
    -----
    How it can mislead: the strongest loop of all can be missed. A strong path to a variable hides
    a weaker one that would have closed a stronger loop. What is missed is most often like
    something that is found, with a few links more or less. Unlike the paper's, the search forgets
    what it knows of paths when it begins at another stock: slower, and it misses less.
    """

    def __init__(self, stop: Stop) -> None:
        self.found: dict[Path, None] = {}
        self.instants = 0
        self._stop = stop
        self._steps = 0
        self._stopped = False

    def look(self, links: Mapping[int, Sequence[tuple[int, float]]], starts: Iterable[int]) -> bool:
        """Search at one instant; say whether there was the time for it.

        Parameters
        ----------
        links
            Node → the nodes it leads to, each with the size of the link's score; above 0.
        starts
            Where walks begin: the stocks, as every loop holds one.
        """
        strongest_first = {
            node: sorted(following, key=lambda link: -link[1]) for node, following in links.items()
        }
        for start in starts:
            self._walk(strongest_first, start)
        self.instants += not self._stopped
        return not self._stopped

    def _walk(self, links: Mapping[int, Sequence[tuple[int, float]]], start: int) -> None:
        best = {start: 1.0}
        path, visiting = [start], {start}
        ahead = [iter(links.get(start, ()))]
        strength = [1.0]
        while ahead and not self._over():
            for node, score in ahead[-1]:
                arrived = strength[-1] * score
                if node == start:
                    self._keep(path)
                elif node not in visiting and arrived >= best.get(node, 0.0):
                    best[node] = arrived
                    path.append(node)
                    visiting.add(node)
                    strength.append(arrived)
                    ahead.append(iter(links.get(node, ())))
                    break
            else:
                ahead.pop()
                strength.pop()
                visiting.discard(path.pop())

    def _keep(self, path: Sequence[int]) -> None:
        first = path.index(min(path))
        self.found.setdefault((*path[first:], *path[:first]))

    def _over(self) -> bool:
        self._steps += 1
        if self._steps % _STEPS_BETWEEN_LOOKS == 0 and self._stop():
            self._stopped = True
        return self._stopped


def strongest_loops(
    pairs: Sequence[tuple[int, int]],
    scores: np.ndarray,
    starts: Sequence[int],
    stop: Stop,
    most: int = 1_000_000,
) -> Search:
    """Return what a search finds at the instants of a run, as many as there is time for.

    Instants are taken from all over the run, and then from ever closer together: a search that is
    cut short has still looked everywhere.

    Parameters
    ----------
    pairs
        The links, as pairs of nodes.
    scores : array (times, links)
    starts
        The nodes that are stocks.
    most
        After how many loops no further instant is begun.
    """
    search = Search(stop)
    for instant in spread(len(scores)):
        links: dict[int, list[tuple[int, float]]] = {}
        for (cause, effect), score in zip(pairs, np.abs(scores[instant]).tolist(), strict=True):
            if score > 0:
                links.setdefault(cause, []).append((effect, score))
        if not search.look(links, starts) or len(search.found) >= most:
            break
    return search


def spread(count: int) -> list[int]:
    """Return the numbers below ``count`` so that the first few of them lie far apart."""
    order: dict[int, None] = {}
    step = 1 << max(count - 1, 0).bit_length()
    while step:
        order |= dict.fromkeys(range(0, count, step))
        step //= 2
    return list(order)
