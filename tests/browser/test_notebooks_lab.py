"""Every notebook runs from top to bottom in JupyterLab, in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

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


@pytest.fixture(scope="module")
def desk(lab_context: BrowserContext) -> Iterator[Page]:
    """One page of JupyterLab in which one notebook after the other is opened."""
    page = lab_context.new_page()
    yield page
    page.close()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_the_browser_does_not_complain(
    desk: Page, lab: Lab, picture: Callable[[Page, str], Path], path: Path
) -> None:
    page = desk
    page.set_viewport_size({"width": 1280, "height": 900})
    with open_notebook(page, lab, lab.copy(path, ROOT), reload=False) as notebook:
        notebook.run_all()
        page.wait_for_function(DRAWN)
        notebook.show_all()
        picture(page, f"notebook-{path.stem}")
        assert notebook.errors() == []
        assert notebook.complaints == []
