"""An XMILE file becomes a model."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from cstools.equations.functions import CLOCK
from cstools.errors import CstoolsError, FileError
from cstools.names import key, label
from cstools.stock_flow.checked import fitting
from cstools.stock_flow.model import StockFlow

_METHODS = {"euler": "euler", "rk4": "rk4", "rk2": "heun", "": "euler"}
_VARIABLES = ("stock", "flow", "aux", "gf")
_NOT_YET = {
    "dimensions": "arrays",
    "element": "arrays",
    "conveyor": "a conveyor",
    "queue": "a queue",
    "init_eqn": "a second equation for its first value",
    "multiplier": "a factor between the units of its two stocks",
}


def read(path: str | Path) -> StockFlow:
    """Return the model in an XMILE file (``.xmile``, ``.xml``, ``.stmx``).

    Raises
    ------
    FileError
        When the file is missing, empty, no XMILE, refers to things outside itself, or holds
        something this package cannot run; the message names the part and the construct.
    """
    path = Path(path)
    root = _root(path)
    try:
        return _Reader(root, path.stem).model()
    except CstoolsError as error:
        raise FileError(f"'{path.name}': {error}") from None


def _root(path: Path) -> ET.Element:
    if not path.is_file():
        raise FileError(f"'{path}': there is no such file; is the name spelt as it is on the disk?")
    content = path.read_bytes().strip()  # some programs begin with an empty line
    if not content:
        raise FileError(f"'{path.name}' is empty")
    try:
        root: ET.Element = fromstring(_with_prefix(content), forbid_dtd=True)
    except DefusedXmlException:
        raise FileError(
            f"'{path.name}' defines or fetches entities, as no model needs to; it is not opened"
        ) from None
    except ET.ParseError as error:
        line, column = error.position
        raise FileError(
            f"'{path.name}' is not XML from line {line}, column {column + 1} on; "
            "was it saved whole, and as XMILE?"
        ) from None
    if _tag(root) != "xmile":
        raise FileError(f"'{path.name}' is XML, but no XMILE model: it begins with <{_tag(root)}>")
    return root


def _with_prefix(content: bytes) -> bytes:
    """Declare the prefix of isee's own elements, which some converters use undeclared."""
    if b"xmlns:isee" in content or b"isee:" not in content:
        return content
    return content.replace(b"<xmile", b'<xmile xmlns:isee="http://iseesystems.com/XMILE"', 1)


