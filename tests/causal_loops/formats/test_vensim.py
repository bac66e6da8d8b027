"""Vensim's sketches: real ones are read, ours come back as they were, damaged ones are refused."""

from __future__ import annotations

import warnings

import pytest
from hypothesis import given

from cstools import CausalLoopDiagram, CstoolsError, read_diagram
from tests.causal_loops.formats.maps import (
    PLACES,
    again,
    bare_links,
    damaged,
    hurts,
    read_and_told,
    read_or_refused,
    rework,
    titles,
)
from tests.fuzz.lessons import cases

HEAD = "{UTF-8}\nx = 1 ~ ~ |\n\\\\\\---/// Sketch information\nV300  Do not\n*View 1\n$192,0\n"
# A hare, a lynx, an arrow each way, and a mark between that turns with them.
PREY = """10,1,Hares,100,100,30,11,8,3,0,0,0,0,0,0
10,2,"Lynx, all",300,100,30,11,8,3,0,0,0,0,0,0
10,3,Grass,200,300,30,11,8,3,0,0,0,0,0,0
1,4,1,2,1,0,43,0,2,65,0,-1--1--1,|12||0-0-0,1|(200,50)|
1,5,2,3,1,0,111,0,2,64,0,-1--1--1,|12||0-0-0,1|(300,200)|
1,6,3,1,1,0,83,0,2,192,0,-1--1--1,|12||0-0-0,1|(100,200)|
1,7,3,3,1,0,0,0,2,192,0,-1--1--1,|12||0-0-0,1|(250,350)|
12,8,0,195,165,20,20,{shape},4,0,0,-1,0,0,0
{says}
///---\\\\\\
"""


def read(tmp_path, text):
    """Read a sketch; return the map and what was told."""
    path = tmp_path / "prey.mdl"
    path.write_text(HEAD + text, encoding="utf-8")
    return read_and_told(path)


def test_words_arrows_signs_and_delays_of_a_sketch_are_read(tmp_path):
    prey, told = read(tmp_path, PREY.format(shape=4, says="B2: too many"))
    assert bare_links(prey) == [
        ("Hares", "Lynx, all", "+", True),
        ("Lynx, all", "Grass", "-", False),
        ("Grass", "Hares", "+", False),
        ("Grass", "Grass", "?", False),
    ]
    assert prey.positions == {"Hares": (100, 100), "Lynx, all": (300, 100), "Grass": (200, 300)}
    assert prey.loops()["too many"].polarity == "B"
    assert (prey.name, told) == ("prey", [])


def test_a_mark_that_contradicts_its_loop_is_told_and_its_name_is_kept(tmp_path):
    prey, told = read(tmp_path, PREY.format(shape=5, says="R too many"))
    assert prey.loops()["too many"].polarity == "B"
    assert told == [
        "'prey.mdl': the loop mark 'R too many' says reinforcing, and by its links the loop is "
        "balancing; the loop mark 'R too many' turns the other way; the loop runs clockwise"
    ]


@pytest.mark.parametrize(("says", "title"), [("B", ""), ("-", ""), ("Burnout", "Burnout")])
def test_a_mark_of_a_letter_names_nothing_and_a_mark_of_a_word_does(tmp_path, says, title):
    prey, told = read(tmp_path, PREY.format(shape=4, says=says))
    assert [loop.title for loop in prey.loops() if len(loop) == 3] == [title]
    assert told == []


def test_only_the_lowest_bit_of_the_delay_field_marks_a_delay(tmp_path):
    words = "10,1,rain,10,20,3,4,8,3\n10,2,grass,30,40,3,4,8,3\n"
    arrows = "".join(
        f"1,{i},1,2,1,0,{sign},0,2,{field},0,-1--1--1,|12||0-0-0,1|(0,0)|\n"
        for i, (sign, field) in enumerate([(43, 129), (45, 192), (0, 64)], start=3)
    )
    rain, _ = read(tmp_path, words + arrows)
    assert bare_links(rain) == [
        ("rain", "grass", "+", True),
        ("rain", "grass", "-", False),
        ("rain", "grass", "?", False),
    ]


def test_the_name_of_a_loop_may_stand_in_a_comment_beside_its_mark(tmp_path):
    beside = """12,9,0,195,190,40,9,8,4,0,8,-1,0,0,0,0-0-0,0-0-0,|8|B|0-0-0
too many
12,10,0,195,600,40,9,8,4,0,0,-1,0,0,0
far away
///---\\\\\\"""
    prey, told = read(tmp_path, PREY.format(shape=4, says="B").replace("///---\\\\\\", beside))
    assert prey.loops()["too many"].polarity == "B"
    assert told == []


def test_a_flow_fills_the_stock_it_points_at_and_drains_the_other(tmp_path):
    flow = """10,1,Tank,100,100,40,20,3,3,0,0,0,0,0,0
10,2,Field,400,100,40,20,3,3,0,0,0,0,0,0
1,3,5,2,4,0,0,22,0,0,0,-1--1--1,,1|(300,100)|
1,4,5,1,100,0,0,22,0,0,0,-1--1--1,,1|(200,100)|
11,5,48,250,100,6,8,34,3,0,0,1,0,0,0
10,6,watering,250,120,20,11,40,3,0,0,-1,0,0,0
10,7,thirst,250,300,20,11,8,3,0,0,-1,0,0,0
10,8,Tank,90,300,20,11,8,2,0,3,-1,0,0,0
1,9,7,5,1,0,43,0,2,64,0,-1--1--1,,1|(0,0)|
1,10,8,7,1,0,45,0,2,64,0,-1--1--1,,1|(0,0)|
"""
    farm, told = read(tmp_path, flow)
    assert bare_links(farm) == [
        ("watering", "Field", "+", False),
        ("watering", "Tank", "-", False),
        ("thirst", "watering", "+", False),
        ("Tank", "thirst", "-", False),
    ]
    assert farm.positions["Tank"] == (100, 100)  # not the place of its ghost
    assert told == []


