"""What a notebook has for a portfolio: its pictures with their sentences, and what is meant for it.

Nothing of a private cell is among it; see :mod:`cstools.learning.private_cells`. Code, printed
lines and the course's own text stay where they are: they are no work of the learner's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from cstools.errors import DataError, FileError
from cstools.learning.notebook import headings, read_notebook, read_title_block
from cstools.learning.portfolio.blocks import Block, block, blocks_of, is_image, picture
from cstools.learning.portfolio.pieces import Piece
from cstools.learning.private_cells import without_private
from cstools.learning.stays import is_private_still, is_still

CHECKPOINTS = ".ipynb_checkpoints"
CHECK_IN = "check-in"
TAG = "portfolio"

_MEANT = re.compile(r"[\s#*_>]*for my portfolio\b[\s:.,*_–—-]*", re.IGNORECASE)
_MARKS = re.compile(
    r"^\s{0,3}(?:#{1,6}\s+|>\s?)|(?<!\w)[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?!\w)", re.M
)
_ADDRESS = re.compile(r"!\[[^\]]*\]\([^)]*\)|<[^>]*>")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_IMAGES = ("image/png", "image/jpeg")
_WORDLESS = "A picture without a sentence."


def piece_of_notebook(path: str | Path) -> Piece:
    """Return what of a notebook may be shown, as one piece.

    Taken are the pictures that its cells show, with their sentences, boards with their notes, and
    the text cells that begin with *For my portfolio* or are tagged ``portfolio``. Nothing of a
    private cell is taken, and nothing of the section *Check-in*.

    Raises
    ------
    FileError
        When it is not a notebook, or one of the old copies that JupyterLab keeps.
    DataError
        When there is nothing in it to take.
    """
    where = Path(path)
    if CHECKPOINTS in where.resolve().parts or where.stem.endswith("-checkpoint"):
        raise FileError(
            f"'{where.name}' is an old copy that JupyterLab keeps; a cell that is private today "
            "may not be so in it. Add the notebook itself."
        )
    read_notebook(where)
    content = without_private(json.loads(where.read_text(encoding="utf-8")))
    title = _title(content) or where.stem
    shown = _once(_shown(content))
    if not shown:
        raise DataError(
            f"'{where.name}' has nothing for a portfolio yet. Run it and save it, so that its "
            "pictures are in the file; or begin a text cell with the words 'For my portfolio'."
        )
    count = sum(one["as"] == "picture" for one in shown)
    pictures = f"{count} {'picture' if count == 1 else 'pictures'}" if count else "text"
    return Piece("notebook", title, f"From the notebook {where.name}: {pictures}.", shown=shown)


def _title(content: Mapping[str, Any]) -> str:
    for cell in content["cells"]:
        if cell.get("cell_type") == "markdown":
            return read_title_block(_joined(cell.get("source", ""))).title
    return ""


def _shown(content: Mapping[str, Any]) -> Iterator[Block]:
    """Yield what is taken, under the heading of the section in which it stands."""
    section, told = "", ""
    for cell in content["cells"]:
        source = _joined(cell.get("source", ""))
        if cell.get("cell_type") == "markdown":
            named = [name for level, name in headings(source) if level == 2]
            section = named[-1] if named else section
        if section.casefold() == CHECK_IN:
            continue  # nothing of it goes anywhere, tagged or not
        if cell.get("cell_type") == "markdown":
            blocks = _own_words(source, cell)
        else:
            outputs = cell.get("outputs", ())
            blocks = [one for output in outputs for one in _seen(output)]
        if blocks and section != told:
            yield block("heading", section)
            told = section
        yield from blocks


def _own_words(source: str, cell: Mapping[str, Any]) -> list[Block]:
    """Return a text cell that is meant for the portfolio, as plain words."""
    begins = _MEANT.match(source)
    tags = cell.get("metadata", {}).get("tags", ())
    if begins is None and TAG not in (tags if isinstance(tags, list) else ()):
        return []
    text = source[begins.end() :] if begins else source
    plain = _MARKS.sub("", _LINK.sub(r"\1", _ADDRESS.sub("", text)))
    parts = (part.strip() for part in plain.split("\n\n"))
    return [block("text", part) for part in parts if part]


def _seen(output: Mapping[str, Any]) -> tuple[Block, ...]:
    """Return the pictures of a result with their sentences; of a live part all that it left."""
    data = {kind: _joined(said) for kind, said in output.get("data", {}).items()}
    html, words = data.get("text/html", ""), data.get("text/plain", "").strip()
    if is_private_still(html) or words.endswith("no points drawn yet"):
        return ()  # a check-in that stands in a cell without its tag; an empty sketch
    blocks = blocks_of(html)
    if is_still(html) and any(one["as"] in ("picture", "item") for one in blocks):
        return blocks
    told = "" if words.startswith("<") else words
    drawn = blocks_of(data.get("image/svg+xml", ""))
    seen = _pictures(blocks) or _images(data)[:1] or _pictures(drawn)
    return tuple(_with_words(one, told or _WORDLESS) for one in seen)


def _pictures(blocks: Iterable[Block]) -> list[Block]:
    return [one for one in blocks if one["as"] == "picture"]


def _images(data: Mapping[str, str]) -> list[Block]:
    packed = {kind: "".join(data.get(kind, "").split()) for kind in _IMAGES}
    addresses = [f"data:{kind};base64,{content}" for kind, content in packed.items()]
    return [picture(address, "") for address in addresses if is_image(address)]


def _with_words(one: Block, told: str) -> Block:
    return one if one["text"] else picture(one["picture"], told)


def _once(blocks: Iterator[Block]) -> tuple[Block, ...]:
    """Return the blocks without pictures that came before."""
    kept: list[Block] = []
    for one in blocks:
        if one["as"] != "picture" or one not in kept:
            kept.append(one)
    return tuple(kept)


def _joined(text: Any) -> str:
    return "".join(text) if isinstance(text, list) else str(text)
