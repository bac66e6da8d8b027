"""The short ways through a map: which variable acts on which by one, two or three links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cstools.causal_loops.loops import Stop
from cstools.causal_loops.parts import Link
from cstools.names import key

LONGEST = 3
_MOST = 300_000  # about 100 MB
_BETWEEN_LOOKS = 1024


@dataclass(frozen=True)
class Route:
    """A way from one variable to another, through others in between or straight.

    ``start`` and ``end`` are numbers of variables; ``through`` has a bit set for each variable
    in between. ``sign`` is the product of the signs on the way, and ``late`` says whether any
    link of it is delayed.
    """

    start: int
    end: int
    through: int
    sign: str
    late: bool
    links: tuple[Link, ...]


class Routes:
    """Every route of a map of up to ``longest`` links, shortest first.

    A link whose sign is not known is on no route: nothing can be said of where it leads. Nor is
    a link from a variable to itself. There are at most d + d² + d³ routes from a variable if d
    links leave each. When ``stop()`` says so, or when they become too many, a length that is not
    finished is left out, and ``complete`` is false. ``met[i]`` is how many links meet in
    variable i.
    """

    def __init__(self, variables: Sequence[str], links: Sequence[Link], stop: Stop) -> None:
        number = {key(name): place for place, name in enumerate(variables)}
        ahead: list[list[tuple[int, Link]]] = [[] for _ in variables]
        self.met = [0] * len(number)
        for link in links:
            start, end = number[key(link.cause)], number[key(link.effect)]
            self.met[start] += 1
            self.met[end] += 1
            if link.polarity in "+-" and start != end:
                ahead[start].append((end, link))
        found = _straight(ahead)
        last, self.longest, self.complete = found, 1, True
        while self.complete and self.longest < LONGEST:
            last, self.complete = _some(_longer(last, ahead), stop, _MOST - len(found))
            if self.complete:
                found = found + last
                self.longest += 1
        self.all = _by(found, "sign")
        self.leaving = _by(found, "sign", "start")
        self.arriving = _by(found, "sign", "end")
        self.between = _by(found, "sign", "start", "end")


def _by(routes: Sequence[Route], *what: str) -> Mapping[tuple[object, ...], Sequence[Route]]:
    sorted_out: dict[tuple[object, ...], list[Route]] = {}
    for route in routes:
        sorted_out.setdefault(tuple(getattr(route, name) for name in what), []).append(route)
    return sorted_out


def _straight(ahead: Sequence[Sequence[tuple[int, Link]]]) -> list[Route]:
    return [
        Route(start, end, 0, *_told((link,)), (link,))
        for start, ways in enumerate(ahead)
        for end, link in ways
    ]


def _longer(
    routes: Sequence[Route], ahead: Sequence[Sequence[tuple[int, Link]]]
) -> Iterator[Route]:
    """Yield each route with one link more, if that leads to a variable not met on the way."""
    for route in routes:
        for end, link in ahead[route.end]:
            if end != route.start and not route.through >> end & 1:
                way = (*route.links, link)
                yield Route(route.start, end, route.through | 1 << route.end, *_told(way), way)


def _some(routes: Iterator[Route], stop: Stop, most: int) -> tuple[list[Route], bool]:
    """Return the routes and whether they are all, which they are not when the time is over."""
    taken: list[Route] = []
    for route in routes:
        if len(taken) >= most or (len(taken) % _BETWEEN_LOOKS == 0 and stop()):
            return taken, False
        taken.append(route)
    return taken, True


def _told(links: Sequence[Link]) -> tuple[str, bool]:
    negatives = sum(link.polarity == "-" for link in links)
    return "-" if negatives % 2 else "+", any(link.delayed for link in links)
