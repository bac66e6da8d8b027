"""An XMILE file is opened: bytes become elements, and nothing it says can do harm."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from xml.etree import ElementTree as ET

from cstools.errors import FileError
from cstools.safe_xml import DEEPEST, XmlProblem, parse, tag_of

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
    try:
        return parse(text)
    except XmlProblem as problem:
        told = {
            "entities": "defines or fetches entities, as no model needs to; it is not opened",
            "deep": f"nests {DEEPEST} elements and more inside one another, as no model does; "
            "it is not opened",
            "broken": f"is not XML from line {problem.line}, column {problem.column} on; "
            "was it saved whole, and as XMILE?",
        }
        raise FileError(f"'{name}' {told[problem.reason]}") from None


def _with_prefix(text: str) -> str:
    """Declare the prefix of isee's own elements, which some converters use undeclared."""
    if "xmlns:isee" in text or "isee:" not in text:
        return text
    return text.replace("<xmile", '<xmile xmlns:isee="http://iseesystems.com/XMILE"', 1)
