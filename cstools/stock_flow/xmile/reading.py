"""An XMILE file becomes a model, as the standard has it.

The standard is [ChichaklyBaxterEberleinGlassHusainPowersSchoenberg2015]_.

1. The models in the file are gathered into one list of variables (:mod:`.variables`).
2. Their equations are put into this package's words (:mod:`.equations`); macros add variables.
3. Each variable is added as what it is: with its stocks a flow, a bare number a constant.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from xml.etree import ElementTree as ET

from cstools.equations.functions import CLOCK
from cstools.equations.text import spelled
from cstools.errors import CstoolsError, FileError
from cstools.names import key
from cstools.stock_flow.model import StockFlow
from cstools.stock_flow.xmile import clock
from cstools.stock_flow.xmile.elements import child, plain, tag_of, text_of
from cstools.stock_flow.xmile.equations import Equations
from cstools.stock_flow.xmile.flows import Ends, ends, factor, served_in_order
from cstools.stock_flow.xmile.macros import macros
from cstools.stock_flow.xmile.model_units import same_units
from cstools.stock_flow.xmile.opening import root_of
from cstools.stock_flow.xmile.pieces import Piece, dimensions, pieces
from cstools.stock_flow.xmile.tables import Tables
from cstools.stock_flow.xmile.variables import KINDS, Variable, variables

_NOT_YET = {
    "conveyor": "a conveyor",
    "queue": "a queue",
    "oven": "an oven",
    "leak": "the leak of a conveyor",
    "overflow": "the overflow of a queue",
    "summing": "a sum of all that points to it, which the file does not say",
}


def read(path: str | Path) -> StockFlow:
    """Return the model in an XMILE file (``.xmile``, ``.xml``, ``.stmx``).

    Raises
    ------
    FileError
        When the file is missing, empty, no XMILE, refers to things outside itself, or holds
        something this package cannot run; the message names the part and the construct.

    Notes
    -----
    Modules and macros are flattened: the variable of a module is the part ``module.variable``,
    and a macro with variables of its own adds them, ``part.macro.variable``, at each call. A flow
    that drains or fills several stocks becomes a flow for each, and itself an auxiliary.
    """
    path = Path(path)
    root = root_of(path)
    try:
        return _Reader(root, path.stem).model()
    except CstoolsError as error:
        raise FileError(f"'{path.name}': {error}") from None


class _Reader:
    """Reads the one model of a file, variable by variable."""

    def __init__(self, root: ET.Element, name: str) -> None:
        self.root = root
        self.name = text_of(child(child(root, "header"), "name")) or name
        self.dimensions = dimensions(root)
        self.variables = variables(root)
        self.known = {variable.key: variable for variable in self.variables}
        elements = {k: tuple(map(key, names)) for k, (_, names) in self.dimensions.items()}
        self.tables = Tables(self.known)
        self.equations = Equations(
            self.known,
            macros(root),
            elements,
            graphs=self.tables.names,
            shared=self.tables.shared,
            vensim=_is_vensim(root),
        )

    def model(self) -> StockFlow:
        """Return the model with all its parts."""
        model = StockFlow(self.name, **clock.settings(self.specs()))
        model.same_units = same_units(self.root)
        for name, elements in self.dimensions.values():
            model.dimension(name, elements)
        self.variables = [v for v in self.variables if not self.is_clock(v, model)]
        said = {variable.key: self.said(variable) for variable in self.variables}
        for variable in self.equations.made:  # grows while macros call macros
            if variable.key in self.known:
                raise FileError(f"two variables are called '{variable.key}'")
            self.known[variable.key] = variable
            said[variable.key] = self.said(variable)
        self.variables = served_in_order([*self.variables, *self.equations.made])
        joined = ends(self.variables, self.known)
        for variable in self.variables:
            self.add(model, variable, said[variable.key], joined.get(variable.key, Ends()))
        return model

    def specs(self) -> ET.Element | None:
        """Return the clock of the whole file, which may stand in its main model."""
        inside = child(child(self.root, "model"), "sim_specs")
        return found if (found := child(self.root, "sim_specs")) is not None else inside

    def is_clock(self, variable: Variable, model: StockFlow) -> bool:
        """Say whether a variable only repeats the clock of <sim_specs>, as some programs write it.

        A variable of that name with another value would be read as the clock's: it is refused.
        """
        name = key(variable.element.get("name", ""))
        if name not in CLOCK:
            return False
        own = {"dt": model.dt, "starttime": model.start, "stoptime": model.stop, "pi": math.pi}
        value, said = own.get(CLOCK[name]), plain(text_of(child(variable.element, "eqn")))
        if value is None or said is None or not math.isclose(said, value, rel_tol=1e-6):
            raise FileError(
                f"'{variable.name}' has the name of the clock's own {CLOCK[name].upper()} and "
                "another equation; give it another name in the file"
            )
        return True

    # --- what is said ---------------------------------------------------------------------------

    def said(self, variable: Variable) -> list[Piece]:
        """Return the pieces of a variable with their equations in this package's words."""
        self.refuse(variable)
        found = pieces(variable, self.dimensions)
        if self.tables.is_table(variable, found):
            return found
        return [self.in_words(variable, piece) for piece in found]

    def in_words(self, variable: Variable, piece: Piece) -> Piece:
        where = f"{_WORDS[variable.kind]} '{piece.named(variable.name)}'"
        if not piece.equation:
            raise FileError(f"{variable.kind} '{piece.named(variable.name)}' has no equation")
        if variable.given:
            return piece
        said, first = piece.equation, text_of(child(variable.element, "init_eqn"))
        if first and variable.kind != "stock":
            said = f"active_initial({said}, {first})"
        owner = variable if piece.subscripts == variable.dimensions else _one(variable, piece)
        text = self.equations.text(said, owner, where)
        if piece.graph is not None:
            text = self.tables.call(variable, piece, text)
        return Piece(piece.subscripts, text, piece.graph)

    def refuse(self, variable: Variable) -> None:
        if variable.kind not in KINDS:
            raise FileError(f"{variable.where}: a <{variable.kind}> cannot be run here")
        for element in variable.element:
            if what := _NOT_YET.get(tag_of(element)):
                raise FileError(f"{variable.where} uses {what}, which cannot be run here")

    # --- adding it ------------------------------------------------------------------------------

    def add(self, model: StockFlow, variable: Variable, said: list[Piece], joined: Ends) -> None:
        about = {
            "units": text_of(child(variable.element, "units")),
            "doc": _doc(child(variable.element, "doc")),
        }
        if self.tables.is_table(variable, said):
            self.tables.add(model, variable, said, **about)
            return
        self.tables.add_of(model, variable, said)
        if variable.kind == "stock":
            self.add_stock(model, variable, said, about)
        elif joined:
            self.add_flow(model, variable, said, joined, about)
        else:
            self.add_value(model, variable, said, about)

    def add_stock(
        self, model: StockFlow, variable: Variable, said: list[Piece], about: dict[str, str]
    ) -> None:
        kept, between = non_negative(variable), _between(variable.element)
        for piece in said:
            name = piece.named(variable.name)
            model.stock(name, piece.equation, non_negative=kept, between=between, **about)

    def add_value(
        self, model: StockFlow, variable: Variable, said: list[Piece], about: dict[str, str]
    ) -> None:
        """Add a variable that joins no stocks: a constant where it is a number throughout."""
        values = [plain(piece.equation) for piece in said]
        limited = variable.kind == "flow" and non_negative(variable)
        for piece, value in zip(said, values, strict=True):
            name = piece.named(variable.name)
            if variable.kind != "flow" and value is not None and None not in values:
                model.constant(name, value, between=_between(variable.element), **about)
            else:
                text = f"MAX({piece.equation}, 0)" if limited else piece.equation
                model.auxiliary(name, text, **about)

    def add_flow(
        self,
        model: StockFlow,
        variable: Variable,
        said: list[Piece],
        joined: Ends,
        about: dict[str, str],
    ) -> None:
        """Add a flow; one that several stocks count, or that changes units, as several flows."""
        times = factor(variable)
        if joined.is_plain and not (times and joined.into):
            kept = non_negative(variable)
            for piece in said:
                model.flow(
                    piece.named(variable.name),
                    piece.equation,
                    _end(joined.out_of, variable, piece),
                    _end(joined.into, variable, piece),
                    non_negative=kept,
                    **about,
                )
            return
        into = self.shares(variable, joined.into, "into", times)
        out_of = self.shares(variable, joined.out_of, "out of")
        if len(joined.out_of) == 1:
            self.add_flow(model, variable, said, Ends(out_of=joined.out_of), about)
            out_of = []
        else:
            self.add_value(model, variable, said, about)
        for name, text, end in into:
            model.flow(name, text, into=end, units="" if times else about["units"])
        for name, text, end in out_of:
            model.flow(name, text, out_of=end, units=about["units"])

    def shares(
        self, variable: Variable, stocks: tuple[str, ...], word: str, times: str = ""
    ) -> list[tuple[str, str, str]]:
        """Return a flow of its own for each stock that counts one flow: name, equation, stock."""
        whole = Piece(variable.dimensions, "")
        text = spelled(variable.name.replace(" ", "_"))
        if times:
            text += f" * ({self.equations.text(times, variable, variable.where)})"
        return [
            (whole.named(self.free_name(f"{variable.name} {word} {stock}")), text, stock)
            for stock in stocks
        ]

    def free_name(self, wanted: str) -> str:
        return next(name for name in numbered(wanted) if key(name) not in self.known)


