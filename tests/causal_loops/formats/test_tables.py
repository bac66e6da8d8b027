"""Tables, matrices and workbooks: as people have them, ours back again, damaged ones refused."""

from __future__ import annotations

import builtins
import zipfile

import pytest
from hypothesis import given

from cstools import CausalLoopDiagram, CstoolsError, read_diagram
from tests.causal_loops.formats.maps import (
    again,
    bare_links,
    damaged,
    hurts,
    read_and_told,
    read_or_refused,
    rework,
)
from tests.fuzz.lessons import cases

TABLE = """Source,Target,Polarity,Delayed,Reason,Citation
stress,sleep,-,,,
sleep,stress,negative,yes,"less patience, more rows",Walker 2017
weather,,,,,
coffee,stress,1,,,
coffee,sleep,,,,
"""
MATRIX = """,a,b,"c, too"
a,0,+,-1
b,? delayed,,0.5
"c, too",+ & - delayed,,
"""


def read(tmp_path, text, name="map.csv", format=None):
    """Read a text; return the map and what was told."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_and_told(path, format=format)


def test_each_row_of_a_table_is_a_link(tmp_path):
    night, told = read(tmp_path, TABLE)
    assert bare_links(night) == [
        ("stress", "sleep", "-", False),
        ("sleep", "stress", "-", True),
        ("coffee", "stress", "+", False),
        ("coffee", "sleep", "?", False),
    ]
    assert night.links[1].reason == "less patience, more rows"
    assert night.links[1].source == "Walker 2017"
    assert "weather" in night.variables
    assert told == []


def test_a_table_of_kumu_has_types_whose_signs_multiply(tmp_path):
    text = "\ufeffFrom;To;Type;Direction;Source\na;b;--;directed;Meadows 1999\nb;c;grows;mutual;\n"
    village, told = read(tmp_path, text)
    assert bare_links(village) == [
        ("a", "b", "+", False),
        ("b", "c", "?", False),
        ("c", "b", "?", False),
    ]
    assert village.links[0].source == "Meadows 1999"
    assert told == ["'map.csv': row 3: the type 'grows' is no sign, and is taken as ?"]


def test_a_bar_in_the_column_to_stands_between_several_effects_as_in_kumu(tmp_path):
    village, _ = read(tmp_path, "From,To,Type\na,b|c,+\nc|d,a,-\n")
    assert bare_links(village) == [
        ("a", "b", "+", False),
        ("a", "c", "+", False),
        ("c|d", "a", "-", False),
    ]


def test_rows_of_a_matrix_act_on_its_columns(tmp_path):
    diagram, told = read(tmp_path, MATRIX)
    assert bare_links(diagram) == [
        ("a", "b", "+", False),
        ("a", "c, too", "-", False),
        ("b", "a", "?", True),
        ("b", "c, too", "+", False),
        ("c, too", "a", "+", False),
        ("c, too", "a", "-", True),
    ]
    assert told == []


def test_a_corner_that_puts_the_effects_in_the_rows_is_believed(tmp_path):
    diagram, _ = read(tmp_path, "to\\from,a,b\na,0,1\nb,-1,0\n")
    assert bare_links(diagram) == [("b", "a", "+", False), ("a", "b", "-", False)]


def test_a_matrix_of_bare_numbers_numbers_its_variables(tmp_path):
    diagram, _ = read(tmp_path, "0 1\n-1 0\n", "press.txt", "matrix")
    assert bare_links(diagram) == [
        ("variable 1", "variable 2", "+", False),
        ("variable 2", "variable 1", "-", False),
    ]


def test_a_map_comes_back_from_a_table_and_what_it_has_no_room_for_is_told(tmp_path):
    back, told = again(rework(), tmp_path / "rework.csv")
    assert back.links == rework().links
    assert told == [
        "'rework.csv': a table has no room for its 2 lenses; a table has no room for its 2 loop "
        "names; a table has no room for its 6 pinned places"
    ]


def test_a_name_that_looks_like_a_formula_is_no_formula_in_the_file(tmp_path):
    diagram = CausalLoopDiagram().link("=HYPERLINK(A1)", "'+trust", "+")
    path = diagram.write(tmp_path / "map.csv")
    assert path.read_text(encoding="utf-8").splitlines()[1] == "'=HYPERLINK(A1),''+trust,+"
    assert bare_links(read_diagram(path)) == [("=HYPERLINK(A1)", "'+trust", "+", False)]


@pytest.mark.parametrize("content", [TABLE, MATRIX])
@given(changes=hurts)
@cases(0.3)
def test_a_damaged_table_is_read_or_refused(content, changes, tmp_path_factory):
    data = damaged(content.encode(), changes)
    for format in (None, "matrix", "csv"):
        read_or_refused(data, tmp_path_factory.getbasetemp() / "hurt.csv", format)


@pytest.mark.parametrize(
    ("text", "format", "told"),
    [
        (
            "x,y\na,b\n",
            None,
            "the first row of a table of links names its columns: Source, Target, Polarity, or "
            "From, To, Type; here it is 'x', 'y'",
        ),
        (
            "Source,Target,Polarity\na,b,up\n",
            None,
            "row 2: 'up' is not a sign; a sign is + (both move the same way), - (they move "
            "opposite ways) or ? (it cannot be said)",
        ),
        (
            "Source,Target\n,b\n",
            None,
            "row 2: a name is missing; each variable has one, and it is a text",
        ),
        (
            'Source,Target\n"a,b\n',
            None,
            "this is no whole table at line 2 (unexpected end of data)",
        ),
        (
            ",a,b\na,,+\nc,,\n",
            "matrix",
            "a matrix has the same variables in its first row and its first column, in the same "
            "order; here they differ",
        ),
        (
            ",a,b\na,+\nb,,\n",
            "matrix",
            "a matrix has as many columns as rows; its row 1 has 1 values, and there are 2 "
            "variables",
        ),
        (
            ",a,A\na,,+\nA,,\n",
            "matrix",
            "a matrix names each variable once; here a name stands twice",
        ),
        (
            ",a\na,up\n",
            "matrix",
            "row 'a', column 'a': 'up' is not a sign; a sign is + (both move the same way), - "
            "(they move opposite ways) or ? (it cannot be said)",
        ),
    ],
)
def test_a_table_that_is_no_map_is_told_with_the_place(tmp_path, text, format, told):
    with pytest.raises(CstoolsError) as found:
        read(tmp_path, text, format=format)
    assert str(found.value) == f"'map.csv': {told}"


# --- workbooks ------------------------------------------------------------------------------------


def workbook(path, sheets):
    """Write sheets of rows as a workbook."""
    xlsxwriter = pytest.importorskip("xlsxwriter")
    pytest.importorskip("python_calamine")
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def test_a_workbook_of_kumu_has_its_elements_and_connections_in_sheets(tmp_path):
    sheets = {
        "Elements": [["Label", "Type"], ["Rain", "water"], ["Grass", ""], ["Snow", ""]],
        "Connections": [["From", "To", "Type", "Delayed"], ["Rain", "Grass", "+", "yes"]],
    }
    farm = read_diagram(workbook(tmp_path / "farm.xlsx", sheets))
    assert farm.variables == ("Rain", "Grass", "Snow")
    assert bare_links(farm) == [("Rain", "Grass", "+", True)]


def test_sheets_are_known_by_their_heads_and_what_kumu_passes_over_is_passed_over(tmp_path):
    sheets = {
        "People": [
            ["Label"],
            ["Ann"],
            ["Bo|b"],
            [],
            [],
            ["From", "To", "Type"],
            ["Ann", "Bo|b", "+"],
        ],
        "Ties": [["From", "To", "Type"], ["Bo|b", "Ann|Cy", "-"]],
        "Notes (ignore)": [["From", "To"], ["x", "y"]],
    }
    people = read_diagram(workbook(tmp_path / "people.xlsx", sheets))
    assert bare_links(people) == [
        ("Ann", "Bo|b", "+", False),
        ("Bo|b", "Ann", "-", False),
        ("Bo|b", "Cy", "-", False),
    ]


def test_a_number_in_a_workbook_is_a_name_as_it_was_typed(tmp_path):
    sheets = {"t": [["Source", "Target"], [1234567, 0.1], [2026, 7.0]]}
    assert bare_links(read_diagram(workbook(tmp_path / "n.xlsx", sheets))) == [
        ("1234567", "0.1", "?", False),
        ("2026", "7", "?", False),
    ]


def test_a_row_that_makes_no_sense_is_told_with_its_place_in_the_sheet(tmp_path):
    sheets = {"Connections": [["From", "To"], ["a", "b"], ["", "b"]]}
    with pytest.raises(CstoolsError) as found:
        read_diagram(workbook(tmp_path / "t.xlsx", sheets))
    assert str(found.value) == (
        "'t.xlsx': connection in row 3: a name is missing; each variable has one, and it is a text"
    )


def test_a_workbook_is_written_as_kumu_imports_it_and_no_cell_is_a_formula(tmp_path):
    pytest.importorskip("xlsxwriter")
    calamine = pytest.importorskip("python_calamine")
    trust = CausalLoopDiagram().link("=1+1", "trust", "+", delayed=True, reason="=HYPERLINK(A1)")
    trust.link("trust", "=1+1", "-").name_loop(["trust", "=1+1"], "@work")
    path = trust.place("trust", 3, 4.5).write(tmp_path / "trust.xlsx")
    book = calamine.CalamineWorkbook.from_path(path)
    assert {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names} == {
        "Elements": [
            ["Label", "Lens", "X", "Y"],
            ["=1+1", "", "", ""],
            ["trust", "", "3.0", "4.5"],
        ],
        "Connections": [
            ["From", "To", "Type", "Direction", "Delayed", "Description", "Source"],
            ["=1+1", "trust", "+", "directed", "yes", "=HYPERLINK(A1)", ""],
            ["trust", "=1+1", "-", "directed", "", "", ""],
        ],
        "Loops (ignore)": [["Loop", "Variables", ""], ["@work", "=1+1", "trust"]],
    }
    with zipfile.ZipFile(path) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if "worksheets/" in name]
    assert len(sheets) == 3
    assert not any(b"<f>" in sheet for sheet in sheets)


def test_a_cell_longer_than_a_workbook_holds_is_told_and_nothing_is_written(tmp_path):
    pytest.importorskip("xlsxwriter")
    diagram = CausalLoopDiagram().link("rain", "grass", "+", reason="very " * 7_000)
    with pytest.raises(CstoolsError) as found:
        diagram.write(tmp_path / "long.xlsx")
    assert str(found.value) == (
        f"no cell of a workbook holds '{'very ' * 11}very…', "
        "which has more than 32,767 letters; write the map as .csv or .json"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_workbook_of_one_sheet_is_a_table_or_a_matrix(tmp_path):
    table = {"links": [["Source", "Target", "Polarity"], ["rain", "grass", 1]]}
    matrix = {"m": [["", "rain", "grass"], ["rain", 0, 1], ["grass", -1, 0]]}
    assert bare_links(read_diagram(workbook(tmp_path / "t.xlsx", table))) == [
        ("rain", "grass", "+", False)
    ]
    assert bare_links(read_diagram(workbook(tmp_path / "m.xlsx", matrix))) == [
        ("rain", "grass", "+", False),
        ("grass", "rain", "-", False),
    ]


@given(changes=hurts)
@cases(0.2)
def test_a_damaged_workbook_is_read_or_refused(changes, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "whole.xlsx"
    data = workbook(path, {"a": [["From", "To"], ["rain", "grass"]]}).read_bytes()
    read_or_refused(damaged(data, changes), path.with_name("hurt.xlsx"))


def test_a_workbook_that_is_none_is_told(tmp_path):
    pytest.importorskip("python_calamine")
    (tmp_path / "map.xlsx").write_bytes(b"From,To")
    with pytest.raises(CstoolsError) as found:
        read_diagram(tmp_path / "map.xlsx")
    assert str(found.value) == (
        "'map.xlsx': it is no workbook, or not a whole one; save it again as XLSX"
    )


def test_a_workbook_that_unpacks_to_too_much_is_not_opened(tmp_path):
    pytest.importorskip("python_calamine")
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", b"0" * 101_000_000)
    with pytest.raises(CstoolsError) as found:
        read_diagram(tmp_path / "bomb.xlsx")
    assert str(found.value) == "'bomb.xlsx': it has more than 100 MB when unpacked"


def without(missing, monkeypatch):
    """Make a module one that is not installed."""
    whole = builtins.__import__

    def imported(name, *rest):
        if name == missing:
            raise ImportError(name)
        return whole(name, *rest)

    monkeypatch.setattr(builtins, "__import__", imported)


def test_without_the_part_that_opens_workbooks_it_is_said_what_to_do(tmp_path, monkeypatch):
    (tmp_path / "map.xlsx").write_bytes(b"PK")
    without("python_calamine", monkeypatch)
    with pytest.raises(CstoolsError) as found:
        read_diagram(tmp_path / "map.xlsx")
    assert str(found.value) == (
        "to read a workbook, python-calamine is needed, and it is not installed; "
        "save the sheet as CSV and read that, or: pip install 'cstools[planner]'"
    )


def test_without_the_part_that_writes_workbooks_it_is_said_what_to_do(tmp_path, monkeypatch):
    without("xlsxwriter", monkeypatch)
    with pytest.raises(CstoolsError) as found:
        rework().write(tmp_path / "map.xlsx")
    assert str(found.value) == (
        "to write a workbook, xlsxwriter is needed, and it is not installed; "
        "write the map as .csv or .json, or: pip install 'cstools[planner]'"
    )
    assert list(tmp_path.iterdir()) == []
