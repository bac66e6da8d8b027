"""Drawings in HTML turned into images that every reader of notebooks shows.

GitHub takes an ``<svg>`` out of what a cell shows, or spoils it, and JupyterLab takes it out of a
notebook that somebody else has run; both show an ``<img>`` that carries its drawing within itself
(github.com/xflr6/graphviz/issues/182, github.com/jupyter/nbviewer/issues/1037). An image sees
nothing of the page around it, neither theme nor letters, so it brings white paper of its own.
"""

from __future__ import annotations

import re
from base64 import b64encode
from xml.etree import ElementTree

_SVG = "http://www.w3.org/2000/svg"
_DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_OPENING = re.compile(r'<svg(?:"[^"]*"|[^">])*>')
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_PATH = re.compile(r'(?<=\sd=")[^"]*')
_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_PIXELS = {"px": 1.0, "pt": 4 / 3}
_SIZE = re.compile(r"([\d.]+)(px|pt)?")


def as_images(html: str) -> str:
    """Return HTML with each drawing as an image, as wide as it was and with its text alternative.

    A drawing that cannot stand alone as a file stays as it is. So does an ornament, which is
    ``aria-hidden``: JupyterLab would give such an image a name and have it read aloud.
    """
    return _DRAWING.sub(lambda found: _image(found.group()), html)


def _image(drawing: str) -> str:
    """Return one drawing as an image; what it says to who cannot see goes into its ``alt``."""
    begins = _OPENING.match(drawing)
    try:
        root = ElementTree.fromstring(drawing)
    except ElementTree.ParseError:  # one drawing within another, or HTML's own entities
        return drawing
    if begins is None or root.tag != f"{{{_SVG}}}svg" or root.get("aria-hidden") == "true":
        return drawing
    opening = begins.group()
    bare = re.sub(r'\s(?:style|role|aria-label)="[^"]*"', "", opening)
    told = _given(opening, "aria-label")
    look = _given(opening, "style")
    # No height: a page that lets an image shrink, and takes its style away, would squeeze it.
    wide = _SIZE.fullmatch(root.get("width", ""))
    size = f' width="{float(wide[1]) * _PIXELS[wide[2] or "px"]:.0f}"' if wide else ""
    whole = bare + _paper(root, drawing) + drawing[len(opening) :]
    data = b64encode(_smaller(whole).encode()).decode()
    styled = f' style="{look}"' if look else ""
    return f'<img alt="{told}"{size}{styled} src="data:image/svg+xml;base64,{data}">'


def _given(opening: str, name: str) -> str:
    """Return an attribute as it is written, or nothing."""
    found = re.search(rf'\s{name}="([^"]*)"', opening)
    return found.group(1) if found else ""


def _paper(root: ElementTree.Element, drawing: str) -> str:
    """Return white paper for a drawing that takes its colours from the page it lies on."""
    box = root.get("viewBox", "").split()
    if "currentColor" not in drawing or len(box) != 4:
        return ""
    x, y, width, height = box
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="#ffffff"/>'


def _smaller(drawing: str) -> str:
    """Return the same drawing in fewer letters; its lines move by less than 0.005 of a unit."""
    short = _PATH.sub(lambda path: _LONG_NUMBER.sub(_rounded, path.group()), drawing)
    return re.sub(r"\s*\n\s*", " ", _COMMENT.sub("", short)).replace("> <", "><")


def _rounded(number: re.Match[str]) -> str:
    return f"{float(number.group()):.2f}"
