"""A picture and its sentence: seen, heard, saved, and the same each time."""

from __future__ import annotations

import ast
import re
from html import unescape
from pathlib import Path
from threading import Event, Thread
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pytest
from PIL import Image

import cstools
from cstools.errors import FileError
from cstools.plotting.over_time import Series, plot
from cstools.plotting.picture import Picture
from cstools.plotting.style import svg

TIME = np.linspace(0, 10, 41)
SVG = "{http://www.w3.org/2000/svg}"


def pond() -> Picture:
    fish = Series('fish "in all" & <caught>', 100 * np.exp(-TIME / 5), "tonnes")
    boats = Series("größere boats", TIME, "boats")
    return plot(TIME, [fish, boats], "year", "The pond")


def inline(picture: Picture) -> str:
    return picture._repr_mimebundle_()["text/html"]


def test_the_same_picture_is_the_same_text_every_time():
    once = pond()
    assert inline(once) == inline(once) == inline(pond())


def test_two_threads_that_draw_leave_the_settings_of_matplotlib_as_they_were(monkeypatch):
    drawing, second_came, first_left = Event(), Event(), Event()
    patience = 0.3  # seconds: where only one may draw at a time, the other never comes

    def draw(canvas, text, metadata):
        if drawing.is_set():
            second_came.set()
            first_left.wait(patience)
        else:
            drawing.set()
            second_came.wait(patience)
        text.write("<svg></svg>")

    monkeypatch.setattr("matplotlib.backends.backend_svg.FigureCanvasSVG.print_svg", draw)
    page, before = pond().figure, dict(matplotlib.rcParams)

    def first():
        svg(page, "first")
        first_left.set()

    threads = [Thread(target=first), Thread(target=svg, args=(page, "second"))]
    threads[0].start()
    drawing.wait()
    threads[1].start()
    for thread in threads:
        thread.join()
    left = {name for name, value in matplotlib.rcParams.items() if value != before[name]}
    matplotlib.rcParams.update(before)
    assert left == set()


def test_saving_a_picture_leaves_it_as_it_was(tmp_path):
    picture = pond()
    picture.save(tmp_path / "pond.png")
    assert inline(picture) == inline(pond())


def test_another_picture_is_another_text():
    other = plot(TIME, [Series("fish", TIME, "tonnes")], "year", "The pond")
    assert inline(other) != inline(pond())


def test_a_screen_reader_hears_an_image_named_by_its_sentence():
    picture = pond()
    figure = ElementTree.fromstring(inline(picture))
    drawn, caption = figure
    assert drawn.tag == f"{SVG}svg"
    assert drawn.get("role") == "img"
    assert drawn.get("aria-label") == picture.sentence == caption.text
    assert picture.sentence.startswith('Fish "in all" & <caught> falls from 100 to')


def test_a_plain_console_shows_the_sentence():
    picture = pond()
    assert repr(picture) == picture.sentence == picture._repr_mimebundle_()["text/plain"]


def test_a_picture_shrinks_with_the_page_and_does_not_grow():
    assert 'style="max-width:100%;height:auto"' in inline(pond())


def test_what_is_drawn_is_lines_and_not_letters_of_some_font():
    # A page without the font would show another one, of another width.
    assert "<text" not in svg(pond().figure, "")


@pytest.mark.parametrize("ending", [".svg", ".PNG", ".pdf"])
def test_a_picture_is_saved_by_its_ending_the_same_each_time(tmp_path, ending):
    one, two = (pond().save(tmp_path / f"{name}{ending}") for name in ("one", "two"))
    assert one == tmp_path / f"one{ending}"
    start = {".svg": b"<svg", ".PNG": b"\x89PNG", ".pdf": b"%PDF"}[ending]
    assert one.read_bytes().startswith(start)
    assert one.read_bytes() == two.read_bytes()


def test_the_sentence_goes_with_the_file(tmp_path):
    picture = pond()
    assert picture.sentence in unescape(picture.save(tmp_path / "a.svg").read_text("utf-8"))
    with Image.open(picture.save(str(tmp_path / "a.png"))) as image:
        assert image.info["Description"] == picture.sentence


@pytest.mark.parametrize("name", ["pond.jpg", "pond", "pond.svg.txt"])
def test_any_other_ending_is_refused_and_nothing_is_written(tmp_path, name):
    with pytest.raises(FileError) as caught:
        pond().save(tmp_path / name)
    assert str(caught.value) == f"'{name}': a picture is saved as .png, .svg or .pdf"
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_a_lesson(tmp_path):
    path = tmp_path / "no such folder" / "pond.png"
    with pytest.raises(FileError) as caught:
        pond().save(path)
    assert str(caught.value) == (
        f"'{path}': the picture cannot be saved there; no such file or directory"
    )


def test_a_folder_in_place_of_a_file_is_a_lesson(tmp_path):
    (tmp_path / "pond.png").mkdir()
    with pytest.raises(FileError, match=r"the picture cannot be saved there; is a directory$"):
        pond().save(tmp_path / "pond.png")


def test_nothing_here_touches_pyplot():
    # pyplot keeps figures in a global list and is not safe in the thread of a widget.
    sources = list(Path(cstools.__file__).parent.rglob("*.py"))
    assert len(sources) > 50
    for source in sources:
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            words = [alias.name for alias in getattr(node, "names", []) if hasattr(alias, "name")]
            module = getattr(node, "module", None) or ""
            assert not any(re.search(r"\bpyplot\b|\bpylab\b", w) for w in [module, *words]), source
