"""A model becomes an XMILE file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from cstools.equations.printing import plain_number, to_xmile
from cstools.equations.text import is_portable
from cstools.errors import FileError
from cstools.names import key, label
from cstools.stock_flow.lowering import resolved
from cstools.stock_flow.parts import AnyPart, Auxiliary, Constant, Flow, Lookup, Stock
from cstools.whole_files import write_whole

if TYPE_CHECKING:
    from cstools.stock_flow.model import StockFlow

_NAMESPACE = "http://docs.oasis-open.org/xmile/ns/XMILE/v1.0"


def write(model: StockFlow, path: str | Path, verbatim: bool = True) -> Path:
    """Write a model as XMILE; the file appears whole or not at all.

    An equation that is XMILE already is written letter for letter, another in XMILE's spelling;
    without ``verbatim`` every equation is written in one and the same spelling.
    """
    path = Path(path)
    if path.suffix.lower() not in (".xmile", ".stmx", ".xml"):
        raise FileError(f"'{path.name}': a model is written as .xmile or .stmx")
    model.program()  # what cannot run is not written
    root = ET.Element("xmile", {"version": "1.0", "xmlns": _NAMESPACE})
    _write_header(model, root)
    variables = ET.SubElement(ET.SubElement(root, "model"), "variables")
    for part in model.parts.values():
        _write_part(variables, part, model, verbatim)
    ET.indent(root, "    ")
    text = ET.tostring(root, encoding="unicode", xml_declaration=False)
    return write_whole(path, f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n')


def spelled(name: str) -> str:
    """Return a name as XMILE files spell it: one line, spaces as underscores."""
    return label(name).replace(" ", "_")


def _write_header(model: StockFlow, root: ET.Element) -> None:
    header = ET.SubElement(root, "header")
    _child(header, "vendor", "cstools")
    _child(header, "name", model.name)
    _child(header, "product", "cstools").set("version", "1.0")
    methods = {"euler": "Euler", "rk4": "RK4", "heun": "RK2"}
    specs = ET.SubElement(root, "sim_specs", {"method": methods[model.method]})
    if model.time_units:
        specs.set("time_units", model.time_units)
    _child(specs, "start", plain_number(model.clock.start))
    _child(specs, "stop", plain_number(model.clock.stop))
    _child(specs, "dt", plain_number(model.clock.dt))
    if model.clock.every > 1:
        _child(specs, "save_step", plain_number(model.clock.every * model.clock.dt))


def _write_part(variables: ET.Element, part: AnyPart, model: StockFlow, verbatim: bool) -> None:
    tags = {Stock: "stock", Flow: "flow", Lookup: "gf"}
    element = ET.SubElement(variables, tags.get(type(part), "aux"), {"name": part.name})
    if part.doc:
        _child(element, "doc", part.doc)
    if isinstance(part, Lookup):
        _child(element, "xpts", ",".join(plain_number(x) for x, _ in part.points))
        _child(element, "ypts", ",".join(plain_number(y) for _, y in part.points))
    else:
        _child(element, "eqn", _equation(part, model, verbatim))
    if isinstance(part, Stock):
        for flow in (p for p in model.parts.values() if isinstance(p, Flow)):
            if flow.into is not None and key(flow.into) == part.key:
                _child(element, "inflow", spelled(flow.name))
            if flow.out_of is not None and key(flow.out_of) == part.key:
                _child(element, "outflow", spelled(flow.name))
    if isinstance(part, (Stock, Flow)) and part.non_negative:
        ET.SubElement(element, "non_negative")
    if part.units:
        _child(element, "units", part.units)
    if isinstance(part, (Stock, Constant)) and part.between:
        low, high = map(plain_number, part.between)
        ET.SubElement(element, "range", {"min": low, "max": high})


def _equation(part: Stock | Flow | Auxiliary | Constant, model: StockFlow, verbatim: bool) -> str:
    if isinstance(part, Constant):
        return plain_number(part.value)
    text = part.initial if isinstance(part, Stock) else part.equation
    if verbatim and is_portable(text):
        return text
    return to_xmile(resolved(part, model.parts), model.spelling)


def _child(parent: ET.Element, tag: str, text: str) -> ET.Element:
    child = ET.SubElement(parent, tag)
    child.text = text
    return child
