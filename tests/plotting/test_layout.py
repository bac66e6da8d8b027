"""Layouts are scored on what is drawn, and the drawn pictures have none of the grave faults."""

import numpy as np
import pytest

from cstools.archetypes import ARCHETYPES
from cstools.plotting import drawing
from cstools.plotting.drawing import draw
from cstools.plotting.drawing_flaws import flaws
from cstools.plotting.drawing_parts import LETTER, LINE, MARK_RADIUS
from cstools.plotting.layout import layout, plan_of
from cstools.plotting.layout_score import faults
from cstools.plotting.lettering import broken, width
from tests.plotting.maps_to_draw import ALL, REWORK, SCHOOL, picture_of, written


def points_of(wire, count=120):
    """Return points of a wire from its circle and ends alone."""
    first, last = (np.angle(end - wire.centre) for end in (wire.start, wire.stop))
    turn = (last - first) % (2 * np.pi) if wire.clockwise else -((first - last) % (2 * np.pi))
    return wire.centre + wire.radius * np.exp(1j * (first + turn * np.linspace(0, 1, count)))


def half_size(word):
    return complex(max(map(width, word.lines)) * LETTER / 2, len(word.lines) * LINE / 2)


def inside(points, at, half):
    away = np.asarray(points) - at
    return (np.abs(away.real) < half.real) & (np.abs(away.imag) < half.imag)


every_map = pytest.mark.parametrize("name", ALL)


def test_ten_maps_and_more_of_5_to_40_variables_are_looked_at():
    sizes = sorted(len(map_.labels) for map_ in ALL.values() if 5 <= len(map_.labels) <= 40)
    assert len(sizes) >= 10
    assert sizes[-1] == 40
    assert [size for size in sizes if 16 <= size < 40]


@every_map
def test_every_picture_says_that_it_is_clear(name):
    assert picture_of(name).clear


@every_map
def test_links_there_and_back_are_two_lines_with_room_between(name):
    wires = {wire.edge[:2]: wire for wire in picture_of(name).wires}
    for (cause, effect), wire in wires.items():
        back = wires.get((effect, cause))
        if back and cause != effect:
            middles = [points_of(one, 3)[1] for one in (wire, back)]
            assert abs(middles[0] - middles[1]) > 10, wire.edge


@every_map
def test_no_two_words_touch(name):
    words = picture_of(name).words
    for i, word in enumerate(words):
        for other in words[i + 1 :]:
            apart = other.at - word.at
            reach = half_size(word) + half_size(other)
            assert abs(apart.real) > reach.real or abs(apart.imag) > reach.imag


@every_map
def test_no_link_runs_through_a_word(name):
    picture = picture_of(name)
    for wire in picture.wires:
        for word in picture.words:
            assert not inside(points_of(wire), word.at, half_size(word)).any(), (wire.edge, word)


@every_map
def test_no_sign_delay_mark_or_title_lies_on_a_word_an_arc_or_another(name):
    assert flaws(picture_of(name)) == ()


@pytest.mark.parametrize("archetype", ARCHETYPES, ids=lambda one: one.name)
def test_nothing_lies_on_anything_in_the_map_of_an_archetype(archetype):
    map_ = written(archetype.template.to_text())
    picture = draw(map_.labels, map_.edges, map_.loops)
    assert picture.clear
    assert flaws(picture) == ()


@every_map
def test_every_sign_stands_at_its_head_and_clear_of_words_and_other_signs(name):
    picture = picture_of(name)
    signs = [wire.sign_at for wire in picture.wires]
    for i, wire in enumerate(picture.wires):
        assert abs(wire.sign_at - wire.head[0]) < 40
        assert min((abs(wire.sign_at - other) for other in signs[:i]), default=99) > 14
        for word in picture.words:
            assert not inside(wire.sign_at, word.at, half_size(word) + 4 * (1 + 1j))


@every_map
def test_loop_marks_collide_with_nothing(name):
    picture = picture_of(name)
    rings = [mark for mark in picture.marks if mark.ringed]
    for i, mark in enumerate(rings):
        for other in rings[:i]:
            assert abs(mark.at - other.at) > 2 * MARK_RADIUS
        for word in picture.words:
            assert not inside(mark.at, word.at, half_size(word) + MARK_RADIUS * (1 + 1j) * 0.8)


@every_map
def test_everything_lies_on_the_page(name):
    picture = picture_of(name)
    middle, half = picture.corner + picture.size / 2, picture.size / 2
    for wire in picture.wires:
        assert inside([*points_of(wire), *wire.head, wire.sign_at], middle, half).all()
    for word in picture.words:
        corner = half_size(word)
        assert inside([word.at - corner, word.at + corner], middle, half).all()


def test_small_maps_are_drawn_without_crossings():
    for name in ("rework", "pond", "pair", "apart"):
        map_ = ALL[name]
        number = {word: i for i, word in enumerate(map_.labels)}
        half = np.array([complex(width(word) * LETTER / 2, LINE / 2) for word in map_.labels])
        links = [(number[edge.cause], number[edge.effect]) for edge in map_.edges]
        found = layout(half, links)
        assert faults(found.plan, found.places[None], found.stretch[None]).crossings[0] == 0


def test_the_same_map_is_always_drawn_the_same_way():
    one = draw(REWORK.labels, REWORK.edges, REWORK.loops)
    drawing._drawn.cache_clear()  # or the other would be the one
    assert draw(REWORK.labels, REWORK.edges, REWORK.loops) == one


