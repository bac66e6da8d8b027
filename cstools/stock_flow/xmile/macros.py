"""Macros: functions that a file defines for itself."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree as ET

from cstools.errors import FileError
from cstools.names import key, label
from cstools.stock_flow.xmile.elements import child, children, is_own, tag_of, text_of


@dataclass(frozen=True)
class Macro:
    """A function that a file defines.

    Attributes
    ----------
    name : str
    parameters : tuple of (str, str)
        Key of each, and the equation of its default; empty where it must be given.
    equation : str
        What it returns.
    variables : tuple of Element
        The stocks, flows and auxiliaries of its own; each call has its own set of them.
    refused : str
        What it holds that cannot be run here; empty otherwise.
    """

    name: str
    parameters: tuple[tuple[str, str], ...]
    equation: str
    variables: tuple[ET.Element, ...]
    refused: str = ""

    def takes(self, count: int) -> bool:
        """Say whether it can be called with so many arguments."""
        needed = [name for name, default in self.parameters if not default]
        return len(needed) <= count <= len(self.parameters)


def macros(root: ET.Element) -> dict[str, list[Macro]]:
    """Return the macros of a file by key; one name may stand for several numbers of arguments.

    Raises
    ------
    FileError
        When one changes how every stock or flow behaves, as no function does.
    """
    found: dict[str, list[Macro]] = {}
    for element in children(root, "macro"):
        macro = _macro(element, root)
        kind = element.get("filter", "")
        if kind and key(macro.name) != "non_negative":  # which is built in
            raise FileError(
                f"macro '{macro.name}' changes how every {kind} behaves, which cannot be run here"
            )
        if not kind:
            found.setdefault(key(macro.name), []).append(macro)
    return found


def _macro(element: ET.Element, root: ET.Element) -> Macro:
    parameters = tuple((key(text_of(p)), p.get("default", "")) for p in children(element, "parm"))
    inside = child(element, "variables")
    own = [e for e in (inside if inside is not None else ()) if is_own(e, root)]
    return Macro(
        label(element.get("name", "")),
        parameters,
        text_of(child(element, "eqn")),
        tuple(e for e in own if tag_of(e) != "group"),
        _refused(element, own),
    )


def _refused(element: ET.Element, own: list[ET.Element]) -> str:
    if child(element, "sim_specs") is not None:
        return "a clock of its own"
    if any(tag_of(variable) == "module" for variable in own):
        return "modules"
    return ""
