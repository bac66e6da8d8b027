"""In a drawn stock-flow diagram nothing covers anything, and everything is where it belongs."""

from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from cstools.plotting.stock_flow import drawing
from cstools.plotting.stock_flow.drawing import draw
from cstools.plotting.stock_flow.grid import grids
from cstools.plotting.stock_flow.parts import CLOUD, PIPE, Factor, Influence, Structure
from cstools.plotting.stock_flow.score import course, faults
from tests.plotting.structures_to_draw import ALL, EPIDEMIC, STAFF, TUB, made_up, structure

every_structure = pytest.mark.parametrize("name", ALL)
VALVE_ITSELF = 8 + 8j  # half the square that a valve fills, without the room kept round it


@cache
def drawn(name):
    return draw(ALL[name])


def boxes_of(picture):
    """Return each thing that takes room: whose it is, its middle, half its size."""
    boxes = [(stock.stock.key, stock.at, stock.half) for stock in picture.stocks]
    boxes += [(factor.factor.key, factor.at, factor.half) for factor in picture.factors]
    for pipe in picture.pipes:
        boxes.append((pipe.flow.key, pipe.valve, VALVE_ITSELF))
        boxes.append((f"the name of {pipe.flow.key}", pipe.name_at, pipe.name_half))
        boxes += [(f"a cloud of {pipe.flow.key}", at, CLOUD - 2 * (1 + 1j)) for at in pipe.clouds]
    return boxes


def inside(points, at, half):
    away = np.asarray(points) - at
    return (np.abs(away.real) < half.real) & (np.abs(away.imag) < half.imag)


def along(path):
    """Return points on a pipe's middle line, a pixel or so apart."""
    return np.concatenate([np.linspace(a, b, int(abs(b - a)) + 2) for a, b in pairwise(path)])


@every_structure
def test_no_two_boxes_names_valves_or_clouds_touch(name):
    boxes = boxes_of(drawn(name))
    for i, (one, at, half) in enumerate(boxes):
        for other, place, size in boxes[:i]:
            apart, reach = at - place, half + size
            assert abs(apart.real) >= reach.real or abs(apart.imag) >= reach.imag, (one, other)


@every_structure
def test_no_link_runs_through_what_it_does_not_join(name):
    picture = drawn(name)
    for link, wire in picture.wires:
        for owner, at, half in boxes_of(picture):
            if owner not in (link.cause, link.effect):
                assert not inside(course(wire), at, half).any(), (link, owner)


@every_structure
def test_no_pipe_runs_through_a_stock_or_a_name(name):
    picture = drawn(name)
    for pipe in picture.pipes:
        own = {pipe.flow.key, pipe.flow.out_of, pipe.flow.into, f"a cloud of {pipe.flow.key}"}
        for owner, at, half in boxes_of(picture):
            if owner not in own:
                room = half + PIPE * (1 + 1j)
                assert not inside(along(pipe.path), at, room).any(), (pipe.flow.key, owner)


@every_structure
def test_pipes_do_not_cross_each_other(name):
    pipes = drawn(name).pipes
    for i, pipe in enumerate(pipes):
        for other in pipes[:i]:
            apart = np.abs(along(pipe.path)[:, None] - along(other.path))
            assert apart.min() > 2 * PIPE, (pipe.flow.key, other.flow.key)


@every_structure
def test_a_pipe_is_level_or_upright_and_joins_the_edges_of_its_stocks(name):
    picture = drawn(name)
    stocks = {stock.stock.key: stock for stock in picture.stocks}
    for pipe in picture.pipes:
        steps = np.diff(np.array(pipe.path))
        assert (np.minimum(np.abs(steps.real), np.abs(steps.imag)) < 1e-6).all()
        for end, tip in ((pipe.flow.out_of, pipe.path[0]), (pipe.flow.into, pipe.path[-1])):
            if end is not None:
                away = tip - stocks[end].at
                over = (
                    abs(away.real) - stocks[end].half.real,
                    abs(away.imag) - stocks[end].half.imag,
                )
                assert max(over) == pytest.approx(0, abs=1e-6)


@every_structure
def test_an_end_in_the_outside_world_has_a_cloud(name):
    for pipe in drawn(name).pipes:
        outside = [pipe.flow.out_of, pipe.flow.into].count(None)
        assert len(pipe.clouds) == outside


