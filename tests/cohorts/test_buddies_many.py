"""Buddies in large pools: the same rules and scores, the same answers, and bounds that hold."""

from datetime import date, timedelta
from itertools import combinations
from unittest.mock import patch

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstools.cohorts.basics.hours import QUARTERS, parse_free_hours, week_bits
from cstools.cohorts.buddies import trios
from cstools.cohorts.buddies.affinity import affinity
from cstools.cohorts.buddies.buddies import REASONS, Buddy, broken_rule, reason_against, score
from cstools.cohorts.buddies.buddy_people import as_buddy
from cstools.cohorts.buddies.check import broken
from cstools.cohorts.buddies.edmonds import largest
from cstools.cohorts.buddies.heaviest import heaviest
from cstools.cohorts.buddies.trios import Terms, found_groups
from tests.cohorts.test_buddies import groupings, people, worth


def by_networkx(possible, weights):
    graph = nx.Graph()
    graph.add_nodes_from(range(len(possible)))
    for one, other in combinations(range(len(possible)), 2):
        if possible[one, other]:
            graph.add_edge(one, other, weight=int(weights[one, other]))
    return graph, nx.max_weight_matching(graph, maxcardinality=True)


def table_of(size, draw):
    cells = np.triu(draw.random((size, size)) < draw.random() * 0.7, 1)
    points = np.triu(draw.integers(0, 20, (size, size)), 1)
    return cells | cells.T, points + points.T


seeds = st.integers(0, 10**6)


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 11), seeds)
def test_pairs_are_as_many_as_networkx_finds_and_the_leftovers_are_those_of_the_theorem(size, seed):
    possible, points = table_of(size, np.random.default_rng(seed))
    partner, leftovers = largest(possible)
    graph, matching = by_networkx(possible, points)
    pairs = [(one, int(other)) for one, other in enumerate(partner) if one < other]
    assert all(possible[pair] and partner[pair[1]] == pair[0] for pair in pairs)
    assert len(pairs) == len(matching)
    assert len(leftovers.outer) - len(leftovers.inner) == size - 2 * len(pairs)
    # Outer are exactly those without whom there are just as many pairs.
    spare = set()
    for person in range(size):
        others = graph.subgraph(set(range(size)) - {person})
        if len(nx.max_weight_matching(others, maxcardinality=True)) == len(pairs):
            spare.add(person)
    assert {person for group in leftovers.outer for person in group} == spare


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 13), seeds, st.sampled_from([0, 12_000]))
def test_the_score_is_the_best_or_within_the_bound(size, seed, edges):
    possible, points = table_of(size, np.random.default_rng(seed))
    with patch("cstools.cohorts.buddies.heaviest._MOST_FOR_EDMONDS", edges):
        best = heaviest(possible, points)
    first = np.zeros(size)
    first[[group[0] for group in best.leftovers.outer if len(group) == 1]] = 1_000_000
    weights = points + first[:, None] + first[None, :]
    graph, matching = by_networkx(possible, weights)
    most = sum(graph.edges[pair]["weight"] for pair in matching)
    pairs = [(one, int(other)) for one, other in enumerate(best.partner) if one < other]
    reached = sum(int(weights[pair]) for pair in pairs)
    assert len(pairs) == len(matching)
    assert reached <= most <= reached + best.short
    assert best.short == 0 or not edges


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 8), seeds)
def test_the_tables_of_all_pairs_say_what_the_plain_rules_say(size, seed):
    draw = np.random.default_rng(seed)

    def week():
        runs = (0b11111 << int(k) for k in draw.integers(0, QUARTERS - 5, 6))
        return sum(dict.fromkeys(runs, 0)) % (1 << QUARTERS)

    group = []
    for k in range(size):
        summer, winter = week(), week()
        weeks = [(summer, summer, winter), (summer, winter, winter), (summer,) * 3][k % 3]
        spoken = draw.choice(["Danish", "English", "Hindi"], draw.integers(1, 4), replace=False)
        site, role = f"site {draw.integers(3)}", ["", "student"][draw.integers(2)]
        clock = int(draw.integers(-11, 12)) * 60
        group.append(Buddy(f"P-{k}", site, frozenset(spoken), weeks, role, clock))
    apart = {("P-0", "P-1"): "kept apart by a person"}
    tables = affinity(group, apart)
    for a, b in combinations(range(size), 2):
        place = tables.reason[a, b]
        assert (REASONS[place - 1] if place else "") == reason_against(group[a], group[b], apart)
        assert tables.worth[a, b] == tables.worth[b, a] == score((group[a], group[b]))


