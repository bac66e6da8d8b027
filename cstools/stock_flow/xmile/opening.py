"""An XMILE file is opened: bytes become elements, and nothing it says can do harm."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from xml.etree import ElementTree as ET

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from cstools.errors import FileError
from cstools.stock_flow.xmile.elements import tag_of

# A view nests some ten deep. Far deeper ones are made to exhaust whoever reads them.
_DEEPEST = 100
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")


def root_of(path: Path) -> ET.Element:
    """Return the root element of an XMILE file.

    Raises
    ------
    FileError
        When the file is missing, empty, not text, not XML, no XMILE, refers to things outside
        itself, or nests deeper than a model can.
    """
    if not path.is_file():
        raise FileError(f"'{path}': there is no such file; is the name spelt as it is on the disk?")
    text = _decoded(path).strip()  # some programs begin with an empty line
    if not text:
        raise FileError(f"'{path.name}' is empty")
    root = _parsed(_with_prefix(text), path.name)
    if tag_of(root) != "xmile":
        raise FileError(
            f"'{path.name}' is XML, but no XMILE model: it begins with <{tag_of(root)}>"
        )
    return root


def _decoded(path: Path) -> str:
    """Return the text of a file in the encoding that it says, or shows, it has."""
    content = path.read_bytes()
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    said = _DECLARED.search(content[:200])
    encoding = marked or (said.group(1).decode("ascii") if said else "utf-8")
    try:
        return content.decode(encoding)
    except LookupError:
        problem = f"says that it is written in '{encoding}', which is unknown here"
    except UnicodeError as error:
        place = getattr(error, "start", 0) + 1
        problem = f"is not written in {encoding.removesuffix('-sig')} from byte {place} on"
    raise FileError(f"'{path.name}' {problem}; save it again as XMILE in UTF-8")


def _parsed(text: str, name: str) -> ET.Element:
    parser = DefusedXMLParser(target=_Shallow(name), forbid_dtd=True)
    try:
        parser.feed(text)
        root: ET.Element = parser.close()
    except DefusedXmlException:
        raise FileError(
            f"'{name}' defines or fetches entities, as no model needs to; it is not opened"
        ) from None
    except ET.ParseError as error:
        line, column = error.position
        raise FileError(
            f"'{name}' is not XML from line {line}, column {column + 1} on; "
            "was it saved whole, and as XMILE?"
        ) from None
    return root


class _Shallow(ET.TreeBuilder):
    """Builds a tree of elements, and stops at one that is too deep."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name, self.depth = name, 0

    def start(self, tag: str, attrs: dict[str, str], /) -> ET.Element:
        """Open an element."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise FileError(
                f"'{self.name}' nests {_DEEPEST} elements and more inside one another, "
                "as no model does; it is not opened"
            )
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> ET.Element:
        """Close an element."""
        self.depth -= 1
        return super().end(tag)


def _with_prefix(text: str) -> str:
    """Declare the prefix of isee's own elements, which some converters use undeclared."""
    if "xmlns:isee" in text or "isee:" not in text:
        return text
    return text.replace("<xmile", '<xmile xmlns:isee="http://iseesystems.com/XMILE"', 1)
