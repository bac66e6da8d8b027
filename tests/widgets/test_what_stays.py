"""Where nothing can be live: nbconvert's HTML, GitHub, and a file that is read as it is."""

from __future__ import annotations

import re
import subprocess
import warnings
from html.parser import HTMLParser
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter

from cstools.widgets.shown import VIEW

from ..browser.every_part import CELLS, PARTS

# Drawings for paper: their words are the questions beside them.
FOR_PAPER = {"check-in", "practice log", "notes", "presenter", "question"}


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The notebook with every part, run without a browser; no state of widgets is kept."""
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    where = {"metadata": {"path": str(tmp_path_factory.mktemp("run"))}}
    client = NotebookClient(book, timeout=120, store_widget_state=False, resources=where)
    return client.execute(stderr=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def results(executed: Any) -> dict[str, list[Any]]:
    return dict(zip(PARTS, (cell.outputs for cell in executed.cells[1:]), strict=True))


class Page(HTMLParser):
    """What a page says: its words, its pictures, and what each picture says to who cannot see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words, self.pictures, self.scripts, self._unread = "", [], 0, 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.scripts += tag == "script"
        self._unread += tag in ("script", "style")
        if tag in ("svg", "img") and told.get("aria-hidden") != "true":
            self.pictures.append(told.get("alt") or told.get("aria-label") or "")

    def handle_endtag(self, tag: str) -> None:
        self._unread -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.words += data


def only_result(outputs: list[Any]) -> Any:
    """Return what stays: GitHub shows it, and knows nothing of the live part behind it."""
    still, live = outputs
    assert live.data.keys() - {"text/html"} == {VIEW}
    assert not live.data.get("text/html")
    return still.data


@pytest.mark.parametrize("name", PARTS)
def test_what_stays_is_words_for_everybody(results: dict[str, list[Any]], name: str) -> None:
    data = only_result(results[name])
    assert len(data["text/plain"]) > 20
    assert "object at 0x" not in data["text/plain"]
    shown = data.get("text/html") or data["text/markdown"]
    page = Page(shown)
    assert len(page.words.strip()) > 20
    assert page.scripts == 0
    assert not re.search(r"\son\w+=|javascript:|https?://(?!www\.w3\.org)", shown)


@pytest.mark.parametrize("name", sorted(PARTS.keys() - FOR_PAPER))
def test_every_picture_that_stays_has_a_text_alternative(
    results: dict[str, list[Any]], name: str
) -> None:
    page = Page(only_result(results[name])["text/html"])
    assert all(len(said) > 20 for said in page.pictures)


@pytest.mark.parametrize("name", ["explorer", "sketch", "editor", "player"])
def test_a_picture_with_its_sentence_stays(results: dict[str, list[Any]], name: str) -> None:
    data = only_result(results[name])
    page = Page(data["text/html"])
    assert page.pictures
    sentence = data["text/plain"].removeprefix("The shared pond: ")  # the picture has its title
    assert sentence.split()[:12] == page.words[page.words.index(sentence[:20]) :].split()[:12]


def test_the_file_holds_no_state_of_a_widget(executed: Any) -> None:
    assert "widgets" not in executed.metadata
    assert "application/vnd.jupyter.widget-state+json" not in nbformat.writes(executed)


def test_nbconvert_shows_what_stays_and_nothing_of_a_missing_widget(
    executed: Any, results: dict[str, list[Any]]
) -> None:
    with warnings.catch_warnings():
        # A question's form has its words before it, and no second text for nbconvert.
        warnings.filterwarnings("ignore", "Your element with mimetype", UserWarning)
        html, _ = HTMLExporter().from_notebook_node(executed)
    page = Page(html)
    said = "".join(page.words.split())
    for name in PARTS:
        data = only_result(results[name])
        kept = Page(data["text/html"]).words if "text/html" in data else "When is the bath fullest?"
        assert "".join(kept.split()) in said, name
    assert "modelnotfound" not in said
    assert "Errordisplaying" not in said
