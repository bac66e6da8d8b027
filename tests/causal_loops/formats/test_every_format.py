"""What holds for every format alike: a map comes back, what cannot is told, what is bad refused."""

from __future__ import annotations

import warnings
from time import perf_counter

import pytest
from hypothesis import example, given

from cstools import CausalLoopDiagram, CstoolsError, read_diagram
from cstools.causal_loops.formats.choosing import FORMATS, Format
from cstools.causal_loops.formats.told import KEPT_AS_TEXT, lost
from tests.causal_loops.formats.maps import (
    ODD_NAMES,
    again,
    bare_links,
    damaged,
    diagrams,
    hurts,
    read_or_refused,
    rework,
)
from tests.fuzz.lessons import cases

every = pytest.mark.parametrize("form", FORMATS, ids=lambda form: f"{form.name}{form.endings[0]}")
_OPENS_A_PICTURE = {"vensim", "loopy", "loopy2", "xmile"}  # where every word has a place


def held(diagram: CausalLoopDiagram, keeps: frozenset[str]) -> dict[str, object]:
    """What a map says, as far as a format can hold it."""
    said: dict[str, object] = {
        "variables": sorted(
            (name, diagram[name].lens if "lenses" in keeps else "") for name in diagram.variables
        ),
        "links": sorted(
            (
                link.cause,
                link.effect,
                link.polarity,
                "delays" in keeps and link.delayed,
                link.reason if "reasons" in keeps else "",
                link.source if "sources" in keeps else "",
            )
            for link in diagram.links
        ),
    }
    if "titles" in keeps:
        said["titles"] = sorted((sorted(x.variables), x.title) for x in diagram._loop_titles())
    return said


def check_round_trip(diagram: CausalLoopDiagram, form: Format, path) -> None:
    """Write and read a map: what the format can hold comes back, what it cannot is told."""
    back, told = again(diagram, path, form.name)
    assert held(back, form.keeps) == held(diagram, form.keeps)
    if "places" in form.keeps:
        assert back.positions.items() >= diagram.positions.items()
        if form.name not in _OPENS_A_PICTURE:
            assert back.positions == diagram.positions
    missing = lost(diagram._said(), form.keeps, form.program)
    assert bool(told) == bool(missing)
    for sentence in missing[:3]:
        assert sentence in told[0]


def odd_map() -> CausalLoopDiagram:
    """Every odd name, each acting on the next and on itself, both ways of sign."""
    diagram = CausalLoopDiagram()
    for x, (name, following) in enumerate(
        zip(ODD_NAMES, ODD_NAMES[1:] + ODD_NAMES[:1], strict=True)
    ):
        diagram.link(name, following, "+", delayed=True, reason="=1+1", source="'-x")
        diagram.link(name, following, "-").link(name, name, "?")
        diagram.place(name, 100 * x, -50 * x)
    return diagram


@every
def test_names_of_every_odd_kind_come_back(form, tmp_path):
    check_round_trip(odd_map(), form, tmp_path / f"odd{form.endings[0]}")


@every
@given(diagram=diagrams())
@example(diagram=rework())
@example(diagram=rework(pinned=False))
@cases(0.1)
def test_any_map_comes_back_as_far_as_the_format_can_hold_it(form, diagram, tmp_path_factory):
    check_round_trip(diagram, form, tmp_path_factory.getbasetemp() / f"any{form.endings[0]}")


@given(diagram=diagrams())
@cases(0.3)
def test_any_map_comes_back_from_its_text(diagram, tmp_path_factory):
    back, _ = again(diagram, tmp_path_factory.getbasetemp() / "any.txt")
    assert held(back, KEPT_AS_TEXT) == held(diagram, KEPT_AS_TEXT)


@every
@given(changes=hurts)
@cases(0.2)
def test_a_damaged_file_of_our_own_is_read_or_refused(form, changes, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / f"own{form.endings[0]}"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        content = rework().write(path, format=form.name).read_bytes()
    read_or_refused(damaged(content, changes), path.with_stem("hurt"), form.name)


_MANY = 2_000_000
HOSTILE = {
    "nothing but NUL": b"\0" * 1000,
    "half of a UTF-16 letter": b"\xff\xfe\x41",
    "latin-1": "Größe -> Ärger: +".encode("latin-1"),
    "a BOM alone": b"\xef\xbb\xbf",
    "one long line": b"a" * 10_000_000,
    "one long number": b"[" + b"9" * _MANY + b"]",
    "one long string": b'{"elements": [{"label": "' + b"a" * _MANY + b'"}]}',
    "many quotes": b'"' * _MANY,
    "many commas": b"," * _MANY,
    "many lines": b"\n1," * 250_000,
    "deep lists": b"[" * 100_000 + b"]" * 100_000,
    "deep objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "deep elements": b"<xmile>" * 100_000,
    "deep groups": b"digraph {" + b"subgraph {" * 100_000,
    "a group on a group": b"digraph { {"
    + b" ".join(b"%d" % i for i in range(3000))
    + b"} -> {"
    + b" ".join(b"%d" % i for i in range(3000))
    + b"} }",
    "billion laughs": b'<!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "&%c;&%c;&%c;">' % (c + 1, c, c, c) for c in range(97, 120))
    + b"]><xmile>&x;</xmile>",
    "a file from elsewhere": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    b"<graphml>&a;</graphml>",
    "a bomb of zeros": b"PK\x03\x04" + b"\0" * 1000,
    "a compressed bomb": b"]\0\0\x80\xff" + b"\xff" * 8 + b"\0" * 1000,
}


@pytest.mark.parametrize("hostile", HOSTILE)
@every
def test_a_hostile_file_is_read_or_refused_and_soon(form, hostile, tmp_path):
    path = tmp_path / f"hostile{form.endings[0]}"
    read_or_refused(HOSTILE[hostile], path, form.name)


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
