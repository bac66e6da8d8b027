"""The larger a map, the less is tried for its picture; in the end there is a sentence instead."""

from random import Random

import numpy as np
import pytest

from cstools import CausalLoopDiagram
from cstools.errors import ModelError
from cstools.plotting.drawing import draw
from cstools.plotting.drawing_parts import SignedEdge
from cstools.plotting.layout import plan_of
from cstools.plotting.layout_effort import effort_for
from cstools.plotting.layout_starts import spread


def pictures_looked_at(words, links):
    effort = effort_for(words, links)
    rounds = len(effort.rounds) * effort.searches + len(effort.last)
    return effort.most, effort.repairs, effort.starts, rounds


def test_a_larger_map_never_gets_another_search_more():
    sizes = [(6, 7), (15, 25), (24, 38), (40, 64), (60, 100), (120, 200), (300, 450)]
    looked_at = [pictures_looked_at(*size) for size in sizes]
    for most, _, starts, rounds in looked_at:
        assert most >= 1
        assert starts >= 1
        assert rounds >= 0
    for kind in (0, 2, 3):
        assert [one[kind] for one in looked_at] == sorted(
            (one[kind] for one in looked_at), reverse=True
        )


def test_a_dense_map_counts_as_a_larger_one():
    assert pictures_looked_at(12, 132) < pictures_looked_at(100, 132)


def overlapping(places, half):
    found = []
    for i in range(len(half)):
        for j in range(i):
            apart, reach = places[i] - places[j], half[i] + half[j]
            if abs(apart.real) < reach.real and abs(apart.imag) < reach.imag:
                found.append((i, j))
    return found


def test_words_that_lie_upon_each_other_are_spread_and_pinned_ones_stay():
    random = Random(5)
    half = np.array([complex(random.uniform(15, 60), 9) for _ in range(40)])
    places = np.array([complex(random.gauss(0, 200), random.gauss(0, 200)) for _ in range(40)])
    assert overlapping(places, half)
    moved = spread(plan_of(half, []), places, range(1, 40))
    assert overlapping(moved, half) == []
    assert moved[0] == places[0]


def test_words_in_one_place_part():
    half = np.full(3, 30 + 9j)
    moved = spread(plan_of(half, []), np.zeros(3, dtype=complex), range(3))
    assert overlapping(moved, half) == []


def a_map(words, links):
    random, pairs = Random(2), set()
    while len(pairs) < links:
        cause, step = random.randrange(words), random.choice((-5, -3, -1, 1, 2, 4))
        pairs.add((cause, (cause + step) % words))
    return [SignedEdge(f"w{a}", f"w{b}", random.choice("+-")) for a, b in sorted(pairs)]


def test_a_map_of_many_variables_is_drawn_whole():
    labels = {f"w{i}": f"matter {i}" for i in range(200)}
    edges = a_map(200, 300)
    picture = draw(labels, edges, [])
    assert [word.key for word in picture.words] == list(labels)
    assert [wire.edge for wire in picture.wires] == edges
    half = np.full(200, 30 + 9j)
    assert overlapping(np.array([word.at for word in picture.words]), half) == []


TOO_LARGE = (
    "501 variables and 501 links are too many for one picture, which holds 500 and 1,500; draw a "
    "part of the map."
)


@pytest.fixture(scope="module")
def ring():
    """A map of more variables than a picture holds."""
    return CausalLoopDiagram("\n".join(f"w{i} -> w{(i + 1) % 501}: +" for i in range(501)))


def test_a_cell_shows_a_map_too_large_for_a_picture_as_a_sentence(ring):
    shown = ring._repr_mimebundle_()
    assert shown["text/plain"] == f"{ring.describe()} {TOO_LARGE}"
    assert "<svg" not in shown["text/html"]
    assert TOO_LARGE in shown["text/html"]


@pytest.mark.parametrize("ask", ["svg", "plot", "reveal"])
def test_a_picture_asked_of_a_map_that_is_too_large_is_a_lesson(ring, ask):
    with pytest.raises(ModelError) as lesson:
        getattr(ring, ask)()
    assert str(lesson.value) == TOO_LARGE
