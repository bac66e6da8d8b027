"""What lies upon something else in a finished drawing is seen, and repaired where it can be."""

from dataclasses import replace

import pytest

from cstools.plotting.drawing import draw
from cstools.plotting.drawing_flaws import along, cost_of, flaws
from tests.plotting.maps_to_draw import POND, picture_of, written

README = written("""
    schedule pressure -> overtime: +
    overtime          -> work done: +
    work done         -> work remaining: -
    work remaining    -> schedule pressure: +
    overtime          -> tiredness: + delayed
    tiredness         -> mistakes: +
    mistakes          -> work remaining: +
""")


def with_mark(picture, place, at):
    marks = list(picture.marks)
    marks[place] = replace(marks[place], at=complex(at))
    return replace(picture, marks=tuple(marks))


def with_sign(picture, place, at):
    wires = list(picture.wires)
    wires[place] = replace(wires[place], sign_at=complex(at))
    return replace(picture, wires=tuple(wires))


def kinds(picture):
    return {(flaw.what, flaw.on) for flaw in flaws(picture)}


@pytest.fixture
def rework():
    """The map of two loops, of which the second has a title."""
    picture = picture_of("rework")
    assert kinds(picture) == set()
    return picture


def test_a_mark_on_a_word_an_arc_and_a_sign_is_seen(rework):
    assert ("mark", "word") in kinds(with_mark(rework, 0, rework.words[0].at))
    assert ("mark", "arc") in kinds(with_mark(rework, 0, along(rework.wires[1])[20]))
    assert ("mark", "sign") in kinds(with_mark(rework, 0, rework.wires[2].sign_at))


def test_a_mark_on_another_is_seen(rework):
    assert ("mark", "mark") in kinds(with_mark(rework, 0, rework.marks[1].at + 20))


def test_a_title_on_a_word_an_arc_and_a_sign_is_seen(rework):
    above = 25j  # the title stands so far below the middle of its mark
    assert ("title", "word") in kinds(with_mark(rework, 1, rework.words[0].at - above))
    assert ("title", "arc") in kinds(with_mark(rework, 1, along(rework.wires[1])[20] - above))
    assert ("title", "sign") in kinds(with_mark(rework, 1, rework.wires[2].sign_at - above))


def test_a_sign_on_a_word_an_arc_and_a_sign_is_seen(rework):
    assert ("sign", "word") in kinds(with_sign(rework, 0, rework.words[3].at))
    assert ("sign", "arc") in kinds(with_sign(rework, 0, along(rework.wires[2])[20]))
    assert ("sign", "sign") in kinds(with_sign(rework, 0, rework.wires[2].sign_at + 5))


def test_a_head_that_lies_on_an_arc_is_seen(rework):
    wires = list(rework.wires)
    there = complex(along(rework.wires[2])[20])
    wires[0] = replace(wires[0], head=(there + 4, there - 2 + 3j, there - 2 - 3j))
    assert ("head", "arc") in kinds(replace(rework, wires=tuple(wires)))


def test_two_links_that_leave_a_word_side_by_side_are_seen(rework):
    first, second = (i for i, wire in enumerate(rework.wires) if wire.edge.cause == "overtime")
    wires = list(rework.wires)
    near = replace(wires[first], edge=wires[second].edge)
    wires[second] = replace(near, start=near.start + 5j, centre=near.centre + 5j)
    assert ("tail", "arc") in kinds(replace(rework, wires=tuple(wires)))


def test_the_links_of_the_first_map_that_a_reader_meets_leave_their_word_apart():
    map_ = README
    assert flaws(draw(map_.labels, map_.edges, map_.loops)) == ()


def test_the_strokes_of_a_delay_on_a_word_are_seen(rework):
    (place,) = [i for i, wire in enumerate(rework.wires) if wire.edge.delayed]
    at = rework.words[0].at
    wires = list(rework.wires)
    wires[place] = replace(wires[place], delay=((at - 7, at + 7), (at + 5j - 7, at + 5j + 7)))
    assert ("delay", "word") in kinds(replace(rework, wires=tuple(wires)))


def test_points_along_a_wire_begin_at_its_start_and_end_at_its_tip(rework):
    for wire in rework.wires:
        points = along(wire)
        assert points[0] == pytest.approx(wire.start)
        # The tip is found on the arc only as closely as the place where the arc is cut off.
        assert points[-1] == pytest.approx(wire.head[0], abs=0.5)
        assert abs(points - wire.centre) == pytest.approx(wire.radius)


def test_a_deeper_flaw_costs_more_and_two_cost_more_than_one(rework):
    near, on = (flaws(with_sign(rework, 0, rework.words[3].at + off)) for off in (12j, 0))
    assert 0 < cost_of(near) < cost_of(on)
    assert cost_of([*on, *on]) == 2 * cost_of(on)


def test_where_every_word_is_pinned_too_close_the_picture_is_drawn_all_the_same():
    pins = {key: complex(60 * i, 25 * (i % 2)) for i, key in enumerate(POND.labels)}
    picture = draw(POND.labels, POND.edges, POND.loops, pins)
    assert {word.key: word.at for word in picture.words} == pins
    assert flaws(picture)
