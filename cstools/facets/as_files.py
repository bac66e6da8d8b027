"""Every teaching model as a file for other programs: XMILE, the field's own format.

``cstools models --out notebooks/models`` writes the folder that comes with the course: a file for
each model, and a page that says which is which. The list is what the facets hold; a new model
enters it by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from inspect import signature
from pathlib import Path

from cstools import facets
from cstools.errors import FileError
from cstools.stock_flow.model import StockFlow
from cstools.stock_flow.xmile import writing
from cstools.whole_files import write_whole

FACETS = ("self", "others", "world")
PAGE = "README.md"
_METHODS = {"euler": "Euler", "heun": "Heun", "rk4": "Runge–Kutta 4"}

_OPENING = """# The teaching models, for other programs

Each model of the course as a file in XMILE, the standard format of system dynamics: stocks, flows,
equations, units, a sentence on every part, and a stock and flow diagram. Free to open, change and
share, like the rest. Its story, how it can mislead and its sources stand in its notebook and, in
Python, in `help(facets.world.shared_pond)`. *Illustrative* means that nobody measured the numbers.

These files are written by `cstools models`, which writes them over: save your own under another
name.
"""
_HOW = """
## How to open one

- **Here**, in a notebook: `from cstools import read_model`, then
  `read_model("models/shared_pond.xmile").explore()`, with the path as it is from your notebook.
- **PySD** (Python): `pysd.read_xmile("shared_pond.xmile")`. *Tried*: a test of this project runs
  the files in PySD and holds each against our own run. PySD knows Euler's method only, whatever a
  file says. And where a stock may not fall below zero it cuts the stock off and lets the flow go
  on: in `pond_with_quota.xmile` the catch stays 140 when no fish are left, and
  `two_process_sleep.xmile` ends in an error. `read_model(...).run(engine="pysd")` writes out what
  holds a flow back, and PySD then agrees.
- **Stella** (isee systems): its own files, `.stmx`, are XMILE, says its help. Open the file; if the
  dialog does not list it, give a copy the ending `.stmx`. *Not tried*: we have no Stella here.
- **Vensim** (Ventana Systems): it writes XMILE. Whether your edition opens XMILE, we could not find
  out. *Not tried.*
- **Other programs**: `.xmile` is plain text that any editor shows. For R there are `readsdr` and
  `pysd2r`, which read XMILE, their pages say. *Not tried.*

What comes out in another program? The same curve, up to its method and its step; both stand in the
table. If it differs by more, please say so: then one of us has misread the standard.
"""


def models() -> dict[str, tuple[str, Callable[[], StockFlow]]]:
    """Return every function of the facets that makes a model unasked: name → facet, function."""
    found = {}
    for facet in FACETS:
        room = getattr(facets, facet)
        for name in room.__all__:
            said = signature(getattr(room, name))
            asks = any(one.default is one.empty for one in said.parameters.values())
            if said.return_annotation in ("StockFlow", StockFlow) and not asks:
                found[name] = facet, getattr(room, name)
    return found


def file_of(name: str, make: Callable[[], StockFlow], picture: bool = True) -> str:
    """Return the text of a model's file; its evidence stands in a comment above it."""
    model = make()
    first, rest = writing.text(model, picture=picture).split("\n", 1)
    said = f"{model.name}. {model.doc} Evidence: {model.evidence}. From cstools, model '{name}'."
    return f"{first}\n<!-- {said.replace('--', '–')} -->\n{rest}"


def without_picture(text: str) -> str:
    """Return the text of a file without its diagram, whose places may differ by a hair."""
    return re.sub(r"\n *<views>.*</views>", "", text, flags=re.DOTALL)


def page(notebooks: Mapping[str, str] | None = None) -> str:
    """Return the page of the folder; ``notebooks`` says where each model is met."""
    rows = ["| File | Facet | What it is | Evidence | Run by | Notebook |", "|--|--|--|--|--|--|"]
    for name, (facet, make) in models().items():
        model = make()
        where = (notebooks or {}).get(name, "–")
        units = f" {model.time_units}" if model.time_units else ""
        run_by = f"{_METHODS[model.method]}, steps of {model.dt:.6g}{units}"
        file = f"[{name}.xmile]({name}.xmile)"
        what = f"{model.name}. {model.doc}"
        rows.append(f"| {file} | {facet} | {what} | {model.evidence} | {run_by} | {where} |")
    table = "\n".join(rows)
    return f"{_OPENING}\n{table}\n{_HOW}"


def met_in(folder: Path) -> dict[str, str]:
    """Return for each model a link to the first lesson, in a folder of notebooks, that makes it."""
    found: dict[str, str] = {}
    lessons = sorted(folder.glob("[0-4]-*/[0-4][0-9]-*.ipynb"), key=lambda path: path.name)
    for lesson in lessons:
        if lesson.name.count(".") > 1:
            continue  # a translation
        text = lesson.read_text(encoding="utf-8")
        for name in re.findall(r"facets\.(?:self|others|world)\.(\w+)\(", text):
            link = f"[{lesson.name[:2]}](../{lesson.relative_to(folder).as_posix()})"
            found.setdefault(name, link)
    return found


def write(folder: Path) -> list[Path]:
    """Write every model into a folder, with the page that tells them apart; return what changed.

    A file whose equations are as they were is left alone: to lay out a diagram takes long.

    Raises
    ------
    FileError
        When the folder cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(f"'{folder}' cannot be made: {error.strerror}") from None
    changed = []
    for name, (_, make) in models().items():
        path = folder / f"{name}.xmile"
        if not _holds(path, file_of(name, make, picture=False)):
            changed.append(write_whole(path, file_of(name, make)))
    text, path = page(met_in(folder.parent)), folder / PAGE
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        changed.append(write_whole(path, text))
    return changed


def _holds(path: Path, plain: str) -> bool:
    return path.exists() and without_picture(path.read_text(encoding="utf-8")) == plain


def told(changed: Iterable[Path]) -> str:
    """Say which files were written."""
    return "\n".join(f"{path.name}: written" for path in changed) or "All files are up to date."
