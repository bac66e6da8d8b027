"""XML from a stranger: no entities, no fetching, no deep nesting; and XML as we write it."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from cstools.errors import FileError
from cstools.safe_xml import DEEPEST, XmlProblem, parse
from cstools.safe_xml import tag_of as tag_of

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def root_of(text: str, tag: str, program: str) -> ET.Element:
    """Return the root of an XML text whose root has that tag.

    Raises
    ------
    FileError
        When it is no XML, with the place; has another root; refers to things outside itself; or
        nests deeper than a map can.
    """
    try:
        root = parse(text.lstrip("\ufeff").strip())
    except XmlProblem as problem:
        told = {
            "entities": "it defines or fetches entities, as no map needs to; it is not opened",
            "deep": f"it nests {DEEPEST} elements and more; it is not opened",
            "broken": f"this is not XML from line {problem.line}, column {problem.column} on; "
            "was the file saved whole?",
        }
        raise FileError(told[problem.reason]) from None
    if tag_of(root) != tag:
        raise FileError(f"this is XML, but not {program}: it begins with <{tag_of(root)[:40]}>")
    return root


def inside(element: ET.Element | None, *tags: str) -> list[ET.Element]:
    """Return the children with one of these tags; of no element, none."""
    return [child for child in (element if element is not None else ()) if tag_of(child) in tags]


def text_of(element: ET.Element | None) -> str:
    """Return the text of an element on one line; of no element, none."""
    return " ".join((element.text or "").split()) if element is not None else ""


def attribute(element: ET.Element, name: str) -> str:
    """Return an attribute of whatever namespace; empty where it is not."""
    found = (v for k, v in element.attrib.items() if k.rpartition("}")[2] == name)
    return next(found, "").strip()


def added(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    """Add a child; return it. What XML cannot hold becomes a replacement character."""
    clean = {name: _NOT_XML.sub("\ufffd", value) for name, value in attributes.items()}
    element = ET.SubElement(parent, tag, clean)
    element.text = _NOT_XML.sub("\ufffd", text) or None
    return element


def printed(root: ET.Element) -> str:
    """Return XML with its declaration, one element a line."""
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'