@settings(max_examples=80, deadline=None)
@given(people, seeds)
def test_what_is_said_of_a_large_pool_is_true_of_small_ones(group, seed):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trios, "MOST_FOR_EXACT", 0)
        found = found_groups(group, seed)
    by_code = {person.code: person for person in group}
    reached = worth([tuple(by_code[code] for code in members) for members in found.groups])
    assert not any(broken(group, found.groups, Terms()).values())
    assert reached[0] == len(group) - found.unplaced
    possible = (
        way
        for way in groupings(group)
        if not any(len(members) > 1 and broken_rule(members) for members in way)
    )
    most = max(worth(way) for way in possible)
    assert len(group) - most[0] >= found.least_unplaced
    if found.short is not None:
        assert (most[0], most[1]) == reached[:2]
        assert most[2] <= reached[2] + found.short


def test_who_joins_a_wished_pair_of_a_large_pool_is_none_whom_no_choice_could_place(monkeypatch):
    monkeypatch.setattr(trios, "MOST_FOR_EXACT", 0)
    group = [Buddy(code, code, frozenset({"English"}), (0b1111,)) for code in "abc"]
    found = found_groups(group, 1, Terms(together=frozenset({frozenset("ab")})))
    assert found.groups == {frozenset("abc")}
    assert (found.unplaced, found.least_unplaced) == (0, 0)


def test_a_pool_in_another_order_has_the_same_buddies():
    draw = np.random.default_rng(4)
    group = [
        Buddy(f"P-{k:03d}", f"site {draw.integers(9)}", frozenset({"English"}), (week,))
        for k, week in enumerate(draw.integers(1, 1 << 60, 120).tolist())
    ]
    found = found_groups(group, 3)
    assert found_groups(group[::-1], 3) == found
    assert found.unplaced == found.least_unplaced  # fifteen fit with nobody
    assert found_groups(group, 4).groups != found.groups


@pytest.mark.parametrize(
    "zone",
    ["Europe/Copenhagen", "America/New_York", "Africa/Casablanca", "Australia/Lord_Howe", "UTC"],
)
def test_a_week_taken_from_an_earlier_one_is_the_week_worked_out_anew(zone):
    free = parse_free_hours("Mon-Sun 1-4; Sun 22-2; Wed 17:30-19")
    mondays = [date(2026, 1, 5) + timedelta(7 * week) for week in range(104)]
    known = as_buddy("P-1", "hill", ["English"], zone, free, mondays)
    assert known.weeks == tuple(week_bits(free, zone, monday) for monday in mondays)


def test_how_far_pairing_has_come_is_told_for_each_wish_as_well(paired):
    """Everybody is paired once, and once more for what a wish costs; a frozen group costs none."""
    one, other = paired.accepted[0].code, paired.accepted[1].code
    apart = paired.pairing.forbid(one, other, by="director", why="they share a home")
    frozen = apart.pair_buddies(2026).pairing.freeze(by="director", why="they have met")
    told = []

    def progress(done, of):
        told.append((done, of))

    for cohort in (paired, apart, frozen):
        assert cohort.pair_buddies(2026, progress) == cohort.pair_buddies(2026)
    assert told == [(0, 1), (1, 1), (0, 2), (1, 2), (2, 2), (0, 2), (1, 2), (2, 2)]
