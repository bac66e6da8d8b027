"""A link that runs through a word is led around it, and what is good already stays as it is."""

import numpy as np
import pytest

from cstools.plotting.layout import plan_of
from cstools.plotting.layout_mending import mended
from cstools.plotting.layout_score import depths, faults

HALF = np.full(4, 34 + 9j)
LINKS = [(0, 1), (1, 2), (2, 0)]


def plan_and_bows(links=LINKS):
    return plan_of(HALF, links), np.ones(len(links))


def found(plan, places, bows):
    return faults(plan, places[None], bows[None])


def in_the_way(plan, bows):
    """Return a triangle whose first link runs through the fourth word."""
    triangle = np.array([0, 300, 150 + 260j, 0])
    triangle[3] = plan.arcs(triangle[None], bows[None]).samples(3)[0, 0, 1]
    return triangle


def test_a_link_through_a_word_is_led_around_it():
    plan, bows = plan_and_bows()
    places = in_the_way(plan, bows)
    assert found(plan, places, bows).links_through_words[0] > 0.9
    better = found(plan, *mended(plan, places, bows, range(4)))
    assert better.links_through_words[0] == better.words_overlapping[0] == 0


def test_where_no_word_may_move_the_bow_gives_way():
    plan, bows = plan_and_bows()
    places = in_the_way(plan, bows)
    same, bent = mended(plan, places, bows, [])
    assert (same == places).all()
    assert (bent != bows).any()
    assert found(plan, same, bent).links_through_words[0] == 0


@pytest.mark.parametrize("free", [[3], [0, 1], [2, 3]])
def test_only_free_words_move(free):
    plan, bows = plan_and_bows()
    places = in_the_way(plan, bows)
    held = [word for word in range(4) if word not in free]
    assert (mended(plan, places, bows, free)[0][held] == places[held]).all()


def test_a_layout_without_grave_faults_comes_back_as_it_is():
    plan, bows = plan_and_bows()
    places = np.array([0, 300, 150 + 260j, 600])
    same, unbent = mended(plan, places, bows, range(4))
    assert (same == places).all()
    assert (unbent == bows).all()


def test_a_pair_that_stands_too_close_for_a_mark_is_moved_apart():
    plan, bows = plan_and_bows([(0, 1), (1, 0)])
    places = np.array([0, 95, 500, 500 + 300j])
    before = plan.arcs(places[None], bows[None]).length[0]
    apart, bent = mended(plan, places, bows, range(4))
    after = plan.arcs(apart[None], bent[None]).length[0]
    # A quarter less than they should have is still enough for a mark of 30 px and two heads.
    assert (before < 0.7 * plan.shortest).all()
    assert (after > 0.75 * plan.shortest).all()


def test_depths_are_one_number_for_each_link_and_each_word_it_does_not_touch():
    plan, bows = plan_and_bows()
    depth = depths(plan, in_the_way(plan, bows)[None], bows[None])
    link, word = plan.whole.strangers
    assert depth.shape == (1, len(link))
    assert (link[depth[0] > 0].tolist(), word[depth[0] > 0].tolist()) == ([0], [3])
