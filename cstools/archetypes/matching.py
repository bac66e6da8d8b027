"""An archetype's pattern looked for in a map: roles for variables, routes for links.

The search goes by how much the pattern is stretched: first the places where every link of the
pattern is one link of the map, then those with one link more, and so on. A search that runs out
of time has therefore found the plainest places, and can say up to where nothing is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cstools.archetypes.routes import LONGEST, Route, Routes
from cstools.causal_loops.loops import Stop
from cstools.causal_loops.parts import Link
from cstools.names import key

_STEPS_BETWEEN_LOOKS = 256


@dataclass(frozen=True)
class Pattern:
    """The links of an archetype between numbered roles, in the order in which they are sought.

    ``lines`` are ``(cause, effect, sign)``; each but the first touches a role met before.
    ``late`` are groups of places in ``lines``: in each group one line at least is delayed.
    """

    roles: tuple[str, ...]
    lines: tuple[tuple[int, int, str], ...]
    late: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True)
class Place:
    """Where a pattern lies in a map: a variable's number for each role, a route for each line."""

    roles: tuple[int, ...]
    routes: tuple[Route, ...]

    @property
    def stretch(self) -> int:
        """How many links it has beyond those of the pattern."""
        return sum(len(route.links) - 1 for route in self.routes)


def pattern_of(
    roles: Sequence[str], links: Sequence[Link], late: Sequence[Sequence[str]] = ()
) -> Pattern:
    """Return the pattern of a template map.

    ``late`` are paths of roles on which a delay has to be met somewhere. The lines are put in an
    order in which, as far as can be, both ends are known: what closes a loop fails soonest.
    """
    number = {key(name): place for place, name in enumerate(roles)}
    left = [(number[key(link.cause)], number[key(link.effect)], link.polarity) for link in links]
    lines: list[tuple[int, int, str]] = []
    known: set[int] = set()
    while left:
        line = max(left, key=lambda line: (line[0] in known) + (line[1] in known))
        left.remove(line)
        lines.append(line)
        known.update(line[:2])
    pairs = [line[:2] for line in lines]
    steps = [pairwise(number[key(role)] for role in path) for path in late]
    groups = [[pairs.index(step) for step in path] for path in steps]
    return Pattern(tuple(roles), tuple(lines), tuple(map(tuple, groups)))


class Search:
    """The places of several patterns in one map, the least stretched first.

    Roles fall on different variables, and no variable is used twice: the routes meet in roles
    only. Two places with the same links are one, as with the two sides of an escalation that
    may change their names; the roles then go to the variables with most links, and among equals
    to those that stand first on the map. Iterating gives ``(name of the pattern, place)``.
    Afterwards ``complete`` says whether the search came to its end, and ``reached`` up to how many
    added links nothing is missing (−1: not even the pattern as it is).

    How it can mislead: the number of places grows steeply with the links of a map, and most of
    them in a dense map are accidents of drawing.
    """

    def __init__(self, patterns: Mapping[str, Pattern], routes: Routes, stop: Stop) -> None:
        self._patterns = patterns
        self._routes = routes
        self._stop = stop
        self._steps = 0
        self._stopped = self._cut_short = False
        self.complete = False
        self.reached = -1

    def __iter__(self) -> Iterator[tuple[str, Place]]:
        searched = dict(self._patterns)
        most = (LONGEST - 1) * max((len(p.lines) for p in searched.values()), default=0)
        for stretch in range(most + 1):
            if stretch >= self._routes.longest and not self._routes.complete:
                return  # a link of the pattern may be a route that is not there
            for name, pattern in list(searched.items()):
                self._cut_short = False
                best: dict[frozenset[Link], Place] = {}
                for place in self._places(pattern, stretch):
                    links = frozenset(link for route in place.routes for link in route.links)
                    best[links] = min(best.get(links, place), place, key=self._rank)
                yield from ((name, place) for place in sorted(best.values(), key=self._rank))
                if self._stopped:
                    return
                if not self._cut_short:
                    del searched[name]
            self.reached = stretch
        self.complete = True

    def _rank(self, place: Place) -> tuple[int, tuple[int, ...]]:
        """Put first where the roles are played by what most links meet in."""
        met = self._routes.met
        return -sum(met[variable] for variable in place.roles), place.roles

    def _over(self) -> bool:
        self._steps += 1
        if self._steps % _STEPS_BETWEEN_LOOKS == 0 and self._stop():
            self._stopped = True
        return self._stopped

    def _places(self, pattern: Pattern, stretch: int) -> Iterator[Place]:
        """Yield the places with exactly so many added links, by walking line after line.

        ``choices[i]`` are the routes still to be tried for line i, ``taken[i]`` the one chosen.
        """
        taken: list[Route] = []
        states = [_State((None,) * len(pattern.roles), 0, stretch)]
        choices = [self._choices(pattern, 0, states[0])]
        while choices and not self._stopped:
            route, state = next(choices[-1], (None, None))
            if route is None or state is None:
                choices.pop()
                states.pop()
                if taken:
                    taken.pop()
                continue
            if len(taken) + 1 < len(pattern.lines):
                taken.append(route)
                states.append(state)
                choices.append(self._choices(pattern, len(taken), state))
            elif _late_enough(pattern, [*taken, route]):
                yield Place(tuple(n for n in state.roles if n is not None), (*taken, route))

    def _choices(
        self, pattern: Pattern, line: int, state: _State
    ) -> Iterator[tuple[Route, _State]]:
        """Yield the routes that fit a line, each with what is known after taking it."""
        cause, effect, sign = pattern.lines[line]
        last = line + 1 == len(pattern.lines)
        start, end = state.roles[cause], state.roles[effect]
        for route in self._candidates(sign, start, end):
            if self._over():
                return
            added = len(route.links) - 1
            if added > state.left:
                self._cut_short = True
                return  # the routes come shortest first
            if last and added < state.left:
                continue
            new = (0 if start is not None else 1 << route.start) | (
                0 if end is not None else 1 << route.end
            )
            if (route.through | new) & state.used:
                continue
            roles = list(state.roles)
            roles[cause], roles[effect] = route.start, route.end
            used = state.used | route.through | new
            yield route, _State(tuple(roles), used, state.left - added)

    def _candidates(self, sign: str, start: int | None, end: int | None) -> Sequence[Route]:
        routes = self._routes
        if start is not None and end is not None:
            return routes.between.get((sign, start, end), ())
        if start is not None:
            return routes.leaving.get((sign, start), ())
        if end is not None:
            return routes.arriving.get((sign, end), ())
        return routes.all.get((sign,), ())


@dataclass(frozen=True)
class _State:
    """Which variable each role has, which are used (a bit each), and how many links may be added.

    A variable in between counts as used as much as one with a role.
    """

    roles: tuple[int | None, ...]
    used: int
    left: int


def _late_enough(pattern: Pattern, routes: Sequence[Route]) -> bool:
    return all(any(routes[line].late for line in group) for group in pattern.late)
