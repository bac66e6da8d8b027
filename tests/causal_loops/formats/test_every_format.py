"""What holds for every format alike: empty maps, large ones, and who is told what was lost."""

from __future__ import annotations

import warnings
from time import perf_counter

import pytest

from cstools import CausalLoopDiagram, CstoolsError, read_diagram
from cstools.causal_loops.formats.choosing import FORMATS
from tests.causal_loops.formats.maps import again, bare_links

every = pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)


@every
def test_an_empty_map_comes_back_empty(form, tmp_path):
    back, told = again(CausalLoopDiagram(), tmp_path / f"map{form.endings[0]}", form.name)
    assert (back.variables, back.links, told) == ((), (), [])


@every
def test_a_link_without_a_sign_stays_without_one(form, tmp_path):
    diagram = CausalLoopDiagram("rain -> grass: ?").place("rain", 1, 2).place("grass", 3, 4)
    back, _ = again(diagram, tmp_path / f"map{form.endings[0]}", form.name)
    assert bare_links(back) == [("rain", "grass", "?", False)]


@every
def test_a_map_of_many_loops_is_written_and_read_in_time(form, tmp_path):
    names = [f"variable {i}" for i in range(70)]
    diagram = CausalLoopDiagram()
    for i, cause in enumerate(names):
        for step in (1, 2, 3, 7, 11):
            diagram.link(cause, names[(i + step) % 70], "+-?"[step % 3])
    diagram.name_loop(names, "the whole round")
    begin = perf_counter()
    back, _ = again(diagram, tmp_path / f"map{form.endings[0]}", form.name)
    assert perf_counter() - begin < 20  # it takes well under a second; a busy machine is slow
    assert sorted(bare_links(back)) == sorted(bare_links(diagram))


@every
def test_what_is_written_with_a_format_is_read_by_its_ending(form, tmp_path):
    diagram = CausalLoopDiagram("rain -> grass: +\ngrass -> rain: -")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path = diagram.write(tmp_path / f"map{form.endings[0]}", format=form.name)
        assert sorted(bare_links(read_diagram(path))) == sorted(bare_links(diagram))


def test_a_warning_points_at_the_line_of_the_person(tmp_path):
    diagram = CausalLoopDiagram("a -> b: + delayed  # as said")
    with pytest.warns(UserWarning, match="no room for its reason") as told:
        path = diagram.write(tmp_path / "map.mdl")
    assert told[0].filename == __file__
    path.write_text(path.read_text(encoding="utf-8").replace(",43,0,", ",120,0,"), encoding="utf-8")
    with pytest.warns(UserWarning, match="the code 120 is taken as") as told:
        read_diagram(path)
    assert told[0].filename == __file__


def test_a_map_is_read_in_the_format_that_is_said(tmp_path):
    path = tmp_path / "map.unknown"
    path.write_text("Source,Target\na,b\n", encoding="utf-8")
    assert bare_links(read_diagram(path, format="csv")) == [("a", "b", "?", False)]
    with pytest.raises(CstoolsError) as found:
        read_diagram(path, format="excel")
    assert str(found.value) == (
        "'map.unknown': 'excel' is no format of maps; there are 'text', 'vensim', 'kumu', 'loopy', "
        "'loopy2', 'sd-json', 'csv', 'matrix', 'graphml', 'xmile', 'dot'"
    )
