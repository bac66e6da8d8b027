"""What a person says about a model, part by part, and what the model then holds."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace

from cstools.engine.program import Program
from cstools.equations.functions import CLOCK, is_function
from cstools.equations.text import parse
from cstools.errors import ModelError, brief, unknown_name
from cstools.names import key
from cstools.stock_flow.arrays import Space
from cstools.stock_flow.checked import (
    Values,
    as_dimension,
    as_mode,
    as_name,
    as_number,
    as_points,
    as_range,
    as_settings,
    as_text,
    as_words,
    each_value,
)
from cstools.stock_flow.flatten import flatten
from cstools.stock_flow.lowering import lower
from cstools.stock_flow.parts import (
    AnyPart,
    Auxiliary,
    Constant,
    Dimension,
    Flow,
    Lookup,
    Range,
    Stock,
)
from cstools.stock_flow.unfilled import check_filled, filled, is_unfilled


class Said:
    """The parts and dimensions of a model; :class:`cstools.StockFlow` is what people use."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._parts: dict[str, AnyPart] = {}
        self._dimensions: dict[str, Dimension] = {}
        self._scalars: dict[str, AnyPart] | None = None
        self._program: Program | None = None

    def dimension(
        self,
        name: str,
        elements: int | Iterable[str],
        maps: Mapping[str, Iterable[str | Iterable[str]]] | None = None,
    ) -> None:
        """Add a dimension, over which parts may range: ``stock("population[Region]", …)``.

        Parameters
        ----------
        elements
            Their names, or how many: then they are called 1, 2, 3 …
        maps
            How its elements stand for those of other dimensions, one by one:
            ``{"Region": ["North", "South"]}``.

        Notes
        -----
        Elements are compared by name: a dimension whose elements all belong to another one as well
        is a part of it, and may stand in its place in an equation.
        """
        said = as_dimension(name, elements, {} if maps is None else maps)
        if said.key in CLOCK:
            raise ModelError(f"dimension '{name}': this is the clock's own name; choose another")
        self._dimensions[said.key] = said
        self._changed()

    def stock(
        self,
        name: str,
        initial: float | str | Values,
        units: str = "",
        doc: str = "",
        non_negative: bool = False,
        between: Range | None = None,
    ) -> None:
        """Add a stock: what gathers and drains, and changes only through its flows.

        Parameters
        ----------
        initial
            Its first value: a number, or an equation over constants and other parts. For an array
            also one value for each element, as a list or by name.
        non_negative
            Hold back its outflows so that they never take it below zero.
        between
            ``(low, high)``: give its first value a slider.
        """
        where, line = self._heading("stock", name, units, doc), _line()
        checked = as_range(between, where)
        for element, first in each_value(name, initial, self._dimensions, where):
            text = as_text(first, where)
            tree = parse(text, where)
            self._add(Stock(element, units, doc, line, text, tree, non_negative, checked))

    def flow(
        self,
        name: str,
        equation: float | str,
        out_of: str | None = None,
        into: str | None = None,
        units: str = "",
        doc: str = "",
        non_negative: bool = False,
    ) -> None:
        """Add a flow: what leaves one stock enters the other; an end unsaid is the outside world.

        Parameters
        ----------
        equation
            How much flows per unit of time.
        out_of, into
            The stocks at its ends; at least one.
        non_negative
            Never let it run backwards.
        """
        where = self._heading("flow", name, units, doc)
        for word, end in (("out_of", out_of), ("into", into)):
            if end is not None:
                as_words(end, where, f"{word}=")
        text = as_text(equation, where)
        tree = parse(text, where)
        self._add(Flow(name, units, doc, _line(), text, tree, out_of, into, non_negative))

    def auxiliary(self, name: str, equation: float | str, units: str = "", doc: str = "") -> None:
        """Add an auxiliary: what is computed anew at every instant from other parts."""
        where = self._heading("auxiliary", name, units, doc)
        text = as_text(equation, where)
        self._add(Auxiliary(name, units, doc, _line(), text, parse(text, where)))

    def constant(
        self,
        name: str,
        value: float | Values,
        units: str = "",
        doc: str = "",
        between: Range | None = None,
    ) -> None:
        """Add a constant: the same through a run, free to differ between runs.

        Parameters
        ----------
        value
            A number. For an array also one for each element, as a list (of lists, for several
            dimensions) or by name.
        between
            ``(low, high)``: give it a slider.
        """
        where, line = self._heading("constant", name, units, doc), _line()
        checked = as_range(between, where)
        for element, one in each_value(name, value, self._dimensions, where):
            self._add(Constant(element, units, doc, line, as_number(one, where), checked))

    def lookup(
        self,
        name: str,
        points: Iterable[tuple[float, float]],
        units: str = "",
        doc: str = "",
        mode: str = "interpolate",
    ) -> None:
        """Add a lookup: a relation drawn as points ``(x, y)``, used as ``name(x)``.

        Parameters
        ----------
        mode
            ``"interpolate"``: straight lines between the points, level beyond the first and the
            last. ``"extrapolate"``: the first and the last line go on. ``"step"``: each point
            holds until the next. ``"forward"``: each point holds from the one before.
        """
        where = self._heading("lookup", name, units, doc)
        checked = as_points(points, where)
        self._add(Lookup(name, units, doc, _line(), checked, as_mode(mode, where)))

    def fill(self, said: Mapping[str, float | str]) -> None:
        """Say the equations, first values or numbers of parts that are there, by name.

        ``model.fill({"births": "fertility * rabbits", "rabbits": 100})`` keeps what each part is,
        and between which stocks a flow runs; an auxiliary for which a number is said becomes a
        constant. It is for a model drafted from a map, see ``CausalLoopDiagram.to_model``.
        """
        for name, equation in as_settings(said, f"model '{brief(self.name)}'").items():
            new = filled(self[name], equation)
            self._parts[new.key] = new
        self._changed()

    def _heading(self, kind: str, name: str, units: str, doc: str) -> str:
        """Return how errors name a part that is being said, whose words are in order."""
        where = f"{kind} '{brief(as_name(name, kind))}'"
        as_words(units, where, "units=")
        as_words(doc, where, "doc=")
        return where

    def _add(self, part: AnyPart) -> None:
        if not part.key:
            raise ModelError(f"a {part.kind} needs a name")
        if part.key in CLOCK:
            raise ModelError(f"{part.where}: '{part.name}' is the clock's own name; choose another")
        if isinstance(part, Lookup) and is_function(part.name):
            raise ModelError(
                f"{part.where}: '{part.name}' is a function of the language; "
                "give the lookup another name"
            )
        there = self._parts.get(part.key)
        # What is still a question may turn out to be of another kind.
        if there is not None and there.kind != part.kind and not is_unfilled(there):
            raise ModelError(
                f"'{brief(part.name)}' is {_one(there.kind)} already ({there.line}) and cannot be "
                f"{_one(part.kind)} as well; give one of them another name"
            )
        self._parts[part.key] = part
        self._changed()

    def came_from(self, file: str) -> None:
        """Say of every part that it stands in a file, where an error asks who said it."""
        line = f"in '{file}'"
        self._parts = {k: replace(part, line=line) for k, part in self._parts.items()}
        self._changed()

    def _changed(self) -> None:
        self._scalars = self._program = None

    # --- what it holds ------------------------------------------------------------------------

    @property
    def parts(self) -> Mapping[str, AnyPart]:
        """Key → part, in the order in which they were said; an array is one part or a few."""
        return dict(self._parts)

    @property
    def dimensions(self) -> Mapping[str, Dimension]:
        """Key → dimension, in the order in which they were said."""
        return dict(self._dimensions)

    @property
    def scalars(self) -> Mapping[str, AnyPart]:
        """Key → single value: each element of an array is a part of its own here."""
        if self._scalars is None:
            self._scalars = flatten(self._parts, self._dimensions)
        return self._scalars

    def arrays(self) -> dict[str, tuple[Dimension, ...]]:
        """Key of each array, without subscripts → the dimensions it ranges over, in order."""
        shapes = Space.of(self._parts.values(), self._dimensions).shapes
        return {k: tuple(self._dimensions[d] for d in shape) for k, shape in shapes.items()}

    def single_values(self, name: str) -> list[AnyPart]:
        """Return the single values that a name means: one, or all the elements of an array."""
        found = self._parts.get(key(name))
        if key(name) in self.scalars and not (found and found.subscripts):
            return [self.scalars[key(name)]]
        if found is not None and found.subscripts:
            space = Space.of(self._parts.values(), self._dimensions)
            return [self.scalars[key(cell)] for cell, _ in space.cells(found)]
        elements = [p for p in self.scalars.values() if p.subscripts and key(p.base) == key(name)]
        if not elements:
            raise unknown_name(name, self.names, f"model '{brief(self.name)}'")
        return elements

    def __getitem__(self, name: str) -> AnyPart:
        """Return a part by its name; an unknown name says what is near."""
        if key(name) in self._parts:
            return self._parts[key(name)]
        if "[" in str(name) and key(name) in self.scalars:
            return self.scalars[key(name)]
        raise unknown_name(name, self.names, f"model '{brief(self.name)}'")

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts, as spelled."""
        return tuple(part.name for part in self._parts.values())

    @property
    def spelling(self) -> dict[str, str]:
        """Key → name as spelled, of everything that an equation can name."""
        arrays = {key(part.base): part.base for part in self._parts.values() if part.subscripts}
        ranges = {d.key: d.name for d in self._dimensions.values()}
        elements = {key(e): e for d in self._dimensions.values() for e in d.elements}
        parts = {k: part.name for k, part in self._parts.items()}
        return elements | ranges | arrays | parts

    def program(self) -> Program:
        """Return the model as ordered equations, made at first use and after every change.

        Raises
        ------
        ModelError, UnknownNameError, EquationError
            When something is missing or contradicts itself.
        """
        if self._program is None:
            if not self._parts:
                raise ModelError(
                    f"model '{brief(self.name)}' is empty; begin with .stock(name, first value)"
                )
            check_filled(self.name, self._parts.values())
            self._program = lower(self.scalars)
        return self._program


def _one(kind: str) -> str:
    """Return ``a stock``, ``an auxiliary``."""
    return f"an {kind}" if kind.startswith("a") else f"a {kind}"


def _line() -> str:
    """Return the line of the caller's caller: the one that said the part."""
    return f"line {sys._getframe(2).f_lineno}"
