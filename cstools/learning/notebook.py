"""A notebook read as what it teaches: a title block, sections, cells and their printed results.

Read from the file's JSON with nothing but the standard library, so that checking a notebook
needs no Jupyter. :mod:`cstools.learning.shape` judges what is read here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cstools.errors import FileError
from cstools.learning.private_cells import is_private
from cstools.learning.stays import handed_on

IGNORED_TAGS = frozenset({"nbval-ignore-output", "nbval-skip", "nbval-raises-exception"})

#: What a stored output may be. Pictures and pages are drawn when a cell runs; what is committed,
#: and compared, is the sentence that says what they show.
KEPT_MIMETYPES = frozenset({"text/plain", "text/markdown", "text/latex"})

#: What a cell that shows a live part may store, which nobody compares: the part's still picture.
LEFT_BY_LIVE_PARTS = frozenset({"text/html", "text/plain"})

_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*\s*$")
_FENCE = re.compile(r"^\s*(```|~~~)")
_ITEM = re.compile(r"^[-*+]\s+\**([A-Za-z]+):?\**:?\s*(.*)$")
_SUBITEM = re.compile(r"^\s+(?:[-*+]|\d+[.)])\s+(.*)$")
_NO_SENTENCE = re.compile(r"<[\w.]+(?:\s+object)?\s+at 0x|<IPython\.|<Figure size")


@dataclass(frozen=True)
class Cell:
    """One cell; ``position`` counts from 1, as a person counts down the page."""

    position: int
    kind: str
    source: str
    tags: frozenset[str]
    folded: bool
    attachments: bool
    identity: str
    execution_count: int | None
    outputs: tuple[Mapping[str, Any], ...]
    section: str
    part: str
    private: bool = False

    @property
    def compared(self) -> bool:
        """Whether nbval holds this cell to a stored text that says something."""
        if self.kind != "code" or self.tags & IGNORED_TAGS or self.execution_count is None:
            return False
        return any(text.strip() and not _NO_SENTENCE.search(text) for text in self.texts)

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts stored with this cell, printed or shown, in order."""
        found = []
        for output in self.outputs:
            if output.get("output_type") == "stream":
                found.append(_joined(output.get("text", "")))
            found.extend(
                _joined(value)
                for kind, value in output.get("data", {}).items()
                if kind in KEPT_MIMETYPES
            )
        return tuple(found)

    @property
    def stills(self) -> bool:
        """Whether it stores what live parts leave, and nothing else; in private, words only."""
        shown = [
            {kind: _joined(text) for kind, text in output.get("data", {}).items()}
            for output in self.outputs
        ]
        return bool(shown) and all(data and handed_on(data, self.private) == data for data in shown)

    @property
    def mimetypes(self) -> frozenset[str]:
        """The kinds of result stored with this cell."""
        return frozenset(kind for output in self.outputs for kind in output.get("data", {}))


@dataclass(frozen=True)
class TitleBlock:
    """What the first cell promises; a field that is missing is empty."""

    title: str
    goals: tuple[str, ...]
    minutes: str
    facet: str
    module: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Notebook:
    """A notebook's cells in order, each knowing the section it stands in."""

    path: Path
    cells: tuple[Cell, ...]
    metadata: Mapping[str, Any]

    @property
    def number(self) -> str:
        """The two digits that begin the file's name, or an empty string."""
        found = re.match(r"\d\d(?=\D)", self.path.name)
        return found.group() if found else ""

    @property
    def language(self) -> str:
        """The two letters of ``01-bathtub.es.ipynb``, empty for one in English."""
        return language_of(self.path)

    @property
    def title_block(self) -> TitleBlock:
        """The goals, minutes, facet, module and evidence of the first cell."""
        first = self.cells[0] if self.cells else None
        return read_title_block(first.source if first and first.kind == "markdown" else "")

    @property
    def code(self) -> tuple[Cell, ...]:
        """The code cells, in order; a cell with nothing in it does not count."""
        return tuple(cell for cell in self.cells if cell.kind == "code" and cell.source.strip())