@every_structure
def test_a_valve_stands_on_its_pipe_clear_of_the_ends(name):
    for pipe in drawn(name).pipes:
        assert np.abs(along(pipe.path) - pipe.valve).min() < 1
        assert min(abs(pipe.valve - pipe.path[0]), abs(pipe.valve - pipe.path[-1])) > 20


@every_structure
def test_every_link_begins_at_its_cause_and_ends_at_its_effect(name):
    picture = drawn(name)
    places = {owner: (at, half) for owner, at, half in boxes_of(picture)}
    for link, wire in picture.wires:
        for key, tip in ((link.cause, wire.start), (link.effect, wire.head[0])):
            near = [places[key]] + [places[n] for n in (f"the name of {key}",) if n in places]
            # A valve keeps its links three pixels further off than other things do.
            assert any(inside(tip, at, half + 7 * (1 + 1j)) for at, half in near), (link, key)


@every_structure
def test_everything_lies_on_the_page(name):
    picture = drawn(name)
    middle, half = picture.corner + picture.size / 2, picture.size / 2
    for owner, at, size in boxes_of(picture):
        assert inside([at - size, at + size], middle, half).all(), owner
    for _, wire in picture.wires:
        assert inside(course(wire), middle, half).all()


@every_structure
def test_everything_said_is_drawn_once(name):
    said, picture = ALL[name], drawn(name)
    assert [box.stock for box in picture.stocks] == list(said.stocks)
    assert [pipe.flow for pipe in picture.pipes] == list(said.flows)
    assert [f.factor for f in picture.factors if not f.factor.of] == list(said.factors)
    of = {f.factor.key: f.factor.of for f in picture.factors if f.factor.of}
    drawn_links = [link._replace(cause=of.get(link.cause, link.cause)) for link, _ in picture.wires]
    assert drawn_links == list(said.influences)


def test_the_same_structure_is_always_drawn_the_same_way():
    one = draw(STAFF)
    drawing._drawing.cache_clear()  # or the other would be the one
    assert draw(STAFF) == one


def test_a_chain_of_flows_is_a_row_from_left_to_right():
    places = {box.stock.key: box.at for box in drawn("epidemic").stocks}
    row = [places[name] for name in ("Susceptible", "Infectious", "Recovered")]
    assert row[0].real < row[1].real < row[2].real
    assert len({place.imag for place in row}) == 1


def test_flows_between_the_same_stocks_run_side_by_side():
    pipes = drawn("two ways").pipes
    levels = sorted(pipe.valve.imag for pipe in pipes)
    assert all(len(pipe.path) == 2 for pipe in pipes)
    assert np.diff(levels).min() > 40


def test_what_comes_from_outside_enters_on_the_left_and_what_leaves_goes_right():
    filling, draining = drawn("tub").pipes
    assert filling.valve.real < drawn("tub").stocks[0].at.real < draining.valve.real


def test_a_long_chain_is_folded_into_rows():
    (cells,) = grids(13, [(i, i + 1) for i in range(12)])
    assert [cells[i] for i in range(5)] == [(0, 0), (1, 0), (2, 0), (3, 0), (4, 0)]
    assert cells[5] == (4, 1)  # below the last one, and back from there
    assert len(set(cells.values())) == 13


def test_stocks_that_no_flow_joins_stand_on_grids_of_their_own():
    assert grids(4, [(2, 3)]) == [{2: (0, 0), 3: (1, 0)}, {0: (0, 0)}, {1: (0, 0)}]


def test_places_that_are_given_are_kept():
    given = {"water": 300 + 40j, "draining": 420 + 40j, "plug": 410 - 60j}
    with_plug = replace(
        TUB,
        factors=(Factor("plug", "plug", "constant"),),
        influences=(*TUB.influences, Influence("plug", "draining")),
    )
    picture = draw(with_plug, given)
    assert picture.stocks[0].at == given["water"]
    assert picture.pipes[1].valve == pytest.approx(given["draining"])
    assert picture.factors[0].at == given["plug"]


