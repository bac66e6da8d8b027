"""Loop scores computed a second time, as their definitions read, and held against the package.

Every equation is a Python function of one dictionary of values; a step is a loop over stocks; a
score is the formula of the paper; loops are those of networkx. Nothing of the package is used but
the model, and that is written for it as text.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from cstools import StockFlow

Values = dict[str, float]
Rule = Callable[[Values], float]

# Of changes that are themselves a rest of rounding, scores are noise, in any program: a change
# that lost nine of its sixteen digits leaves seven to its score, and loops multiply up to a dozen.
CLEAR = 1e-7
AGREED = 1e-6
# Where nothing is lost, a score has the rounding of a few operations.
EXACT = 1e-9

GRAPH = ((-4.0, 3.0), (0.0, 1.0), (2.0, -1.0), (6.0, 2.0))


@dataclass(frozen=True)
class Said:
    """An equation twice: as the package reads it, and as a function; with what it uses."""

    text: str
    rule: Rule
    uses: frozenset[str]


def joined(text: str, rule: Callable[..., float], *parts: Said) -> Said:
    return Said(
        text.format(*(part.text for part in parts)),
        lambda values: rule(*(part.rule(values) for part in parts)),
        frozenset().union(*(part.uses for part in parts)),
    )


def graph(x: float) -> float:
    for (left, low), (right, high) in pairwise(GRAPH):
        if x <= right:
            return low + (max(x, left) - left) / (right - left) * (high - low)
    return GRAPH[-1][1]


ONE = [
    ("abs({})", abs),
    ("sqrt(abs({}))", lambda x: math.sqrt(abs(x))),
    ("graph({})", graph),
    ("(0 - ({}))", lambda x: 0 - x),
]
TWO = [
    ("({} + {})", lambda x, y: x + y),
    ("({} - {})", lambda x, y: x - y),
    ("({} * {}) / 10", lambda x, y: x * y / 10),
    ("({} / (1 + abs({})))", lambda x, y: x / (1 + abs(y))),
    ("min({}, {})", min),
    ("max({}, {})", max),
]
CHOICE = "(if {} > {} then {} else {})"


def equations(names: list[str]) -> st.SearchStrategy[Said]:
    def name(n: str) -> Said:
        return Said(n, lambda values: values[n], frozenset([n]))

    def number(n: float) -> Said:
        return Said(f"{n}", lambda values: n, frozenset())

    leaves = st.sampled_from(names).map(name) | st.sampled_from([0.5, 2.0, 3.0]).map(number)

    def grown(inner: st.SearchStrategy[Said]) -> st.SearchStrategy[Said]:
        return st.one_of(
            *(st.builds(lambda a, o=o: joined(*o, a), inner) for o in ONE),
            *(st.builds(lambda a, b, o=o: joined(*o, a, b), inner, inner) for o in TWO),
            st.builds(
                lambda a, b, c, d: joined(CHOICE, lambda p, q, r, s: r if p > q else s, a, b, c, d),
                inner, inner, inner, inner,
            ),
        )  # fmt: skip

    return st.recursive(leaves, grown, max_leaves=5)


@dataclass
class Written:
    """A model in the plainest form: first values, equations in order, and what flows change."""

    dt: float
    steps: int
    first: Values
    computed: dict[str, Said]
    into: dict[str, list[str]]
    out_of: dict[str, list[str]]

    def model(self) -> StockFlow:
        made = StockFlow("Drawn", stop=self.steps * self.dt, dt=self.dt)
        made.lookup("graph", GRAPH)
        for stock, value in self.first.items():
            made.stock(stock, value)
        for name, said in self.computed.items():
            ends: dict[str, str] = {}
            for stock in self.first:
                ends |= {"into": stock} if name in self.into[stock] else {}
                ends |= {"out_of": stock} if name in self.out_of[stock] else {}
            if ends:
                made.flow(name, said.text, **ends)  # type: ignore[arg-type]
            else:
                made.auxiliary(name, said.text)
        return made

    def net(self, stock: str, values: Values) -> float:
        total = 0.0
        for flow in self.into[stock]:
            total += values[flow]
        for flow in self.out_of[stock]:
            total -= values[flow]
        return total

    def run(self) -> list[Values]:
        rows: list[Values] = []
        stocks = dict(self.first)
        for step in range(self.steps + 1):
            values = dict(stocks, time=step * self.dt)
            for name, said in self.computed.items():
                values[name] = said.rule(values)
            rows.append(values)
            stocks = {s: values[s] + self.dt * self.net(s, values) for s in stocks}
        return rows

    def links(self) -> list[tuple[str, str]]:
        inside = {*self.first, *self.computed}
        links = [(u, n) for n, said in self.computed.items() for u in sorted(said.uses & inside)]
        for stock in self.first:
            links += [(flow, stock) for flow in (*self.into[stock], *self.out_of[stock])]
        return links

    def score(self, cause: str, effect: str, now: Values, before: Values) -> float:
        """Return the score of a link over one step, as [SchoenbergHaywardEberlein2023]_ has it."""
        if effect in self.first:
            change = self.net(effect, now) - self.net(effect, before)
            flow = now[cause] - before[cause]
            if change == 0 or flow == 0:
                return 0.0
            return abs(flow / change) * (1 if cause in self.into[effect] else -1)
        change, moved = now[effect] - before[effect], now[cause] - before[cause]
        if change == 0 or moved == 0:
            return 0.0
        alone = self.computed[effect].rule({**before, cause: now[cause]}) - before[effect]
        return abs(alone / change) * math.copysign(1, alone / moved) if alone else 0.0

    def clear(self, now: Values, before: Values) -> float:
        """Return the smallest share of its size that anything changed by, and did change."""
        shares = [1.0]
        for name in (*self.first, *self.computed):
            change, size = abs(now[name] - before[name]), abs(now[name]) + abs(before[name])
            if name in self.first:
                change = abs(self.net(name, now) - self.net(name, before))
                flows = (*self.into[name], *self.out_of[name])
                size = sum(abs(now[flow]) + abs(before[flow]) for flow in flows)
            shares += [change / size] if change else []
        return min(shares)


@st.composite
def written(draw: st.DrawFn) -> Written:
    stocks = [f"stock_{letter}" for letter in "abc"[: draw(st.integers(1, 3))]]
    names = [*stocks, "time"]
    computed: dict[str, Said] = {}
    for number in range(draw(st.integers(0, 2))):
        computed[f"aux_{number}"] = draw(equations(names))
        names.append(f"aux_{number}")
    into: dict[str, list[str]] = {stock: [] for stock in stocks}
    out_of: dict[str, list[str]] = {stock: [] for stock in stocks}
    for number in range(draw(st.integers(len(stocks), 5))):
        flow = f"flow_{number}"
        computed[flow] = joined("{} / 8", lambda x: x / 8, draw(equations(names)))
        names.append(flow)
        here = stocks[number % len(stocks)]
        other = draw(st.sampled_from([None, *stocks]))
        (into if draw(st.booleans()) else out_of)[here].append(flow)
        if other and other != here:  # the other end of the same flow
            (into if flow in out_of[here] else out_of)[other].append(flow)
    first = {stock: draw(st.sampled_from([-3.0, 0.0, 1.0, 4.5, 10.0])) for stock in stocks}
    return Written(draw(st.sampled_from([0.125, 0.5, 1.0])), 12, first, computed, into, out_of)


def loops_of(links: list[tuple[str, str]]) -> list[tuple[str, ...]]:
    return [tuple(cycle) for cycle in nx.simple_cycles(nx.DiGraph(links))]


def components_of(links: list[tuple[str, str]], loops: list[tuple[str, ...]]) -> list[int]:
    """Return the cycle partition of each loop: from all of it there is a path to all of it."""
    parts = list(nx.strongly_connected_components(nx.DiGraph(links)))
    return [next(n for n, part in enumerate(parts) if loop[0] in part) for loop in loops]


def turned(loop: tuple[str, ...]) -> tuple[str, ...]:
    first = loop.index(min(loop))
    return (*loop[first:], *loop[:first])


@settings(max_examples=25, deadline=None)
@given(written())
def test_scores_are_those_that_the_definitions_give(drawn: Written) -> None:
    rows, links = drawn.run(), drawn.links()
    loops = loops_of(links)
    group = components_of(links, loops)
    scores = drawn.model().run().loop_scores(seconds=60)
    assert {turned(loop.variables) for loop in scores.loops} == {*map(turned, loops)}
    known = {
        (link.cause, link.effect): column
        for link, column in zip(scores.links.links, scores.links.scores.T, strict=True)
    }
    place = {turned(loop.variables): n for n, loop in enumerate(scores.loops)}
    for step in range(1, len(rows)):
        now, before = rows[step], rows[step - 1]
        clear = drawn.clear(now, before)
        if clear < CLEAR:
            continue
        near = EXACT if clear > 1e-3 else AGREED
        own = {link: drawn.score(*link, now, before) for link in links}
        for link, score in own.items():
            ours = known[link][step] if link in known else 0.0  # a link from what is constant
            assert math.isclose(ours, score, rel_tol=near, abs_tol=near), (link, step)
        raw = [math.prod(own[link] for link in loop_links(loop)) for loop in loops]
        for number, loop in enumerate(loops):
            total = sum(abs(r) for r, g in zip(raw, group, strict=True) if g == group[number])
            share = raw[number] / total if total else 0.0
            ours = scores.relative[step, place[turned(loop)]]
            assert math.isclose(ours, share, rel_tol=near, abs_tol=near), (loop, step)


def loop_links(loop: tuple[str, ...]) -> list[tuple[str, str]]:
    return list(zip(loop, (*loop[1:], loop[0]), strict=True))
