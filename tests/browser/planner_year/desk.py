"""A coordinator at JupyterLab: types between quotes, runs everything by the menu, and reads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from ..lab import _DONE, HIDE_FILES, Lab, OpenNotebook, open_notebook
from ..test_gallery import EVERYTHING

MINUTES = 4  # how long a cell may keep a busy machine; waiting ends as soon as it can
_FIRST_BOX = """() => jupyterapp.shell.currentWidget.content.model.sharedModel.cells
  .find(c => c.cell_type === 'code').source"""
_CLEAR = "() => { jupyterapp.commands.execute('notebook:clear-all-cell-outputs') }"
# Where on the page some words of a line stand.
_PLACE = """(cell, [line, from, to]) => {
  const row = cell.querySelectorAll('.cm-line')[line];
  const range = document.createRange();
  let passed = 0, begun = false;
  const walk = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, ends = passed + node.length;
    if (!begun && from <= ends) { range.setStart(node, from - passed); begun = true; }
    if (to <= ends) { range.setEnd(node, to - passed); break; }
    passed = ends;
  }
  const box = range.getBoundingClientRect();
  return { left: box.left, right: box.right, middle: (box.top + box.bottom) / 2 }; }"""
# What each box of code shows under itself: its text, and every table by its caption.
_SHOWN = """() => [...document.querySelectorAll('.jp-NotebookPanel .jp-CodeCell')].map(cell => ({
    text: [...cell.querySelectorAll('.jp-OutputArea-output')].map(o => o.innerText).join('\\n'),
    pictures: [...cell.querySelectorAll('.jp-OutputArea-output svg')].map(s => s.textContent),
    tables: [...cell.querySelectorAll('.jp-OutputArea-output table')].map(t => ({
      title: t.caption ? t.caption.textContent : '',
      heads: [...t.querySelectorAll('thead th')].map(h => h.textContent),
      rows: [...t.querySelectorAll('tbody tr')].map(r => [...r.cells].map(c => c.textContent)),
    })),
  }))"""
_SAVED = "() => !jupyterapp.shell.currentWidget.context.model.dirty"


# What this project says and shows in a notebook; the buttons beside heads are JupyterLab's own.
_OURS = {
    "include": [
        [".jp-NotebookPanel .jp-OutputArea-output"],
        [".jp-NotebookPanel .jp-MarkdownOutput"],
    ],
    "exclude": [[".jp-collapseHeadingButton"]],
}


@dataclass(frozen=True)
class OnAPhone:
    """What axe-core finds wrong on a page as wide as a phone, and the rules that were kept."""

    faults: list[tuple[str, list[str]]]
    kept: set[str]


@dataclass(frozen=True)
class Seen:
    """What stood under the boxes of a notebook after a run."""

    boxes: list[dict[str, Any]]
    page: str
    errors: list[str]
    complaints: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(box["text"] for box in self.boxes)

    @property
    def pictures(self) -> str:
        return "\n".join(text for box in self.boxes for text in box["pictures"])

    def tables(self, title: str) -> list[list[dict[str, str]]]:
        """Return the rows of each table whose caption ends so, in order of the page."""
        found = [t for box in self.boxes for t in box["tables"] if t["title"].endswith(title)]
        assert found, f"no table ends with '{title}'; there are {self.titles}"
        return [[dict(zip(t["heads"], row, strict=True)) for row in t["rows"]] for t in found]

    def table(self, title: str) -> list[dict[str, str]]:
        """Return the rows of the last table whose caption ends so."""
        return self.tables(title)[-1]

    @property
    def titles(self) -> list[str]:
        return [t["title"] for box in self.boxes for t in box["tables"]]


@dataclass
class Desk:
    """One window of JupyterLab, and the folder of notebooks in front of the coordinator."""

    page: Page
    lab: Lab
    folder: Path

    @contextmanager
    def open(self, book: str) -> Iterator[OpenBook]:
        """Open the notebook whose name begins with these two digits."""
        path = next(self.folder.glob(f"{book}-*.ipynb"))
        name = path.relative_to(self.lab.folder).as_posix()
        self.page.set_viewport_size({"width": 1280, "height": 900})
        with open_notebook(self.page, self.lab, name, reload=False) as notebook:
            yield OpenBook(self.page, path, notebook)


@dataclass
class OpenBook:
    """A notebook that is open in the window."""

    page: Page
    path: Path
    notebook: OpenNotebook

    def change(self, words: Mapping[str, str]) -> None:
        """Type other words between the quotes of the first box, and nothing else."""
        for name, new in words.items():
            box = self.first_box
            begin, end = _between_quotes(box, name)
            if box[begin:end] != new:
                self._type(box, begin, end, new)
                assert self.first_box == box[:begin] + new + box[end:]

    def run(self) -> Seen:
        """Choose Run, then Run All Cells, and read what stands there when all is done."""
        self.page.evaluate(_CLEAR)
        bar = self.page.locator("#jp-MainMenu")
        bar.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        self.page.wait_for_function(_DONE, timeout=MINUTES * 60_000, polling=100)
        boxes = self.page.evaluate(_SHOWN)
        return Seen(boxes, self.page.content(), self.notebook.errors(), self.notebook.complaints)

    def saved(self) -> str:
        """Save the notebook as it stands, and return the file's text."""
        self.page.evaluate("() => jupyterapp.commands.execute('docmanager:save')")
        self.page.wait_for_function(_SAVED, polling=100)
        return self.path.read_text(encoding="utf-8")

    def on_a_phone(self) -> OnAPhone:
        """Make the window as narrow as a phone, with no list of files, and look for barriers."""
        self.page.set_viewport_size({"width": 390, "height": 900})
        self.page.evaluate(HIDE_FILES)
        self.page.wait_for_function("() => jupyterapp.shell.leftCollapsed", polling=100)
        found = Axe().run(self.page, context=_OURS, options=EVERYTHING).response
        self.page.set_viewport_size({"width": 1280, "height": 900})
        faults = [(f["id"], [node["html"] for node in f["nodes"]]) for f in found["violations"]]
        return OnAPhone(faults, {rule["id"] for rule in found["passes"]})

    @property
    def first_box(self) -> str:
        return str(self.page.evaluate(_FIRST_BOX))

    def _type(self, box: str, begin: int, end: int, new: str) -> None:
        """Drag the mouse over these words, and type others."""
        line, head = box[:begin].count("\n"), box.rfind("\n", 0, begin) + 1
        cell = self.page.locator(".jp-Notebook:visible .jp-CodeCell").first
        cell.locator(".cm-line").nth(line).scroll_into_view_if_needed()
        at = cell.evaluate(_PLACE, [line, begin - head, end - head])
        mouse = self.page.mouse
        mouse.move(at["left"] + 0.5, at["middle"])
        mouse.down()
        mouse.move(at["right"] + 0.5, at["middle"], steps=3)
        mouse.up()
        self.page.keyboard.insert_text(new)


def _between_quotes(box: str, name: str) -> tuple[int, int]:
    """Return where the words of a name begin and end: ``one, other = "a", "b"`` has two."""
    for line in re.finditer(r"(?m)^([\w, ]+?) = (.*)$", box):
        names = line[1].split(", ")
        if name in names:
            quoted = list(re.finditer(r'"([^"]*)"', line[2]))[names.index(name)]
            return line.start(2) + quoted.start(1), line.start(2) + quoted.end(1)
    raise AssertionError(f"the first box has no '{name}':\n{box}")
