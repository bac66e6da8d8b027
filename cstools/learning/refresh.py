"""A notebook run from top to bottom and written so that running it again changes nothing.

``python -m cstools.learning.refresh notebooks/0-tools/01-bathtub.ipynb`` runs each notebook in a
clean kernel, in its own folder, and stores only what stays the same on every machine: texts,
execution counts, tags, folds and ids; and of a live part its picture with its sentence, for
whoever reads the notebook on GitHub or as a page. With ``--tidy`` it tidies without running. A
notebook in which a cell fails is left as it was.
"""

from __future__ import annotations

import copy
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from cstools.errors import FileError, MissingPartError
from cstools.learning.notebook import KEPT_MIMETYPES, LEFT_BY_LIVE_PARTS, read_notebook
from cstools.learning.private_cells import is_private
from cstools.learning.stays import handed_on

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
CELL_TIMEOUT = 60
MOST_SECONDS = 20
_KEPT_CELL_METADATA = ("tags", "jupyter", "editable", "deletable", "nbgrader")
_UNCOMPARED = "nbval-ignore-output"
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def refresh(path: str | Path) -> float:
    """Run a notebook in a clean kernel, tidy it, write it; return the seconds it took to run.

    Raises
    ------
    FileError
        When the file is not a notebook, or when a cell fails; the file is then untouched.
    MissingPartError
        When nbclient, which runs notebooks, is not installed.
    """
    where = Path(path)
    content = _read(where)
    start = time.perf_counter()
    run = executed(content, where)
    seconds = time.perf_counter() - start
    _write(where, tidied(run))
    return seconds


def tidy(path: str | Path) -> None:
    """Tidy a notebook without running it; what its cells printed stays."""
    where = Path(path)
    _write(where, tidied(_read(where)))


def executed(content: Mapping[str, Any], where: Path) -> dict[str, Any]:
    """Return a notebook with the results of a run in a clean kernel, in the folder of ``where``.

    Raises
    ------
    FileError
        When a cell fails: which cell, and the last line of what it said.
    """
    try:
        import nbformat
        from nbclient import NotebookClient
        from nbclient.exceptions import CellExecutionError, CellTimeoutError
    except ModuleNotFoundError as error:
        raise MissingPartError(
            f"'{error.name}' is not installed, and running notebooks needs it; "
            "install it with: pip install 'cstools[test]'"
        ) from error
    book = nbformat.reads(json.dumps(_without_results(content)), as_version=4)
    client = NotebookClient(
        book,
        timeout=CELL_TIMEOUT,
        kernel_name=KERNEL["name"],
        store_widget_state=False,
        resources={"metadata": {"path": str(where.resolve().parent)}},
    )
    try:
        client.execute(stderr=subprocess.DEVNULL)  # the kernel's own log, not a cell's words
    except CellTimeoutError:
        raise FileError(
            f"{where.name}: a cell ran for more than {CELL_TIMEOUT} seconds; make it shorter"
        ) from None
    except CellExecutionError as error:
        raise FileError(_failure(book, where, error.ename, error.evalue)) from None
    result: dict[str, Any] = json.loads(nbformat.writes(book))
    return result