def _tag(element: ET.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _all(element: ET.Element | None, tag: str) -> Iterator[ET.Element]:
    return (child for child in (element if element is not None else ()) if _tag(child) == tag)


def _is_own(element: ET.Element, root: ET.Element) -> bool:
    """Say whether an element is XMILE's, not an addition of some program's own."""
    return str(element.tag).rpartition("}")[0] == str(root.tag).rpartition("}")[0]


def _find(element: ET.Element | None, tag: str) -> ET.Element | None:
    return next(_all(element, tag), None)


def _text(element: ET.Element | None) -> str:
    return (element.text or "").strip() if element is not None else ""


def _number(text: str, what: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise FileError(f"{what} is '{text}', which is not a number") from None


class _Reader:
    """Reads the one model of a file, part by part."""

    def __init__(self, root: ET.Element, name: str) -> None:
        self.root = root
        self.name = _text(_find(_find(root, "header"), "name")) or name
        self.variables = list(self._variables())
        self.stocks = [element for element in self.variables if _tag(element) == "stock"]
        self._check_names()
        self._serve_in_order()

    def model(self) -> StockFlow:
        """Return the model with all its parts."""
        model = self._empty()
        for element in self.variables:
            if not self._is_clock(element, model):
                self._add(model, element)
        return model

    def _is_clock(self, element: ET.Element, model: StockFlow) -> bool:
        """Say whether a variable only repeats the clock of <sim_specs>, as some programs write it.

        A variable of that name with another value would be read as the clock's: it is refused.
        """
        name = key(element.get("name", ""))
        if name not in CLOCK:
            return False
        own = {"dt": model.dt, "starttime": model.start, "stoptime": model.stop, "pi": math.pi}
        value, said = own.get(CLOCK[name]), _plain(_text(_find(element, "eqn")))
        if value is None or said is None or not math.isclose(said, value, rel_tol=1e-6):
            raise FileError(
                f"'{label(element.get('name', ''))}' has the name of the clock's own "
                f"{CLOCK[name].upper()} and another equation; give it another name in the file"
            )
        return True

    def _check_names(self) -> None:
        """Refuse two variables of one name, and flows that no variable describes."""
        names = [key(element.get("name", "")) for element in self.variables]
        if twice := next((n for n in names if names.count(n) > 1), None):
            raise FileError(f"two variables are called '{twice}'; one of them would be lost")
        for stock in self.stocks:
            for tag in ("inflow", "outflow"):
                for flow in _all(stock, tag):
                    if key(_text(flow)) not in names:
                        raise FileError(
                            f"stock '{label(stock.get('name', ''))}' has the {tag} "
                            f"'{label(_text(flow))}', and no variable is called so"
                        )

    def _serve_in_order(self) -> None:
        """Put the outflows of each stock in the order of its tags: the first is served first."""
        for stock in self.stocks:
            order = [key(_text(flow)) for flow in _all(stock, "outflow")]
            places = [i for i, e in enumerate(self.variables) if key(e.get("name", "")) in order]
            found = sorted(
                (self.variables[i] for i in places),
                key=lambda e: order.index(key(e.get("name", ""))),
            )
            for place, element in zip(places, found, strict=True):
                self.variables[place] = element

    def _variables(self) -> Iterator[ET.Element]:
        models = list(_all(self.root, "model"))
        if len(models) > 1:
            raise FileError(
                f"it holds {len(models)} models (modules), which cannot be run here yet"
            )
        if _find(self.root, "macro") is not None:
            raise FileError("it defines a macro, which cannot be run here yet")
        model = models[0] if models else None
        # Before XMILE 1.0 the variables stood in the model itself.
        inside = _find(model, "variables") if _find(model, "variables") is not None else model
        own = [e for e in (inside if inside is not None else ()) if _is_own(e, self.root)]
        if inside is model:
            own = [e for e in own if _tag(e) in _VARIABLES]
        if not own:
            raise FileError("the model in it has no variables")
        return iter(own)

    def _empty(self) -> StockFlow:
        specs = _find(self.root, "sim_specs")
        if specs is None:
            raise FileError("no <sim_specs>, so it is not known how long a run lasts")
        return StockFlow(
            self.name,
            start=_time(specs, "start", 0.0),
            stop=_time(specs, "stop", 100.0),
            dt=_step(specs),
            saveper=fitting(_saveper(specs), _step(specs)),
            time_units=specs.get("time_units", ""),
            method=_method(specs),
        )

    def _add(self, model: StockFlow, element: ET.Element) -> None:
        kind, name = _tag(element), label(element.get("name", ""))
        where = f"{kind} '{name}'"
        self._refuse(element, where)
        equation = _text(_find(element, "eqn"))
        said: dict[str, Any] = {
            "units": _text(_find(element, "units")),
            "doc": _text(_find(element, "doc")),
        }
        graph = element if kind == "gf" else _find(element, "gf")
        if graph is not None and (kind == "gf" or not equation):
            model.lookup(name, _points(graph, where), **said)
            return
        if graph is not None:
            table = self._free_name(f"{name} lookup")
            model.lookup(table, _points(graph, where))
            equation = f'"{table}"({equation})'
        if not equation:
            raise FileError(f"{where} has no equation")
        self._add_with_equation(model, element, name, equation, said)

    def _add_with_equation(
        self, model: StockFlow, element: ET.Element, name: str, equation: str, said: dict[str, Any]
    ) -> None:
        kept = self._non_negative(element)
        if _tag(element) == "stock":
            model.stock(name, equation, non_negative=kept, between=_between(element), **said)
        elif _tag(element) == "flow" or self._ends(name):
            model.flow(name, equation, non_negative=kept, **self._ends(name), **said)
        elif (value := _plain(equation)) is not None:
            model.constant(name, value, between=_between(element), **said)
        else:
            model.auxiliary(name, equation, **said)

    def _free_name(self, wanted: str) -> str:
        taken = {key(element.get("name", "")) for element in self.variables}
        return next(n for n in _numbered(wanted) if key(n) not in taken)

    def _refuse(self, element: ET.Element, where: str) -> None:
        if _tag(element) not in _VARIABLES:
            raise FileError(f"{where}: a <{_tag(element)}> cannot be run here yet")
        for construct, what in _NOT_YET.items():
            if _find(element, construct) is not None:
                raise FileError(f"{where} uses {what}, which cannot be run here yet")

    def _non_negative(self, element: ET.Element) -> bool:
        """Say whether a part may not fall below zero, by itself or by the file's rule for all."""
        rules = _find(self.root, "behavior")
        own = _find(element, "non_negative")
        rule = _find(_find(rules, _tag(element)), "non_negative")
        said = next((r for r in (own, rule, _find(rules, "non_negative")) if r is not None), None)
        return said is not None and _text(said).casefold() != "false"

    def _ends(self, name: str) -> dict[str, str]:
        """Return the stocks that count a flow among their inflows and outflows."""
        ends: dict[str, str] = {}
        for tag, word in (("inflow", "into"), ("outflow", "out_of")):
            found = [s for s in self.stocks if any(_is(flow, name) for flow in _all(s, tag))]
            if len(found) > 1:
                raise FileError(
                    f"flow '{name}' is an {tag} of {len(found)} stocks, which cannot be run here "
                    "yet: what leaves one stock enters one other"
                )
            if found:
                ends[word] = label(found[0].get("name", ""))
        return ends


def _numbered(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name} {number}" for number in count(2))


def _is(element: ET.Element, name: str) -> bool:
    return key(_text(element)) == key(name)


def _time(specs: ET.Element, tag: str, default: float) -> float:
    text = _text(_find(specs, tag))
    if not text and tag == "stop":
        raise FileError("<sim_specs> does not say when a run stops")
    return _number(text, f"<{tag}>") if text else default


def _step(specs: ET.Element) -> float:
    element, value = _find(specs, "dt"), _time(specs, "dt", 1.0)
    reciprocal = element is not None and element.get("reciprocal", "").casefold() == "true"
    return 1.0 / value if reciprocal and value else value


def _saveper(specs: ET.Element) -> float | None:
    text = _text(_find(specs, "save_step")) or specs.get("save_interval", "")
    return _number(text, "the save interval") if text else None


def _method(specs: ET.Element) -> str:
    text = specs.get("method", "")
    first = text.split(",")[0].strip().casefold()
    if first not in _METHODS:
        raise FileError(f"the integration method '{text}' cannot be run here")
    return _METHODS[first]


def _plain(equation: str) -> float | None:
    try:
        return float(equation)
    except ValueError:
        return None


def _between(element: ET.Element) -> tuple[float, float] | None:
    """Return the range that a file gives a slider, where it is one: two numbers, low first."""
    scale = _find(element, "range")
    ends = [_plain(scale.get(end, "")) for end in ("min", "max")] if scale is not None else [None]
    low, high = ends[0], ends[-1]
    return (low, high) if low is not None and high is not None and low < high else None


def _points(graph: ET.Element, where: str) -> list[tuple[float, float]]:
    if (mode := graph.get("type", "continuous")) != "continuous":
        raise FileError(f"{where}: a graphical function of type '{mode}' cannot be run here yet")
    xs, ys = (_values(_find(graph, tag), where) for tag in ("xpts", "ypts"))
    scale = _find(graph, "xscale")
    if not xs and scale is not None and len(ys) > 1:
        low, high = (_number(scale.get(end, ""), f"{where}: its x scale") for end in ("min", "max"))
        xs = [low + (high - low) * position / (len(ys) - 1) for position in range(len(ys))]
    if len(xs) != len(ys):
        raise FileError(f"{where}: its graphical function has {len(xs)} x and {len(ys)} y")
    return list(zip(xs, ys, strict=True))


def _values(element: ET.Element | None, where: str) -> list[float]:
    if element is None:
        return []
    parts = _text(element).split(element.get("sep", ","))
    return [_number(part, f"{where}: a point of its graph") for part in parts if part.strip()]
