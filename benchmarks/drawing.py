"""A map is drawn: 15 variables and 25 links within 0.5 s, 60 and 100 within 3 s.

Drawing here is all that a cell with a map takes: finding the loops for the marks, the layout, and
the SVG. Beside it stands what networkx takes for the places alone (Kamada and Kawai), without
words, arcs, signs or marks.
"""

from __future__ import annotations

from random import Random

import networkx as nx

from benchmarks.measure import Report, Timed, span, take_turns
from cstools import CausalLoopDiagram

TURNS = 5
SIZES = {(15, 25): 0.5, (60, 100): 3.0}  # (variables, links): seconds


def map_of(variables: int, links: int) -> CausalLoopDiagram:
    """Return a map that hangs together, its links mostly between neighbours."""
    random = Random(1)
    pairs = {(random.randrange(max(0, new - 6), new), new) for new in range(1, variables)}
    while len(pairs) < links:
        cause = random.randrange(variables)
        effect = min(max(cause + random.randint(-9, 9), 0), variables - 1)
        if cause != effect:
            pairs.add((cause, effect))
    lines = (f"matter no. {a} -> matter no. {b}: {random.choice('+-')}" for a, b in sorted(pairs))
    return CausalLoopDiagram("\n".join(lines))


def measured(map_: CausalLoopDiagram) -> Timed:
    graph = nx.DiGraph((link.cause, link.effect) for link in map_.links)
    work = {"drawing": map_.svg, "places by networkx": lambda: nx.kamada_kawai_layout(graph)}
    return take_turns(work, TURNS)


def _to(within: float, timed: Timed) -> tuple[float, float, float]:
    drawing = timed.seconds["drawing"]
    limit = {"drawing": drawing, "limit": [within] * len(drawing)}
    return Timed(limit).ratio("drawing", "limit")


def main() -> int:
    report = Report()
    for size, within in SIZES.items():
        map_ = map_of(*size)
        assert (len(map_.variables), len(map_.links)) == size
        timed = measured(map_)
        variables, links = size
        report.line(f"{variables} variables, {links} links")
        report.table(timed, "places by networkx")
        report.promise(f"drawing, to {span(within)}", _to(within, timed), 1)
    return report.code


if __name__ == "__main__":
    raise SystemExit(main())
