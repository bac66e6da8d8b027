"""Every notebook has the shape, and is stored so that there is something to compare and to see.

The comparison itself is a check of its own: ``pytest --nbval notebooks``, run by ``make test``.
"""

import json
import re
from html import unescape
from pathlib import Path

import pytest

from cstools.languages import speaking, spoken
from cstools.learning.notebook import read_notebook
from cstools.learning.refresh import tidied
from cstools.learning.shape import problems

PRIVATE_SENTENCE = re.compile(
    "A (check-in|letter about a portfolio|practice log( for “[^”]*”)?)[.] "
    "What you (enter|mark) stays in this page and is gone when you leave it[.]"
)
MOST_BYTES = 300_000  # more than that is slow to open on GitHub, and to fetch by telephone

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted(
    path for path in (ROOT / "notebooks").rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts
)
every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


@every_notebook
def test_a_notebook_has_the_shape(path):
    assert problems(path) == []


@every_notebook
def test_a_notebook_is_stored_tidily(path):
    stored = json.loads(path.read_text(encoding="utf-8"))
    assert tidied(stored) == stored, f"run: python -m cstools.learning.refresh {path}"


@every_notebook
def test_a_notebook_shows_each_live_part_where_nothing_is_live(path):
    live = [cell for cell in read_notebook(path).code if "nbval-ignore-output" in cell.tags]
    assert [cell.position for cell in live if not cell.stills] == []
    assert path.stat().st_size < MOST_BYTES


@every_notebook
def test_a_notebook_stores_nothing_private_but_the_sentence(path):
    book = read_notebook(path)
    with speaking(book.language or "en"):
        theirs = spoken(
            "A check-in. What you enter stays in this page and is gone when you leave it."
        )
    private = [cell for cell in book.code if "private" in cell.tags]
    shown = [output["data"] for cell in private for output in cell.outputs]
    for data in shown:
        sentence = "".join(data["text/plain"])
        assert sentence == theirs if book.language else PRIVATE_SENTENCE.fullmatch(sentence)
        assert unescape(re.sub(r"<[^>]+>", "", "".join(data["text/html"]))) == sentence