def test_a_flow_without_a_name_gets_one_so_that_no_link_is_lost(tmp_path):
    pipe = """10,1,Tank,100,100,40,20,3,3,0,0,0,0,0,0
10,2,rain,100,300,40,20,8,3,0,0,0,0,0,0
11,3,0,250,100,6,8,2,3,0,0,1,0,0,0
1,4,3,1,4,0,0,22,0,0,0,-1--1--1,,1|(300,100)|
1,5,2,3,1,0,43,0,2,64,0,-1--1--1,,1|(0,0)|
"""
    tank, told = read(tmp_path, pipe)
    assert bare_links(tank) == [
        ("flow into Tank", "Tank", "+", False),
        ("rain", "flow into Tank", "+", False),
    ]
    assert told == ["'prey.mdl': line 10: a flow without a name is called 'flow into Tank'"]


def test_an_arrow_that_leads_nowhere_is_told(tmp_path):
    _, told = read(tmp_path, "10,1,rain,1,2,3,4,8,3\n1,2,1,9,1,0,43,0,2,64,0\n")
    assert told == ["'prey.mdl': line 8: an arrow that joins no two variables is left out"]


def test_two_views_are_one_map_and_stand_one_below_the_other(tmp_path):
    views = (
        "10,1,rain,10,20,3,4,8,3\n\\\\\\---/// Sketch\n10,1,rain,5,5,3,4,8,2\n"
        "10,2,grass,30,40,3,4,8,3\n1,3,1,2,1,0,43,0,2,64,0\n"
    )
    rain, _ = read(tmp_path, views)
    assert bare_links(rain) == [("rain", "grass", "+", False)]
    assert rain.positions == {"rain": (10, 20), "grass": (30, 40 + 20 + 120)}


def test_a_map_comes_back_from_vensim_as_it_was(tmp_path):
    read_back, told = again(rework(), tmp_path / "rework.mdl")
    assert bare_links(read_back) == bare_links(rework())
    assert read_back.variables == rework().variables
    assert read_back.positions == PLACES
    assert titles(read_back) == titles(rework())
    assert told == [
        "'rework.mdl': a Vensim sketch has no room for its 2 reasons; a Vensim sketch has no room "
        "for its source; a Vensim sketch has no room for its 2 lenses"
    ]


def test_words_without_a_place_are_drawn_beside_the_pinned_ones(tmp_path):
    diagram = CausalLoopDiagram("rain -> grass: +\ngrass -> cows: +").place("rain", 70, 90)
    read_back, _ = again(diagram, tmp_path / "farm.mdl")
    assert read_back.positions["rain"] == (70, 90)
    assert len(set(read_back.positions.values())) == 3


@given(changes=hurts)
@cases(0.5)
def test_a_damaged_sketch_is_read_or_refused(changes, tmp_path_factory):
    data = (HEAD + PREY.format(shape=4, says="B too many")).encode()
    read_or_refused(damaged(data, changes), tmp_path_factory.getbasetemp() / "hurt.mdl")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "10,1,rain\n",
            "'prey.mdl': line 7: a word of the sketch has a name and a place; this is not whole",
        ),
        ("1,2\n", "'prey.mdl': line 7: this line of the sketch is not whole"),
        (
            "10,1,rain,1,2,3,4,8,3\n10,1,sun,1,2,3,4,8,3\n",
            "'prey.mdl': line 8: the number 1 stands on two words of one view",
        ),
        (
            "".join(f"12,{i},0,1,2,3,4,4,4\nR\n" for i in range(1001)),
            "'prey.mdl': there are more than 1,000 loop marks, which is no map",
        ),
        (
            "1,2,3,x\n",
            "'prey.mdl': line 7: an arrow of the sketch has the words it joins, a shape and a "
            "polarity, in numbers; this is not whole",
        ),
    ],
)
def test_a_line_that_is_not_whole_is_told_with_its_place(tmp_path, text, told):
    with pytest.raises(CstoolsError) as found:
        read(tmp_path, text)
    assert str(found.value) == told


def test_a_vensim_file_without_a_sketch_is_told(tmp_path):
    (tmp_path / "plain.mdl").write_text("x = 1 ~ ~ |", encoding="utf-8")
    with pytest.raises(CstoolsError) as found:
        read_diagram(tmp_path / "plain.mdl")
    assert str(found.value) == (
        "'plain.mdl': this Vensim file has no sketch, and so no map; "
        "draw its variables and arrows in Vensim, and save it again"
    )


def test_every_sketch_of_the_shared_models_is_a_map(test_models):
    paths = [p for p in sorted(test_models.rglob("*.mdl")) if b"\\---///" in p.read_bytes()]
    assert len(paths) > 150
    arrows = 0
    for path in paths:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            diagram = read_diagram(path)
        arrows += len(diagram.links)
    assert arrows > 1000


def test_the_teacup_of_the_shared_models_is_read_as_it_is_drawn(test_models):
    teacup = read_diagram(test_models / "samples" / "teacup" / "teacup.mdl")
    assert sorted(bare_links(teacup)) == [
        ("Characteristic Time", "Heat Loss to Room", "?", False),
        ("Heat Loss to Room", "Teacup Temperature", "-", False),
        ("Room Temperature", "Heat Loss to Room", "?", False),
        ("Teacup Temperature", "Heat Loss to Room", "?", False),
    ]
