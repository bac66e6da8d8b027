"""The closed paths of a directed graph, shortest first, until the search is told to stop."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from cstools.causal_loops.johnson import AllAtOnce

Stop = Callable[[], bool]
STEPS_BETWEEN_LOOKS = 256
_STEPS_ALONE = 100_000


class Circuits:
    """The elementary circuits of a directed graph, as tuples of node numbers.

    Nodes are numbered from 0; each circuit begins at its smallest node. Iterating gives the
    circuits by length, and in lexicographic order within a length, until the last one, the
    longest length allowed, or until ``stop()`` says so. Afterwards ``reached`` is the length up
    to which nothing is missing and ``complete`` says whether the search came to its end.

    Steps, for each length from 1 up and from each start: look one link further backwards from
    the start, so that every node from which the way back fits in the length is known with its
    distance; walk forwards over larger nodes only; step to a node only if the way back to the
    start still fits; close the circuit at exactly that length. A start from which no walk was
    cut short has no longer circuits and is left out from then on.

    After many steps, a search for all lengths at once goes on beside this one, a little at each
    look at the clock (see :mod:`cstools.causal_loops.johnson`). This one has the first part of
    the list at any moment, but tries the same ways again for each length; that one has nothing
    until its end, which it mostly reaches sooner. Taking turns costs at most about twice the
    time of the quicker one. If that one ends first, the rest is taken from it, also when the
    time is over just then; if not, it is forgotten. The order is the same either way. Its steps
    are not counted: a budget in steps is one in steps of the search by length.

    How it can mislead: the number of circuits can grow faster than exponentially with the nodes
    (a complete graph of 10 has 1,112,073), and so can the time, even with little to find. That
    is why ``stop`` is asked every few hundred steps, forwards and backwards, also when nothing
    is found; what is remembered grows with the steps.
    """

    def __init__(
        self, successors: Sequence[Sequence[int]], longest: int | None, stop: Stop
    ) -> None:
        self._next = [sorted(nodes) for nodes in successors]
        self._before: list[list[int]] = [[] for _ in successors]
        for node, following in enumerate(self._next):
            for successor in following:
                self._before[successor].append(node)
        self._links_out = [len(following) for following in self._next]
        self._longest = len(successors) if longest is None else min(longest, len(successors))
        self._stop = stop
        self._steps, self._next_look = 0, STEPS_BETWEEN_LOOKS
        self._stopped = self._cut_short = False
        self._given = 0
        self._beside = AllAtOnce(self._next)
        self.reached = 0
        self.complete = False

    def __iter__(self) -> Iterator[tuple[int, ...]]:
        starts = [_Start(node) for node in range(len(self._next))]
        for length in range(1, self._longest + 1):
            longer = []
            for start in starts:
                self._look_back(start, length - 1)
                yield from self._walk(start, length) if length > 1 else self._itself(start)
                if self._beside.done:
                    yield from self._rest(length)
                if self._stopped:
                    return
                if self._cut_short:
                    longer.append(start)
            starts = longer
            self.reached = length
        self.reached, self.complete = self._longest, True

    def _over(self, steps: int) -> bool:
        """Count some steps; now and then, ask whether the search is to stop."""
        self._steps += steps
        return self._steps >= self._next_look and self._look()

    def _look(self) -> bool:
        """Ask whether the search is to stop; once it is, every step is followed by this."""
        while self._steps >= self._next_look and not self._stopped:
            self._next_look += STEPS_BETWEEN_LOOKS
            self._stopped = self._stop()
            if self._steps > _STEPS_ALONE and not self._stopped:
                self._beside.go_on()
                self._stopped = self._beside.done
        if self._stopped:
            self._next_look = 0
        return self._stopped

    def _rest(self, length: int) -> Iterator[tuple[int, ...]]:
        """Give the circuits from this length on that were not given, now that all are known."""
        given = self._given - sum(map(len, self._beside.by_length[:length]))
        for longer in range(length, self._longest + 1):
            yield from self._beside.by_length[longer][given:]
            self.reached, given = longer, 0
        self.complete = True

    def _look_back(self, start: _Start, farthest: int) -> None:
        """Find the nodes from which the start is at most so many links away, over larger ones."""
        while start.edge and start.looked < farthest and not self._stopped:
            start.looked += 1
            edge, start.edge = start.edge, []
            for node in edge:
                if self._over(len(self._before[node])):
                    return
                for previous in self._before[node]:
                    if previous > start.node and previous not in start.back:
                        start.back[previous] = start.looked
                        start.edge.append(previous)

    def _walk(self, start: _Start, length: int) -> Iterator[tuple[int, ...]]:
        """Give the circuits of exactly this length that begin at a start."""
        self._cut_short = length == self._longest  # it does not matter any more
        path: list[int] = []
        visited: set[int] = set()
        ahead, fitting = [iter((start.node,))], _Fitting(self._next, start)
        while ahead and not self._stopped:
            for node in ahead[-1]:
                if node in visited:
                    continue
                # Counted here, not in _over: this is where the time goes.
                self._steps += self._links_out[node]
                if self._steps >= self._next_look and self._look():
                    return
                path.append(node)
                visited.add(node)
                left = length - len(path)
                if not self._cut_short:
                    self._cut_short = self._cuts(start, node, left, visited)
                following = fitting[left, node]
                if left > 1:
                    ahead.append(iter(following))
                    break
                if following:
                    yield from self._closed(start, path, following, visited)
                visited.discard(path.pop())
            else:
                ahead.pop()
                if path:
                    visited.discard(path.pop())

    def _closed(
        self, start: _Start, path: list[int], following: list[int], visited: set[int]
    ) -> list[tuple[int, ...]]:
        """Return the circuits that go along a path, then to one node more, and back."""
        last = [node for node in following if node not in visited]
        if self._over(sum([self._links_out[node] for node in last])):
            return []
        if not self._cut_short:
            self._cut_short = any(self._cuts(start, node, 0, visited) for node in last)
        self._given += len(last)
        return [(*path, node) for node in last]

    def _itself(self, start: _Start) -> Iterator[tuple[int, ...]]:
        """Give the circuit of one link from a start, if there is one."""
        following = self._next[start.node]
        self._cut_short = any(node > start.node for node in following)
        if not self._over(len(following)) and start.node in following:
            self._given += 1
            yield (start.node,)

    def _cuts(self, start: _Start, node: int, left: int, visited: set[int]) -> bool:
        """Say whether a longer circuit may lead on from a node, by a link that is left out now."""
        return any(
            # A node not met yet may be farther back, where nobody has looked so far.
            (start.back[successor] > left if successor in start.back else bool(start.edge))
            for successor in self._next[node]
            if successor > start.node and successor != node and successor not in visited
        )


class _Start:
    """A node where circuits begin, and what is known of the ways back to it."""

    def __init__(self, node: int) -> None:
        self.node = node
        self.back: dict[int, int] = {node: 0}
        self.looked = 0
        self.edge = [node]


class _Fitting(dict[tuple[int, int], list[int]]):
    """The nodes after a node from which the way back to a start fits in so many links."""

    def __init__(self, successors: Sequence[Sequence[int]], start: _Start) -> None:
        self._next, self._start = successors, start

    def __missing__(self, left_and_node: tuple[int, int]) -> list[int]:
        left, node = left_and_node
        first, back = self._start.node, self._start.back
        fitting = [n for n in self._next[node] if n > first and back.get(n, left + 1) <= left]
        self[left_and_node] = fitting
        return fitting
