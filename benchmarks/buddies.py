"""Buddies for 40 people, rules and scores and all, take at most eight bare matchings.

The bare matching is networkx on a complete graph of 40 with whole numbers drawn at random: what
pairing would cost if every rule and score came for nothing. 40 people are also to take at most
2 seconds, their pairs alone 50 milliseconds, and 400 people 5 seconds.

With a number of people behind it (``python -m benchmarks.buddies 4000``) it pairs a cohort of that
size once, reasons and all: 4,000 take at most two minutes and 2 GB. Time is the processor's.
"""

import random
import resource
import sys
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

import networkx as nx

from cstools.cohorts import Programme, read_applications
from cstools.cohorts.basics.hours import reference_mondays, week_bits
from cstools.cohorts.basics.spelling import folded
from cstools.cohorts.buddies.buddies import Buddy, best_pairs, explain, possible_pairs
from cstools.cohorts.buddies.trios import best_groups
from cstools.cohorts.made_up.synthetic import mapping_for_faults, write_synthetic
from cstools.cohorts.selection.decisions import Decision

PROMISED = 8  # times the bare matching
MOST, SECONDS, GIGABYTES = 4000, 120, 2
ROUNDS = 7


def people(count: int) -> list[Buddy]:
    with TemporaryDirectory() as folder:
        form = write_synthetic(Path(folder, "form.csv"), count)
        applications = read_applications(form, mapping_for_faults()).people
    zones = {person.time_zone for person in applications}
    mondays = reference_mondays(date(2026, 6, 22), date(2027, 7, 12), zones)
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
        start = process_time()
        task()
        return process_time() - start

    return median(once() for _ in range(ROUNDS))


def bare_graph(count: int) -> nx.Graph:
    draw = random.Random(40)
    graph = nx.Graph()
    for one, other in combinations(range(count), 2):
        graph.add_edge(one, other, weight=draw.randrange(2**40))
    return graph


def pool(count: int) -> int:
    """Pair a cohort in which everybody has a seat, with a reason for each."""
    with TemporaryDirectory() as folder:
        form = write_synthetic(Path(folder, "form.csv"), count)
        applications = read_applications(form, mapping_for_faults())
    planned = Programme.load("master-practitioners-2026").plan("Many", secret="a phrase")
    enrolled = planned.enrol(applications)
    seats = tuple(Decision(person.code, "accepted", "a seat") for person in enrolled.people)
    cohort = replace(enrolled, decisions=seats)
    start = process_time()
    paired = cohort.pair_buddies(2026)
    took = process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    alone = sum(not each.buddies for each in paired.buddies)
    kept = count > MOST or (memory < GIGABYTES and took < SECONDS)
    print(
        f"buddies and reasons for {count:,} people, {alone} of them without a buddy: {took:.1f} s "
        f"and {memory:.1f} GB (promised for {MOST:,}: at most {SECONDS} s and {GIGABYTES} GB) "
        f"{'✓' if kept else '✗'}"
    )
    return 0 if kept else 1


def told(what: str, took: float, most: float, bare: float) -> bool:
    kept = took < most
    print(
        f"{what}: {1000 * took:.0f} ms, {took / bare:.1f} bare matchings (promised: at most "
        f"{1000 * most:.0f} ms) {'✓' if kept else '✗'}"
    )
    return kept


def main() -> int:
    if len(sys.argv) > 1:
        return pool(int(sys.argv[1]))
    forty, many, graph = people(40), people(400), bare_graph(40)

    def whole(pool: list[Buddy]) -> float:
        return seconds(lambda: explain(pool, best_groups(pool, 2026)))

    bare = seconds(lambda: nx.max_weight_matching(graph, maxcardinality=True))
    pairs, trios, of_many = (
        seconds(lambda: best_pairs(possible_pairs(forty), 2026)),
        whole(forty),
        whole(many),
    )
    kept = trios < PROMISED * bare
    print(f"a bare matching of 40: {1000 * bare:.0f} ms")
    print(
        f"pairs, trios and reasons for 40 people: {trios / bare:.1f} bare matchings (promised: at "
        f"most {PROMISED}) {'✓' if kept else '✗'}"
    )
    kept &= told("pairs of 40 people", pairs, 0.05, bare)
    kept &= told("pairs, trios and reasons for 40 people", trios, 2, bare)
    kept &= told("pairs, trios and reasons for 400 people", of_many, 5, bare)
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
