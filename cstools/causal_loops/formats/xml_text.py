"""XML from a stranger: no entities, no fetching, no deep nesting; and XML as we write it."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from cstools.errors import FileError

_DEEPEST = 100  # far deeper ones are made to exhaust whoever reads them
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def root_of(text: str, tag: str, program: str) -> ET.Element:
    """Return the root of an XML text whose root has that tag.

    Raises
    ------
    FileError
        When it is no XML, with the place; has another root; refers to things outside itself; or
        nests deeper than a map can.
    """
    parser = DefusedXMLParser(target=_Shallow(), forbid_dtd=True)
    try:
        parser.feed(text.lstrip("\ufeff").strip())
        root: ET.Element = parser.close()
    except DefusedXmlException:
        raise FileError(
            "it defines or fetches entities, as no map needs to; it is not opened"
        ) from None
    except ET.ParseError as error:
        line, column = error.position
        raise FileError(
            f"this is not XML from line {line}, column {column + 1} on; was the file saved whole?"
        ) from None
    if tag_of(root) != tag:
        raise FileError(f"this is XML, but not {program}: it begins with <{tag_of(root)[:40]}>")
    return root


def tag_of(element: ET.Element) -> str:
    """Return an element's tag without its namespace."""
    return str(element.tag).rpartition("}")[2]


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


class _Shallow(ET.TreeBuilder):
    """Builds a tree of elements, and stops at one that is too deep."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> ET.Element:
        """Open an element."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise FileError(f"it nests {_DEEPEST} elements and more; it is not opened")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> ET.Element:
        """Close an element."""
        self.depth -= 1
        return super().end(tag)
