"""A model's picture in an XMILE file: written as its ``<view>``, read back as places.

Places are those of the diagram: pixels from the left and from the top. Programs draw a stock as a
box of one usual size about its place, so the pipes are brought up to that box here. Angles are
XMILE's: degrees, counted anticlockwise from a start to the right.
"""

from __future__ import annotations

import cmath
from collections.abc import Mapping, Sequence
from math import degrees
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from cstools.languages import SOURCE, speaking
from cstools.names import key, label
from cstools.plotting.drawing_parts import Wire
from cstools.plotting.stock_flow.parts import Drawing, DrawnFactor, DrawnPipe, Influence
from cstools.stock_flow.diagram import diagram
from cstools.stock_flow.xmile.elements import plain, tag_of

if TYPE_CHECKING:
    from cstools.stock_flow.model import StockFlow

_MARGIN = 60 + 60j
_USUAL_HALF = 22.5 + 17.5j  # half the size at which other programs draw a stock
_ROOM = 4.0  # a pipe that meets a box so near its corner goes to another side
_SHOWN = ("stock", "flow", "aux", "gf")


def view(model: StockFlow, variables: ET.Element | None = None) -> ET.Element:
    """Return the ``<view>`` of a model: its diagram as other programs open it.

    Parameters
    ----------
    variables
        The ``<variables>`` that the file has. What is not among them is not shown, and a flow
        that is an auxiliary there is shown as one.

    Notes
    -----
    A ghost becomes an alias of what it stands for. Clouds are not said: a pipe that ends at no
    stock has one.
    """
    with speaking(SOURCE):  # other programs know the parts by their own names
        drawing = diagram(model).drawing
    writer = _Writer(drawing, _tags(variables))
    writer.write()
    return writer.view


def positions(view_element: ET.Element) -> dict[str, tuple[float, float]]:
    """Return where a ``<view>`` has its stocks, flows and auxiliaries, by name.

    Something without two numbers for its place is left out; where a size is said, the place said
    is its upper left corner, and the one returned its middle.
    """
    found: dict[str, tuple[float, float]] = {}
    for element in view_element:
        name = label(element.get("name", ""))
        place = [plain(element.get(word, "")) for word in ("x", "y")]
        if tag_of(element) in _SHOWN and name and None not in place:
            size = [plain(element.get(word, "")) for word in ("width", "height")]
            half = [(long or 0.0) / 2 if None not in size else 0.0 for long in size]
            x, y = (p + h for p, h in zip(place, half, strict=True) if p is not None)
            found.setdefault(name, (x, y))
    return found


def _tags(variables: ET.Element | None) -> dict[str, str] | None:
    """Return the tag of each variable in a file, by key."""
    if variables is None:
        return None
    return {key(element.get("name", "")): tag_of(element) for element in variables}


