"""Small questions to an XML element: its tag, its children, its text, a number in it."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from cstools.errors import FileError
from cstools.safe_xml import tag_of as tag_of


def children(element: ET.Element | None, tag: str) -> Iterator[ET.Element]:
    """Yield the children with a tag; of no element, none."""
    return (child for child in (element if element is not None else ()) if tag_of(child) == tag)


def child(element: ET.Element | None, tag: str) -> ET.Element | None:
    """Return the first child with a tag, or ``None``."""
    return next(children(element, tag), None)


def is_own(element: ET.Element, root: ET.Element) -> bool:
    """Say whether an element is XMILE's, not an addition of some program's own."""
    return str(element.tag).rpartition("}")[0] == str(root.tag).rpartition("}")[0]


def text_of(element: ET.Element | None) -> str:
    """Return the text of an element, empty without one."""
    return (element.text or "").strip() if element is not None else ""


def attribute(element: ET.Element, name: str) -> str:
    """Return an attribute by its name, of whatever namespace; empty when it is not there."""
    found = (v for k, v in element.attrib.items() if k.rpartition("}")[2] == name)
    return next(found, "").strip()


def is_true(text: str) -> bool:
    """Say whether a text says yes."""
    return text.strip().casefold() in ("true", "1", "yes")


def number(text: str, what: str) -> float:
    """Return the number that a text is, or say what should have been one."""
    try:
        return float(text)
    except ValueError:
        raise FileError(f"{what} is '{text}', which is not a number") from None


def plain(text: str) -> float | None:
    """Return the number that a text is, or ``None``."""
    try:
        return float(text)
    except ValueError:
        return None


def added(parent: ET.Element, tag: str, text: str = "") -> ET.Element:
    """Add a child with some text; return it."""
    element = ET.SubElement(parent, tag)
    element.text = text or None
    return element
