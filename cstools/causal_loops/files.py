"""A map in a file: read as the same map from the text that people write and from other programs."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path

from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.causal_loops.formats import loopy, workbook
from cstools.causal_loops.formats.choosing import format_named, format_of
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
        made, with ``data=`` in it.
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
    if isinstance(path, str) and "://" in path and "data=" in path:
        return _read(loopy.read_address, path, Path("LOOPY"))
    path = Path(path)
    if path.suffix.lower() == ".xlsx":
        _bytes_of(path)
        return _read(lambda _: workbook.read(path), "", path)
    text = _text_of(path)
    try:
        if format == "text" or (format is None and path.suffix.lower() == ".txt"):
            return CausalLoopDiagram(text, name=path.stem)
        form = format_of(path, text) if format is None else format_named(format)
    except CstoolsError as error:
        raise FileError(f"'{path.name}': {error}") from None
    return _read(form.read, text, path)


def _read(read: Callable[[str], MapSaid], text: str, path: Path) -> CausalLoopDiagram:
    try:
        said = read(text)
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


def _text_of(path: Path) -> str:
    content = _bytes_of(path)
    mark = next((name for start, name in _MARKS if content.startswith(start)), "utf-8")
    try:
        return content.decode(mark)
    except UnicodeDecodeError:
        if path.suffix.lower() == ".mdl":  # older Vensim writes Windows' letters
            return content.decode("cp1252", errors="replace")
        raise FileError(f"'{path.name}' is no UTF-8 text; save it as UTF-8 and try again") from None
