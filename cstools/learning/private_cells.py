"""Which cells are private, and what is left of a notebook without them; one owner for both.

A cell is private when it is tagged ``private``. Such a cell is for the person who wrote it: it is
in their notebook, and in nothing that is made of it. Where it is not certain that something is
for others, it stays: a tag is read generously, and what repeats a private cell goes with it.
"""

from __future__ import annotations

import copy
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from cstools.learning.private_words import PrivateWords, same_words, source_of, words_of

TAG = "private"

_LETTERS = re.compile(r"[^\W\d_]+")
_HOLDERS = {"tag", "tags"}
_WIDGETS = "widgets"
_NOTEBOOKS_OWN = {"kernelspec", "language_info"}  # what it is written in: nobody's words


def is_private(cell: Mapping[str, Any]) -> bool:
    """Say whether a cell, as a notebook's file holds it, is tagged private.

    ``Private``, ``" PRIVATE "``, ``#private`` and ``private-notes`` count as well, and so does a
    tag in a list within a list, or one text in the place of a list.
    """
    return any(TAG in _words(tag) for tag in _tags(cell.get("metadata")))


def without_private(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return a notebook without its private cells and without what tells of them.

    Besides the cells, with their results and attachments, these stay away:

    - a cell in which a line, a sentence or a quoted word of a private one is repeated, a copy that
      has lost its tag among them; case, white space and line breaks do not count;
    - results, and entries of metadata, in which such a line or word is repeated;
    - tracebacks, which quote the lines of other cells: the kind of error and its message are left,
      if no word of the message is in a private text;
    - the state of live parts that is kept with the notebook, where nobody can tell whose it is.

    A quoted word counts from four letters on; where the notebook's own text has it too ("week"),
    it counts only in results, and there only in quotes. An ``import`` is nobody's secret.
    A notebook with no private cell is returned as it was. What a cell that is not private says in
    words of its own about a private one, or makes of it, nobody can know.
    """
    left = copy.deepcopy(dict(content))
    private = [cell for cell in left.get("cells", ()) if is_private(cell)]
    if not private:
        return left
    sources = [source_of(cell) for cell in private]
    others = [cell for cell in left["cells"] if not is_private(cell)]
    texts = [source_of(cell) for cell in others if cell.get("cell_type") == "markdown"]
    words = words_of(private, texts)
    left["cells"] = [
        _cell_without(cell, words) for cell in others if not _repeats(cell, sources, words)
    ]
    about = {name: said for name, said in left.get("metadata", {}).items() if name != _WIDGETS}
    left["metadata"] = _entries_without(about, words)
    return left


def _repeats(cell: Mapping[str, Any], sources: list[str], words: PrivateWords) -> bool:
    source = source_of(cell)
    if not source:
        return False
    return any(same_words(source, other) for other in sources) or words.in_source(source)


def _cell_without(cell: dict[str, Any], words: PrivateWords) -> dict[str, Any]:
    cell["metadata"] = _entries_without(cell.get("metadata", {}), words)
    if "outputs" in cell:
        outputs = [_without_traceback(output) for output in cell["outputs"]]
        cell["outputs"] = [output for output in outputs if not _tells(output, words)]
    return cell


def _without_traceback(output: dict[str, Any]) -> dict[str, Any]:
    if output.get("output_type") != "error":
        return output
    return {**output, "traceback": [f"{output.get('ename', '')}: {output.get('evalue', '')}"]}


def _tells(output: Mapping[str, Any], words: PrivateWords) -> bool:
    if output.get("output_type") == "error" and words.in_message(output["traceback"][0]):
        return True
    said = {name: one for name, one in output.items() if name not in ("output_type", "name")}
    return words.in_value(said)


def _entries_without(entries: Mapping[str, Any], words: PrivateWords) -> dict[str, Any]:
    return {
        name: said
        for name, said in entries.items()
        if name in _NOTEBOOKS_OWN or not words.in_value([name, said])
    }


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
