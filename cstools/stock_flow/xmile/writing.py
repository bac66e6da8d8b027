"""A model becomes an XMILE file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from cstools.equations.printing import plain_number
from cstools.errors import FileError
from cstools.stock_flow.parts import Dimension
from cstools.stock_flow.xmile import model_units
from cstools.stock_flow.xmile.described import described
from cstools.stock_flow.xmile.elements import added
from cstools.stock_flow.xmile.wording import spelled as spelled
from cstools.whole_files import write_whole

if TYPE_CHECKING:
    from cstools.stock_flow.model import StockFlow

_NAMESPACE = "http://docs.oasis-open.org/xmile/ns/XMILE/v1.0"
_METHODS = {"euler": "Euler", "rk4": "RK4", "heun": "RK2"}
ET.register_namespace("cstools", "urn:cstools")


def write(model: StockFlow, path: str | Path, verbatim: bool = True, picture: bool = True) -> Path:
    """Write a model as XMILE; the file appears whole or not at all.

    Parameters
    ----------
    verbatim
        Write an equation that is XMILE already letter for letter, and another in XMILE's
        spelling; without it every equation is written in one and the same spelling.
    picture
        Write the model's diagram as well, so that other programs open the file with it. To lay it
        out takes a second or so for a large model.
    """
    path = Path(path)
    if path.suffix.lower() not in (".xmile", ".stmx", ".xml"):
        raise FileError(f"'{path.name}': a model is written as .xmile or .stmx")
    return write_whole(path, text(model, verbatim, picture))


def text(model: StockFlow, verbatim: bool = True, picture: bool = True) -> str:
    """Return what :func:`write` writes."""
    model.program()  # what cannot run is not written
    root = ET.Element("xmile", {"version": "1.0", "xmlns": _NAMESPACE})
    _write_header(model, root)
    _write_clock(model, root)
    model_units.write(model.same_units, root)
    _write_dimensions(model.dimensions, root)
    variables = described(model, verbatim)
    inside = added(root, "model")
    inside.append(variables)
    if picture:
        from cstools.stock_flow.xmile.view import view  # brings all that draws

        added(inside, "views").append(view(model, variables))
    ET.indent(root, "    ")
    tree = ET.tostring(root, encoding="unicode", xml_declaration=False)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tree}\n'


def _write_header(model: StockFlow, root: ET.Element) -> None:
    header = added(root, "header")
    added(header, "vendor", "cstools")
    added(header, "name", model.name)
    added(header, "product", "cstools").set("version", "1.0")
    if shapes := model.arrays():
        most = str(max(map(len, shapes.values())))
        ET.SubElement(added(header, "options"), "uses_arrays", {"maximum_dimensions": most})


def _write_clock(model: StockFlow, root: ET.Element) -> None:
    specs = ET.SubElement(root, "sim_specs", {"method": _METHODS[model.method]})
    if model.time_units:
        specs.set("time_units", model.time_units)
    added(specs, "start", plain_number(model.clock.start))
    added(specs, "stop", plain_number(model.clock.stop))
    added(specs, "dt", plain_number(model.clock.dt))
    if model.clock.every > 1:
        added(specs, "save_step", plain_number(model.clock.every * model.clock.dt))


def _write_dimensions(dimensions: Mapping[str, Dimension], root: ET.Element) -> None:
    """Write each dimension with its elements, or with their number where they are numbered."""
    if not dimensions:
        return
    inside = added(root, "dimensions")
    for dimension in dimensions.values():
        element = ET.SubElement(inside, "dim", {"name": dimension.name})
        numbers = tuple(str(place) for place in range(1, len(dimension.elements) + 1))
        if dimension.elements == numbers:
            element.set("size", str(len(numbers)))
        else:
            for name in dimension.elements:
                ET.SubElement(element, "elem", {"name": name})
