"""The start page leads to every notebook that there is, and to nothing else."""

import json
import re
from pathlib import Path

import pytest

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
NUMBERED = sorted(path for path in NOTEBOOKS.glob("[!.]*/[0-9][0-9]-*.ipynb"))
WORDS_AND_PORTFOLIO = sorted(NOTEBOOKS.glob("[69][0-9]-*.ipynb"))
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)")


def text(notebook):
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


def linked(notebook):
    return {(notebook.parent / link).resolve() for link in LINK.findall(text(notebook))}


def test_the_start_page_leads_to_every_notebook():
    there = {path.resolve() for path in (*NUMBERED, *WORDS_AND_PORTFOLIO)}
    exercises = NOTEBOOKS.parent / "exercises" / "00-start-here" / "00-start-here.ipynb"
    assert linked(NOTEBOOKS / "00-start-here.ipynb") == {*there, exercises}


@pytest.mark.parametrize("notebook", [*NUMBERED, *WORDS_AND_PORTFOLIO], ids=lambda path: path.stem)
def test_every_link_of_a_notebook_leads_to_a_file(notebook):
    assert [link for link in linked(notebook) if not link.is_file()] == []