def test_a_map_that_was_drawn_is_not_drawn_again(monkeypatch):
    one = draw(REWORK.labels, REWORK.edges, REWORK.loops)
    monkeypatch.setattr(drawing, "layout", None)
    assert draw(dict(REWORK.labels), list(REWORK.edges), list(REWORK.loops)) is one


@pytest.mark.parametrize("name", ["rework", "school", "pond", "apart"])
def test_the_layout_has_fewer_faults_than_words_in_a_ring(name):
    map_ = ALL[name]
    half = np.array([complex(width(word) * LETTER / 2, LINE / 2) for word in map_.labels])
    number = {word: i for i, word in enumerate(map_.labels)}
    links = [(number[edge.cause], number[edge.effect]) for edge in map_.edges]
    found = layout(half, links)
    ring = 60 * len(half) * np.exp(2j * np.pi * np.arange(len(half)) / len(half)) / 2
    as_ring = faults(found.plan, ring[None], np.ones((1, len(links)))).total[0]
    assert found.score < 0.7 * as_ring


def three_words():
    half = np.full(3, 30 + 9j)
    return plan_of(half, [(0, 1), (1, 2)]), np.ones((1, 2))


def test_the_score_sees_words_that_overlap():
    plan, bows = three_words()
    apart = faults(plan, np.array([[0, 200, 400 + 0j]]), bows)
    touching = faults(plan, np.array([[0, 200, 240 + 5j]]), bows)
    assert apart.words_overlapping[0] == 0
    assert touching.words_overlapping[0] > 0


def test_the_score_sees_a_link_through_a_word_on_its_arc_not_on_its_chord():
    half = np.full(3, 30 + 9j)
    plan, bows = plan_of(half, [(0, 1), (1, 0)]), np.ones((1, 2))
    arc = plan.arcs(np.array([[0, 300, 900 + 0j]]), bows)
    top = arc.samples(3)[0, 0, 1]
    on_the_arc = faults(plan, np.array([[0, 300, top]]), bows)
    off_the_arc = faults(plan, np.array([[0, 300, 150]]), bows)
    assert on_the_arc.links_through_words[0] > 0.5
    assert off_the_arc.links_through_words[0] == 0


def test_the_score_counts_crossings():
    half = np.full(4, 20 + 9j)
    plan, bows = plan_of(half, [(0, 1), (2, 3)]), np.ones((1, 2))
    crossed = faults(plan, np.array([[0, 200 + 200j, 200, 200j]]), bows)
    beside = faults(plan, np.array([[0, 200, 200j, 200 + 200j]]), bows)
    assert (crossed.crossings[0], beside.crossings[0]) == (1, 0)


def test_the_score_sees_lines_that_cross_at_an_angle_too_small_to_follow():
    half = np.full(4, 20 + 9j)
    plan, bows = plan_of(half, [(0, 1), (2, 3)]), np.full((1, 2), 0.1)
    steep = faults(plan, np.array([[0, 300, 150 - 150j, 150 + 150j]]), bows)
    shallow = faults(plan, np.array([[0, 300, 40j - 40, 340 - 40j]]), bows)
    assert steep.crossings[0] == shallow.crossings[0] == 1
    assert steep.shallow_crossings[0] == 0
    assert shallow.shallow_crossings[0] > 0.3


def test_looking_only_around_what_moved_finds_the_same_difference():
    number = {word: i for i, word in enumerate(SCHOOL.labels)}
    links = [(number[edge.cause], number[edge.effect]) for edge in SCHOOL.edges]
    half = np.array([complex(width(word) * LETTER / 2, LINE / 2) for word in SCHOOL.labels])
    found = layout(half, links)
    plan, bows = found.plan, np.repeat(found.stretch[None], 2, axis=0)
    places = np.repeat(found.places[None], 2, axis=0)
    bows[1, 4] *= -1.3
    whole = faults(plan, places, bows).total
    part = faults(plan, places, bows, plan.along[4]).total
    assert whole[1] - whole[0] == pytest.approx(part[1] - part[0], abs=1e-5)
    bows[1] = bows[0]
    places[1, 3] += 12 - 7j  # so little that no other link bows the other way
    assert (
        np.sign(plan.arcs(places, bows).half)[0] == np.sign(plan.arcs(places, bows).half)[1]
    ).all()
    whole = faults(plan, places, bows).total
    part = faults(plan, places, bows, plan.around[3]).total
    assert whole[1] - whole[0] == pytest.approx(part[1] - part[0], abs=1e-5)


def test_links_bow_away_from_the_middle_of_their_loop():
    half = np.full(4, 20 + 9j)
    plan = plan_of(half, [(0, 1), (1, 2), (2, 3), (3, 0)])
    square = np.array([0, 200, 200 + 200j, 200j])
    tops = plan.arcs(square, np.ones(4)).samples(3)[:, 1]
    chords = (square + np.roll(square, -1)) / 2
    middle = square.mean()
    assert (np.abs(tops - middle) > np.abs(chords - middle) + 20).all()


def test_names_are_broken_between_words_into_lines_of_like_width():
    assert broken("overtime") == ("overtime",)
    assert broken("fundamental solution") == ("fundamental", "solution")
    assert broken("A's result relative to B") == ("A's result", "relative to B")
    assert broken("Donaudampfschifffahrtsgesellschaft") == ("Donaudampfschifffahrtsgesellschaft",)


def test_letters_take_the_room_they_take():
    assert width("m") > width("i")
    assert width("é") == width("e")
    assert width("水") > width("a")
