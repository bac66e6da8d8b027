"""The view of an XMILE file: its words and connectors, with polarity and delay mark.

The names of loops, and a link's reason and source, stand in a namespace of this package, because
XMILE has no place for them; other programs pass over it.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import atan2, degrees
from xml.etree import ElementTree as ET

from cstools.causal_loops.formats.placing import all_places
from cstools.causal_loops.formats.said import MapSaid, Place, Reading, is_yes, place_in
from cstools.causal_loops.formats.xml_text import (
    added,
    attribute,
    inside,
    printed,
    root_of,
    tag_of,
    text_of,
)
from cstools.causal_loops.parts import SIGNS, Link
from cstools.errors import FileError, brief

_NAMESPACE = "http://docs.oasis-open.org/xmile/ns/XMILE/v1.0"
_OWN = "urn:cstools:map"
_WORDS = ("stock", "flow", "aux", "module")


def recognises(text: str) -> bool:
    """Say whether a text begins as XMILE."""
    return "<xmile" in text[:5_000]


def read(text: str) -> MapSaid:
    """Return the map that the views of an XMILE file show.

    A connector is a link, with the polarity that stands on it and else ``?``. A flow adds to the
    stock that has it among its inflows and takes from the one that has it among its outflows.
    Modules are words; what is inside them is left out, and told.

    Raises
    ------
    FileError
        When it is no XML or no XMILE, has no view, or a connector leads nowhere.
    """
    if "isee:" in text and "xmlns:isee" not in text:  # some converters leave it undeclared
        text = text.replace("<xmile", '<xmile xmlns:isee="http://iseesystems.com/XMILE"', 1)
    root = root_of(text, "xmile", "XMILE")
    models = inside(root, "model")
    views = [
        view for x in models[:1] for views in inside(x, "views") for view in inside(views, "view")
    ]
    if not views:
        raise FileError("this XMILE file has no view, and so no map; draw its model, and save it")
    reading = Reading()
    for variable in _variables(models[0]):
        reading.variable(variable.get("name"), "a variable")
    for view in views:
        _add_view(reading, view)
    _add_flows(reading, models[0])
    if len(models) > 1:
        reading.note("what is inside the modules is left out")
    header = next(iter(inside(root, "header")), None)
    return reading.said(text_of(next(iter(inside(header, "name")), None)))


def _variables(model: ET.Element) -> Iterator[ET.Element]:
    for variables in inside(model, "variables"):
        yield from inside(variables, *_WORDS)


def _add_view(reading: Reading, view: ET.Element) -> None:
    ghosts: dict[str, str] = {}
    for number, word in enumerate(view, start=1):
        where = f"{tag_of(word)[:20]} {number} of the view"
        if tag_of(word) in _WORDS and word.get("name"):
            at = place_in(word.get("x"), word.get("y"))
            reading.variable(word.get("name"), where, attribute(word, "lens"), at)
        elif tag_of(word) == "alias":
            ghosts[word.get("uid", "")] = text_of(next(iter(inside(word, "of")), None))
    for number, connector in enumerate(inside(view, "connector"), start=1):
        where = f"connector {number}"
        cause, effect = (_end(connector, end, ghosts, where) for end in ("from", "to"))
        why = attribute(connector, "reason"), attribute(connector, "source")
        delayed = is_yes(attribute(connector, "delay_mark"))
        reading.link(cause, effect, _sign(reading, connector, where), where, delayed, *why)
    for number, loop in enumerate(inside(view, "loop"), start=1):
        names = [text_of(variable) for variable in inside(loop, "variable")]
        reading.title(loop.get("name"), names, f"loop {number}")


def _end(connector: ET.Element, end: str, ghosts: dict[str, str], where: str) -> str:
    element = next(iter(inside(connector, end)), None)
    ghost = next(iter(inside(element, "alias")), None)
    name = text_of(element) if ghost is None else ghosts.get(ghost.get("uid", ""), "")
    if not name:
        raise FileError(f"{where}: it has nothing at its end <{end}>, so that it leads nowhere")
    return name


def _sign(reading: Reading, connector: ET.Element, where: str) -> str:
    word = attribute(connector, "polarity").lower()
    if word not in SIGNS and word not in ("", "none"):
        reading.note(f"{where}: the polarity '{brief(word)}' is taken as ?")
    return SIGNS.get(word, "?")


def _add_flows(reading: Reading, model: ET.Element) -> None:
    for stock in _variables(model):
        for tag, sign in (("inflow", "+"), ("outflow", "-")):
            for flow in inside(stock, tag) if tag_of(stock) == "stock" else ():
                where = f"stock '{brief(stock.get('name', ''))}'"
                reading.link(text_of(flow), stock.get("name"), sign, where)


# --- writing ------------------------------------------------------------------------------------


def write(said: MapSaid) -> str:
    """Return XMILE with a view of auxiliaries and connectors; it is a picture, not a model.

    Places are kept as they are; a variable without one gets that of the picture.
    """
    root = ET.Element("xmile", {"version": "1.0", "xmlns": _NAMESPACE, "xmlns:cstools": _OWN})
    header = added(root, "header")
    added(header, "vendor", "cstools")
    added(header, "product", "cstools", version="1.0")
    if said.name:
        added(header, "name", said.name)
    model = added(root, "model")
    variables, places = added(model, "variables"), all_places(said)
    view = added(added(model, "views"), "view")
    for variable in said.variables:
        added(variables, "aux", name=variable.name)
        x, y = (repr(coordinate) for coordinate in places[variable.name])
        more = {"cstools:lens": variable.lens} if variable.lens else {}
        added(view, "aux", name=variable.name, x=x, y=y, **more)
    for number, link in enumerate(said.links, start=1):
        _write_connector(view, number, link, places)
    for title in said.titles:
        loop = added(view, "cstools:loop", name=title.title)
        for name in title.variables:
            added(loop, "cstools:variable", name)
    return printed(root)


def _write_connector(view: ET.Element, number: int, link: Link, places: dict[str, Place]) -> None:
    (x, y), (to_x, to_y) = places[link.cause], places[link.effect]
    angle = f"{degrees(atan2(y - to_y, to_x - x)) % 360:.1f}"
    words = {
        "polarity": "" if link.polarity == "?" else link.polarity,
        "delay_mark": "true" if link.delayed else "",
        "cstools:reason": link.reason,
        "cstools:source": link.source,
    }
    told = {name: value for name, value in words.items() if value}
    connector = added(view, "connector", uid=str(number), angle=angle, **told)
    added(connector, "from", _identifier(link.cause))
    added(connector, "to", _identifier(link.effect))


def _identifier(name: str) -> str:
    plain = name.replace(" ", "_")
    return plain if plain.isidentifier() else f'"{name}"'
