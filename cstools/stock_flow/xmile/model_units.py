"""The units that a file defines for its model: ``<model_units>``."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree as ET

from cstools.equations.unit_text import is_readable
from cstools.names import label
from cstools.stock_flow.xmile.elements import added, child, children, is_true, text_of


def same_units(root: ET.Element) -> dict[str, str]:
    """Return the words of a file for units, each with the units that it stands for.

    What cannot be read as units is passed over: a unit nobody defines is a unit of its own.
    """
    found: dict[str, str] = {}
    for unit in children(child(root, "model_units"), "unit"):
        name, equation = label(unit.get("name", "")), text_of(child(unit, "eqn"))
        if is_true(unit.get("disabled", "")) or not name:
            continue
        found |= {label(text_of(alias)): name for alias in children(unit, "alias")}
        if equation:
            found[name] = equation
    return {word: meaning for word, meaning in found.items() if word and is_readable(meaning)}


def write(units: Mapping[str, str], root: ET.Element) -> None:
    """Write the words for units, each as a unit with its equation."""
    if units:
        inside = added(root, "model_units")
        for word, meaning in units.items():
            added(ET.SubElement(inside, "unit", {"name": word}), "eqn", meaning)
