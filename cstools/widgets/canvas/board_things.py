"""What lies on a board beside its notes: a sketch, a map, a model, or another picture.

Each is kept twice: as what it is made from, so that it can be made again, and as a picture. The
picture is shown as an image, in which no script can run; so a board from a stranger does no harm.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.causal_loops.plain import from_plain, to_plain
from cstools.causal_loops.telling import links_sentence
from cstools.errors import CstoolsError, DataError, shown
from cstools.names import key as name_key
from cstools.plotting.picture import Picture
from cstools.stock_flow.model import StockFlow
from cstools.widgets.part import LivePart, html_of
from cstools.widgets.sketch import sketch
from cstools.widgets.sketch.live import LiveSketch

Thing = dict[str, Any]

_GRID = ("start", "stop", "low", "high", "units", "timeUnits", "times")
_IMAGE = "data:image/svg+xml;base64,"
_AN_IMAGE = re.compile(r"data:image/(?:svg\+xml|png);base64,[A-Za-z0-9+/=]+")
_SVG = re.compile(r"<svg\b.*</svg>", re.DOTALL)
_EMBEDDED = re.compile(r'<img\b[^>]*\bsrc="(data:image/[^"]*)"')


def thing_of(put: object, where: str) -> Thing:
    """Return a sketch, a map, a model or a picture as plain values: form, name, sentence, source.

    Raises
    ------
    DataError
        When it is none of these and shows no picture either.
    """
    if isinstance(put, LiveSketch):
        return _sketched(put)
    if isinstance(put, CausalLoopDiagram):
        return _mapped(put)
    if (mapped := map_of(put)) is not None:  # an editor: its map, as it stands there
        drawn = _SVG.search(html_of(put))
        return {**thing_of(mapped, where), **({"picture": _image(drawn[0])} if drawn else {})}
    if isinstance(put, StockFlow):
        diagram = put.diagram()
        return _pictured("model", put.name, repr(diagram), diagram.svg(), _xmile(put))
    return _any_picture(put, where)


def map_of(put: object) -> CausalLoopDiagram | None:
    """Return a causal loop diagram, or the one that an editor holds; nothing for anything else."""
    held = put if isinstance(put, CausalLoopDiagram) else getattr(put, "diagram", None)
    return held if isinstance(held, CausalLoopDiagram) else None


def object_of(thing: Mapping[str, Any]) -> Any:
    """Return what lies on a board as what it was: a sketch, a map or a model.

    What was put on as a picture alone comes back as nothing.

    Raises
    ------
    CstoolsError
        When what it is made from cannot be read.
    """
    make = _MADE_AGAIN.get(str(thing.get("form")))
    source = thing.get("source")
    if make is None or not source:
        return None
    try:
        return make(source)
    except CstoolsError:
        raise
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
        raise DataError("what it is made from is not written as a board writes it") from None


def picture_in(thing: Mapping[str, Any]) -> str:
    """Return the address of a thing's picture; an empty text for anything but an image."""
    picture = thing.get("picture", "")
    return picture if isinstance(picture, str) and _AN_IMAGE.fullmatch(picture) else ""


