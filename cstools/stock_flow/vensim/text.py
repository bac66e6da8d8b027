"""The text of a Vensim file, taken apart: macros, variables, subscript ranges, their comments.

A ``.mdl`` file is a list of entries ``equation ~ units ~ comment |``, with macros between, and the
sketch after them. The left side of each equation is read by PySD.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cstools.equations.unit_text import is_readable
from cstools.errors import FileError
from cstools.names import key, label
from cstools.stock_flow.quiet_pysd import LeftSide, ParsimoniousError, SubscriptRange

_SKETCH = re.compile(r"\\{2,3}---///")
_SETTINGS = re.compile(r":L\x7f?<%\^E!@")
_SAME_UNITS = re.compile(r"^22:(.+)$", re.MULTILINE)
_METHOD = re.compile(r"^15:\d+,\d+,\d+,(\d+)", re.MULTILINE)
_METHODS = {1: "rk4", 5: "rk4", 3: "heun", 4: "heun"}
_LONGEST = 200_000  # letters; a larger equation is no equation, and would take minutes to read
_LONGEST_NAME = 1_000
_NAME = re.compile(r'(?:"(?:\\.|[^"\\])*+"|[^"=:(\[<])*+')
_FIELD = r'(?:"(?:\\.|[^"\\])*+"|[^~|])*+'
_ENTRY = re.compile(
    rf"\s*(?P<equation>{_FIELD})~(?P<units>{_FIELD})(?:~(?P<doc>[^~|]*+)(?:~[^|]*+)?)?\|"
)
_MACRO = re.compile(
    r":MACRO:\s*(?P<name>[^(:|~]+)\((?P<arguments>[^)]*)\)(?P<body>.*?):END OF MACRO:",
    re.IGNORECASE | re.DOTALL,
)
_COMMENT = re.compile(r'("(?:\\.|[^"\\])*")|\{[^{}]*\}')
_RANGE = re.compile(r"(?P<units>.*?)\s*\[(?P<range>[^\[\]]*)\]\s*", re.DOTALL)


@dataclass(frozen=True)
class Said:
    """One equation of a file: a variable, or a piece of an array.

    Attributes
    ----------
    name : str
        As the file spells it, without subscripts.
    subscripts : tuple of str
        Dimensions and elements on the left side.
    excepted : tuple of tuples
        What ``:EXCEPT:`` takes out, each as many subscripts.
    kind : str
        PySD's word: ``Component``, ``UnchangeableConstant``, ``Lookup`` or ``Data``.
    text : str
        The right side; empty where the values come from elsewhere.
    keyword : str
        How data go between their points: ``interpolate``, ``look_forward`` …
    """

    name: str
    subscripts: tuple[str, ...]
    excepted: tuple[tuple[str, ...], ...]
    kind: str
    text: str
    keyword: str = ""
    units: str = ""
    between: tuple[float, float] | None = None
    doc: str = ""

    @property
    def key(self) -> str:
        """The name in the form in which names are compared."""
        return key(self.name)


@dataclass(frozen=True)
class Ranged:
    """One subscript range of a file: its name, and the text that says its elements."""

    name: str
    text: str
    definition: Any


@dataclass(frozen=True)
class Section:
    """The model, or a macro in it.

    Attributes
    ----------
    name : str
        Of the macro; empty for the model.
    inputs, outputs : tuple of str
        The macro's arguments, and what it returns beside itself.
    """

    name: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    said: tuple[Said, ...]
    ranges: tuple[Ranged, ...]


def sections(path: Path) -> tuple[Section, ...]:
    """Return the model of a file, and then its macros.

    Raises
    ------
    FileError
        When the text breaks off or cannot be taken apart; the message shows where.
    """
    text = _SKETCH.split(_decoded(path.read_bytes()), maxsplit=1)[0]
    text = re.sub(r"\\\n\s*", " ", text)
    text = re.sub(r"^\s*\{[^{}]*\}", "", text)  # the file's encoding
    macros = [_macro(found) for found in _MACRO.finditer(text)]
    main = _MACRO.sub(" ", text)
    if re.search(r":(END OF )?MACRO:", main, re.IGNORECASE):
        raise FileError("a macro in it begins and does not end; was the file saved whole?")
    return (_section("", (), (), main), *macros)


def method(path: Path) -> str:
    """Return how a file wants to be integrated: ``euler``, ``heun`` or ``rk4``.

    Vensim keeps it behind the sketch, as the fourth number of line 15 (so its author's converter,
    xmutil, reads it). Vensim's automatic methods choose their own steps; here each step is one of
    the model's, so that such a run agrees with Vensim's only as far as both are exact.
    """
    found = _METHOD.search(_SETTINGS.split(_decoded(path.read_bytes()), maxsplit=1)[-1])
    return _METHODS.get(int(found[1]) if found else 0, "euler")


def same_units(path: Path) -> dict[str, str]:
    """Return the words that a file takes for one unit, each with the one that stands for it."""
    settings = _SETTINGS.split(_decoded(path.read_bytes()), maxsplit=1)[-1]
    lines = (list(map(str.strip, found[1].split(","))) for found in _SAME_UNITS.finditer(settings))
    groups = [(first, others) for first, *others in lines if is_readable(first)]
    return {word: first for first, others in groups for word in others if word}


def _decoded(raw: bytes) -> str:
    """Return a file's text in the encoding that its first line names, else in a common one."""
    named = re.match(rb"\s*(?:\xef\xbb\xbf)?\{([\w .-]+)\}", raw)
    for encoding in ((named[1].decode("ascii").strip() if named else "utf-8-sig"), "cp1252"):
        try:
            text = raw.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
        return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text = raw.decode("utf-8", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _macro(found: re.Match[str]) -> Section:
    inputs, _, outputs = found["arguments"].partition(":")
    return _section(label(found["name"]), _listed(inputs), _listed(outputs), found["body"])


def _listed(text: str) -> tuple[str, ...]:
    return tuple(label(word) for word in text.split(",") if word.strip())


def _section(name: str, inputs: tuple[str, ...], outputs: tuple[str, ...], text: str) -> Section:
    said: list[Said] = []
    ranges: list[Ranged] = []
    for equation, units, doc in _entries(text):
        left = _left_side(equation)
        if isinstance(left, SubscriptRange):
            ranges.append(Ranged(label(left.name), equation, left.definition))
        elif type(left).__name__ not in ("Constraint", "TestInput"):  # reality checks run nothing
            said.append(_said(left, units, doc))
    return Section(name, inputs, outputs, tuple(said), tuple(ranges))


def _entries(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield the equation, units and comment of each entry; group headings are none."""
    at = 0
    while at < len(text):
        if not text[at:].strip():
            return
        found = _ENTRY.match(text, at)
        if found is None:
            place = " ".join(text[at : at + 200].split())[:40]
            raise FileError(
                f"it breaks off or is damaged from '{place}' on; an entry reads "
                "equation ~ units ~ comment |"
            )
        at = found.end()
        equation = " ".join(_COMMENT.sub(lambda m: m[1] or " ", found["equation"]).split())
        if equation and not equation.startswith("*"):
            yield equation, " ".join(found["units"].split()), _plain(found["doc"] or "")


def _plain(doc: str) -> str:
    return "\n".join(line.strip() for line in doc.strip().splitlines())


def _left_side(equation: str) -> Any:
    """Return what PySD makes of an equation's left side."""
    start = " ".join(equation[:60].split())
    if len(equation) > _LONGEST or _NAME.match(equation).end() > _LONGEST_NAME:  # type: ignore[union-attr]
        raise FileError(f"the equation '{start}…' or its name is too long to be one")
    head, *maps = re.split(r"(?<!<)->", equation, maxsplit=1)
    if maps and "=" not in head and head.count('"') % 2 == 0:
        equation = head  # what a range maps to is read in .ranges; PySD knows the plain form only
    try:
        return LeftSide(equation, "", "").parse()
    except (ParsimoniousError, ValueError, RecursionError, LookupError, AttributeError, TypeError):
        raise FileError(
            f"'{start}' is no equation; it reads name = equation, name(points) or name: elements"
        ) from None


def _said(left: Any, units: str, doc: str) -> Said:
    subscripts, excepted = left.subscripts
    ranged = _RANGE.fullmatch(units)
    return Said(
        label(left.name),
        tuple(map(label, subscripts)),
        tuple(tuple(map(label, group)) for group in excepted),
        type(left).__name__,
        left.expression or "",
        getattr(left, "keyword", "") or "",
        ranged["units"].strip() if ranged else units,
        _between(ranged["range"]) if ranged else None,
        doc,
    )


def _between(text: str) -> tuple[float, float] | None:
    """Return a range whose two ends are numbers, low first."""
    try:
        low, high = map(float, text.split(",")[:2])
    except ValueError:
        return None  # an end that is unsaid is a question mark
    return (low, high) if -math.inf < low < high < math.inf else None