def tidied(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return a notebook with nothing in it that changes from run to run or machine to machine."""
    taken: set[str] = set()
    return {
        "cells": [_tidy_cell(cell, taken) for cell in content["cells"] if _written(cell)],
        "metadata": {"kernelspec": dict(KERNEL), "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _tidy_cell(cell: Mapping[str, Any], taken: set[str]) -> dict[str, Any]:
    source = "".join(cell.get("source", "")).rstrip()
    metadata = {
        name: cell["metadata"][name]
        for name in _KEPT_CELL_METADATA
        if cell.get("metadata", {}).get(name)
    }
    if "tags" in metadata:
        metadata["tags"] = sorted(metadata["tags"])
    tidy_cell = {
        "cell_type": cell["cell_type"],
        "id": _identity(cell, source, taken),
        "metadata": metadata,
        "source": source.splitlines(keepends=True),
    }
    if cell["cell_type"] == "code":
        tidy_cell["execution_count"] = cell.get("execution_count")
        tidy_cell["outputs"] = _stored(cell)
    if cell.get("attachments"):
        tidy_cell["attachments"] = cell["attachments"]
    return dict(sorted(tidy_cell.items()))


def _identity(cell: Mapping[str, Any], source: str, taken: set[str]) -> str:
    """Keep the id a cell has; a cell without one, or with another's, gets one from its words."""
    identity = str(cell.get("id", ""))
    number = 0
    while not identity or identity in taken:
        identity = sha256(f"{cell['cell_type']} {number} {source}".encode()).hexdigest()[:12]
        number += 1
    taken.add(identity)
    return identity


def _stored(cell: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what a cell keeps: of a cell that nobody compares, only what its live parts leave."""
    outputs, private = cell.get("outputs", ()), is_private(cell)
    if not private and _UNCOMPARED not in cell.get("metadata", {}).get("tags", ()):
        return _tidy_outputs(outputs)
    kept = (handed_on(_texts(output), private) for output in outputs)
    return [_displayed(data) for data in kept if data]


def _texts(output: Mapping[str, Any]) -> dict[str, str]:
    data = output.get("data", {})
    return {kind: "".join(data[kind]) for kind in LEFT_BY_LIVE_PARTS if kind in data}


def _displayed(data: Mapping[str, str]) -> dict[str, Any]:
    lines = {kind: text.splitlines(keepends=True) for kind, text in sorted(data.items())}
    return {"data": lines, "metadata": {}, "output_type": "display_data"}


def _tidy_outputs(outputs: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    tidy_outputs: list[dict[str, Any]] = []
    for output in outputs:
        if output["output_type"] == "stream":
            text = "".join(output["text"])
            previous = tidy_outputs[-1] if tidy_outputs else {}
            if previous.get("name") == output["name"]:
                text = "".join(previous["text"]) + text
                tidy_outputs.pop()
            tidy_outputs.append(
                {
                    "name": output["name"],
                    "output_type": "stream",
                    "text": text.splitlines(keepends=True),
                }
            )
        elif kept := _kept(output):
            tidy_outputs.append(kept)
    return tidy_outputs


def _kept(output: Mapping[str, Any]) -> dict[str, Any]:
    """Return a shown result with its texts only, or nothing when it has none."""
    if output["output_type"] == "error":
        return {**output, "traceback": []}
    data = {
        kind: "".join(text).splitlines(keepends=True)
        for kind, text in sorted(output.get("data", {}).items())
        if kind in KEPT_MIMETYPES
    }
    if not data:
        return {}
    kept = {"data": data, "metadata": {}, "output_type": output["output_type"]}
    if output["output_type"] == "execute_result":
        kept["execution_count"] = output["execution_count"]
    return dict(sorted(kept.items()))


def _written(cell: Mapping[str, Any]) -> bool:
    return bool("".join(cell.get("source", "")).strip())


def _without_results(content: Mapping[str, Any]) -> dict[str, Any]:
    bare = copy.deepcopy(dict(content))
    for cell in bare["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return tidied(bare)


def _failure(book: Mapping[str, Any], where: Path, kind: str, message: str) -> str:
    """Name the cell that failed, counted from the top of the page."""
    position = next(
        number
        for number, cell in enumerate(book["cells"], start=1)
        if any(output["output_type"] == "error" for output in cell.get("outputs", ()))
    )
    return f"{where.name}: cell {position} fails with {kind}: {_COLOUR.sub('', message).strip()}"


def _read(where: Path) -> dict[str, Any]:
    read_notebook(where)
    content: dict[str, Any] = json.loads(where.read_text(encoding="utf-8"))
    return content


def as_text(content: Mapping[str, Any]) -> str:
    """Return a notebook as the text of its file, as Jupyter writes it."""
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _write(where: Path, content: Mapping[str, Any]) -> None:
    """Write the whole file or nothing."""
    beside = where.with_name(f".{where.name}.new")
    beside.write_text(as_text(content), encoding="utf-8")
    beside.replace(where)


def _told(seconds: float) -> str:
    heavy = f"; at most {MOST_SECONDS}, make it lighter" if seconds > MOST_SECONDS else ""
    return f"ran in {seconds:.1f} s{heavy}"


def main(arguments: Iterable[str]) -> int:
    """Refresh each notebook named; the exit code is 1 when one could not be run."""
    words = list(arguments)
    failures = 0
    for path in (word for word in words if word != "--tidy"):
        try:
            if "--tidy" in words:
                tidy(path)
                print(f"{Path(path).name}: tidied")
            else:
                print(f"{Path(path).name}: {_told(refresh(path))}")
        except (FileError, MissingPartError) as error:
            failures += 1
            print(error, file=sys.stderr)
    return min(failures, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