def same_map(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Say whether two things are maps that say the same, wherever unpinned words stand."""
    try:
        return bool(to_plain(from_plain(one["source"])) == to_plain(from_plain(other["source"])))
    except (CstoolsError, KeyError, TypeError):
        return False


def regrid(held: LiveSketch, source: Mapping[str, Any]) -> None:
    """Give a sketch the grid that was chosen for it in the page, and its points on it.

    Raises
    ------
    CstoolsError
        When it is no grid.
    """
    grid = {name: source[name] for name in _GRID if name in source}
    if len(grid) < len(_GRID) or grid == {name: held.payload.get(name) for name in _GRID}:
        return
    made = object_of({"form": "sketch", "source": source})
    with held.hold_sync():
        held.payload = made.payload
        held.points = made.points


def _mapped(map_: CausalLoopDiagram) -> Thing:
    """Return a map as a thing, its words where its picture has them."""
    from cstools.causal_loops.picture import drawing_of
    from cstools.plotting.diagrams import drawing_svg

    loops = map_._loops_for_a_picture()
    drawing = drawing_of(map_.variables, map_.links, loops, map_.positions)
    told = map_._told(loops)
    svg = drawing_svg(drawing, f"{told} {links_sentence(map_.links)}".strip())
    plain = to_plain(map_)
    at = {word.key: word.at for word in drawing.words}
    for variable in plain["variables"]:
        if "x" not in variable:
            spot = at[name_key(variable["name"])]
            seen = {"x": round(spot.real, 1), "y": round(spot.imag, 1), "pinned": False}
            variable.update(seen)
    return _pictured("map", map_.name, told, svg, plain)


def _sketched(drawn: LiveSketch) -> Thing:
    grid = {name: float(drawn.payload[name]) for name in ("start", "stop", "low", "high")}
    points = [[float(time), float(value)] for time, value in drawn.points]
    source = {**drawn.payload, **grid, "points": points}
    return {"form": "sketch", "name": drawn.label, "sentence": repr(drawn), "source": source}


def _sketch(source: Mapping[str, Any]) -> LiveSketch:
    """Return a sketch on the same grid; the moments are told by points, which are then replaced."""
    low, high = float(source["low"]), float(source["high"])
    made: LiveSketch = sketch(
        str(source["label"]),
        float(source["start"]),
        float(source["stop"]),
        low,
        high,
        str(source["units"]),
        str(source["timeUnits"]),
        points=[(float(time), low) for time in source["times"]],
        begins=source.get("begins"),
    )
    made.points = [
        [float(time), min(high, max(low, float(value)))] for time, value in source["points"]
    ]
    return made


def _model(source: Mapping[str, Any]) -> StockFlow:
    from cstools.stock_flow.xmile import reading

    with TemporaryDirectory() as folder:
        path = Path(folder, "model.xmile")
        path.write_text(str(source["xmile"]), "utf-8")
        return reading.read(path)


def _xmile(model: StockFlow) -> Thing | None:
    """Return a model as XMILE; nothing where it cannot be written, and its picture has to do."""
    from cstools.stock_flow.xmile import writing

    with TemporaryDirectory() as folder:
        try:
            path = writing.write(model, Path(folder, "model.xmile"), picture=False)
        except CstoolsError:
            return None
        return {"xmile": path.read_text("utf-8")}


_MADE_AGAIN: dict[str, Callable[[Mapping[str, Any]], Any]] = {
    "sketch": _sketch,
    "map": from_plain,
    "model": _model,
}


def _any_picture(put: object, where: str) -> Thing:
    html = html_of(put) if _shows_itself(put) else ""
    drawn, embedded = _SVG.search(html), _EMBEDDED.search(html)
    told = _sentence(put)
    if drawn:
        return _pictured("picture", "", told, drawn[0], None)
    if embedded:
        address = unescape(embedded[1])
        return {"form": "picture", "name": "", "sentence": told, "picture": address}
    raise DataError(
        f"{where}: a layer holds a sketch, a causal loop diagram, a model or a picture such as "
        f"run.plot(); this is {shown(put)}"
    )


def _shows_itself(put: object) -> bool:
    return hasattr(put, "_repr_mimebundle_") or hasattr(put, "_repr_html_")


def _sentence(put: object) -> str:
    if isinstance(put, Picture):
        return put.sentence
    return put.sentence() if isinstance(put, LivePart) else repr(put)


def _pictured(form: str, name: str, sentence: str, svg: str, source: Thing | None) -> Thing:
    thing = {"form": form, "name": name, "sentence": sentence, "picture": _image(svg)}
    return thing if source is None else {**thing, "source": source}


def _image(svg: str) -> str:
    return _IMAGE + b64encode(svg.encode()).decode()