def non_negative(variable: Variable) -> bool:
    """Say whether a part may not fall below zero: by itself, or by a rule of its model or file."""
    said = [child(variable.element, "non_negative")]
    for rule in variable.behaviours:
        said += [child(child(rule, tag_of(variable.element)), "non_negative")]
        said += [child(rule, "non_negative")]
    first = next((rule for rule in said if rule is not None), None)
    return first is not None and text_of(first).casefold() != "false"


def _is_vensim(root: ET.Element) -> bool:
    """Say whether Vensim wrote a file, or a translator of Vensim's files."""
    header = child(root, "header")
    said = [text_of(child(header, tag)) for tag in ("vendor", "product")]
    return any(word in " ".join(said).casefold() for word in ("vensim", "ventana"))


_WORDS = {"stock": "stock", "flow": "flow", "aux": "auxiliary", "gf": "lookup"}


def numbered(name: str) -> Iterator[str]:
    """Yield a name, and then the same with a number behind it."""
    yield name
    yield from (f"{name} {number}" for number in count(2))


def _one(variable: Variable, piece: Piece) -> Variable:
    """Return one element of an array as the variable in whose equation a macro is called."""
    element = ET.Element(variable.kind)
    name = " ".join([variable.name, *piece.subscripts])
    bound = dict(zip(map(key, variable.dimensions), piece.subscripts, strict=True))
    return Variable(element, name, variable.scope, behaviours=variable.behaviours, bound=bound)


def _end(stocks: tuple[str, ...], variable: Variable, piece: Piece) -> str | None:
    """Return the stock at an end of a flow; of one element's flow, that element of the stock."""
    if not stocks:
        return None
    whole = piece.subscripts == variable.dimensions
    return stocks[0] if whole else piece.named(stocks[0])


def _doc(element: ET.Element | None) -> str:
    return "".join(element.itertext()).strip() if element is not None else ""


def _between(element: ET.Element) -> tuple[float, float] | None:
    """Return the range that a file gives a slider, where it is one: two numbers, low first."""
    scale = child(element, "range")
    limits = [plain(scale.get(end, "")) for end in ("min", "max")] if scale is not None else [None]
    low, high = limits[0], limits[-1]
    return (low, high) if low is not None and high is not None and low < high else None
