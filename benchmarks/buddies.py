"""Buddies for 40 people, rules and scores and all, take at most eight bare matchings.

The bare matching is networkx on a complete graph of 40 with whole numbers drawn at random: what
pairing would cost if every rule and score came for nothing.

With a number of people behind it (``python benchmarks/buddies.py 4000``) it measures a pool of that
size once: seconds, memory, and what is proven of the result.
"""

import random
import resource
import sys
from datetime import date
from itertools import combinations
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import networkx as nx

from cstools.cohorts import read_applications
from cstools.cohorts.applying.columns import folded
from cstools.cohorts.basics.hours import reference_mondays, week_bits
from cstools.cohorts.buddies.buddies import Buddy, best_pairs, explain, possible_pairs
from cstools.cohorts.buddies.trios import best_groups, found_groups
from cstools.cohorts.made_up.synthetic import mapping_for_faults, write_synthetic

PROMISED = 8  # times the bare matching
ROUNDS = 7


def people(count: int) -> list[Buddy]:
    with TemporaryDirectory() as folder:
        form = write_synthetic(Path(folder, "form.csv"), count)
        applications = read_applications(form, mapping_for_faults()).people
    mondays = reference_mondays(date(2026, 6, 22), date(2027, 7, 12))
    return [
        Buddy(
            f"P-{number:03d}",
            folded(person.site),
            frozenset(person.languages),
            tuple(week_bits(person.free, person.time_zone, monday) for monday in mondays),
        )
        for number, person in enumerate(applications)
    ]


def seconds(task) -> float:
    def once() -> float:
        start = perf_counter()
        task()
        return perf_counter() - start

    return median(once() for _ in range(ROUNDS))


def bare_graph(count: int) -> nx.Graph:
    draw = random.Random(40)
    graph = nx.Graph()
    for one, other in combinations(range(count), 2):
        graph.add_edge(one, other, weight=draw.randrange(2**40))
    return graph


def pool(count: int) -> int:
    many = people(count)
    start = perf_counter()
    found = found_groups(many, 2026)
    took = perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"buddies for {count} people: {took:.1f} s, {memory:.1f} GB; {found.quality}")
    return 0 if memory < 2 and took < 120 else 1


def main() -> int:
    if len(sys.argv) > 1:
        return pool(int(sys.argv[1]))
    forty, graph = people(40), bare_graph(40)
    bare = seconds(lambda: nx.max_weight_matching(graph, maxcardinality=True))
    pairs = seconds(lambda: best_pairs(possible_pairs(forty), 2026))
    whole = seconds(lambda: explain(forty, best_groups(forty, 2026)))
    kept = whole < PROMISED * bare
    print(f"a bare matching of 40: {1000 * bare:.0f} ms")
    print(f"pairs of 40 people: {1000 * pairs:.0f} ms, {pairs / bare:.1f} bare matchings")
    print(
        f"pairs, trios and reasons for 40 people: {1000 * whole:.0f} ms, {whole / bare:.1f} bare "
        f"matchings (promised: at most {PROMISED}) {'✓' if kept else '✗'}"
    )
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
