"""A live part as a page of its own: one file, nothing outside it, still where no script runs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cstools.errors import FileError
from cstools.stock_flow.model import StockFlow
from cstools.widgets.sketch import sketch


def test_a_page_is_one_file_that_asks_for_nothing_else(bath: StockFlow, tmp_path: Path) -> None:
    page = bath.explore().save(tmp_path / "bath.html").read_text("utf-8")
    outside = r'(?:src|href)="(?!#)[^"]*"|https?://(?!www\.w3\.org/)\S*|\bimport\b[^;\n]*from'
    addresses = re.findall(outside, page)
    assert addresses == []


def test_a_page_without_scripts_shows_the_picture_and_its_sentence(
    bath: StockFlow, tmp_path: Path
) -> None:
    page = bath.explore().save(tmp_path / "bath.html").read_text("utf-8")
    still = page.split("<noscript>")[1].split("</noscript>")[0]
    assert "<svg" in still
    assert bath.run().describe("water") in still


def test_a_page_has_one_heading_which_is_its_title(bath: StockFlow, tmp_path: Path) -> None:
    page = bath.explore().save(tmp_path / "bath.html").read_text("utf-8")
    title = page.split("<title>")[1].split("</title>")[0]
    assert re.findall(r"<h1>(.*?)</h1>", page.split('<script type="module">')[0]) == [title]


def test_what_the_part_holds_cannot_end_its_place_in_the_page(tmp_path: Path) -> None:
    name = "</script><script>alert(1)</script>"
    page = sketch(name, points=[(1, 2)], stop=4).save(tmp_path / "it.html").read_text("utf-8")
    assert "<script>alert" not in page
    state = page.split('id="held">')[1].split("</script>")[0]
    assert json.loads(state)["payload"]["label"] == name


def test_a_page_has_to_be_called_html(bath: StockFlow, tmp_path: Path) -> None:
    with pytest.raises(FileError) as lesson:
        bath.explore().save(tmp_path / "bath.pdf")
    assert str(lesson.value) == "'bath.pdf': a page is saved as .html"
