"""A map in a text file: written, read back, and told kindly when it cannot be."""

from __future__ import annotations

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
            "map.json",
            b"{}",
            "'map.json': a map is read from a .txt file, one 'cause -> effect: +' a line",
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


def test_a_map_is_written_as_text_only(tmp_path: Path) -> None:
    with pytest.raises(CstoolsError) as found:
        CausalLoopDiagram(REWORK).write(tmp_path / "map.json")
    assert str(found.value) == "'map.json': a map is written as .txt"
    assert list(tmp_path.iterdir()) == []
