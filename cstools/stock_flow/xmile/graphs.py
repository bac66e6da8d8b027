"""Graphical functions: ``<gf>`` and the points it holds."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from cstools.errors import FileError
from cstools.stock_flow.xmile.elements import child, is_true, number, text_of

MODES = {"continuous": "interpolate", "extrapolate": "extrapolate", "discrete": "step"}
# No type of XMILE: Vensim's data that look forward, as this package writes them.
_FORWARD = {"forward": "forward"}


def mode(graph: ET.Element, where: str) -> str:
    """Return how a graph goes on between and beyond its points."""
    said = graph.get("type", "discrete" if is_true(graph.get("discrete", "")) else "continuous")
    known = MODES | _FORWARD
    if said.casefold() not in known:
        raise FileError(
            f"{where}: a graphical function of type '{said}' cannot be run here; "
            f"its type is one of {', '.join(MODES)}"
        )
    return known[said.casefold()]


def points(graph: ET.Element, where: str) -> list[tuple[float, float]]:
    """Return the points of a graph, from pairs or from a scale and evenly spaced values."""
    xs, ys = (_values(child(graph, tag), where) for tag in ("xpts", "ypts"))
    scale = child(graph, "xscale")
    if not xs and scale is not None and len(ys) > 1:
        low, high = (number(scale.get(end, ""), f"{where}: its x scale") for end in ("min", "max"))
        xs = [low + (high - low) * position / (len(ys) - 1) for position in range(len(ys))]
    if len(xs) != len(ys):
        raise FileError(f"{where}: its graphical function has {len(xs)} x and {len(ys)} y")
    return list(zip(xs, ys, strict=True))


def has_points(graph: ET.Element) -> bool:
    """Say whether a graph holds points, rather than naming another that does."""
    return child(graph, "ypts") is not None


def _values(element: ET.Element | None, where: str) -> list[float]:
    if element is None:
        return []
    parts = text_of(element).split(element.get("sep") or ",")
    return [number(part, f"{where}: a point of its graph") for part in parts if part.strip()]
