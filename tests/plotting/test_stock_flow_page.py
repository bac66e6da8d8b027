"""The same drawing on a page and in print: its marks, its words, its text alternative."""

import re
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from cstools.plotting.stock_flow import outlines
from cstools.plotting.stock_flow.drawing import draw
from cstools.plotting.stock_flow.page import drawing_svg
from cstools.plotting.stock_flow.parts import PIPE, Factor, FlowPipe, Influence, StockBox, Structure
from cstools.plotting.stock_flow.print import drawing_figure
from tests.plotting.structures_to_draw import ALL, STAFF, structure

SVG = "{http://www.w3.org/2000/svg}"
SIGNED = Structure(
    (StockBox("w", "water"),),
    (FlowPipe("d", "draining", "w"),),
    (Factor("p", "plug", "constant"),),
    (
        Influence("w", "d", "+", delayed=True),
        Influence("p", "d", "-"),
        Influence("p", "w", first=True),
    ),
)


@cache
def drawn(name):
    return draw(ALL[name])


@cache
def page(name):
    return ET.fromstring(drawing_svg(drawn(name), f"what {name} shows"))


def groups(root, attribute):
    return {g.get(attribute): g for g in root.iter(f"{SVG}g") if g.get(attribute)}


def words_in(element):
    return " ".join(part.text for part in element.iter(f"{SVG}tspan"))


def test_a_screen_reader_hears_what_the_picture_shows():
    assert page("tub").get("role") == "img"
    assert page("tub").get("aria-label") == "what tub shows"


def test_every_part_is_a_group_with_its_key_its_kind_and_its_words():
    found = groups(page("staff"), "data-variable")
    kinds = {key: group.get("data-kind") for key, group in found.items()}
    assert kinds["Rookies"] == "stock"
    assert kinds["hiring"] == "flow"
    assert kinds["quality"] == "auxiliary"
    assert kinds["time to hire"] == "constant"
    assert kinds["effect of pressure on quitting"] == "lookup"
    for key, group in found.items():
        assert words_in(group) == key


def test_every_link_is_a_group_with_its_two_ends():
    ends = [
        (g.get("data-from"), g.get("data-to"))
        for g in page("staff").iter(f"{SVG}g")
        if g.get("data-from")
    ]
    assert ends == [link[:2] for link in STAFF.influences]


def test_a_stock_is_a_box_a_flow_has_a_pipe_of_two_lines_a_head_a_valve_and_its_clouds():
    found = groups(page("tub"), "data-variable")
    assert found["water"].find(f"{SVG}rect") is not None
    shapes = [path.get("class") for path in found["filling"].iter(f"{SVG}path")]
    assert shapes.count("cs-line") == 2
    assert shapes.count("cs-solid") == 2
    assert shapes.count("cs-line cs-cloud") == 1


def test_an_array_is_a_double_box():
    lines = list(groups(page("within"), "data-variable")["people"].iter(f"{SVG}path"))
    assert len(lines) == 1
    (stock,) = drawn("within").stocks
    assert all(
        abs((corner - stock.at).real) >= stock.half.real - 6
        or abs((corner - stock.at).imag) >= stock.half.imag - 6
        for corner in outlines.stack(stock)
    )


def test_a_delay_is_two_strokes_a_first_value_a_dotted_line_and_signs_are_shown_if_said():
    drawing = draw(SIGNED)
    root = ET.fromstring(drawing_svg(drawing))
    late, minus, first = (g for g in root.iter(f"{SVG}g") if g.get("data-from"))
    assert [len(wire.delay) for _, wire in drawing.wires] == [2, 0, 0]
    assert [g.get("class") for g in (late, minus, first)] == ["cs-link"] * 2 + ["cs-link cs-first"]
    # Line and head; the delay adds two strokes, a sign one mark.
    assert [len(g.findall(f"{SVG}path")) for g in (late, minus, first)] == [5, 3, 2]


