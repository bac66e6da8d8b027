"""What is written into the page: names for the reader, marks for the widget, no surprises."""

import re
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from matplotlib.colors import to_hex

from cstools.plotting.colours import BALANCING, REINFORCING
from cstools.plotting.diagram_print import drawing_figure
from cstools.plotting.diagrams import LoopMark, SignedEdge, diagram_svg, draw
from tests.plotting.maps_to_draw import ALL, REWORK, picture_of

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def rework():
    return ET.fromstring(diagram_svg(REWORK.labels, REWORK.edges, REWORK.loops, "seven links"))


def test_the_picture_has_the_role_and_the_name_that_a_screen_reader_needs(rework):
    assert rework.get("role") == "img"
    assert rework.get("aria-label") == "seven links"


def test_words_links_and_marks_can_be_found_by_their_keys(rework):
    words = [group.get("data-variable") for group in rework.iter(f"{SVG}g")]
    assert [word for word in words if word] == list(REWORK.labels)
    links = {(g.get("data-from"), g.get("data-to"), g.get("data-sign")) for g in rework}
    assert links - {(None, None, None)} == {edge[:3] for edge in REWORK.edges}
    assert [g.get("data-loop") for g in rework if g.get("data-loop")] == ["B1", "R1"]


def test_a_delay_is_two_strokes_across_the_arc(rework):
    delayed = [g for g in rework if g.find(f"{SVG}path[@class='cs-arc cs-delay']") is not None]
    assert [(g.get("data-from"), g.get("data-to")) for g in delayed] == [("overtime", "tiredness")]
    (wire,) = [w for w in picture_of("rework").wires if w.edge.delayed]
    assert len(wire.delay) == 2
    for one, other in wire.delay:
        radii = sorted(abs(end - wire.centre) for end in (one, other))
        assert radii[0] < wire.radius < radii[1]


def test_the_ink_is_the_page_s_and_the_paper_is_transparent(rework):
    style = rework.find(f"{SVG}style").text
    assert "var(--jp-content-font-color1" in style
    assert "currentColor" in style
    assert rework.find(f"{SVG}rect") is None


def test_the_picture_shrinks_with_the_page(rework):
    assert re.search(r"width:100%;max-width:\d+px;min-width:\d+px", rework.get("style"))
    assert rework.get("viewBox")


def test_names_that_look_like_markup_stay_names():
    hostile = '<script>alert("x")</script> & co'
    picture = diagram_svg({"a": hostile, 'b"': "b"}, [SignedEdge("a", 'b"', "-")], [], hostile)
    root = ET.fromstring(picture)
    assert not list(root.iter(f"{SVG}script"))
    shown = " ".join(part.text for part in root.iter(f"{SVG}tspan"))
    assert '<script>alert("x")</script> & co' in shown
    assert root.get("aria-label") == hostile


def test_a_map_of_nothing_is_an_empty_picture():
    assert ET.fromstring(diagram_svg({}, [])).get("role") == "img"


def test_a_mark_turns_the_way_of_its_loop():
    for name in ("rework", "pond"):
        picture = picture_of(name)
        at = {word.key: word.at for word in picture.words}
        for mark in picture.marks:
            if len(mark.loop.words) > 2:
                ring = np.array([at[word] for word in mark.loop.words])
                area = (np.conj(ring) * np.roll(ring, -1)).imag.sum()
                assert mark.clockwise == (area > 0)


def test_the_arrow_of_a_mark_points_along_its_ring():
    for mark in picture_of("rework").marks:
        _, last, head = mark.ring()
        ahead = head[0] - last
        turning = (np.conj(last - mark.at) * ahead).imag
        assert (turning > 0) == mark.clockwise


def test_a_link_to_itself_is_a_ring_with_its_loop_s_name_inside():
    picture = picture_of("to itself")
    (wire,) = [wire for wire in picture.wires if wire.edge.cause == wire.edge.effect]
    (mark,) = [mark for mark in picture.marks if len(mark.loop.words) == 1]
    assert wire.large
    assert not mark.ringed
    assert abs(mark.at - wire.centre) < 4


@pytest.mark.parametrize("name", ALL)
def test_print_and_page_show_the_same_drawing(name):
    picture = picture_of(name)
    page = drawing_figure(picture)
    (axes,) = page.axes
    lines = [line for word in picture.words for line in word.lines]
    names = [mark.loop.name for mark in picture.marks]
    titles = [mark.loop.title for mark in picture.marks if mark.loop.title]
    unknown = ["?" for wire in picture.wires if wire.edge.sign == "?"]
    shown = [text.get_text() for text in axes.texts]
    assert sorted(shown) == sorted(lines + names + titles + unknown)
    assert page.get_size_inches() * 96 == pytest.approx([picture.size.real, picture.size.imag])
    page.canvas.draw()


def test_an_arc_in_print_starts_and_ends_where_the_wire_does():
    picture = picture_of("rework")
    (axes,) = drawing_figure(picture).axes
    ends = set()
    for patch in axes.patches:
        vertices = patch.get_path().vertices
        ends |= {tuple(np.round(vertices[i], 3)) for i in (0, -1)}
    for wire in picture.wires:
        for end in (wire.start, wire.stop):
            assert (round(end.real, 3), round(end.imag, 3)) in ends


def test_reinforcing_and_balancing_differ_in_colour_and_in_letter():
    page = drawing_figure(picture_of("pond"))
    colours = {t.get_text()[0]: to_hex(t.get_color()) for t in page.axes[0].texts}
    assert (colours["R"], colours["B"]) == (REINFORCING, BALANCING)


def test_parallel_links_are_two_arcs_and_their_loops_two_marks():
    picture = draw(
        {"a": "advertising", "s": "sales"},
        [SignedEdge("a", "s", "+"), SignedEdge("a", "s", "-"), SignedEdge("s", "a", "+")],
        [LoopMark("R1", "R", ("a", "s")), LoopMark("B1", "B", ("a", "s"))],
    )
    radii = {round(wire.radius) for wire in picture.wires[:2]}
    assert len(radii) == 2
    assert abs(picture.marks[0].at - picture.marks[1].at) > 30
