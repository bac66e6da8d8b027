"""The words in the code of a cell: what a learner reads of it, and nothing that the code reads.

Taken for words are comments, and texts that are printed, shown, returned or kept in a name. A text
that names something is left alone: what stands in ``[ ]``, the keys of a table, and what is handed
to a method (``model.run(…)``, ``fed.flow("taking heart", …)``) or to ``load_set``, ``sketch``,
``cite``, ``speak`` and ``term``. The name that ``.name_loop`` gives to a loop is words again.

What a text takes from the run is shown to a translator as ``{1}``, ``{2}``, with a note of what it
is; a translation may have them in another order.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator

from cstools.learning.translation.prose import Say

#: The functions that read the names handed to them.
_READ_NAMES = ("load_set", "sketch", "cite", "speak", "term")
#: The methods that put words together.
_JOINING = ("join", "append", "extend")
_PLACE = re.compile(r"\{[^{}]*\}")
_NUMBERED = re.compile(r"\{(\d+)\}")
_LETTERS = re.compile(r"[^\W\d_]{2,}")

Text = ast.Constant | ast.JoinedStr


def in_code(source: str, say: Say, language: str = "") -> str:
    """Return a cell's code with its words said, and each ``load_set`` asked for ``language``.

    1. Find the texts that are words, and the comments.
    2. From the top, number the places in each, ``{1}``, and hand it to ``say``.
    3. From the end, put in what was said, with the places as they were.
    """
    tree, span = ast.parse(source), _Spans(source)
    found: list[tuple[int, int, Text | str]] = [(*span(node), node) for node in _words_in(tree)]
    found += _comments(source, span)
    told = [
        (begin, end, _comment(what, say) if isinstance(what, str) else _text(what, say))
        for begin, end, what in sorted(found, key=lambda one: one[:2])
    ]
    if language:
        told += _sets(tree, span, language)
    for begin, end, words in sorted((one for one in told if one[2]), reverse=True):
        source = source[:begin] + words + source[end:]
    return source


def _words_in(node: ast.AST) -> Iterator[Text]:
    """Yield the texts below a node that are words; a text inside a text is part of it."""
    if isinstance(node, ast.JoinedStr):
        yield node
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            yield node
    else:
        for child in _read_by_people(node):
            yield from _words_in(child)


def _read_by_people(node: ast.AST) -> list[ast.AST]:
    """Return the parts of a piece of code that may hold words."""
    if isinstance(node, ast.Subscript):
        return [node.value]
    if isinstance(node, ast.Dict):
        return [*node.values]
    if not isinstance(node, ast.Call):
        return [*ast.iter_child_nodes(node)]
    if isinstance(node.func, ast.Name):
        return [] if node.func.id in _READ_NAMES else [*node.args]
    method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    if method == "name_loop":
        return [*node.args[1:]]
    return [node.func, *(node.args if method in _JOINING else ())]


def _text(node: Text, say: Say) -> str:
    """Return a text as Python writes it, with its words said; empty where it stays."""
    filled = isinstance(node, ast.JoinedStr)
    message, places = (
        _numbered_fields(node) if isinstance(node, ast.JoinedStr) else _numbered_braces(node)
    )
    words = message.strip()
    if not _LETTERS.search(_NUMBERED.sub("", words)):
        return ""
    note = "; ".join(f"{{{number}}} is {place}" for number, place in enumerate(places, start=1))
    said = say(words, note=note)
    if said == words:
        return ""
    return _literal(message.replace(words, said), places, filled and bool(places))


def _numbered_fields(node: ast.JoinedStr) -> tuple[str, list[str]]:
    """Return a text that is filled at once as a message, and what stands in each place."""
    message, places = "", []
    for part in node.values:
        if isinstance(part, ast.Constant):
            message += str(part.value)
        else:
            places.append(ast.unparse(ast.JoinedStr([part]))[2:-1])
            message += f"{{{len(places)}}}"
    return message, places


def _numbered_braces(node: ast.Constant) -> tuple[str, list[str]]:
    """Return a text that is filled later, ``"{:.0f} days"``, as a message, and its places."""
    text = str(node.value)
    places = [
        re.sub(r"^\{(?=[:}])", f"{{{number}", place)
        for number, place in enumerate(_PLACE.findall(text))
    ]
    numbers = iter(range(1, len(places) + 1))
    return _PLACE.sub(lambda _: f"{{{next(numbers)}}}", text), places


def _literal(said: str, places: list[str], filled: bool) -> str:
    """Return a text with its places, as Python writes it."""
    written = ""
    for position, part in enumerate(_NUMBERED.split(said)):
        if position % 2:
            written += places[int(part) - 1]
        else:
            written += part.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'{"f" * filled}"{written}"'


def _comments(source: str, span: _Spans) -> Iterator[tuple[int, int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            begin = span.at(token.start[0], token.start[1])
            yield begin, begin + len(token.string), token.string


def _comment(comment: str, say: Say) -> str:
    words = comment.lstrip("# ")
    return comment[: len(comment) - len(words)] + say(words)


def _sets(tree: ast.AST, span: _Spans, language: str) -> Iterator[tuple[int, int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "load_set":
            _, end = span(node.args[0])
            yield end, end, f', "{language}"'


class _Spans:
    """Where each node of a source begins and ends, in characters."""

    def __init__(self, source: str) -> None:
        self._lines = source.splitlines(keepends=True)

    def __call__(self, node: ast.expr) -> tuple[int, int]:
        """Return the begin and the end of a node; Python counts its columns in bytes."""
        end = (node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)
        return self._place(node.lineno, node.col_offset), self._place(*end)

    def _place(self, line: int, column: int) -> int:
        return self.at(line, len(self._lines[line - 1].encode()[:column].decode()))

    def at(self, line: int, column: int) -> int:
        """Return the place of a column, counted in characters, of a line."""
        return sum(map(len, self._lines[: line - 1])) + column