def test_the_two_lines_of_a_pipe_lie_on_both_sides_of_its_middle():
    for name in ("staff", "epidemic", "within"):
        for pipe in drawn(name).pipes:
            left, right = outlines.walls(pipe)
            assert len(left) == len(right) == len(pipe.path)
            for a, b in zip(left, right, strict=True):
                # At a corner the lines are further apart, by the diagonal of the square.
                assert 2 * PIPE - 1e-6 <= abs(a - b) <= 2 * PIPE * np.sqrt(2) + 1e-6
            assert np.abs((np.array(left) + right) / 2 - pipe.path)[:-1].max() < 1e-6


def test_the_head_of_a_pipe_touches_what_it_enters_and_points_into_it():
    for pipe in drawn("staff").pipes:
        tip, *wings = outlines.head(pipe)
        assert tip == pipe.path[-1]
        ahead = tip - sum(wings) / 2
        onward = pipe.path[-1] - pipe.path[-2]
        assert (ahead * np.conj(onward)).real == pytest.approx(abs(ahead) * abs(onward))


def test_the_bumps_of_a_cloud_are_wide_enough_to_meet():
    points, radius = outlines.cloud(100 + 50j)
    chords = np.abs(np.diff(np.array([*points, points[0]])))
    assert (chords < 2 * radius).all()


def test_the_ink_is_the_page_s_and_the_paper_is_transparent():
    style = page("tub").find(f"{SVG}style").text
    assert "var(--jp-content-font-color1" in style
    assert '[data-jp-theme-light="false"]' in style


def test_the_picture_shrinks_with_the_page():
    assert re.search(r"width:100%;max-width:\d+px;min-width:\d+px", page("tub").get("style"))


def test_names_that_look_like_markup_stay_names():
    hostile = '<script>alert("x")</script> & co'
    drawing = draw(structure(f'{hostile}: outside > b" onload="x', f"$a$ > {hostile}"))
    root = ET.fromstring(drawing_svg(drawing, hostile))
    assert not list(root.iter(f"{SVG}script"))
    assert hostile in " ".join(words_in(g) for g in root.iter(f"{SVG}g"))
    assert root.get("aria-label") == hostile
    drawing_figure(drawing).canvas.draw()


@pytest.mark.parametrize("name", ["staff", "within", "no stocks", "two ways"])
def test_print_and_page_show_the_same_words_at_the_same_size(name):
    drawing = drawn(name)
    figure = drawing_figure(drawing)
    (axes,) = figure.axes
    lines = [line for box in drawing.stocks for line in box.lines]
    lines += [line for pipe in drawing.pipes for line in pipe.lines]
    lines += [line for factor in drawing.factors for line in factor.lines]
    assert sorted(text.get_text() for text in axes.texts) == sorted(lines)
    assert figure.get_size_inches() * 96 == pytest.approx([drawing.size.real, drawing.size.imag])
    figure.canvas.draw()


def test_printed_words_keep_within_the_room_that_was_left_for_them():
    drawing = drawn("staff")
    figure = drawing_figure(drawing)
    figure.canvas.draw()
    (axes,) = figure.axes
    wide = {
        text.get_text(): text.get_window_extent().width * 96 / figure.dpi for text in axes.texts
    }
    for box in drawing.stocks:
        assert max(wide[line] for line in box.lines) <= 2 * box.half.real
    for things in (drawing.factors, drawing.pipes):
        for thing in things:
            half = thing.half if hasattr(thing, "half") else thing.name_half
            # On a screen each letter is rounded to whole pixels: a few in a hundred.
            assert max(wide[line] for line in thing.lines) <= 1.06 * 2 * half.real


def test_signs_dashes_and_double_boxes_go_into_print_too():
    signed = draw(SIGNED)
    plain = replace(
        signed, wires=tuple((link._replace(sign=""), wire) for link, wire in signed.wires)
    )
    patches, fewer = (drawing_figure(drawing).axes[0].patches for drawing in (signed, plain))
    assert len(patches) == len(fewer) + 2 + 2  # two strokes; a disc and its bar
    assert [p.get_linestyle() for p in patches].count((0, (2, 3))) == 1
    drawing_figure(drawn("within")).canvas.draw()
