"""A model in print: its equations as a table, its code as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import final

from cstools.equations.latex import name_in_latex, number_in_latex, to_latex
from cstools.equations.printing import plain_number, to_print
from cstools.names import key, same, split_subscripts
from cstools.plotting.describe import number
from cstools.stock_flow.parts import (
    AnyPart,
    Auxiliary,
    Constant,
    Dimension,
    Flow,
    Lookup,
    Stock,
)

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
    dimensions : mapping
        Key → dimension, of a model with arrays.
    """

    title: str
    parts: tuple[AnyPart, ...]
    spelling: Mapping[str, str]
    dimensions: Mapping[str, Dimension] = field(default_factory=dict)

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
            # A comma within a number, as in 2,025, would look like that between the two.
            pairs = ([number(value).replace(",", "") for value in p] for p in part.points)
            return " ".join(f"({x}, {y})" for x, y in pairs)
        return _exact(part.value) + (
            f"  (from {number(part.between[0])} to {number(part.between[1])})"
            if part.between
            else ""
        )

    def _tree(self, part: Stock | Flow | Auxiliary) -> str:
        return to_print(part.tree, self.spelling) if part.tree is not None else ""

    def _flows(self, stock: Stock) -> str:
        signs = self._signs(stock)
        if not signs:
            return ", and nothing changes it"
        return ", changes by " + " ".join(f"{s} {name}" for s, name in signs).removeprefix("+ ")

    def _signs(self, stock: Stock) -> list[tuple[str, str]]:
        """Return the flows that change a stock and their signs, what comes in first."""
        flows = self._by_stock.get(key(stock.base), ())
        signs = [("+", f.name) for f in flows if self._is(f.into, stock)]
        return signs + [("−", f.name) for f in flows if self._is(f.out_of, stock)]

    @cached_property
    def _by_stock(self) -> dict[str, list[Flow]]:
        """Key of a stock without subscripts → the flows that may change it."""
        found: dict[str, dict[str, Flow]] = {}
        for flow in (part for part in self.parts if isinstance(part, Flow)):
            for end in filter(None, (flow.into, flow.out_of)):
                found.setdefault(key(split_subscripts(end)[0]), {})[flow.key] = flow
        return {stock: list(flows.values()) for stock, flows in found.items()}

    def _is(self, end: str | None, stock: Stock) -> bool:
        """Say whether an end of a flow is a stock, or has an element in common with it."""
        base, subscripts = split_subscripts(end or "")
        if not same(base, stock.base):
            return False
        # An array's bare name means every element.
        sides = zip(subscripts, stock.subscripts, strict=False)
        return all(self._elements(one) & self._elements(other) for one, other in sides)

    def _elements(self, subscript: str) -> set[str]:
        dimension = self.dimensions.get(key(subscript))
        return {*dimension.keys} if dimension else {key(subscript)}

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

    def latex(self) -> Typeset:
        """Return the equations as LaTeX for print: one below the other, aligned at their signs.

        A stock has two rows, how it changes and where it starts; a lookup has its points. Units
        stand at the end of a row. A notebook sets what it returns; ``print`` shows the text, which
        asks for amsmath. No row is broken: a long equation is as long as it is.
        """
        rows = [row for kind in _ORDER for part in self.parts if type(part) is kind
                for row in self._set(part)]  # fmt: skip
        body = " \\\\\n".join(rows)
        return Typeset(f"\\begin{{aligned}}\n{body}\n\\end{{aligned}}")

    def _set(self, part: AnyPart) -> list[str]:
        """Return the rows of a part."""
        name, units = name_in_latex(part.name), _units_in_latex(part.units)
        if isinstance(part, Lookup):
            return _points_in_latex(name, part.points)
        if isinstance(part, Constant):
            return [f"{name} &= {number_in_latex(part.value)}{units}"]
        right = to_latex(part.tree, self.spelling) if part.tree is not None else "0"
        if isinstance(part, Stock):
            change = rf"\frac{{\mathrm{{d}}}}{{\mathrm{{d}}t}}\, {name} &= {self._change(part)}"
            return [change, rf"{name}\left(t_0\right) &= {right}{units}"]
        return [f"{name} &= {right}{units}"]

    def _change(self, stock: Stock) -> str:
        """Return the flows of a stock in LaTeX, what comes in first."""
        told = " ".join(f"{sign} {name_in_latex(name)}" for sign, name in self._signs(stock))
        return told.replace("−", "-").removeprefix("+ ") or "0"


def _units_in_latex(units: str) -> str:
    return rf" && \left[{name_in_latex(units)}\right]" if units else ""


def _points_in_latex(name: str, points: Sequence[tuple[float, float]]) -> list[str]:
    """Return a lookup as its points, half a dozen in a row."""
    pairs = [rf"\left({number_in_latex(x)},\, {number_in_latex(y)}\right)" for x, y in points]
    rows = [r",\; ".join(pairs[at : at + 6]) for at in range(0, len(pairs), 6)]
    first = rf"{name} &: {rows[0]}" if rows else f"{name} &:"
    return [first, *(rf"&\phantom{{:}}\; {row}" for row in rows[1:])]


@final
class Typeset(str):
    """LaTeX as text, which a notebook sets as mathematics."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)

    def _repr_latex_(self) -> str:
        return f"$$\n{self}\n$$"


@dataclass(frozen=True, repr=False)
class Code:
    """Generated code: shown as it is, and the text itself when turned into a string."""

    text: str

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return self.text


def _exact(value: float) -> str:
    """Return a number as it is said where that is all of it, and with all its digits otherwise."""
    said = number(value)
    try:
        return said if float(said.replace(",", "")) == value else plain_number(value)
    except ValueError:  # 3.4 million, 6 × 10⁻⁸
        return plain_number(value)