def language_of(path: Path) -> str:
    """Return the two letters in the name of a translated notebook, or an empty string."""
    found = re.search(r"\.([a-z]{2})$", path.stem)
    return found[1] if found else ""


def read_notebook(path: str | Path, prose: Callable[[str], str] = str) -> Notebook:
    """Return the notebook in a file; ``prose`` is handed each markdown text and says how it reads.

    Raises
    ------
    FileError
        When the file is missing, or is not a notebook of format 4.
    """
    where = Path(path)
    try:
        content = json.loads(where.read_text(encoding="utf-8"))
        if content["nbformat"] != 4:
            raise ValueError(content["nbformat"])
        return Notebook(where, _cells(content["cells"], prose), dict(content.get("metadata", {})))
    except OSError as error:
        raise FileError(f"{where.name}: the notebook cannot be opened ({error.strerror})") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise FileError(
            f"{where.name}: this is not a notebook; save it again from JupyterLab as .ipynb"
        ) from None


def read_title_block(source: str) -> TitleBlock:
    """Return the title and the list of promises that the first cell holds."""
    title, fields, goals, current = "", {}, [], ""
    for line in source.splitlines():
        if found := _HEADING.match(line):
            title = title or (found.group(2) if found.group(1) == "#" else "")
        elif found := _ITEM.match(line):
            current = found.group(1).casefold()
            fields[current] = found.group(2).strip().strip("*`").strip()
        elif current == "goals" and (found := _SUBITEM.match(line)):
            goals.append(found.group(1))
    evidence = re.split(r"[\s,|·]+|\band\b", fields.get("evidence", "").casefold())
    return TitleBlock(
        title=title,
        goals=tuple(goals),
        minutes=fields.get("minutes", ""),
        facet=fields.get("facet", "").casefold(),
        module=fields.get("module", ""),
        evidence=tuple(word for word in evidence if word),
    )


def headings(source: str) -> list[tuple[int, str]]:
    """Return the headings of a markdown text as (level, words); fenced code does not count."""
    found, fenced = [], False
    for line in source.splitlines():
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced and (match := _HEADING.match(line)):
            found.append((len(match.group(1)), match.group(2)))
    return found


def words(source: str) -> int:
    """Return how many words of prose a markdown text has; code, links and marks do not count."""
    text = re.sub(r"```.*?```|~~~.*?~~~|<!--.*?-->", " ", source, flags=re.DOTALL)
    text = re.sub(r"\]\([^)]*\)", "] ", text)
    return len(re.findall(r"[^\W_]+(?:['’.,-][^\W_]+)*", text))


def _cells(raw: list[Mapping[str, Any]], prose: Callable[[str], str]) -> tuple[Cell, ...]:
    cells, section, part = [], "", ""
    for position, cell in enumerate(raw, start=1):
        source = _joined(cell.get("source", ""))
        if cell.get("cell_type") == "markdown":
            source = prose(source)
            for level, name in headings(source):
                section, part = (name, "") if level == 2 else (section, part)
                part = name if level == 3 else part
        cells.append(_cell(position, cell, source, section, part))
    return tuple(cells)


def _cell(position: int, raw: Mapping[str, Any], source: str, section: str, part: str) -> Cell:
    metadata = raw.get("metadata", {})
    tags = metadata.get("tags", [])
    return Cell(
        position=position,
        kind=str(raw.get("cell_type", "")),
        source=source,
        tags=frozenset(map(str, tags)) if isinstance(tags, list) else frozenset(),
        folded=metadata.get("jupyter", {}).get("source_hidden") is True,
        attachments=bool(raw.get("attachments")),
        identity=str(raw.get("id", "")),
        execution_count=raw.get("execution_count"),
        outputs=tuple(raw.get("outputs", ())),
        section=section,
        part=part,
        private=is_private(raw),
    )


def _joined(text: Any) -> str:
    return "".join(text) if isinstance(text, list) else str(text)
