"""A portfolio is filled, corrected and taken along without a line of code."""

import base64
import re
from datetime import UTC, datetime
from html import unescape

import pytest

from cstools import CausalLoopDiagram, mandala
from cstools.learning import Portfolio, load_set, read_portfolio
from cstools.widgets.portfolio_form import portfolio_form

ROUND = "worry -> work: +\nwork -> tiredness: +\ntiredness -> worry: +"


@pytest.fixture
def form():
    return portfolio_form(Portfolio())


def upload(form, *paths):
    form.upload.value = [
        {
            "name": path.name,
            "type": "",
            "size": path.stat().st_size,
            "content": memoryview(path.read_bytes()),
            "last_modified": datetime.now(UTC),
        }
        for path in paths
    ]


def write(form, words, heading="", about=""):
    form.about.value, form.heading.value, form.thought.value = about, heading, words
    form.add.click()


def downloaded(form, path):
    path.write_bytes(base64.b64decode(re.search('base64,([^"]+)', form.link.value)[1]))
    return read_portfolio(path)


def titles(form):
    return [piece.title for piece in form.portfolio]


def test_words_are_written_and_come_home_with_the_download(form, tmp_path):
    form.title.value = "  My   systems "
    write(form, "One small thing I shall try.", "Next step")
    home = downloaded(form, tmp_path / "mine.html")
    assert home.title == "My systems"
    assert home["Next step"] == "One small thing I shall try."
    assert form.thought.value == form.heading.value == ""


def test_files_from_another_day_come_in_as_what_they_are(form, tmp_path):
    old = Portfolio("Autumn").add("Before", title="Before").save(tmp_path / "old.html")
    drawn = tmp_path / "staff room.txt"
    drawn.write_text(ROUND, "utf-8")
    board = mandala("A quiet start").write(tmp_path / "mine.board.json")
    exercises = load_set("01-bathtub")
    exercises["fullest"].check("b")
    progress = exercises.progress.write(tmp_path / "01-bathtub.progress.json")
    upload(form, old, drawn, board, progress)
    assert form.portfolio.title == form.title.value == "Autumn"
    assert [piece.form for piece in form.portfolio] == ["note", "map", "board", "progress"]
    assert len(form.listed.children) == 4


def test_a_reflection_is_written_to_a_piece(form):
    form.portfolio.add(CausalLoopDiagram(ROUND), title="Our staff room")
    form.refresh()
    write(form, "The loop I had not seen.", about="Our staff room")
    assert [piece.reflection for piece in form.portfolio] == ["The loop I had not seen."]


def test_a_piece_is_removed(form):
    write(form, "One", "First")
    write(form, "Two", "Second")
    form.listed.children[0].children[1].click()
    assert titles(form) == ["Second"]
    assert "'First' is taken out." in unescape(form.told.value)


def test_what_is_here_stays_when_an_older_one_comes_in(form, tmp_path):
    old = Portfolio().add("old", title="Mine").add("more", title="More").save(tmp_path / "o.html")
    write(form, "new", "Mine")
    upload(form, old)
    assert form.portfolio["Mine"] == "new"
    assert titles(form) == ["Mine", "More"]
    assert "was here already; it stays as it is here." in unescape(form.told.value)


@pytest.mark.parametrize("name", ["x.html", "x.json", "x.txt", "x.xmile", "x.ipynb", "x.exe", ".."])
def test_a_file_that_cannot_be_read_gets_a_sentence_and_changes_nothing(form, name):
    write(form, "One", "First")
    form.take(name, b"\x00<b>")
    assert titles(form) == ["First"]
    assert len(form.told.value) > len('<p role="status">In this portfolio: a note.</p>') + 20


def test_nothing_written_is_told(form):
    write(form, " ")
    assert titles(form) == []
    assert "Write something first" in form.told.value


def test_a_cell_that_is_run_again_loses_nothing():
    first = portfolio_form()
    write(first, "One", "First")
    assert titles(portfolio_form()) == ["First"]
    first.remove("First")
