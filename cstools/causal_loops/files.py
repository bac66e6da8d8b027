"""A map in a file: read as the same map from the text that people write and from other programs."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.causal_loops.formats import loopy, workbook
from cstools.causal_loops.formats.choosing import format_of, formats_named
from cstools.causal_loops.formats.said import MapSaid
from cstools.causal_loops.formats.told import tell
from cstools.causal_loops.parts import Link
from cstools.errors import CstoolsError, FileError, MissingPartError
from cstools.names import key

_LARGEST = 20_000_000  # bytes; a map that people drew has some thousands
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_diagram(path: str | Path, format: str | None = None) -> CausalLoopDiagram:
    """Return the causal loop diagram in a file.

    Parameters
    ----------
    path
        A text file (``.txt``) with one ``cause -> effect: +`` a line, or a file of another
        program: a Vensim sketch (``.mdl``), JSON of Kumu, LOOPY or SD-JSON, a table or a matrix
        (``.csv``, ``.xlsx``), GraphML, DOT, the view of an XMILE file. Or an address that LOOPY
        made, of either version.
    format
        The format, where the file's name and its content do not say it: ``"text"``,
        ``"vensim"``, ``"kumu"``, ``"loopy"``, ``"loopy2"``, ``"sd-json"``, ``"csv"``,
        ``"matrix"``, ``"graphml"``, ``"dot"`` or ``"xmile"``.

    Raises
    ------
    FileError
        When the file is missing, empty, too large, of another kind or not text, or something in
        it cannot be read; the message shows the place.

    Warns
    -----
    UserWarning
        When the file says what a map cannot hold. No link is left out without being told.
    """
    if isinstance(path, str) and "://" in path:
        return _read(partial(_read_address, path), Path("LOOPY"))
    path = _checked_path(path)
    content = _bytes_of(path)
    binary = _binary(path, content)
    if binary is not None:
        return _read(partial(binary, content), path)
    text = _text_of(path, content)
    try:
        if format == "text" or (format is None and path.suffix.lower() == ".txt"):
            return CausalLoopDiagram(text, name=path.stem)
        form = format_of(path, text) if format is None else formats_named(format)[0]
    except CstoolsError as error:
        raise FileError(f"'{path.name}': {error}") from None
    return _read(partial(form.read, text), path)


def _checked_path(path: object) -> Path:
    if isinstance(path, (str, Path)):
        return Path(path)
    raise FileError(
        f"a map is read from a file, whose name is a text; this is {type(path).__name__}"
    )


def _read_address(address: str) -> MapSaid:
    behind = re.search(r"[?&#]data=|loopy\S*[?#]", address, re.IGNORECASE)
    if behind is None or not address.isprintable():
        raise FileError(
            "this is an address of the web, and no address in which LOOPY keeps a map; "
            "save the file to the disk, and read it there"
        )
    if len(address) > _LARGEST:
        raise FileError(f"this address has more than {_LARGEST // 10**6} MB, which is no map")
    return loopy.read_address(address)


def _binary(path: Path, content: bytes) -> Callable[[bytes], MapSaid] | None:
    """Return how a file that is no text is read; of one that is text, nothing."""
    ending = path.suffix.lower()
    if ending == ".xlsx":
        return workbook.read
    return loopy.read_bytes if ending == ".loopy" and loopy.is_compact(content) else None


def _read(read: Callable[[], MapSaid], path: Path) -> CausalLoopDiagram:
    try:
        said = read()
    except MissingPartError:
        raise
    except CstoolsError as error:
        raise FileError(f"'{path.name}': {error}") from None
    diagram, notes = diagram_of(said, path.stem)
    tell(path.name, [*said.notes, *notes], stacklevel=3)
    return diagram


def diagram_of(said: MapSaid, name: str = "") -> tuple[CausalLoopDiagram, list[str]]:
    """Return the diagram of what a file says, and in sentences what it could not hold."""
    diagram, notes = CausalLoopDiagram(name=said.name or name), dict[str, None]()
    for variable in said.variables:
        diagram.variable(variable.name, variable.lens)
    kept: dict[tuple[str, str, str], Link] = {}
    for link in said.links:
        identity = key(link.cause), key(link.effect), link.polarity
        known = kept.setdefault(identity, link)
        if known is link:
            diagram.link(
                link.cause, link.effect, link.polarity, link.delayed, link.reason, link.source
            )
        elif (known.delayed, known.reason, known.source) != (
            link.delayed,
            link.reason,
            link.source,
        ):
            notes[f"the link '{link}' is there several times, and the first is kept"] = None
    for title in said.titles:
        try:
            diagram.name_loop(title.variables, title.title)
        except CstoolsError as error:
            notes[f"the loop '{title.title}' is left out ({error})"] = None
    for place_name, (x, y) in said.places.items():
        diagram.place(place_name, x, y)
    return diagram, list(notes)


def _bytes_of(path: Path) -> bytes:
    if not path.is_file():
        raise FileError(f"'{path}': there is no such file; is the name spelt as it is on the disk?")
    if path.stat().st_size > _LARGEST:
        raise FileError(f"'{path.name}' has more than {_LARGEST // 10**6} MB, which is no map")
    content = path.read_bytes()
    if not content.strip():
        raise FileError(f"'{path.name}' is empty")
    return content


def _text_of(path: Path, content: bytes) -> str:
    mark = next((name for start, name in _MARKS if content.startswith(start)), "utf-8")
    try:
        return content.decode(mark)
    except UnicodeDecodeError:
        if path.suffix.lower() == ".mdl":  # older Vensim writes Windows' letters
            return content.decode("cp1252", errors="replace")
        raise FileError(f"'{path.name}' is no UTF-8 text; save it as UTF-8 and try again") from None