def test_a_flow_leaves_on_the_side_where_its_valve_is_given():
    picture = draw(TUB, {"water": 0j, "draining": 120j})
    assert picture.pipes[1].path[-1].imag > 120
    assert picture.pipes[1].path[-1].real == 0


def test_all_places_of_a_drawing_draw_it_again():
    first = draw(EPIDEMIC)
    places = {box.stock.key: box.at for box in first.stocks}
    places |= {pipe.flow.key: pipe.valve for pipe in first.pipes}
    places |= {name.factor.key: name.at for name in first.factors}
    again = draw(EPIDEMIC, places)
    assert [box.at for box in again.stocks] == [box.at for box in first.stocks]
    assert [name.at for name in again.factors] == [name.at for name in first.factors]
    for pipe, other in zip(first.pipes, again.pipes, strict=True):
        assert other.valve == pytest.approx(pipe.valve)


def test_a_name_behind_a_wall_of_others_is_said_again_as_a_ghost():
    wall = [Factor(f"brick {i}", "a brick in the wall", "constant") for i in range(40)]
    walled = replace(
        TUB,
        factors=(Factor("knob", "knob", "constant"), *wall),
        influences=(Influence("knob", "draining"),),
    )
    places = {brick.key: 60.0 * i - 1200 + 150j for i, brick in enumerate(wall)}
    picture = draw(walled, {"water": 0j, "knob": 500j} | places)
    (ghost,) = [name for name in picture.factors if name.factor.of]
    assert (ghost.factor.of, ghost.lines) == ("knob", ("⟨knob⟩",))
    assert ghost.at.imag < 150
    assert [link.cause for link, _ in picture.wires] == [ghost.factor.key]


def test_a_large_structure_is_drawn_with_nothing_covered():
    found = faults(draw(made_up(14, 80, 5)))
    assert (found.boxes_overlapping, found.pipes_through_boxes) == (0, 0)
    # So many names leave no room for some links; the reader finds almost all of them clear.
    assert found.links_through_boxes <= 3


def test_nothing_at_all_is_an_empty_page():
    picture = draw(Structure())
    assert (picture.stocks, picture.pipes, picture.factors, picture.wires) == ((), (), (), ())
    assert picture.size.real > 0


def test_the_score_sees_names_that_cover_each_other():
    picture = drawn("epidemic")
    first, second = picture.factors[:2]
    moved = replace(first, at=second.at + 5)
    worse = replace(picture, factors=(moved, *picture.factors[1:]))
    assert faults(picture).boxes_overlapping == 0
    assert faults(worse).boxes_overlapping == 1


def test_the_score_sees_a_link_through_a_name():
    picture = drawn("epidemic")
    _, wire = picture.wires[0]
    moved = replace(picture.factors[-1], at=complex(course(wire)[80]))
    worse = replace(picture, factors=(*picture.factors[:-1], moved))
    assert faults(picture).links_through_boxes == 0
    assert faults(worse).links_through_boxes >= 1


def test_the_score_sees_a_pipe_through_a_stock():
    picture = drawn("epidemic")
    valve = picture.pipes[1].valve
    moved = replace(picture.stocks[0], at=valve - 40)
    worse = replace(picture, stocks=(moved, *picture.stocks[1:]))
    assert faults(picture).pipes_through_boxes == 0
    assert faults(worse).pipes_through_boxes >= 1


def test_the_score_counts_pipes_that_cross():
    picture = drawn("two ways")
    one, other = picture.pipes[:2]
    turned = replace(other, path=(one.valve - 60j, one.valve + 60j))
    assert faults(picture).pipes_crossing == 0
    assert faults(replace(picture, pipes=(one, turned))).pipes_crossing == 1


def test_the_score_counts_links_that_cross_each_other_or_a_pipe():
    corners = {"a": 0j, "b": 300 + 0j, "c": 300 + 300j, "d": 300j}
    across = draw(structure("", "a > c\nb > d"), corners)
    beside = draw(structure("", "a > b\nd > c"), corners)
    assert (faults(across).links_crossing, faults(beside).links_crossing) == (1, 0)
    piped = structure("flow: one > two", "up > down\nleft > up")
    places = {"one": 0j, "two": 600 + 0j, "up": 230 - 150j, "down": 230 + 150j, "left": -150j}
    assert faults(draw(piped, places)).links_over_pipes == 1
