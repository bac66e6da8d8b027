"""Arcs go where they should, and crossings are counted on the arcs that are drawn."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cstools.plotting.arcs import bowed, clipped, crossings, distance_to

_coordinates = st.integers(-300, 300)
_points = st.builds(complex, _coordinates, _coordinates)
_bulges = st.sampled_from([-0.45, -0.2, -0.1, 0.05, 0.12, 0.24, 0.5])


def one(start, stop, bulge):
    return bowed(np.array([start]), np.array([stop]), np.array([bulge]))


@given(_points, _points, _bulges)
def test_an_arc_begins_and_ends_where_it_is_told_and_bows_as_far_as_it_is_told(start, stop, bulge):
    assume(abs(stop - start) > 1)
    arc = one(start, stop, bulge)
    first, top, last = arc.samples(3)[0]
    assert (first, last) == (pytest.approx(start), pytest.approx(stop))
    assert abs(top - (start + stop) / 2) == pytest.approx(abs(bulge) * abs(stop - start))


def test_a_positive_bow_lies_to_the_left_and_turns_clockwise_on_the_page():
    arc = one(0j, 100 + 0j, 0.2)
    assert arc.samples(3)[0, 1] == pytest.approx(50 - 20j)  # y points down: this is above
    assert arc.clockwise[0]
    assert not one(0j, 100 + 0j, -0.2).clockwise[0]


@given(_points, _points, _bulges)
def test_the_length_of_an_arc_is_that_of_a_fine_line_along_it(start, stop, bulge):
    assume(abs(stop - start) > 1)
    arc = one(start, stop, bulge)
    fine = arc.samples(2_000)[0]
    # 2,000 chords of an arc of less than a full turn miss about 1e-6 of its length.
    assert float(arc.length[0]) == pytest.approx(float(np.abs(np.diff(fine)).sum()), rel=1e-5)


@given(_bulges, st.floats(20, 60), st.floats(8, 20), st.floats(0, 6.28))
def test_a_clipped_arc_starts_on_the_edge_of_its_word(bulge, wide, high, turn):
    start, stop = 0j, 300 * complex(np.cos(turn), np.sin(turn))
    size = np.array([complex(wide, high)])
    whole = one(start, stop, bulge)
    arc = clipped(whole, np.array([start]), np.array([stop]), (size, size), fine=400)
    for point, word in ((arc.first[0], start), (arc.last[0], stop)):
        away = point - word
        beyond = max(abs(away.real) - wide, abs(away.imag) - high)
        # The edge is found between two of 400 points of an arc of up to 600 px: within 1.5 px.
        assert abs(beyond) < 1.5


def crossings_of_lines(first, second):
    """Count the crossings of two fine polylines, segment by segment."""
    a, b = first[:-1, None], first[1:, None]
    c, d = second[None, :-1], second[None, 1:]

    def side(p, q, r):
        return np.sign((np.conj(q - p) * (r - p)).imag)

    return int(((side(a, b, c) != side(a, b, d)) & (side(c, d, a) != side(c, d, b))).sum())


@settings(deadline=None)  # 160,000 pairs of segments, on a machine that may be busy
@given(_points, _points, _bulges, _points, _points, _bulges)
def test_crossings_are_those_that_fine_lines_have(a, b, bulge, c, d, other):
    assume(min(abs(b - a), abs(d - c)) > 20)
    first, second = one(a, b, bulge), one(c, d, other)
    fine = first.samples(400)[0], second.samples(400)[0]
    # Arcs that touch, or meet at an end, are told apart only to the width of a segment.
    assume(distance_to(first, np.array([c, d])).min() > 2)
    assume(distance_to(second, np.array([a, b])).min() > 2)
    between = abs(first.centre[0] - second.centre[0])
    radii = first.radius[0], second.radius[0]
    assume(min(abs(between - sum(radii)), abs(between - abs(radii[0] - radii[1]))) > 2)
    assert int(crossings(first, second)[0]) == crossings_of_lines(*fine)


@given(_points, _points, _bulges, _points)
def test_the_distance_to_an_arc_is_that_to_its_nearest_point(start, stop, bulge, point):
    assume(abs(stop - start) > 20)
    arc = one(start, stop, bulge)
    nearest = float(np.abs(arc.samples(4_000)[0] - point).min())
    # Neighbouring samples are at most 0.4 px apart on the longest arc of these sizes.
    assert float(distance_to(arc, np.array([point]))[0]) == pytest.approx(nearest, abs=0.5)


def test_the_two_links_of_a_pair_are_two_arcs_that_do_not_cross():
    there, back = one(0j, 200 + 0j, 0.2), one(200 + 0j, 0j, 0.2)
    assert int(crossings(there, back)[0]) == 0
    assert there.samples(3)[0, 1] == pytest.approx(back.samples(3)[0, 1].conjugate())
