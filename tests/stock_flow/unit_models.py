"""Models that tests of units share: coffee, and any number drawn at random whose units fit.

A drawn model is a tuple of plain parts, so that a test can change the units of one of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from hypothesis import strategies as st

from cstools import StockFlow
from cstools.equations.unit_text import parse
from cstools.equations.units import PLAIN, Units, unit, written
from cstools.facets import as_files
from cstools.stock_flow.parts import Constant, Flow, Lookup, Stock

TEACHING = {name: make for name, (_, make) in as_files.models().items()}
PEOPLE, BOXES, COINS, WEEK = map(unit, ("person", "box", "coin", "week"))


@dataclass(frozen=True)
class Piece:
    """One part of a drawn model, and what it is measured in; ``None`` is not said."""

    kind: str
    name: str
    equation: float | str
    units: Units | None
    into: str = ""


@dataclass
class Drawing:
    """A model while it is drawn: every constant in it stands in one place alone."""

    draw: st.DrawFn
    stocks: dict[str, Units]
    pieces: list[Piece] = field(default_factory=list)

    def constant(self, units: Units) -> str:
        name = f"constant {len(self.pieces)}"
        value = self.draw(st.sampled_from([0.25, 0.5, 1.0, 2.0]))
        self.pieces.append(Piece("constant", name, value, units))
        return name

    def of(self, units: Units, depth: int = 2) -> str:
        """Draw an equation that comes out in some units."""
        stock, own = self.draw(st.sampled_from(sorted(self.stocks.items(), key=str)))
        ways = ["constant", "factor"]
        ways += ["sum", "max", "if", "smooth", "rate", "exp", "root", "step"] if depth else []
        match self.draw(st.sampled_from(ways)):
            case "constant":
                return self.constant(units)
            case "factor":
                return f"({stock} * {self.constant(units / own)})"
            case "sum":
                sign = self.draw(st.sampled_from("+-"))
                return f"({self.of(units, depth - 1)} {sign} {self.of(units, depth - 1)})"
            case "max":
                return f"max(0, {self.of(units, depth - 1)}, {self.of(units, 0)})"
            case "if":
                then, other = self.of(units, depth - 1), self.of(units, 0)
                return f"(if {stock} > {self.constant(own)} then {then} else {other})"
            case "smooth":
                return f"smooth1({self.of(units, depth - 1)}, {self.constant(WEEK)})"
            case "rate":
                return f"({self.of(units * WEEK, depth - 1)} / {self.constant(WEEK)})"
            case "exp":
                return f"({self.of(units, depth - 1)} * exp(-{stock} / {self.constant(own)}))"
            case "root":
                return f"sqrt({self.of(units, depth - 1)} * {self.constant(units)})"
        return f"step({self.of(units, depth - 1)}, {self.constant(WEEK)})"


@st.composite
def consistent_pieces(draw: st.DrawFn) -> tuple[Piece, ...]:
    """Draw the parts of a model whose units fit, each part needed by another one."""
    kinds = [PEOPLE, BOXES, COINS, PEOPLE / BOXES, PLAIN]
    stocks = {f"stock {n}": draw(st.sampled_from(kinds)) for n in range(draw(st.integers(1, 3)))}
    drawing = Drawing(draw, stocks)
    for number, (stock, own) in enumerate(stocks.items()):
        drawing.pieces.append(Piece("stock", stock, 1.0, own))
        text = drawing.of(own / WEEK)
        drawing.pieces.append(Piece("flow", f"flow {number}", text, own / WEEK, into=stock))
    for number in range(draw(st.integers(0, 2))):
        units = draw(st.sampled_from(kinds)) * draw(st.sampled_from(kinds))
        text = drawing.of(units)
        drawing.pieces.append(Piece("auxiliary", f"auxiliary {number}", text, units))
    return tuple(drawing.pieces)


def built(pieces: tuple[Piece, ...], time_units: str = "weeks") -> StockFlow:
    model = StockFlow("drawn", stop=4, dt=0.25, time_units=time_units)
    for piece in pieces:
        said = "" if piece.units is None else written(piece.units)
        ends = {"into": piece.into} if piece.into else {}
        getattr(model, piece.kind)(piece.name, piece.equation, units=said, **ends)
    return model


def changed(pieces: tuple[Piece, ...], place: int, units: Units | None) -> tuple[Piece, ...]:
    return (*pieces[:place], replace(pieces[place], units=units), *pieces[place + 1 :])


def size(units: Units, sizes: Mapping[str, float]) -> float:
    """Return by how much a number in these units grows when each unit shrinks so much."""
    return float(np.prod([sizes.get(name, 1.0) ** float(power) for name, power in units.powers]))


def in_other_units(model: StockFlow, sizes: Mapping[str, float]) -> StockFlow:
    """Return the model with every number that it was given measured in smaller units."""

    def scale(text: str) -> float:
        return size(parse(text) or PLAIN, sizes)

    time, begins = scale(model.time_units), model.run()
    clock = {"start": model.start * time, "stop": model.stop * time, "dt": model.dt * time}
    twin = StockFlow(model.name, time_units=model.time_units, method=model.method, **clock)
    for part in model.parts.values():
        units = part.units
        if isinstance(part, Constant):
            twin.constant(part.name, part.value * scale(units), units)
        elif isinstance(part, Stock):
            first = begins[part.name][0] * scale(units)
            twin.stock(part.name, first, units, non_negative=part.non_negative)
        elif isinstance(part, Flow):
            twin.flow(part.name, part.equation, part.out_of, part.into, units)
        else:
            twin.auxiliary(part.name, getattr(part, "equation", ""), units)
    return twin


def with_units(model: StockFlow, said: Mapping[str, str], time_units: str) -> StockFlow:
    """Return the model with units of its parts by their keys, and of its time."""
    twin = model.copy()
    twin.time_units = time_units
    for k, part in model.parts.items():
        if isinstance(part, Constant):
            twin.constant(part.name, part.value, said[k])
        elif isinstance(part, Stock):
            twin.stock(part.name, part.initial, said[k])
        elif isinstance(part, Flow):
            twin.flow(part.name, part.equation, part.out_of, part.into, said[k])
        elif isinstance(part, Lookup):
            twin.lookup(part.name, part.points, said[k])
        else:
            twin.auxiliary(part.name, part.equation, said[k])
    return twin


def coffee(**units: str) -> StockFlow:
    """Coffee that cools; each part may say other units."""
    model = StockFlow("Coffee", stop=60, dt=0.25, time_units=units.get("time", "minute"))
    model.stock("temperature", 90, units=units.get("temperature", "degC"))
    cooling = units.get("equation", "(temperature - room temperature) / cooling time")
    rate = units.get("cooling", "degC/minute")
    model.flow("cooling", cooling, out_of="temperature", units=rate)
    model.constant("room temperature", 20, units=units.get("room", "degC"))
    model.constant("cooling time", 10, units=units.get("cooling_time", "minute"))
    return model


def told(model: StockFlow) -> str:
    """Return what is told of a model, without the sentence above it."""
    return "\n".join(str(finding) for finding in model.check_units().wrong)