class _Writer:
    """Writes one drawing as a ``<view>``."""

    def __init__(self, drawing: Drawing, tags: Mapping[str, str] | None) -> None:
        self.drawing, self.tags = drawing, tags
        self.shift = _MARGIN - drawing.corner
        self.view = ET.Element("view", {"type": "stock_flow"})
        self.names: dict[str, str] = {}
        self.uids: dict[str, str] = {}

    def write(self) -> None:
        """Add everything that is drawn."""
        for box in self.drawing.stocks:
            self.place("stock", box.stock.key, box.stock.words, box.at)
        for pipe in self.drawing.pipes:
            self.pipe(pipe)
        ghosts = [drawn for drawn in self.drawing.factors if drawn.factor.of]
        for drawn in self.drawing.factors:
            if not drawn.factor.of:
                tag = "gf" if drawn.factor.kind == "lookup" else "aux"
                self.place(tag, drawn.factor.key, drawn.factor.words, drawn.at)
        for drawn in ghosts:
            self.alias(drawn)
        for link, wire in self.drawing.wires:
            self.connector(link, wire)

    def place(self, tag: str, part: str, words: str, at: complex) -> ET.Element | None:
        """Add what stands at a place; nothing, if the file has no such variable."""
        name = _spelled(words)
        if self.tags is not None:
            tag = self.tags.get(key(name), "")
        if not tag:
            return None
        self.names[part] = name
        # A lookup that stands by itself is drawn as auxiliaries are.
        shown = "aux" if tag == "gf" else tag
        return ET.SubElement(self.view, shown, {**self.at(at), "name": name})

    def at(self, place: complex) -> dict[str, str]:
        """Return a place as attributes."""
        moved = place + self.shift
        return {"x": f"{round(moved.real, 1):g}", "y": f"{round(moved.imag, 1):g}"}

    def pipe(self, pipe: DrawnPipe) -> None:
        """Add a flow with the corners of its pipe."""
        element = self.place("flow", pipe.flow.key, pipe.flow.words, pipe.valve)
        if element is None or tag_of(element) != "flow":
            return
        boxes = {box.stock.key: box.at for box in self.drawing.stocks}
        path = list(pipe.path)
        if pipe.flow.into is not None:
            path = _up_to_box(path, boxes[pipe.flow.into])
        if pipe.flow.out_of is not None:
            path = _up_to_box(path[::-1], boxes[pipe.flow.out_of])[::-1]
        points = ET.SubElement(element, "pts")
        for corner in path:
            ET.SubElement(points, "pt", self.at(corner))

    def alias(self, ghost: DrawnFactor) -> None:
        """Add a ghost, unless what it stands for is not shown."""
        if ghost.factor.of in self.names:
            uid = str(len(self.uids) + 1)
            self.uids[ghost.factor.key] = uid
            element = ET.SubElement(self.view, "alias", {"uid": uid, **self.at(ghost.at)})
            ET.SubElement(element, "of").text = self.names[ghost.factor.of]

    def connector(self, link: Influence, wire: Wire) -> None:
        """Add a link, unless one of its ends is not shown or it only sets a first value."""
        known = link.cause in self.names or link.cause in self.uids
        if not known or link.effect not in self.names or link.first:
            return
        uid = str(len(self.view) + len(self.uids) + 1)
        element = ET.SubElement(self.view, "connector", {"uid": uid, "angle": _angle(wire)})
        start = ET.SubElement(element, "from")
        if link.cause in self.uids:
            ET.SubElement(start, "alias", {"uid": self.uids[link.cause]})
        else:
            start.text = self.names[link.cause]
        ET.SubElement(element, "to").text = self.names[link.effect]


def _spelled(words: str) -> str:
    return label(words).replace(" ", "_").replace(".", "_")


def _angle(wire: Wire) -> str:
    """Return the direction in which a link sets out."""
    away = wire.start - wire.centre
    ahead = away * (1j if wire.clockwise else -1j)
    return f"{degrees(cmath.phase(ahead.conjugate())) % 360:.1f}"


def _up_to_box(path: Sequence[complex], middle: complex) -> list[complex]:
    """Return a path whose end lies on a box of usual size, instead of on the one drawn."""
    port, before = path[-1], path[-2]
    ahead = (port - before) / max(abs(port - before), 1e-9)
    level = abs(ahead.real) > 0.5
    aside = port.imag - middle.imag if level else port.real - middle.real
    most = (_USUAL_HALF.imag if level else _USUAL_HALF.real) - _ROOM
    if abs(aside) <= most:
        edge = _USUAL_HALF.real if level else _USUAL_HALF.imag
        end = complex(middle.real, port.imag) if level else complex(port.real, middle.imag)
        return [*path[:-1], end - ahead * edge]
    # Beyond the smaller box: on to its middle, and from there to its nearer side.
    corner = complex(middle.real, port.imag) if level else complex(port.real, middle.imag)
    side = (1j if level else 1) * (1 if aside > 0 else -1)
    reach = _USUAL_HALF.imag if level else _USUAL_HALF.real
    return [*path[:-1], corner, middle + side * reach]
