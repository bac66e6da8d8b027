"""Which cells are private, and what is left of a notebook without them; one owner for both.

A cell is private when it is tagged ``private``. Such a cell is for the person who wrote it: it is
in their notebook, and in nothing that is made of it. Where it is not certain that something is
for others, it stays: a tag is read generously, and what repeats a private cell goes with it.
"""

from __future__ import annotations

import copy
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

TAG = "private"

_LETTERS = re.compile(r"[^\W\d_]+")
_LITERAL = re.compile(r"\"([^\"\n]+)\"|'([^'\n]+)'")
_SHORTEST = 12  # letters: a line that is shorter is found in other places by chance
_HOLDERS = {"tag", "tags"}
_WIDGETS = "widgets"


def is_private(cell: Mapping[str, Any]) -> bool:
    """Say whether a cell, as a notebook's file holds it, is tagged private.

    ``Private``, ``" PRIVATE "``, ``#private`` and ``private-notes`` count as well, and so does a
    tag in a list within a list, or one text in the place of a list.
    """
    return any(TAG in _words(tag) for tag in _tags(cell.get("metadata")))


def without_private(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return a notebook without its private cells and without what tells of them.

    Besides the cells, with their results and attachments, these stay away:

    - a cell with the very words of a private one: a copy that has lost its tag;
    - results, and entries of metadata, in which a line of a private cell is repeated;
    - tracebacks, which quote the lines of other cells: the kind of error and its message are left;
    - the state of live parts that is kept with the notebook, where nobody can tell whose it is.

    A notebook with no private cell is returned as it was. What a cell that is not private says in
    words of its own about a private one, nobody can know.
    """
    left = copy.deepcopy(dict(content))
    private = [cell for cell in left.get("cells", ()) if is_private(cell)]
    if not private:
        return left
    sources = {_source(cell) for cell in private} - {""}
    secrets = {secret for cell in private for secret in _secrets(cell)}
    public = [c for c in left["cells"] if not is_private(c) and _source(c) not in sources]
    left["cells"] = [_cell_without(cell, secrets) for cell in public]
    about = {name: said for name, said in left.get("metadata", {}).items() if name != _WIDGETS}
    left["metadata"] = _entries_without(about, secrets)
    return left


def _cell_without(cell: dict[str, Any], secrets: set[str]) -> dict[str, Any]:
    cell["metadata"] = _entries_without(cell.get("metadata", {}), secrets)
    if "outputs" in cell:
        outputs = [_without_traceback(output) for output in cell["outputs"]]
        cell["outputs"] = [output for output in outputs if not _tells(output, secrets)]
    return cell


def _without_traceback(output: dict[str, Any]) -> dict[str, Any]:
    if output.get("output_type") != "error":
        return output
    return {**output, "traceback": [f"{output.get('ename', '')}: {output.get('evalue', '')}"]}


def _entries_without(entries: Mapping[str, Any], secrets: set[str]) -> dict[str, Any]:
    return {name: said for name, said in entries.items() if not _tells([name, said], secrets)}


def _tells(value: object, secrets: set[str]) -> bool:
    """Say whether a secret is anywhere in a value, as it is or as it is written in HTML or JSON."""
    told = "\n".join(_texts(value))
    return any(secret in told or escape(secret) in told for secret in secrets)


def _secrets(cell: Mapping[str, Any]) -> Iterator[str]:
    """Yield what must not be found elsewhere: lines, quoted words, what was printed, pictures."""
    source = _source(cell)
    found = [*source.splitlines(), *(one or two for one, two in _LITERAL.findall(source))]
    found += _texts(cell.get("attachments", {}))
    for output in cell.get("outputs", ()):
        found += "".join(output.get("text", "")).splitlines()
        found += [
            "".join(data)
            for kind, data in output.get("data", {}).items()
            if kind.startswith("image/")
        ]
    stripped = (text.strip() for text in found)
    for secret in stripped:
        if len(secret) >= _SHORTEST:
            yield secret
            yield json.dumps(secret)[1:-1]  # as it stands in a list that was printed


def _source(cell: Mapping[str, Any]) -> str:
    return "".join(cell.get("source", "")).strip()


def _texts(value: object) -> Iterator[str]:
    """Yield every text in a value, the names of its entries too; lines that are a list, as one."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, said in value.items():
            yield str(name)
            yield from _texts(said)
    elif isinstance(value, list | tuple):
        if all(isinstance(one, str) for one in value):
            yield "".join(value)
        for one in value:
            yield from _texts(one)


def _tags(metadata: object, tagged: bool = False) -> Iterator[str]:
    """Yield the tags in a cell's metadata, at whatever depth somebody's program put them."""
    if isinstance(metadata, Mapping):
        for name, said in metadata.items():
            yield from _tags(said, tagged or bool(_words(name) & _HOLDERS))
    elif isinstance(metadata, list | tuple):
        for one in metadata:
            yield from _tags(one, tagged)
    elif tagged and isinstance(metadata, str):
        yield metadata


def _words(text: object) -> set[str]:
    """Return the words of a tag, whatever their case; marks that nobody sees do not count."""
    plain = unicodedata.normalize("NFKC", str(text)).casefold()
    return set(_LETTERS.findall("".join(c for c in plain if unicodedata.category(c) != "Cf")))
