"""DOT, the language of Graphviz: the sign at the head of each arrow, as ``headlabel``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from cstools.causal_loops.formats.graphml import add_titles, sign_or_unknown, titles_as_text
from cstools.causal_loops.formats.said import MOST_LINKS, MapSaid, Reading, is_yes, place_in
from cstools.errors import FileError, brief

_TOKEN = re.compile(
    r"""(?P<gap>\s+|//[^\n]*|/\*.*?\*/|^\#[^\n]*)
    |(?P<quoted>"(?:\\.|[^"\\])*+")
    |(?P<arrow>->|--)
    |(?P<mark>[{}\[\];,:=+])
    |(?P<word>-?(?:\.\d+|\d+(?:\.\d*)?)(?!\w)|[^\W\d]\w*|\d\w*)""",
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
_SIGNS = ("headlabel", "polarity", "sign", "label", "weight")
_DELAYS = ("||", "‖", "//", "delay", "delayed")
_HEAD_WORDS = 3  # strict digraph "its name"
_DEFAULTS = ("graph", "node", "edge")


def recognises(text: str) -> bool:
    """Say whether a text begins as a graph."""
    return re.search(r"\b(di)?graph\b", text[:2_000], re.IGNORECASE) is not None


def read(text: str) -> MapSaid:
    """Return the map in a DOT file.

    A node is called by its label, where it has one. The sign is the first of headlabel,
    polarity, sign, label and weight; ``label="||"`` or ``delayed=true`` marks a delay. A link
    ``--`` has no direction, is no cause, and is told. Clusters are passed over.

    Raises
    ------
    FileError
        When the file ends in the middle or something in it is not DOT; the line is named.
    """
    graph = _Graph(text)
    graph.read()
    reading, names = Reading(), dict[str, str]()
    for identity, attributes in graph.nodes.items():
        label = attributes.get("label", "\\N").replace("\\N", identity)
        names[identity] = reading.separate(_one_line(label) or identity, identity)
        x, _, y = attributes.get("pos", "").rstrip("!").partition(",")
        at = place_in(x, y.partition(",")[0])
        place = None if at is None else (at[0], -at[1] or 0.0)
        reading.variable(names[identity], "a node", attributes.get("lens", ""), place)
    for edge in graph.edges:
        if not edge.directed:
            reading.note(
                f"{edge.where}: it has no direction, so that it is no cause, and is left out"
            )
            continue
        said = edge.attributes
        marks = [said.get(name, "").strip() for name in _SIGNS]
        delayed = is_yes(said.get("delayed")) or any(mark in _DELAYS for mark in marks)
        sign = sign_or_unknown(reading, [m for m in marks if m not in _DELAYS], edge.where)
        ends = names[edge.tail], names[edge.head]
        why = said.get("comment", ""), said.get("source", "")
        reading.link(*ends, sign, edge.where, delayed, *why)
    add_titles(reading, graph.attributes.get("loops", ""))
    return reading.said(graph.name)


@dataclass(frozen=True)
class _Edge:
    tail: str
    head: str
    directed: bool
    where: str
    attributes: dict[str, str]


class _Token(NamedTuple):
    kind: str
    text: str
    line: int


@dataclass
class _Graph:
    """A DOT text, read from its first token to its last; no step of it looks far ahead."""

    text: str
    name: str = ""
    nodes: dict[str, dict[str, str]] = field(default_factory=dict)
    edges: list[_Edge] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)

    def read(self) -> None:
        """Read the whole graph."""
        self._tokens = self._split()
        self._next = next(self._tokens, None)
        self._edge_defaults: dict[str, str] = {}
        words: list[_Token] = []
        while self._seen() not in ("{", "") and len(words) < _HEAD_WORDS:
            words.append(self._take())
        kinds = [word.text.lower() for word in words if word.kind == "word"]
        if not {"graph", "digraph"} & {*kinds} or self._seen() != "{":
            raise FileError("a DOT file begins with 'digraph name {', and this does not")
        last = words[-1]
        if last.kind == "quoted" or last.text.lower() not in ("graph", "digraph"):
            self.name = _one_line(last.text)
        depth = 0
        while self._next is not None:
            if self._seen() == "{":
                depth += 1
                self._take()
            elif self._seen() == "}":
                depth -= 1
                self._take()
                if depth == 0:
                    return
            else:
                self._statement()
        raise FileError("this DOT file ends before its last '}'; was it saved whole?")

    def _statement(self) -> None:
        token = self._take()
        if token.kind == "mark":
            if token.text not in ";,":
                raise self._wrong(token)
        elif token.kind == "word" and token.text.lower() == "subgraph":
            if self._seen() != "{":
                self._take()
        elif token.kind == "word" and token.text.lower() in _DEFAULTS and self._seen() == "[":
            attributes = self._list()
            if token.text.lower() == "edge":
                self._edge_defaults |= attributes
            elif token.text.lower() == "graph":
                self.attributes |= attributes
        elif self._seen() == "=":
            self._take()
            self.attributes[token.text.lower()] = self._value()
        else:
            self._chain(token)

    def _chain(self, first: _Token) -> None:
        """Read ``a -> b -> {c d} [headlabel="+"]``, or a node on its own."""
        where = f"line {first.line}"
        groups, arrows = [[self._node(first)]], []
        while self._kind() == "arrow":
            arrows.append(self._take().text == "->")
            groups.append(self._group())
        attributes = self._list() if self._seen() == "[" else {}
        if not arrows:
            self.nodes[groups[0][0]] |= attributes
        for tails, heads, directed in zip(groups, groups[1:], arrows, strict=False):
            if len(self.edges) + len(tails) * len(heads) > MOST_LINKS:
                raise FileError(f"{where}: there are more than {MOST_LINKS} links, which is no map")
            for tail in tails:
                for head in heads:
                    said = {**self._edge_defaults, **attributes}
                    self.edges.append(_Edge(tail, head, directed, where, said))

    def _group(self) -> list[str]:
        if self._seen() != "{":
            return [self._node(self._take())]
        self._take()
        members = []
        while self._seen() not in ("}", ""):
            if self._seen() in (";", ","):
                self._take()
            else:
                members.append(self._node(self._take()))
        self._take()
        return members

    def _node(self, token: _Token) -> str:
        if token.kind not in ("word", "quoted"):
            raise self._wrong(token)
        while self._seen() == ":":  # the side of a node at which an arrow ends
            self._take()
            self._take()
        self.nodes.setdefault(token.text, {})
        return token.text

    def _list(self) -> dict[str, str]:
        found: dict[str, str] = {}
        while self._seen() == "[":
            self._take()
            while self._seen() != "]":
                name = self._take()
                if name.text in (";", ","):
                    continue
                if name.kind not in ("word", "quoted"):
                    raise self._wrong(name)
                value = "true"
                if self._seen() == "=":
                    self._take()
                    value = self._value()
                found[name.text.lower()] = value
            self._take()
        return found

    def _value(self) -> str:
        token = self._take()
        if token.kind not in ("word", "quoted"):
            raise self._wrong(token)
        text = token.text
        while self._seen() == "+":
            self._take()
            text += self._take().text
        return text

    def _split(self) -> Iterator[_Token]:
        at, line = 0, 1
        while at < len(self.text):
            found = _TOKEN.match(self.text, at)
            if found is None:
                raise self._wrong(_Token("", self.text[at], line))
            if found.lastgroup == "quoted":
                yield _Token("quoted", _unquoted(found[0]), line)
            elif found.lastgroup != "gap":
                yield _Token(found.lastgroup or "", found[0], line)
            at, line = found.end(), line + found[0].count("\n")

    def _seen(self) -> str:
        """Return the next mark or arrow, without taking it; a word or a text is ``"word"``."""
        if self._next is None:
            return ""
        return self._next.text if self._next.kind in ("mark", "arrow") else "word"

    def _kind(self) -> str:
        return "" if self._next is None else self._next.kind

    def _take(self) -> _Token:
        token = self._next
        if token is None:
            raise FileError("this DOT file ends before its last '}'; was it saved whole?")
        self._next = next(self._tokens, None)
        return token

    def _wrong(self, token: _Token) -> FileError:
        return FileError(f"line {token.line}: '{brief(token.text, 20)}' is not DOT here")


def _unquoted(text: str) -> str:
    return re.sub(r'\\(["\\])', r"\1", text[1:-1].replace("\\\n", ""))


def _one_line(text: str) -> str:
    return " ".join(re.sub(r"\\[nlr]", " ", text).split())


# --- writing ------------------------------------------------------------------------------------


def write(said: MapSaid) -> str:
    """Return a digraph; pinned places are kept by Graphviz's ``neato -n``."""
    lines = ["digraph" + (f" {_quoted(said.name)}" if said.name else "") + " {"]
    lines.append('  node [shape=plaintext, fontname="Helvetica"];')
    if said.titles:
        lines.append(f"  loops={_quoted(titles_as_text(said))};")
    for variable in said.variables:
        words = {"lens": variable.lens}
        if variable.name in said.places:
            x, y = said.places[variable.name]
            words["pos"] = f"{x!r},{-y!r}!"
        lines.append(f"  {_quoted(variable.name)}{_attributes(words)};")
    for link in said.links:
        words = {"headlabel": link.polarity, "label": "‖" if link.delayed else ""}
        words |= {"comment": link.reason, "source": link.source}
        ends = f"{_quoted(link.cause)} -> {_quoted(link.effect)}"
        lines.append(f"  {ends}{_attributes(words)};")
    return "\n".join([*lines, "}", ""])


def _attributes(words: dict[str, str]) -> str:
    told = ", ".join(f"{name}={_quoted(value)}" for name, value in words.items() if value)
    return f" [{told}]" if told else ""


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
