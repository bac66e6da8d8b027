"""A map in a text file: written, read back, and told kindly when it cannot be."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from cstools import CausalLoopDiagram, CstoolsError, read_diagram

REWORK = """
overtime -> work done: +
work done -> work remaining: -
work remaining -> overtime: + delayed  # weeks later
loop catching up: overtime, work done, work remaining
"""


def test_a_map_is_read_back_as_it_was(tmp_path: Path) -> None:
    rework = CausalLoopDiagram(REWORK, name="rework")
    again = read_diagram(rework.write(tmp_path / "rework.txt"))
    assert again.name == "rework"
    assert again.links == rework.links
    assert again.variables == rework.variables
    assert again.loops()[0].title == "catching up"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("map.txt", b"  \n", "'map.txt' is empty"),
        (
            "map.txt",
            b"caf\xe9 -> joy: +",
            "'map.txt' is no UTF-8 text; save it as UTF-8 and try again",
        ),
        (
            "map.docx",
            b"{}",
            "'map.docx': a map is read from .txt, .mdl, .json, .loopy, .csv, .tsv, .xlsx, "
            ".graphml, .xmile, .stmx, .itmx, .xml, .dot or .gv; save it as one of them",
        ),
    ],
)
def test_a_file_that_is_no_map_is_told(
    tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CstoolsError) as found:
        read_diagram(tmp_path / name)
    assert str(found.value) == told


def test_a_line_that_cannot_be_read_is_told_with_its_file(tmp_path: Path) -> None:
    path = tmp_path / "map.txt"
    path.write_text("rain -> grass: +\nrain grass\n", encoding="utf-8")
    with pytest.raises(CstoolsError, match=r"^'map.txt': .*line 2"):
        read_diagram(path)


def test_a_file_of_a_kind_that_holds_no_map_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(CstoolsError) as found:
        CausalLoopDiagram(REWORK).write(tmp_path / "map.docx")
    assert str(found.value) == (
        "'map.docx': a map is written as .txt, .mdl, .json, .loopy, .csv, .tsv, .xlsx, .graphml, "
        ".xmile, .stmx, .itmx, .xml, .dot or .gv"
    )
    assert list(tmp_path.iterdir()) == []


def test_pinned_places_stay_and_the_text_tells_that_it_has_no_room_for_them(tmp_path: Path) -> None:
    rework = CausalLoopDiagram(REWORK).place("Overtime", 3, -4.5)
    assert rework.positions == {"overtime": (3, -4.5)}
    with pytest.warns(UserWarning, match="no room") as told:
        rework.write(tmp_path / "map.txt")
    assert [str(warning.message) for warning in told] == [
        "'map.txt': the text has no room for its pinned place"
    ]


@pytest.mark.parametrize("place", [("left", 0), (float("nan"), 0), (None, 1), (10**400, 1)])
def test_a_place_that_is_no_two_numbers_is_told(place: tuple[float, float]) -> None:
    with pytest.raises(CstoolsError) as found:
        CausalLoopDiagram(REWORK).place("overtime", *place)
    assert str(found.value) == "the place of 'overtime' is two numbers, x and y"


def test_a_file_that_is_far_too_large_is_not_opened(tmp_path: Path) -> None:
    with (tmp_path / "map.json").open("wb") as large:
        large.truncate(20_000_001)
    with pytest.raises(CstoolsError) as found:
        read_diagram(tmp_path / "map.json")
    assert str(found.value) == "'map.json' has more than 20 MB, which is no map"


def test_a_link_said_twice_with_another_delay_is_told(tmp_path: Path) -> None:
    path = tmp_path / "map.csv"
    path.write_text("From,To,Type,Delayed\na,b,+,\nA,b,+,yes\na,b,+,\n", encoding="utf-8")
    with pytest.warns(UserWarning, match="several times") as told:
        diagram = read_diagram(path)
    assert [str(warning.message) for warning in told] == [
        "'map.csv': the link 'a → b (+)' is there several times, and the first is kept"
    ]
    assert [link.delayed for link in diagram.links] == [False]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ending", [".txt", ".csv", ".json", ".mdl", ".dot", ".graphml", ".xmile"])
def test_a_file_that_an_editor_saved_with_a_mark_at_its_begin_is_read(
    tmp_path: Path, ending: str, encoding: str
) -> None:
    größe = CausalLoopDiagram("Größe -> Ärger: +").place("Größe", 1, 2).place("Ärger", 3, 4)
    path = tmp_path / f"map{ending}"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        größe.write(path, format="kumu" if ending == ".json" else None)
    path.write_text(path.read_text(encoding="utf-8"), encoding=encoding)
    assert read_diagram(path).links == größe.links


def test_something_that_is_no_file_is_told() -> None:
    with pytest.raises(CstoolsError) as found:
        read_diagram(None)  # type: ignore[arg-type]
    assert str(found.value) == ("a map is read from a file, whose name is a text; this is NoneType")
