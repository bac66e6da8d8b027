"""Every loop of a complete map of nine within 1 s; 30 variables and 90 links within 3 s.

The nine have 125,664 loops. Beside it, networkx lists the bare circuits of the same graph, as
names in no order: what a search costs that is followed by no signs, no ordering and no numbering.
The maps of 30 and 90 are drawn at random: most are complete within the budget of 2 s that
``loops()`` has, and the others say so.
"""

from __future__ import annotations

from itertools import permutations
from random import Random

import networkx as nx

from benchmarks.measure import Report, Timed, span, take_turns
from cstools import CausalLoopDiagram

TURNS = 5
NINE, LOOPS_OF_NINE = 9, 125_664
VARIABLES, LINKS, DRAWS = 30, 90, 6
NINE_WITHIN, DRAWN_WITHIN = 1.0, 3.0  # seconds
ENOUGH = 600  # seconds


def complete_map(size: int) -> CausalLoopDiagram:
    map_ = CausalLoopDiagram()
    for cause, effect in permutations(range(size), 2):
        map_.link(f"v{cause}", f"v{effect}", "+-"[(cause + 2 * effect) % 5 == 0])
    return map_


def drawn_map(seed: int) -> CausalLoopDiagram:
    draw, map_ = Random(seed), CausalLoopDiagram()
    for cause, effect in draw.sample([*permutations(range(VARIABLES), 2)], LINKS):
        map_.link(f"v{cause:02}", f"v{effect:02}", draw.choice("+-"))
    return map_


def graph_of(map_: CausalLoopDiagram) -> nx.DiGraph:
    return nx.DiGraph([(link.cause, link.effect) for link in map_.links])


def main() -> int:
    report = Report()
    nine(report)
    drawn(report)
    return report.code


def nine(report: Report) -> None:
    map_ = complete_map(NINE)
    graph = graph_of(map_)
    found = map_.loops(ENOUGH)
    assert (len(found), found.complete) == (LOOPS_OF_NINE, True), found.note
    work = {
        "networkx": lambda: list(nx.simple_cycles(graph)),
        "loops": lambda: map_.loops(ENOUGH),
        "each loop looked at": lambda: [loop.name for loop in map_.loops(ENOUGH)],
        "structure": lambda: map_.structure(ENOUGH),
        "removal": lambda: map_.removal("v3", seconds=ENOUGH),
        "loops by lens": lambda: map_.loops_by_lens(ENOUGH),
    }
    timed = take_turns(work, TURNS, practise=False)
    report.line(f"the complete map of {NINE}, {LOOPS_OF_NINE:,} loops\n")
    report.table(timed, "networkx")
    report.promise("loops, to 1 s", _in_parts(timed, "loops", NINE_WITHIN), 1)


def drawn(report: Report) -> None:
    report.line(f"\n{VARIABLES} variables and {LINKS} links, with the budget of 2 s\n")
    for seed in range(DRAWS):
        map_ = drawn_map(seed)
        graph = graph_of(map_)
        found = map_.loops()
        work = {"loops": map_.loops}
        if found.complete:
            work["networkx"] = lambda graph=graph: list(nx.simple_cycles(graph))
        timed = take_turns(work, 3, practise=False)
        beside = ""
        if found.complete:
            beside = f", networkx {span(timed.typical('networkx'))}"
        all_ = "all" if found.complete else "not all"
        report.line(f"  {len(found):,} loops, {all_}{beside}")
        report.promise("  loops, to 3 s", _in_parts(timed, "loops", DRAWN_WITHIN), 1)


def _in_parts(timed: Timed, name: str, within: float) -> tuple[float, float, float]:
    ordered = sorted(second / within for second in timed.seconds[name])
    quarter = len(ordered) // 4
    return ordered[quarter], ordered[len(ordered) // 2], ordered[-1 - quarter]


if __name__ == "__main__":
    raise SystemExit(main())
