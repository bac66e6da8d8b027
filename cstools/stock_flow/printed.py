"""A model in print: its equations as a table, its code as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from cstools.equations.printing import to_print
from cstools.names import same
from cstools.plotting.describe import amount, number
from cstools.stock_flow.parts import AnyPart, Auxiliary, Constant, Flow, Lookup, Stock

_ORDER = (Stock, Flow, Auxiliary, Lookup, Constant)
_CELL = "text-align:left;vertical-align:top;padding:.25em .8em .25em 0"


@dataclass(frozen=True, repr=False)
class Equations:
    """The equations of a model, stocks first, as a person would write them on a board.

    Attributes
    ----------
    title : str
    parts : tuple
    spelling : mapping
        Key → name as the author wrote it.
    """

    title: str
    parts: tuple[AnyPart, ...]
    spelling: Mapping[str, str]

    def rows(self) -> list[tuple[str, str, str, str]]:
        """Return kind, name, equation and units of every part."""
        ordered = [part for kind in _ORDER for part in self.parts if type(part) is kind]
        return [(part.kind, part.name, self._right(part), part.units) for part in ordered]

    def _right(self, part: AnyPart) -> str:
        if isinstance(part, Stock):
            return f"starts at {self._tree(part)}{self._flows(part)}"
        if isinstance(part, Flow):
            ends = f"from {part.out_of or 'outside'} to {part.into or 'outside'}"
            return f"{self._tree(part)}  ({ends})"
        if isinstance(part, Auxiliary):
            return self._tree(part)
        if isinstance(part, Lookup):
            return " ".join(f"({number(x)}, {number(y)})" for x, y in part.points)
        return amount(part.value) + (
            f"  (from {number(part.between[0])} to {number(part.between[1])})"
            if part.between
            else ""
        )

    def _tree(self, part: Stock | Flow | Auxiliary) -> str:
        return to_print(part.tree, self.spelling) if part.tree is not None else ""

    def _flows(self, stock: Stock) -> str:
        flows = [part for part in self.parts if isinstance(part, Flow)]
        signs = [("+", f.name) for f in flows if _is(f.into, stock)]
        signs += [("−", f.name) for f in flows if _is(f.out_of, stock)]
        if not signs:
            return ", and nothing changes it"
        return ", changes by " + " ".join(f"{s} {name}" for s, name in signs).removeprefix("+ ")

    def __repr__(self) -> str:
        lines = [
            f"  {kind:9} {name} = {text}" + (f"  [{units}]" if units else "")
            for kind, name, text, units in self.rows()
        ]
        return "\n".join([self.title, *lines])

    def _repr_html_(self) -> str:
        head = "".join(
            f'<th scope="col" style="{_CELL}">{word}</th>'
            for word in ("Kind", "Name", "Equation", "Units")
        )
        body = "".join(
            "<tr>" + "".join(f'<td style="{_CELL}">{escape(cell)}</td>' for cell in row) + "</tr>"
            for row in self.rows()
        )
        return (
            f'<table style="border-collapse:collapse"><caption style="text-align:left">'
            f"{escape(self.title)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
            "</table>"
        )


@dataclass(frozen=True, repr=False)
class Code:
    """Generated code: shown as it is, and the text itself when turned into a string."""

    text: str

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return self.text


def _is(end: str | None, stock: Stock) -> bool:
    return end is not None and same(end, stock.name)
