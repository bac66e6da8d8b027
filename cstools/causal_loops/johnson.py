"""All circuits of a map at once, the shortest not first: quick where there are not too many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_STEPS_BETWEEN_PAUSES = 512
_MOST_KEPT = 1_000_000

Circuit = tuple[int, ...]


class AllAtOnce:
    """Johnson's search for every circuit [Johnson1975]_, in small pieces.

    ``go_on()`` searches a little further. When ``done``, ``by_length[n]`` are the circuits of
    ``n`` links, in lexicographic order; before, they are some, and nothing is known of the rest.

    Steps, for each start in turn: keep to the nodes that lie on some way from the start back to
    it over larger nodes; walk forwards, and close the circuit wherever the start comes next; a
    node from which the walk did not come back stays blocked until a node behind it on the way
    is free again. So nothing is tried twice in vain, and the time from one circuit to the next is
    at most the size of the map, where a search length by length can pass any number of dead ends.

    How it can mislead: it must come to its end to be of any use, and it holds what it found. It
    gives up at a million circuits, and is never done then.
    """

    def __init__(self, successors: Sequence[Sequence[int]]) -> None:
        self._next = [sorted(nodes) for nodes in successors]
        self.by_length: list[list[Circuit]] = [[] for _ in range(len(successors) + 1)]
        self.done = False
        self._steps = self._kept = 0
        self._pauses = self._search()

    def go_on(self) -> None:
        """Search a little further, if there is anything left to search."""
        next(self._pauses, None)

    def _search(self) -> Iterator[None]:
        for start in range(len(self._next)):
            around = self._around(start)
            if around:
                yield from self._walk(start, around)
            if self._kept > _MOST_KEPT:
                self.by_length.clear()
                return
            if self._pause_after(len(self._next)):
                yield
        self.done = True

    def _pause_after(self, steps: int) -> bool:
        self._steps += steps
        if self._steps < _STEPS_BETWEEN_PAUSES:
            return False
        self._steps = 0
        return True

    def _around(self, start: int) -> dict[int, list[int]]:
        """Return the links among the nodes on the ways from a start back to it, without smaller."""
        before: dict[int, list[int]] = {start: []}
        for node in (reached := [start]):
            for successor in self._next[node]:
                if successor >= start:
                    if successor not in before:
                        before[successor] = []
                        reached.append(successor)
                    before[successor].append(node)
        inside = {start} if before[start] else set()
        for node in (returning := list(inside)):
            fresh = {previous for previous in before[node] if previous not in inside}
            inside |= fresh
            returning += fresh
        return {node: [n for n in self._next[node] if n in inside] for node in inside}

    def _walk(self, start: int, around: dict[int, list[int]]) -> Iterator[None]:
        path, blocked = [start], {start}
        waiting: dict[int, set[int]] = {node: set() for node in around}
        ahead, closed = [iter(around[start])], [False]
        while ahead:
            for node in ahead[-1]:
                if node == start:
                    self.by_length[len(path)].append(tuple(path))
                    self._kept += 1
                    closed[-1] = True
                elif node not in blocked:
                    path.append(node)
                    blocked.add(node)
                    ahead.append(iter(around[node]))
                    closed.append(False)
                    if self._pause_after(len(around[node])):
                        if self._kept > _MOST_KEPT:
                            return
                        yield
                    break
            else:
                ahead.pop()
                node = path.pop()
                if closed.pop():
                    _free(node, blocked, waiting)
                    if closed:
                        closed[-1] = True
                else:
                    for successor in around[node]:
                        waiting[successor].add(node)


def _free(node: int, blocked: set[int], waiting: dict[int, set[int]]) -> None:
    """Free a node, and every blocked one that waits for it or for one that waits for it."""
    for free in (freed := [node]):
        if free in blocked:
            blocked.remove(free)
            freed += waiting[free]
            waiting[free].clear()
