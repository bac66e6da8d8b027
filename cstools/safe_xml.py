"""XML from a stranger becomes elements: nothing is fetched, nothing unfolds, nothing nests deep."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

# A diagram nests some ten deep. Far deeper files are made to exhaust whoever reads them.
DEEPEST = 100


class XmlProblem(Exception):  # noqa: N818 — whoever reads a format turns it into an error of its own
    """Why a text is not taken apart.

    Attributes
    ----------
    reason : str
        ``"entities"``, ``"broken"`` or ``"deep"``.
    line, column : int
        Where a broken text breaks, counted from 1.
    """

    def __init__(self, reason: str, line: int = 0, column: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.line, self.column = reason, line, column


def parse(text: str) -> ET.Element:
    """Return the root element of a text.

    Raises
    ------
    XmlProblem
        When it defines or fetches entities, is no XML, or nests deeper than :data:`DEEPEST`.
    """
    parser = DefusedXMLParser(target=_Shallow(), forbid_dtd=True)
    try:
        parser.feed(text)
        root: ET.Element = parser.close()
    except DefusedXmlException:
        raise XmlProblem("entities") from None
    except ET.ParseError as error:
        line, column = error.position
        raise XmlProblem("broken", line, column + 1) from None
    return root


def tag_of(element: ET.Element) -> str:
    """Return an element's tag without its namespace."""
    return str(element.tag).rpartition("}")[2]


class _Shallow(ET.TreeBuilder):
    """Builds a tree of elements, and stops at one that is too deep."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> ET.Element:
        """Open an element."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise XmlProblem("deep")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> ET.Element:
        """Close an element."""
        self.depth -= 1
        return super().end(tag)
