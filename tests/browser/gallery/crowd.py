from __future__ import annotations

import networkx as nx

from cstools import facets
from cstools.widgets.part import LivePart
from cstools.widgets.sketch import sketch


def row() -> LivePart:
    return facets.others.listening("row").watch()  # type: ignore[no-any-return]


def village() -> LivePart:
    crowd = facets.others.listening("village", units="Saturdays").watch()
    crowd.round, crowd.chosen = 4, 6
    return crowd  # type: ignore[no-any-return]


def camps() -> LivePart:
    crowd = facets.others.listening("two camps").watch()
    crowd.round, crowd.chosen = 30, 7
    return crowd  # type: ignore[no-any-return]


def club() -> LivePart:
    crowd = facets.others.listening("karate club").watch()
    crowd.round = 3
    return crowd  # type: ignore[no-any-return]


def hands() -> LivePart:
    drawn = sketch(
        "hands up",
        stop=100,
        high=100,
        units="people",
        time_units="round",
        points=[(0, 0), (20, 5), (50, 60), (80, 90), (100, 95)],
    )
    crowd = facets.others.thresholds().watch(drawn)
    crowd.round, crowd.chosen = 42, 2
    return crowd  # type: ignore[no-any-return]


def one_hand() -> LivePart:
    crowd = facets.others.thresholds().watch()
    crowd.values = [0, 2, *range(2, 100)]
    crowd.round, crowd.chosen = 1, 2
    return crowd  # type: ignore[no-any-return]


def lanes() -> LivePart:
    crowd = facets.others.thresholds("village", begin=[1, 2]).watch()
    crowd.round, crowd.chosen = 2, 7
    return crowd  # type: ignore[no-any-return]


def large() -> LivePart:
    acquaintances = nx.connected_watts_strogatz_graph(200, 6, 0.1, seed=3)
    crowd = facets.others.thresholds(acquaintances, needs=25, begin=[1, 2]).watch()
    crowd.round = 4
    return crowd  # type: ignore[no-any-return]


PARTS = {
    "crowd-row": row,
    "crowd-village": village,
    "crowd-camps": camps,
    "crowd-club": club,
    "crowd-hands": hands,
    "crowd-one-hand": one_hand,
    "crowd-lanes": lanes,
    "crowd-large": large,
}
