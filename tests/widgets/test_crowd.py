"""A crowd to watch: what Python and the page share, and that both work out the same rounds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest

from cstools.errors import CstoolsError, ModelError
from cstools.facets.others import listening, thresholds
from cstools.widgets.crowd import crowd
from cstools.widgets.sketch import sketch
from tests.widgets.javascript import in_node

CHANGED = thresholds().with_person(2, needs=2)
CROWDS = [
    *(listening(who) for who in ("row", "ring", "star", "village", "two camps", "karate club")),
    listening([[0, 1], [1, 0]], first=[2.5, 8], units="evenings"),
    listening("star", 4, first=[-1.5, 0, 0.25, 3], between=(-2, 3), own=0.1),
    *(
        thresholds(),
        CHANGED,
        thresholds("everybody", 5, needs=1),
        thresholds("everybody", 5, needs=0),
    ),
    *(thresholds("village", begin=[1, 2]), thresholds("karate club", needs=40, begin=[1, 34])),
    thresholds(nx.empty_graph(3), begin=[2]),
]


@pytest.mark.parametrize(
    "people", CROWDS, ids=lambda people: f"{people.kind}-{people.network.name}"
)
def test_the_page_works_out_and_says_the_same_as_python(tmp_path: Path, people: Any) -> None:
    part = crowd(people)
    asked = """(([page, values]) => { const rows = crowdRounds(page, values); return [rows,
        rows.map((_, round) => crowdSaid(page, rows, round)), crowdOutlook(page, values, rows)]; })
        (given)"""
    names = "crowdRounds, crowdSaid, crowdOutlook"
    rows, said, outlook = in_node(
        tmp_path, "crowd/rounds.js", names, asked, part.payload, list(part.values)
    )
    # Sums of a few dozen products in another order.
    np.testing.assert_allclose(rows, people.rounds, rtol=0, atol=1e-12)
    assert said == [people.said(round_) for round_ in range(len(people.rounds))]
    assert outlook == people.outlook()


def test_what_the_page_changes_is_there_in_python() -> None:
    part = thresholds().watch()
    part.values = [0, 2, *range(2, 100)]
    part.round = 1
    assert part.crowd.joined == 1
    assert part.crowd.needs == CHANGED.needs
    assert repr(part) == (
        "After 1 round 1 of 100 has joined. It stops at 1 of 100. The next one waits until 2 have "
        "joined."
    )


def test_a_round_beyond_the_end_is_the_last() -> None:
    part = thresholds().watch()
    part.round = 90
    part.values = [1] * 100
    assert repr(part).startswith("At first nobody has joined. In the end nobody joins")


def test_its_still_picture_says_what_it_shows() -> None:
    part = listening("row").watch()
    part.round = 1
    assert "<svg" in part.still()
    assert "After 1 round the opinions lie between 2.5 and 7.5." in part.still()


def test_a_sketch_is_followed() -> None:
    drawn = sketch("hands up", stop=100, high=100, points=[(0, 0), (100, 90)])
    part = thresholds().watch(drawn)
    assert part.sketched == [[0, 0], [100, 90]]
    drawn.points = [[0, 0], [100, 40]]  # another guess
    assert part.sketched == [[0, 0], [100, 40]]


def test_a_saved_crowd_is_a_page_of_its_own(tmp_path: Path) -> None:
    page = listening("bridge").watch().save(tmp_path / "bridge.html").read_text("utf-8")
    assert "<title>Listening: 12 people, a bridge</title>" in page
    assert '"chosen": 0' in page


def test_two_crowds_do_not_share_what_is_changed() -> None:
    one, other = listening("row").watch(), listening("row").watch()
    one.values = [9, 9, 9]
    assert list(other.values) == [0, 5, 10]


@pytest.mark.parametrize(
    ("act", "lesson"),
    [
        (
            lambda: crowd("ring"),
            "a crowd is made by facets.others.listening() or facets.others.thresholds(); this is "
            "'ring'",
        ),
        (
            lambda: listening("ring", 301).watch(),
            "there are 301 people, and a moving picture shows at most 300; what happens is in "
            ".rounds and .describe()",
        ),
        (
            lambda: setattr(listening("row").watch(), "values", [1, 2, 11]),
            "person 3: an opinion is a number from 0 to 10, not 11",
        ),
        (
            lambda: setattr(thresholds("ring").watch(), "values", [30]),
            "there are 12 people and 1 thresholds",
        ),
        (
            lambda: setattr(listening("row").watch(), "chosen", 4),
            "chosen is a whole number from 0 to 3, not 4",
        ),
    ],
)
def test_what_cannot_be_is_a_short_lesson(act: Any, lesson: str) -> None:
    with pytest.raises(CstoolsError) as error:
        act()
    assert isinstance(error.value, ModelError)
    assert str(error.value) == lesson
