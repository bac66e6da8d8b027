"""Every notebook works in JupyterLab, in a real browser.

One with live parts runs from top to bottom. One without shows what is stored in it, which is what
a run gives, letter by letter: another check of ``make test`` runs every notebook and compares.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from .lab import Lab, open_notebook

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted(
    path for path in (ROOT / "notebooks").rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts
)

# Every widget that a cell ended with has taken its place on the page.
DRAWN = """() => {
  const cells = jupyterapp.shell.currentWidget.content.model.sharedModel.cells;
  const told = cells.flatMap(c => c.outputs || []).filter(o => o.data
    && 'application/vnd.jupyter.widget-view+json' in o.data).length;
  const places = [...document.querySelectorAll('.jp-OutputArea-output.lm-Panel')];
  return places.filter(p => p.querySelector('.cs-widget, .jupyter-widgets')).length >= told; }"""


def has_live_parts(path: Path) -> bool:
    """Return whether a run shows something that no file can hold, which is marked for that."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return any("nbval-ignore-output" in cell["metadata"].get("tags", ()) for cell in cells)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_the_browser_does_not_complain(
    page: Page, lab: Lab, picture: Callable[[Page, str], None], path: Path
) -> None:
    with open_notebook(page, lab, lab.copy(path, ROOT)) as notebook:
        if has_live_parts(path):
            notebook.run_all()
            page.wait_for_function(DRAWN)
        notebook.show_all()
        picture(page, f"notebook-{path.stem}")
        assert notebook.errors() == []
        assert notebook.complaints == []
